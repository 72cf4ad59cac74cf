//! What a command answers: lines for people, JSON for programs.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Desk;
use super::act::ALL;
use super::export;
use crate::mail::letter::day;
use crate::record::{Record, Status, masked};
use crate::seating::{self, Seating};
use crate::store::{Block, Posted};

/// The hour of a booking at the venue.
fn local(desk: &Desk<'_>, record: &Record, pattern: &str) -> String {
    let zone = desk.settings.zone.clone();
    record
        .seat
        .starts_at
        .to_zoned_datetime(zone)
        .strftime(pattern)
        .to_string()
}

pub(super) fn status(desk: &Desk<'_>, record: &Record) -> String {
    record
        .status_at(desk.clock.now())
        .word()
        .as_str()
        .to_owned()
}

pub(super) fn name(record: &Record) -> String {
    record.details.as_ref().map_or_else(
        || "(erased)".to_owned(),
        |details| {
            format!("{} {}", details.guest.given_name, details.guest.family_name)
                .trim()
                .to_owned()
        },
    )
}

fn phone(record: &Record) -> &str {
    record
        .details
        .as_ref()
        .map_or("", |details| &details.guest.phone)
}

/// Whether guests are expected, or were there.
pub(super) fn stands(record: &Record) -> bool {
    matches!(
        record.status,
        Status::Pending | Status::Confirmed | Status::Redeemed
    )
}

/// A booking in half a sentence.
pub(super) fn line(desk: &Desk<'_>, record: &Record) -> String {
    format!(
        "{}, {}, {} people, {}",
        record.reference,
        local(desk, record, "%Y-%m-%d %H:%M"),
        record.party_size,
        clean(&name(record))
    )
}

/// A line with an end.
fn end(text: String) -> String {
    format!("{}\n", text.trim_end())
}

pub(super) fn lines(value: &Value) -> String {
    end(serde_json::to_string_pretty(value).unwrap_or_default())
}

/// What guests write must not move the cursor.
pub(super) fn clean(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ")
}

pub(super) fn list(desk: &Desk<'_>, date: Date, records: &[Record]) -> String {
    if desk.json {
        return lines(&Value::Array(
            records.iter().map(|it| record(desk, it)).collect(),
        ));
    }
    let people: u32 = records
        .iter()
        .filter(|it| stands(it))
        .map(|it| it.party_size)
        .sum();
    let mut text = format!("{}: {people} people\n", day(date, "en"));
    for it in records {
        let fields = [
            local(desk, it, "%H:%M"),
            it.reference.clone(),
            format!("{:<9}", status(desk, it)),
            format!("{:>3}", it.party_size),
            it.seat.area_id.clone().unwrap_or_default(),
            clean(&name(it)),
            clean(phone(it)),
        ];
        let filled = fields.iter().filter(|field| !field.is_empty());
        let row: Vec<&str> = filled.map(String::as_str).collect();
        text.push_str(&end(row.join("  ")));
    }
    text
}

/// A booking after something was done to it.
pub(super) fn done(desk: &Desk<'_>, it: &Record) -> String {
    if desk.json {
        return lines(&record(desk, it));
    }
    end(format!("{}  {}", status(desk, it), line(desk, it)))
}

pub(super) fn one(desk: &Desk<'_>, it: &Record) -> String {
    if desk.json {
        return lines(&record(desk, it));
    }
    let details = it.details.as_ref();
    let guest = details.map(|details| &details.guest);
    let told = [
        ("reference", it.reference.clone()),
        ("status", status(desk, it)),
        ("when", local(desk, it, "%Y-%m-%d %H:%M")),
        ("service", it.seat.service_id.clone()),
        ("area", it.seat.area_id.clone().unwrap_or_default()),
        ("people", it.party_size.to_string()),
        ("name", name(it)),
        ("phone", phone(it).to_owned()),
        (
            "email",
            guest.map_or_else(String::new, |guest| guest.email.clone()),
        ),
        (
            "language",
            guest.map_or_else(String::new, |guest| guest.locale.clone()),
        ),
        (
            "guests",
            details.map_or_else(String::new, |it| export::names(&desk.settings, it)),
        ),
        ("dishes", details.map_or_else(String::new, export::dishes)),
        ("needs", details.map_or_else(String::new, export::needs)),
        (
            "note",
            details.and_then(|it| it.note.clone()).unwrap_or_default(),
        ),
        ("id", it.id.clone()),
    ];
    let told = told.iter().filter(|(_, text)| !text.is_empty());
    let told: Vec<String> = told
        .map(|(key, text)| format!("{key:<10} {}\n", clean(text)))
        .collect();
    told.concat()
}

/// A booking, but for documents' numbers.
fn record(desk: &Desk<'_>, it: &Record) -> Value {
    let details = it.details.as_ref();
    let guest = details.map(|details| &details.guest);
    let guests = details.map(|details| masked(&desk.settings, details.guests.clone()));
    json!({
        "reference": it.reference,
        "id": it.id,
        "status": status(desk, it),
        "startsAt": seating::told(&desk.settings.zone, it.seat.starts_at),
        "service": it.seat.service_id,
        "area": it.seat.area_id,
        "people": it.party_size,
        "name": name(it),
        "phone": guest.map(|guest| &guest.phone),
        "email": guest.map(|guest| &guest.email),
        "locale": guest.map(|guest| &guest.locale),
        "guests": guests.unwrap_or_default(),
        "dishes": details.map(|details| &details.dishes),
        "dietary": details.map(|details| &details.dietary),
        "note": details.and_then(|details| details.note.as_ref()),
        "version": it.version,
    })
}

/// Seatings, to choose from.
pub(super) fn seatings(all: &[Seating]) -> String {
    let named = all.iter().map(|it| {
        let area = it
            .seat
            .area_id
            .as_deref()
            .map_or(String::new(), |area| format!(" {area}"));
        format!("{} {}{area}", it.time.strftime("%H:%M"), it.seat.service_id)
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() {
        "none".to_owned()
    } else {
        named.join(", ")
    }
}

pub(super) fn blocked(desk: &Desk<'_>, all: &[Block], staying: usize) -> String {
    if desk.json {
        return lines(&json!({ "blocked": all.len(), "bookings": staying }));
    }
    format!(
        "{} seatings are out of sale; {staying} bookings there stay as they are\n",
        all.len()
    )
}

pub(super) fn unblocked(desk: &Desk<'_>, count: u64) -> String {
    if desk.json {
        return lines(&json!({ "unblocked": count }));
    }
    format!("{count} seatings are back on sale\n")
}

pub(super) fn blocks(desk: &Desk<'_>, all: &[Block]) -> String {
    if desk.json {
        let all = all.iter().map(|it| {
            let places = (it.places < ALL).then_some(it.places);
            json!({ "seating": it.seating, "places": places, "all": places.is_none() })
        });
        return lines(&Value::Array(all.collect()));
    }
    if all.is_empty() {
        return "nothing is out of sale\n".to_owned();
    }
    let told = all.iter().map(|it| match it.places {
        ALL.. => format!("{}  all places\n", it.seating),
        places => format!("{}  {places} places\n", it.seating),
    });
    told.collect::<Vec<_>>().concat()
}

pub(super) fn retried(desk: &Desk<'_>, id: &str) -> String {
    if desk.json {
        return lines(&json!({ "retried": id }));
    }
    format!("the message {id} is tried again\n")
}

/// Mail that waits or was given up, and how much was sent.
pub(super) fn messages(desk: &Desk<'_>, all: &[Posted]) -> String {
    let count = |outcome: &str| {
        all.iter()
            .filter(|it| it.outcome.as_deref() == Some(outcome))
            .count()
    };
    let is_open = |it: &&Posted| it.outcome.is_none() || it.outcome.as_deref() == Some("GIVEN_UP");
    let open: Vec<&Posted> = all.iter().filter(is_open).collect();
    let zone = &desk.settings.zone;
    if desk.json {
        let open = open.iter().map(|it| {
            json!({
                "id": it.item.id, "kind": it.item.kind.word(), "about": it.item.about,
                "madeAt": seating::told(zone, it.item.made_at), "attempts": it.item.attempts,
                "givenUp": it.outcome.is_some(), "fault": it.fault,
            })
        });
        return lines(&json!({ "sent": count("SENT"), "open": open.collect::<Vec<_>>() }));
    }
    let mut text = format!(
        "{} sent, {} waiting or given up\n",
        count("SENT"),
        open.len()
    );
    for it in open {
        let state = if it.outcome.is_some() {
            "given up"
        } else {
            "waits"
        };
        let (id, kind, attempts) = (&it.item.id, it.item.kind.word(), it.item.attempts);
        let fault = it.fault.as_deref().unwrap_or_default();
        let row = format!("{id}  {kind}  {state}  {attempts} attempts  {fault}");
        text.push_str(&end(row));
    }
    text
}
