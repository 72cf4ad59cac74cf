//! Reservations as rows: reading one, counting what is taken, writing one with its history.

use jiff::{SignedDuration, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::rows::{self, millis, signed};
use super::{NewHold, StoreError};
use crate::record::{GRACE, Record, Seat, Status};
use crate::secret;

/// References are random; five in a row that are taken means something else is wrong.
const REFERENCE_ATTEMPTS: usize = 5;

const RESERVATION: &str = "SELECT r.*, d.details FROM reservations r LEFT JOIN guest_details d ON d.reservation_id = r.id WHERE r.id = ?";

/// Holds with an `expires_at` above this are alive.
pub(super) fn alive_after(now: Timestamp) -> i64 {
    millis(now).saturating_sub(millis_of(GRACE))
}

fn millis_of(duration: SignedDuration) -> i64 {
    duration.as_secs().saturating_mul(1_000)
}

pub(super) async fn find(
    connection: &mut SqliteConnection,
    id: &str,
) -> Result<Option<Record>, StoreError> {
    let row = sqlx::query(RESERVATION)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(rows::record).transpose()
}

/// People who want a seating, and who of those there are already is asking.
pub(super) struct Party<'a> {
    pub seat: &'a Seat,
    pub places: u32,
    pub people: u32,
    /// The reservation that asks, whose own places are not in its way; empty for a new one.
    pub id: &'a str,
}

/// Whether the places are free. Asked and answered inside the transaction that takes them.
pub(super) async fn fits(
    connection: &mut SqliteConnection,
    party: &Party<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(party_size), 0) AS BIGINT) AS taken FROM reservations WHERE slot_date = ? AND slot_key = ? \
         AND (status IN ('CONFIRMED', 'PENDING', 'REDEEMED', 'NO_SHOW') OR (status = 'ON_HOLD' AND expires_at > ?)) AND id <> ?",
    )
    .bind(party.seat.date.to_string())
    .bind(&party.seat.key)
    .bind(alive_after(now))
    .bind(party.id)
    .fetch_one(connection)
    .await?;
    let taken: i64 = row.try_get("taken")?;
    Ok(taken.saturating_add(party.people.into()) <= i64::from(party.places))
}

pub(super) async fn insert(
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

pub(super) async fn update(
    connection: &mut SqliteConnection,
    record: &Record,
    new_details: bool,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE reservations SET version = ?, status = ?, slot_key = ?, slot_date = ?, service_id = ?, starts_at = ?, ends_at = ?, \
         cancellable_until = ?, party_size = ?, updated_at = ?, expires_at = ?, extensions = ?, cancelled_at = ? WHERE id = ?",
    )
    .bind(signed(record.version))
    .bind(record.status.word().as_str())
    .bind(&record.seat.key)
    .bind(record.seat.date.to_string())
    .bind(&record.seat.service_id)
    .bind(millis(record.seat.starts_at))
    .bind(millis(record.seat.ends_at))
    .bind(millis(record.seat.cancellable_until))
    .bind(i64::from(record.party_size))
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
