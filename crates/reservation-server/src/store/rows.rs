//! Rows into records and back.

use jiff::Timestamp;

use super::StoreError;
use super::session::Row;
use crate::record::{Details, Record, Seat, Status};
use crate::seating::parse_date;

/// Who cancelled, where it was not the guest.
pub(super) const HOUSE: &str = "VENUE";

pub(super) fn millis(instant: Timestamp) -> i64 {
    instant.as_millisecond()
}

pub(super) fn instant(millis: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(millis).map_err(|_| StoreError::Damaged("time"))
}

/// A row of `reservations` with `details` beside it.
pub(super) fn record(row: &Row) -> Result<Record, StoreError> {
    let details: Option<Details> = row
        .maybe_text("details")?
        .map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|_| StoreError::Damaged("guest"))?;
    let mut record = Record {
        id: row.text("id")?,
        reference: row.text("reference")?,
        venue_id: row.text("venue_id")?,
        version: 0,
        status: Status::Expired,
        seat: seat(row)?,
        party_size: 0,
        locale: row.text("locale")?,
        created_at: moment(row, "created_at")?,
        updated_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::UNIX_EPOCH,
        extensions: 0,
        cancelled_at: None,
        cancelled_by_house: false,
        details,
    };
    version(row, &mut record)?;
    Ok(record)
}

/// Lays what changes from version to version over a record.
pub(super) fn version(row: &Row, record: &mut Record) -> Result<(), StoreError> {
    record.version = row.number("version")?;
    record.status = Status::parse(&row.text("status")?).ok_or(StoreError::Damaged("status"))?;
    record.seat = seat(row)?;
    record.party_size = row.number("party_size")?;
    record.updated_at = moment(row, "updated_at")?;
    record.expires_at = moment(row, "expires_at")?;
    record.extensions = row.number("extensions")?;
    record.cancelled_by_house = row.maybe_text("cancelled_by")?.as_deref() == Some(HOUSE);
    record.cancelled_at = row.maybe_number("cancelled_at")?.map(instant).transpose()?;
    Ok(())
}

fn seat(row: &Row) -> Result<Seat, StoreError> {
    Ok(Seat {
        key: row.text("slot_key")?,
        date: parse_date(&row.text("slot_date")?).ok_or(StoreError::Damaged("date"))?,
        service_id: row.text("service_id")?,
        area_id: row.maybe_text("area_id")?,
        starts_at: moment(row, "starts_at")?,
        ends_at: moment(row, "ends_at")?,
        cancellable_until: moment(row, "cancellable_until")?,
    })
}

fn moment(row: &Row, name: &str) -> Result<Timestamp, StoreError> {
    instant(row.number(name)?)
}

/// Versions start at 1 and grow by one: no reservation lives to see the limit.
pub(super) fn signed(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
