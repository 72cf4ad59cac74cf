//! What visitors do, one file a subject.

mod accessibility;
mod booking;
mod changing;
mod dishes;
mod guests;
mod harness;
mod hydration;
mod keeping;
mod keyboard;
mod later;
mod menu;
mod navigation;
mod reading;
mod reflow;
mod rules;
mod staying;
mod table;
mod trouble;
mod waiting;
mod walk;
mod without_javascript;
mod words;
