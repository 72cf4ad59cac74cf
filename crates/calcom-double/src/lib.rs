//! A calendar that speaks Cal.com's API version 2, for tests: a dinner every evening, three tables a seating.
//!
//! It is written from what is public alone and shares nothing with the site's provider. What a page may not
//! do, or what the documentation does not know, is kept in [`Double::faults`], which a test looks at in the
//! end. [`Habits`] are what calendars differ in. Where each shape is from:
//!
//! - slots and their format: `cal.com/docs/api-reference/v2/slots/get-available-time-slots-for-an-event-type`
//! - holds: `cal.com/docs/api-reference/v2/slots/reserve-a-slot`, `…/get-reserved-slot`, `…/delete-a-reserved-slot`
//! - bookings: `cal.com/docs/api-reference/v2/bookings/create-a-booking`, `…/get-a-booking`,
//!   `…/reschedule-a-booking`, `…/cancel-a-booking`
//! - which headers a page may send, and that it may read none: `apps/api/v2/src/app.ts` of
//!   `github.com/calcom/cal.com`; the shape of a refusal: `filters/http-exception.filter.ts` beside it; that a
//!   hold is named in a booking: `ee/bookings/2024-08-13/controllers/e2e/reserved-slot-bookings.e2e-spec.ts`
//!
//! `answer`: the calls; `asked`: what is wrong with a request; `say`: the words; `serve`: over HTTP

mod answer;
mod asked;
mod say;
mod serve;

pub use serve::{Shared, serve};

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// The event type it has.
pub const EVENT: u64 = 4711;
/// The booking field that says how many come, a required number.
pub const PARTY_FIELD: &str = "people";
/// How many tables a seating has.
pub const ROOM: usize = 3;
/// A number it does not believe in.
pub const BAD_PHONE: &str = "+57 300 555 0102";
/// How far ahead there are seatings, in days.
const AHEAD: i64 = 60;
/// For how long a slot is reserved, in minutes.
const HOLD: i64 = 5;
/// How long a dinner takes, in minutes.
const LENGTH: i64 = 110;

/// What calendars differ in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Habits {
    /// The house answers itself whether it takes a booking.
    pub pending: bool,
    /// Slots of days are listed that nobody asked for.
    pub generous: bool,
    /// Its house is in Madrid, and whoever asks for slots says so.
    pub in_madrid: bool,
}

impl Habits {
    /// The zone of its house.
    pub fn zone(self) -> &'static str {
        if self.in_madrid {
            "Europe/Madrid"
        } else {
            "America/Bogota"
        }
    }
}

/// The calendar.
#[derive(Debug, Default)]
pub struct Double {
    /// What it differs in.
    pub habits: Habits,
    /// What was against the documentation, in a request.
    pub faults: Vec<String>,
    /// So many tables of a seating are somebody else's.
    pub taken: BTreeMap<Timestamp, usize>,
    /// So many creates are carried out, and nobody hears of it: a proxy answers in its place.
    pub lost_creates: u32,
    holds: BTreeMap<String, Hold>,
    bookings: BTreeMap<String, Booking>,
    made: u32,
}

#[derive(Debug, Clone)]
struct Hold {
    start: Timestamp,
    until: Timestamp,
}

#[derive(Debug, Clone)]
struct Booking {
    number: u32,
    start: Timestamp,
    status: &'static str,
    attendee: serde_json::Value,
    told: serde_json::Value,
    updated: Timestamp,
    moved_from: Option<String>,
    moved_to: Option<String>,
}

impl Booking {
    fn stands(&self) -> bool {
        matches!(self.status, "accepted" | "pending")
    }
}

/// A request.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Its method.
    pub method: &'a str,
    /// Its path below the address of the API, with its query.
    pub path: &'a str,
    /// The header that says which version of the call is meant.
    pub version: Option<&'a str>,
    /// Its body.
    pub body: &'a str,
}

impl Double {
    /// A calendar with these habits and no bookings.
    pub fn new(habits: Habits) -> Self {
        Self {
            habits,
            ..Self::default()
        }
    }

    /// The status of a booking, under any name it had.
    pub fn status(&self, uid: &str) -> Option<&'static str> {
        let booking = self.bookings.get(uid)?;
        match &booking.moved_to {
            Some(newer) => self.status(newer),
            None => Some(booking.status),
        }
    }

    /// How many bookings stand.
    pub fn booked(&self) -> usize {
        let bookings = self.bookings.values();
        bookings.filter(|booking| booking.stands()).count()
    }

    /// How many slots are reserved.
    pub fn held(&self, now: Timestamp) -> usize {
        self.holds.values().filter(|hold| now < hold.until).count()
    }

    /// How many tables are left of a seating, without those that one hold or one booking has.
    fn free(&self, start: Timestamp, but: &str, now: Timestamp) -> usize {
        let holds = self
            .holds
            .iter()
            .filter(|(uid, hold)| hold.start == start && now < hold.until && uid.as_str() != but);
        let bookings = self.bookings.iter().filter(|(uid, booking)| {
            booking.start == start && booking.stands() && uid.as_str() != but
        });
        let others = self.taken.get(&start).copied().unwrap_or(0);
        ROOM.saturating_sub(holds.count() + bookings.count() + others)
    }
}

fn bogota() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(-5))
}

fn day(at: Timestamp) -> Date {
    bogota().to_datetime(at).date()
}

/// An evening's seatings.
pub fn seatings(date: Date) -> Vec<Timestamp> {
    let at = |hour| bogota().to_timestamp(date.at(hour, 0, 0, 0)).ok();
    [19, 21].into_iter().filter_map(at).collect()
}

/// The seatings of the days around, as far as there are any.
fn open(now: Timestamp) -> Vec<Timestamp> {
    let today = day(now);
    let days = (1..=AHEAD).filter_map(|ahead| today.checked_add(ahead.days()).ok());
    days.flat_map(seatings).collect()
}
