//! A reload loses nothing but what is personal.

use super::table::*;
use crate::wizard::{Confirming, Holding};
use crate::*;

/// The page is loaded anew with what the tab kept.
fn reload(before: &Table) -> (Table, Vec<Effect>) {
    let mut table = Table::new();
    table.server_ms = before.server_ms;
    let effects = table.then(Event::Restored(before.wizard.saved()));
    (table, effects)
}

#[test]
fn nothing_personal_is_ever_kept() {
    let (mut sending, key) = Table::sending();
    for table in [&Table::at_guests(), &Table::at_check(), &sending] {
        let kept = table.wizard.saved();
        let Some(SavedHold::Made { access, .. }) = &kept.hold else {
            panic!("{kept:?}");
        };
        assert_eq!(access.id, "r1");
    }
    let name = Reservation {
        name: Some("Lucía Pérez Ríos".into()),
        ..reservation("r1", Status::Confirmed)
    };
    sending.and(Event::ConfirmArrived(key, Ok(name)));
    let made = SavedHold::Made {
        access: access("r1"),
        confirm_key: None,
        extensions_left: 0,
    };
    assert_eq!(sending.wizard.saved().hold, Some(made));
}

#[test]
fn party_and_night_survive() {
    let (table, effects) = reload(&Table::at_time());
    assert_eq!(effects, []);
    assert_eq!(table.wizard.saved(), Table::at_time().wizard.saved());
    assert_eq!(table.wizard.nearest(Step::Done), Step::Time);
}

#[test]
fn a_place_asked_for_is_asked_for_again_with_the_same_key() {
    let mut before = Table::at_time();
    let asked = taken_key(&before.then(Event::SlotChosen(SlotId("19".into()))));
    let (mut table, effects) = reload(&before);
    assert_eq!(taken_key(&effects), asked);
    table.enter(Step::Time);
    let held = table.held("r1");
    let effects = table.then(Event::HoldArrived(asked, Ok(held)));
    // Which step comes next, only the venue knows; it has not answered yet.
    assert_eq!(gone_to(&effects), [Step::Dishes]);
    table.enter(Step::Dishes);
    let effects = table.then(Event::VenueArrived(Ok(venue())));
    assert_eq!(effects, [instead(Step::Guests)]);
}

#[test]
fn a_place_that_is_held_is_found_and_its_clock_does_not_begin_anew() {
    let mut before = Table::at_guests();
    before.wait(240);
    let (mut table, effects) = reload(&before);
    assert_eq!(effects, [Effect::Read(access("r1"), ASKED)]);
    assert_eq!(gone_to(&table.enter(Step::Guests)), []);
    let read = table.held_for("r1", 360, 1);
    table.and(Event::ReadArrived(ASKED, Ok(read)));
    assert!(
        matches!(table.wizard.holding(), Holding::Held(hold) if hold.seconds_left() == 360 && hold.extensions_left == 2)
    );
    assert_eq!(table.wizard.draft().slot.as_ref().unwrap().id.0, "19");
    assert_eq!(table.wizard.saved(), before.wizard.saved());
}

#[test]
fn a_place_that_cannot_be_asked_about_can_be_asked_about_again_on_every_page() {
    for step in [Step::Time, Step::Guests, Step::Done] {
        let (mut table, _) = reload(&Table::at_guests());
        table.enter(step);
        table.and(Event::ReadArrived(ASKED, Err(Failure::Unreachable)));
        let effects = table.then(Event::RetryPressed);
        assert!(
            effects.contains(&Effect::Read(access("r1"), ASKED)),
            "{step:?}: {effects:?}"
        );
    }
}

#[test]
fn a_place_that_ran_out_meanwhile_can_be_taken_again() {
    let (mut table, _) = reload(&Table::at_guests());
    table.enter(Step::Guests);
    table.and(Event::ReadArrived(
        ASKED,
        Ok(reservation("r1", Status::Expired)),
    ));
    assert!(matches!(
        table.wizard.holding(),
        Holding::Lost { slot: Some(_), .. }
    ));
    taken_key(&table.then(Event::RetakePressed));
}

#[test]
fn a_confirmation_under_way_is_looked_for_before_anything_else() {
    let (mut before, first) = Table::sending();
    before.server_ms += 1_000;
    let (mut table, effects) = reload(&before);
    assert_eq!(effects, [Effect::Read(access("r1"), ASKED)]);
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::Checking { .. }
    ));
    assert_eq!(table.wizard.saved(), before.wizard.saved());
    let mut found = reload(&before).0;
    found.enter(Step::Check);
    let effects = found.then(Event::ReadArrived(
        ASKED,
        Ok(reservation("r1", Status::Confirmed)),
    ));
    assert_eq!(gone_to(&effects), [Step::Done]);
    // Not booked: the guest writes the details again, and nobody can say they are the same.
    table.enter(Step::Guests);
    let still = table.held_for("r1", 300, 1);
    table.and(Event::ReadArrived(ASKED, Ok(still)));
    table.write_guest();
    table.and(Event::GuestsSubmitted);
    table.enter(Step::Check);
    table.agree();
    assert_ne!(confirmation(&table.then(Event::ConfirmPressed)).key, first);
}

#[test]
fn a_reservation_is_found_and_the_form_stays_closed() {
    let (mut before, key) = Table::sending();
    before.and(Event::ConfirmArrived(
        key,
        Ok(reservation("r1", Status::Confirmed)),
    ));
    let (mut table, effects) = reload(&before);
    assert_eq!(effects, [Effect::Read(access("r1"), ASKED)]);
    table.enter(Step::Party);
    let effects = table.then(Event::ReadArrived(
        ASKED,
        Ok(reservation("r1", Status::Confirmed)),
    ));
    assert_eq!(gone_to(&effects), [Step::Done]);
    assert_eq!(table.wizard.saved(), before.wizard.saved());
}

#[test]
fn a_reservation_cancelled_meanwhile_leaves_the_form_free() {
    let (mut before, key) = Table::sending();
    before.and(Event::ConfirmArrived(
        key,
        Ok(reservation("r1", Status::Confirmed)),
    ));
    let (mut table, _) = reload(&before);
    table.enter(Step::Party);
    table.and(Event::ReadArrived(
        ASKED,
        Ok(reservation("r1", Status::Cancelled)),
    ));
    assert_eq!(
        (table.wizard.booked(), table.wizard.holding()),
        (None, &Holding::None)
    );
    assert_eq!(table.wizard.saved().hold, None);
}

#[test]
fn what_someone_wrote_into_the_tab_leaves_a_way_on() {
    let mut table = Table::new();
    let odd = Saved {
        hold: Some(SavedHold::Asked {
            key: key(7),
            slot: "19".into(),
            language: Language::Es,
        }),
        ..Saved::default()
    };
    assert_eq!(table.then(Event::Restored(odd)), []);
    table.enter_with(Step::Time, Some(2), Some("2026-12-05"));
    table.and(Event::EveningArrived(evening_query(), Ok(evening())));
    taken_key(&table.then(Event::SlotChosen(SlotId("19".into()))));
}

/// A tab that has a reservation, loaded anew.
fn booked_and_reloaded() -> Table {
    let (mut before, key) = Table::sending();
    let answer = reservation("r1", Status::Confirmed);
    before.and(Event::ConfirmArrived(key, Ok(answer)));
    reload(&before).0
}

#[test]
fn a_reservation_not_yet_read_is_never_given_up_by_a_tap_or_a_link() {
    for heard in [false, true] {
        let mut table = booked_and_reloaded();
        table.enter(Step::Night);
        if heard {
            table.and(Event::ReadArrived(ASKED, Err(Failure::Down)));
        }
        let mut effects = table.then(Event::NightChosen(day("2026-12-08")));
        effects.extend(table.then(Event::SlotChosen(SlotId("21".into()))));
        effects.extend(table.enter_with(Step::Night, Some(5), None));
        let asks =
            |effect: &Effect| matches!(effect, Effect::Release(..) | Effect::TakeHold { .. });
        assert!(!effects.iter().any(asks), "{effects:?}");
        let own = reservation("r1", Status::Confirmed);
        table.and(Event::ReadArrived(ASKED, Ok(own.clone())));
        assert_eq!(table.wizard.booked(), Some(&own));
    }
}

#[test]
fn answers_in_a_link_wait_until_the_tabs_place_is_known_and_then_count() {
    let (mut table, _) = reload(&Table::at_guests());
    table.enter_with(Step::Night, Some(5), None);
    assert_eq!(table.wizard.draft().party, Some(2));
    let held = table.held("r1");
    let effects = table.then(Event::ReadArrived(ASKED, Ok(held)));
    assert!(
        effects.contains(&Effect::Release(access("r1"), Some(1))),
        "{effects:?}"
    );
    assert!(matches!(effects.last(), Some(Effect::FetchCalendar(query)) if query.party == 5));
    assert_eq!(table.wizard.draft().party, Some(5));
}

#[test]
fn whether_it_is_a_rehearsal_is_known_before_the_venue_answers() {
    for (trial, known) in [(true, Some(true)), (false, Some(false))] {
        let mut before = Table::at_guests();
        assert_eq!(before.wizard.rehearsal(), Some(true));
        let venue = Venue { trial, ..venue() };
        let effects = before.then(Event::VenueArrived(Ok(venue)));
        let news = Effect::Save(before.wizard.saved());
        assert_eq!(effects.contains(&news), !trial, "kept when it is news");
        assert_eq!(reload(&before).0.wizard.rehearsal(), known);
    }
    // Nobody is told of a house where nothing was made.
    assert_eq!(reload(&Table::at_time()).0.wizard.rehearsal(), None);
}

#[test]
fn a_reload_goes_on_giving_back_and_knows_what_is_in_doubt() {
    let mut before = Table::at_guests();
    before.and(Event::NightChosen(day("2026-12-06")));
    let (mut table, effects) = reload(&before);
    assert_eq!(effects, [Effect::Read(access("r1"), Question::APART)]);
    // It was not heard of that it is given back.
    let still = table.held_for("r1", 400, 1);
    let effects = table.then(Event::ReadArrived(Question::APART, Ok(still.clone())));
    assert_eq!(effects, [Effect::Release(access("r1"), Some(1))]);
    // A server that says now this, now that is not asked without a pause.
    let changed = Event::GivenBack(access("r1"), Err(Failure::Changed));
    let (ms, due) = later(&table.then(changed));
    assert!(ms >= 1_000);
    let again = Effect::Read(access("r1"), Question::APART);
    assert_eq!(table.then(due), [again]);
    let over = reservation("r1", Status::Expired);
    let effects = table.then(Event::ReadArrived(Question::APART, Ok(over)));
    assert_eq!(effects, [Effect::Save(table.wizard.saved())]);
    assert_eq!(table.wizard.saved().left, []);
}

#[test]
fn an_answer_about_another_hold_says_nothing_of_the_one_that_was_asked_for() {
    let mut before = Table::at_guests();
    before.and(Event::NightChosen(day("2026-12-06")));
    let (mut table, _) = reload(&before);
    let other = reservation("r0", Status::Expired);
    let effects = table.then(Event::ReadArrived(Question::APART, Ok(other)));
    assert!(effects.is_empty(), "{effects:?}");
    assert_eq!(table.wizard.saved().left.len(), 1, "it may still be kept");
    let over = reservation("r1", Status::Expired);
    table.and(Event::ReadArrived(Question::APART, Ok(over)));
    assert_eq!(table.wizard.saved().left, []);
}
