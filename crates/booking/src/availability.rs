//! Which nights and which seatings are free.

use crate::civil::{Date, LocalTime};

/// A month of nights.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    /// The days asked for, in order.
    pub days: Vec<Day>,
    /// The first free night, also beyond the days asked for.
    pub first_available: Option<Date>,
}

impl Calendar {
    /// What the calendar says of a day; days it leaves out are not known.
    pub fn day(&self, date: Date) -> Option<&Day> {
        self.days.iter().find(|day| day.date == date)
    }
}

/// A night and whether it can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// Its state.
    pub status: DayStatus,
}

/// Whether a night can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayStatus {
    /// Free.
    Available,
    /// Few places left.
    Limited,
    /// Full.
    SoldOut,
    /// The venue is closed.
    Closed,
    /// Too soon or too far ahead.
    OutsideWindow,
    /// A word this site does not know: shown as "ask us", never as free.
    Unknown,
}

impl DayStatus {
    /// Whether a guest may choose it.
    pub fn is_bookable(self) -> bool {
        matches!(self, Self::Available | Self::Limited)
    }
}

/// The name an API gives to a seating; only ever handed back to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SlotId(pub String);

/// A seating on a night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its name in the API.
    pub id: SlotId,
    /// The night.
    pub date: Date,
    /// When it starts on the venue's wall.
    pub starts: LocalTime,
    /// When the table is needed again, if the API says.
    pub ends: Option<LocalTime>,
    /// When it starts, milliseconds since 1970 UTC.
    pub starts_ms: i64,
    /// When it ends, milliseconds since 1970 UTC, if the API says.
    pub ends_ms: Option<i64>,
    /// Which part of the house it is in, by its name in the API.
    pub area: Option<String>,
    /// Whether it can be booked.
    pub status: SlotStatus,
    /// Whether the venue answers later instead of at once.
    pub confirmed_later: bool,
    /// Until when it can be cancelled, milliseconds since 1970 UTC.
    pub cancellable_until_ms: Option<i64>,
}

/// Whether a seating can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotStatus {
    /// Free.
    Available,
    /// Few places left.
    Limited,
    /// Full.
    SoldOut,
    /// Not offered, or a word this site does not know.
    Closed,
}

impl SlotStatus {
    /// Whether a guest may choose it.
    pub fn is_bookable(self) -> bool {
        matches!(self, Self::Available | Self::Limited)
    }
}

/// The seatings of one night.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evening {
    /// The seatings, earliest first.
    pub slots: Vec<Slot>,
    /// Where to go when none of them is free.
    pub alternatives: Vec<Slot>,
}

impl Evening {
    /// The seating of that name, among the night's own and the alternatives.
    pub fn slot(&self, id: &SlotId) -> Option<&Slot> {
        self.slots
            .iter()
            .chain(&self.alternatives)
            .find(|slot| slot.id == *id)
    }

    /// Whether anything on this night can be booked.
    pub fn has_room(&self) -> bool {
        self.slots.iter().any(|slot| slot.status.is_bookable())
    }
}
