//! Verdicts, and how they are told.

use std::fmt;

use reservation_contract::problem::ProblemType;
use serde_json::{Value, json};

use crate::checks::Check;

/// Why a check did not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The server does something else; why, the call and its answer.
    Fail(String),
    /// The venue does not have it.
    NotOffered(String),
    /// It may be there, and cannot be seen from outside, or not now.
    NotObservable(String),
}

/// What a check came to.
pub type Outcome = Result<(), Stop>;

/// What is said of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The server does what the contract says.
    Pass,
    /// It does something else.
    Fail(String),
    /// The venue does not have it.
    NotOffered(String),
    /// It cannot be seen from outside, or not now.
    NotObservable(String),
}

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Ok(()) => Self::Pass,
            Err(Stop::Fail(why)) => Self::Fail(why),
            Err(Stop::NotOffered(why)) => Self::NotOffered(why),
            Err(Stop::NotObservable(why)) => Self::NotObservable(why),
        }
    }
}

impl Verdict {
    /// The word for people and for machines.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail(_) => "fail",
            Self::NotOffered(_) => "not offered",
            Self::NotObservable(_) => "not observable",
        }
    }

    /// Why, where there is more to say.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Pass => None,
            Self::Fail(why) | Self::NotOffered(why) | Self::NotObservable(why) => Some(why),
        }
    }
}

/// One line of a report.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Short, for machines.
    pub id: String,
    /// One line, for people.
    pub title: String,
    /// What is said of it.
    pub verdict: Verdict,
}

/// Every check with its verdict, and the problems that nobody can look at from outside.
#[derive(Default)]
pub struct Report(Vec<Entry>);

impl Report {
    /// Adds a check's verdict.
    pub fn add(&mut self, check: &Check, verdict: Verdict) {
        self.0.push(Entry {
            id: check.id.to_owned(),
            title: check.title.to_owned(),
            verdict,
        });
    }

    /// Adds a problem that no check provokes.
    pub fn add_unseen(&mut self, kind: ProblemType, why: &str) {
        self.0.push(Entry {
            id: format!("problem-{}", kind.slug()),
            title: kind.title().to_owned(),
            verdict: Verdict::NotObservable(why.to_owned()),
        });
    }

    /// What there is to say, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// How many have this word.
    pub fn count(&self, word: &str) -> usize {
        self.0
            .iter()
            .filter(|entry| entry.verdict.word() == word)
            .count()
    }

    /// Whether nothing failed.
    pub fn is_kept(&self) -> bool {
        self.count("fail") == 0
    }

    /// For machines.
    pub fn json(&self) -> Value {
        let checks: Vec<Value> = self
            .0
            .iter()
            .map(|entry| {
                json!({
                    "id": entry.id,
                    "title": entry.title,
                    "verdict": entry.verdict.word(),
                    "why": entry.verdict.why(),
                })
            })
            .collect();
        json!({
            "pass": self.count("pass"),
            "fail": self.count("fail"),
            "notOffered": self.count("not offered"),
            "notObservable": self.count("not observable"),
            "checks": checks,
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Entry { id, title, verdict } in &self.0 {
            writeln!(formatter, "{:<14}  {id:<20}  {title}", verdict.word())?;
            for line in verdict.why().into_iter().flat_map(str::lines) {
                writeln!(formatter, "                {line}")?;
            }
        }
        writeln!(
            formatter,
            "\n{} pass, {} fail, {} not offered, {} not observable",
            self.count("pass"),
            self.count("fail"),
            self.count("not offered"),
            self.count("not observable")
        )
    }
}
