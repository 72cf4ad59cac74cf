//! What has to be mended: the list above a form, and the same words beside each field.

use booking::rules::{FieldId, Reason};
use booking::{FieldError, GuestField, Wizard};
use leptos::prelude::*;

use crate::components::part::{IntoPart, Part, live};

use super::super::session::Session;
use crate::components::error_summary::{ErrorEntry, error_summary};
use crate::i18n::{Locale, fill, plural};

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
    let entry = |error: &FieldError| {
        // Among several rules, each entry names its own.
        let words = match wizard.rule(error.field) {
            Some(rule) => fill(
                locale.messages().rules.missing_named,
                &[("rule", locale.pick(&rule.text))],
            ),
            None => error_words(*error, locale).to_owned(),
        };
        (["#", &field_id(error.field)].concat(), words)
    };
    wizard.errors().iter().map(entry).collect()
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
                .map(|error| error_words(*error, locale))
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
        FieldId::Privacy => "privacy",
    }
    .to_owned()
}

fn error_words(error: FieldError, locale: Locale) -> &'static str {
    let words = locale.messages();
    let guests = &words.guests;
    match (error.field, error.reason) {
        (FieldId::Dishes, _) => words.dishes.refused,
        (FieldId::Needs, _) => words.dishes.needs_refused,
        (FieldId::Health, _) => words.dishes.health_missing,
        (FieldId::HouseRule(_), _) => words.rules.missing,
        (FieldId::Privacy, _) => guests.privacy_missing,
        (FieldId::Guest(_), Reason::TooLong) => guests.too_long,
        (FieldId::Guest(GuestField::GivenName), Reason::Missing) => guests.given_name_missing,
        (FieldId::Guest(GuestField::FamilyName), Reason::Missing) => guests.family_name_missing,
        (FieldId::Guest(GuestField::Email), Reason::Missing) => guests.email_missing,
        (FieldId::Guest(GuestField::Email), Reason::Invalid) => guests.email_invalid,
        (FieldId::Guest(GuestField::Phone), Reason::Missing) => guests.phone_missing,
        (FieldId::Guest(GuestField::Phone), Reason::Invalid) => guests.phone_invalid,
        (FieldId::Guest(_), Reason::Invalid) => guests.not_accepted,
    }
}
