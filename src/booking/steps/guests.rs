//! Who comes.

use booking::rules::{FieldId, Reason};
use booking::{Event, FieldError, GuestField, Step};
use leptos::prelude::*;

use crate::components::part::{IntoPart, live};

use super::super::session::Session;
use super::hold::HoldNotice;
use super::parts::{back_link, booking_bar};
use crate::components::error_summary::ErrorSummary;
use crate::components::field::{Field, FieldKind};
use crate::components::step_head::StepHead;
use crate::i18n::{Locale, plural};

/// Who comes.
#[component]
pub fn GuestsStep(session: Session, locale: Locale) -> impl IntoView {
    let words = locale.messages();
    let fields = GuestField::ALL
        .map(|field| guest_field(field, session, locale))
        .into_iter()
        .collect_view();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        session.dispatch(Event::GuestsSubmitted);
    };
    view! {
        <div class="step-body wrap">
            <StepHead
                step=Step::Guests
                locale
                title=words.guests.title
                lead=Signal::stored(words.guests.lead.to_owned())
            />
            <div class="step-answer">
                {errors_summary(session, locale)}
                <HoldNotice session locale/>
                <form class="form" novalidate on:submit=submit>
                    <fieldset class="fieldset">
                        <legend class="legend">{words.guests.legend}</legend>
                        <div class="form">{fields}</div>
                    </fieldset>
                    <div class="actions">
                        <button class="button" type="submit">{words.book.next}</button>
                    </div>
                </form>
                <div class="notice">
                    <p class="notice-title">{words.guests.forget_title}</p>
                    <p>{words.guests.forget_text}</p>
                </div>
                {back_link(Step::Time, locale)}
            </div>
        </div>
        {booking_bar(session, locale, ().part())}
    }
}

/// The list of errors of the step on show, if there are any.
pub fn errors_summary(session: Session, locale: Locale) -> impl IntoView {
    let wizard = session.wizard();
    let errors = Memo::new(move |_| wizard.with(|wizard| wizard.errors().to_vec()));
    live(move || {
        let errors = errors.get();
        (!errors.is_empty())
            .then(|| {
                let words = &locale.messages().guests;
                let count = u32::try_from(errors.len()).unwrap_or(u32::MAX);
                let entries = errors
                    .into_iter()
                    .map(|error| (selector(error.field), error_words(error, locale)))
                    .collect();
                view! {
                    <ErrorSummary
                        title=plural(count, words.summary_one, words.summary_other)
                        errors=entries
                    />
                }
            })
            .part()
    })
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

fn guest_field(field: GuestField, session: Session, locale: Locale) -> impl IntoView {
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
    view! { <Field kind value error changed/> }
}

fn selector(field: FieldId) -> &'static str {
    match field {
        FieldId::Guest(GuestField::GivenName) => "#given-name",
        FieldId::Guest(GuestField::FamilyName) => "#family-name",
        FieldId::Guest(GuestField::Email) => "#email",
        FieldId::Guest(GuestField::Phone) => "#phone",
        FieldId::Privacy => "#privacy",
    }
}

fn error_words(error: FieldError, locale: Locale) -> &'static str {
    let words = &locale.messages().guests;
    match (error.field, error.reason) {
        (FieldId::Privacy, _) => words.privacy_missing,
        (_, Reason::TooLong) => words.too_long,
        (FieldId::Guest(GuestField::GivenName), Reason::Missing) => words.given_name_missing,
        (FieldId::Guest(GuestField::FamilyName), Reason::Missing) => words.family_name_missing,
        (FieldId::Guest(GuestField::Email), Reason::Missing) => words.email_missing,
        (FieldId::Guest(GuestField::Email), Reason::Invalid) => words.email_invalid,
        (FieldId::Guest(GuestField::Phone), Reason::Missing) => words.phone_missing,
        (FieldId::Guest(GuestField::Phone), Reason::Invalid) => words.phone_invalid,
        (FieldId::Guest(_), Reason::Invalid) => words.not_accepted,
    }
}
