//! The wizard's errands to the API: which effect wants what, and which event its answer is.
//!
//! Without browser or Leptos, because `crates/simulation` runs these very lines against its own servers.

use booking::{Effect, Event, Failure};

use crate::reservations::{Reply, Wanted};

/// What an effect wants of the API, if it is one that the API carries out.
pub fn wanted(effect: &Effect) -> Option<Wanted> {
    Some(match effect {
        Effect::FetchVenue => Wanted::Venue,
        Effect::FetchCalendar(query) => Wanted::Calendar(*query),
        Effect::FetchEvening(query) => Wanted::Evening(*query),
        Effect::TakeHold {
            key,
            slot,
            party,
            language,
        } => Wanted::Hold {
            key: key.clone(),
            slot: slot.clone(),
            party: *party,
            language: *language,
        },
        Effect::Extend {
            access,
            version,
            key,
        } => Wanted::Extension {
            access: access.clone(),
            version: *version,
            key: key.clone(),
        },
        Effect::Confirm(confirmation) => Wanted::Confirmation(confirmation.clone()),
        Effect::Read(access, _) => Wanted::Reservation(access.clone()),
        Effect::Release(access, version) => Wanted::GivenBack(access.clone(), *version),
        Effect::Wait(wait) => Wanted::Place(wait.clone()),
        Effect::StopWaiting(access) => Wanted::NoPlace(access.clone()),
        Effect::ReadWait(access) => Wanted::PlaceStill(access.clone()),
        _ => return None,
    })
}

/// What the answer to it means.
pub fn answered(effect: Effect, reply: Result<Reply, Failure>) -> Option<Event> {
    let reservation = |reply: Result<Reply, Failure>| reply?.reservation();
    Some(match effect {
        Effect::FetchVenue => Event::VenueArrived(reply.and_then(Reply::venue)),
        Effect::FetchCalendar(query) => {
            Event::CalendarArrived(query, reply.and_then(Reply::calendar))
        }
        Effect::FetchEvening(query) => Event::EveningArrived(query, reply.and_then(Reply::evening)),
        Effect::TakeHold { key, .. } => Event::HoldArrived(key, reservation(reply)),
        Effect::Extend { key, .. } => Event::ExtendArrived(key, reservation(reply)),
        Effect::Confirm(confirmation) => {
            Event::ConfirmArrived(confirmation.key, reservation(reply))
        }
        Effect::Read(_, question) => Event::ReadArrived(question, reservation(reply)),
        Effect::Release(access, _) => Event::GivenBack(access, reservation(reply)),
        Effect::Wait(wait) => Event::WaitArrived(wait.key, reply.and_then(Reply::place_on_list)),
        Effect::StopWaiting(access) => Event::StoppedWaiting(access, reply.map(drop)),
        Effect::ReadWait(access) => Event::WaitRead(access, reply.map(drop)),
        _ => return None,
    })
}
