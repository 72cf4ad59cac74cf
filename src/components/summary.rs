//! A list of answers, each with the way to change it.

use super::element::element;
use super::part::Part;

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

/// A list of answers. `change_word` is what each way to change one is called.
pub fn summary_list(lines: Vec<SummaryLine>, change_word: &'static str) -> Part {
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| summary_line(line, change_word))
        .collect();
    element("dl").class("summary-list").children(lines).part()
}

fn summary_line(line: SummaryLine, change_word: &'static str) -> Part {
    let mut shown = element("div").inner(element("dt").text(line.label));
    for answer in line.answers {
        let mut said = element("dd").text(&answer.value);
        if let Some(small) = answer.small {
            said = said.text(" ").inner(element("small").text(&small));
        }
        shown = shown.inner(said);
    }
    if let Some(href) = line.change {
        let what = [": ", line.label].concat();
        let change = element("a")
            .with("href", &href)
            .text(change_word)
            .inner(element("span").class("visually-hidden").text(&what));
        shown = shown.inner(element("dd").class("summary-change").inner(change));
    }
    shown.part()
}
