//! Both languages side by side: what one says, the other says too.

use std::collections::BTreeSet;

use toml::Spanned;

use super::super::edition::{Edition, StopFront};
use super::super::problem::Problem;
use super::super::prose;
use super::super::source::Page;
use super::Check;

impl Check<'_> {
    /// Both languages side by side.
    pub(in super::super) fn pair(&mut self, es: &Edition, en: &Edition) {
        self.missing_stops(es, en);
        self.stops(es, en);
        self.pages(es, en);
        self.lists(es, en);
        self.placeholders(es, en);
    }

    /// The stops of the story that one language has and the other lacks.
    fn missing_stops(&mut self, es: &Edition, en: &Edition) {
        let names = |edition: &Edition| -> Vec<String> {
            edition.stops.iter().map(|(name, _)| name.clone()).collect()
        };
        let (spanish, english) = (names(es), names(en));
        for (names, others, edition, code) in [
            (&spanish, &english, en, "en"),
            (&english, &spanish, es, "es"),
        ] {
            for name in names.iter().filter(|name| !others.contains(name)) {
                let file = edition
                    .story
                    .source
                    .file
                    .replace("story.md", &format!("story/{name}"));
                self.problems.push(Problem::new(
                    &file,
                    1,
                    format!("the translation {code}/story/{name} is missing"),
                ));
            }
        }
    }

    /// The stops both languages have.
    fn stops(&mut self, es: &Edition, en: &Edition) {
        for (name, stop) in &es.stops {
            let twin = en.stops.iter().find(|(other, _)| other == name);
            if let Some((_, twin)) = twin {
                self.twins(stop, twin);
                if !same_front(&stop.front, &twin.front) {
                    self.say(
                        &twin.source,
                        2,
                        "date, facts, line and art are not those of the Spanish text",
                    );
                }
            }
        }
    }

    fn pages(&mut self, es: &Edition, en: &Edition) {
        self.twins(&es.story, &en.story);
        self.twins(&es.second_chances, &en.second_chances);
        self.twins(&es.foundation, &en.foundation);
        self.twins(&es.visit, &en.visit);
        self.twins(&es.allies, &en.allies);
        self.twins(&es.press, &en.press);
        self.twins(&es.accessibility, &en.accessibility);
        self.twins(&es.privacy, &en.privacy);
        self.twins(&es.credits, &en.credits);
    }

    /// Questions, doors and the facts of the front page: the same ones in the same order.
    fn lists(&mut self, es: &Edition, en: &Edition) {
        let ids = |edition: &Edition| {
            let rows = &edition.faq.front.question;
            column(rows, |question| &question.id)
        };
        self.same(&en.faq, "[[question]]", &ids(es), &ids(en));
        let doors = |edition: &Edition| column(&edition.home.front.door, |door| &door.page);
        self.same(&en.home, "[[door]]", &doors(es), &doors(en));
        let boxes = |edition: &Edition| column(&edition.home.front.fact_box, |row| &row.fact);
        self.same(&en.home, "[[fact_box]]", &boxes(es), &boxes(en));
    }

    /// A text and its translation: the same headings in number, the same facts.
    fn twins<F>(&mut self, es: &Page<F>, en: &Page<F>) {
        let (there, here) = (
            prose::headings(&es.body).len(),
            prose::headings(&en.body).len(),
        );
        if there != here {
            let line = en.source.line_at(en.body_at);
            self.say(
                &en.source,
                line,
                format!("the Spanish text has {there} headings, this one has {here}"),
            );
        }
        if prose::images(&es.body) != prose::images(&en.body) {
            let line = en.source.line_at(en.body_at);
            self.say(&en.source, line, "the Spanish text shows other pictures");
        }
        let (there, here) = (prose::facts(&es.body), prose::facts(&en.body));
        for (page, mine, others) in [(en, &here, &there), (es, &there, &here)] {
            for id in others
                .iter()
                .filter(|id| !mine.contains(id))
                .collect::<BTreeSet<_>>()
            {
                let line = page.source.line_at(page.body_at);
                self.say(
                    &page.source,
                    line,
                    format!("the translation of this text rests on \"{id}\", this one does not"),
                );
            }
        }
    }

    fn same<F>(&mut self, page: &Page<F>, table: &str, there: &[String], here: &[String]) {
        if there != here {
            let line = page.source.line_of(table, 0);
            self.say(
                &page.source,
                line,
                format!("{table} is not the list of the Spanish text: {there:?}"),
            );
        }
    }

    fn placeholders(&mut self, es: &Edition, en: &Edition) {
        let parse = |edition: &Edition| {
            toml::from_str::<toml::Table>(&edition.words_source.text).unwrap_or_default()
        };
        let (there, here) = (parse(es), parse(en));
        let source = &en.words_source;
        for (section, words) in &there {
            for (key, text) in words.as_table().into_iter().flatten() {
                let twin = here
                    .get(section)
                    .and_then(|words| words.get(key))
                    .and_then(toml::Value::as_str);
                if let (Some(text), Some(twin)) = (text.as_str(), twin)
                    && fields(text) != fields(twin)
                {
                    let from = source.text.find(&format!("[{section}]")).unwrap_or(0);
                    let line = source.line_of(&format!("\n{key} = "), from) + 1;
                    self.say(
                        source,
                        line,
                        format!("{section}.{key} has other {{placeholders}} than the Spanish text"),
                    );
                }
            }
        }
    }
}

/// Whether a stop and its translation carry the same particulars.
fn same_front(es: &StopFront, en: &StopFront) -> bool {
    (&es.date, &es.facts, es.line, &es.art) == (&en.date, &en.facts, en.line, &en.art)
}

/// One value of every row.
fn column<T>(rows: &[Spanned<T>], value: impl Fn(&T) -> &String) -> Vec<String> {
    rows.iter()
        .map(|row| value(row.get_ref()).clone())
        .collect()
}

/// The `{placeholders}` of a message.
fn fields(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}
