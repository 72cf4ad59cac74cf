//! Nights and seatings.

use booking::{Calendar, CalendarQuery, Date, Day, DayStatus, Failure, Slot, SlotId, SlotStatus};
use serde_json::Value;

use super::super::json::{malformed, number, object, parse, text};
use super::super::wall::{MOST, insert, on_the_wall};
pub use super::super::wall::{instead, nearest};
use super::product::{Offered, Product};
use crate::platform::network::Answer;

/// What is asked of the nights from one day to another.
pub fn body(venue: &str, option: &Offered, days: [Date; 2], party: u8) -> Value {
    let [from, to] = days.map(|day| Value::from(day.to_string()));
    let unit = object([("id", option.unit("").into()), ("quantity", party.into())]);
    object([
        ("productId", venue.into()),
        ("optionId", option.id.as_str().into()),
        ("localDateStart", from),
        ("localDateEnd", to),
        ("units", Value::Array(vec![unit])),
    ])
}

/// The night, the option by its place, and the API's own name of a seating.
pub fn named(slot: &SlotId) -> Option<(Date, u8, &str)> {
    let (night, id) = slot.0.split_once(' ')?;
    let (date, option) = night.split_once('/').unwrap_or((night, "0"));
    Some((Date::parse(date)?, option.parse().ok()?, id))
}

fn list(answer: &Answer) -> Result<Vec<Value>, Failure> {
    match parse(answer)? {
        Value::Array(list) => Ok(list),
        _ => Err(malformed("body")),
    }
}

/// The nights of an option, among those of others: what can be had in one of them can be had.
pub fn nights(answer: &Answer, party: u8, nights: &mut Vec<Day>) -> Result<(), Failure> {
    for value in list(answer)?.into_iter().take(MOST) {
        let date = Date::parse(text(&value, "localDate")?).ok_or_else(|| malformed("localDate"))?;
        let status = match status(&value, party)? {
            Some(SlotStatus::Available) => DayStatus::Available,
            Some(SlotStatus::Limited) => DayStatus::Limited,
            Some(SlotStatus::SoldOut) => DayStatus::SoldOut,
            Some(SlotStatus::Closed) => DayStatus::Closed,
            None => DayStatus::Unknown,
        };
        match nights.iter_mut().find(|known| known.date == date) {
            Some(known) if worth(status) > worth(known.status) => known.status = status,
            Some(_) => {}
            None => nights.push(Day { date, status }),
        }
    }
    Ok(())
}

fn worth(status: DayStatus) -> u8 {
    match status {
        DayStatus::Available => 4,
        DayStatus::Limited => 3,
        DayStatus::SoldOut => 2,
        DayStatus::Closed => 1,
        _ => 0,
    }
}

/// The month that was asked for, and the first night that is free in it or in the next.
pub fn calendar(mut days: Vec<Day>, query: CalendarQuery) -> Calendar {
    let free = days.iter().filter(|day| day.status.is_bookable());
    let first_available = free.map(|day| day.date).min();
    days.retain(|day| day.date.month() == query.month);
    Calendar {
        days,
        first_available,
    }
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

/// The seatings of an option, among those of others, earliest first. Where two are the same to a guest, one
/// that can be had stands for both.
pub fn read(
    answer: &Answer,
    product: &Product,
    option: u8,
    party: u8,
    slots: &mut Vec<Slot>,
) -> Result<(), Failure> {
    for value in list(answer)?.into_iter().take(MOST) {
        let slot = slot(&value, product, option, party)?;
        let alike = |known: &&mut Slot| {
            (known.starts_ms, &known.area) == (slot.starts_ms, &slot.area) && known.id != slot.id
        };
        match slots.iter_mut().find(alike) {
            Some(known) if slot.status.is_bookable() && !known.status.is_bookable() => {
                *known = slot;
            }
            Some(_) => {}
            None => insert(slots, slot, |slot| slot.starts_ms),
        }
    }
    Ok(())
}

/// A seating. That of a booking is the guest's already, whatever its status.
pub fn slot(value: &Value, product: &Product, option: u8, party: u8) -> Result<Slot, Failure> {
    let zone = &product.venue.time_zone;
    let (date, starts, starts_ms) = text(value, "localDateTimeStart")
        .ok()
        .and_then(|starts| on_the_wall(starts, zone))
        .ok_or_else(|| malformed("localDateTimeStart"))?;
    let ends = text(value, "localDateTimeEnd").ok();
    let ends = ends.and_then(|ends| on_the_wall(ends, zone));
    let offered = product.options.get(usize::from(option));
    let cutoff = offered.map_or(product.venue.cancellation_cutoff_minutes, |it| it.cutoff);
    let night = date.to_string();
    let id = text(value, "id")?;
    let id = match option {
        0 => [&night, " ", id].concat(),
        _ => [&night, "/", &option.to_string(), " ", id].concat(),
    };
    Ok(Slot {
        id: SlotId(id),
        date,
        starts,
        ends: ends.map(|(_, time, _)| time),
        starts_ms,
        ends_ms: ends.map(|(_, _, ms)| ms),
        area: offered.and_then(|it| it.area.clone()),
        status: status(value, party)
            .ok()
            .flatten()
            .unwrap_or(SlotStatus::Closed),
        confirmed_later: product.venue.capabilities.async_confirmation,
        cancellable_until_ms: Some(starts_ms - i64::from(cutoff) * 60_000),
    })
}
