//! A venue that asks something of everybody: who was there before is named, and who is new is asked.

use super::*;
use crate::manage::WhoComes;
use crate::rules::{FieldId, Reason};
use crate::venue::{Field, FieldKind};

fn field(id: &str, kind: FieldKind) -> Field {
    Field {
        id: id.into(),
        kind,
        required: true,
        ..Field::default()
    }
}

/// Ana and Luz, at a venue that asks everybody for a name and a document.
fn showing(trial: bool) -> Desk {
    let mut now = reservation("a", Status::Confirmed);
    now.answers = Answers::of(2);
    now.answers.set(0, "name", "Ana".into());
    now.answers.set(1, "name", "Luz".into());
    let mut desk = Desk::showing(now);
    let mut venue = venue(true);
    venue.trial = trial;
    venue.guest_fields = vec![
        field("name", FieldKind::Name),
        field("passport", FieldKind::Document),
    ];
    desk.then(ManageEvent::VenueArrived(Ok(venue)));
    desk.then(ManageEvent::ChangePressed(Question::Party));
    desk
}

fn asked(guest: u8, field: u8) -> Asked {
    Asked { guest, field }
}

fn writes(desk: &mut Desk, guest: u8, field: u8, answer: &str) {
    let event = ChangeEvent::AnswerWritten(asked(guest, field), answer.into());
    assert_eq!(desk.change(event), []);
}

#[test]
fn who_is_new_is_asked_and_who_was_there_tells_nothing_again() {
    let mut desk = showing(false);
    desk.change(ChangeEvent::PartyChosen(3));
    assert_eq!(desk.making().question(), Question::Guests);
    writes(&mut desk, 2, 0, " Sol ");
    let effects = desk.change(ChangeEvent::GuestsSubmitted);
    assert_eq!(effects, [ManageEffect::FocusErrors]);
    let missing = desk.making().errors();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].field, FieldId::Answer(asked(2, 1)));
    assert_eq!(missing[0].reason, Reason::Missing);
    assert!(desk.manage.is_writing());
    // Nor is it sent without.
    assert_eq!(
        desk.change(ChangeEvent::Confirmed),
        [ManageEffect::FocusHeading]
    );
    writes(&mut desk, 2, 1, "AB-555");
    assert_eq!(desk.making().errors(), []);
    desk.change(ChangeEvent::GuestsSubmitted);
    assert_eq!(desk.making().question(), Question::Review);
    let mut new = Answers::of(3);
    new.set(2, "name", "Sol".into());
    new.set(2, "passport", "AB-555".into());
    let same = vec![0, 1];
    let wish = desk.sends();
    assert_eq!(wish.guests, Some(WhoComes { same, new }));
    assert_eq!(wish.party, Some(3));
}

#[test]
fn a_trial_asks_nobody_for_a_document() {
    let mut desk = showing(true);
    desk.change(ChangeEvent::PartyChosen(3));
    writes(&mut desk, 2, 0, "Sol");
    desk.change(ChangeEvent::GuestsSubmitted);
    assert_eq!(desk.making().question(), Question::Review);
}

#[test]
fn who_stays_at_home_is_asked_by_name_and_the_others_stay_as_they_were() {
    let mut desk = showing(false);
    assert_eq!(desk.manage.name_of(1), "Luz");
    desk.change(ChangeEvent::PartyChosen(1));
    assert_eq!(desk.making().question(), Question::Home);
    desk.change(ChangeEvent::HomeChanged(0, true));
    desk.change(ChangeEvent::HomeSubmitted);
    let who = WhoComes {
        same: vec![1],
        new: Answers::of(1),
    };
    assert_eq!(desk.sends().guests, Some(who));
}

#[test]
fn nobody_is_named_where_the_party_stays_or_nothing_is_asked() {
    let mut desk = showing(false);
    let mine = desk.shown().slot.id.clone();
    desk.change(ChangeEvent::SlotChosen(mine));
    assert!(desk.manage.is_idle(), "nothing is to be otherwise");
    desk.then(ManageEvent::ChangePressed(Question::Note));
    desk.change(ChangeEvent::NoteWritten(Note("Gracias".into())));
    assert_eq!(desk.sends().guests, None);
    let mut desk = Desk::showing(reservation("a", Status::Confirmed));
    desk.then(ManageEvent::ChangePressed(Question::Party));
    desk.change(ChangeEvent::PartyChosen(3));
    assert_eq!(desk.sends().guests, None);
}

#[test]
fn nobody_is_named_where_things_are_printed() {
    let mut desk = showing(false);
    desk.change(ChangeEvent::PartyChosen(3));
    writes(&mut desk, 2, 0, "Marisol");
    writes(&mut desk, 2, 1, "AB-555");
    desk.change(ChangeEvent::GuestsSubmitted);
    let wish = desk.sends();
    let told = format!("{:?} {wish:?}", desk.manage);
    assert!(!told.contains("Marisol") && !told.contains("AB-555"));
}
