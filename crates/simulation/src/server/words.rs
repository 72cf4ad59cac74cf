//! What the server says, as the bytes it sends.

use std::fmt::Write as _;

use booking::Date;

use super::{DAY_MS, Entry, Record, Seating, Server, State, WALL_MS, wall_day};
use crate::platform::network::Answer;

pub fn ok(body: String) -> Answer {
    Answer {
        status: 200,
        retry_after: None,
        server_ms: None,
        body,
    }
}

/// A problem; a slug that begins like a pointer is a refusal of what stands there.
pub fn problem(status: u16, slug: &str, alternatives: &str) -> Answer {
    let body = if slug.starts_with('/') {
        format!(
            r#"{{"type":"https://x/problems/validation-failed","status":{status},"errors":[{{"pointer":"{slug}","code":"invalid"}}]}}"#
        )
    } else {
        format!(
            r#"{{"type":"https://x/problems/{slug}","status":{status},"alternatives":[{alternatives}]}}"#
        )
    };
    Answer {
        status,
        retry_after: None,
        server_ms: None,
        body,
    }
}

pub fn too_many(seconds: u32) -> Answer {
    Answer {
        retry_after: Some(seconds),
        ..problem(429, "quota-exceeded", "")
    }
}

pub fn in_flight() -> Answer {
    Answer {
        retry_after: Some(1),
        ..problem(409, "idempotency-key-in-flight", "")
    }
}

pub fn push(list: &mut String, item: &str) {
    if !list.is_empty() {
        list.push(',');
    }
    list.push_str(item);
}

pub fn venue(server: &Server) -> String {
    let preorder = if server.preorder {
        r#","preorder""#
    } else {
        ""
    };
    let waitlist = if server.waitlist {
        r#","waitlist""#
    } else {
        ""
    };
    let capabilities = format!(r#"["holds"{preorder}{waitlist}]"#);
    let rules = if server.rules {
        r#"[{"id":"phones","text":{"es":"x","en":"x"},"mustAccept":true}]"#
    } else {
        "[]"
    };
    // The one who books has told it already.
    let fields = if server.asks {
        r#"[{"id":"fullName","type":"name","required":true,"label":{"es":"x","en":"x"}}]"#
    } else {
        "[]"
    };
    format!(
        r#"{{"id":"interno","mode":"live","name":{{"es":"INTERNO","en":"INTERNO"}},"timeZone":"America/Bogota","partySize":{{"min":1,"max":8}},"hold":{{"ttlSeconds":600,"maxExtensions":2,"extensionSeconds":300}},"services":[],"guestFields":{{"lead":[],"perGuest":{fields}}},"houseRules":{rules},"policies":{{"cancellationCutoffMinutes":1440}},"capabilities":{capabilities},"notice":null}}"#
    )
}

pub fn day(date: Date, status: &str) -> String {
    format!(r#"{{"date":"{date}","status":"{status}"}}"#)
}

pub fn calendar(days: &str, first: Option<Date>) -> String {
    let first = first.map_or("null".to_owned(), |date| format!("\"{date}\""));
    format!(r#"{{"days":[{days}],"firstAvailable":{first}}}"#)
}

pub fn slot(seat: Seating, free: bool) -> String {
    let status = if free { "AVAILABLE" } else { "SOLD_OUT" };
    let (id, date, hour) = (seat.id(), seat.date, seat.hour);
    format!(
        r#"{{"id":"{id}","startsAt":"{date}T{hour}:00:00-05:00","endsAt":"{date}T{}:50:00-05:00","status":"{status}","serviceId":"dinner","confirmationMode":"INSTANT"}}"#,
        hour + 1
    )
}

pub fn evening(slots: &str, alternatives: &str, now_ms: i64) -> String {
    let now = instant(now_ms);
    format!(r#"{{"serverTime":"{now}","slots":[{slots}],"alternatives":[{alternatives}]}}"#)
}

pub fn instant(ms: i64) -> String {
    let wall = (ms + WALL_MS).rem_euclid(DAY_MS);
    let (seconds, rest) = (wall / 1_000, wall % 1_000);
    let (hour, minute) = (seconds / 3_600, seconds / 60 % 60);
    let date = wall_day(ms);
    format!(
        "{date}T{hour:02}:{minute:02}:{:02}.{rest:03}-05:00",
        seconds % 60
    )
}

/// The words of both APIs.
pub fn status(state: State) -> &'static str {
    match state {
        State::OnHold => "ON_HOLD",
        State::Pending => "PENDING",
        State::Confirmed => "CONFIRMED",
        State::Expired => "EXPIRED",
        State::Cancelled => "CANCELLED",
    }
}

pub fn record(record: &Record, state: State, now_ms: i64, new: bool) -> String {
    let status = status(state);
    let (id, version, party) = (&record.id, record.version, record.party);
    let mut out = format!(
        r#"{{"id":"{id}","reference":"KTMWRB","status":"{status}","version":{version},"venueId":"interno","slot":{},"partySize":{party},"serverTime":"{}""#,
        slot(record.seating, true),
        instant(now_ms)
    );
    if state == State::OnHold {
        let _ = write!(out, r#","expiresAt":"{}""#, instant(record.expires_ms));
    }
    if new {
        let _ = write!(out, r#","manageToken":"token-of-{id}""#);
    }
    if let Some(details) = &record.details {
        for name in ["dishes", "dietary"] {
            if let Some(value) = details.get(name) {
                let _ = write!(out, r#","{name}":{value}"#);
            }
        }
    }
    out.push('}');
    out
}

pub fn place(entry: &Entry, new: bool) -> Answer {
    let (id, date, party) = (&entry.id, entry.date, entry.party);
    let token = if new {
        format!(r#","manageToken":"token-of-{id}""#)
    } else {
        String::new()
    };
    Answer {
        status: if new { 201 } else { 200 },
        ..ok(format!(
            r#"{{"id":"{id}","status":"WAITING","date":"{date}","partySize":{party}{token}}}"#
        ))
    }
}
