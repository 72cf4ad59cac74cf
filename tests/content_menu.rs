//! The menu's rules: unknown ids, dishes that contradict themselves and impossible sets are told.
#![cfg(feature = "ssr")]

mod content;

use std::fs;

use content::{copy, plant, problems, real, told};

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
fn allergens_are_the_ones_the_filter_knows() {
    let (found, line) = plant(
        "allergen-renamed",
        "menu.toml",
        "id = \"lupin\"",
        "id = \"lupine\"",
    );
    let list = 1 + fs::read_to_string(real().join("menu.toml"))
        .expect("the menu")
        .lines()
        .position(|line| line == "[[allergen]]")
        .expect("a list of allergens");
    for expected in [
        format!("menu.toml:{line}: the menu's filter knows no allergen \"lupine\""),
        format!("menu.toml:{list}: the allergen \"lupin\" is missing"),
    ] {
        assert!(
            found.iter().any(|problem| problem.contains(&expected)),
            "{expected}: {found:?}"
        );
    }
    assert_eq!(found.len(), 2, "{found:?}");
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
fn a_diet_that_the_recipe_contradicts_is_told() {
    // Aubergine under cheese: the allergen and both names of the ingredient are told.
    let (found, _) = plant(
        "vegan-cheese",
        "menu.toml",
        "may_contain = [\"gluten\"]\ninfo = []\ndiets = [\"vegetarian\"]",
        "may_contain = [\"gluten\"]\ninfo = []\ndiets = [\"vegan\"]",
    );
    for words in [
        "contains \"milk\"",
        "is made of \"queso\"",
        "is made of \"cheese\"",
    ] {
        let expected = format!("\"berenjenas-gratinadas\" is said to be vegan and {words}");
        assert!(
            found.iter().any(|problem| problem.ends_with(&expected)),
            "{expected}: {found:?}"
        );
    }
    assert_eq!(found.len(), 3, "{found:?}");
    // The allergens of the recipe say nothing of beef.
    told(
        "vegetarian-beef",
        "menu.toml",
        "diets = []\nspice = 0\nprovenance = \"documented\"\nsay = \"POHS-tah",
        "diets = [\"vegetarian\"]\nspice = 0\nprovenance = \"documented\"\nsay = \"POHS-tah",
        "is said to be vegetarian and is made of \"carne de res\"",
    );
    told(
        "vegetarian-seafood",
        "menu.toml",
        "diets = []\nspice = 0\nprovenance = \"documented\"\nsay = \"ah-RROHS kahl",
        "diets = [\"vegetarian\"]\nspice = 0\nprovenance = \"documented\"\nsay = \"ah-RROHS kahl",
        "is said to be vegetarian and contains \"molluscs\"",
    );
}

#[test]
fn a_slug_that_cannot_stand_in_an_address_is_told() {
    let slug = "slug = { es = \"mote-de-queso\", en = \"mote-de-queso\" }";
    for (name, bad) in [
        ("accent", "mote-de-ñame"),
        ("capital", "Mote-de-queso"),
        ("space", "mote de queso"),
        ("edge", "mote-"),
        ("double", "mote--queso"),
        ("slash", "mote/queso"),
    ] {
        told(
            name,
            "menu.toml",
            slug,
            &format!("slug = {{ es = \"{bad}\", en = \"mote-de-queso\" }}"),
            &format!("the slug \"{bad}\" may only have"),
        );
    }
    told(
        "bad-id",
        "menu.toml",
        "id = \"mote-de-queso\"",
        "id = \"Mote\"",
        "the id \"Mote\" may only have",
    );
}

#[test]
fn what_stands_twice_is_told_where_it_stands_again() {
    // The line is that of the slug, though the dish's id says the same word.
    told(
        "slug-twice",
        "menu.toml",
        "slug = { es = \"enyucado\", en = \"enyucado\" }",
        "slug = { es = \"enyucado\", en = \"mote-de-queso\" }",
        "the slug \"mote-de-queso\" is there twice",
    );
    told(
        "dish-twice",
        "menu.toml",
        "id = \"enyucado\"\nslug",
        "id = \"mote-de-queso\"\nslug",
        "the dish \"mote-de-queso\" is there twice",
    );
    told(
        "allergen-twice",
        "menu.toml",
        "contains = [\"fish\", \"eggs\", \"mustard\"]",
        "contains = [\"fish\", \"eggs\", \"fish\"]",
        "contains names \"fish\" twice",
    );
    told(
        "place-twice",
        "menu.toml",
        "id = \"enyucado\"\nslug",
        "id = \"glossary\"\nslug",
        "another place \"glossary\"",
    );
}

#[test]
fn a_dish_that_is_not_whole_in_both_languages_is_told() {
    for (name, from, to, words) in [
        (
            "slug-en",
            "slug = { es = \"enyucado\", en = \"enyucado\" }",
            "slug = { es = \"enyucado\" }",
            "the translation slug.en is missing",
        ),
        (
            "description-es",
            "description = { es = \"Torta de yuca y coco, con queso y anís.\", en",
            "description = { es = \" \", en",
            "the translation description.es is missing",
        ),
        (
            "gloss",
            "gloss = { en = \"Yam and cheese soup\" }",
            "gloss = { en = \"\" }",
            "the translation gloss.en is missing",
        ),
        (
            "ingredients-en",
            "ingredients = { es = [\"vino\"], en = [\"wine\"] }",
            "ingredients = { es = [\"vino\"] }",
            "the translation ingredients.en is missing",
        ),
        (
            "ingredient-blank",
            "ingredients = { es = [\"vino\"], en = [\"wine\"] }",
            "ingredients = { es = [\"\"], en = [\"wine\"] }",
            "the translation ingredients.es is missing",
        ),
        (
            "ingredients-count",
            "en = [\"wine\"] }",
            "en = [\"wine\", \"grapes\"] }",
            "the ingredients of \"vino-por-copa\" differ",
        ),
        (
            "say",
            "say = \"en-yoo-KAH-doh\"",
            "say = \"\"",
            "say is missing",
        ),
        (
            "allergen-en",
            "name = { es = \"altramuces\", en = \"lupin\" }",
            "name = { es = \"altramuces\" }",
            "the translation name.en is missing",
        ),
        (
            "term-en",
            "en = \"A stew in coconut milk.\"",
            "",
            "the translation term.en is missing",
        ),
    ] {
        let (found, line) = plant(name, "menu.toml", from, to);
        // A term's meaning is told at its name, two lines above.
        let line = if name == "term-en" { line - 2 } else { line };
        let place = format!("menu.toml:{line}: ");
        assert!(
            found.len() == 1
                && found
                    .iter()
                    .all(|problem| problem.contains(&place) && problem.contains(words)),
            "{place}{words}: {found:?}"
        );
    }
}

#[test]
fn a_season_that_is_none_is_told() {
    let say = "say = \"en-yoo-KAH-doh\"";
    for (name, season) in [
        ("season-words", "verano"),
        ("season-month", "00-06"),
        ("season-thirteen", "11-13"),
        ("season-short", "3-6"),
        ("season-one", "03"),
    ] {
        let (found, line) = plant(
            name,
            "menu.toml",
            say,
            &format!("{say}\nseason = \"{season}\""),
        );
        let expected = format!("menu.toml:{}: season is not two months", line + 1);
        assert!(
            found.len() == 1 && found.iter().all(|problem| problem.contains(&expected)),
            "{found:?}"
        );
    }
    for season in ["03-06", "11-02", "08-08"] {
        let (found, _) = plant(
            "season",
            "menu.toml",
            say,
            &format!("{say}\nseason = \"{season}\""),
        );
        assert_eq!(found, [""; 0], "{season}");
    }
}

#[test]
fn a_drawing_that_there_is_not_is_told() {
    told(
        "dish-art",
        "menu.toml",
        "art = \"plate-main\"",
        "art = \"plate-posta\"",
        "there is no drawing content/art/plate-posta.svg",
    );
}

#[test]
fn a_set_without_courses_or_price_is_told() {
    let courses = "courses = [\"starter\", \"main\", \"dessert\", \"drink\"]";
    for (name, to, words) in [
        ("no-courses", "courses = []", "it has no courses"),
        (
            "course-twice",
            "courses = [\"starter\", \"main\", \"main\"]",
            "the course \"main\" is there twice",
        ),
        (
            "course-unknown",
            "courses = [\"starter\", \"cheese\"]",
            "there is no course \"cheese\"",
        ),
    ] {
        told(name, "menu.toml", courses, to, words);
    }
    told(
        "no-price",
        "menu.toml",
        "price_cop = 90000",
        "price_cop = 0",
        "the set \"dinner\" has no price",
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
