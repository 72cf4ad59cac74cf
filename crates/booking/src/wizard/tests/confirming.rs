//! One reservation, whatever the network does.

use super::table::*;
use crate::failure::Refusal;
use crate::rules::FieldId;
use crate::wizard::{Confirming, Holding, WhyLost};
use crate::*;

fn fields(table: &Table) -> Vec<FieldId> {
    let errors = table.wizard.errors();
    errors.iter().map(|error| error.field).collect()
}

fn refusal(pointer: &str) -> Refusal {
    Refusal {
        pointer: pointer.into(),
        code: "invalid".into(),
    }
}

#[test]
fn a_double_press_sends_one_confirmation() {
    let (mut table, _) = Table::sending();
    assert_eq!(table.then(Event::ConfirmPressed), []);
    assert_eq!(table.then(Event::ConfirmPressed), []);
    let (mut table, _) = Table::checking();
    assert_eq!(table.then(Event::ConfirmPressed), []);
}

#[test]
fn nothing_is_sent_without_the_consent() {
    let mut table = Table::at_check();
    table.and(Event::ConsentChanged(Consents::default()));
    let effects = table.then(Event::ConfirmPressed);
    assert_eq!(effects.last(), Some(&Effect::FocusErrors));
    assert_eq!(
        (gone_to(&effects), fields(&table)),
        (vec![], vec![FieldId::Privacy])
    );
    table.agree();
    assert_eq!(fields(&table), []);
}

#[test]
fn a_lost_answer_that_was_carried_out_is_found() {
    let (mut table, key) = Table::sending();
    let effects = table.then(Event::ConfirmArrived(key, Err(Failure::Unreachable)));
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::Checking { .. }
    ));
    let (_, due) = later(&effects);
    assert_eq!(table.then(due), [Effect::Read(access("r1"), ASKED)]);
    let effects = table.then(Event::ReadArrived(
        ASKED,
        Ok(reservation("r1", Status::Confirmed)),
    ));
    assert_eq!(gone_to(&effects), [Step::Done]);
    assert!(table.wizard.booked().is_some());
}

#[test]
fn a_lost_answer_that_was_not_carried_out_is_sent_again_with_the_same_key() {
    let (mut table, first) = Table::checking();
    table.and(Event::CheckDue(ASKED));
    let still = table.held_for("r1", 500, 1);
    table.and(Event::ReadArrived(ASKED, Ok(still)));
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::NotBooked { .. }
    ));
    assert_eq!(table.wizard.booked(), None);
    // Looking the details over without changing them is no new request either.
    table.enter(Step::Guests);
    table.and(Event::GuestsSubmitted);
    table.enter(Step::Check);
    assert_eq!(confirmation(&table.then(Event::ConfirmPressed)).key, first);
}

#[test]
fn changed_details_are_a_new_request_with_a_new_key() {
    // The way on does not matter: "next" pressed, or the browser's Forward.
    for submit in [true, false] {
        let (mut table, first) = Table::checking();
        let still = table.held_for("r1", 500, 1);
        table.and(Event::ReadArrived(ASKED, Ok(still)));
        table.enter(Step::Guests);
        table.write(GuestField::Phone, "+57 300 555 0999");
        if submit {
            table.and(Event::GuestsSubmitted);
        }
        table.enter(Step::Check);
        let sent = confirmation(&table.then(Event::ConfirmPressed));
        assert_ne!(sent.key, first, "submitted: {submit}");
        assert_eq!(sent.guest.phone, "+57 300 555 0999");
    }
}

#[test]
fn three_readings_without_an_answer_end_in_honest_words() {
    let (mut table, _) = Table::checking();
    for wait in [2_000, 4_000] {
        table.and(Event::CheckDue(ASKED));
        let effects = table.then(Event::ReadArrived(ASKED, Err(Failure::Down)));
        assert_eq!(later(&effects).0, wait);
    }
    table.and(Event::CheckDue(ASKED));
    table.and(Event::ReadArrived(ASKED, Err(Failure::Down)));
    assert!(matches!(table.wizard.confirming(), Confirming::Unknown(_)));
    assert_eq!(table.wizard.booked(), None);
}

#[test]
fn pressing_again_reads_before_it_writes() {
    for press in [Event::ConfirmPressed, Event::RetryPressed] {
        let (mut table, _) = Table::unknown();
        assert_eq!(
            table.then(press.clone()),
            [Effect::Read(access("r1"), ASKED)]
        );
        assert_eq!(table.then(press), [Effect::Read(access("r1"), ASKED)][..0]);
    }
}

#[test]
fn the_end_of_the_hold_decides_nothing_while_nobody_knows() {
    for (mut table, _) in [Table::sending(), Table::checking(), Table::unknown()] {
        table.wait(900);
        assert!(matches!(table.wizard.holding(), Holding::Held(_)));
    }
}

#[test]
fn details_looked_over_do_not_make_the_unknown_forgotten() {
    let (mut table, _) = Table::unknown();
    table.enter(Step::Guests);
    table.write(GuestField::Phone, "+57 300 555 0999");
    table.and(Event::GuestsSubmitted);
    table.enter(Step::Check);
    table.wait(900);
    assert!(
        matches!(table.wizard.holding(), Holding::Held(_)),
        "no second table is offered"
    );
    let effects = table.then(Event::ConfirmPressed);
    assert_eq!(effects, [Effect::Read(access("r1"), ASKED)]);
}

#[test]
fn another_night_or_seating_waits_until_it_is_known() {
    for wish in [
        Event::NightChosen(day("2026-12-08")),
        Event::SlotChosen(SlotId("21".into())),
    ] {
        let (mut table, _) = Table::unknown();
        table.enter(Step::Time);
        let effects = table.then(wish);
        assert_eq!(
            effects,
            [Effect::Read(access("r1"), ASKED), go(Step::Check)]
        );
        assert_eq!(table.wizard.draft().date, Some(day("2026-12-05")));
        // A link with other answers changes nothing either.
        table.enter_with(Step::Night, Some(5), Some("2026-12-20"));
        assert_eq!(table.wizard.draft().party, Some(2));
    }
}

#[test]
fn a_hold_that_ends_after_an_unsure_confirmation_is_asked_about_before_it_is_given_up() {
    let (mut table, _) = Table::checking();
    let still = table.held_for("r1", 60, 1);
    table.and(Event::ReadArrived(ASKED, Ok(still)));
    // The first try was under way all the time and is carried out now.
    table.wait(59);
    assert_eq!(table.wait(1), [Effect::Read(access("r1"), ASKED)]);
    table.and(Event::ReadArrived(
        ASKED,
        Ok(reservation("r1", Status::Confirmed)),
    ));
    assert!(table.wizard.booked().is_some());
}

#[test]
fn an_answer_that_does_not_say_booked_is_no_confirmation() {
    for status in [Status::OnHold, Status::Unknown, Status::Cancelled] {
        let (mut table, key) = Table::sending();
        let answer = reservation("r1", status);
        table.and(Event::ConfirmArrived(key, Ok(answer)));
        assert_eq!(table.wizard.booked(), None, "{status:?}");
        assert!(matches!(
            table.wizard.confirming(),
            Confirming::Checking { .. }
        ));
    }
    let (mut table, key) = Table::sending();
    let empty = Failure::Malformed("body".into());
    table.and(Event::ConfirmArrived(key, Err(empty)));
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::Checking { .. }
    ));
}

#[test]
fn a_reservation_changed_meanwhile_is_read_and_sent_anew() {
    for failure in [Failure::Changed, Failure::NotModifiable, Failure::KeyReused] {
        let (mut table, first) = Table::sending();
        let effects = table.then(Event::ConfirmArrived(first.clone(), Err(failure)));
        let (_, due) = later(&effects);
        assert_eq!(table.then(due), [Effect::Read(access("r1"), ASKED)]);
        let newer = table.held_for("r1", 300, 7);
        table.and(Event::ReadArrived(ASKED, Ok(newer)));
        let sent = confirmation(&table.then(Event::ConfirmPressed));
        assert_eq!(sent.version, 7);
        assert_ne!(
            sent.key, first,
            "an answered key gives the same answer again"
        );
    }
}

#[test]
fn refused_fields_are_shown_where_they_can_be_mended() {
    let (mut table, first) = Table::sending();
    let refused = vec![refusal("/guest/email"), refusal("/consents/privacy")];
    let effects = table.then(Event::ConfirmArrived(
        first.clone(),
        Err(Failure::Refused(refused)),
    ));
    assert_eq!(gone_to(&effects), [Step::Guests]);
    assert_eq!(effects.last(), Some(&Effect::FocusErrors));
    table.enter(Step::Guests);
    assert_eq!(fields(&table), [FieldId::Guest(GuestField::Email)]);
    table.write(GuestField::Email, "lucia@example.org");
    assert_eq!(gone_to(&table.then(Event::GuestsSubmitted)), [Step::Check]);
    table.enter(Step::Check);
    assert_ne!(confirmation(&table.then(Event::ConfirmPressed)).key, first);
}

#[test]
fn a_refused_consent_leads_to_the_page_that_asks_for_it() {
    let (mut table, key) = Table::sending();
    table.enter(Step::Guests);
    let refused = Failure::Refused(vec![refusal("/consents/privacy")]);
    let effects = table.then(Event::ConfirmArrived(key, Err(refused)));
    assert_eq!(gone_to(&effects), [Step::Check]);
    table.enter(Step::Check);
    assert_eq!(fields(&table), [FieldId::Privacy]);
}

#[test]
fn a_refusal_no_page_can_mend_is_said_and_leaves_the_button() {
    let (mut table, key) = Table::sending();
    let refused = Failure::Refused(vec![refusal("/guest/locale")]);
    table.and(Event::ConfirmArrived(key.clone(), Err(refused)));
    assert!(matches!(
        table.wizard.confirming(),
        Confirming::NotBooked { .. }
    ));
    assert_ne!(confirmation(&table.then(Event::ConfirmPressed)).key, key);
}

#[test]
fn a_place_lost_at_the_last_moment_is_offered_again() {
    let alternatives = vec![slot("next", "2026-12-06", 19)];
    for (failure, expected) in [
        (
            Failure::HoldExpired {
                alternatives: alternatives.clone(),
            },
            WhyLost::Expired,
        ),
        (Failure::SlotTaken { alternatives }, WhyLost::Taken),
    ] {
        let (mut table, key) = Table::sending();
        table.and(Event::ConfirmArrived(key, Err(failure)));
        assert!(matches!(table.wizard.holding(), Holding::Lost { why, .. } if *why == expected));
        assert_eq!(table.wizard.draft().guest.given_name, "Lucía");
        assert_eq!(table.wizard.confirming(), &Confirming::Idle);
        taken_key(&table.then(Event::SlotChosen(SlotId("next".into()))));
    }
}

#[test]
fn a_place_lost_while_asking_leaves_no_question_open() {
    // More time was asked for just before the button was pressed.
    let mut table = Table::at_check();
    table.and(Event::ExtendPressed);
    let sent = confirmation(&table.then(Event::ConfirmPressed)).key;
    let expired = Failure::HoldExpired {
        alternatives: Vec::new(),
    };
    let effects = table.then(Event::ExtendArrived(key(0), Err(expired)));
    assert_eq!(effects, [Effect::Read(access("r1"), ASKED)]);
    table.and(Event::ReadArrived(
        ASKED,
        Ok(reservation("r1", Status::Expired)),
    ));
    let effects = table.then(Event::ConfirmArrived(sent, Err(Failure::Unreachable)));
    let (_, due) = later(&effects);
    table.and(due);
    assert_eq!(table.wizard.confirming(), &Confirming::Idle);
    taken_key(&table.then(Event::RetakePressed));
}

#[test]
fn a_cancelled_hold_leads_back_to_the_seatings() {
    let (mut table, _) = Table::checking();
    let gone = reservation("r1", Status::Cancelled);
    let effects = table.then(Event::ReadArrived(ASKED, Ok(gone)));
    assert_eq!(gone_to(&effects), [Step::Time]);
}

#[test]
fn a_state_nobody_knows_ends_in_unknown_and_not_in_silence() {
    let (mut table, _) = Table::checking();
    for _ in 0..3 {
        table.and(Event::CheckDue(ASKED));
        let odd = reservation("r1", Status::Unknown);
        table.and(Event::ReadArrived(ASKED, Ok(odd)));
    }
    assert!(matches!(table.wizard.confirming(), Confirming::Unknown(_)));
}
