//! The web home of INTERNO: story pages, a menu and a booking wizard.
//!
//! The same components are rendered twice: natively at build time, so that a
//! phone shows the page before any WebAssembly has come (feature `ssr`), and in
//! the browser, where they take that page over (feature `hydrate`).
//!
//! | room | what it is for |
//! |---|---|
//! | [`app`] | providers, router, page frame |
//! | [`routes`] | the table of pages: route × language → path |
//! | [`i18n`] | languages and their words |
//! | [`json`] | JSON, by the browser’s own reader and natively by `serde_json` |
//! | [`content`] | what editors write |
//! | [`menu`] | the menu one can play with: filter, composed table, their addresses |
//! | [`pages`] | one file a page: loads what its URL shows, then composes components |
//! | [`components`] | values in, callbacks out |
//! | [`booking`] | runs the wizard of `crates/booking` and shows its steps |
//! | [`reservations`] | speaking to a reservation API |
//! | [`platform`] | the browser behind small functions |

pub mod app;
pub mod booking;
pub mod components;
pub mod content;
pub mod i18n;
pub mod json;
pub mod menu;
pub mod pages;
pub mod platform;
pub mod reservations;
pub mod routes;
