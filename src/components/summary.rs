//! A list of answers, each with the way to change it.

use leptos::prelude::{Callable as _, Callback};

use super::element::{Element, element};
use super::part::Part;

/// A line of the list.
pub struct SummaryLine {
    /// What it is.
    pub label: &'static str,
    /// The answers: one, or one for each guest.
    pub answers: Vec<Answer>,
    /// How it can be changed, if it can.
    pub change: Option<Way>,
}

/// The way to change an answer.
pub enum Way {
    /// On this page.
    Page(String),
    /// By pressing.
    Press(Callback<()>),
}

/// An answer.
pub struct Answer {
    /// What stands out.
    pub value: String,
    /// A word below it.
    pub small: Option<String>,
    /// That word's language, where it is not the page's.
    pub language: Option<&'static str>,
}

impl SummaryLine {
    /// A line with one answer that cannot be changed.
    pub fn new(label: &'static str, value: String, small: Option<&str>) -> Self {
        let small = small.map(str::to_owned);
        Self {
            label,
            answers: vec![Answer {
                value,
                small,
                language: None,
            }],
            change: None,
        }
    }

    /// The same line, which can be changed there.
    #[must_use]
    pub fn changed_at(mut self, path: String) -> Self {
        self.change = Some(Way::Page(path));
        self
    }

    /// The same line, which can be changed by pressing.
    #[must_use]
    pub fn changed_by(mut self, press: Callback<()>) -> Self {
        self.change = Some(Way::Press(press));
        self
    }
}

/// A list of answers.
pub fn summary_list(lines: &[SummaryLine], change_word: &'static str) -> Part {
    summary_list_told(lines, change_word, None)
}

/// The same, which tells when a link that changes an answer is followed.
pub fn summary_list_told(
    lines: &[SummaryLine],
    change_word: &'static str,
    tell: Option<Callback<()>>,
) -> Part {
    let lines = lines.iter().map(|line| line.show(change_word, tell).part());
    element("dl").class("summary-list").children(lines).part()
}

impl SummaryLine {
    fn show(&self, change_word: &'static str, tell: Option<Callback<()>>) -> Element {
        let answers = self.answers.iter().map(|answer| {
            let small = answer.small.as_deref().map(|small| {
                let small = element("small").text(small);
                small.with_some("lang", answer.language)
            });
            element("dd")
                .text(&answer.value)
                .text(" ")
                .child(small)
                .part()
        });
        let change = self.change.as_ref().map(|way| {
            let what = element("span")
                .class("visually-hidden")
                .text(": ")
                .text(self.label);
            let link = match way {
                Way::Page(path) => {
                    let link = element("a").with("href", path);
                    match tell {
                        Some(tell) => link.on("click", move |_| tell.run(())),
                        None => link,
                    }
                }
                Way::Press(press) => {
                    let press = *press;
                    element("button")
                        .with("type", "button")
                        .class("link-button")
                        .on("click", move |_| press.run(()))
                }
            };
            let link = link.text(change_word).inner(what);
            element("dd").class("summary-change").inner(link)
        });
        element("div")
            .inner(element("dt").text(self.label))
            .child(answers.collect::<Vec<_>>())
            .child(change)
    }
}
