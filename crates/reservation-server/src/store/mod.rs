//! What is kept. One narrow interface over domain types, with two databases behind it: SQLite, in a
//! file of this server's own, and PostgreSQL, which several servers can share.
//!
//! Every write is one transaction: it asks the memory of keys, reads what it needs, decides and
//! takes. So the order of checks (memory, then `If-Match`, then rules) and the capacity of a seating
//! cannot be overtaken by anybody in between. Time is read inside the transaction too: a decision made
//! with the time of an hour ago is a decision about another hour.

mod backend;
mod deletions;
mod house;
mod keys;
mod log;
mod migrate;
mod outbox;
mod pen;
mod reads;
mod rows;
mod seats;
mod session;
mod subject;
mod waiting;
mod writes;

use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::civil::Date;
use reservation_contract::problem::ProblemType;

use crate::availability::Occupancy;
use crate::clock::SharedClock;
use crate::record::Record;
use crate::retention::Retention;
use crate::seating::Seating;

use backend::Backend;
use deletions::Cause;
pub use deletions::{Deleted, Held};
pub use house::Block;
pub use outbox::{Ending, Item, Post, Posted};
pub use subject::Version;

/// Where reservations are kept.
#[derive(Clone)]
pub struct Store {
    backend: Backend,
    clock: SharedClock,
    /// Whether the last write failed by the database's fault.
    troubled: Arc<AtomicBool>,
    /// The last count of what is taken, and when and of which days it was true.
    seen: Arc<Mutex<Option<Seen>>>,
    /// Whom changes are written down for.
    post: Option<Post>,
    /// By which rules what is erased is counted.
    retention: Option<Retention>,
    /// Who erases here.
    cause: Cause,
}

/// A count of what is taken.
struct Seen {
    at: (State, Date, Date),
    taken: Arc<Occupancy>,
}

/// A state of the database within a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    written: u64,
    second: i64,
}

impl Store {
    /// Opens or makes the database file, and brings its schema up to date.
    ///
    /// # Errors
    /// If the file cannot be opened, or was written by a newer server.
    pub async fn open(file: &Path, clock: SharedClock) -> Result<Self, StoreError> {
        Self::ready(Backend::file(file).await?, clock).await
    }

    /// Reaches the PostgreSQL of a `postgres://` address, and brings its schema up to date.
    ///
    /// # Errors
    /// If it is no such address, nobody answers there, or a newer server wrote the schema.
    pub async fn connect(url: &str, clock: SharedClock) -> Result<Self, StoreError> {
        Self::ready(Backend::url(url).await?, clock).await
    }

    async fn ready(backend: Backend, clock: SharedClock) -> Result<Self, StoreError> {
        migrate::run(&backend).await?;
        Ok(Self::on(backend, clock))
    }

    fn on(backend: Backend, clock: SharedClock) -> Self {
        Self {
            backend,
            clock,
            troubled: Arc::default(),
            seen: Arc::default(),
            post: None,
            retention: None,
            cause: Cause::Guest,
        }
    }

    /// The same without transactions and locks: the control of the proofs, which must reject it.
    #[cfg(feature = "unlocked")]
    #[must_use]
    pub fn unlocked(self) -> Self {
        Self {
            backend: Backend::Unlocked(Box::new(self.backend)),
            ..self
        }
    }

    /// Remembers whether a write failed, for whoever asks how the database is.
    fn noted<T>(&self, written: Result<T, StoreError>) -> Result<T, StoreError> {
        self.troubled.store(written.is_err(), Ordering::Relaxed);
        written
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.backend.close().await;
    }
}

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
    /// Who holds, by a name that tells nobody's address.
    pub held_by: String,
    /// Live holds the same client may have at once, this one included.
    pub holds_at_most: u32,
}

/// What a write came to.
#[derive(Clone, Debug)]
pub enum Outcome<T = Record> {
    /// Done, now or before: the reservation at the version the answer tells.
    Done(Box<T>),
    /// Refused, now or before.
    Refused(ProblemType),
    /// Refused because this client has enough for now; seconds until it may have more. Not remembered.
    TooMany(u32),
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
    /// The database was written by an older server, or by none.
    OlderSchema {
        /// Version found.
        found: i64,
        /// The one this build knows.
        known: i64,
    },
    /// A row says something no server wrote.
    Damaged(&'static str),
    /// No randomness.
    Random(std::io::Error),
    /// The address of the database is none. Not repeated: it may hold a password.
    Url,
    /// Somebody else changed the same between two looks; nothing was done.
    Overtaken,
}

impl StoreError {
    /// Whether another transaction was in the way, and trying again is all it takes.
    fn is_conflict(&self) -> bool {
        // serialization_failure, deadlock_detected
        matches!(self, Self::Overtaken) || self.has_code(&["40001", "40P01"])
    }

    /// Whether another process was writing for too long; asking again is all it takes.
    pub fn is_busy(&self) -> bool {
        // SQLITE_BUSY, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_SNAPSHOT
        self.has_code(&["5", "261", "517"]) || self.is_conflict() || self.is_lock_timeout()
    }

    /// Whether a lock was waited for too long.
    fn is_lock_timeout(&self) -> bool {
        // lock_not_available
        self.has_code(&["55P03"])
    }

    /// Whether another server made the same table at the same moment.
    fn is_made_twice(&self) -> bool {
        // unique_violation, duplicate_table, duplicate_column
        self.has_code(&["23505", "42P07", "42701"])
    }

    fn has_code(&self, codes: &[&str]) -> bool {
        let Self::Database(sqlx::Error::Database(error)) = self else {
            return false;
        };
        error
            .code()
            .is_some_and(|code| codes.contains(&code.as_ref()))
    }
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
            Self::OlderSchema { found, known } => {
                write!(
                    formatter,
                    "the database has schema {found}, and this program works with schema {known}: start this version's server first"
                )
            }
            Self::Damaged(what) => write!(formatter, "the database holds a {what} no server wrote"),
            Self::Random(error) => write!(formatter, "the system has no randomness: {error}"),
            Self::Url => formatter
                .write_str("it is no address such as postgres://user:password@host/database"),
            Self::Overtaken => formatter.write_str("somebody else changed the same"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}
