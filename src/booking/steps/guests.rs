//! Who comes.

use booking::rules::FieldId;
use booking::{Event, GuestField, Step};
use leptos::prelude::*;

use crate::components::part::{IntoPart, Part};

use super::super::session::Session;
use super::errors::{error_of, errors_summary};
use super::hold::hold_notice;
use super::parts::StepPage;
use crate::components::element::element;
use crate::components::field::{Field, FieldKind};
use crate::i18n::Locale;

/// Who comes.
pub fn guests_step(session: Session, locale: Locale) -> Part {
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
    let form = view! {
        <form class="form" novalidate on:submit=submit>
            <fieldset class="fieldset">
                <legend class="legend">{words.guests.legend}</legend>
                <div class="form">{fields}</div>
            </fieldset>
            <div class="actions">
                <button class="button" type="submit">{words.book.next}</button>
            </div>
        </form>
    };
    let title = element("p").class("notice-title");
    let forget = element("div")
        .class("notice")
        .inner(title.text(words.guests.forget_title))
        .inner(element("p").text(words.guests.forget_text));
    let page = StepPage {
        step: Step::Guests,
        title: words.guests.title,
        lead,
        session,
        locale,
    };
    let answer = vec![
        errors_summary(session, locale),
        hold_notice(session, locale),
        form.part(),
        forget.part(),
    ];
    page.with(answer, ().part())
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
