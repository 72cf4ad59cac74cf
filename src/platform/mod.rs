//! The browser, behind small functions. The only place that knows `web_sys`.
//!
//! Each function says what it does while a page is prerendered, where there is
//! no browser: then reading gives nothing and writing does nothing, so a first
//! render is the same on both sides.

pub mod clock;
pub mod file;
pub mod following;
pub mod form;
pub mod intl;
#[cfg(target_arch = "wasm32")]
pub mod json;
pub mod location;
pub mod network;
pub mod page;
pub mod parts;
pub mod reading;
pub mod returning;
pub mod share;
pub mod standing;
pub mod storage;
pub mod zone;
