//! A product with several options, as parts of the house or as one.

use octo_double::PATIO;

use super::*;

/// A house with a patio, where the file names both, and which part each is.
fn desk(areas: bool, children: bool) -> Desk {
    let habits = Habits {
        patio: true,
        children,
        ..Habits::default()
    };
    let fields = if areas {
        format!(
            r#","options":[{{"id":"{OPTION}","area":"Salón"}},
                {{"id":"{PATIO}","area":{{"es":"Patio","en":"Courtyard"}}}}]"#
        )
    } else {
        format!(r#","options":["{OPTION}","{PATIO}"]"#)
    };
    Desk::new(habits, &config(&fields))
}

fn to_be_had(slots: &[Slot]) -> Vec<(String, Option<&str>)> {
    let said = |slot: &Slot| (slot.starts.to_string(), slot.status.is_bookable());
    slots
        .iter()
        .filter(|slot| said(slot).1)
        .map(|slot| (said(slot).0, slot.area.as_deref()))
        .collect()
}

fn first_in<'s>(slots: &'s [Slot], area: &str) -> &'s Slot {
    let mut slots = slots.iter();
    slots
        .find(|slot| slot.area.as_deref() == Some(area))
        .unwrap()
}

/// Who comes: a child among them, where guests are asked.
fn answers(asked: bool) -> Answers {
    let mut answers = Answers::default();
    if asked {
        answers = Answers::of(3);
        for (guest, kind) in [(0, "ADULT"), (1, "CHILD"), (2, "ADULT")] {
            answers.set(guest, "ageGroup", kind.into());
        }
    }
    answers
}

fn fill(desk: &mut Desk, seatings: &[String]) {
    for seating in seatings {
        desk.double.taken.insert(seating.clone(), 8);
    }
}

fn date() -> jiff::civil::Date {
    "2026-11-27".parse().unwrap()
}

#[test]
fn options_are_parts_of_the_house_and_each_seating_says_which() {
    let mut desk = desk(true, false);
    let venue = desk.venue();
    let names = venue.areas.iter().map(|area| area.name.en.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["Salón", "Courtyard"]);
    assert!(venue.capabilities.areas && venue.guest_fields.is_empty());
    let open = desk.evening(night(), 2);
    let (hall, patio) = (Some("Salón"), Some("Patio"));
    let all = [
        ("19:00", hall),
        ("19:00", patio),
        ("21:00", hall),
        ("21:00", patio),
    ];
    assert_eq!(
        to_be_had(&open.slots),
        all.map(|(at, area)| (at.to_owned(), area))
    );
    // One that is full there is full, and the night is not.
    fill(&mut desk, &octo_double::seatings(date()));
    let left_over = desk.evening(night(), 2);
    let left = [("19:00", patio), ("21:00", patio)];
    assert_eq!(
        to_be_had(&left_over.slots),
        left.map(|(at, area)| (at.to_owned(), area))
    );
    assert!(left_over.alternatives.is_empty());
    let month = Wanted::Calendar(CalendarQuery {
        month: night().month(),
        party: 2,
    });
    let month = desk.ask(month.clone()).unwrap().calendar().unwrap();
    let status = |calendar: &booking::Calendar| calendar.day(night()).unwrap().status;
    assert_eq!(status(&month), DayStatus::Available);
    assert_eq!(
        month.days.len(),
        30,
        "a day is one day, in however many options"
    );
    fill(&mut desk, &octo_double::on_the_patio(date()));
    let full = desk.evening(night(), 2);
    assert!(!full.has_room());
    let areas: Vec<_> = full
        .alternatives
        .iter()
        .map(|slot| slot.area.as_deref())
        .collect();
    assert!(areas.contains(&hall) && areas.contains(&patio), "{areas:?}");
}

#[test]
fn a_table_on_the_patio_is_held_lengthened_booked_moved_in_and_cancelled() {
    for children in [false, true] {
        let mut desk = desk(true, children);
        let kinds = desk.venue().guest_fields.len();
        assert_eq!(kinds, usize::from(children), "one question for all options");
        let slots = desk.evening(night(), 3).slots;
        let late = first_in(&slots, "Patio");
        let held = desk.hold("a-key", &late.id, 3).unwrap();
        assert_eq!(
            (&held.slot.id, held.slot.area.as_deref()),
            (&late.id, Some("Patio"))
        );
        // The same key finds the same table, in whatever option it is.
        assert_eq!(desk.hold("a-key", &late.id, 3).unwrap().access, held.access);
        let longer = Wanted::Extension {
            access: held.access.clone(),
            version: held.version,
            key: Key("more".into()),
        };
        desk.ask(longer).unwrap();
        let booked = desk.confirm(&held, answers(children)).unwrap();
        assert_eq!(
            (booked.party, booked.slot.area.as_deref()),
            (3, Some("Patio"))
        );
        let inside = first_in(&slots, "Salón");
        let wish = Wish {
            access: booked.access.clone(),
            version: booked.version,
            key: Key("change".into()),
            slot: Some(inside.id.clone()),
            party: Some(4),
            guests: None,
            plan: None,
            note: None,
        };
        // The units of the patio are none of the hall's: the double refuses them there.
        let moved = desk
            .ask(Wanted::Change(Box::new(wish)))
            .unwrap()
            .reservation()
            .unwrap();
        assert_eq!(
            (moved.party, moved.slot.area.as_deref()),
            (4, Some("Salón"))
        );
        assert_eq!(desk.read(&booked.access).unwrap().slot.id, inside.id);
        let over = desk.ask(Wanted::Cancellation(booked.access)).unwrap();
        assert_eq!(over.reservation().unwrap().status, Status::Cancelled);
        assert_eq!(desk.double.standing(desk.now), 0);
    }
}

#[test]
fn options_nobody_chooses_between_are_one_house() {
    let mut desk = desk(false, false);
    let venue = desk.venue();
    assert!(venue.areas.is_empty() && !venue.capabilities.areas);
    let both = ["19:00", "21:00"].map(|at| (at.to_owned(), None));
    assert_eq!(to_be_had(&desk.evening(night(), 2).slots), both);
    // Where one is full, the same time is to be had in the other.
    fill(&mut desk, &octo_double::seatings(date()));
    let evening = desk.evening(night(), 2);
    assert_eq!(to_be_had(&evening.slots), both);
    let held = desk.hold("a-key", &evening.slots[0].id, 2).unwrap();
    assert_eq!(
        desk.confirm(&held, Answers::default()).unwrap().status,
        Status::Confirmed
    );
    assert_eq!(desk.double.standing(desk.now), 1);
}

#[test]
fn a_seating_of_an_option_that_is_offered_no_more_is_gone() {
    let mut desk = desk(true, false);
    desk.venue();
    for odd in [
        "2026-11-27/2 x",
        "2026-11-27/255 x",
        "2026-11-27/a x",
        "2026-11-27/1",
    ] {
        let gone = desk.hold("a-key", &SlotId(odd.into()), 2);
        assert!(matches!(gone, Err(Failure::SlotTaken { .. })), "{odd}");
    }
    // What was booked of it is still read, in no part of the house.
    let slots = desk.evening(night(), 2).slots;
    let patio = first_in(&slots, "Patio");
    let held = desk.hold("a-key", &patio.id, 2).unwrap();
    desk.api = Config::read(&config("")).unwrap().provider(true).unwrap();
    let read = desk.read(&held.access).unwrap();
    assert_eq!((read.status, read.slot.area), (Status::OnHold, None));
}

#[test]
fn who_the_supplier_is_is_asked_of_nobody_who_books() {
    let mut desk = Desk::usual();
    let held = desk.held(2);
    desk.confirm(&held, Answers::default()).unwrap();
    assert!(desk.sent.iter().all(|sent| !sent.contains("supplier")));
    let Provider::Octo(api) = desk.api.clone() else {
        panic!("another provider");
    };
    let came = desk.answer(&supplier::question(&api));
    let who = "INTERNO · https://interno.example · mesa@interno.example";
    assert_eq!(supplier::read(came), Ok(who.to_owned()));
    for (body, why) in [
        ("[]", "name"),
        (r#"{"name":7}"#, "name"),
        ("<html>", "body"),
    ] {
        let read = supplier::read(Ok(answer(200, body)));
        assert_eq!(read, Err(Failure::Malformed(why.into())), "{body}");
    }
}

#[test]
fn a_supplier_that_writes_to_guests_is_said_to() {
    assert!(!Desk::usual().venue().capabilities.messages);
    let writes = config(r#","sendsEmail":true"#);
    assert!(
        Desk::new(Habits::default(), &writes)
            .venue()
            .capabilities
            .messages
    );
}
