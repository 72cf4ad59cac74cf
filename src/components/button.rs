//! Buttons, alike wherever they stand.

use leptos::prelude::*;

use super::part::{IntoPart, Part};

/// A button that does one thing.
pub fn button(class: &'static str, label: impl Into<String>, press: Callback<()>) -> Part {
    view! {
        <button type="button" class=class on:click=move |_| press.run(())>
            {label.into()}
        </button>
    }
    .part()
}

/// Buttons in a row of their own.
pub fn actions(buttons: Vec<Part>) -> Part {
    view! { <p class="actions">{buttons}</p> }.part()
}
