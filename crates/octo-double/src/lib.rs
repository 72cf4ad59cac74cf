//! A supplier that speaks OCTO, for tests: a dinner every evening, eight places a seating.
//!
//! It is written from the standard alone and shares nothing with the site's provider. Every request and
//! every answer is held to the standard's own schemas (`tests/fixtures/octo`); what breaks them is kept in
//! [`Double::faults`], which a test looks at in the end. [`Habits`] are what real suppliers differ in.
//!
//! - `answer`: the calls; `say`: their words; `schema`: the standard's schemas; `serve`: over HTTP

mod answer;
mod say;
mod schema;
mod serve;

pub use serve::{Shared, serve};

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use schema::Schemas;

/// The product it has.
pub const PRODUCT: &str = "dinner-at-interno";
/// Its option; the one there is beside it where the house has a patio.
pub const OPTION: &str = "evening";
/// The other one.
pub const PATIO: &str = "evening-on-the-patio";
/// How many people a seating has room for.
pub const ROOM: u64 = 8;
/// How far ahead there are seatings, in days.
const AHEAD: i64 = 60;

/// What suppliers differ in.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent habits, each as it is found somewhere"
)]
pub struct Habits {
    /// A uuid that was used is answered 500, and not with its booking.
    pub breaks_on_known_uuid: bool,
    /// Collections are found with a slash at the end of their path only.
    pub slashes: bool,
    /// There are places for children.
    pub children: bool,
    /// Nobody is told how many places are left, and days without any are left out.
    pub silent: bool,
    /// There is a patio: an option of its own, with seatings and units of its own.
    pub patio: bool,
}

/// The supplier.
#[derive(Debug)]
pub struct Double {
    /// What it differs in.
    pub habits: Habits,
    /// What was against the standard, in a request or in an answer.
    pub faults: Vec<String>,
    /// So many places of a seating are somebody else's.
    pub taken: BTreeMap<String, u64>,
    /// What opens it over HTTP, where it does not answer everybody.
    pub key: Option<&'static str>,
    bookings: BTreeMap<String, Booking>,
    schemas: Schemas,
}

#[derive(Debug, Clone)]
struct Booking {
    option: &'static str,
    seating: String,
    units: Vec<Place>,
    status: &'static str,
    created: Timestamp,
    updated: Timestamp,
    expires: Timestamp,
    contact: serde_json::Value,
    notes: Option<String>,
}

#[derive(Debug, Clone)]
struct Place {
    uuid: String,
    unit: String,
}

/// A request.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Its method.
    pub method: &'a str,
    /// Its path below the address of the API.
    pub path: &'a str,
    /// The header the standard requires.
    pub capabilities: Option<&'a str>,
    /// Its body.
    pub body: &'a str,
}

impl Double {
    /// A supplier with these habits and no bookings.
    pub fn new(habits: Habits) -> Self {
        Self {
            habits,
            faults: Vec::new(),
            taken: BTreeMap::new(),
            key: None,
            bookings: BTreeMap::new(),
            schemas: Schemas::of_the_standard(),
        }
    }

    /// The status of a booking.
    pub fn status(&self, uuid: &str, now: Timestamp) -> Option<&'static str> {
        self.bookings.get(uuid).map(|booking| booking.status(now))
    }

    /// The seating a booking is of.
    pub fn seating_of(&self, uuid: &str) -> Option<&str> {
        let booking = self.bookings.get(uuid)?;
        Some(&booking.seating)
    }

    /// The option a booking is of.
    pub fn option_of(&self, uuid: &str) -> Option<&'static str> {
        self.bookings.get(uuid).map(|booking| booking.option)
    }

    /// How many bookings stand, or are on hold.
    pub fn standing(&self, now: Timestamp) -> usize {
        let bookings = self.bookings.values();
        bookings.filter(|booking| booking.counts(now)).count()
    }

    fn free(&self, seating: &str, but: Option<&str>, now: Timestamp) -> u64 {
        let own = self.bookings.iter().filter(|(uuid, booking)| {
            booking.seating == seating && booking.counts(now) && Some(uuid.as_str()) != but
        });
        let own: usize = own.map(|(_, booking)| booking.units.len()).sum();
        let others = self.taken.get(seating).copied().unwrap_or(0);
        ROOM.saturating_sub(others + own as u64)
    }
}

impl Booking {
    fn status(&self, now: Timestamp) -> &'static str {
        if self.status == "ON_HOLD" && now >= self.expires {
            return "EXPIRED";
        }
        self.status
    }

    fn counts(&self, now: Timestamp) -> bool {
        matches!(self.status(now), "ON_HOLD" | "CONFIRMED")
    }
}

fn bogota() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(-5))
}

fn today(now: Timestamp) -> Date {
    bogota().to_datetime(now).date()
}

/// The ids of an evening's seatings, which are their beginnings.
pub fn seatings(date: Date) -> [String; 2] {
    ["19", "21"].map(|hour| format!("{date}T{hour}:00:00-05:00"))
}

/// The ids of those on the patio: they are the house's own, and tell nothing.
pub fn on_the_patio(date: Date) -> [String; 2] {
    seatings(date).map(|id| id.replace('T', " patio T"))
}

/// When a seating begins.
fn begins(id: &str) -> String {
    id.replace(" patio ", "")
}

fn seatings_of(option: &str, date: Date) -> [String; 2] {
    if option == PATIO {
        on_the_patio(date)
    } else {
        seatings(date)
    }
}

/// Whether there is a dinner on a day.
fn is_open(date: Date, now: Timestamp) -> bool {
    let ahead = (date - today(now)).get_days();
    (1..=AHEAD).contains(&i64::from(ahead))
}
