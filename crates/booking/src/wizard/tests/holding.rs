//! Asking for a place: once, with one key, and a way on when it is gone.

use super::table::*;
use crate::wizard::{Holding, WhyLost};
use crate::*;

fn choose(id: &str) -> Event {
    Event::SlotChosen(SlotId(id.into()))
}

fn asks(effects: &[Effect]) -> usize {
    let is_ask = |effect: &&Effect| matches!(effect, Effect::TakeHold { .. });
    effects.iter().filter(is_ask).count()
}

#[test]
fn a_double_and_a_triple_tap_ask_for_one_place() {
    let mut table = Table::at_time();
    assert_eq!(asks(&table.then(choose("19"))), 1);
    assert_eq!(table.then(choose("19")), []);
    assert_eq!(table.then(choose("19")), []);
    assert_eq!(table.then(choose("21")), [], "not even for another seating");
}

#[test]
fn a_place_that_is_held_already_is_not_asked_for_again() {
    let mut table = Table::at_guests();
    table.enter(Step::Time);
    assert_eq!(table.then(choose("19")), [go(Step::Guests)]);
}

#[test]
fn another_seating_gives_the_first_one_back() {
    let mut table = Table::at_guests();
    table.enter(Step::Time);
    let effects = table.then(choose("21"));
    assert_eq!(effects[0], Effect::Release(access("r1"), Some(1)));
    assert_eq!(asks(&effects), 1);
}

#[test]
fn a_lost_answer_is_asked_for_twice_more_with_the_same_key_and_then_offered() {
    let mut table = Table::at_time();
    let asked = taken_key(&table.then(choose("19")));
    for wait in [1_500, 3_000] {
        let effects = table.then(Event::HoldArrived(asked.clone(), Err(Failure::Unreachable)));
        let (ms, due) = later(&effects);
        assert_eq!(ms, wait);
        let effects = table.then(due);
        assert_eq!(taken_key(&effects), asked);
    }
    let effects = table.then(Event::HoldArrived(asked.clone(), Err(Failure::Unreachable)));
    assert_eq!(asks(&effects), 0);
    assert!(matches!(table.wizard.holding(), Holding::Failed { .. }));
    assert_eq!(taken_key(&table.then(Event::RetryPressed)), asked);
    assert_eq!(asks(&table.then(Event::RetryPressed)), 0, "one at a time");
}

#[test]
fn the_same_seating_chosen_after_a_failure_keeps_its_key_and_another_one_does_not() {
    for (id, kept) in [("19", true), ("21", false)] {
        let mut table = Table::at_time();
        let asked = taken_key(&table.then(choose("19")));
        let busy = Failure::Busy {
            retry_after: Some(90),
        };
        table.and(Event::HoldArrived(asked.clone(), Err(busy)));
        assert_eq!(taken_key(&table.then(choose(id))) == asked, kept, "{id}");
    }
}

#[test]
fn the_seatings_stay_on_show_while_one_is_asked_for_and_after_it_failed() {
    let mut table = Table::at_time();
    let asked = taken_key(&table.then(choose("19")));
    assert!(table.wizard.evening().ready().is_some());
    table.and(Event::HoldArrived(asked, Err(Failure::PartySize)));
    assert!(table.wizard.evening().ready().is_some());
}

#[test]
fn an_alternative_on_another_night_takes_the_guest_to_that_night() {
    let mut table = Table::at_time();
    let effects = table.then(choose("next"));
    assert_eq!(table.wizard.draft().date, Some(day("2026-12-06")));
    assert_eq!(asks(&effects), 1);
    // The seatings of the old night do not stand under the new night's name.
    assert!(table.wizard.evening().is_loading());
    assert!(effects.iter().any(
        |effect| matches!(effect, Effect::FetchEvening(query) if query.date == day("2026-12-06"))
    ));
}

#[test]
fn a_seating_taken_meanwhile_keeps_every_answer_and_offers_others() {
    let mut table = Table::at_time();
    let asked = taken_key(&table.then(choose("19")));
    let alternatives = vec![slot("next", "2026-12-06", 19)];
    let taken = Failure::SlotTaken {
        alternatives: alternatives.clone(),
    };
    let effects = table.then(Event::HoldArrived(asked.clone(), Err(taken)));
    assert_eq!(asks(&effects), 0);
    assert!(effects.contains(&Effect::FetchEvening(evening_query())));
    assert_eq!(
        effects.last(),
        Some(&Effect::FocusNotice),
        "the pressed button is gone"
    );
    let draft = table.wizard.draft();
    assert_eq!(draft.slot, None, "the lost time stands nowhere as chosen");
    assert_eq!(
        (draft.party, draft.date),
        (Some(2), Some(day("2026-12-05")))
    );
    let Holding::Lost {
        why,
        alternatives: offered,
        ..
    } = table.wizard.holding()
    else {
        panic!("{:?}", table.wizard.holding());
    };
    assert_eq!((*why, offered), (WhyLost::Taken, &alternatives));
    let effects = table.then(choose("next"));
    assert_ne!(taken_key(&effects), asked, "another wish, another key");
    assert_eq!(table.wizard.draft().date, Some(day("2026-12-06")));
}

#[test]
fn taking_the_place_again_is_a_new_wish_with_a_new_key() {
    let mut table = Table::at_time();
    let first = taken_key(&table.then(choose("19")));
    let held = table.held("r1");
    table.and(Event::HoldArrived(first.clone(), Ok(held)));
    table.run_out(601);
    let effects = table.then(Event::RetakePressed);
    assert_ne!(taken_key(&effects), first);
    assert_eq!(asks(&table.then(Event::RetakePressed)), 0, "a second tap");
}

#[test]
fn a_place_that_comes_too_late_is_given_back() {
    let mut table = Table::at_time();
    let first = taken_key(&table.then(choose("19")));
    table.and(Event::NightChosen(day("2026-12-08")));
    let late = table.held("r1");
    let effects = table.then(Event::HoldArrived(first, Ok(late)));
    let kept = Effect::Save(table.wizard.saved());
    assert_eq!(effects, [kept, Effect::Release(access("r1"), Some(1))]);
    assert_eq!(table.wizard.saved().left.len(), 1, "and looked after");
    assert_eq!(table.wizard.holding(), &Holding::None);
}

#[test]
fn the_same_answer_twice_changes_nothing_and_gives_nothing_back() {
    let mut table = Table::at_time();
    let asked = taken_key(&table.then(choose("19")));
    let held = table.held("r1");
    table.and(Event::HoldArrived(asked.clone(), Ok(held.clone())));
    let before = table.wizard.clone();
    assert_eq!(table.then(Event::HoldArrived(asked, Ok(held))), []);
    assert_eq!(table.wizard, before);
}

#[test]
fn a_key_the_server_knows_for_something_else_is_replaced() {
    // The language was switched between two tries, so the same wish had another body.
    let mut table = Table::at_time();
    let first = taken_key(&table.then(choose("19")));
    let effects = table.then(Event::HoldArrived(first.clone(), Err(Failure::KeyReused)));
    let second = taken_key(&effects);
    assert_ne!(second, first);
    let held = table.held("r1");
    table.and(Event::HoldArrived(second, Ok(held)));
    assert!(matches!(table.wizard.holding(), Holding::Held(_)));
}

#[test]
fn a_server_that_refuses_every_key_ends_in_words_and_not_in_a_loop() {
    let mut table = Table::at_time();
    let mut effects = table.then(choose("19"));
    let mut asked = 0;
    while asks(&effects) > 0 {
        asked += 1;
        let key = taken_key(&effects);
        effects = table.then(Event::HoldArrived(key, Err(Failure::KeyReused)));
    }
    assert_eq!(asked, 3);
    assert!(matches!(table.wizard.holding(), Holding::Failed { .. }));
}

#[test]
fn a_state_this_site_does_not_know_is_no_place_to_build_on() {
    let mut table = Table::at_time();
    let mut effects = table.then(choose("19"));
    for _ in 0..3 {
        let key = taken_key(&effects);
        let odd = reservation("r1", Status::Unknown);
        effects = table.then(Event::HoldArrived(key, Ok(odd)));
        if let Some(Effect::After { event, .. }) = effects.first().cloned() {
            effects = table.then(*event);
        }
    }
    assert!(matches!(table.wizard.holding(), Holding::Failed { .. }));
}

#[test]
fn without_a_party_nothing_is_asked_for_and_nothing_waits() {
    let mut table = Table::new();
    assert_eq!(table.then(choose("19")), []);
    assert_eq!(table.wizard.holding(), &Holding::None);
}
