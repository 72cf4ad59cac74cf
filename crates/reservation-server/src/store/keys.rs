//! The memory of Idempotency-Keys: hashes, the reservation's version or the refusal's name, and no
//! guest data. A replay's answer is made again from the version.

use jiff::{SignedDuration, Timestamp};
use reservation_contract::problem::ProblemType;
use sqlx::{Row, SqliteConnection};

use super::rows::{self, millis, signed};
use super::seats::find;
use super::{Claim, Outcome, StoreError};
use crate::record::{Record, Status};

/// How long a key is remembered.
const MEMORY: SignedDuration = SignedDuration::from_hours(24);

/// What a key's first call came to, if it has had one.
pub(super) async fn remembered(
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

/// Keeps the reservation's version a call came to.
pub(super) async fn remember(
    connection: &mut SqliteConnection,
    claim: &Claim,
    record: &Record,
    now: Timestamp,
) -> Result<(), StoreError> {
    keep(connection, claim, Some(record), None, now).await
}

/// Keeps a refusal.
pub(super) async fn remember_refusal(
    connection: &mut SqliteConnection,
    claim: &Claim,
    problem: ProblemType,
    now: Timestamp,
) -> Result<(), StoreError> {
    keep(connection, claim, None, Some(problem), now).await
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
