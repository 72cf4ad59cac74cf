//! Who comes.

use booking::rules::FieldId;
use booking::{Event, GuestField, Step};
use leptos::prelude::*;

use crate::components::element::{Element, element};
use crate::components::part::{IntoPart, Part};

use super::super::session::Session;
use super::errors::{error_of, errors_summary};
use super::hold::hold_notice;
use super::parts::step_page;
use crate::components::field::{FieldKind, field as text_field};
use crate::i18n::Locale;

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
    let fields = GuestField::ALL.map(|field| guest_field(field, session, locale));
    let fieldset = element("fieldset")
        .class("fieldset")
        .inner(element("legend").class("legend").text(words.guests.legend))
        .inner(element("div").class("form").children(fields));
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
        .inner(fieldset)
        .inner(element("div").class("actions").inner(submit))
}

fn guest_field(field: GuestField, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().guests;
    let (id, kind, autocomplete, label, hint) = match field {
        GuestField::GivenName => (
            "given-name",
            "text",
            "given-name",
            words.given_name,
            words.given_name_hint,
        ),
        GuestField::FamilyName => (
            "family-name",
            "text",
            "family-name",
            words.family_name,
            words.family_name_hint,
        ),
        GuestField::Email => ("email", "email", "email", words.email, words.email_hint),
        GuestField::Phone => ("phone", "tel", "tel", words.phone, words.phone_hint),
    };
    let kind = FieldKind {
        id,
        kind,
        autocomplete,
        label,
        hint,
        error_word: words.error,
    };
    let value = session
        .wizard()
        .with_untracked(|wizard| wizard.draft().guest.get(field).to_owned());
    let error = error_of(FieldId::Guest(field), session, locale);
    let changed = Callback::new(move |value| session.dispatch(Event::GuestChanged(field, value)));
    text_field(kind, value, error, changed)
}
