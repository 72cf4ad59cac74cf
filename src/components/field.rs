//! A text field with its label, its reason and its error.

use leptos::prelude::*;

use super::element::{Element, element};
use super::part::{IntoPart, Part, live};

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
pub fn field(
    kind: FieldKind,
    value: String,
    error: Signal<Option<&'static str>>,
    changed: Callback<String>,
) -> Part {
    let hint_id = [kind.id, "-hint"].concat();
    let error_id = [kind.id, "-error"].concat();
    let hint = element("p")
        .class("hint")
        .with("id", &hint_id)
        .text(kind.hint);
    let input = element("input")
        .class("input")
        .with("id", kind.id)
        .with("name", kind.id)
        .with("type", kind.kind)
        .with("autocomplete", kind.autocomplete);
    let input = input.value(move || value.clone());
    let described = error_id.clone();
    let input = mended(input, error, move |wrong| {
        Some(if wrong {
            [&hint_id, " ", &described].concat()
        } else {
            hint_id.clone()
        })
    });
    wrong("field", "field field-error", error)
        .inner(element("label").with("for", kind.id).text(kind.label))
        .inner(hint)
        .child(error_beside(error_id, kind.error_word, error))
        .inner(input.on("input", move |event| {
            changed.run(event_target_value(&event));
        }))
        .part()
}

/// The element around a field, which looks otherwise while there is an error.
pub fn wrong(
    class: &'static str,
    class_wrong: &'static str,
    error: Signal<Option<&'static str>>,
) -> Element {
    element("div").live("class", move || {
        let class = error.get().map_or(class, |_| class_wrong);
        Some(class.to_owned())
    })
}

/// Says of an input whether there is an error, and what describes it then.
pub fn mended(
    input: Element,
    error: Signal<Option<&'static str>>,
    mut describe: impl FnMut(bool) -> Option<String> + Send + 'static,
) -> Element {
    input
        .live("aria-describedby", move || describe(error.get().is_some()))
        .live("aria-invalid", move || {
            error.get().map(|_| "true".to_owned())
        })
}

/// The words of an error, while there is one.
pub fn error_beside(id: String, word: &'static str, error: Signal<Option<&'static str>>) -> Part {
    live(move || {
        let said = error.get().map(|words| {
            let word = element("span")
                .class("visually-hidden")
                .text(word)
                .text(" ");
            element("p")
                .class("error")
                .with("id", &id)
                .inner(element("span").inner(word).text(words))
        });
        said.part()
    })
}
