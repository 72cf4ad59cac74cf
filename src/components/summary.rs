//! A list of answers, each with the way to change it.

use leptos::prelude::*;

/// A line of the list.
pub struct SummaryLine {
    /// What it is.
    pub label: &'static str,
    /// The answer.
    pub value: String,
    /// A word below it.
    pub small: Option<String>,
    /// Where it can be changed, if it can.
    pub change: Option<String>,
}

/// A list of answers.
#[component]
pub fn SummaryList(lines: Vec<SummaryLine>, change_word: &'static str) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|line| {
            let change = line.change.map(|href| {
                view! {
                    <dd class="summary-change">
                        <a href=href>
                            {change_word}
                            <span class="visually-hidden">": " {line.label}</span>
                        </a>
                    </dd>
                }
            });
            let small = line.small.map(|small| view! { <small>{small}</small> });
            view! {
                <div>
                    <dt>{line.label}</dt>
                    <dd>{line.value} " " {small}</dd>
                    {change}
                </div>
            }
        })
        .collect_view();
    view! { <dl class="summary-list">{lines}</dl> }
}
