//! A guest who comes back to the tab: from a locked phone, another page, a time without network.

use super::table::*;
use crate::wizard::{Confirming, Holding, WhyLost};
use crate::*;

fn december() -> CalendarQuery {
    CalendarQuery {
        month: day("2026-12-05").month(),
        party: 2,
    }
}

/// A guest who looks at December.
fn at_nights() -> Table {
    let mut table = Table::new();
    table.enter_with(Step::Night, Some(2), Some("2026-12-05"));
    table.and(Event::VenueArrived(Ok(venue())));
    let free = calendar(&[("2026-12-05", DayStatus::Available)], Some("2026-12-05"));
    table.and(Event::CalendarArrived(december(), Ok(free)));
    table
}

#[test]
fn a_hold_is_looked_after_at_once_and_not_at_the_next_tick() {
    let mut table = Table::at_guests();
    table.write_guest();
    let before = table.wizard.draft().clone();
    table.server_ms += 360_000;
    assert_eq!(
        table.then(Event::Returned),
        [Effect::Read(access("r1"), ASKED)]
    );
    let over = reservation("r1", Status::Expired);
    table.and(Event::ReadArrived(ASKED, Ok(over)));
    let Holding::Lost { why, .. } = table.wizard.holding() else {
        panic!("{:?}", table.wizard.holding());
    };
    assert_eq!(*why, WhyLost::Expired);
    assert_eq!(table.wizard.draft(), &before, "every answer is still there");
}

#[test]
fn a_glance_elsewhere_asks_once_and_takes_nothing_away() {
    let mut table = Table::at_guests();
    assert_eq!(
        table.then(Event::Returned),
        [Effect::Read(access("r1"), ASKED)]
    );
    // The network of a phone that has just been unlocked is often not there yet.
    table.and(Event::ReadArrived(ASKED, Err(Failure::Unreachable)));
    let Holding::Held(hold) = table.wizard.holding() else {
        panic!("{:?}", table.wizard.holding());
    };
    assert_eq!(hold.seconds_left(), 600);
    table.wait(599);
    assert_eq!(
        table.wait(1),
        [Effect::Read(access("r1"), ASKED)],
        "the server is still asked at the end"
    );
}

#[test]
fn a_confirmation_under_way_is_left_alone() {
    let (mut table, _) = Table::sending();
    assert_eq!(table.then(Event::Returned), []);
    let (mut table, _) = Table::checking();
    assert_eq!(
        table.then(Event::Returned),
        [],
        "its question is asked when it is due"
    );
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::Checking { .. }
    ));
}

#[test]
fn what_nobody_could_answer_is_asked_again() {
    let (mut table, _) = Table::unknown();
    assert_eq!(
        table.then(Event::Returned),
        [Effect::Read(access("r1"), ASKED)]
    );
    let booked = reservation("r1", Status::Confirmed);
    table.and(Event::ReadArrived(ASKED, Ok(booked)));
    assert_eq!(table.wizard.step(), Some(Step::Done));
}

#[test]
fn a_booking_on_show_may_have_been_cancelled_meanwhile() {
    let (mut table, key) = Table::sending();
    let booked = reservation("r1", Status::Confirmed);
    table.and(Event::ConfirmArrived(key, Ok(booked)));
    assert_eq!(
        table.then(Event::Returned),
        [Effect::Read(access("r1"), ASKED)]
    );
}

#[test]
fn nights_and_seatings_are_asked_for_again_and_stay_on_show() {
    let mut table = at_nights();
    assert_eq!(
        table.then(Event::Returned),
        [Effect::FetchCalendar(december())]
    );
    assert!(table.wizard.nights().calendar.ready().is_some());
    let failed = Err(Failure::Unreachable);
    table.and(Event::CalendarArrived(december(), failed));
    assert!(table.wizard.nights().calendar.ready().is_some());

    let mut table = Table::at_time();
    assert_eq!(
        table.then(Event::Returned),
        [Effect::FetchEvening(evening_query())]
    );
    let failed = Err(Failure::Unreachable);
    table.and(Event::EveningArrived(evening_query(), failed));
    assert!(table.wizard.evening().ready().is_some());
}

#[test]
fn nights_that_never_came_are_asked_for_by_themselves() {
    let mut table = Table::new();
    table.enter_with(Step::Night, Some(2), Some("2026-12-05"));
    table.and(Event::VenueArrived(Err(Failure::Unreachable)));
    let failed = Err(Failure::Unreachable);
    table.and(Event::CalendarArrived(december(), failed));
    assert_eq!(
        table.then(Event::Returned),
        [Effect::FetchVenue, Effect::FetchCalendar(december())]
    );
    assert!(table.wizard.nights().calendar.is_loading());
}
