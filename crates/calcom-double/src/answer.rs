//! The calls, each held to what is documented of it.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde_json::{Value, json};

use crate::asked::{fault, utc, value};
use crate::say::{self, Said, error, success};
use crate::{Asked, BAD_PHONE, Booking, Double, EVENT, HOLD, Hold, PARTY_FIELD, open};

const NOT_AVAILABLE: &str = "User either already has booking at this time or is not available";

/// What a call has at hand.
struct Call<'a> {
    path: &'a str,
    body: &'a Value,
    now: Timestamp,
}

impl Call<'_> {
    fn error(&self, status: u16, message: &str) -> Said {
        let code = match status {
            404 => "NotFoundException",
            422 => "UnprocessableEntityException",
            _ => "BadRequestException",
        };
        error(status, code, message, self.path, self.now)
    }

    fn is_for_the_event(&self) -> bool {
        self.body.get("eventTypeId").and_then(Value::as_u64) == Some(EVENT)
    }

    fn attendee(&self, name: &str) -> Option<&str> {
        self.body.get("attendee")?.get(name)?.as_str()
    }
}

impl Double {
    /// Answers a request: a status and a body.
    pub fn answer(&mut self, asked: Asked, now: Timestamp) -> (u16, Value) {
        let body = match asked.body {
            "" => Value::Null,
            body => serde_json::from_str(body).unwrap_or(Value::Null),
        };
        let zone =
            value(asked.path, "timeZone").or_else(|| body.pointer("/attendee/timeZone")?.as_str());
        let elsewhere = zone.filter(|zone| *zone != self.habits.zone());
        let elsewhere = elsewhere.map(|zone| format!("{zone} is not where the house is"));
        if let Some(what) = fault(&asked, &body).or(elsewhere) {
            let fault = format!("{} {}: {what}", asked.method, asked.path);
            self.faults.push(fault);
        }
        let call = Call {
            path: asked.path,
            body: &body,
            now,
        };
        let path = asked.path.split('?').next().unwrap_or_default();
        let holds = path.strip_prefix("/v2/slots/reservations");
        let bookings = path.strip_prefix("/v2/bookings");
        match (asked.method, holds, bookings) {
            ("GET", None, None) if path == "/v2/slots" => self.slots(&call),
            ("POST", Some(""), _) => self.reserve(&call),
            ("GET", Some(uid), _) => self.hold(uid.trim_start_matches('/')),
            ("DELETE", Some(uid), _) => self.release(&call, uid.trim_start_matches('/')),
            ("POST", _, Some("")) => self.create(&call),
            (method, _, Some(rest)) => self.about(&call, method, rest.trim_start_matches('/')),
            _ => call.error(404, "Cannot find this"),
        }
    }

    fn slots(&self, call: &Call) -> Said {
        let day = |name| value(call.path, name)?.parse::<Date>().ok();
        let (Some(from), Some(to)) = (day("start"), day("end")) else {
            return call.error(
                400,
                "Invalid time range given - check the 'start' and 'end' query parameters.",
            );
        };
        if value(call.path, "eventTypeId") != Some(&EVENT.to_string()) {
            return call.error(404, "Event Type not found");
        }
        // A day is one of Greenwich.
        let midnight = |date: Date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok();
        let spare = if self.habits.generous { 48 } else { 0 };
        let from = midnight(from).map(|at| at - spare.hours());
        let to = midnight(to).map(|at| at + (24 + spare).hours());
        let (Some(from), Some(to)) = (from, to) else {
            return call.error(400, "Invalid time range given");
        };
        let free: Vec<_> = open(call.now)
            .into_iter()
            .filter(|start| (from..to).contains(start) && self.free(*start, "", call.now) > 0)
            .collect();
        success(200, say::slots(&free))
    }

    fn reserve(&mut self, call: &Call) -> Said {
        if !call.is_for_the_event() {
            return call.error(404, "Event Type with ID not found");
        }
        let Some(start) = utc(call.body, "slotStart") else {
            return call.error(400, "Invalid start date");
        };
        if self.free(start, "", call.now) == 0 {
            let taken = "This time slot is already reserved by another user. Please choose a different time.";
            return call.error(422, taken);
        }
        self.made += 1;
        let uid = format!("e84be5a3-4696-49e3-acc7-{:012}", self.made);
        let hold = Hold {
            start,
            until: call.now + HOLD.minutes(),
        };
        let said = say::hold(&uid, &hold, true);
        self.holds.insert(uid, hold);
        success(201, said)
    }

    /// One that is over is told as before, until it is tidied away; of none there is nothing to tell.
    fn hold(&self, uid: &str) -> Said {
        let said = self.holds.get(uid).map(|hold| say::hold(uid, hold, false));
        success(200, said.unwrap_or_default())
    }

    fn release(&mut self, call: &Call, uid: &str) -> Said {
        match self.holds.remove(uid) {
            Some(_) => (200, json!({"status": "success"})),
            None => call.error(404, "Slot not found"),
        }
    }

    fn create(&mut self, call: &Call) -> Said {
        let Some(start) = utc(call.body, "start").filter(|_| call.is_for_the_event()) else {
            return call.error(400, "Event type or start is wrong");
        };
        if let Some(wrong) = wrong(call) {
            return call.error(400, &wrong);
        }
        let hold = call.body.get("reservedSlotUid").and_then(Value::as_str);
        let hold = hold.unwrap_or_default().to_owned();
        if !open(call.now).contains(&start) || self.free(start, &hold, call.now) == 0 {
            return call.error(400, NOT_AVAILABLE);
        }
        self.holds.remove(&hold);
        let part = |name: &str| call.body.get(name).cloned().unwrap_or_default();
        let booking = Booking {
            number: 0,
            start,
            status: if self.habits.pending {
                "pending"
            } else {
                "accepted"
            },
            attendee: part("attendee"),
            told: part("bookingFieldsResponses"),
            updated: call.now,
            moved_from: None,
            moved_to: None,
        };
        let said = self.keep(booking);
        if self.lost_creates > 0 {
            self.lost_creates -= 1;
            return (502, Value::Null);
        }
        success(201, said)
    }

    fn keep(&mut self, mut booking: Booking) -> Value {
        self.made += 1;
        booking.number = 90_000 + self.made;
        let uid = format!("bFJeNb2uX8ANpT3JL{:05}", self.made);
        let said = Self::told(&uid, &booking);
        self.bookings.insert(uid, booking);
        said
    }

    /// A call about one booking.
    fn about(&mut self, call: &Call, method: &str, rest: &str) -> Said {
        let (uid, what) = rest.split_once('/').unwrap_or((rest, ""));
        let Some(booking) = self.bookings.get(uid).cloned() else {
            let words = format!("Booking with uid={uid} was not found in the database");
            return call.error(404, &words);
        };
        match (method, what) {
            ("GET", "") => success(200, Self::told(uid, &booking)),
            ("POST", _) if !booking.stands() => {
                let words = "Can't change this booking because it has been cancelled";
                call.error(400, words)
            }
            ("POST", "cancel") => {
                let over = Booking {
                    status: "cancelled",
                    updated: call.now,
                    ..booking
                };
                let said = Self::told(uid, &over);
                self.bookings.insert(uid.to_owned(), over);
                success(200, said)
            }
            ("POST", "reschedule") => self.reschedule(call, uid, booking),
            _ => call.error(404, "Cannot find this"),
        }
    }

    /// A booking that is moved is another one; the old one says which.
    fn reschedule(&mut self, call: &Call, uid: &str, booking: Booking) -> Said {
        let Some(start) = utc(call.body, "start") else {
            return call.error(400, "start must be a valid ISO 8601 date string");
        };
        if !open(call.now).contains(&start) || self.free(start, uid, call.now) == 0 {
            return call.error(400, NOT_AVAILABLE);
        }
        let moved = Booking {
            start,
            updated: call.now,
            moved_from: Some(uid.to_owned()),
            ..booking
        };
        let said = self.keep(moved);
        let newer = said.get("uid").and_then(Value::as_str).map(str::to_owned);
        if let Some(old) = self.bookings.get_mut(uid) {
            old.status = "cancelled";
            old.updated = call.now;
            old.moved_to = newer;
        }
        success(201, said)
    }
}

/// What is wrong with a booking that is to be made, in the API's own prose.
fn wrong(call: &Call) -> Option<String> {
    for name in ["name", "timeZone"] {
        if call.attendee(name).is_none_or(str::is_empty) {
            return Some(format!("attendee.{name} must be a string"));
        }
    }
    if !call
        .attendee("email")
        .is_some_and(|email| email.contains('@'))
    {
        return Some("Invalid email format".to_owned());
    }
    let phone = call.attendee("phoneNumber").unwrap_or("+1");
    if !phone.starts_with('+') || phone == BAD_PHONE {
        return Some("Invalid phone number format. Please use international format.".to_owned());
    }
    let told = call.body.get("bookingFieldsResponses");
    let people = told.and_then(|told| told.get(PARTY_FIELD));
    match people {
        None => Some(format!(
            "Missing required booking field response: {PARTY_FIELD}"
        )),
        Some(people) if !people.is_number() => {
            Some(format!("Invalid type for booking field '{PARTY_FIELD}'"))
        }
        Some(_) => None,
    }
}
