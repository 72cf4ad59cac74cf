//! When a table is to be had, and the venue's wall clock.

use booking::{Date, civil};

/// A day of the venue's wall begins this much later than in Greenwich.
pub const WALL_MS: i64 = -5 * 3_600_000;
/// A day, in milliseconds.
pub const DAY_MS: i64 = 86_400_000;

/// The day on the venue's wall.
pub fn wall_day(ms: i64) -> Date {
    let days = (ms + WALL_MS).div_euclid(DAY_MS);
    i32::try_from(days)
        .ok()
        .and_then(Date::from_days_since_epoch)
        .unwrap_or(civil::EPOCH)
}

/// A seating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seating {
    /// The night.
    pub date: Date,
    /// Its hour.
    pub hour: u8,
}

impl Seating {
    /// The seating an id names.
    pub fn parse(id: &str) -> Option<Self> {
        let (date, hour) = id.split_once('.')?;
        let hour = hour.parse().ok().filter(|hour| [19, 21].contains(hour))?;
        let date = Date::parse(date)?;
        Some(Self { date, hour })
    }

    /// Its id.
    pub fn id(self) -> String {
        format!("{}.{}", self.date, self.hour)
    }
}
