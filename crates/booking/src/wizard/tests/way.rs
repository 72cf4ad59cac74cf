//! Which steps there are at which venue, and how a guest gets from one to the next.

use super::table::*;
use crate::*;

/// Each kind of venue with the steps it has beyond those of all.
fn venues() -> [(Venue, Vec<Step>); 4] {
    [(false, false), (true, false), (false, true), (true, true)].map(|(dishes, rules)| {
        let mut venue = asking_venue();
        venue.capabilities.preorder = dishes;
        if !rules {
            venue.house_rules.clear();
        }
        let own = [(dishes, Step::Dishes), (rules, Step::Rules)];
        let own = own.into_iter().filter(|(has, _)| *has);
        (venue, own.map(|(_, step)| step).collect())
    })
}

fn at_party(venue: Result<Venue, Failure>) -> Table {
    let mut table = Table::new();
    table.enter(Step::Party);
    table.and(Event::VenueArrived(venue));
    table
}

#[test]
fn the_venue_decides_which_steps_there_are() {
    for (venue, own) in venues() {
        let wizard = at_party(Ok(venue)).wizard;
        let missing = |step: &Step| matches!(step, Step::Dishes | Step::Rules);
        let has = |step: &Step| !missing(step) || own.contains(step);
        let steps: Vec<_> = Step::ALL.into_iter().filter(has).collect();
        assert_eq!(wizard.steps().collect::<Vec<_>>(), steps);
        for pair in steps.windows(2) {
            assert_eq!(wizard.next_after(pair[0]), pair[1]);
            assert_eq!(wizard.before(pair[1]), pair[0]);
        }
        let questions = steps.len() - 1;
        for (index, step) in steps.iter().take(questions).enumerate() {
            let position = Position {
                number: index + 1,
                of: questions,
                known: true,
            };
            assert_eq!(wizard.position(*step), position);
        }
        assert_eq!(wizard.before(Step::Party), Step::Party);
        assert_eq!(wizard.next_after(Step::Done), Step::Done);
    }
}

#[test]
fn until_the_venue_has_answered_there_may_be_any_step() {
    let mut failed = Table::new();
    failed.enter(Step::Party);
    for answered in [false, true] {
        if answered {
            failed.and(Event::VenueArrived(Err(Failure::Down)));
        }
        let wizard = &failed.wizard;
        assert!(wizard.steps().eq(Step::ALL));
        let position = wizard.position(Step::Party);
        assert_eq!((position.number, position.of), (1, 7));
        assert!(!position.known, "nothing is said of how many there are");
    }
}

#[test]
fn every_step_leads_to_the_next_one_there_is() {
    for (venue, own) in venues() {
        let mut table = at_party(Ok(venue));
        table.enter_with(Step::Night, Some(2), None);
        table.and(Event::NightChosen(day("2026-12-05")));
        table.enter(Step::Time);
        let mut effects = table.then(Event::SlotChosen(SlotId("19".into())));
        let held = table.held("r1");
        effects = table.then(Event::HoldArrived(taken_key(&effects), Ok(held)));
        table.write_guest();
        let mut way = Vec::new();
        while let [step] = gone_to(&effects)[..] {
            way.push(step);
            assert_eq!(gone_to(&table.enter(step)), []);
            effects = match step {
                Step::Dishes => table.then(Event::DishesSubmitted),
                Step::Guests => table.then(Event::GuestsSubmitted),
                Step::Rules => {
                    table.accept("phones");
                    table.then(Event::RulesSubmitted)
                }
                _ => Vec::new(),
            };
        }
        let mut expected = own.clone();
        expected.extend([Step::Guests, Step::Check]);
        expected.sort();
        assert_eq!(way, expected);
        // The table that is held already is not asked for again.
        table.enter(Step::Time);
        let effects = table.then(Event::SlotChosen(SlotId("19".into())));
        assert_eq!(effects, [go(expected[0])]);
    }
}

#[test]
fn a_link_to_a_step_this_venue_does_not_have_leads_to_the_next_one() {
    let mut table = Table::at_guests();
    assert_eq!(gone_to(&table.enter(Step::Dishes)), [Step::Guests]);
    let mut table = Table::at_check();
    assert_eq!(gone_to(&table.enter(Step::Rules)), [Step::Check]);
    // Unless something before it is missing.
    let mut table = Table::at_guests();
    assert_eq!(gone_to(&table.enter(Step::Rules)), [Step::Guests]);
    assert_eq!(
        gone_to(&at_party(Ok(venue())).enter(Step::Dishes)),
        [Step::Party]
    );
}

#[test]
fn a_step_that_turns_out_not_to_exist_is_left_for_the_next_one() {
    let mut table = Table::at_dishes_of(Err(Failure::Down));
    assert_eq!(table.wizard.step(), Some(Step::Dishes));
    assert!(table.wizard.venue().is_loading(), "each step asks again");
    let effects = table.then(Event::VenueArrived(Ok(venue())));
    let kept = Effect::Save(table.wizard.saved());
    assert_eq!(effects, [instead(Step::Guests), kept]);
    assert_eq!(gone_to(&table.enter(Step::Guests)), []);
    // One that exists stays on show.
    let mut table = Table::at_dishes_of(Err(Failure::Down));
    let effects = table.then(Event::VenueArrived(Ok(asking_venue())));
    assert_eq!(gone_to(&effects), []);
}

#[test]
fn nobody_comes_past_a_step_whose_answer_is_missing() {
    let mut table = Table::at_rules();
    assert_eq!(gone_to(&table.enter(Step::Check)), [Step::Rules]);
    table.accept("phones");
    assert_eq!(gone_to(&table.enter(Step::Check)), []);
    // Chosen on the page of the menu, long after the dishes step.
    table.and(Event::PlanChanged(plan(2)));
    for step in [Step::Guests, Step::Rules, Step::Check, Step::Done] {
        assert_eq!(gone_to(&table.enter(step)), [Step::Dishes], "{step:?}");
    }
    assert_eq!(gone_to(&table.enter(Step::Time)), []);
}

#[test]
fn a_venue_that_cannot_be_read_again_is_not_forgotten() {
    let mut table = at_party(Ok(asking_venue()));
    table.and(Event::VenueArrived(Err(Failure::Down)));
    assert_eq!(table.wizard.venue().ready(), Some(&asking_venue()));
}
