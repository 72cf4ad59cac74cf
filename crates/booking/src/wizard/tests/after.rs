//! Once there is a reservation.

use super::table::*;
use crate::wizard::Holding;
use crate::*;

fn booked() -> Table {
    let (mut table, key) = Table::sending();
    let answer = reservation("r1", Status::Confirmed);
    table.and(Event::ConfirmArrived(key, Ok(answer)));
    table.enter(Step::Done);
    table
}

#[test]
fn every_way_leads_to_the_answer() {
    for step in Step::ALL {
        let mut table = booked();
        let effects = table.enter_with(step, Some(5), Some("2026-12-20"));
        let led: &[Step] = if step == Step::Done {
            &[]
        } else {
            &[Step::Done]
        };
        assert_eq!(gone_to(&effects), led, "{step:?}");
        assert_eq!(
            table.wizard.draft().party,
            Some(2),
            "a link changes nothing any more"
        );
    }
}

#[test]
fn nothing_the_guest_presses_books_or_gives_back_anything() {
    for event in [
        Event::SlotChosen(SlotId("21".into())),
        Event::NightChosen(day("2026-12-08")),
        Event::ConfirmPressed,
        Event::RetakePressed,
        Event::ExtendPressed,
        Event::RetryPressed,
        Event::Ticked,
        Event::CheckDue(ASKED),
    ] {
        let mut table = booked();
        assert_eq!(table.then(event.clone()), [], "{event:?}");
        assert!(table.wizard.booked().is_some());
    }
}

#[test]
fn a_reservation_cancelled_elsewhere_is_not_shown_as_booked_for_ever() {
    let mut table = booked();
    let effects = table.enter(Step::Done);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Read(access, _) if access.id == "r1"))
    );
    let mut cancelled = reservation("r1", Status::Cancelled);
    cancelled.version += 1;
    table.and(Event::ReadArrived(ASKED, Ok(cancelled)));
    let status = table.wizard.booked().map(|booked| booked.status);
    assert_eq!(status, Some(Status::Cancelled));
}

#[test]
fn late_answers_do_not_undo_it() {
    let mut table = booked();
    let before = table.wizard.clone();
    let held = table.held("r1");
    for late in [
        Event::ConfirmArrived(key(9), Err(Failure::Unreachable)),
        Event::ReadArrived(ASKED, Ok(held.clone())),
        Event::ReadArrived(ASKED, Err(Failure::NotFound)),
        Event::HoldArrived(key(1), Ok(held)),
        Event::ExtendArrived(key(0), Err(Failure::HoldLimit)),
    ] {
        assert_eq!(table.then(late.clone()), [], "{late:?}");
        assert_eq!(table.wizard, before);
    }
}

#[test]
fn a_venue_that_answers_later_is_booked_too() {
    let (mut table, key) = Table::sending();
    let pending = reservation("r1", Status::Pending);
    table.and(Event::ConfirmArrived(key, Ok(pending)));
    let booked = table.wizard.booked().unwrap();
    assert_eq!(booked.status, Status::Pending);
}

#[test]
fn another_table_starts_from_nothing_but_the_venue() {
    let mut table = booked();
    let effects = table.then(Event::StartedOver);
    assert_eq!(effects, [Effect::Save(Saved::default()), go(Step::Party)]);
    assert_eq!(table.wizard.draft(), &Draft::default());
    assert_eq!(table.wizard.holding(), &Holding::None);
    assert!(table.wizard.venue().ready().is_some() && table.wizard.booked().is_none());
    assert_eq!(table.enter(Step::Party), [], "the venue is not asked again");
}
