//! What `crates/simulation` found, each told as the shortest story of it.

use super::table::*;
use crate::wizard::{Confirming, Holding, WhyLost};
use crate::*;

fn languages(effects: &[Effect]) -> Vec<Language> {
    let asked = effects.iter().filter_map(|effect| match effect {
        Effect::TakeHold { language, .. } => Some(*language),
        _ => None,
    });
    asked.collect()
}

fn busy(seconds: u32) -> Failure {
    Failure::Busy {
        retry_after: Some(seconds),
    }
}

/// The place is held, and a confirmation stayed without an answer; the server says it is only held.
fn in_doubt() -> Table {
    let (mut table, _) = Table::checking();
    let still = table.held_for("r1", 500, 1);
    table.and(Event::ReadArrived(ASKED, Ok(still)));
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::NotBooked { .. }
    ));
    table
}

#[test]
fn a_hold_asked_for_again_is_asked_for_in_the_same_language() {
    // Another language is another body, and the server would refuse the key.
    let mut table = Table::at_time();
    let asked = taken_key(&table.then(Event::SlotChosen(SlotId("19".into()))));
    table.language = Language::En;
    let effects = table.then(Event::HoldArrived(asked.clone(), Err(Failure::Unreachable)));
    let (_, due) = later(&effects);
    assert_eq!(languages(&table.then(due)), [Language::Es]);
    let mut reloaded = Table::new();
    reloaded.language = Language::En;
    let effects = reloaded.then(Event::Restored(table.wizard.saved()));
    assert_eq!(taken_key(&effects), asked);
    assert_eq!(languages(&effects), [Language::Es]);
    // A new wish is made in the language of the page.
    table.and(Event::NightChosen(day("2026-12-06")));
    let effects = table.then(Event::SlotChosen(SlotId("next".into())));
    assert_eq!(languages(&effects), [Language::En]);
}

#[test]
fn a_confirmation_sent_again_is_sent_in_the_same_language() {
    let mut table = in_doubt();
    let first = table.wizard.sent.clone().unwrap();
    table.language = Language::En;
    assert_eq!(
        confirmation(&table.then(Event::ConfirmPressed)),
        first,
        "the same key, so the same body"
    );
}

#[test]
fn an_answer_from_before_the_confirmation_says_nothing_of_it() {
    let mut table = Table::at_check();
    table.and(Event::ExtendPressed);
    table.and(Event::ExtendArrived(key(0), Err(Failure::Down)));
    let asked_before = table.wizard.question;
    let sent = confirmation(&table.then(Event::ConfirmPressed)).key;
    table.and(Event::ConfirmArrived(sent, Err(Failure::Unreachable)));
    let old = table.held_for("r1", 400, 1);
    assert_eq!(table.then(Event::ReadArrived(asked_before, Ok(old))), []);
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::Checking { .. }
    ));
}

#[test]
fn a_wish_for_more_time_is_not_answered_by_an_earlier_one() {
    let mut table = Table::at_guests();
    table.and(Event::ExtendPressed);
    let limit = Event::ExtendArrived(key(9_999), Err(Failure::HoldLimit));
    assert_eq!(table.then(limit), []);
    assert!(matches!(table.wizard.holding(), Holding::Held(hold)
        if hold.extending.is_some() && hold.extensions_left == 2));
}

#[test]
fn an_answer_that_was_overtaken_does_not_bring_back_an_old_version() {
    let mut table = Table::at_guests();
    let longer = table.held_for("r1", 900, 2);
    table.and(Event::ExtendPressed);
    table.and(Event::ExtendArrived(key(0), Ok(longer)));
    let old = table.held_for("r1", 600, 1);
    table.and(Event::ReadArrived(ASKED, Ok(old)));
    assert!(matches!(table.wizard.holding(), Holding::Held(hold)
        if hold.version == 2 && hold.seconds_left() == 900));
}

#[test]
fn nobody_is_asked_again_before_the_time_the_server_named() {
    let mut table = Table::at_time();
    let asked = taken_key(&table.then(Event::SlotChosen(SlotId("19".into()))));
    let effects = table.then(Event::HoldArrived(asked, Err(busy(9))));
    assert_eq!(later(&effects).0, 9_000);
    let (mut table, sent) = Table::sending();
    let effects = table.then(Event::ConfirmArrived(sent, Err(busy(11))));
    let (ms, due) = later(&effects);
    assert_eq!(ms, 11_000);
    table.and(due);
    let effects = table.then(Event::ReadArrived(ASKED, Err(busy(12))));
    assert_eq!(later(&effects).0, 12_000);
}

#[test]
fn a_guest_is_not_kept_waiting_for_minutes_without_a_word() {
    let mut table = Table::at_time();
    let asked = taken_key(&table.then(Event::SlotChosen(SlotId("19".into()))));
    table.and(Event::HoldArrived(asked, Err(busy(600))));
    assert!(matches!(table.wizard.holding(), Holding::Failed { .. }));
}

#[test]
fn an_old_timer_asks_nothing_once_the_guest_has_asked() {
    let (mut table, sent) = Table::sending();
    let before = table.wizard.question;
    table.and(Event::ConfirmArrived(sent, Err(Failure::Unreachable)));
    assert_eq!(table.then(Event::CheckDue(before)), []);
}

#[test]
fn a_clock_that_was_set_ends_no_hold_and_lengthens_none() {
    for jump in [3_600_000, -3_600_000] {
        let mut table = Table::at_guests();
        table.phone_off_ms = jump;
        assert_eq!(table.wait(1), [Effect::Read(access("r1"), ASKED)]);
        let read = table.held_for("r1", 599, 1);
        table.and(Event::ReadArrived(ASKED, Ok(read)));
        assert!(matches!(table.wizard.holding(), Holding::Held(hold)
            if hold.seconds_left() == 599));
    }
}

#[test]
fn a_clock_that_was_set_is_believed_when_nobody_can_be_asked() {
    let mut table = Table::at_guests();
    table.sleep(700);
    table.and(Event::ReadArrived(ASKED, Err(Failure::Unreachable)));
    table.wait(1);
    assert!(matches!(
        table.wizard.holding(),
        Holding::Lost {
            why: WhyLost::Expired,
            ..
        }
    ));
}

#[test]
fn a_hold_lengthened_unheard_is_not_said_to_be_gone() {
    let mut table = Table::at_guests();
    assert!(table.wait(600).contains(&Effect::Read(access("r1"), ASKED)));
    let read = table.held_for("r1", 300, 2);
    table.and(Event::ReadArrived(ASKED, Ok(read)));
    assert!(matches!(table.wizard.holding(), Holding::Held(hold)
        if hold.seconds_left() == 300));
}

/// Seed 163,918.
#[test]
fn a_wish_for_more_time_outlives_an_answer_that_does_not_know_of_it() {
    let mut table = Table::at_guests();
    table.wait(600);
    table.and(Event::ExtendPressed);
    let ended = table.held_for("r1", 0, 1);
    table.and(Event::ReadArrived(ASKED, Ok(ended)));
    table.wait(2);
    let granted = table.held_for("r1", 300, 2);
    table.and(Event::ExtendArrived(key(0), Ok(granted)));
    assert!(matches!(table.wizard.holding(), Holding::Held(hold)
        if hold.seconds_left() == 300 && hold.extensions_left == 1));
}

#[test]
fn a_hold_is_not_over_while_more_time_is_asked_for() {
    let mut table = Table::at_guests();
    table.wait(599);
    table.and(Event::ExtendPressed);
    assert_eq!(table.wait(5), []);
    assert!(table.wizard.is_counting_down());
}

#[test]
fn what_was_given_back_and_is_a_reservation_by_now_is_found() {
    // The release names the version it saw, so that it cancels no table.
    let mut table = in_doubt();
    table.and(Event::NightChosen(day("2026-12-06")));
    let still = table.held_for("r1", 480, 1);
    table.and(Event::ReadArrived(ASKED, Ok(still)));
    let effects = table.then(Event::NightChosen(day("2026-12-06")));
    assert_eq!(effects[0], Effect::Release(access("r1"), Some(1)));
    // Whether the answer says so or stays out: nobody rests until it is known.
    let effects = table.then(Event::GivenBack(access("r1"), Err(Failure::Changed)));
    assert_eq!(effects, [Effect::Read(access("r1"), Question::APART)]);
    let effects = table.then(Event::ReadArrived(Question::APART, Err(Failure::Down)));
    let (_, due) = later(&effects);
    assert_eq!(
        table.then(due),
        [Effect::Read(access("r1"), Question::APART)]
    );
    let booked = reservation("r1", Status::Confirmed);
    table.and(Event::ReadArrived(Question::APART, Ok(booked.clone())));
    assert_eq!(table.wizard.booked(), Some(&booked));
}

#[test]
fn a_doubt_outlives_mended_details_and_a_reload() {
    let mut table = in_doubt();
    table.and(Event::GuestsSubmitted);
    let mut reloaded = Table::new();
    reloaded.and(Event::Restored(table.wizard.saved()));
    let still = reloaded.held_for("r1", 480, 1);
    reloaded.and(Event::ReadArrived(ASKED, Ok(still)));
    for mut table in [table, reloaded] {
        let effects = table.then(Event::NightChosen(day("2026-12-06")));
        assert!(
            effects.contains(&Effect::Read(access("r1"), ASKED)),
            "{effects:?}"
        );
        assert!(table.wizard.is_counting_down(), "nothing is given back");
    }
}

#[test]
fn a_place_that_cannot_be_taken_again_at_the_end_leads_to_the_seatings() {
    let mut table = Table::at_check();
    table.run_out(600);
    let asked = taken_key(&table.then(Event::RetakePressed));
    let limit = Err(Failure::PartySize);
    let effects = table.then(Event::HoldArrived(asked, limit));
    assert_eq!(gone_to(&effects), [Step::Time]);
}

#[test]
fn a_seating_that_was_refused_is_not_asked_for_with_the_refused_key() {
    for again in [Event::RetryPressed, Event::SlotChosen(SlotId("19".into()))] {
        let mut table = Table::at_time();
        let asked = taken_key(&table.then(Event::SlotChosen(SlotId("19".into()))));
        let refused = Err(Failure::OutsideWindow);
        let effects = table.then(Event::HoldArrived(asked.clone(), refused));
        assert!(
            effects.contains(&Effect::FetchEvening(evening_query())),
            "what is on show cannot be had: {effects:?}"
        );
        assert_ne!(taken_key(&table.then(again)), asked);
    }
}

#[test]
fn a_place_that_is_gone_leaves_nobody_before_seatings_of_no_night() {
    let mut table = Table::new();
    let kept = Saved {
        party: Some(2),
        hold: Some(SavedHold::Made {
            access: access("r1"),
            confirm_key: None,
            extensions_left: 0,
        }),
        ..Saved::default()
    };
    table.and(Event::Restored(kept));
    table.and(Event::ReadArrived(ASKED, Err(Failure::NotFound)));
    assert_eq!(table.wizard.nearest(Step::Time), Step::Night);
}

#[test]
fn two_that_were_given_back_are_both_asked_about() {
    let mut table = Table::at_guests();
    table.and(Event::SlotChosen(SlotId("21".into())));
    let lost = || Err(Failure::Unreachable);
    // The first is in doubt, and so is the question about it.
    let effects = table.then(Event::GivenBack(access("r1"), Err(Failure::Changed)));
    assert_eq!(effects, [Effect::Read(access("r1"), Question::APART)]);
    let effects = table.then(Event::ReadArrived(Question::APART, lost()));
    let (_, again) = later(&effects);
    // Meanwhile the second is given back too.
    let Holding::Taking { key, .. } = table.wizard.holding().clone() else {
        panic!("{:?}", table.wizard.holding());
    };
    let held = table.held("r2");
    table.and(Event::HoldArrived(key, Ok(held)));
    table.and(Event::NightChosen(day("2026-12-08")));
    let over = reservation("r2", Status::Expired);
    table.and(Event::GivenBack(access("r2"), Ok(over)));
    assert_eq!(
        table.then(again),
        [Effect::Read(access("r1"), Question::APART)]
    );
    let booked = reservation("r1", Status::Confirmed);
    table.and(Event::ReadArrived(Question::APART, Ok(booked)));
    assert_eq!(
        table.wizard.booked().map(|it| &it.access),
        Some(&access("r1"))
    );
}

/// A confirmation in doubt, its place given back, another taken, and "book" pressed for that one.
fn two_wishes() -> Table {
    let (mut table, _) = Table::checking();
    table.and(Event::CheckDue(ASKED));
    let held = table.held("r1");
    table.and(Event::ReadArrived(ASKED, Ok(held)));
    // Once the guest is told that this one is only held, she may have another.
    for _ in 0..2 {
        table.and(Event::SlotChosen(SlotId("21".into())));
        let held = table.held("r1");
        table.and(Event::ReadArrived(ASKED, Ok(held)));
    }
    let Holding::Taking { key, .. } = table.wizard.holding().clone() else {
        panic!("{:?}", table.wizard.holding());
    };
    let held = table.held("r2");
    table.and(Event::HoldArrived(key, Ok(held)));
    let sent = table.then(Event::ConfirmPressed);
    assert!(
        !sent
            .iter()
            .any(|effect| matches!(effect, Effect::Confirm(_)))
    );
    assert!(table.wizard.confirming().is_under_way());
    table
}

#[test]
fn a_second_table_is_not_booked_before_the_first_is_known_not_to_be() {
    let mut table = two_wishes();
    let over = reservation("r1", Status::Expired);
    table.and(Event::GivenBack(access("r1"), Ok(over)));
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::NotBooked { .. }
    ));
    let sent = confirmation(&table.then(Event::ConfirmPressed));
    assert_eq!(sent.access, access("r2"));
}

#[test]
fn a_first_table_that_was_booked_after_all_is_the_guests() {
    let mut table = two_wishes();
    table.and(Event::GivenBack(access("r1"), Err(Failure::Changed)));
    let booked = reservation("r1", Status::Confirmed);
    let effects = table.then(Event::ReadArrived(Question::APART, Ok(booked)));
    assert!(effects.contains(&Effect::Release(access("r2"), Some(1))));
    assert_eq!(
        table.wizard.booked().map(|it| &it.access),
        Some(&access("r1"))
    );
}
