//! Dishes, needs, rules and consents: what is asked, what is sent, and what nobody keeps.

use super::table::*;
use crate::failure::Refusal;
use crate::message::Confirmation;
use crate::rules::{FieldId, Reason};
use crate::wizard::Confirming;
use crate::*;

fn errors(table: &Table) -> Vec<FieldId> {
    let errors = table.wizard.errors();
    errors.iter().map(|error| error.field).collect()
}

fn refused(pointers: &[&str]) -> Failure {
    let refusal = |pointer: &&str| Refusal {
        pointer: (*pointer).into(),
        code: "invalid".into(),
    };
    Failure::Refused(pointers.iter().map(refusal).collect())
}

/// From the rules step to the confirmation.
fn confirm(table: &mut Table) -> Confirmation {
    table.accept("phones");
    table.and(Event::RulesSubmitted);
    table.enter(Step::Check);
    table.agree();
    confirmation(&table.then(Event::ConfirmPressed))
}

/// A guest at the rules step whose party has told what it cannot eat, and agreed to that.
fn told(guests: usize) -> Table {
    let mut table = Table::at_rules();
    table.and(Event::PlanChanged(plan(guests)));
    table.allow_health(true);
    table
}

#[test]
fn going_on_without_choosing_is_simply_going_on() {
    let mut table = Table::at_dishes();
    assert_eq!(table.then(Event::DishesSubmitted), [go(Step::Guests)]);
}

#[test]
fn needs_are_told_only_with_their_own_consent() {
    let mut table = Table::at_dishes();
    table.and(Event::PlanChanged(plan(2)));
    for _ in 0..2 {
        assert_eq!(table.then(Event::DishesSubmitted), [Effect::FocusErrors]);
        assert_eq!(errors(&table), [FieldId::Health]);
    }
    // Either of two ways on.
    let mut without = table.wizard.clone();
    table.allow_health(true);
    assert_eq!(errors(&table), []);
    assert_eq!(table.then(Event::DishesSubmitted), [go(Step::Guests)]);
    let bare = plan(2).without_needs();
    without.update(Event::PlanChanged(bare), &table.moment());
    assert_eq!(without.errors(), []);
    let effects = without.update(Event::DishesSubmitted, &table.moment());
    assert_eq!(effects, [go(Step::Guests)]);
}

#[test]
fn consent_to_needs_ends_with_them() {
    let mut table = told(2);
    table.and(Event::PlanChanged(plan(2).without_needs()));
    table.and(Event::PlanChanged(plan(2)));
    assert!(
        !table.wizard.draft().consents.health,
        "nothing is pre-ticked"
    );
}

#[test]
fn the_needs_of_a_guest_who_does_not_come_ask_for_nothing() {
    let mut table = Table::at_dishes();
    table.and(Event::PlanChanged(plan(4)));
    assert_eq!(table.then(Event::DishesSubmitted), [go(Step::Guests)]);
}

#[test]
fn what_was_chosen_for_the_party_is_sent_and_the_rest_stays() {
    let mut table = told(2);
    let sent = confirm(&mut table);
    assert_eq!(sent.plan, plan(2));
    assert!(sent.consents.health);
    let mut table = told(4);
    let sent = confirm(&mut table);
    assert_eq!(sent.plan, plan(4).for_party(2));
    assert!(!sent.consents.health, "nobody who comes told anything");
    assert_eq!(table.wizard.draft().plan, plan(4));
}

#[test]
fn a_venue_that_takes_no_dishes_is_sent_nothing_of_the_plan() {
    let mut table = Table::at_check();
    table.and(Event::PlanChanged(plan(2)));
    table.allow_health(true);
    let sent = confirmation(&table.then(Event::ConfirmPressed));
    assert_eq!(sent.plan, Plan::default());
    assert!(!sent.consents.health);
    assert_eq!(
        table.wizard.draft().plan,
        plan(2),
        "it stays with the guest"
    );
    let booked = reservation("r1", Status::Confirmed);
    table.and(Event::ConfirmArrived(sent.key, Ok(booked)));
    assert_eq!(table.wizard.draft().plan, plan(2));
}

#[test]
fn every_rule_that_must_be_accepted_is_and_nothing_is_ticked_beforehand() {
    let mut table = Table::at_rules();
    assert_eq!(table.wizard.draft().consents, Consents::default());
    assert_eq!(table.then(Event::RulesSubmitted), [Effect::FocusErrors]);
    assert_eq!(errors(&table), [FieldId::HouseRule(1)]);
    table.accept("read");
    assert_eq!(errors(&table), [FieldId::HouseRule(1)]);
    table.accept("phones");
    assert_eq!(errors(&table), []);
    assert_eq!(table.then(Event::RulesSubmitted), [go(Step::Check)]);
    table.enter(Step::Check);
    table.agree();
    // What this venue never asked is not sent either.
    table.accept("of another house");
    let sent = confirmation(&table.then(Event::ConfirmPressed));
    assert_eq!(sent.consents.house_rules, ["read", "phones"]);
}

#[test]
fn a_box_says_what_was_agreed_to_and_changes_nothing_else() {
    let mut table = Table::at_rules();
    let boxes = [FieldId::Health, FieldId::Privacy, FieldId::HouseRule(1)];
    for (ticked, field) in boxes.into_iter().enumerate() {
        assert!(!table.wizard.agrees_to(field), "{field:?}");
        let consents = table.wizard.consents_with(field, true);
        table.and(Event::ConsentChanged(consents));
        let agreed = boxes.iter().filter(|field| table.wizard.agrees_to(**field));
        assert_eq!(agreed.count(), ticked + 1);
    }
    assert_eq!(table.wizard.draft().consents.house_rules, ["phones"]);
    for field in boxes {
        let consents = table.wizard.consents_with(field, false);
        table.and(Event::ConsentChanged(consents));
    }
    // A rule that is none, and what is no box.
    for field in [FieldId::HouseRule(2), FieldId::Dishes] {
        let consents = table.wizard.consents_with(field, true);
        assert_eq!(consents, Consents::default());
        assert!(!table.wizard.agrees_to(field) && table.wizard.rule(field).is_none());
    }
}

#[test]
fn another_plan_and_other_consents_are_another_request() {
    let changes: [fn(&mut Table); 3] = [
        |table| {
            // The same needs, and other dishes.
            let mut other = plan(2);
            other.places[0].dishes.clear();
            table.and(Event::PlanChanged(other));
        },
        |table| table.accept("read"),
        |table| drop(table.then(Event::PlanChanged(plan(3)))),
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut table = told(2);
        let first = confirm(&mut table);
        let lost = Event::ConfirmArrived(first.key.clone(), Err(Failure::Unreachable));
        table.and(lost).and(Event::CheckDue(ASKED));
        let still = table.held_for("r1", 500, 1);
        table.and(Event::ReadArrived(ASKED, Ok(still)));
        let mut same = table.wizard.clone();
        let again = same.update(Event::ConfirmPressed, &table.moment());
        assert_eq!(confirmation(&again), first, "the same wish, the same key");
        change(&mut table);
        let sent = confirmation(&table.then(Event::ConfirmPressed));
        assert_ne!(sent.key, first.key, "change {index}");
        assert_ne!((sent.plan, sent.consents), (first.plan, first.consents));
    }
}

#[test]
fn refusals_lead_to_the_step_that_can_mend_them() {
    for (pointer, field, step) in [
        ("/dishes/0/items/1/name", FieldId::Dishes, Step::Dishes),
        ("/dishes", FieldId::Dishes, Step::Dishes),
        ("/dietary/1/note", FieldId::Needs, Step::Dishes),
        ("/consents/health", FieldId::Health, Step::Dishes),
    ] {
        let mut table = told(2);
        let key = confirm(&mut table).key;
        let answer = Err(refused(&["/consents/privacy", pointer, pointer]));
        let effects = table.then(Event::ConfirmArrived(key, answer));
        assert_eq!(gone_to(&effects), [step], "{pointer}");
        assert_eq!(effects.last(), Some(&Effect::FocusErrors));
        assert_eq!(gone_to(&table.enter(step)), []);
        assert_eq!(errors(&table), [field], "{pointer}");
        assert_eq!(table.wizard.errors()[0].reason, Reason::Invalid);
        table.and(Event::PlanChanged(plan(2).without_needs()));
        assert_eq!(errors(&table), [], "{pointer}");
    }
}

#[test]
fn a_refusal_about_dishes_leads_to_no_step_where_there_is_none() {
    let (mut table, key) = Table::sending();
    let answer = Err(refused(&["/dishes/0/setId"]));
    let effects = table.then(Event::ConfirmArrived(key, answer));
    assert_eq!(gone_to(&effects), []);
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::NotBooked { .. }
    ));
    confirmation(&table.then(Event::ConfirmPressed));
}

#[test]
fn rules_that_have_changed_are_read_and_accepted_anew() {
    let mut table = Table::at_rules();
    let key = confirm(&mut table).key;
    let answer = Err(refused(&["/consents/houseRules"]));
    let effects = table.then(Event::ConfirmArrived(key, answer));
    assert!(effects.contains(&Effect::FetchVenue), "{effects:?}");
    assert_eq!(gone_to(&effects), [Step::Rules]);
    table.enter(Step::Rules);
    assert_eq!(errors(&table), [FieldId::HouseRule(1)]);
    let mut changed = asking_venue();
    changed.house_rules.swap(0, 1);
    changed.house_rules[1].must_accept = true;
    table.and(Event::VenueArrived(Ok(changed)));
    let both = [FieldId::HouseRule(0), FieldId::HouseRule(1)];
    assert_eq!(errors(&table), both);
    table.accept("read");
    table.accept("phones");
    assert_eq!(table.then(Event::RulesSubmitted), [go(Step::Check)]);
}

#[test]
fn rules_of_which_nobody_knew_are_asked_for() {
    // The venue had none when it was read.
    let (mut table, key) = Table::sending();
    let answer = Err(refused(&["/consents/houseRules"]));
    let effects = table.then(Event::ConfirmArrived(key, answer));
    assert_eq!(gone_to(&effects), []);
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::NotBooked { .. }
    ));
    assert_eq!(effects[0], Effect::FetchVenue);
    let mut changed = asking_venue();
    changed.capabilities.preorder = false;
    table.and(Event::VenueArrived(Ok(changed)));
    let effects = table.then(Event::ConfirmPressed);
    assert_eq!(gone_to(&effects), [Step::Rules]);
    assert_eq!(effects.last(), Some(&Effect::FocusErrors));
}

#[test]
fn a_reload_keeps_the_dishes_and_forgets_the_needs() {
    let before = told(2);
    let kept = before.wizard.saved();
    assert_eq!(Plan::from(kept.dishes.clone()), plan(2).without_needs());
    assert!(!format!("{kept:?}").contains(NEED));
    let mut table = Table::new();
    table.and(Event::Restored(kept.clone()));
    let draft = table.wizard.draft();
    assert_eq!(draft.plan, plan(2).without_needs());
    assert_eq!(draft.consents, Consents::default(), "consent is asked anew");
    assert_eq!(table.wizard.saved(), kept);
}

#[test]
fn a_plan_may_come_before_any_step_is_opened() {
    let mut table = Table::new();
    table.and(Event::Restored(Saved::default()));
    let effects = table.then(Event::PlanChanged(plan(2)));
    let kept = Saved {
        dishes: plan(2).dishes(),
        ..Saved::default()
    };
    assert_eq!(effects, [Effect::Save(kept)]);
    assert_eq!(table.wizard.step(), None);
    assert_eq!(table.enter(Step::Party), [Effect::FetchVenue]);
    assert_eq!(table.wizard.draft().plan, plan(2));
}

#[test]
fn a_tab_that_wakes_on_another_page_stays_there() {
    let (mut before, key) = Table::sending();
    let answer = reservation("r1", Status::Confirmed);
    before.and(Event::ConfirmArrived(key, Ok(answer.clone())));
    let mut table = Table::new();
    table.and(Event::Restored(before.wizard.saved()));
    let effects = table.then(Event::ReadArrived(ASKED, Ok(answer)));
    assert_eq!(gone_to(&effects), []);
    assert!(table.wizard.booked().is_some());
    assert_eq!(gone_to(&table.enter(Step::Night)), [Step::Done]);
}

/// A reservation with the plan for two, and what it answered.
fn booked() -> (Table, Reservation) {
    let mut table = told(2);
    let sent = confirm(&mut table);
    let mut answer = reservation("r1", Status::Confirmed);
    answer.plan = sent.plan;
    table.and(Event::ConfirmArrived(sent.key, Ok(answer.clone())));
    (table, answer)
}

#[test]
fn what_was_ordered_is_no_longer_a_plan() {
    let (table, answer) = booked();
    assert_eq!(table.wizard.booked(), Some(&answer));
    assert_eq!(table.wizard.draft().plan, Plan::default());
    // Nor is it after an answer that was lost, and a reload in between.
    let mut before = told(2);
    confirm(&mut before);
    let mut table = Table::new();
    table.and(Event::Restored(before.wizard.saved()));
    assert!(!table.wizard.draft().plan.is_empty());
    table.and(Event::ReadArrived(ASKED, Ok(answer)));
    assert_eq!(table.wizard.draft().plan, Plan::default());
}

#[test]
fn a_plan_made_after_booking_is_for_the_next_one() {
    let (mut table, answer) = booked();
    let effects = table.then(Event::PlanChanged(plan(3)));
    assert!(matches!(&effects[..], [Effect::Save(kept)] if kept.hold.is_some()));
    assert_eq!(table.wizard.booked(), Some(&answer), "what was sent stays");
    // A reload in between keeps it too, but for the needs.
    let mut reloaded = Table::new();
    reloaded.and(Event::Restored(table.wizard.saved()));
    reloaded.and(Event::ReadArrived(ASKED, Ok(answer)));
    assert_eq!(reloaded.wizard.draft().plan, plan(3).without_needs());
    table.and(Event::StartedOver);
    let next = Draft {
        plan: plan(3),
        ..Draft::default()
    };
    assert_eq!(table.wizard.draft(), &next);
    assert_eq!(table.wizard.saved().dishes, plan(3).dishes());
}

#[test]
fn a_plan_changed_while_the_confirmation_is_under_way_changes_nothing_of_it() {
    let mut table = told(2);
    let sent = confirm(&mut table);
    table.and(Event::PlanChanged(plan(1)));
    assert_eq!(table.then(Event::ConfirmPressed), []);
    let mut answer = reservation("r1", Status::Confirmed);
    answer.plan = sent.plan;
    table.and(Event::ConfirmArrived(sent.key, Ok(answer)));
    assert_eq!(table.wizard.booked().unwrap().plan, plan(2));
    assert_eq!(table.wizard.draft().plan, plan(1), "it is for the next one");
}
