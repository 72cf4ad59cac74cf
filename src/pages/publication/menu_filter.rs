//! The filter of the menu, as it stands in the page: fields of HTML that can be set before the app is
//! there, and the headings of the groups, hidden until they are needed. `pages/menu` brings it to life.

use leptos::prelude::*;

use super::sheet::Sheet;
use crate::content::Allergen;
use crate::i18n::fill;
use crate::menu::address::{self, Field};
use crate::menu::{Carte, Diet};

/// What most guests ask for stands open; the rest of the list is one tap away.
const OPEN: [Allergen; 4] = [
    Allergen::Gluten,
    Allergen::Milk,
    Allergen::Eggs,
    Allergen::Peanuts,
];

/// The fields.
pub(super) fn form(sheet: &Sheet<'_>, carte: &Carte) -> AnyView {
    let words = &sheet.edition.words.filter;
    let locale = sheet.locale;
    let name = |field| address::name(field, locale);
    let pill = |field, value: &str, kind: &'static str, label: &str, set: bool| {
        view! {
            <label class="pill">
                <input type=kind name=name(field) value=value.to_owned() checked=set/>
                {label.to_owned()}
            </label>
        }
    };
    let diets = [
        (None, &carte.words.any_diet),
        (Some(Diet::Vegetarian), &carte.words.vegetarian),
        (Some(Diet::Vegan), &carte.words.vegan),
    ]
    .map(|(diet, label)| {
        let value = diet.map_or("", |diet| address::diet(diet, locale));
        pill(Field::Diet, value, "radio", label, diet.is_none())
    });
    let without = |one: Allergen| {
        let value = address::allergen(one, locale);
        pill(Field::Without, value, "checkbox", carte.name(one), false)
    };
    let open: Vec<_> = OPEN.into_iter().map(without).collect();
    let rest: Vec<_> = Allergen::ALL
        .into_iter()
        .filter(|one| !OPEN.contains(one))
        .map(without)
        .collect();
    let seafood = pill(
        Field::Without,
        address::seafood(locale),
        "checkbox",
        &carte.words.seafood,
        false,
    );
    view! {
        <form class="filter" id="filter" role="search" aria-labelledby="filter-title" autocomplete="off">
            <h2 class="visually-hidden" id="filter-title">{words.title.clone()}</h2>
            <div class="field">
                <label for="filter-search">{words.search.clone()}</label>
                <input
                    class="input"
                    type="search"
                    id="filter-search"
                    name=name(Field::Search)
                    placeholder=" "
                    maxlength="80"
                    enterkeyhint="search"
                />
            </div>
            <fieldset>
                <legend>{carte.words.diet.clone()}</legend>
                <div class="pills">{diets.into_iter().collect_view()}</div>
            </fieldset>
            <fieldset>
                <legend>{carte.words.without.clone()}</legend>
                <div class="pills">{seafood}{open}</div>
                <details class="filters">
                    <summary>{words.more.clone()}</summary>
                    <div class="pills">{rest}</div>
                </details>
            </fieldset>
            <p class="filter-failed small" role="status" id="menu-failed" hidden>{words.failed.clone()}</p>
            <p class="filter-waiting small" role="status" id="menu-waiting">{words.waiting.clone()}</p>
        </form>
    }
    .into_any()
}

/// How many dishes are shown, and the way back to all of them.
pub(super) fn count(sheet: &Sheet<'_>, carte: &Carte) -> AnyView {
    let words = &sheet.edition.words.filter;
    let all = fill(
        &carte.words.all_dishes,
        &[("n", &carte.dishes.len().to_string())],
    );
    view! {
        <div class="menu-count">
            <p id="filter-count">{all}</p>
            <button class="link-button" type="reset" form="filter" id="filter-clear" hidden>
                {words.clear.clone()}
            </button>
        </div>
        <p class="visually-hidden" role="status" id="filter-said"></p>
        <p class="menu-unknown" id="filter-none" hidden>{words.none.clone()}</p>
        <p class="menu-unknown" id="filter-ask" hidden>{words.ask.clone()}</p>
    }
    .into_any()
}

/// Where the dishes go that may contain what should not be in them: last, under their warning.
pub(super) fn last(sheet: &Sheet<'_>) -> AnyView {
    let words = &sheet.edition.words.filter;
    view! {
        <section class="course course-last" id="filter-last" aria-labelledby="h-filter-last" hidden>
            <div class="course-head">
                <h2 id="h-filter-last">{words.may_title.clone()}</h2>
            </div>
            <p class="menu-warning">{words.may_warning.clone()}</p>
        </section>
    }
    .into_any()
}
