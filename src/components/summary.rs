//! A list of answers, each with the way to change it.

use leptos::prelude::*;

/// A line of the list.
pub struct SummaryLine {
    /// What it is.
    pub label: &'static str,
    /// The answers: one, or one for each guest.
    pub answers: Vec<Answer>,
    /// Where it can be changed, if it can.
    pub change: Option<String>,
}

/// An answer.
pub struct Answer {
    /// What stands out.
    pub value: String,
    /// A word below it.
    pub small: Option<String>,
}

impl SummaryLine {
    /// A line with one answer that cannot be changed.
    pub fn new(label: &'static str, value: String, small: Option<&str>) -> Self {
        let small = small.map(str::to_owned);
        Self {
            label,
            answers: vec![Answer { value, small }],
            change: None,
        }
    }

    /// The same line, which can be changed there.
    #[must_use]
    pub fn changed_at(mut self, path: String) -> Self {
        self.change = Some(path);
        self
    }
}

/// A list of answers.
#[component]
pub fn SummaryList(lines: Vec<SummaryLine>, change_word: &'static str) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|line| {
            let answers = line
                .answers
                .into_iter()
                .map(|answer| {
                    let small = answer.small.map(|small| view! { <small>{small}</small> });
                    view! { <dd>{answer.value} " " {small}</dd> }
                })
                .collect_view();
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
            view! {
                <div>
                    <dt>{line.label}</dt>
                    {answers}
                    {change}
                </div>
            }
        })
        .collect_view();
    view! { <dl class="summary-list">{lines}</dl> }
}
