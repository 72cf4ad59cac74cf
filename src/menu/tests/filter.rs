use proptest::prelude::*;

use super::{carte, filter, needs, text};
use crate::i18n::fold;
use crate::menu::{Carte, Dish, Filter, Group};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn every_dish_stands_in_exactly_one_group(carte in carte(), filter in filter()) {
        let arranged = filter.arrange(&carte.dishes);
        let groups = [
            (Group::Plain, &arranged.plain),
            (Group::Ask, &arranged.ask),
            (Group::MayContain, &arranged.may_contain),
            (Group::Hidden, &arranged.hidden),
        ];
        let mut all: Vec<usize> = groups.iter().flat_map(|(_, them)| (*them).clone()).collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..carte.dishes.len()).collect::<Vec<_>>());
        prop_assert_eq!(arranged.shown() + arranged.hidden.len(), carte.dishes.len());
        for (group, them) in groups {
            prop_assert!(them.is_sorted(), "the order of the menu");
            for number in them {
                prop_assert_eq!(filter.group(&carte.dishes[*number]), group);
            }
        }
    }

    #[test]
    fn nothing_is_shown_that_it_contains_and_nothing_unsure_without_its_heading(
        carte in carte(),
        filter in filter(),
    ) {
        let without = filter.needs.without;
        for dish in &carte.dishes {
            let group = filter.group(dish);
            if !dish.contains.shared(without).is_empty() {
                prop_assert_eq!(group, Group::Hidden);
            } else if !dish.may_contain.shared(without).is_empty() {
                prop_assert!(matches!(group, Group::MayContain | Group::Hidden));
            } else if !without.is_empty() {
                // Not stated is not free from: such a dish never stands as if nothing had been asked.
                prop_assert!(matches!(group, Group::Ask | Group::Hidden));
            } else {
                prop_assert!(matches!(group, Group::Plain | Group::Hidden));
            }
            if filter.needs.diet.is_some_and(|diet| !dish.suits(diet)) {
                prop_assert_eq!(group, Group::Hidden);
            }
        }
    }

    #[test]
    fn asking_for_more_never_shows_more(carte in carte(), one in filter(), other in filter()) {
        let mut more = one.clone();
        more.needs.without = one.needs.without.with(other.needs.without);
        more.needs.diet = one.needs.diet.max(other.needs.diet);
        for dish in &carte.dishes {
            if one.group(dish) == Group::Hidden {
                prop_assert_eq!(more.group(dish), Group::Hidden);
            }
        }
    }

    #[test]
    fn a_search_finds_whatever_the_accents_and_capitals(
        carte in carte(),
        needs in needs(),
        words in text(),
    ) {
        let filter = Filter { needs, ..Filter::default() };
        let written = filter.clone().searching(&words);
        for typed in [fold(&words), words.to_uppercase(), words.to_lowercase()] {
            let typed = filter.clone().searching(&typed);
            prop_assert_eq!(typed.arrange(&carte.dishes), written.arrange(&carte.dishes));
        }
    }
}

fn shown(carte: &Carte, filter: &Filter) -> Vec<String> {
    let arranged = filter.arrange(&carte.dishes);
    let all = [arranged.plain, arranged.ask, arranged.may_contain].concat();
    all.iter()
        .map(|number| carte.dishes[*number].id.clone())
        .collect()
}

#[test]
fn no_group_promises_anything() {
    for group in [Group::Hidden, Group::Plain, Group::Ask, Group::MayContain] {
        let name = format!("{group:?}").to_lowercase();
        assert!(!name.contains("safe") && !name.contains("free"), "{name}");
    }
}

#[test]
fn words_are_found_in_any_order_and_all_are_needed() {
    let dish = |name: &str| Dish {
        id: name.to_owned(),
        search: fold(name),
        ..Dish::default()
    };
    let carte = Carte {
        dishes: vec![dish("Jugo de carambolo con piña"), dish("Ñame con coco")],
        ..Carte::default()
    };
    for (typed, expected) in [
        ("PIÑA", vec!["Jugo de carambolo con piña"]),
        ("pina jugo", vec!["Jugo de carambolo con piña"]),
        ("pin\u{303}a", vec!["Jugo de carambolo con piña"]),
        ("name", vec!["Ñame con coco"]),
        ("con", vec!["Jugo de carambolo con piña", "Ñame con coco"]),
        ("  ", vec!["Jugo de carambolo con piña", "Ñame con coco"]),
        ("piña coco", vec![]),
    ] {
        let found = shown(&carte, &Filter::default().searching(typed));
        assert_eq!(found, expected, "{typed:?}");
    }
}

#[cfg(feature = "ssr")]
#[test]
fn the_real_menu_is_filtered_as_a_guest_expects() {
    use super::real;
    use crate::content::Allergen;
    use crate::i18n::Locale;
    use crate::menu::{Allergens, Diet};

    let carte = real(Locale::Es);
    let group = |filter: &Filter, id: &str| filter.group(&carte.dishes[carte.find(id).unwrap()]);
    let mut filter = Filter::default();
    filter.needs.without.insert(Allergen::Milk);
    assert_eq!(group(&filter, "mote-de-queso"), Group::Hidden);
    assert_eq!(group(&filter, "jardin-de-cocadas"), Group::MayContain);
    assert_eq!(group(&filter, "patacon-con-hogao"), Group::Ask);
    filter.needs.without = Allergens::SEAFOOD;
    assert_eq!(group(&filter, "encocado-de-camaron"), Group::Hidden);
    assert_eq!(group(&filter, "arroz-caldoso-de-mar"), Group::Hidden);
    assert_eq!(group(&filter, "pesca-del-dia"), Group::Ask);
    filter.needs.without = [Allergen::Coconut].into_iter().collect();
    assert_eq!(group(&filter, "enyucado"), Group::Hidden);
    filter.needs.without = Allergens::default();
    filter.needs.diet = Some(Diet::Vegan);
    let vegan = shown(&carte, &filter);
    assert_eq!(vegan.len(), 6, "{vegan:?}");
    assert_eq!(group(&filter, "patacon-con-hogao"), Group::Plain);
    let english = real(Locale::En);
    for (carte, typed, id) in [
        (&carte, "platano", "patacon-con-hogao"),
        (&carte, "PINA", "jugo-de-carambolo-con-pina"),
        (&english, "aubergine", "berenjenas-gratinadas"),
        (&english, "carimanolas beef", "carimanolas-de-posta"),
    ] {
        assert_eq!(shown(carte, &Filter::default().searching(typed)), [id]);
    }
}
