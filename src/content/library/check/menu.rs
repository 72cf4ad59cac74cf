//! The menu's own rules: every id is known, no dish contradicts itself, every set can be composed.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::super::facts::twice;
use super::super::source::{Source, at};
use super::super::tables::{Both, Dish, Menu, Set};
use super::Check;
use crate::content::Allergen;
use crate::routes::is_slug;

/// Names of places of the menu's page, which a dish, being one too, cannot have.
const PLACES: [&str; 4] = ["content", "pages", "glossary", "sources"];

/// The ids dishes and sets may name.
struct Known<'m> {
    courses: BTreeSet<&'m str>,
    allergens: BTreeSet<&'m str>,
    infos: BTreeSet<&'m str>,
    terms: BTreeSet<&'m str>,
}

impl Check<'_> {
    pub(in super::super) fn menu(
        &mut self,
        menu: &Menu,
        source: &Source,
        art: &BTreeMap<String, String>,
    ) {
        let known = self.menu_ids(menu, source);
        self.menu_names(menu, source);
        self.fourteen(menu, source);
        self.notices(menu, source);
        self.sets(menu, &known, source);
        for row in &menu.dish {
            let (from, dish) = (at(row), row.get_ref());
            self.dish_ids(dish, &known, source, from);
            if PLACES.contains(&dish.id.as_str()) || known.courses.contains(dish.id.as_str()) {
                let line = line_of_key(source, "id", from);
                self.say(
                    source,
                    line,
                    format!("the page of the menu has another place \"{}\"", dish.id),
                );
            }
            if let Some(name) = dish.art.as_ref().filter(|name| !art.contains_key(*name)) {
                let line = line_of_key(source, "art", from);
                self.say(
                    source,
                    line,
                    format!("there is no drawing content/art/{name}.svg"),
                );
            }
            self.dish(dish, source, from);
        }
    }

    /// Every id and every slug stands once.
    fn menu_ids<'m>(&mut self, menu: &'m Menu, source: &Source) -> Known<'m> {
        let known = Known {
            courses: self.ids(source, ("course", "id"), &menu.course, |row| &row.id),
            allergens: self.ids(source, ("allergen", "id"), &menu.allergen, |row| &row.id),
            infos: self.ids(source, ("info", "id"), &menu.info, |row| &row.id),
            terms: self.ids(source, ("term", "id"), &menu.term, |row| &row.id),
        };
        self.ids(source, ("set", "id"), &menu.set, |row| &row.id);
        self.ids(source, ("notice", "id"), &menu.notice, |row| &row.id);
        self.ids(source, ("dish", "id"), &menu.dish, |row| &row.id);
        self.ids(source, ("slug", "slug"), &menu.dish, |row| &row.slug.es);
        self.ids(source, ("slug", "slug"), &menu.dish, |row| &row.slug.en);
        known
    }

    /// The lists of allergens and remarks are the ones the filter knows: a dish cannot be asked to be
    /// without anything else.
    fn fourteen(&mut self, menu: &Menu, source: &Source) {
        for (rows, kind, is_information) in [
            (&menu.allergen, "allergen", false),
            (&menu.info, "info", true),
        ] {
            let listed = |one: &Allergen| one.is_information() == is_information;
            for row in rows {
                let id = &row.get_ref().id;
                if !Allergen::from_id(id).is_some_and(|one| listed(&one)) {
                    let line = line_of_key(source, "id", at(row));
                    self.say(
                        source,
                        line,
                        format!("the menu's filter knows no {kind} \"{id}\""),
                    );
                }
            }
            for one in Allergen::ALL.into_iter().filter(listed) {
                if !rows.iter().any(|row| row.get_ref().id == one.id()) {
                    let line = source.line_of(&format!("\n[[{kind}]]"), 0) + 1;
                    self.say(
                        source,
                        line,
                        format!("the {kind} \"{}\" is missing", one.id()),
                    );
                }
            }
        }
    }

    /// What courses, allergens, remarks and terms are called.
    fn menu_names(&mut self, menu: &Menu, source: &Source) {
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
    }

    fn notices(&mut self, menu: &Menu, source: &Source) {
        for row in &menu.notice {
            let notice = row.get_ref();
            self.both(source, at(row), "text", &notice.text, notice.fact.is_some());
            if let Some(fact) = &notice.fact {
                self.fact(source, at(row), fact);
            }
        }
    }

    fn sets(&mut self, menu: &Menu, known: &Known<'_>, source: &Source) {
        for row in &menu.set {
            let set = row.get_ref();
            self.fact(source, at(row), &set.fact);
            self.both(source, at(row), "name", &set.name, false);
            self.both(source, at(row), "description", &set.description, true);
            self.both(source, at(row), "note", &set.note, true);
            self.composed(set, menu, known, source, at(row));
        }
    }

    /// A guest can compose the set: it has courses, each once, and each has a dish.
    fn composed(
        &mut self,
        set: &Set,
        menu: &Menu,
        known: &Known<'_>,
        source: &Source,
        from: usize,
    ) {
        let line = line_of_key(source, "courses", from);
        let fault = |why: String| format!("the set \"{}\" cannot be composed: {why}", set.id);
        if set.courses.is_empty() {
            self.say(source, line, fault("it has no courses".into()));
        }
        let mut seen = BTreeSet::new();
        for course in &set.courses {
            self.known(source, from, "courses", &known.courses, "course", course);
            if !seen.insert(course) {
                let why = format!("the course \"{course}\" is there twice");
                self.say(source, line, fault(why));
            }
            if known.courses.contains(course.as_str()) && !is_served(menu, course) {
                let why = format!("no dish of the course \"{course}\" belongs to it");
                self.say(source, line, fault(why));
            }
        }
        if set.price_cop == 0 {
            let line = line_of_key(source, "price_cop", from);
            self.say(source, line, format!("the set \"{}\" has no price", set.id));
        }
    }

    /// Every id a dish names is known.
    fn dish_ids(&mut self, dish: &Dish, known: &Known<'_>, source: &Source, from: usize) {
        self.known(
            source,
            from,
            "course",
            &known.courses,
            "course",
            &dish.course,
        );
        for (key, list, ids, kind) in [
            ("contains", &dish.contains, &known.allergens, "allergen"),
            (
                "may_contain",
                &dish.may_contain,
                &known.allergens,
                "allergen",
            ),
            ("info", &dish.info, &known.infos, "info"),
            ("terms", &dish.terms, &known.terms, "term"),
        ] {
            for id in list {
                self.known(source, from, key, ids, kind, id);
            }
        }
    }

    /// Ids that must each stand once, and can stand in an address. `what` they are, and their key.
    fn ids<'t, T>(
        &mut self,
        source: &Source,
        (kind, key): (&str, &str),
        rows: &'t [Spanned<T>],
        id: impl Fn(&'t T) -> &'t str,
    ) -> BTreeSet<&'t str> {
        let mut ids = BTreeSet::new();
        for row in rows {
            let id = id(row.get_ref());
            let line = line_of_key(source, key, at(row));
            if !ids.insert(id) {
                self.problems.push(twice(source, line, kind, id));
            }
            // A missing translation is told already.
            if !id.is_empty() && !is_slug(id) {
                self.say(source, line, format!("the {key} \"{id}\" may only have the letters a to z, digits, and single hyphens between them"));
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
            let line = line_of_key(source, key, from);
            self.say(source, line, format!("there is no {kind} \"{id}\""));
        }
    }
}

/// Whether a set can offer something of a course.
fn is_served(menu: &Menu, course: &str) -> bool {
    menu.dish
        .iter()
        .any(|dish| dish.get_ref().course == course && !dish.get_ref().extra)
}

/// The line of a key of the table that begins at a byte.
pub(super) fn line_of_key(source: &Source, key: &str, from: usize) -> usize {
    source.line_of(&format!("\n{key} = "), from) + 1
}
