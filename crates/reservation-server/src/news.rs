//! What somebody has to be told of, by which change. Pure: the store asks in the transaction of the change.

use crate::record::{Record, Status};

/// A thing to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A table is booked.
    Confirmed,
    /// The venue will answer.
    Pending,
    /// The venue said yes.
    Accepted,
    /// The venue said no.
    Rejected,
    /// The booking is another one now.
    Changed,
    /// It is cancelled.
    Cancelled,
    /// Somebody who waits may have a place now.
    Place,
    /// The links somebody asked for.
    Links,
    /// Not a message yet: places of a day became free, and perhaps somebody waits for them.
    Freed,
    /// For the house: a booking is new, or waits for its answer.
    HouseNew,
    /// For the house: a booking is another one now, or is cancelled.
    HouseChanged,
}

impl Kind {
    const ALL: [Self; 11] = [
        Self::Confirmed,
        Self::Pending,
        Self::Accepted,
        Self::Rejected,
        Self::Changed,
        Self::Cancelled,
        Self::Place,
        Self::Links,
        Self::Freed,
        Self::HouseNew,
        Self::HouseChanged,
    ];

    /// How it is kept and logged.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Changed => "changed",
            Self::Cancelled => "cancelled",
            Self::Place => "place",
            Self::Links => "links",
            Self::Freed => "freed",
            Self::HouseNew => "house-new",
            Self::HouseChanged => "house-changed",
        }
    }

    /// The kind a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What a guest is told of a change. A hold is nothing to write about, and neither is an evening that is over.
pub fn for_guest(before: &Record, after: &Record) -> Option<Kind> {
    let address = after.details.as_ref().map(|details| &details.guest.email);
    if address.is_none_or(|address| address.trim().is_empty()) {
        return None;
    }
    match (before.status, after.status) {
        (Status::OnHold, Status::Confirmed) => Some(Kind::Confirmed),
        (Status::OnHold, Status::Pending) => Some(Kind::Pending),
        (Status::Pending, Status::Confirmed) => Some(Kind::Accepted),
        (Status::Pending, Status::Rejected) => Some(Kind::Rejected),
        (Status::Pending | Status::Confirmed, Status::Cancelled) => Some(Kind::Cancelled),
        (old @ (Status::Pending | Status::Confirmed), new) if old == new => Some(Kind::Changed),
        _ => None,
    }
}

/// What a change is called where changes are counted.
pub fn event(before: &Record, after: &Record) -> &'static str {
    match (before.status, after.status) {
        (Status::OnHold, Status::OnHold) => "extended",
        (Status::OnHold, Status::Expired) => "given_back",
        (Status::OnHold, Status::Confirmed) => "confirmed",
        (Status::OnHold, Status::Pending) => "pending",
        (Status::Pending, Status::Confirmed) => "accepted",
        (_, Status::Rejected) => "rejected",
        (old, Status::Cancelled) if old != Status::Cancelled => "cancelled",
        _ if before.details.is_some() && after.details.is_none() => "erased",
        _ => "changed",
    }
}

/// What the house is told of a change: everything but its own yes and no.
pub fn for_house(before: &Record, after: &Record) -> Option<Kind> {
    after.details.as_ref()?;
    if after.cancelled_by_house {
        return None;
    }
    match (before.status, after.status) {
        (Status::OnHold, Status::Pending | Status::Confirmed) => Some(Kind::HouseNew),
        (Status::Pending | Status::Confirmed, Status::Cancelled) => Some(Kind::HouseChanged),
        (old @ (Status::Pending | Status::Confirmed), new) if old == new => {
            Some(Kind::HouseChanged)
        }
        _ => None,
    }
}

/// Whether a change of a booking gives back places. Of a hold that ran out nobody is told: it was never sold.
pub fn frees(before: &Record, after: &Record) -> bool {
    let counted = |record: &Record| matches!(record.status, Status::Pending | Status::Confirmed);
    counted(before)
        && (!matches!(
            after.status,
            Status::Pending | Status::Confirmed | Status::Redeemed | Status::NoShow
        ) || before.seat.key != after.seat.key
            || after.party_size < before.party_size)
}
