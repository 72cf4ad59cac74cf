//! A box to tick: it says what for, it is never ticked beforehand, and its error stands above it.

use booking::Event;
use booking::rules::FieldId;
use leptos::prelude::*;

use super::super::session::Session;
use super::errors::{error_of, field_id};
use crate::components::element::element;
use crate::components::field::{error_beside, mended, wrong};
use crate::components::part::Part;
use crate::i18n::Locale;

/// A box that agrees to what a field asks; `hint` says more where there is more to say.
pub fn agree_box(
    field: FieldId,
    label: &str,
    hint: Option<&'static str>,
    session: Session,
    locale: Locale,
) -> Part {
    let wizard = session.wizard();
    let error = error_of(field, session, locale);
    let id = field_id(field);
    let error_id = [&id, "-error"].concat();
    let described = error_id.clone();
    let input = element("input")
        .with("type", "checkbox")
        .with("id", &id)
        .ticked(move || wizard.with(|wizard| wizard.agrees_to(field)))
        .on("change", move |event| {
            let ticked = event_target_checked(&event);
            let consents = wizard.with_untracked(|wizard| wizard.consents_with(field, ticked));
            session.dispatch(Event::ConsentChanged(consents));
        });
    let input = mended(input, error, move |wrong| wrong.then(|| described.clone()));
    let words = element("span").text(label);
    let words = match hint {
        Some(hint) => words
            .text(" ")
            .inner(element("span").class("hint").text(hint)),
        None => words,
    };
    let error_word = locale.messages().guests.error;
    wrong("consent", "consent field-error", error)
        .child(error_beside(error_id, error_word, error))
        .inner(element("label").class("check").inner(input).inner(words))
        .part()
}
