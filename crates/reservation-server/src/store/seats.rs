//! Reservations as rows: reading one, counting what is taken, writing one with its history.

use jiff::{SignedDuration, Timestamp};

use super::keys::{REMEMBER, remembered_as};
use super::outbox::{News, TELL};
use super::rows::{self, HOUSE, millis, signed};
use super::session::{Session, Statement, values};
use super::{Claim, NewHold, StoreError};
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

/// Whose hold has run out loses its places here, for good: should a clock step back, or another server's
/// clock be slower, nobody can confirm what was sold again.
const RUN_OUT: &str = "UPDATE reservations SET status = 'EXPIRED', held_by = NULL \
    WHERE slot_date = $1 AND slot_key = $2 AND status = 'ON_HOLD' AND expires_at <= $3";

/// Of a seating, what is taken by others or out of sale, and how much of that is on hold; of a client, the live holds and when
/// the first of them ends; and whether somebody has a reference.
const COUNT: &str = "SELECT seating.taken + house.blocked AS taken, seating.held, own.holds, own.first_end, same.known FROM \
    (SELECT CAST(COALESCE(SUM(party_size), 0) AS BIGINT) AS taken, \
      CAST(COALESCE(SUM(CASE WHEN status = 'ON_HOLD' THEN party_size ELSE 0 END), 0) AS BIGINT) AS held \
      FROM reservations WHERE slot_date = $1 AND slot_key = $2 \
      AND status IN ('CONFIRMED', 'PENDING', 'REDEEMED', 'NO_SHOW', 'ON_HOLD') AND id <> $3) AS seating, \
    (SELECT COALESCE(MAX(places), 0) AS blocked FROM blocks WHERE slot_key = $2) AS house, \
    (SELECT COUNT(*) AS holds, MIN(expires_at) AS first_end FROM reservations \
      WHERE held_by = $4 AND status = 'ON_HOLD' AND expires_at > $5) AS own, \
    (SELECT COUNT(*) AS known FROM reservations WHERE reference = $6) AS same";

/// What there is to know before places are taken.
pub(super) struct Counted {
    taken: u32,
    held: u32,
    holds: u32,
    first_end: Option<i64>,
    /// Whether the reference asked about is somebody's.
    known: bool,
}

impl Counted {
    /// Whether the places are free.
    pub fn fits(&self, party: &Party<'_>) -> bool {
        let taken = self.taken.saturating_add(party.people);
        let held = self.held.saturating_add(party.people);
        taken <= party.places && party.on_hold_at_most.is_none_or(|most| held <= most)
    }

    /// Seconds until this client may hold more, if it may not now.
    pub fn is_enough(&self, at_most: u32, now: Timestamp) -> Option<u32> {
        if self.holds < at_most {
            return None;
        }
        let left = self.first_end.unwrap_or_default() - alive_after(now);
        let seconds = u32::try_from(left / 1_000).unwrap_or_default();
        Some(seconds.saturating_add(1))
    }
}

/// Counts, inside the transaction that takes the places. `client` and `reference` are empty where nobody asks
/// about them.
pub(super) async fn count(
    session: &mut Session,
    party: &Party<'_>,
    (client, reference): (&str, &str),
    now: Timestamp,
) -> Result<Counted, StoreError> {
    let (date, alive) = (party.seat.date.to_string(), alive_after(now));
    let key = &party.seat.key;
    let rows = session
        .all(&[
            (RUN_OUT, &values![&date, key, alive]),
            (
                COUNT,
                &values![&date, key, party.id, client, alive, reference],
            ),
        ])
        .await?;
    let row = rows.first().ok_or(StoreError::Damaged("count"))?;
    Ok(Counted {
        taken: row.number("taken")?,
        held: row.number("held")?,
        holds: row.number("holds")?,
        first_end: row.maybe_number("first_end")?,
        known: row.number::<u32>("known")? > 0,
    })
}

/// Keeps a hold with its history, and what its key came to. The reference was asked about when there was
/// counted.
pub(super) async fn insert(
    session: &mut Session,
    claim: &Claim,
    wish: NewHold,
    (reference, counted): (String, &Counted),
    now: Timestamp,
) -> Result<Record, StoreError> {
    let reference = if counted.known {
        free_reference(session).await?
    } else {
        reference
    };
    let record = Record {
        id: wish.id,
        reference,
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
        cancelled_by_house: false,
        details: None,
    };
    let row = values![
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
    ];
    session
        .all(&[
            (INSERT, &row),
            (ARCHIVE, &values![&record.id]),
            (REMEMBER, &remembered_as(claim, &record)),
        ])
        .await?;
    Ok(record)
}

const INSERT: &str = "INSERT INTO reservations (id, reference, venue_id, version, status, slot_key, slot_date, service_id, \
    starts_at, ends_at, cancellable_until, party_size, locale, created_at, updated_at, expires_at, extensions, cancelled_at, \
    area_id, held_by) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

const UPDATE: &str = "UPDATE reservations SET version = $1, status = $2, slot_key = $3, slot_date = $4, service_id = $5, \
    starts_at = $6, ends_at = $7, cancellable_until = $8, party_size = $9, updated_at = $10, expires_at = $11, \
    extensions = $12, cancelled_at = $13, area_id = $14, held_by = CASE WHEN $2 = 'ON_HOLD' THEN held_by END, cancelled_by = $16 WHERE id = $15";

/// Copies the row as it now is into the history.
const ARCHIVE: &str = "INSERT INTO reservation_versions (reservation_id, version, status, slot_key, slot_date, service_id, \
    starts_at, ends_at, cancellable_until, party_size, updated_at, expires_at, extensions, cancelled_at, area_id, cancelled_by) \
    SELECT id, version, status, slot_key, slot_date, service_id, starts_at, ends_at, cancellable_until, party_size, \
    updated_at, expires_at, extensions, cancelled_at, area_id, cancelled_by FROM reservations WHERE id = $1";

const KEEP_DETAILS: &str = "INSERT INTO guest_details (reservation_id, details) VALUES ($1, $2) \
    ON CONFLICT (reservation_id) DO UPDATE SET details = excluded.details";

const FORGET_DETAILS: &str = "DELETE FROM guest_details WHERE reservation_id = $1";

/// Keeps a new version with its history, what a key came to, and whom to tell.
pub(super) async fn update(
    session: &mut Session,
    claim: Option<&Claim>,
    record: &Record,
    new_details: bool,
    news: &News,
) -> Result<(), StoreError> {
    let row = values![
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
        record.cancelled_by_house.then(|| HOUSE.to_owned()),
    ];
    let details = match &record.details {
        Some(details) if new_details => {
            let text = serde_json::to_string(details).map_err(|_| StoreError::Damaged("guest"))?;
            Some((KEEP_DETAILS, values![&record.id, text].to_vec()))
        }
        None if new_details => Some((FORGET_DETAILS, values![&record.id].to_vec())),
        _ => None,
    };
    let id = values![&record.id];
    let remembered = claim.map(|claim| remembered_as(claim, record));
    let mut all: Vec<Statement<'_>> = vec![(UPDATE, &row)];
    all.extend(
        details
            .as_ref()
            .map(|(sql, values)| (*sql, values.as_slice())),
    );
    all.push((ARCHIVE, &id));
    all.extend(
        remembered
            .as_ref()
            .map(|values| (REMEMBER, values.as_slice())),
    );
    all.extend(news.iter().map(|row| (TELL, row.as_slice())));
    session.all(&all).await.map(drop)
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
