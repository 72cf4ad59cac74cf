//! The rules every text and table has to keep, beyond being readable.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::edition::Edition;
use super::facts::{Facts, is_date, twice};
use super::link;
use super::problem::Problem;
use super::prose;
use super::source::{Page, Reader, Source, at};
use super::tables::{Allies, Both, Diet, Dish, Figures, Menu, Press, Venue};
use crate::content::VenueState;

/// Animal products that are allergens: what no vegan dish contains.
const NOT_VEGAN: [&str; 5] = ["milk", "eggs", "fish", "crustaceans", "molluscs"];
/// The ones of them that are animals.
const NOT_VEGETARIAN: [&str; 3] = ["fish", "crustaceans", "molluscs"];

/// The rules, with the facts they lean on and the problems they find.
pub(super) struct Check<'a> {
    /// `None` where `facts.toml` itself could not be read: one problem is enough then.
    pub(super) facts: Option<&'a Facts>,
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
        let faults = prose::faults(&page.body, &|id| self.is_fact(id));
        for (offset, message) in faults {
            let line = page.source.line_at(page.body_at + offset);
            self.say(&page.source, line, message);
        }
    }

    /// A text of the front matter that may carry links.
    fn inline<F>(&mut self, page: &Page<F>, from: usize, text: &str) {
        let line = page.source.line_of(text, from);
        for (_, message) in prose::faults(text, &|id| self.is_fact(id)) {
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
        let section = |name: &str| source.text.find(name).unwrap_or(0);
        let contact = section("\n[contact]");
        self.both(source, contact, "text", &venue.contact.text, false);
        if let Some(note) = &venue.contact.site_note {
            self.both(
                source,
                contact,
                "site_note",
                note,
                venue.contact.site_fact.is_some(),
            );
        }
        if let Some(fact) = &venue.contact.site_fact {
            self.fact(source, contact, fact);
        }
        if let Some(site) = &venue.contact.site
            && !site.starts_with("https://")
        {
            let line = source.line_of("site = ", contact);
            self.say(
                source,
                line,
                "the contact's site does not start with https://",
            );
        }
        let address = section("\n[address]");
        self.both(source, address, "place", &venue.address.place, true);
        self.both(source, address, "country", &venue.address.country, false);
        self.both(source, address, "note", &venue.address.note, true);
        let operator = section("\n[operator]");
        self.both(source, operator, "name", &venue.operator.name, false);
        self.both(source, operator, "text", &venue.operator.text, false);
        if let Some(currency) = &venue.currency
            && (!is_date(&currency.as_of)
                || currency.source.is_empty()
                || currency.cop_per_unit <= 0.0)
        {
            let line = source.line_of("[currency]", 0);
            self.say(
                source,
                line,
                "a rate needs cop_per_unit above zero, as_of and source",
            );
        }
    }

    pub(super) fn menu(&mut self, menu: &Menu, source: &Source) {
        let courses = self.ids(
            source,
            "course",
            menu.course
                .iter()
                .map(|row| (at(row), row.get_ref().id.as_str())),
        );
        let allergens = self.ids(
            source,
            "allergen",
            menu.allergen
                .iter()
                .map(|row| (at(row), row.get_ref().id.as_str())),
        );
        let infos = self.ids(
            source,
            "info",
            menu.info
                .iter()
                .map(|row| (at(row), row.get_ref().id.as_str())),
        );
        let terms = self.ids(
            source,
            "term",
            menu.term
                .iter()
                .map(|row| (at(row), row.get_ref().id.as_str())),
        );
        self.ids(
            source,
            "set",
            menu.set
                .iter()
                .map(|row| (at(row), row.get_ref().id.as_str())),
        );
        self.ids(
            source,
            "notice",
            menu.notice
                .iter()
                .map(|row| (at(row), row.get_ref().id.as_str())),
        );
        self.ids(
            source,
            "dish",
            menu.dish
                .iter()
                .map(|row| (at(row), row.get_ref().id.as_str())),
        );
        self.ids(
            source,
            "slug",
            menu.dish
                .iter()
                .map(|row| (at(row), row.get_ref().slug.es.as_str())),
        );
        self.ids(
            source,
            "slug",
            menu.dish
                .iter()
                .map(|row| (at(row), row.get_ref().slug.en.as_str())),
        );
        for row in &menu.course {
            let course = row.get_ref();
            self.both(source, at(row), "name", &course.name, false);
            self.both(source, at(row), "one", &course.one, false);
        }
        for row in menu.allergen.iter().chain(&menu.info) {
            self.both(source, at(row), "name", &row.get_ref().name, false);
        }
        for row in &menu.term {
            let term = row.get_ref();
            let meaning = Both {
                es: term.es.clone(),
                en: term.en.clone(),
            };
            self.both(source, at(row), "term", &meaning, false);
        }
        for row in &menu.notice {
            let notice = row.get_ref();
            self.both(source, at(row), "text", &notice.text, notice.fact.is_some());
            if let Some(fact) = &notice.fact {
                self.fact(source, at(row), fact);
            }
        }
        for row in &menu.set {
            let set = row.get_ref();
            self.fact(source, at(row), &set.fact);
            self.both(source, at(row), "name", &set.name, false);
            self.both(source, at(row), "description", &set.description, true);
            self.both(source, at(row), "note", &set.note, true);
            for course in &set.courses {
                self.known(source, at(row), "courses", &courses, "course", course);
                let served = menu
                    .dish
                    .iter()
                    .any(|dish| dish.get_ref().course == *course && !dish.get_ref().extra);
                if courses.contains(course.as_str()) && !served {
                    let line = source.line_of("courses", at(row));
                    self.say(source, line, format!("the set \"{}\" cannot be composed: no dish of the course \"{course}\" belongs to it", set.id));
                }
            }
        }
        for row in &menu.dish {
            let (from, dish) = (at(row), row.get_ref());
            self.known(source, from, "course", &courses, "course", &dish.course);
            for (key, list, known, kind) in [
                ("contains", &dish.contains, &allergens, "allergen"),
                ("may_contain", &dish.may_contain, &allergens, "allergen"),
                ("info", &dish.info, &infos, "info"),
                ("terms", &dish.terms, &terms, "term"),
            ] {
                for id in list {
                    self.known(source, from, key, known, kind, id);
                }
            }
            self.dish(dish, source, from);
        }
    }

    fn dish(&mut self, dish: &Dish, source: &Source, from: usize) {
        let id = &dish.id;
        self.both(source, from, "slug", &dish.slug, true);
        self.both(source, from, "name", &dish.name, false);
        self.both(source, from, "description", &dish.description, false);
        if dish.gloss.en.is_empty() {
            self.say(
                source,
                source.line_of("gloss", from),
                "the translation gloss.en is missing",
            );
        }
        if dish.ingredients.es.is_empty() || dish.ingredients.es.len() != dish.ingredients.en.len()
        {
            self.say(
                source,
                source.line_of("ingredients", from),
                format!("the ingredients of \"{id}\" differ between es and en"),
            );
        }
        if dish.spice > 3 {
            self.say(
                source,
                source.line_of("spice", from),
                "spice goes from 0 to 3",
            );
        }
        for allergen in dish
            .contains
            .iter()
            .filter(|one| dish.may_contain.contains(one))
        {
            self.say(
                source,
                source.line_of("may_contain", from),
                format!("\"{id}\" both contains and may contain \"{allergen}\""),
            );
        }
        for (diet, word, forbidden) in [
            (Diet::Vegan, "vegan", NOT_VEGAN.as_slice()),
            (Diet::Vegetarian, "vegetarian", NOT_VEGETARIAN.as_slice()),
        ] {
            for allergen in dish
                .contains
                .iter()
                .filter(|one| dish.diets.contains(&diet) && forbidden.contains(&one.as_str()))
            {
                self.say(
                    source,
                    source.line_of("diets", from),
                    format!("\"{id}\" is said to be {word} and contains \"{allergen}\""),
                );
            }
        }
    }

    /// Ids that must each stand once.
    fn ids<'t>(
        &mut self,
        source: &Source,
        kind: &str,
        rows: impl Iterator<Item = (usize, &'t str)>,
    ) -> BTreeSet<&'t str> {
        let mut ids = BTreeSet::new();
        for (from, id) in rows {
            if !ids.insert(id) {
                let line = source.line_of(&format!("\"{id}\""), from);
                self.problems.push(twice(source, line, kind, id));
            }
        }
        ids
    }

    fn known(
        &mut self,
        source: &Source,
        from: usize,
        key: &str,
        ids: &BTreeSet<&str>,
        kind: &str,
        id: &str,
    ) {
        if !ids.contains(id) {
            let line = source.line_of(&format!("\n{key} = "), from) + 1;
            self.say(source, line, format!("there is no {kind} \"{id}\""));
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

    /// Both languages side by side.
    pub(super) fn pair(&mut self, es: &Edition, en: &Edition) {
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
        for (name, stop) in &es.stops {
            let twin = en.stops.iter().find(|(other, _)| other == name);
            if let Some((_, twin)) = twin {
                self.twins(stop, twin);
                let same = (
                    &stop.front.date,
                    &stop.front.facts,
                    stop.front.line,
                    &stop.front.art,
                ) == (
                    &twin.front.date,
                    &twin.front.facts,
                    twin.front.line,
                    &twin.front.art,
                );
                if !same {
                    self.say(
                        &twin.source,
                        2,
                        "date, facts, line and art are not those of the Spanish text",
                    );
                }
            }
        }
        self.twins(&es.story, &en.story);
        self.twins(&es.second_chances, &en.second_chances);
        self.twins(&es.foundation, &en.foundation);
        self.twins(&es.visit, &en.visit);
        self.twins(&es.allies, &en.allies);
        self.twins(&es.press, &en.press);
        self.twins(&es.accessibility, &en.accessibility);
        self.twins(&es.privacy, &en.privacy);
        self.twins(&es.credits, &en.credits);
        let ids = |edition: &Edition| -> Vec<String> {
            edition
                .faq
                .front
                .question
                .iter()
                .map(|row| row.get_ref().id.clone())
                .collect()
        };
        self.same(&en.faq, "[[question]]", &ids(es), &ids(en));
        let doors = |edition: &Edition| -> Vec<String> {
            edition
                .home
                .front
                .door
                .iter()
                .map(|row| row.get_ref().page.clone())
                .collect()
        };
        self.same(&en.home, "[[door]]", &doors(es), &doors(en));
        let boxes = |edition: &Edition| -> Vec<String> {
            edition
                .home
                .front
                .fact_box
                .iter()
                .map(|row| row.get_ref().fact.clone())
                .collect()
        };
        self.same(&en.home, "[[fact_box]]", &boxes(es), &boxes(en));
        self.placeholders(es, en);
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

/// The `{placeholders}` of a message.
fn fields(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
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
