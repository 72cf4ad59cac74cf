//! Buttons, alike wherever they stand.

use leptos::prelude::*;

use super::element::element;
use super::part::Part;

/// A button that does one thing.
pub fn button(class: &'static str, label: &str, press: Callback<()>) -> Part {
    element("button")
        .with("type", "button")
        .class(class)
        .text(label)
        .on("click", move |_| press.run(()))
        .part()
}

/// Buttons in a row of their own.
pub fn actions(buttons: Vec<Part>) -> Part {
    element("p").class("actions").children(buttons).part()
}
