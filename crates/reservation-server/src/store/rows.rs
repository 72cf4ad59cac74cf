//! Rows into records and back.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::StoreError;
use crate::record::{Details, Record, Seat, Status};
use crate::seating::parse_date;

pub(super) fn millis(instant: Timestamp) -> i64 {
    instant.as_millisecond()
}

pub(super) fn instant(millis: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(millis).map_err(|_| StoreError::Damaged("time"))
}

/// A row of `reservations` with `details` beside it.
pub(super) fn record(row: &SqliteRow) -> Result<Record, StoreError> {
    let details: Option<String> = row.try_get("details")?;
    let details: Option<Details> = details
        .map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|_| StoreError::Damaged("guest"))?;
    let mut record = Record {
        id: row.try_get("id")?,
        reference: row.try_get("reference")?,
        venue_id: row.try_get("venue_id")?,
        version: 0,
        status: Status::Expired,
        seat: seat(row)?,
        party_size: 0,
        locale: row.try_get("locale")?,
        created_at: instant(row.try_get("created_at")?)?,
        updated_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::UNIX_EPOCH,
        extensions: 0,
        cancelled_at: None,
        details,
    };
    version(row, &mut record)?;
    Ok(record)
}

/// Lays what changes from version to version over a record.
pub(super) fn version(row: &SqliteRow, record: &mut Record) -> Result<(), StoreError> {
    let word: String = row.try_get("status")?;
    let cancelled_at: Option<i64> = row.try_get("cancelled_at")?;
    record.version = number(row.try_get("version")?)?;
    record.status = Status::parse(&word).ok_or(StoreError::Damaged("status"))?;
    record.seat = seat(row)?;
    record.party_size = number(row.try_get("party_size")?)?;
    record.updated_at = instant(row.try_get("updated_at")?)?;
    record.expires_at = instant(row.try_get("expires_at")?)?;
    record.extensions = number(row.try_get("extensions")?)?;
    record.cancelled_at = cancelled_at.map(instant).transpose()?;
    Ok(())
}

fn seat(row: &SqliteRow) -> Result<Seat, StoreError> {
    let date: String = row.try_get("slot_date")?;
    Ok(Seat {
        key: row.try_get("slot_key")?,
        date: parse_date(&date).ok_or(StoreError::Damaged("date"))?,
        service_id: row.try_get("service_id")?,
        starts_at: instant(row.try_get("starts_at")?)?,
        ends_at: instant(row.try_get("ends_at")?)?,
        cancellable_until: instant(row.try_get("cancellable_until")?)?,
    })
}

pub(super) fn number<T: TryFrom<i64>>(value: i64) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Damaged("number"))
}

/// Versions start at 1 and grow by one: no reservation lives to see the limit.
pub(super) fn signed(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
