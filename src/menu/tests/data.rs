use proptest::prelude::*;
use serde_json::{Value, json};

use super::carte;
use crate::content::Allergen;
use crate::menu::{Allergens, Carte, Filter, Group};

/// Any JSON, with names that a menu has.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z]{0,6}".prop_map(Value::from),
    ];
    let name = proptest::sample::select(vec![
        "courses",
        "price",
        "dishes",
        "id",
        "contains",
        "mayContain",
        "diet",
        "extra",
    ]);
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((name.clone(), inner), 0..6).prop_map(|entries| {
                let entries = entries
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value));
                Value::Object(entries.collect())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_a_page_carries_is_what_the_browser_reads(carte in carte()) {
        let text = carte.to_json().to_string();
        let value: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(Carte::from_json(&value), carte);
    }

    #[test]
    fn anything_is_read_as_some_menu(value in anything()) {
        for dish in Carte::from_json(&value).dishes {
            prop_assert!(!dish.id.is_empty());
        }
    }
}

#[test]
fn what_cannot_be_read_may_contain_anything() {
    let mut filter = Filter::default();
    filter.needs.without.insert(Allergen::Milk);
    for dish in [
        json!({ "id": "a" }),
        json!({ "id": "a", "contains": [] }),
        json!({ "id": "a", "contains": "milk", "mayContain": [] }),
        json!({ "id": "a", "contains": ["unheard-of"], "mayContain": [] }),
        json!({ "id": "a", "contains": [], "mayContain": ["eggs", 7] }),
    ] {
        let carte = Carte::from_json(&json!({ "dishes": [dish] }));
        assert_eq!(carte.dishes[0].may_contain, Allergens::all(), "{dish}");
        assert_eq!(filter.group(&carte.dishes[0]), Group::MayContain, "{dish}");
    }
    let stated = json!({ "dishes": [{ "id": "a", "contains": [], "mayContain": [] }, {}, 7] });
    let carte = Carte::from_json(&stated);
    assert_eq!(carte.dishes.len(), 1);
    assert_eq!(filter.group(&carte.dishes[0]), Group::Ask);
    assert_eq!(Carte::from_json(&Value::Null), Carte::default());
}

#[cfg(feature = "ssr")]
#[test]
fn the_real_menu_is_carried_whole() {
    use crate::i18n::Locale;

    for locale in Locale::ALL {
        let carte = super::real(locale);
        assert_eq!(Carte::from_json(&carte.to_json()), carte);
        assert_eq!(carte.courses.len(), 4);
        assert_eq!(carte.price, 90_000);
        assert!(carte.dishes.len() >= 19);
        assert!(carte.dishes.iter().all(|dish| !dish.search.is_empty()));
    }
}
