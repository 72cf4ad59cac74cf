//! The head of a wizard page: which step of how many, the question, a word of help.

use booking::Position;

use super::element::element;
use super::part::{IntoPart, Part, live};
use crate::i18n::{Locale, fill};

/// The head of a wizard page.
pub fn step_head(
    position: impl Fn() -> Position + Copy + Send + 'static,
    locale: Locale,
    title: &'static str,
    lead: Part,
) -> Part {
    let steps = element("p")
        .class("steps")
        .inner(element("span").live_text(move || count(position(), locale)))
        .inner(
            element("span")
                .class("steps-bars")
                .with("aria-hidden", "true")
                .child(live(move || bars(position()))),
        );
    element("div")
        .class("step-head")
        .inner(steps)
        .inner(element("h1").with("tabindex", "-1").text(title))
        .inner(element("p").class("lead").child(lead))
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
    let bar = |number: usize| {
        let class = match number.cmp(&position.number) {
            std::cmp::Ordering::Less => "is-done",
            std::cmp::Ordering::Equal => "is-now",
            std::cmp::Ordering::Greater => "is-next",
        };
        element("i").class(class).part()
    };
    (1..=position.of).map(bar).collect::<Vec<_>>().part()
}
