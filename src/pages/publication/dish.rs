//! A dish by itself: what is in it, what is not said of it, and the words that belong to it.

use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, menu, plainly, structured};
use crate::content::library::{Dish, Named, Provenance, Term};
use crate::i18n::{Locale, fill, sentence};
use crate::menu::NAMES_ARE_IN;
use crate::routes::Route;

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let library = sheet.library;
    // The prerenderer walks the library's own addresses: there is a dish at each.
    let Some(dish) = library.dish_at(&sheet.address) else {
        return Draft {
            name: String::new(),
            description: String::new(),
            view: ().into_any(),
            json_ld: Vec::new(),
            updated: None,
        };
    };
    let locale = sheet.locale;
    let name = dish.name.pick(locale).to_owned();
    let opening = match locale {
        Locale::Es => &name,
        Locale::En => &dish.gloss.en,
    };
    let banner = sheet.banner();
    let head = head(sheet, dish);
    let inside = inside(sheet, dish);
    let know = know(sheet, dish);
    let words = words(sheet, dish);
    let plate = sheet.art(library.plate(&sheet.address));
    let view = view! {
        {banner}
        <div class="wrap page-head dish-page">
            <div class="dish-head">{head}</div>
            <div class="dish-art" inner_html=plate></div>
            <div class="flow dish-body">{inside}{know}{words}</div>
        </div>
        {sheet.foot()}
    };
    Draft {
        description: fill(
            &sheet.edition.words.dish.description,
            &[("name", opening), ("line", dish.description.pick(locale))],
        ),
        name,
        view: view.into_any(),
        json_ld: vec![structured::dish(sheet, dish)],
        updated: None,
    }
}

/// The name, what it means, and the way back to where it stands on the menu.
fn head(sheet: &Sheet<'_>, dish: &Dish) -> AnyView {
    let locale = sheet.locale;
    let back = [&sheet.path(Route::Menu), "#", &dish.id].concat();
    // The names are Spanish in both languages; English readers get the meaning and the sound.
    let (language, gloss) = match locale {
        Locale::Es => (None, None),
        Locale::En => (Some(NAMES_ARE_IN), Some(dish.gloss.en.clone())),
    };
    let gloss = gloss.map(|gloss| view! { <p class="lead"><b>{gloss}</b></p> });
    view! {
        <p><a class="go go-back" href=back>{sheet.edition.words.dish.back.clone()}</a></p>
        <h1 tabindex="-1" lang=language translate=language.map(|_| "no")>
            {dish.name.pick(locale).to_owned()}
        </h1>
        {gloss}
        <p class="lead">{dish.description.pick(locale).to_owned()}</p>
    }
    .into_any()
}

/// Ingredients, allergens in their three states, and what must be said before anybody relies on them.
fn inside(sheet: &mut Sheet<'_>, dish: &Dish) -> AnyView {
    let locale = sheet.locale;
    let menu = &sheet.library.menu;
    let words = &sheet.edition.words.dish;
    let named = |wanted: &dyn Fn(&Named) -> bool| -> Vec<String> {
        let all = menu.allergen.iter().map(toml::Spanned::get_ref);
        all.filter(|one| wanted(one))
            .map(|one| one.name.pick(locale).to_owned())
            .collect()
    };
    let contains = named(&|one| dish.contains.contains(&one.id));
    let may_contain = named(&|one| dish.may_contain.contains(&one.id));
    let not_stated =
        named(&|one| !dish.contains.contains(&one.id) && !dish.may_contain.contains(&one.id));
    let also: Vec<String> = menu
        .info
        .iter()
        .map(toml::Spanned::get_ref)
        .filter(|one| dish.info.contains(&one.id))
        .map(|one| {
            let name = one.name.pick(locale);
            fill(&sheet.edition.words.menu.info, &[("name", name)])
        })
        .collect();
    let ingredients = sentence(&dish.ingredients.pick(locale).join(", "));
    let note = view! { <p class="small">{words.not_stated_note.clone()}</p> };
    let rows = [
        Some(row(&words.ingredients, [&ingredients, "."].concat())),
        tagged(&words.contains, "tag-contains", contains, None),
        tagged(&words.may_contain, "tag-may", may_contain, None),
        tagged(&words.also, "tag-info", also, None),
        tagged(
            &words.not_stated,
            "tag-unknown",
            not_stated,
            Some(note.into_any()),
        ),
    ];
    let title = words.inside.clone();
    let mut ids = vec!["sample", "kitchen"];
    if !dish.info.is_empty() {
        ids.push("coconut");
    }
    if dish.alcohol {
        ids.push("alcohol");
    }
    let notices: Vec<_> = ids
        .into_iter()
        .filter_map(|id| menu::notice(sheet, id, "small muted"))
        .collect();
    view! {
        <h2 id="inside">{title}</h2>
        <dl class="rows">{rows.into_iter().flatten().collect::<Vec<_>>()}</dl>
        {notices}
    }
    .into_any()
}

/// Course, diet, spice, season, how it is known, how it is said.
fn know(sheet: &Sheet<'_>, dish: &Dish) -> AnyView {
    let locale = sheet.locale;
    let library = sheet.library;
    let (words, menu) = (&sheet.edition.words.dish, &sheet.edition.words.menu);
    let course = library
        .menu
        .course
        .iter()
        .map(toml::Spanned::get_ref)
        .find(|course| course.id == dish.course)
        .map_or("", |course| course.one.pick(locale));
    let course = if dish.extra {
        [course, ", ", &words.extra].concat()
    } else {
        course.to_owned()
    };
    let diets = menu::diets(dish, menu);
    let diet = if diets.is_empty() {
        words.no_diet.clone()
    } else {
        diets.join(", ")
    };
    let spice = menu::spice(dish, menu).unwrap_or(&words.no_spice);
    let season = dish.season().map(|(from, to)| {
        let [first, last] = [from, to].map(|month| plainly::month(month, locale));
        if from == to {
            first.to_owned()
        } else {
            fill(&words.months, &[("from", first), ("to", last)])
        }
    });
    let provenance = match dish.provenance {
        Provenance::Documented => &words.documented,
        Provenance::Regional => &menu.regional,
        Provenance::Sample => &menu.sample,
    };
    let say = (locale == Locale::En)
        .then(|| described(&words.say, view! { <i>{dish.say.clone()}</i> }.into_any()));
    let rows = [
        Some(row(&words.course, course)),
        Some(row(&words.diet, sentence(&diet))),
        Some(row(&words.spice, sentence(spice))),
        season.map(|season| row(&words.season, sentence(&season))),
        Some(row(&words.provenance, sentence(provenance))),
        say,
    ];
    view! {
        <h2 id="know">{words.know.clone()}</h2>
        <dl class="rows">{rows.into_iter().flatten().collect::<Vec<_>>()}</dl>
    }
    .into_any()
}

/// The words of the dish that the glossary explains, explained here.
fn words(sheet: &Sheet<'_>, dish: &Dish) -> Option<AnyView> {
    let locale = sheet.locale;
    let explained = |term: &Term| {
        view! {
            <div>
                <dt lang=NAMES_ARE_IN>{sentence(&term.word)}</dt>
                <dd>{term.meaning(locale).to_owned()}</dd>
            </div>
        }
    };
    let rows: Vec<_> = menu::glossed(dish, sheet.library).map(explained).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h2 id="words">{sheet.edition.words.dish.words.clone()}</h2>
            <dl class="rows">{rows}</dl>
        }
        .into_any()
    })
}

fn row(name: &str, text: String) -> AnyView {
    described(name, view! { <p>{text}</p> }.into_any())
}

/// Allergens in the shape of their state; nothing where there are none.
fn tagged(
    name: &str,
    class: &'static str,
    them: Vec<String>,
    note: Option<AnyView>,
) -> Option<AnyView> {
    let tags: Vec<_> = them
        .into_iter()
        .map(|one| view! { <li class=class>{one}</li> })
        .collect();
    (!tags.is_empty()).then(|| {
        described(
            name,
            view! { <ul class="tags">{tags}</ul>{note} }.into_any(),
        )
    })
}

fn described(name: &str, what: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name.to_owned()}</dt>
            <dd class="flow">{what}</dd>
        </div>
    }
    .into_any()
}
