//! How long a place is kept, whatever the phone's clock says.

use super::table::*;
use crate::message::Announcement;
use crate::wizard::{Holding, WhyLost};
use crate::*;

fn seconds_left(table: &Table) -> u32 {
    match table.wizard.holding() {
        Holding::Held(hold) => hold.seconds_left(),
        other => panic!("{other:?}"),
    }
}

fn said(effects: &[Effect]) -> Vec<Announcement> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Announce(announcement) => Some(announcement.clone()),
            _ => None,
        })
        .collect()
}

/// Everything said aloud in so many seconds, second by second.
fn listen(table: &mut Table, seconds: u32) -> Vec<(u32, Announcement)> {
    let mut heard = Vec::new();
    for second in 1..=seconds {
        let effects = table.wait(1);
        heard.extend(said(&effects).into_iter().map(|words| (second, words)));
    }
    heard
}

#[test]
fn a_phone_three_days_off_keeps_the_place_as_long_as_any_other() {
    for days in [-3, 0, 3] {
        let mut table = Table::at_time();
        table.phone_off_ms = days * DAY_MS;
        let asked = taken_key(&table.then(Event::SlotChosen(SlotId("19".into()))));
        let held = table.held("r1");
        table.and(Event::HoldArrived(asked, Ok(held)));
        assert_eq!(seconds_left(&table), 600, "{days} days off");
        table.wait(599);
        assert_eq!(seconds_left(&table), 1, "{days} days off");
        table.run_out(1);
        assert!(matches!(table.wizard.holding(), Holding::Lost { .. }));
    }
}

#[test]
fn the_time_left_is_said_at_five_two_and_one_minutes_once_each() {
    let mut table = Table::at_guests();
    let heard = listen(&mut table, 600);
    assert_eq!(said(&table.run_out(1)), [Announcement::HoldEnded]);
    assert_eq!(
        heard,
        [
            (300, Announcement::HoldMinutesLeft(5)),
            (480, Announcement::HoldMinutesLeft(2)),
            (540, Announcement::HoldMinutesLeft(1)),
        ]
    );
}

#[test]
fn a_phone_locked_for_six_minutes_hears_only_what_still_holds() {
    let mut table = Table::at_guests();
    // What its clock says is asked about first: it may have been set.
    assert_eq!(table.sleep(360), [Effect::Read(access("r1"), ASKED)]);
    let read = table.held_for("r1", 240, 1);
    table.and(Event::ReadArrived(ASKED, Ok(read)));
    assert_eq!(said(&table.wait(1)), [Announcement::HoldMinutesLeft(5)]);
    assert_eq!(table.sleep(210), [Effect::Read(access("r1"), ASKED)]);
    let read = table.held_for("r1", 29, 1);
    table.and(Event::ReadArrived(ASKED, Ok(read)));
    assert_eq!(said(&table.wait(1)), [Announcement::HoldMinutesLeft(1)]);
    table.sleep(360);
    let over = reservation("r1", Status::Expired);
    let effects = table.then(Event::ReadArrived(ASKED, Ok(over)));
    assert_eq!(said(&effects), [Announcement::HoldEnded]);
}

#[test]
fn reading_the_reservation_again_does_not_say_the_minutes_again() {
    let mut table = Table::at_guests();
    table.wait(330);
    table.and(Event::ExtendPressed);
    table.and(Event::ExtendArrived(key(0), Err(Failure::Unreachable)));
    let read = table.held_for("r1", 270, 1);
    table.and(Event::ReadArrived(ASKED, Ok(read)));
    assert_eq!(listen(&mut table, 60), []);
}

#[test]
fn the_end_keeps_every_answer() {
    let mut table = Table::at_check();
    let before = table.wizard.draft().clone();
    table.run_out(600);
    assert_eq!(table.wizard.draft(), &before);
    let Holding::Lost { why, slot, .. } = table.wizard.holding() else {
        panic!("{:?}", table.wizard.holding());
    };
    assert_eq!(
        (*why, slot.as_ref()),
        (WhyLost::Expired, before.slot.as_ref())
    );
    assert_eq!(
        gone_to(&table.enter(Step::Check)),
        [],
        "the page stays open"
    );
    // One tap, and the guest is where they were.
    let asked = taken_key(&table.then(Event::RetakePressed));
    let held = table.held("r2");
    table.and(Event::HoldArrived(asked, Ok(held)));
    let sent = confirmation(&table.then(Event::ConfirmPressed));
    assert_eq!((sent.access, &sent.guest), (access("r2"), &before.guest));
}

#[test]
fn more_time_is_asked_for_once_and_counted() {
    let mut table = Table::at_guests();
    table.wait(400);
    let effects = table.then(Event::ExtendPressed);
    assert!(matches!(&effects[..], [Effect::Extend { version: 1, .. }]));
    assert_eq!(table.then(Event::ExtendPressed), [], "a second tap");
    let longer = table.held_for("r1", 500, 2);
    table.and(Event::ExtendArrived(key(0), Ok(longer)));
    assert_eq!(seconds_left(&table), 500);
    table.and(Event::ExtendPressed);
    let longer = table.held_for("r1", 800, 3);
    table.and(Event::ExtendArrived(key(0), Ok(longer)));
    assert_eq!(table.then(Event::ExtendPressed), [], "twice is the limit");
    // With more time the minutes are said again when they come.
    assert_eq!(said(&table.wait(500)), [Announcement::HoldMinutesLeft(5)]);
}

#[test]
fn a_limit_said_by_the_server_ends_the_offer_and_keeps_the_place() {
    let mut table = Table::at_guests();
    table.and(Event::ExtendPressed);
    table.and(Event::ExtendArrived(key(0), Err(Failure::HoldLimit)));
    assert_eq!(seconds_left(&table), 600);
    assert_eq!(table.then(Event::ExtendPressed), []);
}

#[test]
fn more_time_whose_answer_was_lost_is_read_from_the_server() {
    for failure in [Failure::Unreachable, Failure::Changed, Failure::Down] {
        let mut table = Table::at_guests();
        table.and(Event::ExtendPressed);
        let effects = table.then(Event::ExtendArrived(key(0), Err(failure)));
        assert_eq!(effects, [Effect::Read(access("r1"), ASKED)]);
        let longer = table.held_for("r1", 900, 2);
        table.and(Event::ReadArrived(ASKED, Ok(longer)));
        assert_eq!(seconds_left(&table), 900);
    }
}

#[test]
fn more_time_asked_for_too_late_offers_the_place_again() {
    let mut table = Table::at_guests();
    table.and(Event::ExtendPressed);
    let expired = Failure::HoldExpired {
        alternatives: vec![slot("21", "2026-12-05", 21)],
    };
    table.and(Event::ExtendArrived(key(0), Err(expired)));
    assert!(
        matches!(table.wizard.holding(), Holding::Lost { alternatives, .. } if alternatives.len() == 1)
    );
}

#[test]
fn late_answers_about_a_place_given_back_do_not_touch_the_new_one() {
    let mut table = Table::at_guests();
    table.and(Event::ExtendPressed);
    table.enter(Step::Time);
    let asked = taken_key(&table.then(Event::SlotChosen(SlotId("21".into()))));
    let held = table.held("r2");
    table.and(Event::HoldArrived(asked, Ok(held)));
    let before = table.wizard.clone();
    let expired = Failure::HoldExpired {
        alternatives: Vec::new(),
    };
    let old = table.held_for("r1", 900, 2);
    for late in [
        Event::ExtendArrived(key(0), Err(expired)),
        Event::ExtendArrived(key(0), Ok(old.clone())),
        Event::ReadArrived(ASKED, Ok(old)),
        Event::ReadArrived(ASKED, Ok(reservation("r1", Status::Expired))),
    ] {
        assert_eq!(table.then(late.clone()), [], "{late:?}");
        assert_eq!(table.wizard, before, "{late:?}");
    }
}

#[test]
fn no_more_time_is_asked_for_while_a_confirmation_is_under_way() {
    let (mut table, _) = Table::sending();
    assert_eq!(table.then(Event::ExtendPressed), []);
}

#[test]
fn more_time_that_was_granted_unheard_counts() {
    let mut table = Table::at_guests();
    table.and(Event::ExtendPressed);
    table.and(Event::ExtendArrived(key(0), Err(Failure::Unreachable)));
    let read = table.held_for("r1", 900, 2);
    table.and(Event::ReadArrived(ASKED, Ok(read)));
    let left = |table: &Table| match table.wizard.holding() {
        Holding::Held(hold) => hold.extensions_left,
        other => panic!("{other:?}"),
    };
    assert_eq!(left(&table), 1);
    // One that was not granted does not.
    table.and(Event::ExtendPressed);
    table.and(Event::ExtendArrived(key(0), Err(Failure::Unreachable)));
    let read = table.held_for("r1", 890, 2);
    table.and(Event::ReadArrived(ASKED, Ok(read)));
    assert_eq!(left(&table), 1);
    // An API whose versions are moments gives one more time, not all there is.
    let mut table = Table::at_guests();
    table.and(Event::ExtendPressed);
    table.and(Event::ExtendArrived(key(0), Err(Failure::Unreachable)));
    let read = table.held_for("r1", 900, 1_795_186_800_000);
    table.and(Event::ReadArrived(ASKED, Ok(read)));
    assert_eq!(left(&table), 1);
}
