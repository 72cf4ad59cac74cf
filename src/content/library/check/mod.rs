//! The rules every text and table has to keep, beyond being readable.

mod dish;
mod menu;
mod pair;
mod photographs;

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::edition::Edition;
use super::facts::{Facts, is_date};
use super::link;
use super::problem::Problem;
use super::prose::{self, Known};
use super::source::{Page, Reader, Source, at};
use super::tables::{Address, Allies, Both, Contact, Currency, Figures, Operator, Press, Venue};
use crate::content::VenueState;

/// The rules, with the facts they lean on and the problems they find.
pub(super) struct Check<'a> {
    /// `None` where `facts.toml` itself could not be read: one problem is enough then.
    pub(super) facts: Option<&'a Facts>,
    /// The names of the photographs.
    pub(super) pictures: Vec<String>,
    pub(super) problems: Vec<Problem>,
}

impl Check<'_> {
    fn is_fact(&self, id: &str) -> bool {
        self.facts.is_none_or(|facts| facts.contains_key(id))
    }

    fn say(&mut self, source: &Source, line: usize, message: impl Into<String>) {
        self.problems.push(source.fault(line, message));
    }

    fn fact(&mut self, source: &Source, from: usize, id: &str) {
        if !self.is_fact(id) {
            let line = source.line_of(&format!("\"{id}\""), from);
            self.say(
                source,
                line,
                format!("the fact \"{id}\" is not in facts.toml"),
            );
        }
    }

    /// A text of a table in both languages; a number in it wants the row to name a fact.
    fn both(&mut self, source: &Source, from: usize, key: &str, text: &Both, has_fact: bool) {
        let line = source.line_of(&format!("{key} = "), from);
        for (code, words) in [("es", &text.es), ("en", &text.en)] {
            if words.trim().is_empty() {
                self.say(
                    source,
                    line,
                    format!("the translation {key}.{code} is missing"),
                );
            }
            if !has_fact && words.contains(|c: char| c.is_ascii_digit()) {
                self.say(
                    source,
                    line,
                    format!("a number stands in {key}.{code} without a fact it rests on"),
                );
            }
        }
    }

    /// The body of a page.
    fn body<F>(&mut self, page: &Page<F>) {
        let known = Known {
            is_fact: &|id| self.is_fact(id),
            pictures: Some(&self.pictures),
        };
        for (offset, message) in prose::faults(&page.body, &known) {
            let line = page.source.line_at(page.body_at + offset);
            self.say(&page.source, line, message);
        }
    }

    /// A text of the front matter that may carry links.
    fn inline<F>(&mut self, page: &Page<F>, from: usize, text: &str) {
        let line = page.source.line_of(text, from);
        let known = Known {
            is_fact: &|id| self.is_fact(id),
            pictures: None,
        };
        for (_, message) in prose::faults(text, &known) {
            self.say(&page.source, line, message);
        }
    }

    pub(super) fn venue(&mut self, venue: &Venue, source: &Source) {
        let status = venue.status.get_ref();
        if VenueState::from_word(status).is_none() {
            let line = source.line_at(at(&venue.status));
            self.say(
                source,
                line,
                format!("the status \"{status}\" is none of open, paused, closed"),
            );
        }
        if !is_date(venue.verified_on()) {
            let line = source.line_at(at(&venue.verified_on));
            self.say(
                source,
                line,
                "verified_on is not YYYY, YYYY-MM or YYYY-MM-DD",
            );
        }
        self.fact(source, 0, &venue.fact);
        self.fact(source, 0, &venue.address.fact);
        self.both(source, 0, "notice", &venue.notice, true);
        self.contact(&venue.contact, source);
        self.address(&venue.address, source);
        self.operator(&venue.operator, source);
        if let Some(currency) = &venue.currency {
            self.currency(currency, source);
        }
    }

    fn contact(&mut self, contact: &Contact, source: &Source) {
        let from = section(source, "contact");
        self.both(source, from, "text", &contact.text, false);
        if let Some(note) = &contact.site_note {
            self.both(source, from, "site_note", note, contact.site_fact.is_some());
        }
        if let Some(fact) = &contact.site_fact {
            self.fact(source, from, fact);
        }
        if let Some(site) = &contact.site
            && !site.starts_with("https://")
        {
            let line = source.line_of("site = ", from);
            self.say(
                source,
                line,
                "the contact's site does not start with https://",
            );
        }
    }

    fn address(&mut self, address: &Address, source: &Source) {
        let from = section(source, "address");
        self.both(source, from, "place", &address.place, true);
        self.both(source, from, "country", &address.country, false);
        self.both(source, from, "note", &address.note, true);
    }

    fn operator(&mut self, operator: &Operator, source: &Source) {
        let from = section(source, "operator");
        self.both(source, from, "name", &operator.name, false);
        self.both(source, from, "text", &operator.text, false);
        if let Some(carrier) = &operator.mail_carrier {
            self.both(source, from, "mail_carrier", carrier, false);
        }
    }

    fn currency(&mut self, currency: &Currency, source: &Source) {
        if !is_date(&currency.as_of) || currency.source.is_empty() || currency.cop_per_unit <= 0.0 {
            let line = source.line_of("[currency]", 0);
            self.say(
                source,
                line,
                "a rate needs cop_per_unit above zero, as_of and source",
            );
        }
    }

    pub(super) fn figures(&mut self, figures: &Figures, source: &Source) {
        for row in &figures.figure {
            self.both(source, at(row), "label", &row.get_ref().label, true);
            self.fact(source, at(row), &row.get_ref().fact);
        }
    }

    pub(super) fn allies(&mut self, allies: &Allies, source: &Source) {
        for row in &allies.ally {
            let ally = row.get_ref();
            self.both(source, at(row), "name", &ally.name, false);
            self.both(source, at(row), "role", &ally.role, false);
            self.fact(source, at(row), &ally.fact);
            self.date(source, row, "year", ally.year.as_deref());
        }
    }

    pub(super) fn press(&mut self, press: &Press, source: &Source) {
        for row in &press.item {
            let item = row.get_ref();
            self.both(source, at(row), "title", &item.title, true);
            self.fact(source, at(row), &item.fact);
            self.date(source, row, "date", Some(&item.date));
        }
    }

    fn date<T>(&mut self, source: &Source, row: &Spanned<T>, key: &str, date: Option<&str>) {
        if let Some(date) = date
            && !is_date(date)
        {
            let line = source.line_of(&format!("\n{key} = "), at(row)) + 1;
            self.say(
                source,
                line,
                format!("{key} is not YYYY, YYYY-MM or YYYY-MM-DD"),
            );
        }
    }

    /// One language by itself.
    pub(super) fn edition(&mut self, edition: &Edition, art: &BTreeMap<String, String>) {
        self.home(edition);
        self.body(&edition.story);
        for (_, stop) in &edition.stops {
            self.body(stop);
            self.stop(stop, art);
        }
        self.body(&edition.second_chances);
        self.body(&edition.foundation);
        self.inline(
            &edition.foundation,
            0,
            &edition.foundation.front.figures_note,
        );
        self.body(&edition.visit);
        self.body(&edition.faq);
        for row in &edition.faq.front.question {
            self.inline(&edition.faq, at(row), &row.get_ref().a);
        }
        self.body(&edition.allies);
        self.body(&edition.press);
        for page in [&edition.accessibility, &edition.privacy, &edition.credits] {
            self.body(page);
            if let Some(date) = &page.front.updated
                && !is_date(date)
            {
                let line = page.source.line_of("updated", 0);
                self.say(
                    &page.source,
                    line,
                    "updated is not YYYY, YYYY-MM or YYYY-MM-DD",
                );
            }
        }
        self.art(edition, art);
    }

    fn home(&mut self, edition: &Edition) {
        let page = &edition.home;
        let front = &page.front;
        for text in [
            &front.hero_lead,
            &front.scene2_text,
            &front.time_text,
            &front.allies_text,
        ] {
            self.inline(page, 0, text);
        }
        for statement in &front.statement {
            self.inline(page, 0, &statement.text);
        }
        if front.statement.len() != 3 {
            let line = page.source.line_of("[[statement]]", 0);
            self.say(
                &page.source,
                line,
                "the front page carries three statements",
            );
        }
        for row in &front.fact_box {
            self.fact(&page.source, at(row), &row.get_ref().fact);
        }
        for row in &front.door {
            let door = row.get_ref();
            self.inline(page, at(row), &door.text);
            if link::page(&door.page).is_none() {
                let line = page.source.line_of("page = ", at(row));
                self.say(
                    &page.source,
                    line,
                    format!("there is no page \"{}\"", door.page),
                );
            }
        }
    }

    fn stop(&mut self, stop: &Page<super::edition::StopFront>, art: &BTreeMap<String, String>) {
        let front = &stop.front;
        for id in &front.facts {
            self.fact(&stop.source, 0, id);
        }
        for id in prose::facts(&stop.body) {
            if self.is_fact(&id) && !front.facts.contains(&id) {
                let line = stop.source.line_of("facts = ", 0);
                self.say(
                    &stop.source,
                    line,
                    format!("the text rests on \"{id}\", which facts does not list"),
                );
            }
        }
        if let Some(date) = &front.date
            && !is_date(date)
        {
            let line = stop.source.line_of("date = ", 0);
            self.say(
                &stop.source,
                line,
                "date is not YYYY, YYYY-MM or YYYY-MM-DD",
            );
        }
        if let Some(name) = &front.art
            && !art.contains_key(name)
        {
            let line = stop.source.line_of("art = ", 0);
            self.say(
                &stop.source,
                line,
                format!("there is no drawing content/art/{name}.svg"),
            );
        }
    }

    /// Every place for words in a drawing has its words.
    fn art(&mut self, edition: &Edition, art: &BTreeMap<String, String>) {
        let source = &edition.words_source;
        for (name, svg) in art {
            for key in places(svg) {
                let words = edition.words.art.get(name).and_then(|words| words.get(key));
                if words.is_none_or(|words| words.trim().is_empty()) {
                    let line = source.line_of(&format!("[art.{name}]"), 0);
                    let what = if key == "alt" {
                        "has no alt text"
                    } else {
                        "has a place without words"
                    };
                    self.say(
                        source,
                        line,
                        format!("the drawing {name}.svg {what}: art.{name}.{key} is missing"),
                    );
                }
            }
        }
    }

    /// A drawing by itself: it is decoration, or it says what it shows.
    pub(super) fn drawing(&mut self, source: &Source) {
        let svg = &source.text;
        if !svg.contains("aria-hidden=\"true\"") && !svg.contains("{{alt}}") {
            self.say(
                source,
                1,
                "the drawing is neither aria-hidden nor has it a place for its {{alt}} text",
            );
        }
    }
}

/// Where a table of the file begins.
fn section(source: &Source, name: &str) -> usize {
    source.text.find(&format!("\n[{name}]")).unwrap_or(0)
}

/// The `{{places}}` for words in a drawing.
pub(super) fn places(svg: &str) -> BTreeSet<&str> {
    svg.split("{{")
        .skip(1)
        .filter_map(|rest| rest.split_once("}}"))
        .map(|(name, _)| name)
        .collect()
}

/// The drawings, by their names.
pub(super) fn drawings(reader: &mut Reader, check: &mut Check<'_>) -> BTreeMap<String, String> {
    let mut art = BTreeMap::new();
    for name in reader.names("art", ".svg") {
        if let Some(source) = reader.text(&format!("art/{name}")) {
            check.drawing(&source);
            art.insert(
                name.trim_end_matches(".svg").to_owned(),
                source.text.trim().to_owned(),
            );
        }
    }
    art
}
