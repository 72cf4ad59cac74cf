//! What visitors do, one file a subject.

mod accessibility;
mod booking;
mod clocks;
mod dishes;
mod faults;
mod harness;
mod hydration;
mod keyboard;
mod later;
mod menu;
mod navigation;
mod reading;
mod reflow;
mod rules;
mod snapshots;
mod staying;
mod tab;
mod table;
mod tree;
mod trouble;
mod walk;
mod without_javascript;
mod words;
