//! The menu as editors wrote it, made ready to be played with.

use super::dish::{Allergens, Carte, Course, Diet, Dish};
use crate::content::Allergen;
use crate::content::library::{self, Library};
use crate::i18n::{Locale, fold};

impl Carte {
    /// The menu in a language. A table is composed of the first set.
    pub fn of(library: &Library, locale: Locale) -> Self {
        let menu = &library.menu;
        let set = menu.set.first().map(toml::Spanned::get_ref);
        let course = |id: &String| {
            let mut courses = menu.course.iter().map(toml::Spanned::get_ref);
            courses.find(|course| course.id == *id)
        };
        let courses = set.map_or(&[][..], |set| &set.courses);
        Self {
            set: set.map_or_else(String::new, |set| set.id.clone()),
            courses: courses
                .iter()
                .filter_map(course)
                .map(|course| Course {
                    id: course.id.clone(),
                    name: course.one.pick(locale).to_owned(),
                })
                .collect(),
            price: set.map_or(0, |set| set.price_cop),
            price_note: set.map_or_else(String::new, |set| set.note.pick(locale).to_owned()),
            allergens: menu
                .allergen
                .iter()
                .chain(&menu.info)
                .map(toml::Spanned::get_ref)
                .filter_map(|named| {
                    let one = Allergen::from_id(&named.id)?;
                    Some((one, named.name.pick(locale).to_owned()))
                })
                .collect(),
            words: library.edition(locale).words.play.clone(),
            dishes: menu
                .dish
                .iter()
                .map(|row| dish(row.get_ref(), locale))
                .collect(),
        }
    }
}

fn dish(dish: &library::Dish, locale: Locale) -> Dish {
    let set = |ids: &[String]| -> Allergens {
        // The loader made sure that every one is known.
        ids.iter().filter_map(|id| Allergen::from_id(id)).collect()
    };
    let diet = |one: &library::Diet| match one {
        library::Diet::Vegan => Diet::Vegan,
        library::Diet::Vegetarian => Diet::Vegetarian,
    };
    let mut words = vec![dish.name.pick(locale), dish.description.pick(locale)];
    if locale == Locale::En {
        words.push(&dish.gloss.en);
    }
    words.extend(dish.ingredients.pick(locale).iter().map(String::as_str));
    Dish {
        id: dish.id.clone(),
        name: dish.name.pick(locale).to_owned(),
        course: dish.course.clone(),
        extra: dish.extra,
        diet: dish.diets.iter().map(diet).max(),
        // Coconut is told beside the list, and asked for like one of it.
        contains: set(&dish.contains).with(set(&dish.info)),
        may_contain: set(&dish.may_contain),
        search: fold(&words.join(" ")),
    }
}
