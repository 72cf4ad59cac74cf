//! A text field with its label, its reason and its error.

use leptos::prelude::*;

use super::element::{Element, element};
use super::part::{IntoPart, Part, live};
use crate::content::escape;

/// What a field is, for people and for the browser's autofill.
#[derive(Debug, Clone)]
pub struct FieldKind<'a> {
    /// Its id and name.
    pub id: &'a str,
    /// The HTML input type; `textarea` for several lines.
    pub kind: &'static str,
    /// The autofill word.
    pub autocomplete: &'static str,
    /// Its label.
    pub label: &'a str,
    /// Why it is asked for and who sees it.
    pub hint: &'a str,
    /// Where that is said already, for many fields at once: the id of the words.
    pub said_at: Option<&'a str>,
    /// The answers there are, as HTML, where one of them is to be chosen.
    pub options: Option<String>,
    /// The word before an error.
    pub error_word: &'static str,
}

/// A field. It holds what is read, also where that changes elsewhere.
pub fn field(
    kind: FieldKind<'_>,
    read: Box<dyn FnMut() -> String + Send>,
    error: Signal<Option<&'static str>>,
    changed: Callback<String>,
) -> Part {
    let hint_id = [kind.id, "-hint"].concat();
    let error_id = [kind.id, "-error"].concat();
    let hint = (!kind.hint.is_empty()).then(|| {
        element("p")
            .class("hint")
            .with("id", &hint_id)
            .text(kind.hint)
    });
    let reason = kind.said_at.map(str::to_owned);
    let reason = reason.or_else(|| hint.is_some().then_some(hint_id));
    let described = error_id.clone();
    // Not every browser tells of a choice while it is made; all tell when it is.
    let told = match kind.options {
        Some(_) => "change",
        None => "input",
    };
    let input = mended(control(&kind).value(read), error, move |wrong| {
        match (&reason, wrong) {
            (Some(reason), true) => Some([reason, " ", &described].concat()),
            (None, true) => Some(described.clone()),
            (reason, false) => reason.clone(),
        }
    });
    wrong("field", "field field-error", error)
        .inner(element("label").with("for", kind.id).text(kind.label))
        .child(hint)
        .child(error_beside(error_id, kind.error_word, error))
        .inner(input.on(told, move |event| {
            changed.run(event_target_value(&event));
        }))
        .part()
}

/// What is written into, or chosen from.
fn control(kind: &FieldKind<'_>) -> Element {
    let tag = match (kind.kind, &kind.options) {
        (_, Some(_)) => "select",
        ("textarea", None) => "textarea",
        _ => "input",
    };
    let control = element(tag)
        .class("input")
        .with("id", kind.id)
        .with("name", kind.id)
        .with("autocomplete", kind.autocomplete);
    match &kind.options {
        Some(options) => control.html(options.clone()),
        None if tag == "input" => control.with("type", kind.kind),
        None => control,
    }
}

/// An answer that can be chosen, as HTML; with the code of its language where that is not the page's.
pub fn option(html: &mut String, value: &str, label: &str, picked: &str, language: Option<&str>) {
    html.push_str("<option ");
    if let Some(code) = language {
        html.push_str("lang=\"");
        html.push_str(code);
        html.push_str("\" ");
    }
    html.push_str("value=\"");
    html.push_str(&escape(value));
    html.push_str(if value == picked {
        "\" selected>"
    } else {
        "\">"
    });
    html.push_str(&escape(label));
    html.push_str("</option>");
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
