//! What is wrong with a request.

use jiff::Timestamp;
use serde_json::Value;

use crate::{Asked, PARTY_FIELD};

/// The version each call has to name; with another it would be another call.
pub fn version(path: &str) -> &'static str {
    if path.starts_with("/v2/slots") {
        "2024-09-04"
    } else {
        "2024-08-13"
    }
}

/// What the documentation does not know of a request.
pub fn fault(asked: &Asked, body: &Value) -> Option<String> {
    let (path, query) = asked.path.split_once('?').unwrap_or((asked.path, ""));
    let wanted = version(path);
    if asked.version != Some(wanted) {
        return Some(format!(
            "cal-api-version is {:?}, not {wanted}",
            asked.version
        ));
    }
    let known: &[&str] = match (asked.method, path) {
        ("POST", "/v2/slots/reservations") => &["eventTypeId", "slotStart", "slotDuration"],
        ("POST", "/v2/bookings") => &[
            "eventTypeId",
            "start",
            "attendee",
            "guests",
            "bookingFieldsResponses",
            "metadata",
            "reservedSlotUid",
        ],
        ("POST", path) if path.ends_with("/reschedule") => {
            &["start", "rescheduledBy", "reschedulingReason"]
        }
        ("POST", path) if path.ends_with("/cancel") => &["cancellationReason"],
        _ => &[],
    };
    if let Some(name) = strangers(body, known) {
        return Some(format!("{name} is no field of this call"));
    }
    let people = ["name", "email", "timeZone", "phoneNumber", "language"];
    let attendee = body.get("attendee").unwrap_or(&Value::Null);
    if let Some(name) = strangers(attendee, &people) {
        return Some(format!("attendee.{name} is no field of this call"));
    }
    let told = body.get("bookingFieldsResponses").unwrap_or(&Value::Null);
    if let Some(name) = strangers(told, &[PARTY_FIELD, "notes"]) {
        return Some(format!("the event type has no booking field {name}"));
    }
    let names = ["eventTypeId", "start", "end", "timeZone", "format"];
    let mut pairs = query.split('&').filter(|pair| !pair.is_empty());
    let stranger = pairs.find(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !names.contains(&name)
    });
    stranger.map(|pair| format!("{pair} is no question of this call"))
}

fn strangers<'v>(value: &'v Value, known: &[&str]) -> Option<&'v str> {
    let names = value.as_object()?.keys().map(String::as_str);
    names.into_iter().find(|name| !known.contains(name))
}

/// A value of the query.
pub fn value<'q>(path: &'q str, name: &str) -> Option<&'q str> {
    let (_, query) = path.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find_map(|(known, value)| (known == name).then_some(value))
}

/// An instant, which has to be written as Greenwich does.
pub fn utc(body: &Value, name: &str) -> Option<Timestamp> {
    let text = body.get(name)?.as_str()?;
    text.ends_with('Z').then(|| text.parse().ok()).flatten()
}
