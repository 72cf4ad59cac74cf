//! One file a page: loads what its URL shows, then composes components.

pub mod book;
pub mod fragment;
pub mod kept;
pub mod manage;
pub mod menu;
pub mod status;
pub mod words;

#[cfg(feature = "ssr")]
pub mod publication;
