//! Who comes.

use booking::rules::FieldId;
use booking::{Event, GuestField, Step};
use leptos::prelude::*;

use crate::components::part::IntoPart;

use super::super::session::Session;
use super::errors::{error_of, errors_summary};
use super::hold::HoldNotice;
use super::parts::{back_link, booking_bar, step_head};
use crate::components::field::{Field, FieldKind};
use crate::i18n::Locale;

/// Who comes.
#[component]
pub fn GuestsStep(session: Session, locale: Locale) -> impl IntoView {
    let words = locale.messages();
    let fields = GuestField::ALL
        .map(|field| guest_field(field, session, locale))
        .into_iter()
        .collect_view();
    let lead = Signal::stored(words.guests.lead.to_owned());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        session.dispatch(Event::GuestsSubmitted);
    };
    view! {
        <div class="step-body wrap">
            {step_head(Step::Guests, words.guests.title, lead, session, locale)}
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
                {back_link(Step::Guests, session, locale)}
            </div>
        </div>
        {booking_bar(session, locale, ().part())}
    }
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
