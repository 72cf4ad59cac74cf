//! The server over real HTTP on loopback, with a real SQLite file in a temporary folder.
//!
//! One binary, because linking it once is what takes time.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test should stop where it is surprised"
)]

mod areas;
mod asking;
mod bodies;
mod capacity;
mod database;
mod door;
mod grade;
mod guard;
mod guests;
mod harness;
mod idempotency;
mod life;
mod limits;
mod mail;
mod mail_faults;
mod mail_settings;
mod mail_tls;
mod messages;
mod modify;
#[path = "../../../../tests/headers/observatory.rs"]
mod observatory;
mod operator;
mod ordering;
mod pending;
mod privacy;
mod problems;
mod process;
mod reading;
mod schema;
mod sink;
mod site;
mod time;
mod waiting;

/// PostgreSQL has a binary of its own, with the same tests.
const ON_POSTGRES: bool = false;
