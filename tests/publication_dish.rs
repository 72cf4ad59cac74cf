//! A dish's page: whole, reached from the menu and back, and no promise in it, for people or machines.
#![cfg(feature = "ssr")]
#![expect(
    clippy::expect_used,
    reason = "the helpers of a test may end it, as the test itself may"
)]

mod publication;

use std::collections::BTreeSet;

use interno::content::library::Library;
use interno::i18n::Locale;
use interno::pages::publication::{Publication, headline, render};
use interno::routes::{Address, Route};
use publication::{changed, library, values};

fn dishes(library: &Library) -> Vec<Address> {
    let addresses = library.addresses().into_iter();
    addresses
        .filter(|address| address.route() == Route::Dish)
        .collect()
}

/// The page of a dish by its Spanish slug.
fn dish(library: &Library, slug: &str, locale: Locale) -> Publication {
    let path = ["/es/menu/", slug, "/"].concat();
    let address = dishes(library)
        .into_iter()
        .find(|address| address.path(Locale::Es) == path)
        .expect("a dish");
    render(library, &address, locale)
}

/// What stands beside a name in the lists of a page, without its tags.
fn beside(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&["<dt>", name, "</dt><dd class=\"flow\">"].concat())?;
    let (text, _) = rest.split_once("</dd>")?;
    let words = text
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    Some(words.join(" "))
}

#[test]
fn every_dish_is_reached_from_the_menu_and_leads_back_to_its_place() {
    let library = library();
    let dishes = dishes(&library);
    assert!(dishes.len() >= 19, "{}", dishes.len());
    for locale in Locale::ALL {
        let menu = render(&library, Route::Menu, locale).html;
        let links: BTreeSet<&str> = values(&menu, "href").into_iter().collect();
        let places: BTreeSet<&str> = values(&menu, "id").into_iter().collect();
        for address in &dishes {
            let path = address.path(locale);
            assert!(links.contains(path), "the menu does not lead to {path}");
            let page = render(&library, address, locale);
            let back = [&Route::Menu.path(locale), "#"].concat();
            let place = values(&page.html, "href")
                .into_iter()
                .find_map(|href| href.strip_prefix(&back))
                .expect("a way back");
            assert!(places.contains(place), "{path}: no place {place}");
            // The heading the link arrives at is the one that led here.
            let at = menu
                .find(&["id=\"", place, "\""].concat())
                .expect("a place");
            let link = menu.get(at..).and_then(|rest| rest.find(path));
            assert!(link.is_some_and(|far| far < 400), "{path}: {place}");
        }
    }
}

#[test]
fn a_dish_tells_its_three_states_and_all_fourteen() {
    let library = library();
    let page = dish(&library, "carimanolas-de-posta", Locale::En).html;
    let told = |name| beside(&page, name).unwrap_or_default();
    assert_eq!(told("Contains"), "milk");
    assert_eq!(told("May contain"), "gluten fish");
    assert!(told("Not stated").starts_with("crustaceans eggs peanuts"));
    assert!(told("Not stated").contains("ask the kitchen"));
    assert_eq!(told("Diet"), "Not listed as vegetarian or vegan");
    assert_eq!(beside(&page, "Also"), None);
    assert!(page.contains("<h1 tabindex=\"-1\" lang=\"es\" translate=\"no\">"));
    let coconut = dish(&library, "enyucado", Locale::Es).html;
    assert_eq!(beside(&coconut, "Además").as_deref(), Some("lleva coco"));
    assert_eq!(beside(&coconut, "Dieta").as_deref(), Some("Vegetariano"));
    assert_eq!(beside(&coconut, "Temporada"), None);
    for address in dishes(&library) {
        let page = render(&library, &address, Locale::Es).html;
        let states = ["tag-contains", "tag-may", "tag-unknown"];
        let told: usize = states.iter().map(|class| page.matches(class).count()).sum();
        assert_eq!(told, 14, "{address:?}");
        assert!(page.contains("Hay una sola cocina"), "{address:?}");
    }
}

#[test]
fn no_page_of_a_dish_promises_anything() {
    let library = library();
    for address in dishes(&library) {
        for (locale, words) in [
            (Locale::Es, ["libre de", "sin riesgo", "apto para"]),
            (Locale::En, ["free from", " safe", "suitable for"]),
        ] {
            let page = render(&library, &address, locale);
            for word in words {
                assert!(!page.html.contains(word), "{address:?}: {word}");
            }
            let machines = format!("{:?}", page.json_ld);
            assert!(!machines.contains("suitableForDiet"), "{address:?}");
            let item = page.json_ld.last().expect("the dish");
            assert_eq!(item["@type"], "MenuItem");
            let own = ["{origin}", address.path(locale)].concat();
            assert_eq!(item["url"].as_str(), Some(own.as_str()));
            let trail = &page.json_ld[0]["itemListElement"];
            assert_eq!(trail.as_array().map(Vec::len), Some(3));
            let menu = ["{origin}", &Route::Menu.path(locale)].concat();
            assert_eq!(trail[1]["item"].as_str(), Some(menu.as_str()));
            assert_eq!(trail[2]["item"].as_str(), Some(own.as_str()));
            assert!(!headline(&library, &address, locale).is_empty());
        }
    }
}

#[test]
fn a_season_is_told_in_words() {
    let say = "say = \"en-yoo-KAH-doh\"";
    for (name, season, es, en) in [
        (
            "over",
            "11-02",
            "De noviembre a febrero",
            "November to February",
        ),
        ("one", "08-08", "Agosto", "August"),
    ] {
        let season = format!("{say}\nseason = \"{season}\"");
        let library = changed(&["season-", name].concat(), "menu.toml", say, &season);
        let told = |locale, name| beside(&dish(&library, "enyucado", locale).html, name);
        assert_eq!(told(Locale::Es, "Temporada").as_deref(), Some(es));
        assert_eq!(told(Locale::En, "Season").as_deref(), Some(en));
    }
}
