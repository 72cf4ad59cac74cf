//! The list of what has to be mended, above the form; each entry leads to its field.

use leptos::prelude::*;

use crate::platform::page;

/// An error: the selector of its field and the words beside it.
pub type ErrorEntry = (String, String);

/// The list of what has to be mended; takes the focus when it appears.
#[component]
pub fn ErrorSummary(title: String, errors: Vec<ErrorEntry>) -> impl IntoView {
    let entries = errors
        .into_iter()
        .map(|(selector, words)| {
            let href = selector.clone();
            let lead = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                page::focus_soon(&selector);
            };
            view! { <li><a href=href on:click=lead>{words}</a></li> }
        })
        .collect_view();
    view! {
        <div class="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title">
            <h2 id="error-summary-title">{title}</h2>
            <ul>{entries}</ul>
        </div>
    }
}
