//! What visitors do, one file a subject.

mod harness;
mod hydration;
mod without_javascript;
