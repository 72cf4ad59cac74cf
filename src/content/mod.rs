//! What editors write, as the app sees it.
//!
//! Natively the files of `content/` are read and checked ([`library`], feature
//! `ssr`). In the browser nothing of that exists: prose stays in the page's
//! HTML, and the little the frame needs comes with it as data.

mod allergen;
pub mod play;
mod site;

#[cfg(feature = "ssr")]
pub mod library;

pub use allergen::Allergen;
pub use site::{Site, VenueState};

/// Text for inside an element or a quoted attribute.
pub fn escape(raw: &str) -> String {
    raw.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
