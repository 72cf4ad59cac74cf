//! A place for each guest of a composed table: what they eat, what they do not, and where the two clash.

use std::sync::Arc;

use leptos::prelude::*;

use super::element::element;
use super::field::option;
use super::icon::{Icon, icon};
use super::part::{IntoPart, Part, live};
use crate::content::{Allergen, escape};
use crate::i18n::{fill, small};
use crate::menu::table::{MOST_GUESTS, choices};
use crate::menu::{Allergens, Carte, Clash, Diet, NAMES_ARE_IN, Needs, Table};

/// A table that is being composed. It is changed by telling what it should be.
#[derive(Clone)]
pub struct Laid {
    /// The menu.
    pub carte: Arc<Carte>,
    /// The table as it is.
    pub table: Signal<Table>,
    /// Takes the table as it should be.
    pub changed: Callback<Table>,
}

impl Laid {
    fn change(&self, change: impl FnOnce(&mut Table, &Carte)) {
        let mut table = self.table.get_untracked();
        change(&mut table, &self.carte);
        self.changed.run(table);
    }

    /// The dish a guest has for a course, by its id; empty where there is none.
    fn picked(&self, guest: usize, course: usize) -> String {
        let pick = self.table.with(|table| {
            let guest = table.guests().get(guest)?;
            guest.picks.get(course).copied().flatten()
        });
        pick.and_then(|dish| self.carte.dishes.get(dish))
            .map_or_else(String::new, |dish| dish.id.clone())
    }
}

/// The places. All there can be stand in the page; those beyond the table's guests are hidden.
/// `note` is the question for words of a guest's own; without it there is no such field.
pub fn places(laid: &Laid, note: Option<&'static str>) -> Part {
    element("div")
        .class("places")
        .children((0..MOST_GUESTS).map(|guest| place(guest, laid.clone(), note)))
        .part()
}

fn place(guest: usize, laid: Laid, note: Option<&'static str>) -> Part {
    let table = laid.table;
    let needs =
        Memo::new(move |_| table.with(|table| table.guests().get(guest).map(|guest| guest.needs)));
    let name = fill(&laid.carte.words.guest, &[("n", &(guest + 1).to_string())]);
    let rows: Vec<Part> = (0..laid.carte.courses.len())
        .map(|course| row(guest, course, needs, laid.clone()))
        .collect();
    let carte = laid.carte.clone();
    let folded = element("details")
        .class("filters")
        .inner(element("summary").live_text(move || told(needs.get().unwrap_or_default(), &carte)))
        .child(boxes(guest, laid.clone()))
        .children(note.map(|question| own_words(guest, question, laid.clone())));
    let said = live(move || said(guest, &laid));
    element("fieldset")
        .class("place-set")
        .live_flag("hidden", move || needs.get().is_none())
        .inner(element("legend").text(&name))
        .children(rows)
        .inner(folded)
        .inner(
            element("div")
                .class("place-said")
                .with("role", "status")
                .child(said.part()),
        )
        .part()
}

/// A course and the dishes to choose from, grouped by what is known about the guest's needs.
fn row(guest: usize, course: usize, needs: Memo<Option<Needs>>, laid: Laid) -> Part {
    let id = ["place-", &guest.to_string(), "-", &course.to_string()].concat();
    let name = laid
        .carte
        .courses
        .get(course)
        .map_or_else(String::new, |course| course.name.clone());
    let (listed, shown) = (laid.clone(), laid.clone());
    let select = element("select")
        .class("input")
        .with("id", &id)
        .live_html(move || {
            let Some(needs) = needs.get() else {
                return String::new();
            };
            let picked = untrack(|| listed.picked(guest, course));
            options(&listed.carte, course, needs, &picked)
        })
        .value(move || {
            // With other needs the list is another one, too.
            needs.track();
            shown.picked(guest, course)
        })
        .on("change", move |event| {
            let dish = laid.carte.find(&event_target_value(&event));
            laid.change(|table, carte| match dish {
                Some(dish) => table.pick(carte, guest, dish),
                None => table.clear(guest, course),
            });
        });
    element("div")
        .class("place-row")
        .inner(element("label").with("for", &id).text(&name))
        .inner(select)
        .part()
}

fn options(carte: &Carte, course: usize, needs: Needs, picked: &str) -> String {
    let choices = choices(carte, course, needs);
    let words = &carte.words;
    let mut html = String::new();
    option(&mut html, "", &words.none_yet, picked, None);
    for (heading, dishes) in [
        ("", choices.plain),
        (words.group_ask.as_str(), choices.ask),
        (&words.group_may_contain, choices.may_contain),
        (&words.group_against, choices.hidden),
    ] {
        if dishes.is_empty() {
            continue;
        }
        if !heading.is_empty() {
            html.push_str("<optgroup label=\"");
            html.push_str(&escape(heading));
            html.push_str("\">");
        }
        for dish in dishes.into_iter().filter_map(|dish| carte.dishes.get(dish)) {
            option(&mut html, &dish.id, &dish.name, picked, Some(NAMES_ARE_IN));
        }
        if !heading.is_empty() {
            html.push_str("</optgroup>");
        }
    }
    html
}

/// What a guest does not eat: seafood is one box for two of the allergens, as in the filter.
fn boxes(guest: usize, laid: Laid) -> Part {
    let needs = laid.table.with_untracked(|table| {
        table
            .guests()
            .get(guest)
            .map_or_else(Needs::default, |guest| guest.needs)
    });
    let words = &laid.carte.words;
    let seafood = needs.without.contains_all(Allergens::SEAFOOD);
    let radio = ["radio\" name=\"place-", &guest.to_string(), "-diet"].concat();
    let mut html = group(&words.diet);
    pill(&mut html, &radio, "", &words.any_diet, needs.diet.is_none());
    for diet in [Diet::Vegetarian, Diet::Vegan] {
        let ticked = needs.diet == Some(diet);
        pill(
            &mut html,
            &radio,
            diet.id(),
            diet_name(diet, &laid.carte),
            ticked,
        );
    }
    html.push_str("</div>");
    html.push_str(&group(&words.without));
    pill(&mut html, "checkbox", SEAFOOD, &words.seafood, seafood);
    for one in Allergen::ALL {
        if !Allergens::SEAFOOD.contains(one) {
            let ticked = needs.without.contains(one);
            pill(
                &mut html,
                "checkbox",
                one.id(),
                laid.carte.name(one),
                ticked,
            );
        }
    }
    html.push_str("</div>");
    element("div")
        .html(html)
        .on("change", move |event| {
            let (value, ticked) = (event_target_value(&event), event_target_checked(&event));
            laid.change(|table, _| tick(table, guest, &value, ticked));
        })
        .part()
}

/// The box for crustaceans and molluscs together.
const SEAFOOD: &str = "seafood";

fn group(name: &str) -> String {
    [
        "<div class=\"pills\" role=\"group\" aria-label=\"",
        &escape(name),
        "\">",
    ]
    .concat()
}

/// `kind` is the input's type, with what else belongs to its tag.
fn pill(html: &mut String, kind: &str, value: &str, label: &str, ticked: bool) {
    html.push_str("<label class=\"pill\"><input type=\"");
    html.push_str(kind);
    html.push_str("\" value=\"");
    html.push_str(&escape(value));
    html.push_str(if ticked { "\" checked>" } else { "\">" });
    html.push_str(&escape(label));
    html.push_str("</label>");
}

fn tick(table: &mut Table, guest: usize, value: &str, ticked: bool) {
    let Some(mut needs) = table.guests().get(guest).map(|guest| guest.needs) else {
        return;
    };
    let asked: Allergens = Allergen::from_id(value).into_iter().collect();
    let asked = if value == SEAFOOD {
        Allergens::SEAFOOD
    } else {
        asked
    };
    if asked.is_empty() {
        needs.diet = Diet::from_id(value);
    } else if ticked {
        needs.without = needs.without.with(asked);
    } else {
        needs.without = needs.without.without(asked);
    }
    table.need(guest, needs);
}

/// What a guest does not eat, in one line.
fn told(needs: Needs, carte: &Carte) -> String {
    let words = &carte.words;
    if needs.is_empty() {
        return words.needs.clone();
    }
    let diet = needs.diet.map(|diet| small(diet_name(diet, carte)));
    let list: Vec<String> = diet
        .into_iter()
        .chain([names(needs.without, carte)])
        .filter(|part| !part.is_empty())
        .collect();
    fill(&words.needs_told, &[("list", &list.join(", "))])
}

fn diet_name(diet: Diet, carte: &Carte) -> &str {
    match diet {
        Diet::Vegetarian => &carte.words.vegetarian,
        Diet::Vegan => &carte.words.vegan,
    }
}

fn names(mut set: Allergens, carte: &Carte) -> String {
    let mut names = Vec::new();
    if set.contains_all(Allergens::SEAFOOD) {
        names.push(carte.words.seafood.as_str());
        set = set.without(Allergens::SEAFOOD);
    }
    names.extend(set.iter().map(|one| carte.name(one)));
    names.join(", ")
}

/// What does not go together at a place, and what is still missing there.
fn said(guest: usize, laid: &Laid) -> Part {
    let carte = &laid.carte;
    laid.table.with(|table| {
        let begun = |guest: &crate::menu::Guest| guest.picks.iter().any(Option::is_some);
        let missing = table
            .guests()
            .get(guest)
            .filter(|guest| begun(guest))
            .map(|_| missing(table, guest, carte))
            .filter(|text| !text.is_empty());
        let conflicts = conflicts(table, guest, carte).into_iter().map(|text| {
            element("p")
                .class("conflict")
                .child(icon(Icon::Warning).part())
                .inner(element("span").text(&text))
                .part()
        });
        let missing = missing.map(|text| element("p").class("place-missing").text(&text).part());
        conflicts.chain(missing).collect::<Vec<Part>>().part()
    })
}

fn missing(table: &Table, guest: usize, carte: &Carte) -> String {
    let courses: Vec<String> = table
        .missing(guest)
        .filter_map(|course| carte.courses.get(course))
        .map(|course| small(&course.name))
        .collect();
    if courses.is_empty() {
        return String::new();
    }
    fill(&carte.words.missing, &[("list", &courses.join(", "))])
}

/// A sentence for each dish and each kind of clash.
fn conflicts(table: &Table, guest: usize, carte: &Carte) -> Vec<String> {
    let words = &carte.words;
    let mut told: Vec<(usize, &str, Allergens)> = Vec::new();
    let mut sentences = Vec::new();
    for conflict in table
        .conflicts(carte)
        .into_iter()
        .filter(|one| one.guest == guest)
    {
        let (message, one) = match conflict.clash {
            Clash::Diet(diet) => {
                let Some(dish) = carte.dishes.get(conflict.dish) else {
                    continue;
                };
                let diet = small(diet_name(diet, carte));
                sentences.push(fill(
                    &words.not_of_diet,
                    &[("dish", &dish.name), ("diet", &diet)],
                ));
                continue;
            }
            Clash::Contains(one) => (words.contains.as_str(), one),
            Clash::MayContain(one) => (words.may_contain.as_str(), one),
        };
        let known = told
            .iter_mut()
            .find(|(dish, said, _)| (*dish, *said) == (conflict.dish, message));
        match known {
            Some((_, _, set)) => set.insert(one),
            None => told.push((conflict.dish, message, [one].into_iter().collect())),
        }
    }
    sentences.extend(told.into_iter().filter_map(|(dish, message, set)| {
        let dish = carte.dishes.get(dish)?;
        let list = names(set, carte);
        Some(fill(message, &[("dish", &dish.name), ("list", &list)]))
    }));
    sentences
}

/// Words of a guest's own, for the kitchen.
fn own_words(guest: usize, question: &'static str, laid: Laid) -> Part {
    let id = ["place-", &guest.to_string(), "-note"].concat();
    let value = laid.table.with_untracked(|table| {
        let guest = table.guests().get(guest);
        guest.map_or_else(String::new, |guest| guest.note.clone())
    });
    let input = element("input")
        .class("input")
        .with("id", &id)
        .with("maxlength", "500")
        .with("autocomplete", "off")
        .value(move || value.clone())
        .on("input", move |event| {
            let words = event_target_value(&event);
            laid.change(|table, _| table.note(guest, words));
        });
    element("div")
        .class("place-row")
        .inner(element("label").with("for", &id).text(question))
        .inner(input)
        .part()
}
