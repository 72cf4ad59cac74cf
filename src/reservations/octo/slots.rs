//! Nights and seatings.

use booking::failure::Refusal;
use booking::{
    Calendar, CalendarQuery, Date, Day, DayStatus, Failure, LocalTime, Slot, SlotId, SlotStatus,
    civil,
};
use serde_json::Value;

use super::super::json::{malformed, number, object, parse, text};
use super::product::Product;
use crate::platform::network::Answer;

/// The venue's wall in the zone whose rules this site knows, against Greenwich.
const BOGOTA: &str = "America/Bogota";
const BOGOTA_MS: i64 = -5 * 3_600_000;
/// More days or seatings than that nobody was asked for.
const MOST: usize = 500;
/// The most seatings that are offered in place of another.
const INSTEAD: usize = 6;

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

/// Puts a seating after those that come before it. There are few: a sorting algorithm would be a larger
/// download than all of them together.
fn insert(slots: &mut Vec<Slot>, slot: Slot, key: impl Fn(&Slot) -> i64) {
    let at = slots.iter().rposition(|known| key(known) <= key(&slot));
    slots.insert(at.map_or(0, |at| at + 1), slot);
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

/// A time as the venue's wall shows it. Where it comes without an offset, or with another's, that is known
/// of one zone only; of others it is read as it is written.
fn on_the_wall(text: &str, zone: &str) -> Option<(Date, LocalTime, i64)> {
    if zone != BOGOTA {
        let (date, time) = civil::wall_clock(text)?;
        return Some((date, time, civil::instant_ms(text)?));
    }
    let bare = || civil::instant_ms(&[text, "-05:00"].concat());
    let ms = civil::instant_ms(text).or_else(bare)?;
    let minutes = (ms + BOGOTA_MS).div_euclid(60_000);
    let day = i32::try_from(minutes.div_euclid(1_440)).ok()?;
    let (hour, minute) = (minutes.rem_euclid(1_440) / 60, minutes.rem_euclid(60));
    let time = LocalTime::new(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?)?;
    Some((Date::from_days_since_epoch(day)?, time, ms))
}

/// Those of other nights that can be had, the nearest first.
pub fn nearest(slots: Vec<Slot>, night: Date) -> Vec<Slot> {
    let far = |slot: &Slot| {
        let days = slot.date.days_since_epoch() - night.days_since_epoch();
        i64::from(days.abs())
    };
    let mut free = Vec::new();
    for slot in slots {
        if slot.status.is_bookable() {
            insert(&mut free, slot, far);
        }
    }
    free.truncate(INSTEAD);
    free
}

/// What it means that a seating could not be had, now that it is known what there is around it.
pub fn instead(around: Vec<Slot>, night: Date, lost: Option<&SlotId>, why: Failure) -> Failure {
    let mut alternatives = nearest(around, night);
    let before = alternatives.len();
    if let Some(lost) = lost {
        alternatives.retain(|slot| slot.id != *lost);
    }
    match why {
        Failure::HoldExpired { .. } => Failure::HoldExpired { alternatives },
        // It is free, so it was refused for something else.
        Failure::NotModifiable | Failure::Refused(_) if alternatives.len() < before => {
            Failure::Refused(Vec::<Refusal>::new())
        }
        _ => Failure::SlotTaken { alternatives },
    }
}
