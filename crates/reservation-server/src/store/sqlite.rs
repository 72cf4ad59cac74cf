//! The store on SQLite.
//!
//! One connection writes: SQLite has one writer anyway, and a queue in the server is fairer and
//! faster than its busy handler. `synchronous=FULL` with WAL syncs the log at every commit, which is
//! what makes an answered CONFIRMED survive a power cut.

use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use reservation_contract::problem::ProblemType;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Row, Sqlite, SqlitePool, Transaction};

use super::keys::{remember, remember_refusal, remembered};
use super::rows::{millis, number};
use super::seats::{Party, alive_after, find, fits, insert, update};
use super::{Claim, NewHold, Outcome, StoreError, migrate};
use crate::availability::{Occupancy, Taken};
use crate::clock::SharedClock;
use crate::record::Record;
use crate::rules::Decision;

const READERS: u32 = 4;
const WAIT: Duration = Duration::from_secs(10);
/// Longer than the wait for a connection would let nobody hear of a stuck disk.
const BUSY: Duration = Duration::from_secs(5);
/// The store on SQLite.
#[derive(Clone)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    clock: SharedClock,
}

impl SqliteStore {
    /// Opens or makes the database file, and brings its schema up to date.
    ///
    /// # Errors
    /// If the file cannot be opened, or was written by a newer server.
    pub async fn open(file: &Path, clock: SharedClock) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted for good is overwritten: retention means gone, not unlinked.
            .pragma("secure_delete", "ON")
            .busy_timeout(BUSY)
            .disable_statement_logging();
        let pool = || {
            SqlitePoolOptions::new()
                .acquire_timeout(WAIT)
                .idle_timeout(None)
                .max_lifetime(None)
        };
        let writer = pool()
            .max_connections(1)
            .connect_with(options.clone())
            .await?;
        migrate::run(&writer).await?;
        let readers = pool()
            .max_connections(READERS)
            .connect_with(options)
            .await?;
        Ok(Self {
            writer,
            readers,
            clock,
        })
    }

    /// Closes every connection; the log is folded into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// If it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT version FROM schema_version LIMIT 1")
            .fetch_one(&self.readers)
            .await?;
        Ok(())
    }

    /// A reservation as it stands.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn find(&self, id: &str) -> Result<Option<Record>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        find(&mut connection, id).await
    }

    /// What is taken of every seating of a range of days, both ends included.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn occupancy(&self, from: Date, to: Date) -> Result<Occupancy, StoreError> {
        let rows = sqlx::query(
            "SELECT slot_key, CAST(SUM(CASE WHEN status = 'ON_HOLD' THEN 0 ELSE party_size END) AS BIGINT) AS booked, \
             CAST(SUM(CASE WHEN status = 'ON_HOLD' THEN party_size ELSE 0 END) AS BIGINT) AS held FROM reservations \
             WHERE slot_date BETWEEN ? AND ? AND (status IN ('CONFIRMED', 'PENDING', 'REDEEMED', 'NO_SHOW') \
             OR (status = 'ON_HOLD' AND expires_at > ?)) GROUP BY slot_key",
        )
        .bind(from.to_string())
        .bind(to.to_string())
        .bind(alive_after(self.clock.now()))
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let taken = Taken {
                    booked: number(row.try_get("booked")?)?,
                    held: number(row.try_get("held")?)?,
                };
                Ok((row.try_get("slot_key")?, taken))
            })
            .collect()
    }

    /// Takes a hold, if `rules` allow it and the places are free.
    ///
    /// # Errors
    /// If the database fails; then nothing was taken.
    pub async fn hold(
        &self,
        claim: &Claim,
        rules: impl FnOnce(Timestamp) -> Result<NewHold, ProblemType> + Send,
    ) -> Result<Outcome, StoreError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let now = self.clock.now();
        if let Some(outcome) = remembered(&mut transaction, claim, now).await? {
            return Ok(outcome);
        }
        let wish = match rules(now) {
            Ok(wish) => wish,
            Err(problem) => return refuse(transaction, Some(claim), problem, now).await,
        };
        let party = Party {
            seat: &wish.seating.seat,
            places: wish.seating.places,
            people: wish.party_size,
            id: "",
        };
        if !fits(&mut transaction, &party, now).await? {
            return refuse(transaction, Some(claim), ProblemType::SlotUnavailable, now).await;
        }
        let record = insert(&mut transaction, wish, now).await?;
        remember(&mut transaction, claim, &record, now).await?;
        transaction.commit().await?;
        Ok(Outcome::Done(Box::new(record)))
    }

    /// Changes a reservation as `rules` decide. None if there is no such reservation.
    ///
    /// # Errors
    /// If the database fails; then nothing was changed.
    pub async fn change(
        &self,
        id: &str,
        claim: Option<&Claim>,
        rules: impl FnOnce(&Record, Timestamp) -> Decision + Send,
    ) -> Result<Option<Outcome>, StoreError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let now = self.clock.now();
        if let Some(claim) = claim
            && let Some(outcome) = remembered(&mut transaction, claim, now).await?
        {
            return Ok(Some(outcome));
        }
        let Some(record) = find(&mut transaction, id).await? else {
            return Ok(None);
        };
        let record = match rules(&record, now) {
            Decision::Change(new) => {
                update(&mut transaction, &new, record.details != new.details).await?;
                *new
            }
            Decision::Take {
                record: new,
                places,
            } => {
                let party = Party {
                    seat: &new.seat,
                    places,
                    people: new.party_size,
                    id,
                };
                if !fits(&mut transaction, &party, now).await? {
                    let problem = ProblemType::SlotUnavailable;
                    return refuse(transaction, claim, problem, now).await.map(Some);
                }
                update(&mut transaction, &new, record.details != new.details).await?;
                *new
            }
            Decision::Keep => record,
            Decision::TurnAway(problem) => return Ok(Some(Outcome::Refused(problem))),
            Decision::Refuse(problem) => {
                return refuse(transaction, claim, problem, now).await.map(Some);
            }
        };
        if let Some(claim) = claim {
            remember(&mut transaction, claim, &record, now).await?;
        }
        transaction.commit().await?;
        Ok(Some(Outcome::Done(Box::new(record))))
    }

    /// Forgets what has been kept long enough: keys after a day, and everything personal of evenings
    /// that ended before the retention. Answers how many guests were forgotten.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn forget(&self, retention: SignedDuration) -> Result<u64, StoreError> {
        let now = self.clock.now();
        let long_ago = now.checked_sub(retention).unwrap_or(Timestamp::MIN);
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM idempotency_keys WHERE kept_until <= ?")
            .bind(millis(now))
            .execute(&mut *transaction)
            .await?;
        let guests = sqlx::query("DELETE FROM guest_details WHERE reservation_id IN (SELECT id FROM reservations WHERE ends_at <= ?)")
            .bind(millis(long_ago))
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        transaction.commit().await?;
        Ok(guests)
    }
}

/// Ends a transaction with a refusal, remembering it where there is a key.
async fn refuse(
    mut transaction: Transaction<'_, Sqlite>,
    claim: Option<&Claim>,
    problem: ProblemType,
    now: Timestamp,
) -> Result<Outcome, StoreError> {
    if let Some(claim) = claim {
        remember_refusal(&mut transaction, claim, problem, now).await?;
        transaction.commit().await?;
    }
    Ok(Outcome::Refused(problem))
}
