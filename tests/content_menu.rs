//! The menu's rules: unknown ids, dishes that contradict themselves and impossible sets are told.
#![cfg(feature = "ssr")]

mod content;

use std::fs;

use content::{copy, problems, told};

#[test]
fn an_unknown_id_in_the_menu_is_told() {
    told(
        "allergen",
        "menu.toml",
        "contains = [\"fish\", \"eggs\", \"mustard\"]",
        "contains = [\"fish\", \"egg\", \"mustard\"]",
        "there is no allergen \"egg\"",
    );
    told(
        "term",
        "menu.toml",
        "terms = [\"patacon\", \"hogao\"]",
        "terms = [\"patacones\"]",
        "there is no term \"patacones\"",
    );
    told(
        "course",
        "menu.toml",
        "course = \"main\"",
        "course = \"mains\"",
        "there is no course \"mains\"",
    );
}

#[test]
fn a_dish_that_contradicts_itself_is_told() {
    told(
        "both-lists",
        "menu.toml",
        "may_contain = [\"fish\", \"celery\"]",
        "may_contain = [\"crustaceans\"]",
        "both contains and may contain \"crustaceans\"",
    );
    told(
        "vegan",
        "menu.toml",
        "diets = [\"vegetarian\"]",
        "diets = [\"vegan\"]",
        "is said to be vegan and contains \"milk\"",
    );
    told(
        "vegan-by-allergen",
        "menu.toml",
        "diets = []",
        "diets = [\"vegetarian\", \"vegan\"]",
        "is said to be vegan and contains \"milk\"",
    );
}

#[test]
fn a_set_that_cannot_be_composed_is_told() {
    let folder = copy("set");
    let path = folder.join("menu.toml");
    let text = fs::read_to_string(&path).expect("the menu");
    fs::write(
        &path,
        text.replace("course = \"dessert\"\nname", "course = \"drink\"\nname"),
    )
    .expect("the fault");
    let found = problems(&folder);
    let line = 1 + text
        .lines()
        .position(|line| line.starts_with("courses = ["))
        .expect("the set");
    let expected = format!("menu.toml:{line}: the set \"dinner\" cannot be composed");
    assert!(
        found.iter().any(|problem| problem.contains(&expected)),
        "{found:?}"
    );
}
