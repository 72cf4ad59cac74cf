//! A party that changes at a house which asks something of everybody.

use super::manage::{able, booked, buttons, changing, page};
use super::*;
use booking::manage::{ChangeEvent, ManageEvent, Question};
use booking::venue::{Field, FieldKind};
use booking::{Answers, Asked};
use interno::booking::manage::ManageSession;

/// Lucía and Luz, at a house that wants a name and a document of everybody.
fn changed_to(session: ManageSession, party: u8, trial: bool) {
    let field = |id: &str, kind, label: &str| Field {
        id: id.into(),
        kind,
        required: true,
        label: Text {
            es: label.into(),
            en: label.into(),
        },
        ..Field::default()
    };
    let venue = Venue {
        trial,
        guest_fields: vec![
            field("name", FieldKind::Name, HOSTILE),
            field("document", FieldKind::Document, "Documento"),
        ],
        ..able()
    };
    let mut now = booked(Status::Confirmed, 1);
    now.answers = Answers::of(2);
    now.answers.set(0, "name", "Lucía".into());
    now.answers.set(1, "name", HOSTILE.into());
    session.dispatch(ManageEvent::VenueArrived(Ok(venue)));
    session.dispatch(ManageEvent::ReadArrived(1, Ok(now)));
    session.dispatch(ManageEvent::ChangePressed(Question::Party));
    changing(session, ChangeEvent::PartyChosen(party));
}

#[test]
fn only_those_who_are_new_are_asked_and_a_trial_wants_no_document() {
    for (trial, fields) in [
        (
            false,
            vec!["guest-3-0", "guest-3-1", "guest-4-0", "guest-4-1"],
        ),
        (true, vec!["guest-3-0", "guest-4-0"]),
    ] {
        let html = page(Locale::Es, |session| changed_to(session, 4, trial));
        require_escaped(&html);
        assert_eq!(values(&html, "for"), fields);
        let own = Locale::Es.messages();
        let text = words(&html);
        assert!(text.contains(own.change.guests_lead), "{text}");
        assert_eq!(buttons(&html), [own.book.next, own.book.back]);
        assert!(values(&html, "method").contains(&"dialog"));
    }
}

#[test]
fn what_is_missing_is_said_above_and_beside_and_leads_to_its_field() {
    let html = page(Locale::En, |session| {
        changed_to(session, 3, false);
        let asked = Asked { guest: 2, field: 1 };
        changing(session, ChangeEvent::AnswerWritten(asked, "?".into()));
        changing(session, ChangeEvent::GuestsSubmitted);
    });
    let own = &Locale::En.messages().guests;
    let text = words(&html);
    assert_eq!(text.matches(own.answer_missing).count(), 2, "{text}");
    assert_eq!(text.matches(own.document_invalid).count(), 2, "{text}");
    let links = values(&html, "href");
    assert!(links.contains(&"#guest-3-0") && links.contains(&"#guest-3-1"));
    assert_eq!(values(&html, "aria-invalid"), ["true", "true"]);
}

#[test]
fn who_stays_at_home_is_asked_by_name() {
    let html = page(Locale::Es, |session| changed_to(session, 1, true));
    require_escaped(&html);
    assert!(words(&html).contains("Lucía"));
    assert_eq!(tags(&html, "input").len(), 2);
}
