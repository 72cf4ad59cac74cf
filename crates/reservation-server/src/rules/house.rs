//! What the house may do to a booking at its own desk, and in words why not.

use jiff::Timestamp;

use super::{Decision, next};
use crate::record::{Details, Record, Status};
use crate::seating;
use crate::settings::Settings;

/// Something the house does to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Says yes to a booking that waits for it.
    Accept,
    /// Says no.
    Reject,
    /// Cancels a booking, also after the guest's own time for that.
    Cancel,
    /// Writes down that the guests came.
    Redeem,
    /// Writes down that they did not.
    NoShow,
}

/// Why something cannot be done, after "the booking ABCDEF".
pub fn why_not(
    settings: &Settings,
    action: Action,
    record: &Record,
    now: Timestamp,
) -> Option<&'static str> {
    let has_begun = now >= record.seat.starts_at;
    match (action, record.status_at(now)) {
        (_, Status::OnHold) => Some("is only a hold: the guest has not confirmed it"),
        (_, Status::Expired) => Some("was a hold and has run out"),
        (Action::Accept | Action::Reject | Action::Cancel, Status::Pending) if has_begun => {
            Some("was for an evening that has begun; nothing can be answered any more")
        }
        (Action::Cancel, Status::Confirmed) if has_begun => {
            Some("is for an evening that has begun: redeem it, or say that nobody came")
        }
        (Action::Redeem, Status::Confirmed) if seating::today(settings, now) < record.seat.date => {
            Some("is for another day, which is still to come")
        }
        (Action::NoShow, Status::Confirmed) if !has_begun => {
            Some("is for an evening that has not begun")
        }
        (Action::Accept | Action::Reject | Action::Cancel, Status::Pending)
        | (Action::Cancel | Action::Redeem | Action::NoShow, Status::Confirmed) => None,
        (Action::Accept | Action::Reject, _) => Some("does not wait for an answer"),
        (Action::Cancel | Action::Redeem | Action::NoShow, _) => {
            Some("is not a booking that stands")
        }
    }
}

/// Does it, or keeps everything as it is.
pub fn act(settings: &Settings, action: Action, record: &Record, now: Timestamp) -> Decision {
    use reservation_contract::problem::ProblemType::NotModifiable;

    if why_not(settings, action, record, now).is_some() {
        return Decision::Refuse(NotModifiable);
    }
    next(record, now, |new| match action {
        Action::Accept => new.status = Status::Confirmed,
        Action::Reject => new.status = Status::Rejected,
        Action::Redeem => new.status = Status::Redeemed,
        Action::NoShow => new.status = Status::NoShow,
        Action::Cancel => {
            new.status = Status::Cancelled;
            new.cancelled_at = Some(now);
            new.cancelled_by_house = true;
        }
    })
}

/// A hold of the house's own becomes a booking: whoever would decide about it has taken it.
pub fn book(record: &Record, details: &Details, now: Timestamp) -> Decision {
    if record.status_at(now) != Status::OnHold {
        return Decision::Refuse(reservation_contract::problem::ProblemType::HoldExpired);
    }
    next(record, now, |new| {
        new.status = Status::Confirmed;
        new.details = Some(details.clone());
    })
}
