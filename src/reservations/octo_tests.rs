//! The OCTO provider against a double that is held to the standard's schemas, and against everything else a
//! network brings.

use booking::message::Confirmation;
use booking::venue::FieldKind;
use booking::{
    Answers, Consents, DayStatus, Guest, Key, Language, Month, Note, Plan, SlotStatus, Status,
    Venue,
};
use jiff::Timestamp;
use octo_double::{Asked, Double, Habits, OPTION, PRODUCT};
use serde_json::json;

use super::super::Provider;
use super::*;
use desk::{Desk, Fate, answer, config};

#[path = "octo_desk.rs"]
mod desk;
#[path = "octo_hostile_tests.rs"]
mod hostile;
#[path = "octo_lost_tests.rs"]
mod lost;
#[path = "octo_options_tests.rs"]
mod options;

/// 20 November 2026, 10:00 on the venue's wall.
const MORNING: i64 = 1_795_186_800;

fn night() -> Date {
    Date::parse("2026-11-27").unwrap()
}

#[test]
fn a_product_is_a_venue() {
    let mut desk = Desk::usual();
    let venue = desk.venue();
    assert_eq!((venue.party_min, venue.party_max), (1, 8));
    assert_eq!(venue.time_zone, "America/Bogota");
    assert_eq!(venue.cancellation_cutoff_minutes, 1_440);
    assert_eq!(venue.services[0].start_times.len(), 2);
    assert!(venue.trial && venue.capabilities.modify && venue.capabilities.holds);
    assert!(!venue.capabilities.preorder && !venue.capabilities.erase);
    let asked = venue.lead_fields.iter().map(|field| field.id.as_str());
    let asked: Vec<_> = asked.collect();
    assert_eq!(asked, ["givenName", "familyName", "email", "phone"]);
    assert!(venue.guest_fields.is_empty());
    // The settings may have changed: they are asked for anew, and nothing else is.
    desk.venue();
    let product = format!("GET /products/{PRODUCT}");
    assert_eq!(desk.sent, [product.as_str(), product.as_str()]);
    let live = config(r#","mode":"live","optionId":"evening","unitId":"adult""#);
    assert!(!Desk::new(Habits::default(), &live).venue().trial);
}

#[test]
fn paths_end_as_the_address_does() {
    let slashes = Habits {
        slashes: true,
        ..Habits::default()
    };
    let config = config("").replace("/v1\"", "/v1/\"");
    let mut desk = Desk::new(slashes, &config);
    assert_eq!(desk.held(2).status, Status::OnHold);
    let posts: Vec<_> = desk
        .sent
        .iter()
        .filter(|sent| sent.starts_with("POST"))
        .collect();
    assert_eq!(posts, ["POST /availability/", "POST /bookings/"]);
}

#[test]
fn a_month_tells_its_own_nights_and_the_first_free_one() {
    for silent in [false, true] {
        let habits = Habits {
            silent,
            ..Habits::default()
        };
        let mut desk = Desk::new(habits, &config(""));
        for seating in octo_double::seatings("2026-11-22".parse().unwrap()) {
            desk.double.taken.insert(seating, 5);
        }
        let month = night().month();
        let calendar = |desk: &mut Desk, month: Month, party| {
            let wanted = Wanted::Calendar(CalendarQuery { month, party });
            desk.ask(wanted).unwrap().calendar().unwrap()
        };
        let few = calendar(&mut desk, month, 2);
        let day = |calendar: &booking::Calendar, text: &str| {
            let date = Date::parse(text).unwrap();
            calendar.day(date).map(|day| day.status)
        };
        assert!(few.days.iter().all(|day| day.date.month() == month));
        assert_eq!(day(&few, "2026-11-22"), Some(DayStatus::Limited));
        assert_eq!(day(&few, "2026-11-23"), Some(DayStatus::Available));
        let past = (!silent).then_some(DayStatus::Closed);
        assert_eq!(day(&few, "2026-11-20"), past);
        assert_eq!(few.first_available, Date::parse("2026-11-21"));
        let many = calendar(&mut desk, month, 4);
        assert_eq!(day(&many, "2026-11-22"), Some(DayStatus::SoldOut));
        // The month is over, and there is a way on.
        desk.later(10 * 24 * 60 + 11 * 60);
        let none = calendar(&mut desk, month, 2);
        assert!(none.days.iter().all(|day| !day.status.is_bookable()));
        assert_eq!(none.first_available, Date::parse("2026-12-01"));
    }
}

#[test]
fn a_full_evening_brings_those_around_it() {
    let mut desk = Desk::usual();
    let open = desk.evening(night(), 2);
    let times: Vec<_> = open
        .slots
        .iter()
        .map(|slot| slot.starts.to_string())
        .collect();
    assert_eq!(times, ["19:00", "21:00"]);
    assert_eq!(open.slots[0].starts_ms, 1_795_824_000_000);
    assert_eq!(open.slots[0].ends.unwrap().to_string(), "20:50");
    assert!(open.alternatives.is_empty());
    for seating in octo_double::seatings("2026-11-27".parse().unwrap()) {
        desk.double.taken.insert(seating, 8);
    }
    let full = desk.evening(night(), 2);
    assert!(
        full.slots
            .iter()
            .all(|slot| slot.status == SlotStatus::SoldOut)
    );
    let nights: Vec<_> = full
        .alternatives
        .iter()
        .map(|slot| slot.date.to_string())
        .collect();
    let around = ["2026-11-26", "2026-11-26", "2026-11-28", "2026-11-28"];
    assert_eq!(nights[..4], around);
    assert_eq!(nights.len(), 6);
}

#[test]
fn a_table_is_held_lengthened_booked_changed_and_cancelled() {
    let mut desk = Desk::usual();
    let held = desk.held(2);
    assert_eq!((held.status, held.party), (Status::OnHold, 2));
    let expires = held.expires_ms.unwrap();
    assert_eq!(expires - held.server_ms.unwrap(), 600_000);
    assert_eq!(
        held.slot.cancellable_until_ms,
        Some(held.slot.starts_ms - 86_400_000)
    );
    desk.later(1);
    let extension = Wanted::Extension {
        access: held.access.clone(),
        version: held.version,
        key: Key("more".into()),
    };
    let longer = desk.ask(extension).unwrap().reservation().unwrap();
    assert!(longer.expires_ms.unwrap() > expires && longer.version > held.version);
    let booked = desk.confirm(&longer, Answers::default()).unwrap();
    assert_eq!(booked.status, Status::Confirmed);
    assert_eq!(booked.name.as_deref(), Some("Lucía Pérez"));
    assert_eq!(booked.note.0, "We bring a cake.");
    assert!(booked.reference.starts_with("RS"));
    let other = desk.evening(night(), 3).slots[1].id.clone();
    let wish = |version| Wish {
        access: booked.access.clone(),
        version,
        key: Key("change".into()),
        slot: Some(other.clone()),
        party: Some(3),
        guests: None,
        plan: None,
        note: Some(Note("Four candles.".into())),
    };
    let stale = desk.ask(Wanted::Change(Box::new(wish(1))));
    assert_eq!(stale, Err(Failure::Changed));
    desk.later(1);
    let changed = desk.ask(Wanted::Change(Box::new(wish(booked.version))));
    let changed = changed.unwrap().reservation().unwrap();
    assert_eq!((changed.slot.id.clone(), changed.party), (other, 3));
    assert_eq!(changed.note.0, "Four candles.");
    for _ in 0..2 {
        let wanted = Wanted::Cancellation(booked.access.clone());
        let over = desk.ask(wanted).unwrap().reservation().unwrap();
        assert_eq!(over.status, Status::Cancelled);
    }
    assert_eq!(desk.double.standing(desk.now), 0);
}

#[test]
fn a_change_that_does_not_fit_leaves_the_table_and_names_others() {
    let mut desk = Desk::usual();
    let held = desk.held(2);
    let booked = desk.confirm(&held, Answers::default()).unwrap();
    let seating = held.slot.id.0.split_once(' ').unwrap().1;
    desk.double.taken.insert(seating.to_owned(), 6);
    let wish = Wish {
        access: booked.access.clone(),
        version: booked.version,
        key: Key("change".into()),
        slot: None,
        party: Some(5),
        guests: None,
        plan: None,
        note: None,
    };
    let refused = desk.ask(Wanted::Change(Box::new(wish)));
    let Err(Failure::SlotTaken { alternatives }) = refused else {
        panic!("{refused:?}");
    };
    assert!(!alternatives.is_empty());
    assert!(alternatives.iter().all(|slot| slot.id != held.slot.id));
    assert_eq!(desk.read(&booked.access).unwrap().party, 2);
}

#[test]
fn where_there_are_places_for_children_each_guest_says_which() {
    let habits = Habits {
        children: true,
        ..Habits::default()
    };
    let mut desk = Desk::new(habits, &config(""));
    let venue = desk.venue();
    let [kind] = &venue.guest_fields[..] else {
        panic!("{:?}", venue.guest_fields);
    };
    assert_eq!(
        (kind.id.as_str(), kind.kind),
        ("ageGroup", FieldKind::Choice)
    );
    let options: Vec<_> = kind
        .options
        .iter()
        .map(|option| option.label.es.as_str())
        .collect();
    assert_eq!(options, ["Adulto", "Menor de 12"]);
    let held = desk.held(3);
    let mut answers = Answers::of(3);
    for (guest, unit) in [(0, "ADULT"), (1, "ADULT"), (2, "CHILD")] {
        answers.set(guest, "ageGroup", unit.into());
    }
    assert_eq!(desk.confirm(&held, answers).unwrap().party, 3);
    // Whoever is named in the file has no choice.
    let fixed = config(r#","unitId":"adult""#);
    assert!(Desk::new(habits, &fixed).venue().guest_fields.is_empty());
}

#[test]
fn what_the_file_names_and_the_supplier_does_not_have_is_said() {
    for (file, named) in [
        (config("").replace(PRODUCT, "lunch"), "INVALID_PRODUCT_ID"),
        (config(r#","optionId":"noon""#), "optionId noon"),
        (config(r#","options":["evening","noon"]"#), "options noon"),
        (config(r#","unitId":"senior""#), "unitId senior"),
    ] {
        let why = Desk::new(Habits::default(), &file).ask(Wanted::Venue);
        let Err(Failure::Misconfigured(words)) = why else {
            panic!("{file} was taken: {why:?}");
        };
        assert!(words.contains(named), "{words}");
        // It begins with the field, by which the operator's page explains it.
        assert!(words.starts_with("config.json: "), "{words}");
    }
    assert_eq!(OPTION, "evening");
}

#[test]
fn what_this_site_cannot_ask_is_no_surprise_at_the_end() {
    let answer = |field: &str| {
        let product = json!({"id": "p", "options": [{
            "id": "o", "requiredContactFields": [field], "units": [{"id": "u"}]
        }]});
        answer(200, &product.to_string())
    };
    let config = Config::read(&config("")).unwrap();
    let read = |field| product::read(&answer(field), &config);
    let Err(Failure::Misconfigured(words)) = read("postalCode") else {
        panic!("it is asked for nowhere");
    };
    assert!(words.contains("postalCode"));
    let whole = read("fullName").unwrap().venue.lead_fields;
    let ids: Vec<_> = whole.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(ids, ["givenName", "familyName"]);
    assert!(read("locales").unwrap().venue.lead_fields.is_empty());
}
