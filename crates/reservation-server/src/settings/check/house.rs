//! The house: what is served when, where, and to how many.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use jiff::civil::Weekday;
use reservation_contract::venue::GuestField;
use reservation_contract::words::{ConfirmationMode, FieldType};

use super::{Checked, id, minutes, text, within, wrong};
use crate::retention::Retention;
use crate::seating::parse_time;
use crate::settings::{Area, Room, Service, raw};

pub(super) fn areas(raw: Vec<raw::Area>) -> Checked<Vec<Area>> {
    let mut seen = BTreeSet::new();
    raw.into_iter()
        .enumerate()
        .map(|(index, raw)| {
            let key = |name: &str| format!("area.{index}.{name}");
            id(&key("id"), &raw.id)?;
            if !seen.insert(raw.id.clone()) {
                return wrong(key("id"), "is used twice");
            }
            text(&key("name"), &raw.name)?;
            text(&key("description"), &raw.description)?;
            Ok(Area {
                id: raw.id,
                name: raw.name,
                description: raw.description,
                room: room(&format!("area.{index}"), raw.places, raw.limited_from)?,
            })
        })
        .collect()
}

fn room(at: &str, places: u32, limited_from: u32) -> Checked<Room> {
    within(&format!("{at}.places"), places, 1, 100_000)?;
    within(&format!("{at}.limited_from"), limited_from, 0, places)?;
    Ok(Room {
        places,
        limited_from,
    })
}

/// Places belong to the areas where there are any, and to the service where there are none.
fn whole_house(at: &str, raw: &raw::Service, has_areas: bool) -> Checked<Room> {
    match (raw.places, raw.limited_from) {
        (None, None) if has_areas => Ok(Room {
            places: 0,
            limited_from: 0,
        }),
        _ if has_areas => wrong(
            format!("{at}.places"),
            "and limited_from must be left out: the areas have places of their own",
        ),
        (Some(places), Some(limited_from)) => room(at, places, limited_from),
        (None, _) => wrong(format!("{at}.places"), "is missing"),
        (_, None) => wrong(format!("{at}.limited_from"), "is missing"),
    }
}

/// `answered` says that somebody writes to guests, who would otherwise wait for a word that never comes.
pub(super) fn services(
    raw: Vec<raw::Service>,
    has_areas: bool,
    answered: bool,
) -> Checked<Vec<Service>> {
    if raw.is_empty() {
        return wrong("service", "must name at least one service");
    }
    let mut seen = BTreeSet::new();
    raw.into_iter()
        .enumerate()
        .map(|(index, raw)| {
            if !seen.insert(raw.id.clone()) {
                return wrong(format!("service.{index}.id"), "is used twice");
            }
            if raw.confirm_by_hand && !answered {
                return wrong(
                    format!("service.{index}.confirm_by_hand"),
                    "needs messages.smtp, or messages.by_hand = true: somebody has to tell the guests",
                );
            }
            service(&format!("service.{index}"), raw, has_areas)
        })
        .collect()
}

fn service(at: &str, raw: raw::Service, has_areas: bool) -> Checked<Service> {
    let key = |name: &str| format!("{at}.{name}");
    id(&key("id"), &raw.id)?;
    text(&key("name"), &raw.name)?;
    within(&key("duration_minutes"), raw.duration_minutes, 1, 1_440)?;
    let room = whole_house(at, &raw, has_areas)?;
    let Some(weekdays) = raw
        .weekdays
        .iter()
        .map(|day| weekday(day))
        .collect::<Option<Vec<_>>>()
    else {
        return wrong(
            key("weekdays"),
            "must be English weekdays such as \"tuesday\"",
        );
    };
    let Some(start_times) = raw
        .start_times
        .iter()
        .map(|time| parse_time(time))
        .collect::<Option<Vec<_>>>()
    else {
        return wrong(key("start_times"), "must be local times such as \"19:00\"");
    };
    if weekdays.is_empty() {
        return wrong(key("weekdays"), "must name at least one day");
    }
    if start_times.is_empty() || !start_times.is_sorted_by(|a, b| a < b) {
        return wrong(
            key("start_times"),
            "must hold at least one time, in ascending order",
        );
    }
    Ok(Service {
        id: raw.id,
        name: raw.name,
        weekdays,
        start_times,
        duration: minutes(raw.duration_minutes),
        room,
        confirmation: if raw.confirm_by_hand {
            ConfirmationMode::Async
        } else {
            ConfirmationMode::Instant
        },
    })
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// How long each kind of what is personal outlives its evening: none longer than who it is of.
pub(super) fn retention(raw: &raw::Privacy, asked: &[GuestField]) -> Retention {
    let most = raw.retention_days;
    let days = |days: Option<u32>| {
        let days = days.unwrap_or(most).min(most);
        SignedDuration::from_hours(24 * i64::from(days))
    };
    let documents = asked
        .iter()
        .filter(|field| field.kind == FieldType::Document);
    Retention {
        contact: days(None),
        documents: days(raw.documents_days),
        dietary: days(raw.dietary_days),
        note: days(raw.note_days),
        document_fields: documents.map(|field| field.id.clone()).collect(),
    }
}
