//! A text field with its label, its reason and its error.

use leptos::prelude::*;

use super::part::{IntoPart, attribute, live, text};
/// What a field is, for people and for the browser's autofill.
#[derive(Debug, Clone, Copy)]
pub struct FieldKind {
    /// Its id and name.
    pub id: &'static str,
    /// The HTML input type.
    pub kind: &'static str,
    /// The autofill word.
    pub autocomplete: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Why it is asked for and who sees it.
    pub hint: &'static str,
    /// The word before an error.
    pub error_word: &'static str,
}

/// A text field.
#[component]
pub fn Field(
    kind: FieldKind,
    value: String,
    error: Signal<Option<&'static str>>,
    changed: Callback<String>,
) -> impl IntoView {
    let hint_id = [kind.id, "-hint"].concat();
    let error_id = [kind.id, "-error"].concat();
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        text(move || match error.get() {
            Some(_) => [&hint_id, " ", &error_id].concat(),
            None => hint_id.clone(),
        })
    };
    view! {
        <div class="field" class:field-error=move || error.get().is_some()>
            <label for=kind.id>{kind.label}</label>
            <p class="hint" id=hint_id>{kind.hint}</p>
            {live(move || {
                error.get().map(|words| {
                    view! {
                        <p class="error" id=error_id.clone()>
                            <span>
                                <span class="visually-hidden">{kind.error_word} " "</span>
                                {words}
                            </span>
                        </p>
                    }
                })
                .part()
            })}
            <input
                class="input"
                id=kind.id
                name=kind.id
                type=kind.kind
                autocomplete=kind.autocomplete
                prop:value=value
                aria-describedby=described
                aria-invalid=attribute(move || error.get().map(|_| "true"))
                on:input:target=move |event| changed.run(event.target().value())
            />
        </div>
    }
}
