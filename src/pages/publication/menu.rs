//! What was served. Complete without JavaScript; the filter and the composed table come on top of
//! the same views, which therefore take values and know no page.

use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, menu_filter, photograph, plainly, structured};
use crate::content::library::{
    Course, Diet, Dish, Library, MenuWords, Named, Provenance, Term, Words, escape,
};
use crate::i18n::{Locale, fill, pesos};
use crate::menu::{Carte, NAMES_ARE_IN};

/// So many dishes that a slow phone lays them out only as they come into sight.
const MANY: usize = 100;

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let words = &sheet.edition.words.menu;
    let library = sheet.library;
    let carte = Carte::of(library, sheet.locale);
    let banner = sheet.banner();
    let head = head(sheet);
    let courses: Vec<_> = library
        .menu
        .course
        .iter()
        .map(|row| course(sheet, row.get_ref()))
        .collect();
    let jumps: Vec<_> = library
        .menu
        .course
        .iter()
        .map(|row| {
            let course = row.get_ref();
            let to = ["#", &course.id].concat();
            let id = ["to-", &course.id].concat();
            view! { <li id=id><a href=to rel="external">{course.name.pick(sheet.locale).to_owned()}</a></li> }
        })
        .collect();
    let list = if carte.dishes.len() > MANY {
        "menu-list menu-list-long"
    } else {
        "menu-list"
    };
    let view = view! {
        {banner}
        {head}
        {photograph::at(sheet, "table")}
        <div class="wrap menu-layout">
            <div class="menu-side">
                {menu_filter::form(sheet, &carte)}
                <nav class="menu-courses" aria-label=words.courses.clone()>
                    <ul>{jumps}</ul>
                </nav>
            </div>
            <div class=list>
                {menu_filter::count(sheet, &carte)}
                {courses}
                {menu_filter::last(sheet)}
            </div>
        </div>
        <div class="standing" id="table-place"></div>
        {glossary(library, &sheet.edition.words, sheet.locale)}
        {sheet.sources()}
        <div class="standing" id="table-bar"></div>
    };
    Draft {
        name: words.title.clone(),
        description: words.description.clone(),
        view: view.into_any(),
        json_ld: vec![structured::menu(sheet)],
        updated: None,
    }
}

/// The dinner, its price with its date, and what must be said before anybody relies on a recipe.
fn head(sheet: &mut Sheet<'_>) -> AnyView {
    let words = &sheet.edition.words.menu;
    let library = sheet.library;
    let locale = sheet.locale;
    let sets: Vec<_> = library
        .menu
        .set
        .iter()
        .map(|row| {
            let set = row.get_ref();
            let note = [escape(set.note.pick(locale)), sheet.mark(&set.fact)].concat();
            let other = other_currency(library, words, set.price_cop, locale)
                .map(|text| view! { <p class="small muted">{text}</p> });
            view! {
                <p class="lead">{set.description.pick(locale).to_owned()}</p>
                <p>
                    <span class="price">{pesos(u64::from(set.price_cop), locale)}</span>
                    " "
                    {words.per_person.clone()}
                    " "
                    <span class="muted" inner_html=note></span>
                </p>
                {other}
            }
        })
        .collect();
    let notices: Vec<_> = ["sample", "kitchen", "coconut", "tip"]
        .into_iter()
        .filter_map(|id| notice(sheet, id, "small muted"))
        .collect();
    view! {
        <div class="wrap page-head menu-head">
            <div class="split">
                <h1 tabindex="-1">{words.title.clone()}</h1>
                <div class="flow">{sets}{notices}{legend(words)}</div>
            </div>
        </div>
    }
    .into_any()
}

/// The price in a second currency, only where a rate with its date is known.
fn other_currency(
    library: &Library,
    words: &MenuWords,
    pesos: u32,
    locale: Locale,
) -> Option<String> {
    let currency = library.venue.currency.as_ref()?;
    let amount = format!("{:.0}", f64::from(pesos) / currency.cop_per_unit);
    let date = plainly::date(&currency.as_of, locale);
    Some(fill(
        &words.other_currency,
        &[
            ("amount", amount.as_str()),
            ("code", currency.code.as_str()),
            ("date", date.as_str()),
            ("source", currency.source.as_str()),
        ],
    ))
}

/// The three states of an allergen, in the shapes in which the dishes carry them.
fn legend(words: &MenuWords) -> AnyView {
    view! {
        <ul class="tags" aria-label=words.legend_title.clone()>
            <li class="tag-contains">{words.legend_contains.clone()}</li>
            <li class="tag-may">{words.legend_may.clone()}</li>
            <li class="tag-unknown">{words.legend_not_stated.clone()}</li>
        </ul>
    }
    .into_any()
}

/// A sentence that must stand with the menu, and with each of its dishes.
pub(super) fn notice(sheet: &mut Sheet<'_>, id: &str, class: &'static str) -> Option<AnyView> {
    let notice = sheet
        .library
        .menu
        .notice
        .iter()
        .map(toml::Spanned::get_ref)
        .find(|notice| notice.id == id)?;
    let mark = notice
        .fact
        .as_deref()
        .map(|fact| sheet.mark(fact))
        .unwrap_or_default();
    let text = [escape(notice.text.pick(sheet.locale)), mark].concat();
    Some(view! { <p class=class inner_html=text></p> }.into_any())
}

fn course(sheet: &mut Sheet<'_>, course: &Course) -> AnyView {
    let library = sheet.library;
    let locale = sheet.locale;
    let served: Vec<&Dish> = library
        .menu
        .dish
        .iter()
        .map(toml::Spanned::get_ref)
        .filter(|dish| dish.course == course.id)
        .collect();
    let alcohol = served
        .iter()
        .any(|dish| dish.alcohol)
        .then(|| notice(sheet, "alcohol", "course-note"))
        .flatten();
    let dishes: Vec<_> = served
        .into_iter()
        .map(|one| dish(one, library, &sheet.edition.words, locale))
        .collect();
    let heading = ["h-", &course.id].concat();
    view! {
        <section class="course" id=course.id.clone() aria-labelledby=heading>
            <div class="course-head">
                <h2 id=heading.clone()>{course.name.pick(locale).to_owned()}</h2>
                <div class="course-art" inner_html=sheet.art(&["plate-", &course.id].concat())></div>
            </div>
            {alcohol}
            {dishes}
        </section>
    }
    .into_any()
}

fn dish(dish: &Dish, library: &Library, words: &Words, locale: Locale) -> AnyView {
    let words = &words.menu;
    // The names are Spanish in both languages; English readers get the meaning and the sound.
    let (language, gloss, say) = match locale {
        Locale::Es => (None, None, None),
        Locale::En => (
            Some(NAMES_ARE_IN),
            Some(dish.gloss.en.clone()),
            Some(dish.say.clone()),
        ),
    };
    let gloss = gloss.map(|gloss| view! { <p class="dish-gloss"><b>{gloss}</b></p> });
    let line = dish.description.pick(locale).to_owned();
    let say = say.map(|say| {
        view! { <p class="small muted">{words.say.clone()}" "<i>{say}</i></p> }
    });
    let terms = terms(dish, library, words);
    let own = dish.address().path(locale).to_owned();
    let made_of = [
        words.made_of.as_str(),
        " ",
        &dish.ingredients.pick(locale).join(", "),
        ".",
    ]
    .concat();
    view! {
        <article class="dish" id=dish.id.clone()>
            <h3 lang=language translate=language.map(|_| "no")>
                <a class="go" href=own>{dish.name.pick(locale).to_owned()}</a>
            </h3>
            {gloss}
            <p class="dish-line">{line}</p>
            <ul class="tags">{tags(dish, library, words, locale)}</ul>
            <p class="small muted">{made_of}</p>
            {say}
            {terms}
        </article>
    }
    .into_any()
}

/// Allergens in their three states, then what else one may want to know at a glance.
fn tags(dish: &Dish, library: &Library, words: &MenuWords, locale: Locale) -> Vec<AnyView> {
    let mut tags: Vec<(&'static str, String)> = Vec::new();
    let allergens = |ids: &[String]| {
        names(
            ids,
            library.menu.allergen.iter().map(toml::Spanned::get_ref),
            locale,
        )
    };
    for (class, message, ids) in [
        ("tag-contains", &words.contains, &dish.contains),
        ("tag-may", &words.may_contain, &dish.may_contain),
    ] {
        if !ids.is_empty() {
            tags.push((class, fill(message, &[("list", &allergens(ids))])));
        }
    }
    if tags.is_empty() {
        tags.push(("tag-unknown", words.not_stated.clone()));
    }
    for id in &dish.info {
        let name = names(
            std::slice::from_ref(id),
            library.menu.info.iter().map(toml::Spanned::get_ref),
            locale,
        );
        tags.push(("tag-info", fill(&words.info, &[("name", &name)])));
    }
    for name in diets(dish, words) {
        tags.push(("tag-diet", name.to_owned()));
    }
    if let Some(name) = spice(dish, words) {
        tags.push(("tag-spice", name.to_owned()));
    }
    match dish.provenance {
        // What the notice above the list says of all of them.
        Provenance::Documented => {}
        Provenance::Regional => tags.push(("tag-provenance", words.regional.clone())),
        Provenance::Sample => tags.push(("tag-provenance", words.sample.clone())),
    }
    tags.into_iter()
        .map(|(class, text)| view! { <li class=class>{text}</li> }.into_any())
        .collect()
}

/// The diets a dish is cooked for.
pub(super) fn diets<'w>(dish: &Dish, words: &'w MenuWords) -> Vec<&'w str> {
    let name = |diet: &Diet| match diet {
        Diet::Vegan => words.vegan.as_str(),
        Diet::Vegetarian => words.vegetarian.as_str(),
    };
    dish.diets.iter().map(name).collect()
}

/// How hot a dish is, where it is hot.
pub(super) fn spice<'w>(dish: &Dish, words: &'w MenuWords) -> Option<&'w str> {
    Some(match dish.spice {
        0 => return None,
        1 => words.spice_little.as_str(),
        2 => words.spice_some.as_str(),
        _ => words.spice_much.as_str(),
    })
}

fn names<'t>(
    ids: &[String],
    known: impl Iterator<Item = &'t Named> + Clone,
    locale: Locale,
) -> String {
    ids.iter()
        .filter_map(|id| known.clone().find(|named| named.id == *id))
        .map(|named| named.name.pick(locale))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The words of a dish that the glossary explains.
pub(super) fn glossed<'l>(dish: &'l Dish, library: &'l Library) -> impl Iterator<Item = &'l Term> {
    dish.terms.iter().filter_map(|id| {
        let mut terms = library.menu.term.iter().map(toml::Spanned::get_ref);
        terms.find(|term| term.id == *id)
    })
}

/// Links to the words of a dish that the glossary explains.
fn terms(dish: &Dish, library: &Library, words: &MenuWords) -> Option<AnyView> {
    let links: Vec<_> = glossed(dish, library)
        .enumerate()
        .map(|(index, term)| {
            let comma = (index > 0).then_some(", ");
            let to = ["#word-", &term.id].concat();
            view! { {comma}<a href=to rel="external" lang=NAMES_ARE_IN>{term.word.clone()}</a> }
        })
        .collect();
    (!links.is_empty())
        .then(|| view! { <p class="small muted">{words.words.clone()}" "{links}</p> }.into_any())
}

fn glossary(library: &Library, words: &Words, locale: Locale) -> AnyView {
    let rows: Vec<_> = library
        .menu
        .term
        .iter()
        .map(|row| {
            let term = row.get_ref();
            view! {
                <div id=["word-", &term.id].concat()>
                    <dt lang=NAMES_ARE_IN>{term.word.clone()}</dt>
                    <dd>{term.meaning(locale).to_owned()}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <section class="wrap split section" aria-labelledby="glossary">
            <h2 id="glossary">{words.menu.glossary.clone()}</h2>
            <dl class="rows">{rows}</dl>
        </section>
    }
    .into_any()
}
