//! Nights and seatings.

use booking::{Calendar, CalendarQuery, Date, Day, DayStatus, Failure, Slot, SlotId, SlotStatus};
use serde_json::Value;

use super::super::json::{malformed, number, object, parse, text};
use super::super::wall::{MOST, insert, on_the_wall};
pub use super::super::wall::{instead, nearest};
use super::product::Product;
use crate::platform::network::Answer;

/// What is asked of the nights from one day to another.
pub fn body(venue: &str, product: &Product, days: [Date; 2], party: u8) -> Value {
    let [from, to] = days.map(|day| Value::from(day.to_string()));
    let unit = object([
        ("id", product.unit.as_str().into()),
        ("quantity", party.into()),
    ]);
    object([
        ("productId", venue.into()),
        ("optionId", product.option.as_str().into()),
        ("localDateStart", from),
        ("localDateEnd", to),
        ("units", Value::Array(vec![unit])),
    ])
}

/// The night and the API's own name of a seating.
pub fn named(slot: &SlotId) -> Option<(Date, &str)> {
    let (date, id) = slot.0.split_once(' ')?;
    Some((Date::parse(date)?, id))
}

fn list(answer: &Answer) -> Result<Vec<Value>, Failure> {
    match parse(answer)? {
        Value::Array(list) => Ok(list),
        _ => Err(malformed("body")),
    }
}

/// The month that was asked for, and the first night that is free in it or in the next.
pub fn calendar(answer: &Answer, query: CalendarQuery) -> Result<Calendar, Failure> {
    let mut days = Vec::new();
    for value in list(answer)?.into_iter().take(MOST) {
        let date = Date::parse(text(&value, "localDate")?).ok_or_else(|| malformed("localDate"))?;
        let status = match status(&value, query.party)? {
            Some(SlotStatus::Available) => DayStatus::Available,
            Some(SlotStatus::Limited) => DayStatus::Limited,
            Some(SlotStatus::SoldOut) => DayStatus::SoldOut,
            Some(SlotStatus::Closed) => DayStatus::Closed,
            None => DayStatus::Unknown,
        };
        days.push(Day { date, status });
    }
    let free = days.iter().filter(|day| day.status.is_bookable());
    let first_available = free.map(|day| day.date).min();
    days.retain(|day| day.date.month() == query.month);
    Ok(Calendar {
        days,
        first_available,
    })
}

/// The word a day or a seating has, as far as this party goes; `None` where it is not known.
fn status(value: &Value, party: u8) -> Result<Option<SlotStatus>, Failure> {
    let status = match text(value, "status")? {
        "AVAILABLE" | "FREESALE" => SlotStatus::Available,
        "LIMITED" => SlotStatus::Limited,
        "SOLD_OUT" => SlotStatus::SoldOut,
        "CLOSED" => SlotStatus::Closed,
        _ => return Ok(None),
    };
    let party = u64::from(party);
    let has_room = ["vacancies", "maxUnits"]
        .into_iter()
        .all(|limit| number(value, limit).is_none_or(|limit| limit >= party));
    let available = value.get("available") != Some(&Value::Bool(false));
    Ok(Some(if status.is_bookable() && !(has_room && available) {
        SlotStatus::SoldOut
    } else {
        status
    }))
}

/// Seatings, earliest first.
pub fn read(answer: &Answer, product: &Product, party: u8) -> Result<Vec<Slot>, Failure> {
    let mut slots = Vec::new();
    for value in list(answer)?.into_iter().take(MOST) {
        insert(&mut slots, slot(&value, product, party)?, |slot| {
            slot.starts_ms
        });
    }
    Ok(slots)
}

/// A seating. That of a booking is the guest's already, whatever its status.
pub fn slot(value: &Value, product: &Product, party: u8) -> Result<Slot, Failure> {
    let venue = &product.venue;
    let (date, starts, starts_ms) = text(value, "localDateTimeStart")
        .ok()
        .and_then(|starts| on_the_wall(starts, &venue.time_zone))
        .ok_or_else(|| malformed("localDateTimeStart"))?;
    let ends = text(value, "localDateTimeEnd").ok();
    let ends = ends.and_then(|ends| on_the_wall(ends, &venue.time_zone));
    let cutoff_ms = i64::from(venue.cancellation_cutoff_minutes) * 60_000;
    Ok(Slot {
        id: SlotId([&date.to_string(), " ", text(value, "id")?].concat()),
        date,
        starts,
        ends: ends.map(|(_, time, _)| time),
        starts_ms,
        ends_ms: ends.map(|(_, _, ms)| ms),
        area: None,
        status: status(value, party)
            .ok()
            .flatten()
            .unwrap_or(SlotStatus::Closed),
        confirmed_later: venue.capabilities.async_confirmation,
        cancellable_until_ms: Some(starts_ms - cutoff_ms),
    })
}
