//! What has to be mended: the list above a form, and the same words beside each field.

use booking::rules::{FieldId, Reason};
use booking::venue::FieldKind;
use booking::{FieldError, GuestField, Wizard};
use leptos::prelude::*;

use crate::components::part::{IntoPart, Part, live};

use super::super::session::Session;
use super::along::{label_of, person};
use crate::components::error_summary::{ErrorEntry, error_summary};
use crate::i18n::{Locale, fill, plural, small};

/// The list of errors of the step on show, if there are any.
pub fn errors_summary(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    live(move || {
        let errors = wizard.with(|wizard| entries(wizard, locale));
        if errors.is_empty() {
            return ().part();
        }
        let words = &locale.messages().guests;
        let count = u32::try_from(errors.len()).unwrap_or(u32::MAX);
        let title = plural(count, words.summary_one, words.summary_other);
        error_summary(&title, errors)
    })
    .part()
}

fn entries(wizard: &Wizard, locale: Locale) -> Vec<ErrorEntry> {
    let errors = wizard.errors();
    let entry = |error: &FieldError| {
        // Among several rules, each entry names its own.
        let words = match wizard.rule(error.field) {
            Some(rule) => fill(
                locale.messages().rules.missing_named,
                &[("rule", locale.pick(&rule.text))],
            ),
            None => entry_words(*error, wizard, locale),
        };
        (["#", &field_id(error.field)].concat(), words)
    };
    let own = errors.iter().filter(|error| is_first(error, errors));
    own.map(entry).collect()
}

/// Of what one of those who come along has still to answer there is one entry, or the list would be a wall.
fn is_first(error: &FieldError, errors: &[FieldError]) -> bool {
    let mut same = errors
        .iter()
        .filter(|other| guest_of(other) == guest_of(error));
    guest_of(error).is_none() || same.next() == Some(error)
}

/// Which of those who come along an error is about.
fn guest_of(error: &FieldError) -> Option<u8> {
    match error.field {
        FieldId::Answer(asked) => Some(asked.guest).filter(|guest| *guest > 0),
        _ => None,
    }
}

/// Where everybody is asked the same, each entry names its guest.
fn entry_words(error: FieldError, wizard: &Wizard, locale: Locale) -> String {
    let words = error_words(error, wizard, locale);
    let FieldId::Answer(asked) = error.field else {
        return words.to_owned();
    };
    let about = wizard.errors().iter().filter_map(|other| {
        let same = *other == error || guest_of(other).is_some_and(|guest| guest == asked.guest);
        match other.field {
            FieldId::Answer(asked) if same => wizard.asked(asked),
            _ => None,
        }
    });
    let labels: Vec<_> = about.map(|field| label_of(field, locale)).collect();
    let messages = &locale.messages().guests;
    let words = if labels.len() > 1 {
        messages.several
    } else {
        words
    };
    let who = small(&person(asked.guest, locale));
    let labels = labels.join(", ");
    fill(
        messages.named,
        &[("error", words), ("label", &labels), ("who", &who)],
    )
}

/// The words beside a field, if it has an error.
pub fn error_of(field: FieldId, session: Session, locale: Locale) -> Signal<Option<&'static str>> {
    let wizard = session.wizard();
    Signal::derive(move || {
        wizard.with(|wizard| {
            wizard
                .errors()
                .iter()
                .find(|error| error.field == field)
                .map(|error| error_words(*error, wizard, locale))
        })
    })
}

/// The id of a field's element.
pub fn field_id(field: FieldId) -> String {
    match field {
        FieldId::Dishes | FieldId::Needs => "dishes",
        FieldId::Health => "health",
        FieldId::Guest(GuestField::GivenName) => "given-name",
        FieldId::Guest(GuestField::FamilyName) => "family-name",
        FieldId::Guest(GuestField::Email) => "email",
        FieldId::Guest(GuestField::Phone) => "phone",
        FieldId::HouseRule(index) => return ["rule-", &(index + 1).to_string()].concat(),
        FieldId::Answer(asked) => {
            let guest = (u16::from(asked.guest) + 1).to_string();
            return ["guest-", &guest, "-", &asked.field.to_string()].concat();
        }
        FieldId::Note => "note",
        FieldId::Privacy => "privacy",
        FieldId::Waiting => "waiting",
    }
    .to_owned()
}

fn error_words(error: FieldError, wizard: &Wizard, locale: Locale) -> &'static str {
    let words = locale.messages();
    let guests = &words.guests;
    match (error.field, error.reason) {
        (FieldId::Dishes, _) => words.dishes.refused,
        (FieldId::Needs, _) => words.dishes.needs_refused,
        (FieldId::Health, _) => words.dishes.health_missing,
        (FieldId::HouseRule(_), _) => words.rules.missing,
        (FieldId::Privacy, _) => guests.privacy_missing,
        (FieldId::Waiting, _) => words.waiting.missing,
        (FieldId::Note, _) => guests.note_too_long,
        (FieldId::Guest(_), Reason::TooLong) => guests.too_long,
        (FieldId::Guest(GuestField::GivenName), Reason::Missing) => guests.given_name_missing,
        (FieldId::Guest(GuestField::FamilyName), Reason::Missing) => guests.family_name_missing,
        (FieldId::Guest(GuestField::Email), Reason::Missing) => guests.email_missing,
        (FieldId::Guest(GuestField::Email), Reason::Invalid) => guests.email_invalid,
        (FieldId::Guest(GuestField::Phone), Reason::Missing) => guests.phone_missing,
        (FieldId::Guest(GuestField::Phone), Reason::Invalid) => guests.phone_invalid,
        (FieldId::Guest(_), Reason::Invalid) => guests.not_accepted,
        (FieldId::Answer(asked), reason) => {
            let kind = wizard.asked(asked).map(|field| field.kind);
            answer_words(kind.unwrap_or_default(), reason, locale)
        }
    }
}

/// What is wrong with an answer of this kind.
pub fn answer_words(kind: FieldKind, reason: Reason, locale: Locale) -> &'static str {
    let guests = &locale.messages().guests;
    match (kind, reason) {
        (_, Reason::TooLong) => guests.too_long,
        (FieldKind::Choice, _) => guests.choice_missing,
        (_, Reason::Missing) => guests.answer_missing,
        (FieldKind::Email, _) => guests.email_invalid,
        (FieldKind::Phone, _) => guests.phone_invalid,
        (FieldKind::Date, _) => guests.date_invalid,
        (FieldKind::Document, _) => guests.document_invalid,
        _ => guests.not_accepted,
    }
}
