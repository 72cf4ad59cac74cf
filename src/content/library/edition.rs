//! The pages in one language.

use serde::Deserialize;
use toml::Spanned;

use super::source::{Page, Reader, Source};
use super::words::Words;
use crate::i18n::Locale;

/// Everything written in one language.
#[derive(Debug, Clone)]
pub(crate) struct Edition {
    pub(crate) words: Words,
    pub(super) words_source: Source,
    pub(crate) home: Page<HomeFront>,
    pub(crate) story: Page<PlainFront>,
    /// The stops of the timeline with the names of their files, in order.
    pub(crate) stops: Vec<(String, Page<StopFront>)>,
    pub(crate) second_chances: Page<PlainFront>,
    pub(crate) foundation: Page<FoundationFront>,
    pub(crate) visit: Page<PlainFront>,
    pub(crate) faq: Page<FaqFront>,
    pub(crate) allies: Page<AlliesFront>,
    pub(crate) press: Page<PlainFront>,
    pub(crate) accessibility: Page<PlainFront>,
    pub(crate) privacy: Page<PlainFront>,
    pub(crate) credits: Page<PlainFront>,
}

impl Edition {
    /// Every text with blocks.
    pub(super) fn bodies(&self) -> Vec<&str> {
        let stops = self.stops.iter().map(|(_, stop)| stop.body.as_str());
        let pages = [
            &self.story.body,
            &self.second_chances.body,
            &self.foundation.body,
            &self.visit.body,
            &self.allies.body,
            &self.press.body,
            &self.accessibility.body,
            &self.privacy.body,
            &self.credits.body,
        ];
        pages.into_iter().map(String::as_str).chain(stops).collect()
    }
}

/// A page of prose.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlainFront {
    pub(crate) title: String,
    pub(crate) description: String,
    /// The month or day of the last change, where the page promises one.
    pub(crate) updated: Option<String>,
}

/// `home.md`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HomeFront {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) hero_title: String,
    pub(crate) hero_lead: String,
    pub(crate) scene2_title: String,
    pub(crate) scene2_text: String,
    pub(crate) scene2_list: Vec<String>,
    pub(crate) time_title: String,
    pub(crate) time_text: String,
    /// Set in the largest type of the site, beside the words that say it.
    pub(crate) time_number: String,
    pub(crate) allies_title: String,
    pub(crate) allies_text: String,
    pub(crate) statement: Vec<Statement>,
    pub(crate) fact_box: Vec<Spanned<FactBox>>,
    pub(crate) door: Vec<Spanned<Door>>,
}

/// One of the three statements.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Statement {
    pub(crate) title: String,
    pub(crate) text: String,
}

/// A fact in few words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactBox {
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) fact: String,
}

/// A way into the site.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Door {
    pub(crate) page: String,
    pub(crate) title: String,
    pub(crate) text: String,
}

/// A stop of the timeline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StopFront {
    /// As large type shows it: a year, or words where there is none.
    pub(crate) year: String,
    pub(crate) date: Option<String>,
    pub(crate) title: String,
    pub(crate) facts: Vec<String>,
    pub(crate) line: Option<Line>,
    /// A drawing of `content/art`, by its name.
    pub(crate) art: Option<String>,
}

/// How the timeline's line looks at a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Line {
    /// A full dot.
    Key,
    /// The line is interrupted after it.
    Break,
}

/// `foundation.md`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FoundationFront {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) figures_title: String,
    pub(crate) figures_note: String,
}

/// `faq.md`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaqFront {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) question: Vec<Spanned<Question>>,
}

/// A question people ask.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) q: String,
    pub(crate) a: String,
}

/// `allies.md`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlliesFront {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) partners_title: String,
    pub(crate) chefs_title: String,
}

/// Reads a language; nothing where a file is missing or cannot be read.
pub(super) fn read(reader: &mut Reader, locale: Locale) -> Option<Edition> {
    let file = |name: &str| format!("{locale}/{name}");
    // Every file is read before the first is given up, so that all problems are told at once.
    let words = reader.toml::<Words>(&file("publication.toml"));
    let home = reader.page(&file("home.md"));
    let story = reader.page(&file("story.md"));
    let names = reader.names(&file("story"), ".md");
    let stops: Vec<_> = names
        .into_iter()
        .map(|name| {
            reader
                .page(&file(&format!("story/{name}")))
                .map(|page| (name, page))
        })
        .collect();
    let second_chances = reader.page(&file("second-chances.md"));
    let foundation = reader.page(&file("foundation.md"));
    let visit = reader.page(&file("visit.md"));
    let faq = reader.page(&file("faq.md"));
    let allies = reader.page(&file("allies.md"));
    let press = reader.page(&file("press.md"));
    let accessibility = reader.page(&file("accessibility.md"));
    let privacy = reader.page(&file("privacy.md"));
    let credits = reader.page(&file("credits.md"));
    let (words, words_source) = words?;
    Some(Edition {
        words,
        words_source,
        home: home?,
        story: story?,
        stops: stops.into_iter().collect::<Option<_>>()?,
        second_chances: second_chances?,
        foundation: foundation?,
        visit: visit?,
        faq: faq?,
        allies: allies?,
        press: press?,
        accessibility: accessibility?,
        privacy: privacy?,
        credits: credits?,
    })
}
