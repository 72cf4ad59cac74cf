//! A box to tick: it says what for, it is never ticked beforehand, and its error stands above it.

use booking::Event;
use booking::rules::FieldId;
use leptos::prelude::*;

use super::super::session::Session;
use super::errors::{error_of, field_id};
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live};
use crate::i18n::Locale;

/// A box that agrees to what a field asks; `hint` says more where there is more to say.
pub fn agree_box(
    field: FieldId,
    label: String,
    hint: Option<&'static str>,
    session: Session,
    locale: Locale,
) -> Part {
    let wizard = session.wizard();
    let error = error_of(field, session, locale);
    let id = field_id(field);
    let error_id = [&id, "-error"].concat();
    let words = &locale.messages().guests;
    let above = {
        let id = error_id.clone();
        live(move || match error.get() {
            Some(text) => {
                let said = element("span")
                    .inner(element("span").class("visually-hidden").text(words.error))
                    .text(" ")
                    .text(text);
                let shown = element("p").class("error").with("id", &id);
                shown.inner(said).part()
            }
            None => ().part(),
        })
    };
    let ticked = element("input")
        .with("type", "checkbox")
        .with("id", &id)
        .ticked(move || wizard.with(|wizard| wizard.agrees_to(field)))
        .live("aria-describedby", move || {
            error.get().map(|_| error_id.clone())
        })
        .live("aria-invalid", move || {
            error.get().map(|_| "true".to_owned())
        })
        .on("change", move |event| {
            let ticked = event_target_checked(&event);
            let consents = wizard.with_untracked(|wizard| wizard.consents_with(field, ticked));
            session.dispatch(Event::ConsentChanged(consents));
        });
    let mut said = element("span").text(&label);
    if let Some(hint) = hint {
        said = said
            .text(" ")
            .inner(element("span").class("hint").text(hint));
    }
    let class = move || {
        let wrong = error.get().is_some();
        Some(
            if wrong {
                "consent field-error"
            } else {
                "consent"
            }
            .to_owned(),
        )
    };
    element("div")
        .live("class", class)
        .child(above.part())
        .inner(element("label").class("check").inner(ticked).inner(said))
        .part()
}
