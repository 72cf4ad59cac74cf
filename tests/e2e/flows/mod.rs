//! What visitors do, one file a subject.

mod accessibility;
mod booking;
mod changing;
mod dishes;
mod harness;
mod hydration;
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
mod walk;
mod without_javascript;
mod words;
