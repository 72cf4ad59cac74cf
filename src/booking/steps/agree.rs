//! A box to tick: it says what for, it is never ticked beforehand, and its error stands above it.

use booking::Event;
use booking::rules::FieldId;
use leptos::prelude::*;

use super::super::session::Session;
use super::errors::{error_of, field_id};
use crate::components::part::{IntoPart, Part, attribute, live, text};
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
    let described = {
        let error_id = error_id.clone();
        text(move || error.get().map_or_else(String::new, |_| error_id.clone()))
    };
    view! {
        <div class="consent" class:field-error=move || error.get().is_some()>
            {live(move || error.get().map(|text| view! {
                <p class="error" id=error_id.clone()>
                    <span>
                        <span class="visually-hidden">{locale.messages().guests.error} " "</span>
                        {text}
                    </span>
                </p>
            }).part())}
            <label class="check">
                <input
                    type="checkbox"
                    id=id
                    prop:checked=move || wizard.with(|wizard| wizard.agrees_to(field))
                    aria-describedby=described
                    aria-invalid=attribute(move || error.get().map(|_| "true"))
                    on:change:target=move |event| {
                        let ticked = event.target().checked();
                        let consents = wizard
                            .with_untracked(|wizard| wizard.consents_with(field, ticked));
                        session.dispatch(Event::ConsentChanged(consents));
                    }
                />
                <span>
                    {label}
                    {hint.map(|hint| view! { " " <span class="hint">{hint}</span> })}
                </span>
            </label>
        </div>
    }
    .part()
}
