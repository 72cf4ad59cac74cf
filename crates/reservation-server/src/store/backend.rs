//! The two databases, and how each is opened.
//!
//! SQLite has one connection that writes: it has one writer anyway, and a queue in the server (`pen`) is
//! fairer and faster than its busy handler. `synchronous=FULL` with WAL syncs the log at every commit,
//! which is what makes an answered CONFIRMED survive a power cut; PostgreSQL does so by default.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, PgPool, SqlitePool};

use super::StoreError;
use super::log::Log;
use super::pen::{Doubt, Pen};
use super::session::Session;

const READERS: u32 = 4;
const WAIT: Duration = Duration::from_secs(10);
/// Longer than the wait for a connection would let nobody hear of a stuck disk.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// Pages.
const LONG_LOG: &str = "4000";

const CONNECTIONS: u32 = 16;
/// A database that is away is told of after this long: its clients have retries of their own.
const AWAY: Duration = Duration::from_secs(5);
/// Plain READ COMMITTED: who waits for a seating's lock must see what was taken meanwhile.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '5s'";
const VIEW: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Where things are kept.
#[derive(Clone)]
pub(super) enum Backend {
    /// A file of this server's own.
    Sqlite {
        /// Its one writing connection.
        writer: SqlitePool,
        /// Whose turn it is to write with that.
        pen: Pen,
        /// What it writes to before the file.
        log: Log,
        /// The others.
        readers: SqlitePool,
    },
    /// A database that several servers share.
    Postgres(PgPool),
    /// Another one without transactions and locks: what the proofs must not let pass.
    #[cfg(feature = "unlocked")]
    Unlocked(Box<Backend>),
}

impl Backend {
    pub async fn file(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted for good is overwritten: retention means gone, not unlinked.
            .pragma("secure_delete", "ON")
            // Only where folding beside the writing does not keep up.
            .pragma("wal_autocheckpoint", LONG_LOG)
            .busy_timeout(BUSY)
            .disable_statement_logging();
        let pool = || {
            SqlitePoolOptions::new()
                .acquire_timeout(WAIT)
                .idle_timeout(None)
                .max_lifetime(None)
        };
        let doubt = Doubt::default();
        let doubted = doubt.clone();
        let writer = pool()
            .max_connections(1)
            .before_acquire(move |connection, _| {
                let usable = !doubted.clear() && !connection.is_in_transaction();
                Box::pin(async move { Ok(usable) })
            })
            .connect_with(options.clone())
            .await?;
        let readers = pool().max_connections(READERS).connect_lazy_with(options);
        let log = Log::new(readers.clone());
        let pen = Pen::new(writer.clone(), doubt, log.clone());
        Ok(Self::Sqlite {
            writer,
            pen,
            log,
            readers,
        })
    }

    pub async fn url(url: &str) -> Result<Self, StoreError> {
        // The driver does not look at the scheme, and would take a file's name for a host.
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(StoreError::Url);
        }
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| StoreError::Url)?
            .application_name("reservation-server")
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(AWAY)
            .connect_with(options)
            .await?;
        Ok(Self::Postgres(pool))
    }

    /// A connection to read with.
    pub async fn reader(&self) -> Result<Session, StoreError> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Session::Sqlite(readers.acquire().await?),
            Self::Postgres(pool) => Session::Postgres(pool.acquire().await?),
            #[cfg(feature = "unlocked")]
            Self::Unlocked(backend) => Box::pin(backend.reader()).await?,
        })
    }

    /// A connection to read with on which nothing changes: what was written after its first question is not seen.
    pub async fn view(&self) -> Result<Session, StoreError> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Session::SqliteView(readers.begin().await?),
            Self::Postgres(pool) => Session::PostgresWork(pool.begin_with(VIEW).await?),
            #[cfg(feature = "unlocked")]
            Self::Unlocked(backend) => Box::pin(backend.view()).await?,
        })
    }

    /// A transaction to write in.
    pub async fn begin(&self) -> Result<Session, StoreError> {
        Ok(match self {
            Self::Sqlite { pen, .. } => Session::SqliteWork(pen.turn().await?),
            Self::Postgres(pool) => Session::PostgresWork(pool.begin_with(BEGIN).await?),
            #[cfg(feature = "unlocked")]
            Self::Unlocked(backend) => backend.reader().await?,
        })
    }

    /// How often this database was written, where nobody else writes it.
    pub fn written(&self) -> Option<u64> {
        match self {
            Self::Sqlite { pen, .. } => Some(pen.written()),
            Self::Postgres(_) => None,
            #[cfg(feature = "unlocked")]
            Self::Unlocked(_) => None,
        }
    }

    /// Its name.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres(_) => "postgresql",
            #[cfg(feature = "unlocked")]
            Self::Unlocked(backend) => backend.kind(),
        }
    }

    /// Overwrites what is left of deleted rows outside the tables.
    pub async fn scrub(&self) {
        if let Self::Sqlite { writer, log, .. } = self {
            log.scrub(writer).await;
        }
    }

    /// Closes every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite {
                writer, readers, ..
            } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
            #[cfg(feature = "unlocked")]
            Self::Unlocked(backend) => Box::pin(backend.close()).await,
        }
    }
}
