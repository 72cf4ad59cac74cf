//! Thousands of menus, filters, tables and addresses, made up at random.

mod address;
mod data;
mod filter;
mod plan;
mod table;

use proptest::prelude::*;

use super::{Allergens, Carte, Course, Diet, Dish, Filter, Needs};
use crate::content::Allergen;
use crate::i18n::fold;

pub(super) const COURSES: [&str; 5] = ["starter", "main", "dessert", "drink", "cheese"];

pub(super) fn allergens() -> impl Strategy<Value = Allergens> {
    proptest::collection::vec(proptest::sample::select(&Allergen::ALL[..]), 0..5)
        .prop_map(|them| them.into_iter().collect())
}

pub(super) fn diet() -> impl Strategy<Value = Option<Diet>> {
    proptest::sample::select(vec![None, Some(Diet::Vegetarian), Some(Diet::Vegan)])
}

pub(super) fn needs() -> impl Strategy<Value = Needs> {
    (diet(), allergens()).prop_map(|(diet, without)| Needs { diet, without })
}

/// Words of the menu, some as somebody might type them.
fn word() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "Carimañolas",
        "piña",
        "PINA",
        "pina",
        "Patacón",
        "patacon",
        "ñame",
        "crème",
        "açaí",
        "coco",
    ])
}

pub(super) fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(word(), 0..4).prop_map(|words| words.join(" "))
}

/// What somebody may have typed: words of the menu, or anything at all.
pub(super) fn filter() -> impl Strategy<Value = Filter> {
    let search = prop_oneof![3 => text(), 1 => any::<String>()];
    (needs(), search).prop_map(|(needs, search)| {
        let search = search.as_str();
        Filter {
            needs,
            ..Filter::default()
        }
        .searching(search)
    })
}

/// A dish; the lists of its allergens may even contradict each other.
fn dish() -> impl Strategy<Value = Dish> {
    (
        proptest::sample::select(&COURSES[..]),
        any::<bool>(),
        diet(),
        (allergens(), allergens()),
        text(),
    )
        .prop_map(
            |(course, extra, diet, (contains, may_contain), name)| Dish {
                id: String::new(),
                search: fold(&name),
                name,
                course: course.to_owned(),
                extra,
                diet,
                contains,
                may_contain,
            },
        )
}

/// A menu. Not every course belongs to the set, not every course has a dish.
pub(super) fn carte() -> impl Strategy<Value = Carte> {
    (any::<u32>(), proptest::collection::vec(dish(), 0..12)).prop_map(|(price, mut dishes)| {
        for (number, dish) in dishes.iter_mut().enumerate() {
            dish.id = format!("dish-{number}");
        }
        Carte {
            set: "dinner".to_owned(),
            courses: courses(&COURSES[..4]),
            price,
            dishes,
            ..Carte::default()
        }
    })
}

/// The courses of a set.
pub(super) fn courses(ids: &[&str]) -> Vec<Course> {
    ids.iter()
        .map(|id| Course {
            id: (*id).to_owned(),
            name: id.to_uppercase(),
        })
        .collect()
}

/// The real menu.
#[cfg(feature = "ssr")]
pub(super) fn real(locale: crate::i18n::Locale) -> Carte {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let library = crate::content::library::Library::load(std::path::Path::new(folder));
    Carte::of(&library.expect("the real content"), locale)
}
