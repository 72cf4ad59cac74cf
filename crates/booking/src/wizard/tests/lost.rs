//! A lost answer at an API that nobody can ask what became of it.

use super::table::*;
use crate::wizard::{Confirming, Holding, WhyLost};
use crate::*;

impl Table {
    /// What such an API says of a hold that stands.
    fn blindly_held(&self) -> Reservation {
        Reservation {
            blind: true,
            ..self.held_for("r1", 200, 1)
        }
    }

    /// A confirmation on its way, of a hold that says nothing.
    fn sending_blindly() -> (Self, Key) {
        let mut table = Self::at_check();
        let held = table.blindly_held();
        table.and(Event::Returned);
        table.and(Event::ReadArrived(ASKED, Ok(held)));
        let sent = confirmation(&table.then(Event::ConfirmPressed));
        (table, sent.key)
    }

    fn lost() -> (Self, Key) {
        let (mut table, key) = Self::sending_blindly();
        let effects = table.then(Event::ConfirmArrived(key.clone(), Err(Failure::Lost)));
        assert_eq!(effects.last(), Some(&Effect::FocusNotice));
        assert!(table.wizard.is_lost());
        (table, key)
    }
}

fn kept_key(wizard: &Wizard) -> Option<Key> {
    match wizard.saved().hold {
        Some(SavedHold::Made { confirm_key, .. }) => confirm_key,
        _ => None,
    }
}

fn reload(before: &Table) -> Table {
    let mut table = Table::new();
    table.server_ms = before.server_ms;
    let effects = table.then(Event::Restored(before.wizard.saved()));
    assert_eq!(effects, [Effect::Read(access("r1"), ASKED)]);
    table.enter(Step::Check);
    table
}

#[test]
fn nothing_is_sent_and_nothing_asked_until_the_guest_has_looked() {
    let (mut table, key) = Table::lost();
    for event in [
        Event::ConfirmPressed,
        Event::RetryPressed,
        Event::Returned,
        Event::RetakePressed,
        Event::ExtendPressed,
        Event::SlotChosen(SlotId("21".into())),
        Event::NightChosen(day("2026-12-06")),
    ] {
        let asked = |effect: &Effect| {
            !matches!(
                effect,
                Effect::Go { .. } | Effect::Save(_) | Effect::FetchEvening(_)
            )
        };
        let effects = table.then(event);
        assert!(!effects.iter().any(asked), "{effects:?}");
        assert!(table.wizard.is_lost());
    }
    table.enter_with(Step::Night, Some(4), None);
    assert_eq!(table.wizard.draft().party, Some(2));
    assert_eq!(kept_key(&table.wizard), Some(key));
}

#[test]
fn a_reload_knows_no_more() {
    let (sending, key) = Table::sending_blindly();
    let (lost, _) = Table::lost();
    for before in [&sending, &lost] {
        // On hold or gone under its old name: neither says that there is no table.
        for gone in [false, true] {
            let mut table = reload(before);
            let said = table.blindly_held();
            let said = if gone { Err(Failure::Lost) } else { Ok(said) };
            table.and(Event::ReadArrived(ASKED, said));
            assert!(table.wizard.is_lost());
            assert_eq!(kept_key(&table.wizard).as_ref(), Some(&key));
        }
    }
}

#[test]
fn who_found_nothing_goes_on_with_what_is_left_of_the_place() {
    let (mut table, first) = Table::lost();
    let effects = table.then(Event::NothingCame);
    assert_eq!(effects.last(), Some(&Effect::Read(access("r1"), ASKED)));
    assert_eq!(kept_key(&table.wizard), None);
    assert_eq!(table.then(Event::NothingCame), []);
    let held = table.blindly_held();
    table.and(Event::ReadArrived(ASKED, Ok(held)));
    assert!(matches!(table.wizard.holding(), Holding::Held(_)));
    // Only now, and by her own hand.
    let again = confirmation(&table.then(Event::ConfirmPressed));
    assert_ne!(again.key, first);

    let (mut table, _) = Table::lost();
    table.and(Event::NothingCame);
    table.and(Event::ReadArrived(ASKED, Err(Failure::Lost)));
    let Holding::Lost { why, slot, .. } = table.wizard.holding() else {
        panic!("{:?}", table.wizard.holding());
    };
    assert_eq!((*why, slot.is_some()), (WhyLost::Expired, true));
}

#[test]
fn who_found_her_table_begins_anew() {
    let (mut table, _) = Table::lost();
    table.and(Event::StartedOver);
    assert_eq!(table.wizard.saved().hold, None);
    assert_eq!(table.wizard.step(), Some(Step::Party));
}

#[test]
fn who_was_sent_away_at_the_door_may_come_again() {
    let (mut table, first) = Table::sending_blindly();
    let busy = Failure::Busy { retry_after: None };
    table.and(Event::ConfirmArrived(first.clone(), Err(busy)));
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::NotBooked { .. }
    ));
    assert_ne!(confirmation(&table.then(Event::ConfirmPressed)).key, first);
}
