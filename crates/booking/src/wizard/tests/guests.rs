//! What the venue asks of those who come: asked exactly, sent exactly, kept by nobody.

use super::table::*;
use crate::failure::Refusal;
use crate::message::Confirmation;
use crate::party::Asked;
use crate::reservation::Note;
use crate::rules::{FieldId, NOTE_MAX_CHARS, Reason};
use crate::venue::{Field, FieldKind};
use crate::wizard::Confirming;
use crate::*;

/// A word that must be found nowhere but in memory and in what is sent.
const SECRET: &str = "AB-123-of-the-guest";

fn field(id: &str, kind: FieldKind, required: bool) -> Field {
    Field {
        id: id.into(),
        kind,
        required,
        ..Field::default()
    }
}

/// A venue that lets nobody in without a name and a document.
fn strict_venue(trial: bool) -> Venue {
    let mut venue = venue();
    venue.trial = trial;
    venue.guest_fields = vec![
        field("nombre", FieldKind::Name, true),
        field("apellido", FieldKind::Name, true),
        field("document", FieldKind::Document, true),
        field("birth", FieldKind::Date, false),
    ];
    venue
}

const fn asked(guest: u8, field: u8) -> Asked {
    Asked { guest, field }
}

fn at_guests(venue: Venue) -> Table {
    let mut table = Table::at_dishes_of(Ok(venue));
    table.enter(Step::Guests);
    table
}

fn answer(table: &mut Table, guest: u8, field: u8, text: &str) {
    table.and(Event::AnswerChanged(asked(guest, field), text.into()));
}

/// Two guests who have answered everything.
fn answered(trial: bool) -> Table {
    let mut table = at_guests(strict_venue(trial));
    table.write_guest();
    if !trial {
        answer(&mut table, 0, 2, " 1.042.777 ");
        answer(&mut table, 1, 2, SECRET);
    }
    answer(&mut table, 1, 0, "Ana");
    answer(&mut table, 1, 1, "Ruiz");
    table
}

fn errors(table: &Table) -> Vec<FieldId> {
    let errors = table.wizard.errors();
    errors.iter().map(|error| error.field).collect()
}

fn confirm(table: &mut Table) -> Confirmation {
    assert_eq!(table.then(Event::GuestsSubmitted), [go(Step::Check)]);
    table.enter(Step::Check);
    table.agree();
    confirmation(&table.then(Event::ConfirmPressed))
}

fn sent(confirmation: &Confirmation) -> Vec<Vec<(&str, &str)>> {
    let answers = &confirmation.answers;
    let told = |guest| {
        let told = answers.of_guest(guest);
        told.map(|answer| (&*answer.id, &*answer.text)).collect()
    };
    (0..answers.party()).map(told).collect()
}

#[test]
fn a_venue_that_says_nothing_of_fields_asks_the_usual_and_sends_nobody_else() {
    let mut table = Table::at_guests();
    let usual = GuestField::ALL.map(|field| (field, None));
    assert_eq!(table.wizard.lead_fields(), usual);
    assert_eq!(table.wizard.asked_of(0), []);
    assert_eq!(table.wizard.asked_of(1), []);
    table.write_guest();
    assert_eq!(sent(&confirm(&mut table)), Vec::<Vec<_>>::new());
}

#[test]
fn only_what_the_venue_asks_of_the_one_who_books_is_asked() {
    let mut venue = venue();
    venue.lead_fields = vec![
        field("email", FieldKind::Email, true),
        field("shoeSize", FieldKind::Text, true),
        field("phone", FieldKind::Phone, false),
    ];
    let mut table = at_guests(venue);
    let fields: Vec<_> = table.wizard.lead_fields();
    let fields: Vec<_> = fields.into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, [GuestField::Email, GuestField::Phone]);
    table.and(Event::GuestsSubmitted);
    assert_eq!(errors(&table), [FieldId::Guest(GuestField::Email)]);
    table.write(GuestField::Email, "lucia@example.com");
    table.write(GuestField::Phone, "no");
    table.and(Event::GuestsSubmitted);
    assert_eq!(errors(&table), [FieldId::Guest(GuestField::Phone)]);
    table.write(GuestField::Phone, "");
    assert_eq!(table.then(Event::GuestsSubmitted), [go(Step::Check)]);
}

#[test]
fn everybody_is_asked_and_the_one_who_books_not_twice() {
    let table = at_guests(strict_venue(false));
    let ids = |guest| -> Vec<_> {
        let asked = table.wizard.asked_of(guest).into_iter();
        asked.map(|(_, field)| field.id.clone()).collect()
    };
    assert_eq!(ids(0), ["document", "birth"]);
    assert_eq!(ids(1), ["nombre", "apellido", "document", "birth"]);
    assert!(!table.wizard.leaves_documents_out());
    // A venue that does not ask the one who books for a name asks everybody for it.
    let mut venue = strict_venue(false);
    venue.lead_fields = vec![field("email", FieldKind::Email, true)];
    let table = at_guests(venue);
    assert_eq!(table.wizard.asked_of(0).len(), 4);
}

#[test]
fn what_is_missing_is_named_by_guest_and_field_until_it_is_mended() {
    let mut table = at_guests(strict_venue(false));
    table.write_guest();
    assert_eq!(table.then(Event::GuestsSubmitted), [Effect::FocusErrors]);
    let all = [(0, 2), (1, 0), (1, 1), (1, 2)];
    let all = all.map(|(guest, field)| FieldId::Answer(asked(guest, field)));
    assert_eq!(errors(&table), all);
    assert!(!table.wizard.has_answered(1));
    answer(&mut table, 1, 0, "Ana");
    assert_eq!(errors(&table), [all[0], all[2], all[3]]);
    answer(&mut table, 1, 3, "23/04/1990");
    table.and(Event::GuestsSubmitted);
    let wrong = table.wizard.errors().last().copied();
    let invalid = FieldError {
        field: FieldId::Answer(asked(1, 3)),
        reason: Reason::Invalid,
    };
    assert_eq!(wrong, Some(invalid));
    assert_eq!(table.wizard.nearest(Step::Check), Step::Guests);
}

#[test]
fn exactly_what_is_asked_of_exactly_those_who_come_is_sent() {
    let mut table = answered(false);
    answer(&mut table, 2, 0, "Somebody who does not come");
    answer(&mut table, 1, 9, "What nobody asked");
    table.and(Event::NoteChanged("Llegamos tarde".into()));
    assert!(table.wizard.has_answered(0) && table.wizard.has_answered(1));
    let confirmation = confirm(&mut table);
    assert_eq!(
        sent(&confirmation),
        [
            vec![
                ("nombre", "Lucía"),
                ("apellido", "Pérez Ríos"),
                ("document", "1.042.777")
            ],
            vec![
                ("nombre", "Ana"),
                ("apellido", "Ruiz"),
                ("document", SECRET)
            ],
        ]
    );
    assert_eq!(confirmation.note, Note("Llegamos tarde".into()));
}

#[test]
fn a_single_name_is_the_whole_one() {
    let mut venue = venue();
    venue.guest_fields = vec![field("fullName", FieldKind::Name, true)];
    let mut table = at_guests(venue);
    table.write_guest();
    assert_eq!(table.wizard.shared_name(asked(1, 0)), None);
    answer(&mut table, 1, 0, "Ana Ruiz");
    let whole = [
        vec![("fullName", "Lucía Pérez Ríos")],
        vec![("fullName", "Ana Ruiz")],
    ];
    assert_eq!(sent(&confirm(&mut table)), whole);
}

#[test]
fn a_trial_asks_for_no_document_says_so_and_sends_none() {
    let mut table = answered(true);
    answer(&mut table, 1, 2, SECRET);
    assert!(table.wizard.leaves_documents_out());
    assert_eq!(table.wizard.asked_of(0).len(), 1);
    let confirmation = confirm(&mut table);
    let ids = sent(&confirmation).concat();
    assert!(ids.iter().all(|(id, _)| *id != "document"), "{ids:?}");
}

#[test]
fn the_familys_name_is_offered_to_those_who_come_along_once_it_is_known() {
    let mut table = at_guests(strict_venue(true));
    assert_eq!(table.wizard.shared_name(asked(1, 1)), None);
    table.write_guest();
    assert_eq!(table.wizard.shared_name(asked(1, 1)), Some("Pérez Ríos"));
    for other in [asked(0, 1), asked(1, 0), asked(1, 3), asked(1, 9)] {
        assert_eq!(table.wizard.shared_name(other), None, "{other:?}");
    }
}

#[test]
fn another_answer_is_another_request_and_the_same_is_the_same() {
    type Change = fn(&mut Table);
    let changes: [(bool, Change); 4] = [
        (true, |_| ()),
        (true, |table| answer(table, 2, 0, "Not of the party")),
        (false, |table| answer(table, 1, 0, "Ana María")),
        (false, |table| {
            table.and(Event::NoteChanged("Late".into()));
        }),
    ];
    for (same, change) in changes {
        let mut table = answered(false);
        let first = confirm(&mut table);
        table.and(Event::ConfirmArrived(
            first.key.clone(),
            Err(Failure::Unreachable),
        ));
        table.and(Event::CheckDue(ASKED));
        let still = table.held("r1");
        table.and(Event::ReadArrived(ASKED, Ok(still)));
        change(&mut table);
        let second = confirmation(&table.then(Event::ConfirmPressed));
        assert_eq!(second.key == first.key, same);
        assert_eq!(
            second.answers == first.answers,
            same || second.note != first.note
        );
    }
}

#[test]
fn what_the_server_refuses_is_said_where_it_can_be_mended() {
    let refused = |pointers: &[&str]| {
        let mut table = answered(false);
        let key = confirm(&mut table).key;
        let refusal = |pointer: &&str| Refusal {
            pointer: (*pointer).into(),
            code: "invalid".into(),
        };
        let failure = Failure::Refused(pointers.iter().map(refusal).collect());
        let effects = table.then(Event::ConfirmArrived(key, Err(failure)));
        (table, gone_to(&effects))
    };
    let (table, gone) = refused(&["/guests/1/fields/document", "/note"]);
    assert_eq!(gone, [Step::Guests]);
    let document = FieldId::Answer(asked(1, 2));
    assert_eq!(errors(&table), [document, FieldId::Note]);
    // Where the one who books wrote the same name.
    let (table, _) = refused(&["/guests/0/fields/apellido"]);
    assert_eq!(errors(&table), [FieldId::Guest(GuestField::FamilyName)]);
    // Of nobody who comes, and of nothing that was asked.
    let (table, gone) = refused(&["/guests/5/fields/document", "/guests/1/fields/shoeSize"]);
    assert_eq!((errors(&table).len(), gone.len()), (0, 0));
    let not_booked = matches!(table.wizard.confirming(), Confirming::NotBooked { .. });
    assert!(not_booked);
}

#[test]
fn a_note_has_an_end() {
    let mut table = answered(false);
    table.and(Event::NoteChanged("á".repeat(NOTE_MAX_CHARS)));
    assert_eq!(table.then(Event::GuestsSubmitted), [go(Step::Check)]);
    table.and(Event::NoteChanged("á".repeat(NOTE_MAX_CHARS + 1)));
    table.and(Event::GuestsSubmitted);
    assert_eq!(errors(&table), [FieldId::Note]);
    table.and(Event::NoteChanged(String::new()));
    assert_eq!(errors(&table), []);
}

#[test]
fn answers_survive_what_is_kept_and_are_kept_nowhere() {
    let mut table = answered(false);
    table.and(Event::NoteChanged(SECRET.into()));
    let effects = table.run_out(700);
    assert_eq!(table.wizard.answer(asked(1, 2)), SECRET, "a hold's end");
    table.and(Event::VenueArrived(Ok(strict_venue(false))));
    assert_eq!(table.wizard.answer(asked(1, 2)), SECRET);
    let saved = table.wizard.saved();
    let told = format!("{:?} {effects:?} {saved:?}", table.wizard);
    assert!(!told.contains(SECRET), "{told}");
    table.and(Event::StartedOver);
    assert_eq!(table.wizard.draft().answers, Answers::default());
    assert_eq!(table.wizard.draft().note, Note::default());
}
