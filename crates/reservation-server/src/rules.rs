//! What may happen to a reservation. Pure decisions: the store asks them inside its transaction, with
//! the record as it is there and the time as it is there.

pub mod house;
mod modify;

use jiff::Timestamp;
use jiff::civil::Date;
use reservation_contract::problem::ProblemType;
use reservation_contract::words::ConfirmationMode;

use crate::availability::outside_window;
use crate::record::{Details, Record, Status};
use crate::seating::{self, Seating};
use crate::settings::Settings;

pub use modify::modify;

/// What a rule decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The record becomes this; its version has grown.
    Change(Box<Record>),
    /// The record becomes this if its party fits among `places` beside everybody else's.
    Take {
        /// As it would be; its version has grown.
        record: Box<Record>,
        /// People its seating takes.
        places: u32,
    },
    /// All is as wished already.
    Keep,
    /// Refused by a rule; remembered with the key.
    Refuse(ProblemType),
    /// Refused before the rules were asked; not remembered, so the same key may come again.
    TurnAway(ProblemType),
}

/// The seating a hold may take, and until when it keeps it.
///
/// # Errors
/// The problem to answer with.
pub fn hold(
    settings: &Settings,
    slot: Option<&Seating>,
    party: u32,
    now: Timestamp,
) -> Result<(Seating, Timestamp), ProblemType> {
    if !(settings.party_min..=settings.party_max).contains(&party) {
        return Err(ProblemType::PartySizeOutOfRange);
    }
    let Some(slot) = slot else {
        return Err(ProblemType::ValidationFailed);
    };
    if outside_window(settings, slot, now).is_some() {
        return Err(ProblemType::OutsideBookingWindow);
    }
    let expires_at = now
        .checked_add(settings.hold_ttl)
        .map_err(|_| ProblemType::OutsideBookingWindow)?;
    Ok((slot.clone(), expires_at))
}

/// Whether the version the guest saw is the one there is.
///
/// # Errors
/// The problem to answer with.
pub fn precondition(if_match: Option<&str>, version: u64) -> Result<(), ProblemType> {
    let Some(if_match) = if_match else {
        return Err(ProblemType::PreconditionRequired);
    };
    let current = etag(version);
    let matches = if_match
        .split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || tag == current);
    if matches {
        Ok(())
    } else {
        Err(ProblemType::VersionConflict)
    }
}

/// The `ETag` of a version.
pub fn etag(version: u64) -> String {
    format!("\"{version}\"")
}

/// More time for a hold. The new end counts from the old one, so asking early costs nothing.
pub fn extend(
    settings: &Settings,
    record: &Record,
    if_match: Option<&str>,
    now: Timestamp,
) -> Decision {
    if let Err(problem) = precondition(if_match, record.version) {
        return Decision::TurnAway(problem);
    }
    match record.status_at(now) {
        Status::OnHold if record.extensions >= settings.max_extensions => {
            Decision::Refuse(ProblemType::HoldExtensionLimit)
        }
        Status::OnHold => match record.expires_at.checked_add(settings.extension) {
            Ok(expires_at) => next(record, now, |new| {
                new.expires_at = expires_at;
                new.extensions += 1;
            }),
            Err(_) => Decision::Refuse(ProblemType::HoldExtensionLimit),
        },
        Status::Expired => Decision::Refuse(ProblemType::HoldExpired),
        _ => Decision::Refuse(ProblemType::NotModifiable),
    }
}

/// From a hold to a booking, or to a wish that the venue decides about. `valid` is the verdict on the body, asked last: who comes too late should
/// hear that, and not that a telephone number looks odd.
pub fn confirm(
    settings: &Settings,
    record: &Record,
    if_match: Option<&str>,
    valid: bool,
    details: Details,
    now: Timestamp,
) -> Decision {
    if let Err(problem) = precondition(if_match, record.version) {
        return Decision::TurnAway(problem);
    }
    match record.status_at(now) {
        Status::OnHold if valid => next(record, now, |new| {
            new.status = match settings.confirmation(&record.seat.service_id) {
                ConfirmationMode::Async => Status::Pending,
                _ => Status::Confirmed,
            };
            new.details = Some(details);
        }),
        Status::OnHold => Decision::Refuse(ProblemType::ValidationFailed),
        Status::Expired => Decision::Refuse(ProblemType::HoldExpired),
        _ => Decision::Refuse(ProblemType::NotModifiable),
    }
}

/// The venue's yes to a wish that waits for it. Repeatable.
pub fn accept(record: &Record, now: Timestamp) -> Decision {
    decide(record, Status::Confirmed, now)
}

/// The venue's no: the places are free again. Repeatable.
pub fn reject(record: &Record, now: Timestamp) -> Decision {
    decide(record, Status::Rejected, now)
}

/// What was decided once stays so, and who has cancelled is asked no more.
fn decide(record: &Record, verdict: Status, now: Timestamp) -> Decision {
    match record.status {
        Status::Pending => next(record, now, |new| new.status = verdict),
        status if status == verdict => Decision::Keep,
        _ => Decision::Refuse(ProblemType::NotModifiable),
    }
}

/// Everything personal removed; where there is nothing, nothing changes. Whatever `If-Match` says: it is
/// the guest's right, and not a change to agree about.
pub fn erase(record: &Record, now: Timestamp) -> Decision {
    if record.details.is_none() {
        return Decision::Keep;
    }
    next(record, now, |new| new.details = None)
}

/// The day somebody may wait for.
///
/// # Errors
/// The problem to answer with.
pub fn wait(
    settings: &Settings,
    date: Date,
    party: u32,
    now: Timestamp,
) -> Result<(), ProblemType> {
    if !(settings.party_min..=settings.party_max).contains(&party) {
        return Err(ProblemType::PartySizeOutOfRange);
    }
    let bookable = seating::today(settings, now)..=seating::last_day(settings, now);
    if bookable.contains(&date) {
        Ok(())
    } else {
        Err(ProblemType::OutsideBookingWindow)
    }
}

/// Places given back. Repeatable: what is over already stays as it is, whatever `If-Match` says,
/// because the first answer may have been lost.
pub fn cancel(record: &Record, if_match: Option<&str>, now: Timestamp) -> Decision {
    let status = record.status_at(now);
    if matches!(status, Status::Cancelled | Status::Expired) {
        return Decision::Keep;
    }
    if if_match.is_some()
        && let Err(problem) = precondition(if_match, record.version)
    {
        return Decision::TurnAway(problem);
    }
    match status {
        Status::OnHold => next(record, now, |new| {
            new.status = Status::Expired;
            new.expires_at = now.min(record.expires_at);
        }),
        Status::Confirmed | Status::Pending if now > record.seat.cancellable_until => {
            Decision::Refuse(ProblemType::CancellationCutoffPassed)
        }
        Status::Confirmed | Status::Pending => next(record, now, |new| {
            new.status = Status::Cancelled;
            new.cancelled_at = Some(now);
        }),
        _ => Decision::Refuse(ProblemType::NotModifiable),
    }
}

fn next(record: &Record, now: Timestamp, change: impl FnOnce(&mut Record)) -> Decision {
    Decision::Change(successor(record, now, change))
}

fn successor(record: &Record, now: Timestamp, change: impl FnOnce(&mut Record)) -> Box<Record> {
    let mut new = record.clone();
    new.version += 1;
    new.updated_at = now;
    change(&mut new);
    Box::new(new)
}
