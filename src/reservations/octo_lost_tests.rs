//! Answers that stay out, and servers that say the same of two things.

use super::*;

fn named(reservation: &Reservation) -> usize {
    reservation.access.id.len()
}

#[test]
fn a_lost_create_is_asked_for_before_anything_is_tried_again() {
    for breaks_on_known_uuid in [false, true] {
        let habits = Habits {
            breaks_on_known_uuid,
            ..Habits::default()
        };
        let mut desk = Desk::new(habits, &config(""));
        let slot = desk.evening(night(), 2).slots[0].id.clone();
        for lost in [Fate::AnswerLost, Fate::RequestLost, Fate::Answered(503)] {
            let key = format!("the-key-of-{lost:?}");
            let before = desk.double.standing(desk.now);
            desk.sent.clear();
            desk.fates = vec![lost];
            let made = desk.hold(&key, &slot, 2);
            assert_eq!(desk.sent.len(), 2, "{:?}", desk.sent);
            assert!(desk.sent[1].starts_with("GET /bookings/"));
            match lost {
                Fate::AnswerLost => assert_eq!(named(&made.unwrap()), 36),
                Fate::RequestLost => assert_eq!(made, Err(Failure::Unreachable)),
                _ => assert_eq!(made, Err(Failure::Down)),
            }
            // Asked again with the same key, there is one and no second.
            let first = desk.hold(&key, &slot, 2).unwrap();
            let again = desk.hold(&key, &slot, 2).unwrap();
            assert_eq!(first.access, again.access);
            assert_eq!(desk.double.standing(desk.now), before + 1, "{lost:?}");
        }
    }
}

#[test]
fn nobody_is_asked_anything_where_there_were_too_many_questions() {
    let mut desk = Desk::usual();
    let slot = desk.evening(night(), 2).slots[0].id.clone();
    desk.fates = vec![Fate::Answered(429)];
    desk.sent.clear();
    let retry_after = Some(7);
    let busy = Err(Failure::Busy { retry_after });
    assert_eq!(desk.hold("a-key", &slot, 2), busy);
    assert_eq!(desk.sent.len(), 1);
}

#[test]
fn a_seating_that_is_gone_is_told_with_others() {
    let mut desk = Desk::usual();
    let slot = desk.evening(night(), 2).slots[0].id.clone();
    let seating = slot.0.split_once(' ').unwrap().1.to_owned();
    desk.double.taken.insert(seating, 7);
    let Err(Failure::SlotTaken { alternatives }) = desk.hold("a-key", &slot, 2) else {
        panic!("it was held");
    };
    assert_eq!(alternatives[0].date, night());
    assert!(alternatives.iter().all(|other| other.id != slot));
    let nowhere = SlotId("2026-11-27 nowhere".into());
    let gone = desk.hold("a-key", &nowhere, 2);
    assert!(matches!(gone, Err(Failure::SlotTaken { .. })), "{gone:?}");
    // What was kept by another provider, or by somebody's hand.
    for odd in ["", "x", "2026-02-30 id", "2026-11-27"] {
        let gone = desk.hold("a-key", &SlotId(odd.into()), 2);
        assert!(matches!(gone, Err(Failure::SlotTaken { .. })), "{odd}");
    }
}

#[test]
fn a_confirmation_that_came_twice_is_booked() {
    let mut desk = Desk::usual();
    let held = desk.held(2);
    desk.fates = vec![Fate::AnswerLost];
    let lost = desk.confirm(&held, Answers::default());
    assert_eq!(lost, Err(Failure::Unreachable));
    let again = desk.confirm(&held, Answers::default()).unwrap();
    assert_eq!(again.status, Status::Confirmed);
    assert_eq!(desk.double.standing(desk.now), 1);
}

#[test]
fn a_confirmation_that_came_too_late_is_told_with_other_seatings() {
    let mut desk = Desk::usual();
    let held = desk.held(2);
    desk.later(11);
    let late = desk.confirm(&held, Answers::default());
    let Err(Failure::HoldExpired { alternatives }) = late else {
        panic!("{late:?}");
    };
    // The same seating is free again, and one of them.
    assert!(alternatives.iter().any(|slot| slot.id == held.slot.id));
    let wanted = Wanted::Extension {
        access: held.access.clone(),
        version: held.version,
        key: Key("more".into()),
    };
    assert_eq!(desk.ask(wanted), Err(Failure::HoldLimit));
}

#[test]
fn only_what_is_still_this_hold_is_given_back() {
    let mut desk = Desk::usual();
    let held = desk.held(2);
    let back = |version| Wanted::GivenBack(held.access.clone(), Some(version));
    assert_eq!(desk.ask(back(held.version + 1)), Err(Failure::Changed));
    desk.confirm(&held, Answers::default()).unwrap();
    assert_eq!(desk.ask(back(held.version)), Err(Failure::Changed));
    assert_eq!(desk.double.standing(desk.now), 1);
    let slot = desk.evening(night(), 2).slots[1].id.clone();
    let other = desk.hold("another-key", &slot, 2).unwrap();
    let wanted = Wanted::GivenBack(other.access.clone(), Some(other.version));
    for _ in 0..2 {
        let over = desk.ask(wanted.clone()).unwrap().reservation().unwrap();
        assert_eq!(over.status, Status::Expired);
    }
    assert_eq!(desk.double.standing(desk.now), 1);
    let nobody = Access {
        id: "no-such-booking".into(),
        token: String::new(),
    };
    assert_eq!(desk.read(&nobody), Err(Failure::NotFound));
}

#[test]
fn what_it_cannot_do_is_refused_without_a_request() {
    let mut desk = Desk::usual();
    let access = desk.held(2).access;
    desk.sent.clear();
    for wanted in [Wanted::Erasure(access.clone()), Wanted::NoPlace(access)] {
        assert_eq!(desk.ask(wanted), Err(Failure::NotModifiable));
    }
    assert!(desk.sent.is_empty());
}

#[test]
fn a_secret_of_the_booking_is_sent_and_an_id_leads_nowhere_else() {
    let mut desk = Desk::usual();
    desk.venue();
    let access = Access {
        id: "../products?x=1#y".into(),
        token: "secret".into(),
    };
    let Next::Ask(call) = desk.api.begin(Wanted::Reservation(access)) else {
        panic!("nothing is asked");
    };
    assert_eq!(
        call.request.url,
        "https://octo.example/v1/bookings/productsx1y"
    );
    let bearer = ("Authorization", "Bearer secret".to_owned());
    assert!(call.request.headers.contains(&bearer));
}
