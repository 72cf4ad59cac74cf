//! The head of a wizard page: which step of how many, the question, a word of help.

use booking::Position;
use leptos::prelude::*;

use super::part::{IntoPart, Part, live, text};
use crate::i18n::{Locale, fill};

/// The head of a wizard page.
#[component]
pub fn StepHead(
    position: Signal<Position>,
    locale: Locale,
    title: &'static str,
    lead: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="step-head">
            <p class="steps">
                <span>{text(move || count(position.get(), locale))}</span>
                <span class="steps-bars" aria-hidden="true">
                    {live(move || bars(position.get()))}
                </span>
            </p>
            <h1 tabindex="-1">{title}</h1>
            <p class="lead">{text(move || lead.get())}</p>
        </div>
    }
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
    (1..=position.of)
        .map(|number| {
            let class = match number.cmp(&position.number) {
                std::cmp::Ordering::Less => "is-done",
                std::cmp::Ordering::Equal => "is-now",
                std::cmp::Ordering::Greater => "is-next",
            };
            view! { <i class=class></i> }
        })
        .collect_view()
        .part()
}
