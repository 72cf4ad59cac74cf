//! The menu's own rules: every id is known, no dish contradicts itself, every set can be composed.

use std::collections::BTreeSet;

use toml::Spanned;

use super::super::facts::twice;
use super::super::source::{Source, at};
use super::super::tables::{Both, Diet, Dish, Menu};
use super::Check;

/// Animal products that are allergens: what no vegan dish contains.
const NOT_VEGAN: [&str; 5] = ["milk", "eggs", "fish", "crustaceans", "molluscs"];
/// The ones of them that are animals.
const NOT_VEGETARIAN: [&str; 3] = ["fish", "crustaceans", "molluscs"];

/// The ids dishes and sets may name.
struct Known<'m> {
    courses: BTreeSet<&'m str>,
    allergens: BTreeSet<&'m str>,
    infos: BTreeSet<&'m str>,
    terms: BTreeSet<&'m str>,
}

impl Check<'_> {
    pub(in super::super) fn menu(&mut self, menu: &Menu, source: &Source) {
        let known = self.menu_ids(menu, source);
        self.menu_names(menu, source);
        self.notices(menu, source);
        self.sets(menu, &known, source);
        for row in &menu.dish {
            let (from, dish) = (at(row), row.get_ref());
            self.dish_ids(dish, &known, source, from);
            self.dish(dish, source, from);
        }
    }

    /// Every id and every slug stands once.
    fn menu_ids<'m>(&mut self, menu: &'m Menu, source: &Source) -> Known<'m> {
        let known = Known {
            courses: self.ids(source, "course", &menu.course, |row| &row.id),
            allergens: self.ids(source, "allergen", &menu.allergen, |row| &row.id),
            infos: self.ids(source, "info", &menu.info, |row| &row.id),
            terms: self.ids(source, "term", &menu.term, |row| &row.id),
        };
        self.ids(source, "set", &menu.set, |row| &row.id);
        self.ids(source, "notice", &menu.notice, |row| &row.id);
        self.ids(source, "dish", &menu.dish, |row| &row.id);
        self.ids(source, "slug", &menu.dish, |row| &row.slug.es);
        self.ids(source, "slug", &menu.dish, |row| &row.slug.en);
        known
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
            for course in &set.courses {
                self.known(source, at(row), "courses", &known.courses, "course", course);
                if known.courses.contains(course.as_str()) && !is_served(menu, course) {
                    let line = source.line_of("courses", at(row));
                    self.say(source, line, format!("the set \"{}\" cannot be composed: no dish of the course \"{course}\" belongs to it", set.id));
                }
            }
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
    fn ids<'t, T>(
        &mut self,
        source: &Source,
        kind: &str,
        rows: &'t [Spanned<T>],
        id: impl Fn(&'t T) -> &'t str,
    ) -> BTreeSet<&'t str> {
        let mut ids = BTreeSet::new();
        for row in rows {
            let id = id(row.get_ref());
            if !ids.insert(id) {
                let line = source.line_of(&format!("\"{id}\""), at(row));
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
}

/// Whether a set can offer something of a course.
fn is_served(menu: &Menu, course: &str) -> bool {
    menu.dish
        .iter()
        .any(|dish| dish.get_ref().course == course && !dish.get_ref().extra)
}
