//! Who comes: what the venue asks, in its own words, of each of them.

use super::*;
use booking::venue::{Choice, Field, FieldKind};
use booking::{Asked, Failure, failure::Refusal};

fn both(es: &str, en: &str) -> Text {
    Text {
        es: es.into(),
        en: en.into(),
    }
}

fn field(id: &str, kind: FieldKind, required: bool, label: &str) -> Field {
    Field {
        id: id.into(),
        kind,
        required,
        label: both(label, label),
        why: both("Para entrar.", "To come in."),
        seen_by: both("La entrada.", "The entrance."),
        options: Vec::new(),
    }
}

/// Three guests at a house that asks each of them five things.
fn asking(trial: bool) -> Venue {
    let mut venue = venue(1, 8);
    venue.trial = trial;
    let mut seat = field("seat", FieldKind::Choice, false, "Silla");
    seat.options = vec![Choice {
        id: "high".into(),
        label: both("Alta", "High"),
    }];
    venue.guest_fields = vec![
        field("givenName", FieldKind::Name, true, "Nombre de pila"),
        field("familyName", FieldKind::Name, true, "Apellidos"),
        field("document", FieldKind::Document, true, "Documento"),
        field("birth", FieldKind::Date, false, "Nacimiento"),
        seat,
    ];
    venue
}

fn at_guests(session: Session, venue: Venue) {
    held(session);
    let mut hold = reservation(Status::OnHold);
    hold.party = 3;
    hold.version = 2;
    session.dispatch(Event::VenueArrived(Ok(venue)));
    session.dispatch(Event::ExtendPressed);
    let extending = session
        .wizard()
        .with_untracked(|wizard| match wizard.holding() {
            booking::wizard::Holding::Held(hold) => hold.extending.clone(),
            _ => None,
        });
    session.dispatch(Event::ExtendArrived(extending.unwrap(), Ok(hold)));
}

fn answer(session: Session, guest: u8, field: u8, text: &str) {
    session.dispatch(Event::AnswerChanged(Asked { guest, field }, text.into()));
}

fn lead(session: Session) {
    for (field, text) in GuestField::ALL.into_iter().zip([
        "Lucía",
        "Pérez Ríos",
        "lucia@example.com",
        "+57 300 555 0101",
    ]) {
        session.dispatch(Event::GuestChanged(field, text.into()));
    }
}

#[test]
fn a_venue_that_asks_nothing_of_the_others_has_no_group_for_them() {
    let html = step_html(Step::Guests, Locale::Es, |session| {
        at_guests(session, venue(1, 8));
    });
    assert_eq!(tags(&html, "fieldset").len(), 1);
    let words = words(&html);
    let guests = &Locale::Es.messages().guests;
    assert!(!words.contains(guests.along) && !words.contains(guests.no_documents));
}

#[test]
fn the_venues_own_words_take_the_place_of_the_sites() {
    let html = step_html(Step::Guests, Locale::En, |session| {
        let mut venue = venue(1, 8);
        venue.lead_fields = vec![
            field("email", FieldKind::Email, true, HOSTILE),
            field("phone", FieldKind::Phone, false, "Mobile"),
        ];
        at_guests(session, venue);
    });
    require_escaped(&html);
    assert_eq!(values(&html, "for"), ["email", "phone", "note"]);
    let text = words(&html);
    assert!(text.contains("Mobile (optional)"), "{text}");
    let code = Locale::En.messages().guests.phone_code;
    let why = format!("{code} To come in. Who sees it: the entrance.");
    assert!(text.contains(&why), "{text}");
}

#[test]
fn each_guest_has_a_group_and_the_one_who_books_is_not_asked_twice() {
    let html = step_html(Step::Guests, Locale::Es, |s| at_guests(s, asking(false)));
    let ids = |guest: &str, fields: &[u8]| -> Vec<String> {
        let ids = fields.iter().map(|field| format!("{guest}-{field}"));
        ids.collect()
    };
    let mut fors = ["given-name", "family-name", "email", "phone"]
        .map(str::to_owned)
        .to_vec();
    fors.extend(ids("guest-1", &[2, 3, 4]));
    fors.extend(ids("guest-2", &[0, 1, 2, 3, 4]));
    fors.extend(ids("guest-3", &[0, 1, 2, 3, 4]));
    fors.push("note".to_owned());
    assert_eq!(values(&html, "for"), fors);
    assert_eq!(tags(&html, "fieldset").len(), 3);
    // The first who lacks something is open, the others are rows.
    let folds = tags(&html, "details");
    let open: Vec<_> = folds.iter().map(|tag| tag.contains(" open")).collect();
    assert_eq!(open, [true, false, false], "{folds:?}");
    let text = words(&html);
    assert_eq!(text.matches("Persona 2 falta").count(), 1, "{text}");
    assert_eq!(text.matches("Persona 3 falta").count(), 1);
}

#[test]
fn why_and_who_sees_it_is_said_once_and_belongs_to_every_field() {
    let html = step_html(Step::Guests, Locale::Es, |s| at_guests(s, asking(false)));
    let text = words(&html);
    let said = "Apellidos : Para entrar. Quién lo ve: la entrada.";
    assert_eq!(text.matches(said).count(), 1, "{text}");
    let described = values(&html, "aria-describedby");
    let surname = described.iter().filter(|id| **id == "why-1");
    assert_eq!(surname.count(), 2);
    assert!(values(&html, "id").contains(&"why-1"));
    // The one who books reads it beside the field.
    assert!(described.contains(&"guest-1-2-hint"));
}

#[test]
fn other_peoples_fields_are_not_filled_with_the_visitors_own_details() {
    let html = step_html(Step::Guests, Locale::Es, |s| at_guests(s, asking(false)));
    for tag in tags(&html, "input").iter().chain(&tags(&html, "select")) {
        let others = tag.contains("\"guest-");
        assert_eq!(tag.contains("autocomplete=\"off\""), others, "{tag}");
    }
    let kinds = values(&html, "type");
    assert_eq!(kinds.iter().filter(|kind| **kind == "date").count(), 3);
    assert_eq!(tags(&html, "select").len(), 3);
    assert_eq!(html.matches(">Alta</option>").count(), 3);
}

#[test]
fn a_trial_asks_for_no_document_and_says_so() {
    for locale in Locale::ALL {
        let html = step_html(Step::Guests, locale, |s| at_guests(s, asking(true)));
        let said = locale.messages().guests.no_documents;
        assert_eq!(words(&html).matches(said).count(), 1);
        assert!(!words(&html).contains("Documento"));
    }
}

#[test]
fn the_familys_name_is_one_tap_away() {
    let offer = "Igual que la persona 1: Pérez Ríos";
    let html = |written: &'static str| {
        step_html(Step::Guests, Locale::Es, move |session| {
            at_guests(session, asking(false));
            lead(session);
            answer(session, 1, 1, written);
        })
    };
    assert_eq!(words(&html("")).matches(offer).count(), 2);
    assert_eq!(words(&html("Pérez Ríos")).matches(offer).count(), 1);
}

#[test]
fn errors_name_the_guest_and_the_field_and_lead_there() {
    let html = step_html(Step::Guests, Locale::Es, |session| {
        at_guests(session, asking(false));
        lead(session);
        answer(session, 1, 0, "Ana");
        answer(session, 1, 1, "Ruiz");
        answer(session, 1, 2, "?");
        answer(session, 1, 3, "23/04/1990");
        session.dispatch(Event::GuestsSubmitted);
    });
    let text = words(&html);
    for said in [
        // One entry for each of those who come along.
        "Hay 3 cosas por corregir",
        "Escriba este dato: Documento (persona 1)",
        "Complete o corrija: Documento, Nacimiento (persona 2)",
        "Complete o corrija: Nombre de pila, Apellidos, Documento (persona 3)",
        "Persona 2 por corregir",
        // Beside the fields, what it is.
        "Error: Use solo letras y números",
        "Error: Escriba una fecha completa, como 1990-04-23",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let ways = values(&html, "href");
    assert!(
        ways.contains(&"#guest-2-2") && ways.contains(&"#guest-3-0"),
        "{ways:?}"
    );
    let described = values(&html, "aria-describedby");
    assert!(
        described.contains(&"why-2 guest-2-2-error"),
        "{described:?}"
    );
}

#[test]
fn a_refusal_of_the_server_stands_beside_the_field_it_is_about() {
    let html = step_html(Step::Guests, Locale::En, |session| {
        at_guests(session, asking(false));
        lead(session);
        answer(session, 0, 2, "AB 123");
        for guest in [1, 2] {
            for (field, text) in [(0, "Ana"), (1, "Ruiz"), (2, "AB 124")] {
                answer(session, guest, field, text);
            }
        }
        let consents = booking::Consents {
            privacy: true,
            ..booking::Consents::default()
        };
        session.dispatch(Event::ConsentChanged(consents));
        session.dispatch(Event::ConfirmPressed);
        let key = session
            .wizard()
            .with_untracked(|wizard| match wizard.confirming() {
                booking::wizard::Confirming::Sending(key) => key.clone(),
                other => panic!("{other:?}"),
            });
        let refusal = Refusal {
            pointer: "/guests/1/fields/document".into(),
            code: "too-long".into(),
        };
        let refused = Err(Failure::Refused(vec![refusal]));
        session.dispatch(Event::ConfirmArrived(key, refused));
    });
    assert!(values(&html, "id").contains(&"guest-2-2-error"));
    assert_eq!(values(&html, "aria-invalid"), ["true"]);
}

#[test]
fn the_check_shows_what_each_guest_answered_and_of_a_document_only_the_end() {
    let html = step_html(Step::Check, Locale::Es, |session| {
        at_guests(session, asking(false));
        lead(session);
        answer(session, 0, 2, "1.042.777");
        answer(session, 1, 0, HOSTILE);
        answer(session, 1, 1, "Ruiz");
        answer(session, 1, 2, "X-12Ñ");
        answer(session, 1, 4, "high");
        answer(session, 2, 2, "Z");
        session.dispatch(Event::NoteChanged("Es un aniversario".into()));
    });
    require_escaped(&html);
    let text = words(&html);
    for said in [
        "Quiénes vienen Persona 1 Documento: •••• 77 Persona 2",
        "Ruiz · Documento: •••• 2Ñ · Silla: Alta",
        "Nota para la casa Es un aniversario",
        Locale::Es.messages().check.privacy_party,
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!html.contains("042") && !html.contains("X-1"));
    let ways = values(&html, "href");
    let changes = ways.iter().filter(|way| **way == "/es/reservar/invitados/");
    assert_eq!(changes.count(), 4, "three lines and the way back");
}
