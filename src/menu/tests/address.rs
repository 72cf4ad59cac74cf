use proptest::prelude::*;

use super::table::table;
use super::{carte, courses, filter};
use crate::content::Allergen;
use crate::i18n::Locale;
use crate::menu::filter::LONGEST_SEARCH;
use crate::menu::table::MOST_GUESTS;
use crate::menu::{Allergens, Carte, Diet, Dish, Filter, Needs, Table};

fn locale() -> impl Strategy<Value = Locale> {
    proptest::sample::select(&Locale::ALL[..])
}

/// Pieces of addresses in any order: nearer to the truth than any string, and more mischievous.
fn nonsense() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "?",
        "#",
        "&",
        "=",
        ",",
        "-",
        "%",
        "%2",
        "%C3",
        "%C3%B1",
        "%00",
        "%zz",
        "+",
        "sin",
        "without",
        "dieta",
        "diet",
        "buscar",
        "search",
        "mesa",
        "table",
        "mariscos",
        "milk",
        "leche",
        "vegan",
        "vegetariana",
        "1",
        "2",
        "8",
        "9",
        "0",
        "99999999999999999999",
        "-1",
        "dish-1",
        "dish-2",
        "ñ",
    ]);
    let list = proptest::collection::vec(pieces, 0..30).prop_map(|pieces| pieces.concat());
    prop_oneof![list, any::<String>()]
}

/// The table of a fragment; where it tells of none, the one that a page starts with.
fn read(fragment: &str, carte: &Carte) -> Table {
    Table::from_fragment(fragment, carte).unwrap_or_else(|| Table::new(carte, 1))
}

/// Whether an address can be put behind its sign as it is.
fn is_clean(text: &str) -> bool {
    let bytes = text.bytes();
    bytes
        .into_iter()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~%=&,".contains(&byte))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_filter_comes_back_from_its_address(filter in filter(), written in locale()) {
        let query = filter.to_query(written);
        prop_assert!(is_clean(&query), "{}", query);
        prop_assert_eq!(query.is_empty(), filter.is_empty());
        prop_assert_eq!(&Filter::from_query(&query), &filter);
        prop_assert_eq!(&Filter::from_query(&["?", &query].concat()), &filter);
    }

    #[test]
    fn a_table_comes_back_from_its_address_but_for_anybodys_needs(
        (carte, table) in table(),
        written in locale(),
    ) {
        let fragment = table.to_fragment(&carte, written);
        prop_assert!(is_clean(&fragment), "{}", fragment);
        let mut needless = table.clone();
        for guest in 0..MOST_GUESTS {
            needless.need(guest, Needs::default());
        }
        prop_assert_eq!(&read(&fragment, &carte), &needless);
        // Nothing of the address hangs on what was left out.
        prop_assert_eq!(needless.to_fragment(&carte, written), fragment);
    }

    #[test]
    fn any_text_is_a_filter_and_a_table(text in nonsense(), carte in carte(), written in locale()) {
        let filter = Filter::from_query(&text);
        prop_assert!(filter.search.chars().count() <= LONGEST_SEARCH);
        prop_assert_eq!(&Filter::from_query(&filter.to_query(written)), &filter);
        let table = read(&text, &carte);
        prop_assert!((1..=MOST_GUESTS).contains(&table.guests().len()));
        let fragment = table.to_fragment(&carte, written);
        prop_assert_eq!(&read(&fragment, &carte), &table);
    }
}

#[test]
fn filters_are_written_in_the_words_of_the_page() {
    let mut filter = Filter::default().searching("piña & coco");
    filter.needs.diet = Some(Diet::Vegan);
    filter.needs.without = Allergens::SEAFOOD;
    filter.needs.without.insert(Allergen::Milk);
    assert_eq!(
        filter.to_query(Locale::Es),
        "dieta=vegana&sin=mariscos,leche&buscar=pi%C3%B1a%20%26%20coco"
    );
    assert_eq!(
        filter.to_query(Locale::En),
        "diet=vegan&without=seafood,milk&search=pi%C3%B1a%20%26%20coco"
    );
}

#[test]
fn what_people_write_by_hand_is_understood() {
    for (query, needs, search) in [
        ("sin=Crustáceos&sin=leche", "crustaceans milk", ""),
        ("?without=milk,%20eggs&utm_source=x", "milk eggs", ""),
        ("sin=seafood", "crustaceans molluscs", ""),
        ("sin=sal,pimienta", "", ""),
        ("buscar=arroz+con%20coco", "", "arroz con coco"),
        ("search=100%&search=%F0%9F", "", "\u{fffd}"),
        ("search=100%", "", "100%"),
        ("sin", "", ""),
    ] {
        let filter = Filter::from_query(query);
        let ids: Vec<&str> = needs.split_whitespace().collect();
        let without: Allergens = ids.into_iter().filter_map(Allergen::from_id).collect();
        assert_eq!(filter.needs.without, without, "{query}");
        assert_eq!(filter.search, search, "{query}");
    }
    for (query, diet) in [
        ("dieta=vegana", Some(Diet::Vegan)),
        ("dieta=Vegano", Some(Diet::Vegan)),
        ("diet=vegetarian&dieta=vegana", Some(Diet::Vegan)),
        ("diet=vegetarian", Some(Diet::Vegetarian)),
        ("diet=meat", None),
    ] {
        assert_eq!(Filter::from_query(query).needs.diet, diet, "{query}");
    }
}

#[test]
fn a_table_is_as_near_to_its_address_as_can_be() {
    let dish = |id: &str, course: &str| Dish {
        id: id.to_owned(),
        course: course.to_owned(),
        ..Dish::default()
    };
    let carte = Carte {
        courses: courses(&["starter", "main"]),
        price: 90_000,
        dishes: vec![
            dish("soup", "starter"),
            dish("fish", "main"),
            dish("wine", "drink"),
        ],
        ..Carte::default()
    };
    for (fragment, guests, written) in [
        ("", 1, ""),
        ("mesa=0", 1, ""),
        ("mesa=99", 8, "mesa=8"),
        ("mesa=99999999999999999999999", 8, "mesa=8"),
        ("mesa=-3", 1, ""),
        ("table=2&1=fish,soup", 2, "mesa=2&1=soup,fish"),
        ("3=soup", 3, "mesa=3&3=soup"),
        ("mesa=2&3=soup&1=wine,cake", 2, "mesa=2"),
        ("9=soup&0=soup&x=soup", 1, ""),
        ("1=soup&1-without=milk", 1, "1=soup"),
    ] {
        let table = read(fragment, &carte);
        assert_eq!(table.guests().len(), guests, "{fragment}");
        let again = table.to_fragment(&carte, Locale::Es);
        assert_eq!(again, written, "{fragment}");
    }
    for no_table in ["", "#dessert", "r=abc&t=secret", "9=soup", "mesa=x"] {
        assert_eq!(Table::from_fragment(no_table, &carte), None, "{no_table}");
    }
}
