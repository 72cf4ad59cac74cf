//! The waiting list of a full night: joined once, whatever the network does, found again, and left.

use super::table::*;
use crate::failure::Refusal;
use crate::rules::FieldId;
use crate::wizard::{Leaving, Stands, Wait};
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

/// What the tab is told to keep.
fn kept(table: &Table) -> Effect {
    Effect::Save(table.wizard.saved())
}

/// The page is loaded anew on the same full night, with what the tab kept.
fn reload(before: &Table) -> (Table, Vec<Effect>) {
    let mut table = Table::new();
    let mut effects = table.then(Event::Restored(before.wizard.saved()));
    effects.extend(table.enter(Step::Time));
    let venue = before.wizard.venue().ready().unwrap().clone();
    let full = before.wizard.evening().ready().unwrap().clone();
    table
        .and(Event::VenueArrived(Ok(venue)))
        .and(Event::EveningArrived(evening_query(), Ok(full)));
    (table, effects)
}

/// The same, on the list.
fn listed() -> Table {
    let mut table = ready();
    let wait = sent(&table.then(Event::WaitPressed));
    let effects = table.then(Event::WaitArrived(wait.key, Ok(access("w1"))));
    assert_eq!(effects, [kept(&table), Effect::FocusNotice]);
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
    let effects = table.then(lost);
    assert_eq!(effects, [kept(&table), Effect::FocusNotice]);
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
fn a_wish_that_was_answered_is_over_and_the_next_has_a_key_of_its_own() {
    let mut table = ready();
    let first = sent(&table.then(Event::WaitPressed));
    table.and(Event::WaitArrived(
        first.key.clone(),
        Err(Failure::OutsideWindow),
    ));
    let failure = table.wizard.waiting().failure.clone();
    assert_eq!(failure, Some(Failure::OutsideWindow));
    assert_eq!(table.wizard.saved().waits, []);
    let second = sent(&table.then(Event::WaitPressed));
    assert_ne!(second.key, first.key);
    assert_eq!(table.wizard.waiting().failure, None);
}

/// On the list, as far as anybody knows, and with another number since.
fn mended() -> (Table, Wait) {
    let mut table = ready();
    let first = sent(&table.then(Event::WaitPressed));
    table.and(Event::WaitArrived(first.key.clone(), Err(Failure::Down)));
    table.write(GuestField::Phone, "+57 300 555 0999");
    assert_eq!(
        sent(&table.then(Event::WaitPressed)),
        first,
        "first it must be known what came of the earlier one"
    );
    (table, first)
}

#[test]
fn other_words_take_the_place_of_those_that_went_through_unheard() {
    let (mut table, first) = mended();
    let effects = table.then(Event::WaitArrived(first.key.clone(), Ok(access("w1"))));
    let stop = Effect::StopWaiting(access("w1"));
    assert_eq!(effects, [kept(&table), stop]);
    assert_eq!(table.wizard.listed(), None, "not with these words");
    assert_eq!(table.then(Event::WaitPressed), []);
    let second = sent(&table.then(Event::StoppedWaiting(access("w1"), Ok(()))));
    assert_ne!(second.key, first.key);
    assert_eq!(second.guest.phone, "+57 300 555 0999");
    table.and(Event::WaitArrived(second.key, Ok(access("w2"))));
    let place = table.wizard.listed().unwrap();
    assert_eq!(place.access, access("w2"));
}

#[test]
fn other_words_are_sent_at_once_where_the_earlier_did_not_go_through() {
    let (mut table, first) = mended();
    let refused = Event::WaitArrived(first.key.clone(), Err(Failure::OutsideWindow));
    let second = sent(&table.then(refused));
    assert_ne!(second.key, first.key);
    // And wait while nobody knows.
    let (mut table, first) = mended();
    table.and(Event::WaitArrived(first.key.clone(), Err(Failure::Down)));
    assert!(table.wizard.may_be_listed());
    assert_eq!(sent(&table.then(Event::WaitPressed)).key, first.key);
    // Where the earlier one does not go away, it is the one that stands.
    table.and(Event::WaitArrived(first.key, Ok(access("w1"))));
    table.and(Event::StoppedWaiting(access("w1"), Err(Failure::Down)));
    let place = table.wizard.listed().unwrap();
    assert_eq!(place.leaving, Leaving::Failed);
    assert!(!table.wizard.waiting().is_under_way());
}

#[test]
fn a_reload_finds_the_place_and_says_that_it_stands_only_when_that_was_heard() {
    let (mut table, effects) = reload(&listed());
    assert!(
        effects.contains(&Effect::ReadWait(access("w1"))),
        "{effects:?}"
    );
    let stands = |table: &Table| table.wizard.listed().map(|place| place.stands);
    assert_eq!(stands(&table), Some(Stands::Asked));
    table.and(Event::WaitRead(access("w1"), Err(Failure::Unreachable)));
    assert_eq!(stands(&table), Some(Stands::Unheard));
    let effects = table.then(Event::RetryPressed);
    assert!(
        effects.contains(&Effect::ReadWait(access("w1"))),
        "{effects:?}"
    );
    table.and(Event::WaitRead(access("w1"), Ok(())));
    assert_eq!(stands(&table), Some(Stands::Yes));
    // What is known stays on show while it is asked once more, and is over when the venue ended it.
    table.and(Event::Returned);
    assert_eq!(stands(&table), Some(Stands::Yes));
    table.and(Event::WaitRead(access("w1"), Err(Failure::NotFound)));
    assert_eq!(stands(&table), None);
    assert_eq!(table.wizard.saved().waits, []);
}

#[test]
fn a_reload_goes_on_leaving_a_list() {
    let mut table = listed();
    table.and(Event::StopWaitingPressed);
    let (mut table, effects) = reload(&table);
    let stop = Effect::StopWaiting(access("w1"));
    assert!(effects.contains(&stop), "{effects:?}");
    table.and(Event::StoppedWaiting(access("w1"), Ok(())));
    assert!(table.wizard.listed().is_none() && table.wizard.waiting().left);
}

#[test]
fn a_reload_remembers_a_wish_nobody_answered_and_asks_with_its_key() {
    let mut before = ready();
    let first = sent(&before.then(Event::WaitPressed));
    let (mut table, _) = reload(&before);
    assert!(table.wizard.may_be_listed() && table.wizard.listed().is_none());
    table.language = Language::En;
    table.write_guest();
    agree_to_wait(&mut table);
    let again = sent(&table.then(Event::WaitPressed));
    assert_eq!(again, first, "the very same");
    // It went through, and with other words: then nobody can find it from here, and the guest is told.
    let effects = table.then(Event::WaitArrived(
        first.key.clone(),
        Err(Failure::KeyReused),
    ));
    assert!(effects.contains(&Effect::FocusNotice));
    let failure = table.wizard.waiting().failure.clone();
    assert_eq!(failure, Some(Failure::KeyReused));
    // This table has begun to count its keys anew.
    (0..100).for_each(|_| drop(table.moment()));
    assert_ne!(sent(&table.then(Event::WaitPressed)).key, first.key);
}

#[test]
fn doubts_about_two_nights_do_not_take_each_others_place() {
    let mut table = ready();
    let first = sent(&table.then(Event::WaitPressed));
    table.and(Event::WaitArrived(first.key.clone(), Err(Failure::Down)));
    table.and(Event::NightChosen(day("2026-12-06")));
    table.enter(Step::Time);
    assert!(!table.wizard.may_be_listed());
    let full = at_full_night(true).wizard.evening().ready().cloned();
    let query = EveningQuery {
        date: day("2026-12-06"),
        ..evening_query()
    };
    table.and(Event::EveningArrived(query, Ok(full.unwrap())));
    let second = sent(&table.then(Event::WaitPressed));
    assert_ne!(second.key, first.key);
    assert_eq!(table.wizard.saved().waits.len(), 2);
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
    assert_eq!(effects, [kept(&table), Effect::FocusErrors]);
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
    assert_eq!(table.wizard.saved().hold, None);
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
    let effects = table.then(Event::StopWaitingPressed);
    assert_eq!(effects, [kept(&table), stop.clone()]);
    assert_eq!(table.then(Event::StopWaitingPressed), []);
    let lost = Event::StoppedWaiting(access("w1"), Err(Failure::Unreachable));
    table.and(lost);
    let leaving = table.wizard.listed().unwrap().leaving;
    assert_eq!(leaving, Leaving::Failed);
    let effects = table.then(Event::StopWaitingPressed);
    assert_eq!(effects, [kept(&table), stop]);
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
