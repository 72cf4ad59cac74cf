//! The same house behind a calendar that speaks Cal.com's API: no memory of keys, no versions, no clock that
//! a page may read. A booking has another name than the hold it was made of, which then is gone; and whoever
//! sends a booking twice has two tables.

use booking::{Date, civil};
use serde_json::Value;

use super::{Asked, BAD_PHONE, Record, Seating, Server, State, WALL_MS, wall_day, words};
use crate::platform::network::{Answer, Method};

/// How long a slot is reserved.
const HOLD_MS: i64 = 300_000;

fn success(data: &str) -> Answer {
    words::ok(format!(r#"{{"status":"success","data":{data}}}"#))
}

fn refused(status: u16, message: &str) -> Answer {
    Answer {
        status,
        ..words::ok(format!(
            r#"{{"status":"error","error":{{"code":"x","message":"{message}"}}}}"#
        ))
    }
}

fn taken() -> Answer {
    refused(
        400,
        "User either already has booking at this time or is not available",
    )
}

/// How a seating is called: its beginning, as Greenwich writes it.
pub fn slot_id(seating: Seating) -> String {
    let date = seating.date.plus_days(1).unwrap_or(seating.date);
    format!("{date}T{:02}:00:00Z", i64::from(seating.hour) + 5 - 24)
}

fn seating(id: Option<&Value>) -> Option<Seating> {
    let ms = civil::instant_ms(id?.as_str()?)?;
    let hour = (ms + WALL_MS).rem_euclid(86_400_000) / 3_600_000;
    let date = wall_day(ms);
    Seating::parse(&format!("{date}.{hour}"))
}

fn told_hold(record: &Record) -> Answer {
    let start = slot_id(record.seating);
    let (id, until) = (&record.id, words::instant(record.expires_ms));
    success(&format!(
        r#"{{"reservationUid":"{id}","slotStart":"{start}","reservationUntil":"{until}"}}"#
    ))
}

fn told_booking(record: &Record) -> Answer {
    let status = match record.state {
        State::Confirmed => "accepted",
        State::Pending => "pending",
        _ => "cancelled",
    };
    let (id, party, start) = (&record.id, record.party, slot_id(record.seating));
    success(&format!(
        r#"{{"uid":"{id}","status":"{status}","start":"{start}","bookingFieldsResponses":{{"people":{party}}}}}"#
    ))
}

impl Server {
    pub(super) fn speak_calcom(&mut self, asked: &Asked, path: &str) -> Answer {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let hold = path.strip_prefix("/v2/slots/reservations");
        match (asked.request.method, hold) {
            (Method::Get, None) if path == "/v2/slots" => self.calcom_slots(query, asked.now_ms),
            (Method::Post, Some("")) => self.calcom_hold(asked),
            (Method::Get, Some(uid)) => self.calcom_held(uid.trim_start_matches('/')),
            (Method::Delete, Some(uid)) => self.calcom_left(uid.trim_start_matches('/')),
            (Method::Post, None) if path == "/v2/bookings" => self.calcom_create(asked),
            (Method::Get, None) => {
                let uid = path.strip_prefix("/v2/bookings/").unwrap_or_default();
                let known = self.record(uid).filter(|record| record.booked.is_some());
                known.map_or_else(|| refused(404, "not found"), told_booking)
            }
            _ => refused(404, "not found"),
        }
    }

    /// Days of Greenwich; some more are told than were asked for.
    fn calcom_slots(&self, query: &str, now_ms: i64) -> Answer {
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find_map(|(known, value)| (known == name).then_some(value))
        };
        let day = |name: &str| value(name).and_then(Date::parse);
        let (Some(from), Some(to)) = (day("start"), day("end")) else {
            return refused(400, "Invalid time range given");
        };
        let mut days = String::new();
        let mut date = from.plus_days(-1).unwrap_or(from);
        while date <= to {
            let mut slots = String::new();
            for seat in Self::seatings(date) {
                if Self::is_open(date, now_ms).is_ok() && self.free(seat, now_ms) > 0 {
                    let hour = seat.hour;
                    words::push(
                        &mut slots,
                        &format!(r#"{{"start":"{date}T{hour}:00:00.000-05:00"}}"#),
                    );
                }
            }
            if !slots.is_empty() {
                words::push(&mut days, &format!(r#""{date}":[{slots}]"#));
            }
            let Some(next) = date.plus_days(1) else { break };
            date = next;
        }
        success(&format!("{{{days}}}"))
    }

    fn calcom_hold(&mut self, asked: &Asked) -> Answer {
        let Some(seating) = seating(asked.body.get("slotStart")) else {
            return refused(400, "Invalid start date");
        };
        let open = Self::is_open(seating.date, asked.now_ms).is_ok();
        if !open || self.free(seating, asked.now_ms) == 0 {
            return refused(422, "This time slot is already reserved by another user.");
        }
        let id = format!("h{}", self.records.len());
        let record = Record {
            held: id.clone(),
            id,
            wish: asked.sender.wish,
            state: State::OnHold,
            version: 1,
            seating,
            party: 0,
            expires_ms: asked.now_ms + HOLD_MS,
            extensions: 0,
            booked: None,
            details: None,
            given_back: None,
        };
        let told = told_hold(&record);
        self.records.push(record);
        Answer {
            status: 201,
            ..told
        }
    }

    /// One that is over is told as before.
    fn calcom_held(&self, uid: &str) -> Answer {
        let known = self
            .record(uid)
            .filter(|record| record.state == State::OnHold);
        known.map_or_else(|| success("null"), told_hold)
    }

    fn calcom_left(&mut self, uid: &str) -> Answer {
        let mut records = self.records.iter_mut();
        match records.find(|record| record.id == uid && record.state == State::OnHold) {
            Some(record) => {
                record.state = State::Expired;
                success("null")
            }
            None => refused(404, "Slot not found"),
        }
    }

    /// Whoever comes with a hold has its place; whoever comes with none, or once more, has another.
    fn calcom_create(&mut self, asked: &Asked) -> Answer {
        let Some(seating) = seating(asked.body.get("start")) else {
            return refused(400, "start must be a valid ISO 8601 date string");
        };
        let at = |pointer: &str| asked.body.pointer(pointer);
        if at("/bookingFieldsResponses/people").is_none_or(|people| !people.is_number()) {
            return refused(400, "Missing required booking field response: people");
        }
        let phone = at("/attendee/phoneNumber").and_then(Value::as_str);
        if phone.is_none_or(|phone| phone == BAD_PHONE) {
            return refused(400, "Invalid phone number format.");
        }
        let uid = at("/reservedSlotUid").and_then(Value::as_str).unwrap_or("");
        let mut records = self.records.iter();
        let held = records
            .position(|record| record.id == uid && record.state_at(asked.now_ms) == State::OnHold);
        let open = Self::is_open(seating.date, asked.now_ms).is_ok();
        if !open || (held.is_none() && self.free(seating, asked.now_ms) == 0) {
            return taken();
        }
        let record = Record {
            id: format!("b{}", self.records.len()),
            held: uid.to_owned(),
            wish: asked.sender.wish,
            state: if self.answers_later {
                State::Pending
            } else {
                State::Confirmed
            },
            version: 1,
            seating,
            party: at("/bookingFieldsResponses/people")
                .and_then(Value::as_u64)
                .and_then(|people| u8::try_from(people).ok())
                .unwrap_or(0),
            expires_ms: 0,
            extensions: 0,
            booked: Some((asked.now_ms, asked.sender)),
            details: None,
            given_back: None,
        };
        if let Some(held) = held.and_then(|held| self.records.get_mut(held)) {
            held.state = State::Expired;
        }
        let told = told_booking(&record);
        self.records.push(record);
        Answer {
            status: 201,
            ..told
        }
    }
}
