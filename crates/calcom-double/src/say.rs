//! What the calendar says, in the shapes of its documentation.

use jiff::{Timestamp, ToSpan};
use serde_json::{Map, Value, json};

use crate::{Booking, Double, EVENT, HOLD, Hold, LENGTH, bogota};

/// A status and a body.
pub type Said = (u16, Value);

pub fn success(status: u16, data: Value) -> Said {
    (status, json!({"status": "success", "data": data}))
}

pub fn error(status: u16, code: &str, message: &str, path: &str, now: Timestamp) -> Said {
    let body = json!({
        "status": "error",
        "timestamp": utc(now),
        "path": path,
        "error": {"code": code, "message": message, "details": {"message": message}},
    });
    (status, body)
}

/// As JavaScript writes an instant.
pub fn utc(at: Timestamp) -> String {
    format!("{at:.3}")
}

fn end(start: Timestamp) -> Timestamp {
    start + LENGTH.minutes()
}

/// An instant in the zone that was asked for.
fn local(at: Timestamp) -> String {
    let wall = bogota().to_datetime(at);
    format!("{}-05:00", wall.strftime("%Y-%m-%dT%H:%M:%S.000"))
}

/// Slots by their days on the venue's wall.
pub fn slots(free: &[Timestamp]) -> Value {
    let mut days = Map::new();
    for start in free {
        let day = crate::day(*start).to_string();
        let slot = json!({"start": local(*start), "end": local(end(*start))});
        let slots = days.entry(day).or_insert_with(|| json!([]));
        if let Value::Array(slots) = slots {
            slots.push(slot);
        }
    }
    Value::Object(days)
}

pub fn hold(uid: &str, hold: &Hold, just_made: bool) -> Value {
    let mut said = json!({
        "eventTypeId": EVENT,
        "slotStart": utc(hold.start),
        "slotEnd": utc(end(hold.start)),
        "slotDuration": LENGTH,
        "reservationUid": uid,
        "reservationUntil": utc(hold.until),
    });
    if just_made {
        put(&mut said, "reservationDuration", HOLD.into());
    }
    said
}

fn put(value: &mut Value, name: &str, new: Value) {
    if let Value::Object(map) = value {
        map.insert(name.to_owned(), new);
    }
}

impl Double {
    pub(crate) fn told(uid: &str, booking: &Booking) -> Value {
        let name = booking.attendee.get("name").cloned().unwrap_or_default();
        let mut answers = booking.told.clone();
        put(&mut answers, "name", name.clone());
        let language = booking.attendee.get("language").cloned();
        let mut said = json!({
            "id": booking.number,
            "uid": uid,
            "title": "Dinner",
            "description": "",
            "hosts": [{"id": 1, "name": "INTERNO", "timeZone": "America/Bogota"}],
            "status": booking.status,
            "start": utc(booking.start),
            "end": utc(end(booking.start)),
            "duration": LENGTH,
            "eventTypeId": EVENT,
            "eventType": {"id": EVENT, "slug": "dinner"},
            "location": "Cartagena",
            "absentHost": false,
            "createdAt": utc(booking.updated),
            "updatedAt": utc(booking.updated),
            "attendees": [{
                "name": name,
                "timeZone": "America/Bogota",
                "language": language,
                "absent": false,
            }],
            "bookingFieldsResponses": answers,
        });
        for (name, uid) in [
            ("rescheduledFromUid", &booking.moved_from),
            ("rescheduledToUid", &booking.moved_to),
        ] {
            if let Some(uid) = uid {
                put(&mut said, name, uid.as_str().into());
            }
        }
        said
    }
}
