//! The memory of Idempotency-Keys: hashes, the reservation's version or the refusal's name, and no
//! guest data. A replay's answer is made again from the version.

use jiff::{SignedDuration, Timestamp};
use reservation_contract::problem::ProblemType;

use super::rows::{self, millis, signed};
use super::seats::find;
use super::session::{Row, Session, Value, values};
use super::{Claim, Outcome, StoreError};
use crate::record::{Record, Status};

/// How long a key is remembered.
const MEMORY: SignedDuration = SignedDuration::from_hours(24);

/// Takes a key for this call, or tells what its first call came to. A second server that asks for a
/// key which another has in its hands waits for the end of that call, and no longer than for any lock.
pub(super) async fn take(
    session: &mut Session,
    claim: &Claim,
    now: Timestamp,
) -> Result<Option<Outcome>, StoreError> {
    let row = match before(session, claim, now).await? {
        Before::Nothing => return Ok(None),
        Before::Refused(problem) => return Ok(Some(Outcome::Refused(problem))),
        Before::Done(row) => row,
    };
    let (id, version) = (row.text("reservation_id")?, row.number("version")?);
    let record = find_version(session, &id, version)
        .await?
        .ok_or(StoreError::Damaged("key"))?;
    Ok(Some(Outcome::Done(Box::new(record))))
}

/// What a key's first call came to.
pub(super) enum Before {
    /// This is the first call.
    Nothing,
    /// A refusal.
    Refused(ProblemType),
    /// The row says what.
    Done(Row),
}

/// Takes a key for this call, unless it had one before.
pub(super) async fn before(
    session: &mut Session,
    claim: &Claim,
    now: Timestamp,
) -> Result<Before, StoreError> {
    match first_call(session, claim, now).await {
        Ok(true) => Ok(Before::Nothing),
        Ok(false) => remembered(session, claim).await,
        Err(error) if error.is_lock_timeout() => {
            Ok(Before::Refused(ProblemType::IdempotencyKeyInFlight))
        }
        Err(error) => Err(error),
    }
}

async fn first_call(
    session: &mut Session,
    claim: &Claim,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let until = now.checked_add(MEMORY).unwrap_or(Timestamp::MAX);
    let taken = session
        .row(
            // A key whose day is over may be used again.
            "INSERT INTO idempotency_keys (key_hash, route, body_hash, kept_until) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (key_hash) DO UPDATE SET route = excluded.route, body_hash = excluded.body_hash, \
             kept_until = excluded.kept_until, reservation_id = NULL, version = NULL, problem = NULL, entry_id = NULL \
             WHERE idempotency_keys.kept_until <= $5 RETURNING key_hash",
            &values![
                &claim.key_hash,
                &claim.route,
                &claim.body_hash,
                millis(until),
                millis(now),
            ],
        )
        .await?;
    Ok(taken.is_some())
}

async fn remembered(session: &mut Session, claim: &Claim) -> Result<Before, StoreError> {
    let row = session
        .row(
            "SELECT * FROM idempotency_keys WHERE key_hash = $1",
            &values![&claim.key_hash],
        )
        .await?
        .ok_or(StoreError::Damaged("key"))?;
    if row.text("route")? != claim.route || row.text("body_hash")? != claim.body_hash {
        return Ok(Before::Refused(ProblemType::IdempotencyKeyReused));
    }
    if let Some(slug) = row.maybe_text("problem")? {
        let problem = ProblemType::from_uri(&slug).ok_or(StoreError::Damaged("problem"))?;
        return Ok(Before::Refused(problem));
    }
    Ok(Before::Done(row))
}

/// Keeps the reservation's version a call came to.
pub(super) const REMEMBER: &str =
    "UPDATE idempotency_keys SET reservation_id = $1, version = $2 WHERE key_hash = $3";

/// What [`REMEMBER`] is told.
pub(super) fn remembered_as(claim: &Claim, record: &Record) -> [Value; 3] {
    values![&record.id, signed(record.version), &claim.key_hash]
}

/// Keeps the entry of the waiting list a call came to.
pub(super) async fn remember_entry(
    session: &mut Session,
    claim: &Claim,
    id: &str,
) -> Result<(), StoreError> {
    session
        .run(
            "UPDATE idempotency_keys SET entry_id = $1 WHERE key_hash = $2",
            &values![id, &claim.key_hash],
        )
        .await?;
    Ok(())
}

/// Keeps a refusal.
pub(super) async fn remember_refusal(
    session: &mut Session,
    claim: &Claim,
    problem: ProblemType,
) -> Result<(), StoreError> {
    session
        .run(
            "UPDATE idempotency_keys SET problem = $1 WHERE key_hash = $2",
            &values![problem.slug(), &claim.key_hash],
        )
        .await?;
    Ok(())
}

/// A reservation as it was at a version. The guest's data is today's, because only one copy is ever
/// kept, and absent where there was none yet.
async fn find_version(
    session: &mut Session,
    id: &str,
    version: i64,
) -> Result<Option<Record>, StoreError> {
    let Some(mut record) = find(session, id).await? else {
        return Ok(None);
    };
    let row = session
        .row(
            "SELECT * FROM reservation_versions WHERE reservation_id = $1 AND version = $2",
            &values![id, version],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    rows::version(&row, &mut record)?;
    if matches!(record.status, Status::OnHold | Status::Expired) {
        record.details = None;
    }
    Ok(Some(record))
}
