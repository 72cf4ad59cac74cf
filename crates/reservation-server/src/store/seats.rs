//! Reservations as rows: reading one, counting what is taken, writing one with its history.

use jiff::{SignedDuration, Timestamp};

use super::rows::{self, millis, signed};
use super::session::{Session, values};
use super::{NewHold, StoreError};
use crate::record::{GRACE, Record, Seat, Status};
use crate::secret;

/// References are random; five in a row that are taken means something else is wrong.
const REFERENCE_ATTEMPTS: usize = 5;

/// Holds with an `expires_at` above this are alive.
pub(super) fn alive_after(now: Timestamp) -> i64 {
    millis(now).saturating_sub(millis_of(GRACE))
}

fn millis_of(duration: SignedDuration) -> i64 {
    duration.as_secs().saturating_mul(1_000)
}

pub(super) async fn find(session: &mut Session, id: &str) -> Result<Option<Record>, StoreError> {
    let row = session
        .row(
            "SELECT r.*, d.details FROM reservations r LEFT JOIN guest_details d ON d.reservation_id = r.id WHERE r.id = $1",
            &values![id],
        )
        .await?;
    row.as_ref().map(rows::record).transpose()
}

/// People who want a seating, and who of those there are already is asking.
pub(super) struct Party<'a> {
    pub seat: &'a Seat,
    pub places: u32,
    /// Of the places, those that may be on hold at once; none counts for who is past that.
    pub on_hold_at_most: Option<u32>,
    pub people: u32,
    /// The reservation that asks, whose own places are not in its way; empty for a new one.
    pub id: &'a str,
}

/// Whether the places are free. Asked and answered inside the transaction that takes them.
pub(super) async fn fits(
    session: &mut Session,
    party: &Party<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let date = party.seat.date.to_string();
    // Whose hold has run out loses its places here, for good: should a clock step back, or another
    // server's clock be slower, nobody can confirm what was sold again.
    session
        .run(
            "UPDATE reservations SET status = 'EXPIRED', held_by = NULL \
             WHERE slot_date = $1 AND slot_key = $2 AND status = 'ON_HOLD' AND expires_at <= $3",
            &values![&date, &party.seat.key, alive_after(now)],
        )
        .await?;
    let row = session
        .row(
            "SELECT CAST(COALESCE(SUM(party_size), 0) AS BIGINT) AS taken, \
             CAST(COALESCE(SUM(CASE WHEN status = 'ON_HOLD' THEN party_size ELSE 0 END), 0) AS BIGINT) AS held \
             FROM reservations WHERE slot_date = $1 AND slot_key = $2 \
             AND status IN ('CONFIRMED', 'PENDING', 'REDEEMED', 'NO_SHOW', 'ON_HOLD') AND id <> $3",
            &values![&date, &party.seat.key, party.id],
        )
        .await?
        .ok_or(StoreError::Damaged("count"))?;
    let taken = row.number::<u32>("taken")?.saturating_add(party.people);
    let held = row.number::<u32>("held")?.saturating_add(party.people);
    Ok(taken <= party.places && party.on_hold_at_most.is_none_or(|most| held <= most))
}

/// Seconds until this client may hold more, if it may not now.
pub(super) async fn has_enough(
    session: &mut Session,
    client: &str,
    at_most: u32,
    now: Timestamp,
) -> Result<Option<u32>, StoreError> {
    let row = session
        .row(
            "SELECT COUNT(*) AS holds, MIN(expires_at) AS first_end FROM reservations \
             WHERE held_by = $1 AND status = 'ON_HOLD' AND expires_at > $2",
            &values![client, alive_after(now)],
        )
        .await?
        .ok_or(StoreError::Damaged("count"))?;
    if row.number::<u32>("holds")? < at_most {
        return Ok(None);
    }
    let left = row.maybe_number("first_end")?.unwrap_or_default() - alive_after(now);
    let seconds = u32::try_from(left / 1_000).unwrap_or_default();
    Ok(Some(seconds.saturating_add(1)))
}

pub(super) async fn insert(
    session: &mut Session,
    wish: NewHold,
    now: Timestamp,
) -> Result<Record, StoreError> {
    let record = Record {
        id: wish.id,
        reference: free_reference(session).await?,
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
    session
        .run(
            "INSERT INTO reservations (id, reference, venue_id, version, status, slot_key, slot_date, service_id, starts_at, ends_at, \
             cancellable_until, party_size, locale, created_at, updated_at, expires_at, extensions, cancelled_at, area_id, held_by) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
            &values![
                &record.id,
                &record.reference,
                &record.venue_id,
                signed(record.version),
                record.status.word().as_str(),
                &record.seat.key,
                record.seat.date.to_string(),
                &record.seat.service_id,
                millis(record.seat.starts_at),
                millis(record.seat.ends_at),
                millis(record.seat.cancellable_until),
                record.party_size,
                &record.locale,
                millis(record.created_at),
                millis(record.updated_at),
                millis(record.expires_at),
                record.extensions,
                record.cancelled_at.map(millis),
                record.seat.area_id.clone(),
                wish.held_by,
            ],
        )
        .await?;
    archive(session, &record.id).await?;
    Ok(record)
}

pub(super) async fn update(
    session: &mut Session,
    record: &Record,
    new_details: bool,
) -> Result<(), StoreError> {
    session
        .run(
            "UPDATE reservations SET version = $1, status = $2, slot_key = $3, slot_date = $4, service_id = $5, starts_at = $6, \
             ends_at = $7, cancellable_until = $8, party_size = $9, updated_at = $10, expires_at = $11, extensions = $12, \
             cancelled_at = $13, area_id = $14, held_by = CASE WHEN $2 = 'ON_HOLD' THEN held_by END WHERE id = $15",
            &values![
                signed(record.version),
                record.status.word().as_str(),
                &record.seat.key,
                record.seat.date.to_string(),
                &record.seat.service_id,
                millis(record.seat.starts_at),
                millis(record.seat.ends_at),
                millis(record.seat.cancellable_until),
                record.party_size,
                millis(record.updated_at),
                millis(record.expires_at),
                record.extensions,
                record.cancelled_at.map(millis),
                record.seat.area_id.clone(),
                &record.id,
            ],
        )
        .await?;
    if new_details {
        keep_details(session, record).await?;
    }
    archive(session, &record.id).await
}

async fn keep_details(session: &mut Session, record: &Record) -> Result<(), StoreError> {
    session
        .run(
            "DELETE FROM guest_details WHERE reservation_id = $1",
            &values![&record.id],
        )
        .await?;
    if let Some(details) = &record.details {
        let text = serde_json::to_string(details).map_err(|_| StoreError::Damaged("guest"))?;
        session
            .run(
                "INSERT INTO guest_details (reservation_id, details) VALUES ($1, $2)",
                &values![&record.id, text],
            )
            .await?;
    }
    Ok(())
}

/// Copies the row as it now is into the history.
async fn archive(session: &mut Session, id: &str) -> Result<(), StoreError> {
    session
        .run(
            "INSERT INTO reservation_versions (reservation_id, version, status, slot_key, slot_date, service_id, starts_at, ends_at, \
             cancellable_until, party_size, updated_at, expires_at, extensions, cancelled_at, area_id) \
             SELECT id, version, status, slot_key, slot_date, service_id, starts_at, ends_at, cancellable_until, party_size, \
             updated_at, expires_at, extensions, cancelled_at, area_id FROM reservations WHERE id = $1",
            &values![id],
        )
        .await?;
    Ok(())
}

async fn free_reference(session: &mut Session) -> Result<String, StoreError> {
    for _ in 0..REFERENCE_ATTEMPTS {
        let reference = secret::new_reference().map_err(StoreError::Random)?;
        let taken = session
            .row(
                "SELECT id FROM reservations WHERE reference = $1",
                &values![&reference],
            )
            .await?;
        if taken.is_none() {
            return Ok(reference);
        }
    }
    Err(StoreError::Damaged("set of references"))
}
