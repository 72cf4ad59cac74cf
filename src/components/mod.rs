//! Parts of pages: values in, callbacks out. They never fetch and never know a page.

pub mod bar;
pub mod button;
pub mod calendar;
pub mod contact;
pub mod element;
pub mod error_summary;
pub mod field;
pub mod footer;
pub mod header;
pub mod icon;
pub mod part;
pub mod places;
pub mod state;
pub mod step_head;
pub mod summary;
