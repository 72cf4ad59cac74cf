//! The reservation server: the native contract over HTTP, on a database, and the static site beside it.
//!
//! | module | its one reason to change |
//! |---|---|
//! | [`settings`] | what an operator can decide |
//! | [`seating`] | what is offered when |
//! | [`availability`] | what counts as free, and what is offered instead |
//! | [`record`], [`rules`] | what a reservation is, and what may happen to it |
//! | [`validate`] | what a confirm must contain |
//! | [`news`] | who is told of which change |
//! | [`retention`] | what is deleted by itself, and when |
//! | [`store`] | where it is kept |
//! | [`secret`] | tokens, ids, references |
//! | [`http`] | how the contract looks on the wire |
//! | [`ics`] | the calendar file |
//! | [`mail`] | how guests are written to |
//! | [`octo`] | standing in front of a supplier's API, in place of a house of its own |
//! | [`site`] | the static site and its headers |
//! | [`server`] | start and stop |
//! | [`operator`] | what the house does at its own desk |
//! | [`seat`] | one server for a database file |
//! | [`door`] | connections: how many, and how long they may say nothing |
//! | [`clock`] | time |
//!
//! Arrows point down this list from `http`: rules know no HTTP, the store knows no JSON of the wire.

pub mod availability;
pub mod cli;
pub mod clock;
pub mod door;
pub mod http;
pub mod ics;
pub mod mail;
pub mod news;
pub mod octo;
pub mod operator;
pub mod record;
pub mod retention;
pub mod rules;
pub mod seat;
pub mod seating;
pub mod secret;
pub mod server;
pub mod settings;
pub mod site;
pub mod store;
pub mod validate;
