//! What editors write, as the app sees it.
//!
//! Natively the files of `content/` are read and checked ([`library`], feature
//! `ssr`). In the browser nothing of that exists: prose stays in the page's
//! HTML, and the little the frame needs comes with it as data.

mod allergen;
mod site;

#[cfg(feature = "ssr")]
pub mod library;

pub use allergen::Allergen;
pub use site::{Site, VenueState};
