//! What examples cannot show: random histories of many clients, checked for linearizability; crashes at
//! random moments; databases in trouble; and canaries that must not be found anywhere.
//!
//! `INTERNO_PROOFS=all` makes them long; a number plays so many histories. Every failure names the seed it can be played again with, as far
//! as threads let it.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test should stop where it is surprised"
)]

mod canary;
mod clients;
mod crash;
mod crowd;
mod desk;
mod dice;
mod disk;
#[path = "../server/guard.rs"]
#[expect(dead_code, reason = "no crash has to do with TLS")]
mod guard;
mod history;
mod lane;
mod mail;
mod model;
mod process;
#[path = "../server/sink.rs"]
#[expect(dead_code, reason = "no crash has to do with TLS")]
mod sink;
mod trouble;

/// Whether the proofs run in full.
pub fn long() -> bool {
    std::env::var("INTERNO_PROOFS").is_ok_and(|extent| extent == "all")
}
