//! The head of a wizard page: which step of how many, the question, a word of help.

use booking::Position;
use leptos::prelude::*;

use super::element::element;
use super::part::{IntoPart, Part, live};
use crate::i18n::{Locale, fill};

/// The head of a wizard page.
pub fn step_head(
    position: impl Fn() -> Position + Copy + Send + 'static,
    locale: Locale,
    title: &'static str,
    lead: Signal<String>,
) -> Part {
    let count = element("span").live_text(move || count(position(), locale));
    let bars = element("span")
        .class("steps-bars")
        .with("aria-hidden", "true")
        .child(live(move || bars(position())).part());
    element("div")
        .class("step-head")
        .inner(element("p").class("steps").inner(count).inner(bars))
        .inner(element("h1").with("tabindex", "-1").text(title))
        .inner(element("p").class("lead").live_text(move || lead.get()))
        .part()
}

/// How many steps there are is said when the venue has said it: nothing is taken back then.
fn count(position: Position, locale: Locale) -> String {
    let words = &locale.messages().book;
    let message = if position.known {
        words.step_of
    } else {
        words.step
    };
    let [number, all] = [position.number, position.of].map(|number| number.to_string());
    fill(message, &[("n", &number), ("all", &all)])
}

fn bars(position: Position) -> Part {
    let bars = (1..=position.of).map(|number| {
        let class = match number.cmp(&position.number) {
            std::cmp::Ordering::Less => "is-done",
            std::cmp::Ordering::Equal => "is-now",
            std::cmp::Ordering::Greater => "is-next",
        };
        element("i").class(class).part()
    });
    bars.collect::<Vec<_>>().part()
}
