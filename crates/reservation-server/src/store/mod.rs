//! What is kept. One narrow interface over domain types; SQLite is behind it today, and another
//! database fits behind the same few functions.
//!
//! Every write is one transaction: it asks the memory of keys, reads what it needs, decides and
//! takes. So the order of checks (memory, then `If-Match`, then rules) and the capacity of a seating
//! cannot be overtaken by anybody in between. Time is read inside the transaction too: a decision made
//! with the time of an hour ago is a decision about another hour.

mod keys;
mod migrate;
mod rows;
mod seats;
mod sqlite;

use std::fmt;

use jiff::Timestamp;
use reservation_contract::problem::ProblemType;

use crate::record::Record;
use crate::seating::Seating;

pub use sqlite::SqliteStore as Store;

/// A call's Idempotency-Key, hashed, with what it may be repeated for.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Hash of the key.
    pub key_hash: String,
    /// Method, route and the id in it.
    pub route: String,
    /// Hash of the body.
    pub body_hash: String,
}

/// A hold to be taken.
#[derive(Clone, Debug)]
pub struct NewHold {
    /// Id.
    pub id: String,
    /// Venue.
    pub venue_id: String,
    /// Seating, with its capacity.
    pub seating: Seating,
    /// People.
    pub party_size: u32,
    /// Language.
    pub locale: String,
    /// When it runs out.
    pub expires_at: Timestamp,
}

/// What a write came to.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Done, now or before: the reservation at the version the answer tells.
    Done(Box<Record>),
    /// Refused, now or before.
    Refused(ProblemType),
}

/// Why the store could not do it.
#[derive(Debug)]
pub enum StoreError {
    /// The database failed.
    Database(sqlx::Error),
    /// The database was written by a newer server.
    NewerSchema {
        /// Version found.
        found: i64,
        /// Newest version this build knows.
        known: i64,
    },
    /// A row says something no server wrote.
    Damaged(&'static str),
    /// No randomness.
    Random(std::io::Error),
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(formatter, "the database failed: {error}"),
            Self::NewerSchema { found, known } => {
                write!(
                    formatter,
                    "the database has schema {found}, and this server knows schemas up to {known}: run the newer server"
                )
            }
            Self::Damaged(what) => write!(formatter, "the database holds a {what} no server wrote"),
            Self::Random(error) => write!(formatter, "the system has no randomness: {error}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}
