//! The menu one can play with, as plain values: what a filter shows, what a composed table costs and
//! contradicts, and how both are written into an address.
//!
//! Nothing here knows a browser or a view, so native tests can try thousands of menus and filters a
//! second. One rule stands above all others: the recipes are a sample from one kitchen, so no group
//! and no answer ever means that a dish is free from something.

pub mod address;
pub mod data;
pub mod dish;
pub mod filter;
#[cfg(feature = "ssr")]
mod library;
mod plan;
pub mod table;

#[cfg(test)]
mod tests;

/// The code of the language that dishes, and words of the kitchen, keep their names in.
pub const NAMES_ARE_IN: &str = "es";

pub use dish::{Allergens, Carte, Course, Diet, Dish, Needs};
pub use filter::{Arranged, Filter, Group};
pub use table::{Clash, Conflict, Guest, Table};
