//! The waiting list of a full night: joined once, whatever the network does, and left again.

use super::table::*;
use crate::failure::Refusal;
use crate::rules::FieldId;
use crate::wizard::{Leaving, Wait};
use crate::*;

/// Two guests on the seatings of a full night, at a venue with a list or without.
fn at_full_night(waitlist: bool) -> Table {
    let mut table = Table::new();
    let mut venue = venue();
    venue.capabilities.waitlist = waitlist;
    table.enter_with(Step::Night, Some(2), None);
    table
        .and(Event::VenueArrived(Ok(venue)))
        .and(Event::NightChosen(day("2026-12-05")));
    table.enter(Step::Time);
    let mut full = evening();
    for slot in &mut full.slots {
        slot.status = SlotStatus::SoldOut;
    }
    table.and(Event::EveningArrived(evening_query(), Ok(full)));
    table
}

fn agree_to_wait(table: &mut Table) {
    let consents = table.wizard.consents_with(FieldId::Waiting, true);
    table.and(Event::ConsentChanged(consents));
}

/// The same, with everything written and agreed to.
fn ready() -> Table {
    let mut table = at_full_night(true);
    table.and(Event::WaitOpened);
    table.write_guest();
    agree_to_wait(&mut table);
    table
}

fn sent(effects: &[Effect]) -> Wait {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::Wait(wait) => Some((**wait).clone()),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("nobody waits: {effects:?}"))
}

/// The same, on the list.
fn listed() -> Table {
    let mut table = ready();
    let wait = sent(&table.then(Event::WaitPressed));
    let effects = table.then(Event::WaitArrived(wait.key, Ok(access("w1"))));
    assert_eq!(effects, [Effect::FocusNotice]);
    table
}

#[test]
fn one_can_wait_only_where_there_is_a_list_and_only_for_a_full_night() {
    assert!(at_full_night(true).wizard.may_wait());
    assert!(!at_full_night(false).wizard.may_wait());
    let mut free = at_full_night(true);
    free.and(Event::EveningArrived(evening_query(), Ok(evening())));
    assert!(!free.wizard.may_wait());
    let closed = Evening {
        slots: Vec::new(),
        ..evening()
    };
    free.and(Event::EveningArrived(evening_query(), Ok(closed)));
    assert!(!free.wizard.may_wait(), "the house is closed");
    // Nor is anything sent.
    free.write_guest();
    agree_to_wait(&mut free);
    assert_eq!(free.then(Event::WaitPressed), []);
}

#[test]
fn contact_and_consent_are_asked_before_anything_is_sent() {
    let mut table = at_full_night(true);
    table.and(Event::WaitOpened);
    assert_eq!(table.then(Event::WaitPressed), [Effect::FocusErrors]);
    let errors = table.wizard.errors().iter().map(|error| error.field);
    let mut all = GuestField::ALL.map(FieldId::Guest).to_vec();
    all.push(FieldId::Waiting);
    assert_eq!(errors.collect::<Vec<_>>(), all);
    table.write_guest();
    agree_to_wait(&mut table);
    assert_eq!(table.wizard.errors(), []);
    let wait = sent(&table.then(Event::WaitPressed));
    assert_eq!((wait.party, wait.date), (2, day("2026-12-05")));
    assert_eq!(wait.guest.email, "lucia@example.com");
}

#[test]
fn a_second_tap_sends_nothing_and_a_lost_answer_keeps_its_key() {
    let mut table = ready();
    let first = sent(&table.then(Event::WaitPressed));
    assert_eq!(table.then(Event::WaitPressed), []);
    let lost = Event::WaitArrived(first.key.clone(), Err(Failure::Unreachable));
    assert_eq!(table.then(lost), [Effect::FocusNotice]);
    table.language = Language::En;
    assert_eq!(
        sent(&table.then(Event::WaitPressed)),
        first,
        "the very same"
    );
    // An answer to another key is nobody's.
    table.and(Event::WaitArrived(key(9_999), Ok(access("w0"))));
    assert_eq!(table.wizard.listed(), None);
    table.and(Event::WaitArrived(first.key, Ok(access("w1"))));
    assert_eq!(table.then(Event::WaitPressed), [], "on the list already");
}

#[test]
fn another_wish_and_one_that_was_answered_have_keys_of_their_own() {
    let mut table = ready();
    let first = sent(&table.then(Event::WaitPressed));
    let lost = Event::WaitArrived(first.key.clone(), Err(Failure::Down));
    table.and(lost);
    table.write(GuestField::Phone, "+57 300 555 0999");
    let second = sent(&table.then(Event::WaitPressed));
    assert_ne!(second.key, first.key);
    table.and(Event::WaitArrived(
        second.key.clone(),
        Err(Failure::OutsideWindow),
    ));
    let failure = table.wizard.waiting().failure.clone();
    assert_eq!(failure, Some(Failure::OutsideWindow));
    let third = sent(&table.then(Event::WaitPressed));
    assert_ne!(third.key, second.key);
    assert_eq!(table.wizard.waiting().failure, None);
}

#[test]
fn what_the_server_refuses_stands_at_its_field() {
    let mut table = ready();
    let wait = sent(&table.then(Event::WaitPressed));
    let refusal = Refusal {
        pointer: "/guest/email".into(),
        code: "invalid".into(),
    };
    let refused = Failure::Refused(vec![refusal]);
    let effects = table.then(Event::WaitArrived(wait.key, Err(refused)));
    assert_eq!(effects, [Effect::FocusErrors]);
    let field = table.wizard.errors()[0].field;
    assert_eq!(field, FieldId::Guest(GuestField::Email));
}

#[test]
fn a_place_on_a_list_is_of_its_night_and_is_no_table() {
    let mut table = listed();
    let place = table.wizard.listed().unwrap();
    assert_eq!((&place.access, place.party), (&access("w1"), 2));
    assert!(
        !table.wizard.draft().consents.waiting,
        "given for that night"
    );
    assert_eq!(table.wizard.booked(), None);
    assert_eq!(table.wizard.saved().hold, None, "and it is kept nowhere");
    table.and(Event::NightChosen(day("2026-12-06")));
    assert_eq!(table.wizard.listed(), None);
    table.and(Event::StartedOver);
    table.enter_with(Step::Time, Some(2), Some("2026-12-05"));
    assert!(table.wizard.listed().is_some(), "it can still be left");
}

#[test]
fn the_list_can_be_left_and_what_is_not_known_is_said() {
    let mut table = listed();
    let stop = Effect::StopWaiting(access("w1"));
    assert_eq!(
        table.then(Event::StopWaitingPressed),
        std::slice::from_ref(&stop)
    );
    assert_eq!(table.then(Event::StopWaitingPressed), []);
    let lost = Event::StoppedWaiting(access("w1"), Err(Failure::Unreachable));
    table.and(lost);
    let leaving = table.wizard.listed().unwrap().leaving;
    assert_eq!(leaving, Leaving::Failed);
    assert_eq!(table.then(Event::StopWaitingPressed), [stop]);
    // Gone already is as good as gone.
    let gone = Event::StoppedWaiting(access("w1"), Err(Failure::NotFound));
    table.and(gone);
    assert!(table.wizard.listed().is_none() && table.wizard.waiting().left);
    table.enter(Step::Night);
    assert!(!table.wizard.waiting().left, "said once");
}

#[test]
fn nobody_is_named_where_things_are_printed() {
    let mut table = ready();
    let effects = table.then(Event::WaitPressed);
    let told = format!("{:?} {effects:?}", table.wizard);
    assert!(
        !told.contains("Lucía") && !told.contains("example.com"),
        "{told}"
    );
}
