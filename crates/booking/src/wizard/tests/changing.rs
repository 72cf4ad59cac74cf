//! From the last look back to one answer, and straight back again.

use super::table::*;
use crate::*;

/// At the last look of a venue that takes dishes and has rules.
fn at_check() -> Table {
    let mut table = Table::at_rules();
    table.accept("phones");
    table.and(Event::RulesSubmitted);
    table.enter(Step::Check);
    table
}

/// The guest follows the link that changes an answer.
fn change(step: Step) -> Table {
    let mut table = at_check();
    assert_eq!(table.then(Event::ChangePressed), []);
    assert_eq!(gone_to(&table.enter(step)), []);
    table
}

#[test]
fn whoever_changes_an_answer_comes_straight_back_to_the_last_look() {
    for (step, done) in [
        (Step::Dishes, Event::DishesSubmitted),
        (Step::Guests, Event::GuestsSubmitted),
        (Step::Rules, Event::RulesSubmitted),
        // The seating that is kept already.
        (Step::Time, Event::SlotChosen(SlotId("19".into()))),
    ] {
        let mut table = change(step);
        assert_eq!(table.then(done), [go(Step::Check)], "{step:?}");
    }
}

#[test]
fn without_that_link_each_step_leads_to_the_next() {
    // Back, in the browser or on the page.
    let mut table = at_check();
    table.enter(Step::Guests);
    assert_eq!(table.then(Event::GuestsSubmitted), [go(Step::Rules)]);
    // And once the guest was back at the last look, that is over.
    let mut table = change(Step::Guests);
    table.enter(Step::Check);
    table.enter(Step::Guests);
    assert_eq!(table.then(Event::GuestsSubmitted), [go(Step::Rules)]);
    // Nobody else is on the way back.
    let mut table = Table::at_guests();
    table.and(Event::ChangePressed);
    table.enter(Step::Time);
    let again = table.then(Event::SlotChosen(SlotId("19".into())));
    assert_eq!(again, [go(Step::Guests)]);
}

#[test]
fn what_has_to_be_mended_is_mended_first() {
    let mut table = change(Step::Guests);
    table.write(GuestField::Email, "nobody");
    assert_eq!(table.then(Event::GuestsSubmitted), [Effect::FocusErrors]);
    table.write_guest();
    assert_eq!(table.then(Event::GuestsSubmitted), [go(Step::Check)]);
    // Dishes that tell a need ask for a consent, wherever they were chosen.
    let mut table = change(Step::Guests);
    table.and(Event::PlanChanged(plan(2)));
    assert_eq!(table.then(Event::GuestsSubmitted), [go(Step::Dishes)]);
    table.enter(Step::Dishes);
    table.allow_health(true);
    assert_eq!(table.then(Event::DishesSubmitted), [go(Step::Check)]);
}

#[test]
fn the_same_number_of_guests_needs_no_other_night() {
    let mut table = change(Step::Party);
    let effects = table.enter_with(Step::Night, Some(2), None);
    assert_eq!(gone_to(&effects), [Step::Check]);
    assert!(effects.contains(&instead(Step::Check)), "{effects:?}");
    assert_eq!(gone_to(&table.enter(Step::Check)), []);
    // That was all: the next time the number is a number.
    assert_eq!(gone_to(&table.enter_with(Step::Night, Some(2), None)), []);
}

#[test]
fn another_number_needs_another_place_and_then_leads_back() {
    let mut table = change(Step::Party);
    let effects = table.enter_with(Step::Night, Some(3), None);
    assert_eq!(gone_to(&effects), []);
    assert!(
        matches!(effects[..], [.., Effect::FetchCalendar(_)]),
        "{effects:?}"
    );
    table.and(Event::NightChosen(day("2026-12-05")));
    table.enter(Step::Time);
    let query = EveningQuery {
        date: day("2026-12-05"),
        party: 3,
    };
    table.and(Event::EveningArrived(query, Ok(evening())));
    let asked = taken_key(&table.then(Event::SlotChosen(SlotId("19".into()))));
    let held = table.held("r2");
    assert_eq!(
        gone_to(&table.then(Event::HoldArrived(asked, Ok(held)))),
        [Step::Check]
    );
}
