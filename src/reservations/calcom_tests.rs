//! The Cal.com provider against a double that is held to the documentation, and against everything else a
//! network brings.

use booking::failure::Refusal;
use booking::{Answers, Consents, DayStatus, Evening, Key, Language, Month, Note, Plan, Status};
use calcom_double::{Asked, BAD_PHONE, Double, EVENT, Habits, PARTY_FIELD, ROOM};
use jiff::Timestamp;

use super::super::Provider;
use super::*;
use desk::{Desk, Fate, answer, config};

#[path = "calcom_desk.rs"]
mod desk;
#[path = "calcom_hostile_tests.rs"]
mod hostile;

/// 20 November 2026, 10:00 on the venue's wall.
const MORNING: i64 = 1_795_186_800;

fn night() -> Date {
    Date::parse("2026-11-27").unwrap()
}

#[test]
fn the_file_is_the_venue_and_nobody_is_asked() {
    let venue = |fields: &str| {
        let config = Config::read(&config(fields)).unwrap();
        let Next::Done(Ok(Reply::Venue(venue))) =
            config.provider(true).unwrap().begin(Wanted::Venue)
        else {
            panic!("a request");
        };
        venue
    };
    let usual = venue("");
    assert_eq!((usual.party_min, usual.party_max), (1, 8));
    assert!(usual.trial && usual.capabilities.only_moves);
    assert!(!usual.capabilities.preorder && !usual.capabilities.erase);
    let own = venue(r#","mode":"live","partyMin":2,"partyMax":6"#);
    assert_eq!((own.party_min, own.party_max, own.trial), (2, 6, false));
    for (fields, named) in [
        (r#","partyMin":7,"partyMax":6"#, "partyMin is more"),
        (r#","partyMax":0"#, "partyMax is no small number"),
        (r#","apiKey":"cal_live_x""#, "apiKey must not be here"),
        (r#","eventTypeId":"dinner""#, "eventTypeId is no number"),
        (r#","partyField":7"#, "partyField is no text"),
        (r#","timeZone":[]"#, "timeZone is no text"),
    ] {
        let read = Config::read(&config(fields)).and_then(|config| config.check(true));
        let Err(Failure::Misconfigured(words)) = read else {
            panic!("{fields} was taken");
        };
        assert!(words.contains(named), "{words}");
        assert!(!words.contains("cal_live"), "{words}");
    }
}

#[test]
fn a_month_tells_its_own_nights_and_the_first_free_one() {
    for generous in [false, true] {
        let mut desk = Desk::new(Habits {
            generous,
            ..Habits::default()
        });
        for seating in calcom_double::seatings("2026-11-22".parse().unwrap()) {
            desk.double.taken.insert(seating, ROOM);
        }
        let calendar = |desk: &mut Desk, month: Month| {
            let wanted = Wanted::Calendar(CalendarQuery { month, party: 2 });
            desk.ask(wanted).unwrap().calendar().unwrap()
        };
        let month = night().month();
        let november = calendar(&mut desk, month);
        assert_eq!(
            desk.sent,
            [
                "GET /v2/slots?eventTypeId=4711&start=2026-11-01&end=2027-01-01\
              &timeZone=America/Bogota&format=range"
            ]
        );
        let day = |text: &str| {
            let date = Date::parse(text).unwrap();
            november.day(date).map(|day| day.status)
        };
        assert_eq!(day("2026-11-20"), None);
        assert_eq!(day("2026-11-21"), Some(DayStatus::Available));
        assert_eq!(day("2026-11-22"), None);
        // The last evening of the month is the next month in Greenwich.
        assert_eq!(day("2026-11-30"), Some(DayStatus::Available));
        assert_eq!(november.days.len(), 9);
        assert_eq!(november.first_available, Date::parse("2026-11-21"));
        desk.later(10 * 24 * 60 + 11 * 60);
        let over = calendar(&mut desk, month);
        assert_eq!(over.days, []);
        assert_eq!(over.first_available, Date::parse("2026-12-01"));
    }
}

#[test]
fn an_evening_is_told_on_the_venues_wall_and_a_full_one_with_those_around_it() {
    let mut desk = Desk::usual();
    let open = desk.evening(night());
    let times = open.slots.iter().map(|slot| slot.starts.to_string());
    let times: Vec<_> = times.collect();
    assert_eq!(times, ["19:00", "21:00"]);
    assert_eq!(open.slots[0].starts_ms, 1_795_824_000_000);
    assert_eq!(open.slots[0].id.0, "2026-11-28T00:00:00Z");
    assert_eq!(open.slots[0].ends.unwrap().to_string(), "20:50");
    assert!(open.alternatives.is_empty());
    for seating in calcom_double::seatings("2026-11-27".parse().unwrap()) {
        desk.double.taken.insert(seating, ROOM);
    }
    let full = desk.evening(night());
    assert!(full.slots.is_empty());
    let nights: Vec<_> = full
        .alternatives
        .iter()
        .map(|slot| slot.date.to_string())
        .collect();
    assert_eq!(nights[..3], ["2026-11-26", "2026-11-26", "2026-11-28"]);
    assert_eq!(desk.sent.len(), 1);
}

#[test]
fn a_table_is_held_booked_moved_and_cancelled() {
    let mut desk = Desk::usual();
    let held = desk.held();
    assert_eq!(
        (held.status, held.party, held.blind),
        (Status::OnHold, 2, true)
    );
    assert_eq!(held.expires_ms.unwrap() - held.server_ms.unwrap(), 300_000);
    // A reload finds it, and how many it is for, which only the link says.
    desk.later(1);
    let again = desk.read(&held.access).unwrap();
    assert_eq!(
        (again.access.clone(), again.party),
        (held.access.clone(), 2)
    );
    assert_eq!(
        (again.slot.id.clone(), again.server_ms),
        (held.slot.id.clone(), None)
    );
    let booked = desk.confirm(&held).unwrap();
    assert_eq!(
        desk.body.pointer("/bookingFieldsResponses/people"),
        Some(&Value::from(2))
    );
    assert_eq!(
        desk.body.get("reservedSlotUid"),
        Some(&held.access.id.as_str().into())
    );
    assert_eq!((booked.status, booked.party), (Status::Confirmed, 2));
    assert_eq!(booked.name.as_deref(), Some("Lucía Pérez"));
    assert_eq!(booked.note.0, "We bring a cake.");
    assert_ne!(booked.access.id, held.access.id);
    assert_eq!(desk.double.held(desk.now), 0);
    let late = desk.evening(night()).slots[1].id.clone();
    desk.later(1);
    let moved = desk.move_to(&booked, &late).unwrap();
    assert_eq!((moved.slot.id.clone(), moved.party), (late, 2));
    // It is another booking there; the guest's own link leads to it.
    assert_eq!(moved.access, booked.access);
    let read = desk.read(&booked.access).unwrap();
    assert_eq!(
        (read.slot.id, read.status),
        (moved.slot.id.clone(), Status::Confirmed)
    );
    assert_eq!(desk.sent.len(), 2, "{:?}", desk.sent);
    let early = booked.slot.id.clone();
    assert_eq!(desk.move_to(&booked, &early), Err(Failure::Changed));
    desk.later(1);
    let back = desk.move_to(&moved, &early).unwrap();
    assert_eq!((back.slot.id, desk.double.booked()), (early, 1));
    for _ in 0..2 {
        let over = desk.cancel(&booked.access).unwrap();
        assert_eq!(over.status, Status::Cancelled);
    }
    assert_eq!(desk.double.booked(), 0);
}

#[test]
fn guests_who_would_share_a_booking_are_not_led_into_one() {
    let seated = r#"{"status":"success","data":{"2026-11-27":[{"start":"2026-11-27T19:00:00.000-05:00",
        "seatsBooked":1,"seatsRemaining":3,"seatsTotal":4,"bookingUid":"x"}]}}"#;
    let own = own(&Config::read(&config("")).unwrap()).unwrap();
    let Err(Failure::Misconfigured(words)) = read::slots(&answer(200, seated), &own) else {
        panic!("a seat is taken for a table");
    };
    assert!(words.contains("eventTypeId"), "{words}");
}

#[test]
fn a_house_elsewhere_has_its_own_wall() {
    let mut desk = Desk::new(Habits {
        in_madrid: true,
        ..Habits::default()
    });
    let file = config(r#","timeZone":"Europe/Madrid""#);
    desk.api = Config::read(&file).unwrap().provider(true).unwrap();
    // 19:00 in Cartagena is 01:00 of the next day there.
    let evening = desk.evening(Date::parse("2026-11-28").unwrap());
    let held = desk.hold(&evening.slots[0].id, 2).unwrap();
    let booked = desk.confirm(&held).unwrap();
    for slot in [&evening.slots[0], &held.slot, &booked.slot] {
        let wall = (slot.date.to_string(), slot.starts.to_string());
        assert_eq!(wall, ("2026-11-28".to_owned(), "01:00".to_owned()));
        assert_eq!(slot.starts_ms, 1_795_824_000_000);
    }
}

#[test]
fn a_house_that_answers_later_says_so() {
    let mut desk = Desk::new(Habits {
        pending: true,
        ..Habits::default()
    });
    assert_eq!(desk.booked().status, Status::Pending);
}

#[test]
fn a_seating_that_is_gone_is_told_with_others() {
    let mut desk = Desk::usual();
    let slot = desk.evening(night()).slots[0].id.clone();
    desk.leave(0);
    let Err(Failure::SlotTaken { alternatives }) = desk.hold(&slot, 2) else {
        panic!("it was held");
    };
    assert_eq!(alternatives[0].date, night());
    assert!(alternatives.iter().all(|other| other.id != slot));
    // What was kept by another provider, or by somebody's hand.
    for odd in ["", "x", "2026-02-30T00:00:00Z"] {
        let gone = desk.hold(&SlotId(odd.into()), 2);
        assert!(
            matches!(gone, Err(Failure::SlotTaken { .. })),
            "{odd}: {gone:?}"
        );
    }
    // A booking whose new seating is gone keeps the old one.
    desk.leave(1);
    let booked = desk.booked();
    let late = desk.evening(night()).slots[0].id.clone();
    let seating = calcom_double::seatings("2026-11-27".parse().unwrap())[1];
    desk.double.taken.insert(seating, ROOM);
    let refused = desk.move_to(&booked, &late);
    assert!(
        matches!(refused, Err(Failure::SlotTaken { .. })),
        "{refused:?}"
    );
    assert_eq!(desk.read(&booked.access).unwrap().slot, booked.slot);
}

#[test]
fn a_lost_create_is_never_sent_again_and_never_told_to_have_failed() {
    for fate in [
        Fate::AnswerLost,
        Fate::RequestLost,
        Fate::Answered(500),
        Fate::Answered(502),
        Fate::Answered(200),
        Fate::Answered(418),
    ] {
        let mut desk = Desk::usual();
        let held = desk.held();
        desk.fates = vec![fate];
        assert_eq!(desk.confirm(&held), Err(Failure::Lost), "{fate:?}");
        assert_eq!(desk.sent, ["POST /v2/bookings"]);
        // Under its old name it is on hold or gone, and neither tells.
        match desk.read(&held.access) {
            Ok(now) => assert!(now.blind && fate != Fate::AnswerLost),
            Err(why) => assert_eq!((why, fate), (Failure::Lost, Fate::AnswerLost)),
        }
    }
    let mut desk = Desk::usual();
    let held = desk.held();
    desk.fates = vec![Fate::Answered(429)];
    let busy = Err(Failure::Busy { retry_after: None });
    assert_eq!(desk.confirm(&held), busy);
}

#[test]
fn a_refused_create_says_why() {
    let mut desk = Desk::usual();
    let held = desk.held();
    let phone = desk.confirm_as(&held, BAD_PHONE);
    let pointer = "/guest/phone".to_owned();
    let code = "invalid".to_owned();
    assert_eq!(
        phone,
        Err(Failure::Refused(vec![Refusal { pointer, code }]))
    );
    desk.later(6);
    desk.leave(0);
    let gone = desk.confirm(&held);
    assert!(matches!(gone, Err(Failure::SlotTaken { .. })), "{gone:?}");
    for (status, body, meaning) in [
        (
            400,
            r#"{"error":{"message":"Missing required booking field response: shoes"}}"#,
            Failure::Refused(Vec::new()),
        ),
        (400, "", Failure::Refused(Vec::new())),
        (
            409,
            r#"{"error":{"message":"already_signed_up_for_this_booking_error"}}"#,
            no_place(),
        ),
    ] {
        assert_eq!(read::problem(&answer(status, body)), meaning, "{body}");
    }
    for status in [401, 403] {
        let meaning = read::problem(&answer(status, "{}"));
        assert!(matches!(meaning, Failure::Misconfigured(_)), "{meaning:?}");
    }
}

#[test]
fn a_hold_that_nobody_heard_of_is_not_somebody_elses() {
    let mut desk = Desk::usual();
    let slot = desk.evening(night()).slots[0].id.clone();
    desk.leave(1);
    desk.fates = vec![Fate::AnswerLost];
    assert_eq!(desk.hold(&slot, 2), Err(Failure::Unreachable));
    let retry_after = Some(300);
    assert_eq!(desk.hold(&slot, 2), Err(Failure::Busy { retry_after }));
    desk.later(6);
    assert_eq!(desk.hold(&slot, 2).unwrap().status, Status::OnHold);
}

#[test]
fn a_hold_is_given_back_and_a_booking_never_is() {
    let mut desk = Desk::usual();
    let held = desk.held();
    let back = Wanted::GivenBack(held.access.clone(), Some(1));
    for _ in 0..2 {
        assert_eq!(desk.ask(back.clone()), Err(Failure::NotFound));
    }
    assert_eq!(desk.double.held(desk.now), 0);
    assert_eq!(desk.read(&held.access), Err(Failure::Lost));
    let booked = desk.booked();
    let back = Wanted::GivenBack(booked.access.clone(), Some(booked.version));
    assert_eq!(desk.ask(back), Err(Failure::NotModifiable));
    assert!(desk.sent.is_empty());
    assert_eq!(desk.double.booked(), 1);
}

#[test]
fn what_it_cannot_do_is_refused_without_a_request() {
    let mut desk = Desk::usual();
    let booked = desk.booked();
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
    for wanted in [
        Wanted::Change(Box::new(wish)),
        Wanted::Erasure(booked.access.clone()),
        Wanted::NoPlace(booked.access),
    ] {
        assert_eq!(desk.ask(wanted), Err(Failure::NotModifiable));
        assert!(desk.sent.is_empty());
    }
}

#[test]
fn what_is_not_there_is_said_to_whom_it_concerns() {
    let file = config("").replace("4711", "4712");
    let mut desk = Desk::usual();
    desk.api = Config::read(&file).unwrap().provider(true).unwrap();
    let evening = desk.ask(Wanted::Evening(EveningQuery {
        date: night(),
        party: 2,
    }));
    let hold = desk.hold(&SlotId("2026-11-28T00:00:00Z".into()), 2);
    for why in [evening.map(drop).unwrap_err(), hold.unwrap_err()] {
        let Failure::Misconfigured(words) = why else {
            panic!("{why:?}");
        };
        assert!(
            words.starts_with("config.json: eventTypeId 4712"),
            "{words}"
        );
    }
    let nobody = Access {
        id: "../slots?x=1#y".into(),
        token: "2".into(),
    };
    assert_eq!(desk.read(&nobody), Err(Failure::NotFound));
    assert_eq!(desk.sent, ["GET /v2/bookings/slotsx1y"]);
}
