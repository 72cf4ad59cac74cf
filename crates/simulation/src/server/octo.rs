//! The same house behind a supplier's API that speaks OCTO, as some of them do: no memory of keys, no
//! versions, no conditions, the same refusal for everything, and a broken answer to a uuid it has seen. On
//! every other of its evenings our own server stands in front of it, which gives each booking a token, and
//! says it again only while nobody is in it.

use std::fmt::Write as _;

use booking::Date;
use serde_json::Value;

use super::{Asked, HOLD_MS, Record, Seating, Server, State, words};
use crate::platform::network::{Answer, Method};

/// One who takes a place: the largest party there is.
const PARTY_MAX: usize = 8;

fn refused(word: &str) -> Answer {
    Answer {
        status: 400,
        ..words::ok(format!(r#"{{"error":"{word}","errorMessage":"x"}}"#))
    }
}

fn text<'a>(body: &'a Value, name: &str) -> Option<&'a str> {
    body.get(name).and_then(Value::as_str)
}

impl Server {
    pub(super) fn speak_octo(&mut self, asked: &Asked, path: &str) -> Answer {
        let mut answer = match (asked.request.method, path) {
            (Method::Get, "/products/interno") => words::ok(self.product()),
            (Method::Post, "/availability/calendar") => self.octo_days(asked),
            (Method::Post, "/availability") => self.octo_seatings(asked),
            (Method::Post, "/bookings") => self.octo_hold(asked),
            _ => self.octo_booking(asked, path),
        };
        answer.server_ms = Some(asked.now_ms);
        answer
    }

    fn product(&self) -> String {
        let instant = !self.answers_later;
        format!(
            r#"{{"id":"interno","title":"INTERNO","timeZone":"America/Bogota","instantConfirmation":{instant},"options":[{{"id":"dinner","default":true,"availabilityLocalStartTimes":["19:00","21:00"],"cancellationCutoffAmount":1,"cancellationCutoffUnit":"day","requiredContactFields":[],"restrictions":{{"minUnits":1,"maxUnits":{PARTY_MAX}}},"units":[{{"id":"adult","type":"ADULT"}}]}}]}}"#
        )
    }

    fn dates(asked: &Asked) -> Vec<Date> {
        let day = |name| text(&asked.body, name).and_then(Date::parse);
        let (Some(from), Some(to)) = (day("localDateStart"), day("localDateEnd")) else {
            return Vec::new();
        };
        let days = to.days_since_epoch() - from.days_since_epoch();
        let days = (0..=days).filter_map(|days| from.plus_days(days));
        days.collect()
    }

    /// Days without a dinner are left out.
    fn octo_days(&self, asked: &Asked) -> Answer {
        let mut days = String::new();
        for date in Self::dates(asked) {
            if Self::is_open(date, asked.now_ms).is_ok() {
                let free = self.has_room(date, asked.now_ms);
                let status = if free { "FREESALE" } else { "SOLD_OUT" };
                let day = format!(
                    r#"{{"localDate":"{date}","available":{free},"status":"{status}","vacancies":null}}"#
                );
                words::push(&mut days, &day);
            }
        }
        words::ok(format!("[{days}]"))
    }

    fn octo_seatings(&self, asked: &Asked) -> Answer {
        let mut slots = String::new();
        for date in Self::dates(asked) {
            if Self::is_open(date, asked.now_ms).is_ok() {
                for seat in Self::seatings(date) {
                    words::push(&mut slots, &self.octo_seating(seat, asked.now_ms));
                }
            }
        }
        words::ok(format!("[{slots}]"))
    }

    fn octo_seating(&self, seat: Seating, now_ms: i64) -> String {
        let free = self.free(seat, now_ms) > 0;
        let status = if free { "AVAILABLE" } else { "SOLD_OUT" };
        let (id, date, hour) = (seat.id(), seat.date, seat.hour);
        // The product's own time, without a word of its zone.
        format!(
            r#"{{"id":"{id}","localDateTimeStart":"{date}T{hour}:00:00","available":{free},"status":"{status}","vacancies":null}}"#
        )
    }

    fn octo_hold(&mut self, asked: &Asked) -> Answer {
        let body = &asked.body;
        let places = body.get("unitItems").and_then(Value::as_array);
        let party = places.map_or(0, Vec::len);
        let (Some(uuid), Some(seating)) = (text(body, "uuid"), text(body, "availabilityId")) else {
            return refused("BAD_REQUEST");
        };
        if let Some(known) = self.record(uuid).cloned() {
            let same = usize::from(known.party) == party && known.seating.id() == seating;
            self.key_reused |= !same;
            if self.fronted {
                let nobodys = known.booked.is_none();
                return if same && nobodys {
                    words::ok(self.with_token(&known, asked.now_ms))
                } else {
                    refused("INVALID_BOOKING_UUID")
                };
            }
            if self.breaks_on_known_uuid {
                return Answer {
                    status: 500,
                    ..refused("INTERNAL_SERVER_ERROR")
                };
            }
            return words::ok(self.octo_told(&known, asked.now_ms));
        }
        let Some(seating) = Seating::parse(seating) else {
            return refused("INVALID_AVAILABILITY_ID");
        };
        let open = Self::is_open(seating.date, asked.now_ms).is_ok();
        if !open || !(1..=PARTY_MAX).contains(&party) || self.free(seating, asked.now_ms) == 0 {
            return refused("UNPROCESSABLE_ENTITY");
        }
        let record = Record {
            id: uuid.to_owned(),
            held: uuid.to_owned(),
            wish: asked.sender.wish,
            state: State::OnHold,
            version: 1,
            seating,
            party: u8::try_from(party).unwrap_or(0),
            expires_ms: asked.now_ms + HOLD_MS,
            extensions: 0,
            booked: None,
            details: None,
            given_back: None,
        };
        let told = if self.fronted {
            self.with_token(&record, asked.now_ms)
        } else {
            self.octo_told(&record, asked.now_ms)
        };
        self.records.push(record);
        words::ok(told)
    }

    fn octo_booking(&mut self, asked: &Asked, path: &str) -> Answer {
        let rest = path.strip_prefix("/bookings/").unwrap_or_default();
        let (uuid, what) = rest.split_once('/').unwrap_or((rest, ""));
        let later = self.answers_later;
        let bearer = format!("Bearer token-of-{uuid}");
        if self.fronted && asked.header("Authorization") != Some(&bearer) {
            return refused("INVALID_BOOKING_UUID");
        }
        let Some(record) = self.records.iter_mut().find(|known| known.id == uuid) else {
            return refused("INVALID_BOOKING_UUID");
        };
        let state = record.state_at(asked.now_ms);
        match (what, state) {
            ("", _) => {}
            ("extend", State::OnHold) => record.expires_ms += HOLD_MS,
            ("confirm", State::OnHold) => {
                record.state = if later {
                    State::Pending
                } else {
                    State::Confirmed
                };
                record.booked = Some((asked.now_ms, asked.sender));
            }
            ("cancel", State::OnHold) => record.state = State::Expired,
            ("cancel", State::Confirmed | State::Pending) => {
                record.state = State::Cancelled;
                record.given_back = Some(asked.sender.phone);
            }
            ("confirm", State::Expired) => return refused("INVALID_BOOKING_UUID"),
            _ => return refused("UNPROCESSABLE_ENTITY"),
        }
        record.version += u64::from(!what.is_empty());
        match self.record(uuid) {
            Some(record) => words::ok(self.octo_told(record, asked.now_ms)),
            None => refused("INVALID_BOOKING_UUID"),
        }
    }

    fn with_token(&self, record: &Record, now_ms: i64) -> String {
        let told = self.octo_told(record, now_ms);
        let told = told.strip_suffix('}').unwrap_or_default();
        format!(r#"{told},"manageToken":"token-of-{}"}}"#, record.id)
    }

    fn octo_told(&self, record: &Record, now_ms: i64) -> String {
        let status = words::status(record.state_at(now_ms));
        let updated = words::instant(i64::try_from(record.version).unwrap_or(0) * 1_000);
        let (id, seating) = (&record.id, self.octo_seating(record.seating, now_ms));
        let places = vec![r#"{"unitId":"adult"}"#; usize::from(record.party)].join(",");
        let mut out = format!(
            r#"{{"id":"{id}","uuid":"{id}","supplierReference":"KTMWRB","status":"{status}","utcUpdatedAt":"{updated}","availability":{seating},"unitItems":[{places}],"contact":{{}}"#
        );
        if record.state_at(now_ms) == State::OnHold {
            let expires = words::instant(record.expires_ms);
            let _ = write!(out, r#","utcExpiresAt":"{expires}""#);
        }
        out.push('}');
        out
    }
}
