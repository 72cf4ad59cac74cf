//! A booking changed by its guest: another seating, more or fewer people, other wishes.

use jiff::Timestamp;
use reservation_contract::problem::ProblemType;
use reservation_contract::reservation::ModifyRequest;
use reservation_contract::words::ConfirmationMode;

use super::{Decision, precondition, successor};
use crate::availability::outside_window;
use crate::record::{Details, Record, Status};
use crate::seating::{self, Seating};
use crate::settings::Settings;
use crate::validate;

/// All of a change, or nothing of it.
pub fn modify(
    settings: &Settings,
    record: &Record,
    if_match: Option<&str>,
    wish: &ModifyRequest,
    now: Timestamp,
) -> Decision {
    if let Err(problem) = precondition(if_match, record.version) {
        return Decision::TurnAway(problem);
    }
    match (record.status_at(now), &record.details) {
        (Status::Confirmed | Status::Pending, Some(details)) if now < record.seat.starts_at => {
            amend(settings, record, details, wish, now).unwrap_or_else(Decision::Refuse)
        }
        (Status::Expired, _) => Decision::Refuse(ProblemType::HoldExpired),
        // Also without details: they were erased, and a change would bring some of them back.
        _ => Decision::Refuse(ProblemType::NotModifiable),
    }
}

fn amend(
    settings: &Settings,
    record: &Record,
    details: &Details,
    wish: &ModifyRequest,
    now: Timestamp,
) -> Result<Decision, ProblemType> {
    if is_planned_for(wish) && now > record.seat.cancellable_until {
        return Err(ProblemType::CancellationCutoffPassed);
    }
    let party = wish.party_size.unwrap_or(record.party_size);
    let allowed = settings.party_min..=settings.party_max;
    if party != record.party_size && !allowed.contains(&party) {
        return Err(ProblemType::PartySizeOutOfRange);
    }
    let details = details.amended(settings, wish);
    let sizes = (record.party_size, party);
    if !validate::modify(settings, sizes, wish, &details).is_empty() {
        return Err(ProblemType::ValidationFailed);
    }
    let seating = another_seating(settings, record, wish);
    if let Some(seating) = &seating
        && outside_window(settings, seating, now).is_some()
    {
        return Err(ProblemType::OutsideBookingWindow);
    }
    let new = successor(record, now, |new| {
        new.party_size = party;
        new.details = Some(details);
        if let Some(seating) = &seating {
            new.seat = seating.seat.clone();
        }
    });
    let unchanged = new.seat == record.seat && party == record.party_size;
    if unchanged && new.details == record.details {
        return Ok(Decision::Keep);
    }
    if seating.is_none() && party <= record.party_size {
        return Ok(Decision::Change(new));
    }
    let service = &new.seat.service_id;
    if record.status == Status::Confirmed
        && settings.confirmation(service) == ConfirmationMode::Async
    {
        // The venue said yes to something else, and is asked by a new booking.
        return Err(ProblemType::NotModifiable);
    }
    let places = match seating {
        Some(seating) => seating.places,
        // A seating that is no longer offered keeps its guests and takes no more.
        None => seating::of(settings, &record.seat).map_or(0, |seating| seating.places),
    };
    Ok(Decision::Take {
        record: new,
        places,
    })
}

/// The seating asked for, if it is another one. Asking for one's own again keeps the times and terms
/// that were promised, whatever the settings say today.
fn another_seating(settings: &Settings, record: &Record, wish: &ModifyRequest) -> Option<Seating> {
    let id = wish.slot_id.as_ref()?;
    seating::find(settings, id).filter(|seating| seating.seat.key != record.seat.key)
}

/// Whether the house plans by it. Diets and notes are taken until the start: an allergy told late is
/// better than one not told.
fn is_planned_for(wish: &ModifyRequest) -> bool {
    wish.slot_id.is_some()
        || wish.party_size.is_some()
        || wish.guests.is_some()
        || wish.dishes.is_some()
}
