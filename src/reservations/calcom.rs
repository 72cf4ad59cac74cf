//! Cal.com, a calendar of appointments, as a restaurant's: an event type is the venue, its hosts are the
//! tables. A browser may call it without any secret.
//!
//! It knows no party, so a booking field of the event type carries how many come. A hold is a reserved slot
//! of five minutes; the booking made of it has another name, and there are no keys: a create whose answer is
//! lost is [`Failure::Lost`], and nothing here ever sends it again. A booking that is moved is another one,
//! and the old name leads to it.

mod answered;
pub mod door;
mod own;
mod read;

use std::cell::RefCell;
use std::rc::Rc;

use booking::manage::Wish;
use booking::message::Confirmation;
use booking::venue::{Capabilities, Text};
use booking::{
    Access, CalendarQuery, Date, EveningQuery, Failure, Guest, Reservation, SlotId, Venue,
};
use serde_json::{Map, Value};

use self::own::{Own, own};
use super::json::{get, get_fresh, object, post, safe};
use super::{Call, Config, Next, Reply, Wanted};
use crate::platform::network::{Method, Request};

/// Where it is, unless somebody runs one of their own.
pub const HOME: &str = "https://api.cal.com";
/// The versions of its calls, as each wants them named.
const SLOTS: &str = "2024-09-04";
const BOOKINGS: &str = "2024-08-13";
/// The booking field every event type has for what else a guest writes.
const NOTES: &str = "notes";

/// A calendar that speaks Cal.com's API, version 2.
#[derive(Debug, Clone)]
pub struct Calcom {
    config: Rc<Config>,
    /// A seating that was asked for and not answered: it may be this guest herself who holds it.
    unheard: Rc<RefCell<Option<SlotId>>>,
}

/// What an answer is the answer to.
#[derive(Debug, Clone)]
pub enum Then {
    /// A month of nights, and the next one.
    Calendar(CalendarQuery),
    /// The seatings of a night, and of those around it.
    Evening(EveningQuery),
    /// Those around one that could not be had, for this reason.
    Instead(Date, SlotId, Failure),
    /// A hold for so many.
    Taken(u8, SlotId),
    /// What there is of it.
    Hold(Access),
    /// Its end.
    Left,
    /// A booking made of a hold.
    Made(u8),
    /// A booking, which is read for this; so many names led to it.
    Booking(Access, Purpose, u8),
    /// The end of a booking.
    Ended(Access),
    /// A booking moved to this seating.
    Moved(Access, Date, SlotId),
}

/// What a booking is read for.
#[derive(Debug, Clone)]
pub enum Purpose {
    /// To be shown.
    Show,
    /// To be cancelled, if it stands.
    Cancel,
    /// To see whether it had been cancelled before.
    CancelledBefore,
    /// To be moved.
    Move(Box<Wish>),
}

fn ask(request: Request, version: &str, then: Then) -> Next {
    let mut request = request;
    request
        .headers
        .push(("cal-api-version", version.to_owned()));
    let then = super::Then::Calcom(then);
    Next::Ask(Box::new(Call { request, then }))
}

fn told(came: Result<Box<Reservation>, Failure>) -> Next {
    Next::Done(came.map(Reply::Reservation))
}

fn failed(why: Failure) -> Next {
    Next::Done(Err(why))
}

fn no_place() -> Failure {
    Failure::SlotTaken {
        alternatives: Vec::new(),
    }
}

/// An event type's number, as a file has it.
pub fn event_type(value: Option<&Value>) -> Option<String> {
    let value = value?;
    let number = value
        .as_u64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()));
    number.map(|number| number.to_string())
}

/// What opens a hold says for how many it is, and which seating: nobody else knows.
fn of_hold(access: &Access) -> Option<(u8, &str)> {
    let (party, start) = access.token.split_once(' ')?;
    Some((party.parse().ok()?, start))
}

/// Requests.
impl Calcom {
    pub(super) fn new(config: Config) -> Self {
        Self {
            config: Rc::new(config),
            unheard: Rc::default(),
        }
    }

    fn url(&self, rest: &[&str]) -> String {
        let base = self.config.base_url.trim_end_matches('/');
        [base, "/v2/", &rest.concat()].concat()
    }

    fn event(&self) -> Value {
        let number: Option<u64> = self.config.venue_id.parse().ok();
        number.map_or(Value::Null, Value::from)
    }

    /// The seatings from one day to another. A day there is one of Greenwich, where an evening here is the
    /// next day already.
    fn days(&self, own: &Own, from: Date, to: Date, then: Then) -> Next {
        let to = to.plus_days(1).unwrap_or(to);
        let url = self.url(&[
            "slots?eventTypeId=",
            &self.config.venue_id,
            "&start=",
            &from.to_string(),
            "&end=",
            &to.to_string(),
            "&timeZone=",
            &own.zone,
            "&format=range",
        ]);
        ask(get_fresh(url), SLOTS, then)
    }

    /// The seatings of a night and of those around it.
    fn around(&self, own: &Own, night: Date, then: Then) -> Next {
        let day = |days| night.plus_days(days).unwrap_or(night);
        self.days(own, day(-1), day(3), then)
    }

    fn hold_url(&self, id: &str) -> String {
        self.url(&["slots/reservations", id])
    }

    fn read(&self, uid: &str, access: Access, purpose: Purpose, names: u8) -> Next {
        let url = self.url(&["bookings/", &safe(uid)]);
        let then = Then::Booking(access, purpose, names);
        ask(get_fresh(url), BOOKINGS, then)
    }

    fn write(&self, uid: &str, what: &str, body: &Value, then: Then) -> Next {
        let url = self.url(&["bookings/", &safe(uid), what]);
        ask(post(url, Some(body)), BOOKINGS, then)
    }

    pub(super) fn begin(&self, wanted: Wanted) -> Next {
        let own = match own(&self.config) {
            Ok(own) => own,
            Err(why) => return failed(why),
        };
        match wanted {
            Wanted::Venue => Next::Done(Ok(Reply::Venue(Box::new(self.venue(own))))),
            Wanted::Calendar(query) => {
                let (from, to) = (query.month.first_day(), query.month.next().last_day());
                self.days(&own, from, to, Then::Calendar(query))
            }
            Wanted::Evening(query) => self.around(&own, query.date, Then::Evening(query)),
            Wanted::Hold { slot, party, .. } => {
                let body = object([
                    ("eventTypeId", self.event()),
                    ("slotStart", slot.0.as_str().into()),
                ]);
                let request = post(self.hold_url(""), Some(&body));
                ask(request, SLOTS, Then::Taken(party, slot))
            }
            Wanted::Confirmation(sent) => self.confirm(own, &sent),
            Wanted::Reservation(access) if of_hold(&access).is_some() => {
                let url = self.hold_url(&["/", &safe(&access.id)].concat());
                ask(get_fresh(url), SLOTS, Then::Hold(access))
            }
            Wanted::Reservation(access) => self.read_first(access, Purpose::Show),
            Wanted::GivenBack(access, _) if of_hold(&access).is_some() => {
                let request = Request {
                    method: Method::Delete,
                    ..get(self.hold_url(&["/", &safe(&access.id)].concat()))
                };
                ask(request, SLOTS, Then::Left)
            }
            Wanted::Cancellation(access) => self.read_first(access, Purpose::Cancel),
            Wanted::Change(wish) if wish.slot.is_some() => {
                self.read_first(wish.access.clone(), Purpose::Move(wish))
            }
            Wanted::Extension { .. } => failed(Failure::HoldLimit),
            // Nobody is offered these here.
            Wanted::GivenBack(..)
            | Wanted::Change(_)
            | Wanted::Erasure(_)
            | Wanted::Place(_)
            | Wanted::PlaceStill(_)
            | Wanted::NoPlace(_) => failed(Failure::NotModifiable),
        }
    }

    fn read_first(&self, access: Access, purpose: Purpose) -> Next {
        let uid = access.id.clone();
        self.read(&uid, access, purpose, 0)
    }

    fn confirm(&self, own: Own, sent: &Confirmation) -> Next {
        let Some((party, start)) = of_hold(&sent.access) else {
            return failed(Failure::NotModifiable);
        };
        // Asked before the venue was known. Nothing of it may be lost without a word.
        if !sent.plan.is_empty() {
            return failed(Failure::Refused(Vec::new()));
        }
        let mut told = Map::new();
        told.insert(own.party_field, party.into());
        let note = sent.note.0.trim();
        if !note.is_empty() {
            told.insert(NOTES.to_owned(), note.into());
        }
        let body = object([
            ("eventTypeId", self.event()),
            ("start", start.into()),
            (
                "attendee",
                attendee(&sent.guest, sent.language.code(), &own.zone),
            ),
            ("bookingFieldsResponses", Value::Object(told)),
            ("reservedSlotUid", sent.access.id.as_str().into()),
        ]);
        let request = post(self.url(&["bookings"]), Some(&body));
        ask(request, BOOKINGS, Then::Made(party))
    }

    /// It says nothing of the venue to a browser, so the file does.
    fn venue(&self, own: Own) -> Venue {
        let (party_min, party_max) = own.party;
        Venue {
            trial: self.config.trial,
            name: Text::default(),
            time_zone: own.zone,
            party_min,
            party_max,
            services: Vec::new(),
            hold_extensions: 0,
            cancellation_cutoff_minutes: 0,
            areas: Vec::new(),
            lead_fields: Vec::new(),
            guest_fields: Vec::new(),
            house_rules: Vec::new(),
            capabilities: Capabilities {
                holds: true,
                modify: true,
                only_moves: true,
                messages: true,
                ..Capabilities::default()
            },
            notice: None,
        }
    }
}

/// Who books; mails tell the hour of the venue's own wall.
fn attendee(guest: &Guest, language: &str, zone: &str) -> Value {
    let name = [guest.given_name.trim(), " ", guest.family_name.trim()].concat();
    object([
        ("name", name.trim().into()),
        ("email", guest.email.trim().into()),
        ("phoneNumber", guest.phone.trim().into()),
        ("timeZone", zone.into()),
        ("language", language.into()),
    ])
}

#[cfg(test)]
#[path = "calcom_tests.rs"]
mod tests;
