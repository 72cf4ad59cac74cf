//! Who comes: what the venue asks of the one who books, and of everybody.

use booking::rules::FieldId;
use booking::venue::Field;
use booking::{Event, GuestField, Step};
use leptos::prelude::*;

use crate::components::element::{Element, element};
use crate::components::part::{IntoPart, Part, live};

use super::super::session::Session;
use super::along::{answer_field, label_of, those_who_come_along};
use super::errors::{error_of, errors_summary, field_id};
use super::hold::hold_notice;
use super::parts::step_page;
use crate::components::field::{FieldKind, field as text_field};
use crate::i18n::{Locale, fill};

/// Who comes.
pub fn guests_step(session: Session, locale: Locale) -> Part {
    let words = locale.messages();
    let forget = element("div")
        .class("notice")
        .inner(
            element("p")
                .class("notice-title")
                .text(words.guests.forget_title),
        )
        .inner(element("p").text(words.guests.forget_text));
    let answer = vec![
        errors_summary(session, locale),
        hold_notice(session, locale),
        form(session, locale).part(),
        forget.part(),
    ];
    let lead = words.guests.lead.part();
    step_page(
        Step::Guests,
        words.guests.title,
        lead,
        answer,
        session,
        locale,
    )
}

fn form(session: Session, locale: Locale) -> Element {
    let words = locale.messages();
    let wizard = session.wizard();
    // Fields stand as they are until it is known what this venue asks, and of how many.
    let venue = Memo::new(move |_| wizard.with(|wizard| wizard.venue().ready().is_some()));
    let party = Memo::new(move |_| wizard.with(|wizard| wizard.draft().party.is_some()));
    let fields = live(move || {
        venue.track();
        party.track();
        [
            the_one_who_books(session, locale).part(),
            those_who_come_along(session, locale),
        ]
        .part()
    });
    let submit = element("button")
        .class("button")
        .with("type", "submit")
        .text(words.book.next);
    element("form")
        // Where the app is not there, or stops while this is sent, a browser must not put names into the
        // address: a form of this kind sends nothing by itself.
        .with("method", "dialog")
        .class("form")
        .with("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            session.dispatch(Event::GuestsSubmitted);
        })
        .child(fields)
        .child(note(session, locale))
        .inner(element("div").class("actions").inner(submit))
}

fn the_one_who_books(session: Session, locale: Locale) -> Element {
    let words = &locale.messages().guests;
    let fields = session.wizard().with_untracked(|wizard| {
        let lead = wizard.lead_fields().into_iter();
        let lead = lead.map(|(field, told)| lead_field(field, told, session, locale));
        let too = wizard.asked_of(0).into_iter();
        let too = too.map(|(asked, field)| answer_field(asked, field, None, session, locale));
        let none = wizard
            .leaves_documents_out()
            .then(|| element("p").class("hint").text(words.no_documents));
        lead.chain(too)
            .chain(none.map(Element::part))
            .collect::<Vec<_>>()
    });
    element("fieldset")
        .class("fieldset")
        .inner(element("legend").class("legend").text(words.legend))
        .inner(element("div").class("form").children(fields))
}

pub(super) fn lead_field(
    field: GuestField,
    told: Option<&Field>,
    session: Session,
    locale: Locale,
) -> Part {
    let words = &locale.messages().guests;
    let (kind, autocomplete, usual, hint) = match field {
        GuestField::GivenName => (
            "text",
            "given-name",
            words.given_name,
            words.given_name_hint,
        ),
        GuestField::FamilyName => (
            "text",
            "family-name",
            words.family_name,
            words.family_name_hint,
        ),
        GuestField::Email => ("email", "email", words.email, words.email_hint),
        GuestField::Phone => ("tel", "tel", words.phone, words.phone_hint),
    };
    let label = told.map_or(usual, |told| label_of(told, locale));
    let reason = told.map(|told| reason(told, locale));
    let reason = reason.filter(|told| !told.is_empty());
    let mut hint = reason.unwrap_or_else(|| hint.to_owned());
    if field == GuestField::Phone {
        hint = [words.phone_code, " ", &hint].concat();
    }
    let id = field_id(FieldId::Guest(field));
    let kind = FieldKind {
        id: &id,
        kind,
        autocomplete,
        label: &with_optional(label, told.is_none_or(|told| told.required), locale),
        hint: &hint,
        said_at: None,
        options: None,
        error_word: words.error,
    };
    let wizard = session.wizard();
    let read = move || wizard.with(|wizard| wizard.draft().guest.get(field).to_owned());
    let error = error_of(FieldId::Guest(field), session, locale);
    let changed = Callback::new(move |value| session.dispatch(Event::GuestChanged(field, value)));
    text_field(kind, Box::new(read), error, changed)
}

/// What else the house should know.
fn note(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().guests;
    let kind = FieldKind {
        id: "note",
        kind: "textarea",
        autocomplete: "off",
        label: words.note,
        hint: words.note_hint,
        said_at: None,
        options: None,
        error_word: words.error,
    };
    let wizard = session.wizard();
    let read = move || wizard.with(|wizard| wizard.draft().note.0.clone());
    let error = error_of(FieldId::Note, session, locale);
    let changed = Callback::new(move |value| session.dispatch(Event::NoteChanged(value)));
    let written = wizard.with_untracked(|wizard| !wizard.draft().note.0.is_empty());
    element("details")
        .class("more")
        .with_some("open", written.then_some(""))
        .inner(element("summary").text(words.note_add))
        .child(text_field(kind, Box::new(read), error, changed))
        .part()
}

/// The venue's question; that it need not be answered is said with it.
pub fn with_optional(label: &str, required: bool, locale: Locale) -> String {
    let optional = locale.messages().guests.optional;
    if required {
        return label.to_owned();
    }
    [label, " ", optional].concat()
}

/// Why the venue asks, and who reads the answer.
pub fn reason(field: &Field, locale: Locale) -> String {
    let who = locale.pick(&field.seen_by);
    let mut reason = locale.pick(&field.why).to_owned();
    if !who.is_empty() {
        let seen = fill(
            locale.messages().guests.seen_by,
            &[("who", &within_a_sentence(who))],
        );
        let gap = if reason.is_empty() { "" } else { " " };
        reason.push_str(gap);
        reason.push_str(&seen);
    }
    reason
}

/// A phrase as it stands after a colon. Which words are names nobody knows, but an article is none.
fn within_a_sentence(text: &str) -> String {
    let articles = ["El ", "La ", "Los ", "Las ", "The "];
    let article = articles.iter().find(|article| text.starts_with(**article));
    let (first, rest) = text.split_at(article.map_or(0, |article| article.len()));
    [&first.to_ascii_lowercase(), rest].concat()
}
