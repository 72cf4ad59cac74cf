//! What the site may state, and on what it rests.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::source::{Reader, Source, at};
use crate::i18n::Locale;

/// A row of `facts.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fact {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) as_of: String,
    #[serde(default)]
    source: String,
    source_en: Option<String>,
    pub(crate) mark: Mark,
}

/// How firm a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mark {
    /// The project's own account, or several independent sources.
    Certain,
    /// One source, or sources that differ.
    Reported,
}

impl Fact {
    /// Where it is from, in the reader's language where the name differs.
    pub(crate) fn source(&self, locale: Locale) -> &str {
        match (locale, &self.source_en) {
            (Locale::En, Some(source)) => source,
            _ => &self.source,
        }
    }
}

/// The facts by their ids.
pub(crate) type Facts = BTreeMap<String, Fact>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fact: Vec<Spanned<Fact>>,
}

pub(super) fn read(reader: &mut Reader) -> Option<Facts> {
    let (file, source) = reader.toml::<File>("facts.toml")?;
    let mut facts = Facts::new();
    for row in file.fact {
        let line = source.line_of("id", at(&row));
        let fact = row.into_inner();
        reader.problems.extend(
            faults(&fact)
                .into_iter()
                .map(|message| source.fault(line, message)),
        );
        let id = fact.id.clone();
        if facts.insert(id.clone(), fact).is_some() {
            reader.problems.push(twice(&source, line, "fact", &id));
        }
    }
    Some(facts)
}

fn faults(fact: &Fact) -> Vec<String> {
    let id = &fact.id;
    let mut found = Vec::new();
    if !is_date(&fact.as_of) {
        found.push(format!(
            "the fact \"{id}\" has no as_of (YYYY, YYYY-MM or YYYY-MM-DD)"
        ));
    }
    if fact.source.is_empty() {
        found.push(format!("the fact \"{id}\" has no source"));
    }
    found
}

/// The message for an id that stands in a file twice.
pub(super) fn twice(source: &Source, line: usize, kind: &str, id: &str) -> super::Problem {
    source.fault(line, format!("the {kind} \"{id}\" is there twice"))
}

/// Whether it is written YYYY, YYYY-MM or YYYY-MM-DD.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, width: usize, most: u32| {
        part.len() == width
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part
                .parse()
                .is_ok_and(|value: u32| (1..=most).contains(&value))
    };
    match parts.as_slice() {
        [year] => number(year, 4, 9999),
        [year, month] => number(year, 4, 9999) && number(month, 2, 12),
        [year, month, day] => number(year, 4, 9999) && number(month, 2, 12) && number(day, 2, 31),
        _ => false,
    }
}
