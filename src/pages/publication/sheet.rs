//! What a page is written on: its language, its library and the sources it gathers on the way.

use leptos::prelude::*;

use super::{markdown, plainly};
use crate::content::VenueState;
use crate::content::library::{Edition, Library, Mark, escape};
use crate::i18n::{Locale, fill};
use crate::routes::{Address, Route};

/// A page while it is being written. Texts go in from top to bottom, so that sources are numbered in reading order.
pub(super) struct Sheet<'a> {
    pub(super) library: &'a Library,
    pub(super) edition: &'a Edition,
    pub(super) route: Route,
    pub(super) address: Address,
    pub(super) locale: Locale,
    /// The facts cited so far; a fact's place is its number.
    cited: Vec<String>,
    /// Of these, the ones cited since the last line of sources.
    recent: Vec<String>,
    /// The part of the page whose sources stand at its own end; empty where they stand at the page's.
    part: String,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(library: &'a Library, address: Address, locale: Locale) -> Self {
        Self {
            library,
            edition: library.edition(locale),
            route: address.route(),
            address,
            locale,
            cited: Vec::new(),
            recent: Vec::new(),
            part: String::new(),
        }
    }

    /// The text of the same page in English, whose headings name the places of both languages:
    /// the language switch keeps the place.
    pub(super) fn english(&self) -> &'a Edition {
        self.library.edition(Locale::En)
    }

    /// The path of a page in this language.
    pub(super) fn path(&self, route: Route) -> String {
        route.path(self.locale)
    }

    /// A drawing.
    pub(super) fn art(&self, name: &str) -> String {
        self.library.art(name, self.locale)
    }

    /// A text without blocks, as HTML.
    pub(super) fn inline(&mut self, text: &str) -> String {
        markdown::inline(text, self)
    }

    /// A text with blocks, as HTML. `ids` name its headings.
    pub(super) fn prose(&mut self, text: &str, ids: &[String]) -> String {
        markdown::blocks(text, ids, self)
    }

    /// A number that leads to the source of what stands before it, as HTML.
    pub(super) fn mark(&mut self, fact: &str) -> String {
        let number = self.number(fact);
        if !self.recent.iter().any(|id| id == fact) {
            self.recent.push(fact.to_owned());
        }
        let label = fill(
            &self.edition.words.sources.mark,
            &[("n", &number.to_string())],
        );
        // External to the router: the browser itself moves to a place of the same page.
        format!(
            "<sup><a class=\"fact\" href=\"#{}\" rel=\"external\" aria-label=\"{}\">{number}</a></sup>",
            self.anchor(number),
            escape(&label),
        )
    }

    fn number(&mut self, fact: &str) -> usize {
        let known = self.cited.iter().position(|id| id == fact);
        known.map_or_else(
            || {
                self.cited.push(fact.to_owned());
                self.cited.len()
            },
            |index| index + 1,
        )
    }

    /// The name of the place where a fact's source stands. By its number: names of facts are long, and this is in
    /// the page twice for each.
    fn anchor(&self, number: usize) -> String {
        if self.part.is_empty() {
            format!("fact-{number}")
        } else {
            format!("fact-{}-{number}", self.part)
        }
    }

    /// Begins a part of the page that carries its own line of sources.
    pub(super) fn begin_part(&mut self, name: &str) {
        name.clone_into(&mut self.part);
        self.recent.clear();
    }

    /// The line of sources of the part that ends here.
    /// Nothing where the sources stand at the end of the page.
    pub(super) fn part_sources(&mut self) -> Option<AnyView> {
        if self.part.is_empty() {
            return None;
        }
        let recent = std::mem::take(&mut self.recent);
        let entries = self.entries(&recent, false);
        let words = &self.edition.words.sources;
        let label = match entries.len() {
            0 => return None,
            1 => &words.one,
            _ => &words.some,
        };
        let last = entries.len();
        let entries: Vec<_> = entries
            .into_iter()
            .enumerate()
            .map(|(index, (text, places))| {
                let stop = if index + 1 == last { "." } else { "; " };
                view! { {numbers(places)}" "{text}{stop} }
            })
            .collect();
        Some(view! { <p class="source">{label.clone()}" "{entries}</p> }.into_any())
    }

    /// The list of sources at the end of the page; nothing where it rests on none.
    pub(super) fn sources(&self) -> Option<AnyView> {
        if self.cited.is_empty() {
            return None;
        }
        let words = &self.edition.words.sources;
        let rows: Vec<_> = self
            .entries(&self.cited, true)
            .into_iter()
            .map(|(text, places)| view! { <li>{numbers(places)}" "{text}</li> })
            .collect();
        Some(
            view! {
                <section class="wrap split section sources" aria-labelledby="sources">
                    <div class="flow">
                        <h2 id="sources">{words.title.clone()}</h2>
                        <p class="source">{words.note.clone()}</p>
                    </div>
                    <ul class="rows source">{rows}</ul>
                </section>
            }
            .into_any(),
        )
    }

    /// The end of a page of prose: its sources, or the room they would take.
    pub(super) fn foot(&self) -> AnyView {
        self.sources()
            .unwrap_or_else(|| view! { <div class="section"></div> }.into_any())
    }

    /// Sources with the places and numbers of the facts that rest on them. Facts of one source, date
    /// and firmness share its words.
    fn entries(&self, facts: &[String], in_full: bool) -> Vec<(String, Vec<Place>)> {
        let mut entries: Vec<(String, Vec<Place>)> = Vec::new();
        for fact in facts {
            let text = self.entry(fact, in_full);
            let index = self.cited.iter().position(|id| id == fact);
            let number = index.map_or(0, |index| index + 1);
            let place = (self.anchor(number), number);
            match entries.iter_mut().find(|(known, _)| *known == text) {
                Some((_, places)) => places.push(place),
                None => entries.push((text, vec![place])),
            }
        }
        entries
    }

    /// A source in words: who, of when where the name does not say it, and how firm; in short only where firmness lacks.
    fn entry(&self, id: &str, in_full: bool) -> String {
        let Some(fact) = self.library.fact(id) else {
            return String::new();
        };
        let words = &self.edition.words.sources;
        let mut entry = fact.source(self.locale).to_owned();
        let year = fact.as_of.get(..4).unwrap_or_default();
        if fact.as_of.len() > year.len() || !entry.contains(year) {
            entry += &[" (", &plainly::date(&fact.as_of, self.locale), ")"].concat();
        }
        match fact.mark {
            Mark::Reported => entry += &[", ", &words.reported].concat(),
            Mark::Certain if in_full => entry += &[", ", &words.certain].concat(),
            Mark::Certain => {}
        }
        entry
    }

    /// What a visitor should know today; nothing where the venue simply is open.
    pub(super) fn banner(&mut self) -> Option<AnyView> {
        let state = self.library.state();
        let notice = self.library.venue.notice.pick(self.locale);
        if state == VenueState::Open || notice.is_empty() {
            return None;
        }
        let words = &self.edition.words.state;
        let tail = if self.route == Route::Visit {
            let date = plainly::date(self.library.venue.verified_on(), self.locale);
            let text = fill(&words.verified, &[("date", &date)]);
            view! { <span>{text}</span> }.into_any()
        } else {
            let visit = self.path(Route::Visit);
            view! { <a href=visit>{words.more.clone()}</a> }.into_any()
        };
        Some(
            view! {
                <div class="banner notice-today">
                    <p class="wrap">
                        <strong>{words.today.clone()}</strong>
                        " "
                        {notice.to_owned()}
                        " "
                        {tail}
                    </p>
                </div>
            }
            .into_any(),
        )
    }
}

/// Where a fact stands in a list of sources, and its number.
type Place = (String, usize);

/// The numbers of the facts that share a source.
fn numbers(places: Vec<Place>) -> Vec<AnyView> {
    places
        .into_iter()
        .enumerate()
        .map(|(index, (anchor, number))| {
            let comma = (index > 0).then_some(", ");
            view! { {comma}<b id=anchor>{number}</b> }.into_any()
        })
        .collect()
}
