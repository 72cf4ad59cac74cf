use proptest::prelude::*;

use super::needs;
use super::table::table;
use crate::content::Allergen;
use crate::i18n::Locale;
use crate::menu::address::{self, Field};
use crate::menu::table::choices;
use crate::menu::{Diet, Filter, Group, Table};

/// Every box of the form, by its name and value.
fn boxes(locale: Locale) -> Vec<(String, String)> {
    let diets = [None, Some(Diet::Vegetarian), Some(Diet::Vegan)];
    let diets = diets.map(|diet| diet.map_or("", |diet| address::diet(diet, locale)));
    let allergens = Allergen::ALL.map(|one| address::allergen(one, locale));
    let without = allergens.into_iter().chain([address::seafood(locale)]);
    let named = |field, value: &str| (address::name(field, locale).to_owned(), value.to_owned());
    diets
        .into_iter()
        .map(|value| named(Field::Diet, value))
        .chain(without.map(|value| named(Field::Without, value)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_table_walks_into_the_wizard_and_back_unchanged((carte, table) in table()) {
        let plan = table.to_plan(&carte);
        prop_assert_eq!(&Table::from_plan(&plan, &carte), &table);
        // Names travel with the ids: the menu may change after the promise.
        for dish in plan.places.iter().flat_map(|place| &place.dishes) {
            let number = carte.find(&dish.id).unwrap();
            prop_assert_eq!(&carte.dishes[number].name, &dish.name);
        }
    }

    #[test]
    fn a_guest_may_choose_each_dish_of_a_course_and_is_told_what_is_known(
        (carte, _) in table(),
        needs in needs(),
        course in 0..5_usize,
    ) {
        let choices = choices(&carte, course, needs);
        let filter = Filter { needs, ..Filter::default() };
        let groups = [
            (Group::Plain, &choices.plain),
            (Group::Ask, &choices.ask),
            (Group::MayContain, &choices.may_contain),
            (Group::Hidden, &choices.hidden),
        ];
        let mut listed = Vec::new();
        for (group, dishes) in groups {
            for dish in dishes {
                prop_assert_eq!(filter.group(&carte.dishes[*dish]), group);
                listed.push(*dish);
            }
        }
        listed.sort_unstable();
        let served: Vec<usize> = (0..carte.dishes.len())
            .filter(|dish| carte.place(*dish) == Some(course))
            .collect();
        prop_assert_eq!(listed, served);
    }

    #[test]
    fn boxes_that_a_filter_ticks_ask_for_that_filter(needs in needs(), english in any::<bool>()) {
        let locale = if english { Locale::En } else { Locale::Es };
        let filter = Filter { needs, ..Filter::default() };
        let ticked = boxes(locale)
            .into_iter()
            .filter(|(name, value)| filter.ticks(name, value));
        let again = Filter::from_fields(ticked.clone());
        prop_assert_eq!(&again, &filter);
        // A box that is unticked has to take something away: none is ticked twice over.
        let ticked: Vec<_> = ticked.collect();
        for left_out in 0..ticked.len() {
            let mut fewer = ticked.clone();
            let (_, value) = fewer.remove(left_out);
            prop_assert!(value.is_empty() || Filter::from_fields(fewer) != filter, "{}", value);
        }
    }
}
