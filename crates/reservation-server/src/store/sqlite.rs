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
use sqlx::{ConnectOptions, Row, Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::rows::{self, millis, number};
use super::{Claim, NewHold, Outcome, StoreError, migrate};
use crate::availability::{Occupancy, Taken};
use crate::clock::SharedClock;
use crate::record::{GRACE, Record, Status};
use crate::rules::Decision;
use crate::secret;

const READERS: u32 = 4;
const WAIT: Duration = Duration::from_secs(10);
/// Longer than the wait for a connection would let nobody hear of a stuck disk.
const BUSY: Duration = Duration::from_secs(5);
/// How long a key is remembered.
const MEMORY: SignedDuration = SignedDuration::from_hours(24);
/// References are random; five in a row that are taken means something else is wrong.
const REFERENCE_ATTEMPTS: usize = 5;

const RESERVATION: &str = "SELECT r.*, d.details FROM reservations r LEFT JOIN guest_details d ON d.reservation_id = r.id WHERE r.id = ?";

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
            Ok(wish) if fits(&mut transaction, &wish, now).await? => wish,
            Ok(_) => {
                return refuse(transaction, Some(claim), ProblemType::SlotUnavailable, now).await;
            }
            Err(problem) => return refuse(transaction, Some(claim), problem, now).await,
        };
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

/// Holds with an `expires_at` above this are alive.
fn alive_after(now: Timestamp) -> i64 {
    millis(now).saturating_sub(millis_of(GRACE))
}

fn millis_of(duration: SignedDuration) -> i64 {
    duration.as_secs().saturating_mul(1_000)
}

async fn find(connection: &mut SqliteConnection, id: &str) -> Result<Option<Record>, StoreError> {
    let row = sqlx::query(RESERVATION)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(rows::record).transpose()
}

/// A reservation as it was at a version. The guest's data is today's, because only one copy is ever
/// kept, and absent where there was none yet.
async fn find_version(
    connection: &mut SqliteConnection,
    id: &str,
    version: i64,
) -> Result<Option<Record>, StoreError> {
    let Some(mut record) = find(connection, id).await? else {
        return Ok(None);
    };
    let row =
        sqlx::query("SELECT * FROM reservation_versions WHERE reservation_id = ? AND version = ?")
            .bind(id)
            .bind(version)
            .fetch_optional(connection)
            .await?;
    let Some(row) = row else { return Ok(None) };
    rows::version(&row, &mut record)?;
    if matches!(record.status, Status::OnHold | Status::Expired) {
        record.details = None;
    }
    Ok(Some(record))
}

/// What a key's first call came to, if it has had one.
async fn remembered(
    connection: &mut SqliteConnection,
    claim: &Claim,
    now: Timestamp,
) -> Result<Option<Outcome>, StoreError> {
    let row = sqlx::query("SELECT * FROM idempotency_keys WHERE key_hash = ? AND kept_until > ?")
        .bind(&claim.key_hash)
        .bind(millis(now))
        .fetch_optional(&mut *connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (route, body_hash): (String, String) = (row.try_get("route")?, row.try_get("body_hash")?);
    if route != claim.route || body_hash != claim.body_hash {
        return Ok(Some(Outcome::Refused(ProblemType::IdempotencyKeyReused)));
    }
    let problem: Option<String> = row.try_get("problem")?;
    if let Some(slug) = problem {
        let problem = ProblemType::from_uri(&slug).ok_or(StoreError::Damaged("problem"))?;
        return Ok(Some(Outcome::Refused(problem)));
    }
    let (id, version): (String, i64) = (row.try_get("reservation_id")?, row.try_get("version")?);
    let record = find_version(connection, &id, version)
        .await?
        .ok_or(StoreError::Damaged("key"))?;
    Ok(Some(Outcome::Done(Box::new(record))))
}

async fn remember(
    connection: &mut SqliteConnection,
    claim: &Claim,
    record: &Record,
    now: Timestamp,
) -> Result<(), StoreError> {
    keep(connection, claim, Some(record), None, now).await
}

/// Ends a transaction with a refusal, remembering it where there is a key.
async fn refuse(
    mut transaction: Transaction<'_, Sqlite>,
    claim: Option<&Claim>,
    problem: ProblemType,
    now: Timestamp,
) -> Result<Outcome, StoreError> {
    if let Some(claim) = claim {
        keep(&mut transaction, claim, None, Some(problem), now).await?;
        transaction.commit().await?;
    }
    Ok(Outcome::Refused(problem))
}

async fn keep(
    connection: &mut SqliteConnection,
    claim: &Claim,
    record: Option<&Record>,
    problem: Option<ProblemType>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let until = now.checked_add(MEMORY).unwrap_or(Timestamp::MAX);
    // A key whose day is over may be used again.
    sqlx::query("DELETE FROM idempotency_keys WHERE key_hash = ?")
        .bind(&claim.key_hash)
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO idempotency_keys (key_hash, route, body_hash, kept_until, reservation_id, version, problem) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(&claim.key_hash)
        .bind(&claim.route)
        .bind(&claim.body_hash)
        .bind(millis(until))
        .bind(record.map(|record| record.id.as_str()))
        .bind(record.map(|record| signed(record.version)))
        .bind(problem.map(ProblemType::slug))
        .execute(&mut *connection)
        .await?;
    Ok(())
}

/// Whether the places are free. Asked and answered inside the transaction that takes them.
async fn fits(
    connection: &mut SqliteConnection,
    wish: &NewHold,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(party_size), 0) AS BIGINT) AS taken FROM reservations WHERE slot_date = ? AND slot_key = ? \
         AND (status IN ('CONFIRMED', 'PENDING', 'REDEEMED', 'NO_SHOW') OR (status = 'ON_HOLD' AND expires_at > ?))",
    )
    .bind(wish.seating.seat.date.to_string())
    .bind(&wish.seating.seat.key)
    .bind(alive_after(now))
    .fetch_one(connection)
    .await?;
    let taken: i64 = row.try_get("taken")?;
    Ok(taken.saturating_add(wish.party_size.into()) <= i64::from(wish.seating.places))
}

async fn insert(
    connection: &mut SqliteConnection,
    wish: NewHold,
    now: Timestamp,
) -> Result<Record, StoreError> {
    let record = Record {
        id: wish.id,
        reference: free_reference(connection).await?,
        venue_id: wish.venue_id,
        version: 1,
        status: Status::OnHold,
        seat: wish.seating.seat,
        party_size: wish.party_size,
        locale: wish.locale,
        created_at: now,
        updated_at: now,
        expires_at: wish.expires_at,
        extensions: 0,
        cancelled_at: None,
        details: None,
    };
    sqlx::query(
        "INSERT INTO reservations (id, reference, venue_id, version, status, slot_key, slot_date, service_id, starts_at, ends_at, \
         cancellable_until, party_size, locale, created_at, updated_at, expires_at, extensions, cancelled_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&record.id)
    .bind(&record.reference)
    .bind(&record.venue_id)
    .bind(signed(record.version))
    .bind(record.status.word().as_str())
    .bind(&record.seat.key)
    .bind(record.seat.date.to_string())
    .bind(&record.seat.service_id)
    .bind(millis(record.seat.starts_at))
    .bind(millis(record.seat.ends_at))
    .bind(millis(record.seat.cancellable_until))
    .bind(i64::from(record.party_size))
    .bind(&record.locale)
    .bind(millis(record.created_at))
    .bind(millis(record.updated_at))
    .bind(millis(record.expires_at))
    .bind(i64::from(record.extensions))
    .bind(record.cancelled_at.map(millis))
    .execute(&mut *connection)
    .await?;
    archive(connection, &record.id).await?;
    Ok(record)
}

async fn update(
    connection: &mut SqliteConnection,
    record: &Record,
    new_details: bool,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE reservations SET version = ?, status = ?, updated_at = ?, expires_at = ?, extensions = ?, cancelled_at = ? WHERE id = ?",
    )
    .bind(signed(record.version))
    .bind(record.status.word().as_str())
    .bind(millis(record.updated_at))
    .bind(millis(record.expires_at))
    .bind(i64::from(record.extensions))
    .bind(record.cancelled_at.map(millis))
    .bind(&record.id)
    .execute(&mut *connection)
    .await?;
    if new_details {
        sqlx::query("DELETE FROM guest_details WHERE reservation_id = ?")
            .bind(&record.id)
            .execute(&mut *connection)
            .await?;
        if let Some(details) = &record.details {
            let text = serde_json::to_string(details).map_err(|_| StoreError::Damaged("guest"))?;
            sqlx::query("INSERT INTO guest_details (reservation_id, details) VALUES (?, ?)")
                .bind(&record.id)
                .bind(text)
                .execute(&mut *connection)
                .await?;
        }
    }
    archive(connection, &record.id).await
}

/// Copies the row as it now is into the history.
async fn archive(connection: &mut SqliteConnection, id: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO reservation_versions (reservation_id, version, status, slot_key, slot_date, service_id, starts_at, ends_at, \
         cancellable_until, party_size, updated_at, expires_at, extensions, cancelled_at) \
         SELECT id, version, status, slot_key, slot_date, service_id, starts_at, ends_at, cancellable_until, party_size, \
         updated_at, expires_at, extensions, cancelled_at FROM reservations WHERE id = ?",
    )
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}

async fn free_reference(connection: &mut SqliteConnection) -> Result<String, StoreError> {
    for _ in 0..REFERENCE_ATTEMPTS {
        let reference = secret::new_reference().map_err(StoreError::Random)?;
        let taken = sqlx::query("SELECT 1 FROM reservations WHERE reference = ?")
            .bind(&reference)
            .fetch_optional(&mut *connection)
            .await?;
        if taken.is_none() {
            return Ok(reference);
        }
    }
    Err(StoreError::Damaged("set of references"))
}

fn signed(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
