//! The wizard's errands to the API: which effect is which request, and which event its answer is.
//!
//! Without browser or Leptos, because `crates/simulation` runs these very lines against its own server.

use booking::{Access, Effect, Event, Failure};

use crate::platform::network::Request;
use crate::reservations::{Provider, Reply};

/// What is sent for an effect, if it is one the API carries out.
pub fn request(api: &Provider, effect: &Effect) -> Option<Request> {
    Some(match effect {
        Effect::FetchVenue => api.venue(),
        Effect::FetchCalendar(query) => api.calendar(*query),
        Effect::FetchEvening(query) => api.evening(*query),
        Effect::TakeHold {
            key,
            slot,
            party,
            language,
        } => api.hold(key, slot, *party, *language),
        Effect::Extend {
            access,
            version,
            key,
        } => api.extend(access, *version, key),
        Effect::Confirm(confirmation) => api.confirm(confirmation),
        Effect::Read(access, _) => api.reservation(access),
        Effect::Release(access, version) => api.give_back(access, *version),
        Effect::Wait(wait) => api.wait(wait),
        Effect::StopWaiting(access) => api.stop_waiting(access),
        Effect::ReadWait(access) => api.place_on_list(access),
        _ => return None,
    })
}

/// What the answer to it means.
pub fn answered(effect: Effect, reply: Result<Reply, Failure>) -> Option<Event> {
    let reservation = |access: Option<&Access>| reply.clone()?.reservation(access);
    Some(match effect {
        Effect::FetchVenue => Event::VenueArrived(reply.and_then(|reply| reply.venue())),
        Effect::FetchCalendar(query) => {
            Event::CalendarArrived(query, reply.and_then(|reply| reply.calendar()))
        }
        Effect::FetchEvening(query) => {
            Event::EveningArrived(query, reply.and_then(|reply| reply.evening()))
        }
        Effect::TakeHold { key, .. } => Event::HoldArrived(key, reservation(None)),
        Effect::Extend { access, key, .. } => Event::ExtendArrived(key, reservation(Some(&access))),
        Effect::Confirm(confirmation) => {
            let booked = reservation(Some(&confirmation.access));
            Event::ConfirmArrived(confirmation.key, booked)
        }
        Effect::Read(access, question) => Event::ReadArrived(question, reservation(Some(&access))),
        Effect::Release(access, _) => {
            let over = reservation(Some(&access));
            Event::GivenBack(access, over)
        }
        Effect::Wait(wait) => {
            Event::WaitArrived(wait.key, reply.and_then(|reply| reply.place_on_list()))
        }
        Effect::StopWaiting(access) => {
            Event::StoppedWaiting(access, reply.and_then(|reply| reply.gone()))
        }
        Effect::ReadWait(access) => {
            Event::WaitRead(access, reply.and_then(|reply| reply.still_waits()))
        }
        _ => return None,
    })
}
