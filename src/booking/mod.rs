//! The booking wizard in the browser: `session` runs the machine of `crates/booking`, `steps` show it.

pub mod carte;
pub mod errand;
pub mod kept;
pub mod manage;
pub mod saved;
pub mod session;
pub mod steps;
mod watched;
