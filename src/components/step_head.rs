//! The head of a wizard page: which step of how many, the question, a word of help.

use booking::Step;
use leptos::prelude::*;

use super::part::text;
use crate::i18n::{Locale, fill};

/// The head of a wizard page.
#[component]
pub fn StepHead(
    step: Step,
    locale: Locale,
    title: &'static str,
    lead: Signal<String>,
) -> impl IntoView {
    let words = &locale.messages().book;
    let number = step.number().unwrap_or(Step::QUESTIONS.len());
    let count = fill(
        words.step_of,
        &[
            ("n", &number.to_string()),
            ("all", &Step::QUESTIONS.len().to_string()),
        ],
    );
    let bars = Step::QUESTIONS
        .iter()
        .enumerate()
        .map(|(index, _)| {
            let class = match (index + 1).cmp(&number) {
                std::cmp::Ordering::Less => "is-done",
                std::cmp::Ordering::Equal => "is-now",
                std::cmp::Ordering::Greater => "is-next",
            };
            view! { <i class=class></i> }
        })
        .collect_view();
    view! {
        <div class="step-head">
            <p class="steps">
                <span>{count}</span>
                <span class="steps-bars" aria-hidden="true">{bars}</span>
            </p>
            <h1 tabindex="-1">{title}</h1>
            <p class="lead">{text(move || lead.get())}</p>
        </div>
    }
}
