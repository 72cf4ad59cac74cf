//! What may happen to a place.

use booking::Date;
use serde_json::Value;

use super::{
    Asked, EXTENSION_MS, EXTENSIONS, HOLD_MS, Outcome, Record, Seating, Server, State, key_of,
    wall_day, words,
};
use crate::platform::network::Answer;

/// How far ahead there are tables, in days.
const WINDOW: i32 = 20;
/// The largest party.
pub const PARTY_MAX: u8 = 8;

/// A telephone number that only the server knows to be wrong.
pub const BAD_PHONE: &str = "+57 300 555 0102";

fn number(query: &str, name: &str) -> Option<u8> {
    value(query, name)?.parse().ok()
}

fn value<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find_map(|(known, value)| (known == name).then_some(value))
}

impl Server {
    /// Whether the house is open on a night that can be booked.
    pub(super) fn is_open(date: Date, now_ms: i64) -> Result<(), &'static str> {
        let ahead = date.days_since_epoch() - wall_day(now_ms).days_since_epoch();
        if !(1..=WINDOW).contains(&ahead) {
            return Err("OUTSIDE_WINDOW");
        }
        if date.weekday() == 0 {
            return Err("CLOSED");
        }
        Ok(())
    }

    pub(super) fn seatings(date: Date) -> [Seating; 2] {
        [19, 21].map(|hour| Seating { date, hour })
    }

    pub(super) fn has_room(&self, date: Date, now_ms: i64) -> bool {
        let mut seatings = Self::seatings(date).into_iter();
        Self::is_open(date, now_ms).is_ok() && seatings.any(|seat| self.free(seat, now_ms) > 0)
    }

    pub(super) fn calendar(&self, query: &str, now_ms: i64) -> Answer {
        let day = |name| value(query, name).and_then(Date::parse);
        let (Some(from), Some(to)) = (day("from"), day("to")) else {
            return words::problem(422, "validation-failed", "");
        };
        let mut days = String::new();
        let mut date = from;
        while date <= to {
            let status = match Self::is_open(date, now_ms) {
                Err(why) => why,
                Ok(()) if self.has_room(date, now_ms) => "AVAILABLE",
                Ok(()) => "SOLD_OUT",
            };
            words::push(&mut days, &words::day(date, status));
            let Some(next) = date.plus_days(1) else { break };
            date = next;
        }
        let ahead = (1..=WINDOW).filter_map(|days| wall_day(now_ms).plus_days(days));
        let first = ahead.into_iter().find(|date| self.has_room(*date, now_ms));
        words::ok(words::calendar(&days, first))
    }

    pub(super) fn evening(&self, query: &str, now_ms: i64) -> Answer {
        let date = value(query, "date").and_then(Date::parse);
        let (Some(date), Some(_)) = (date, number(query, "partySize")) else {
            return words::problem(422, "validation-failed", "");
        };
        let mut slots = String::new();
        if Self::is_open(date, now_ms).is_ok() {
            for seat in Self::seatings(date) {
                let free = self.free(seat, now_ms) > 0;
                words::push(&mut slots, &words::slot(seat, free));
            }
        }
        let others = self.alternatives(Seating { date, hour: 19 }, now_ms);
        words::ok(words::evening(&slots, &others, now_ms))
    }

    /// Where else there is room, near by.
    pub(super) fn alternatives(&self, around: Seating, now_ms: i64) -> String {
        let mut slots = String::new();
        for date in (0..3).filter_map(|days| around.date.plus_days(days)) {
            for seat in Self::seatings(date) {
                if Self::is_open(date, now_ms).is_ok() && self.free(seat, now_ms) > 0 {
                    words::push(&mut slots, &words::slot(seat, true));
                }
            }
        }
        slots
    }

    pub(super) fn hold(&mut self, asked: &Asked) -> Outcome {
        let party = asked.body.get("partySize").and_then(Value::as_u64);
        let party = party
            .and_then(|party| u8::try_from(party).ok())
            .unwrap_or(0);
        let slot = asked.body.get("slotId").and_then(Value::as_str);
        let seating = slot.and_then(Seating::parse);
        if !(1..=PARTY_MAX).contains(&party) {
            return Outcome::Refused(422, "party-size-out-of-range", None);
        }
        let Some(seating) = seating else {
            return Outcome::Refused(422, "validation-failed", None);
        };
        if Self::is_open(seating.date, asked.now_ms).is_err() {
            return Outcome::Refused(422, "outside-booking-window", None);
        }
        if self.free(seating, asked.now_ms) == 0 {
            return Outcome::Refused(409, "slot-unavailable", Some(seating));
        }
        let record = Record {
            id: format!("r{}", self.records.len()),
            held: format!("r{}", self.records.len()),
            wish: asked.sender.wish,
            state: State::OnHold,
            version: 1,
            seating,
            party,
            expires_ms: asked.now_ms + HOLD_MS,
            extensions: 0,
            booked: None,
            details: None,
            given_back: None,
        };
        self.records.push(record.clone());
        Outcome::Made(201, Box::new(record))
    }

    fn precondition(asked: &Asked, record: &Record) -> Result<(), Answer> {
        match asked.header("If-Match") {
            None => Err(words::problem(428, "precondition-required", "")),
            Some(tag) if tag == format!("\"{}\"", record.version) => Ok(()),
            Some(_) => Err(words::problem(412, "version-conflict", "")),
        }
    }

    pub(super) fn extend(&mut self, asked: &Asked, at: usize) -> Result<Outcome, Answer> {
        let Some(record) = self.records.get_mut(at) else {
            return Err(words::problem(404, "reservation-not-found", ""));
        };
        Self::precondition(asked, record)?;
        Ok(match record.state_at(asked.now_ms) {
            State::OnHold if record.extensions >= EXTENSIONS => {
                Outcome::Refused(409, "hold-extension-limit", None)
            }
            State::OnHold => {
                record.extensions += 1;
                record.version += 1;
                record.expires_ms += EXTENSION_MS;
                Outcome::Made(200, Box::new(record.clone()))
            }
            State::Expired => Outcome::Refused(410, "hold-expired", Some(record.seating)),
            _ => Outcome::Refused(409, "not-modifiable", None),
        })
    }

    pub(super) fn confirm(&mut self, asked: &Asked, at: usize) -> Result<Outcome, Answer> {
        let (rules, asks, later) = (self.rules, self.asks, self.answers_later);
        let Some(record) = self.records.get_mut(at) else {
            return Err(words::problem(404, "reservation-not-found", ""));
        };
        Self::precondition(asked, record)?;
        Ok(match record.state_at(asked.now_ms) {
            State::OnHold => {
                if let Some(pointer) = wrong(&asked.body, rules, asks.then_some(record.party)) {
                    return Ok(Outcome::Refused(422, pointer, None));
                }
                record.state = if later {
                    State::Pending
                } else {
                    State::Confirmed
                };
                record.version += 1;
                record.booked = Some((asked.now_ms, asked.sender));
                record.details = Some(asked.body.clone());
                Outcome::Made(200, Box::new(record.clone()))
            }
            State::Expired => Outcome::Refused(410, "hold-expired", Some(record.seating)),
            _ => Outcome::Refused(409, "not-modifiable", None),
        })
    }

    pub(super) fn cancel(&mut self, asked: &Asked, at: usize) -> Answer {
        if let Some(record) = self.records.get_mut(at) {
            let over = matches!(
                record.state_at(asked.now_ms),
                State::Expired | State::Cancelled
            );
            if !over {
                if asked.header("If-Match").is_some()
                    && let Err(turned_away) = Self::precondition(asked, record)
                {
                    return turned_away;
                }
                record.version += 1;
                record.state = if record.state.is_booked() {
                    State::Cancelled
                } else {
                    State::Expired
                };
            }
        }
        self.told_now(at, asked.now_ms)
    }

    /// Whether a request is one to work on that is neither done nor being done.
    pub fn takes_a_while(&self, request: &crate::platform::network::Request) -> bool {
        key_of(request).is_some_and(|key| {
            !self.memory.contains_key(key) && !self.in_flight.iter().any(|working| working == key)
        })
    }
}

/// The pointer of what is wrong with a confirmation.
fn wrong(body: &Value, rules: bool, asked: Option<u8>) -> Option<&'static str> {
    let at = |pointer: &str| body.pointer(pointer);
    let accepts = |rules: &Value| rules.as_array().is_some_and(|all| !all.is_empty());
    if at("/consents/privacy") != Some(&Value::Bool(true)) {
        return Some("/consents/privacy");
    }
    if rules && !at("/consents/houseRules").is_some_and(accepts) {
        return Some("/consents/houseRules");
    }
    let needs = at("/dietary").and_then(Value::as_array);
    if needs.is_some_and(|all| !all.is_empty())
        && at("/consents/health") != Some(&Value::Bool(true))
    {
        return Some("/consents/health");
    }
    let names = (0..asked.unwrap_or(0)).all(|guest| {
        let name = at(&format!("/guests/{guest}/fields/fullName"));
        name.and_then(Value::as_str)
            .is_some_and(|name| !name.is_empty())
    });
    if !names {
        return Some("/guests");
    }
    let phone = at("/guest/phone").and_then(Value::as_str).unwrap_or("");
    (phone.is_empty() || phone == BAD_PHONE).then_some("/guest/phone")
}
