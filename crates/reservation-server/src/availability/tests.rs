//! What counts as free, example by example, and one property.

use proptest::prelude::*;

use super::*;
use crate::settings::DEFAULT;

const NOW: &str = "2026-11-20T10:00:00-05:00";

fn settings() -> Settings {
    Settings::parse("default", DEFAULT).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn two() -> Question<'static> {
    Question {
        party: 2,
        service_id: None,
        area_id: None,
        time: None,
    }
}

fn taken(entries: &[(&str, u32, u32)]) -> Occupancy {
    entries
        .iter()
        .map(|(key, booked, held)| {
            (
                (*key).to_owned(),
                Taken {
                    booked: *booked,
                    held: *held,
                },
            )
        })
        .collect()
}

#[test]
fn a_calendar_says_why() {
    let settings = settings();
    let taken = taken(&[
        ("dinner/2026-11-24/19:00", 60, 0),
        ("dinner/2026-11-24/21:00", 59, 0),
        ("dinner/2026-11-25/19:00", 60, 0),
        ("dinner/2026-11-25/21:00", 30, 30),
        ("dinner/2026-11-26/19:00", 60, 0),
        ("dinner/2026-11-26/21:00", 60, 0),
        ("dinner/2026-11-27/19:00", 50, 0),
        ("dinner/2026-11-27/21:00", 50, 8),
    ]);
    let book = Book {
        settings: &settings,
        now: NOW.parse().unwrap(),
        taken: &taken,
    };
    let calendar = book.calendar(day("2026-11-19"), day("2026-11-28"), &two());
    let told: Vec<_> = calendar
        .days
        .iter()
        .map(|day| (day.status.as_str(), day.reason.as_ref().map(Reason::as_str)))
        .collect();
    assert_eq!(
        told,
        [
            ("OUTSIDE_WINDOW", Some("PAST")),
            ("OUTSIDE_WINDOW", Some("TOO_SOON")),
            ("OUTSIDE_WINDOW", Some("TOO_SOON")),
            ("AVAILABLE", None),
            ("CLOSED", Some("CLOSED_WEEKDAY")),
            ("SOLD_OUT", Some("NOT_ENOUGH_PLACES")),
            ("SOLD_OUT", Some("HELD")),
            ("SOLD_OUT", Some("FULL")),
            ("LIMITED", None),
            ("AVAILABLE", None),
        ]
    );
    assert_eq!(calendar.first_available.as_deref(), Some("2026-11-22"));
    let far = book.calendar(day("2027-02-18"), day("2027-02-19"), &two());
    let told: Vec<_> = far.days.iter().map(|day| day.reason.clone()).collect();
    assert_eq!(told, [None, Some(Reason::TooFar)]);
    assert_eq!(far.first_available.as_deref(), Some("2026-11-22"));
}

#[test]
fn alternatives_are_near_and_free() {
    let settings = settings();
    let taken = taken(&[
        ("dinner/2026-12-05/19:00", 60, 0),
        ("dinner/2026-12-04/19:00", 60, 0),
    ]);
    let book = Book {
        settings: &settings,
        now: NOW.parse().unwrap(),
        taken: &taken,
    };
    let keys: Vec<_> = book
        .alternatives(day("2026-12-05"), None, &two())
        .into_iter()
        .map(|slot| slot.starts_at)
        .collect();
    assert_eq!(
        keys,
        [
            "2026-12-05T21:00:00-05:00",
            "2026-12-04T21:00:00-05:00",
            "2026-12-06T19:00:00-05:00",
            "2026-12-06T21:00:00-05:00",
        ]
    );
}

#[test]
fn a_time_without_a_seating_is_no_closed_day() {
    let settings = settings();
    let taken = Occupancy::new();
    let book = Book {
        settings: &settings,
        now: NOW.parse().unwrap(),
        taken: &taken,
    };
    let lunch = Question {
        time: seating::parse_time("13:00"),
        ..two()
    };
    let answer = book.availability(day("2026-12-05"), &lunch);
    assert_eq!(answer.reason, Some(Reason::NotOffered));
    assert_eq!(
        answer.alternatives[0].starts_at,
        "2026-12-05T19:00:00-05:00"
    );
}

#[test]
fn a_closed_or_faraway_day_offers_what_is_near() {
    let settings = settings();
    let taken = Occupancy::new();
    let book = Book {
        settings: &settings,
        now: NOW.parse().unwrap(),
        taken: &taken,
    };
    let monday = book.availability(day("2026-11-30"), &two());
    assert!(monday.slots.is_empty());
    assert_eq!(monday.reason, Some(Reason::ClosedWeekday));
    assert_eq!(monday.alternatives.len(), 4);
    for date in ["9999-12-31", "-009999-01-01", "2027-06-01"] {
        let far = book.availability(day(date), &two());
        assert!(far.slots.is_empty());
        assert_eq!(far.alternatives.len(), 4, "{date}");
    }
}

proptest! {
    #[test]
    fn a_free_seating_really_has_room(booked in 0_u32..70, held in 0_u32..70, party in 1_u32..=8) {
        let settings = settings();
        let taken = taken(&[("dinner/2026-12-05/19:00", booked, held)]);
        let book = Book { settings: &settings, now: NOW.parse().unwrap(), taken: &taken };
        let answer = book.availability(day("2026-12-05"), &Question { party, ..two() });
        let fits = booked + held + party <= 60;
        prop_assert_eq!(bookable(&answer.slots[0].status), fits);
        prop_assert!(answer.alternatives.is_empty());
        let only = book.availability(day("2026-12-05"), &Question { party, time: seating::parse_time("19:00"), service_id: None, area_id: None });
        prop_assert_eq!(only.slots.len(), 1);
        prop_assert_eq!(only.alternatives.is_empty(), fits);
        prop_assert_eq!(only.reason.is_none(), fits);
    }
}
