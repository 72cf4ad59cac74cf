//! The list of what has to be mended, above the form; each entry leads to its field.

use super::element::element;
use super::part::Part;
use crate::platform::page;

/// An error: the selector of its field and the words beside it.
pub type ErrorEntry = (String, String);

/// The list of what has to be mended; takes the focus when it appears.
pub fn error_summary(title: &str, errors: Vec<ErrorEntry>) -> Part {
    let id = "error-summary-title";
    let entries: Vec<_> = errors
        .into_iter()
        .map(|(selector, words)| {
            let link = element("a").with("href", &selector).text(&words);
            let link = link.on("click", move |event| {
                event.prevent_default();
                page::focus_soon(&selector);
            });
            element("li").inner(link).part()
        })
        .collect();
    element("div")
        .class("error-summary")
        .with("role", "alert")
        .with("tabindex", "-1")
        .with("aria-labelledby", id)
        .inner(element("h2").with("id", id).text(title))
        .inner(element("ul").children(entries))
        .part()
}
