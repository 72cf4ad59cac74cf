//! What is told of nights, seatings, holds and bookings, and what a refusal means.

use booking::failure::Refusal;
use booking::{
    Access, Answers, Calendar, CalendarQuery, Day, DayStatus, Failure, Note, Plan, Reservation,
    Slot, SlotId, SlotStatus, Status, civil,
};
use serde_json::Value;

use super::super::config::wrong;
use super::super::json::{list, malformed, parse, text};
use super::super::wall::{MOST, in_greenwich, insert, on_the_wall};
use super::NOTES;
use super::own::Own;
use crate::platform::network::Answer;

/// For how long a slot is reserved, in milliseconds.
const HOLD_MS: i64 = 5 * 60_000;

/// What every answer carries, and that it says so.
fn data(answer: &Answer) -> Result<Value, Failure> {
    let mut value = parse(answer)?;
    if text(&value, "status")? != "success" {
        return Err(malformed("status"));
    }
    Ok(value.get_mut("data").map(Value::take).unwrap_or_default())
}

/// That it was done, and nothing else.
pub fn done(answer: &Answer) -> Result<(), Failure> {
    data(answer).map(drop)
}

/// The seatings of all days, earliest first. What is listed is free. Where guests share a booking by its
/// seats, each would read the others' names in it, and could not be told apart by its name.
pub fn slots(answer: &Answer, own: &Own) -> Result<Vec<Slot>, Failure> {
    let value = data(answer)?;
    let days = value.as_object().ok_or_else(|| malformed("data"))?;
    let mut slots = Vec::new();
    let told = days.values().filter_map(Value::as_array).flatten();
    for value in told.take(MOST) {
        if value.get("seatsTotal").is_some_and(Value::is_number) {
            return Err(wrong(&["eventTypeId is of an event with seats"]));
        }
        let slot = slot(text(value, "start")?, text(value, "end").ok(), own)?;
        insert(&mut slots, slot, |slot| slot.starts_ms);
    }
    Ok(slots)
}

/// Nights with something free; of the others it is not said why they have nothing.
pub fn calendar(answer: &Answer, query: CalendarQuery, own: &Own) -> Result<Calendar, Failure> {
    let mut days: Vec<Day> = Vec::new();
    let mut first_available = None;
    for slot in slots(answer, own)? {
        // It is known to tell of days that nobody asked for.
        if slot.date < query.month.first_day() {
            continue;
        }
        first_available = first_available.or(Some(slot.date));
        let new = days.last().is_none_or(|day| day.date != slot.date);
        if new && slot.date.month() == query.month {
            days.push(Day {
                date: slot.date,
                status: DayStatus::Available,
            });
        }
    }
    Ok(Calendar {
        days,
        first_available,
    })
}

fn slot(start: &str, end: Option<&str>, own: &Own) -> Result<Slot, Failure> {
    let wall = on_the_wall(start, &own.zone);
    let (date, starts, starts_ms) = wall.ok_or_else(|| malformed("start"))?;
    let ends = end.and_then(|end| on_the_wall(end, &own.zone));
    Ok(Slot {
        id: SlotId(in_greenwich(starts_ms).ok_or_else(|| malformed("start"))?),
        date,
        starts,
        ends: ends.map(|(_, time, _)| time),
        starts_ms,
        ends_ms: ends.map(|(_, _, ms)| ms),
        area: None,
        status: SlotStatus::Available,
        confirmed_later: false,
        cancellable_until_ms: None,
    })
}

/// A hold. Its end is told by a clock that no page may read, so one that was just made began now. Where
/// there is none under this name, nobody can say whether it ran out or became a booking.
pub fn hold(
    answer: &Answer,
    party: u8,
    just_made: bool,
    own: &Own,
) -> Result<Box<Reservation>, Failure> {
    let value = data(answer)?;
    let Ok(id) = text(&value, "reservationUid") else {
        return Err(match value {
            Value::Object(map) if !map.is_empty() => malformed("reservationUid"),
            _ => Failure::Lost,
        });
    };
    let (start, end) = (text(&value, "slotStart")?, text(&value, "slotEnd").ok());
    let slot = slot(start, end, own)?;
    let until = civil::instant_ms(text(&value, "reservationUntil")?)
        .ok_or_else(|| malformed("reservationUntil"))?;
    let token = [&party.to_string(), " ", slot.id.0.as_str()].concat();
    Ok(Box::new(Reservation {
        access: Access {
            id: id.to_owned(),
            token,
        },
        reference: String::new(),
        status: Status::OnHold,
        version: 1,
        slot,
        party,
        blind: true,
        expires_ms: Some(until),
        server_ms: just_made.then_some(until - HOLD_MS),
        name: None,
        plan: Plan::default(),
        answers: Answers::default(),
        note: Note::default(),
    }))
}

/// A booking as it is now, and where it leads.
pub struct Booking {
    /// As the wizard sees it.
    pub told: Box<Reservation>,
    /// Its own name.
    pub uid: String,
    /// The name it has since it was moved.
    pub moved_to: Option<String>,
}

/// Reads a booking, which stays the guest's under the name she has for it.
pub fn booking(
    answer: &Answer,
    access: Option<&Access>,
    own: &Own,
    party: u8,
) -> Result<Booking, Failure> {
    let value = data(answer)?;
    let uid = text(&value, "uid")?.to_owned();
    let told = value.get("bookingFieldsResponses").unwrap_or(&Value::Null);
    let come = told.get(&own.party_field).and_then(people);
    // What the API has is right; where it does not say, the link does.
    let party = come.or(Some(party).filter(|party| *party > 0));
    let party = party.ok_or_else(|| malformed("partyField"))?;
    let status = status(text(&value, "status")?);
    let names = list(&value, "attendees").first();
    let updated = text(&value, "updatedAt").ok().and_then(civil::instant_ms);
    let number = value.get("id").and_then(Value::as_u64);
    let moved_to = text(&value, "rescheduledToUid").ok().map(str::to_owned);
    Ok(Booking {
        told: Box::new(Reservation {
            access: access.cloned().unwrap_or_else(|| Access {
                id: uid.clone(),
                token: party.to_string(),
            }),
            reference: number.map_or_else(|| uid.clone(), |number| number.to_string()),
            status,
            version: updated.and_then(|ms| u64::try_from(ms).ok()).unwrap_or(0),
            slot: slot(text(&value, "start")?, text(&value, "end").ok(), own)?,
            party,
            blind: false,
            expires_ms: None,
            server_ms: None,
            name: names.and_then(|guest| text(guest, "name").ok().map(str::to_owned)),
            plan: Plan::default(),
            answers: Answers::default(),
            note: Note(text(told, NOTES).unwrap_or_default().to_owned()),
        }),
        uid,
        moved_to: moved_to.filter(|_| status == Status::Cancelled),
    })
}

/// How many come, in a field for a number or for words.
fn people(value: &Value) -> Option<u8> {
    let number = value.as_u64().and_then(|number| u8::try_from(number).ok());
    number
        .or_else(|| value.as_str()?.trim().parse().ok())
        .filter(|number| *number > 0)
}

fn status(word: &str) -> Status {
    match word {
        "accepted" => Status::Confirmed,
        "pending" => Status::Pending,
        "cancelled" => Status::Cancelled,
        "rejected" => Status::Rejected,
        _ => Status::Unknown,
    }
}

/// What a refusal means. Most have one status, so their prose has to do: what it does not tell apart is a
/// refusal without a reason.
pub fn problem(answer: &Answer) -> Failure {
    let value = parse(answer).unwrap_or_default();
    let within = value.get("error").unwrap_or(&value);
    let words = text(within, "message")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let says = |any: &[&str]| any.iter().any(|word| words.contains(word));
    let refused = |pointer: &str| {
        Failure::Refused(vec![Refusal {
            pointer: pointer.to_owned(),
            code: "invalid".to_owned(),
        }])
    };
    match answer.status {
        400 | 409 | 422 if says(&["phone"]) => refused("/guest/phone"),
        400 | 409 | 422 if says(&["email"]) => refused("/guest/email"),
        400 | 409 | 422 if says(&["available", "already", "reserved", "seats"]) => {
            super::no_place()
        }
        400 | 409 | 422 => Failure::Refused(Vec::new()),
        404 => Failure::NotFound,
        429 => Failure::Busy {
            retry_after: answer.retry_after,
        },
        500..=599 => Failure::Down,
        status @ (401 | 403) => {
            Failure::Misconfigured(["the API says ", &status.to_string()].concat())
        }
        status => Failure::Malformed(status.to_string()),
    }
}
