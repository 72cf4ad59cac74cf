//! Every publication in both languages: whole, readable without the app, and read by machines alike.
#![cfg(feature = "ssr")]

mod publication;
#[path = "publication/status.rs"]
mod status;

use std::collections::BTreeSet;

use interno::content::library::Library;
use interno::i18n::Locale;
use interno::pages::publication::{Publication, render};
use interno::routes::Route;
use publication::{changed, library, values};
use serde_json::Value;

fn every_page() -> Vec<(String, Publication)> {
    let library = library();
    library
        .addresses()
        .iter()
        .filter(|address| address.route().is_publication())
        .flat_map(|address| Locale::ALL.map(|locale| (address, locale)))
        .map(|(address, locale)| {
            let path = address.path(locale).to_owned();
            (path, render(&library, address, locale))
        })
        .collect()
}

/// What is not closed or not opened, read as a browser with no patience would.
fn unbalanced(html: &str) -> Option<String> {
    const VOID: [&str; 4] = ["br", "hr", "img", "input"];
    let mut open: Vec<&str> = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>')?;
        if text.contains('>') {
            return Some(format!("a bare > after <{tag}>"));
        }
        let name = tag.split([' ', '/', '\n']).next().unwrap_or(tag);
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("</{name}> closes nothing"));
            }
        } else if tag.matches('"').count() % 2 == 1 {
            return Some(format!("<{tag}> has an open quote"));
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
        // What the parser would silently move out of a paragraph.
        let inside_p = open.iter().rev().skip(1).any(|name| *name == "p");
        if inside_p
            && ["p", "div", "ul", "ol", "dl", "h2", "h3", "section", "table"].contains(&name)
        {
            return Some(format!("<{name}> inside <p>"));
        }
    }
    open.last().map(|name| format!("<{name}> is never closed"))
}

#[test]
fn the_checker_of_tags_finds_what_is_wrong() {
    assert_eq!(unbalanced("<p>a<br>b</p><svg><path d=\"M0\"/></svg>"), None);
    assert!(unbalanced("<p>a").is_some());
    assert!(unbalanced("<p>a</div>").is_some());
    assert!(unbalanced("<p><div>a</div></p>").is_some());
}

#[test]
fn every_page_is_whole() {
    for (path, page) in every_page() {
        assert_eq!(unbalanced(&page.html), None, "{path}");
        assert_eq!(page.html.matches("<h1").count(), 1, "{path}");
        assert_eq!(page.html.matches("tabindex=\"-1\"").count(), 1, "{path}");
        for left in [
            "{{", "}}", "(fact:", "(page:", "(lang:", "\"fact:", "\"page:", "](", "<!", "{origin}",
            " style=",
        ] {
            assert!(!page.html.contains(left), "{path} still says {left}");
        }
        assert!(page.title.contains("INTERNO"), "{path}: {}", page.title);
        let length = page.description.chars().count();
        assert!(
            (50..=170).contains(&length),
            "{path}: a description of {length} letters"
        );
    }
}

#[test]
fn ids_stand_once_and_links_within_a_page_arrive() {
    for (path, page) in every_page() {
        let ids = values(&page.html, "id");
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "{path}: an id stands twice");
        for target in values(&page.html, "href")
            .iter()
            .filter_map(|href| href.strip_prefix('#'))
        {
            assert!(once.contains(target), "{path}: #{target} leads nowhere");
        }
        for target in values(&page.html, "aria-labelledby") {
            assert!(
                once.contains(target),
                "{path}: nothing is labelled {target}"
            );
        }
    }
}

#[test]
fn links_between_pages_arrive_and_keep_the_language() {
    let pages: BTreeSet<String> = library()
        .addresses()
        .iter()
        .flat_map(|address| Locale::ALL.map(|locale| address.path(locale).to_owned()))
        .collect();
    for (path, page) in every_page() {
        let language = path.get(..4).unwrap_or_default();
        for href in values(&page.html, "href")
            .iter()
            .filter(|href| href.starts_with('/'))
        {
            let target = href.split('#').next().unwrap_or_default();
            assert!(pages.contains(target), "{path}: {href} leads nowhere");
            assert!(
                href.starts_with(language),
                "{path}: {href} changes the language"
            );
        }
    }
}

#[test]
fn places_have_the_same_names_in_both_languages() {
    let library = library();
    for address in library.addresses() {
        let ids = |locale| -> Vec<String> {
            values(&render(&library, &address, locale).html, "id")
                .into_iter()
                .map(str::to_owned)
                .collect()
        };
        let sort = |mut ids: Vec<String>| {
            ids.sort();
            ids
        };
        assert_eq!(sort(ids(Locale::Es)), sort(ids(Locale::En)), "{address:?}");
    }
}

#[test]
fn texts_stay_texts() {
    for (name, file, from, route) in [
        ("title", "es/home.md", "En la misma mesa", Route::Home),
        ("box", "es/home.md", "Tres tiempos", Route::Home),
        ("words", "es/publication.toml", "Ver la carta", Route::Home),
        ("dish", "menu.toml", "Mote de queso", Route::Menu),
        ("ally", "allies.toml", "Takami", Route::Allies),
        ("map", "es/publication.toml", "Getsemaní", Route::Visit),
        ("heading", "es/visit.md", "Cómo llegar", Route::Visit),
    ] {
        let library = changed(name, file, from, "A & \\u003cb> B");
        let html = render(&library, route, Locale::Es).html;
        assert_eq!(unbalanced(&html), None, "{name}");
        assert!(!html.contains("<b> B"), "{name}");
    }
}

#[test]
fn machines_read_what_people_read() {
    let library = library();
    let kinds = |route| -> Vec<String> {
        render(&library, route, Locale::En)
            .json_ld
            .iter()
            .filter_map(|value| value.get("@type")?.as_str().map(str::to_owned))
            .collect()
    };
    assert_eq!(kinds(Route::Home), ["Restaurant"]);
    assert_eq!(kinds(Route::Story), ["BreadcrumbList", "Article"]);
    assert_eq!(kinds(Route::Menu), ["BreadcrumbList", "Menu"]);
    assert_eq!(kinds(Route::Visit), ["BreadcrumbList", "FAQPage"]);
    assert_eq!(kinds(Route::Credits), ["BreadcrumbList"]);
    for (path, page) in every_page() {
        let json = serde_json::to_string(&page.json_ld).expect("JSON");
        for url in json.split("\"item\":\"").skip(1) {
            assert!(url.starts_with("{origin}/"), "{path}: {url}");
        }
        assert!(!json.contains("fact:"), "{path}");
    }
}

/// Walks a value and everything in it.
fn each<'v>(value: &'v Value, visit: &mut dyn FnMut(&'v Value)) {
    visit(value);
    match value {
        Value::Array(values) => values.iter().for_each(|value| each(value, visit)),
        Value::Object(map) => map.values().for_each(|value| each(value, visit)),
        _ => {}
    }
}

#[test]
fn what_machines_read_has_the_shapes_of_the_vocabulary() {
    for (path, page) in every_page() {
        for value in &page.json_ld {
            assert_eq!(value["@context"], "https://schema.org", "{path}");
            each(value, &mut |value| {
                let Value::Object(map) = value else { return };
                assert!(map["@type"].is_string(), "{path}: {value}");
                for key in ["url", "item", "image", "hasMenu", "mainEntityOfPage"] {
                    if let Some(url) = map.get(key) {
                        let url = url.as_str().unwrap_or_default();
                        assert!(url.starts_with("{origin}"), "{path}: {key} {url}");
                    }
                }
            });
            let wanted: &[&str] = match value["@type"].as_str().expect("a type") {
                "Restaurant" => &["name", "url", "image", "address", "hasMenu", "description"],
                "Article" => &[
                    "headline",
                    "image",
                    "author",
                    "publisher",
                    "inLanguage",
                    "mainEntityOfPage",
                ],
                "BreadcrumbList" => &["itemListElement"],
                "FAQPage" => &["mainEntity", "inLanguage"],
                "Menu" => &["name", "url", "hasMenuSection", "inLanguage"],
                "MenuItem" => &["name", "url", "description"],
                other => panic!("{path}: nobody asked for {other}"),
            };
            for key in wanted {
                assert!(!value[key].is_null(), "{path}: {key} is missing");
            }
        }
    }
}

#[test]
fn hours_and_reservations_are_told_to_machines_only_while_the_house_is_open() {
    let restaurant = |library: &Library| {
        let page = render(library, Route::Home, Locale::Es);
        page.json_ld.into_iter().next().expect("a restaurant")
    };
    let promises = |value: &Value| {
        ["acceptsReservations", "openingHoursSpecification"].map(|key| value[key].is_null())
    };
    assert_eq!(promises(&restaurant(&library())), [true, true]);
    let hours = "status = \"paused\"";
    let open = changed("open", "venue.toml", hours, "status = \"open\"");
    assert_eq!(promises(&restaurant(&open)), [false, true]);
    let closed = changed("closed", "venue.toml", hours, "status = \"closed\"");
    assert_eq!(promises(&restaurant(&closed)), [true, true]);
}

#[test]
fn who_wrote_an_article_is_who_runs_the_site() {
    let library = changed(
        "operator",
        "venue.toml",
        "en = \"an independent project\"",
        "en = \"The Foundation\"",
    );
    let page = render(&library, Route::Story, Locale::En);
    let article = page.json_ld.last().expect("an article");
    assert_eq!(article["author"]["name"], "The Foundation");
    assert_eq!(article["publisher"]["@type"], "Organization");
}

/// `boot.js` lets nothing else become HTML, so a page with another element could not be opened by a link.
#[test]
fn every_page_is_made_of_what_may_become_html() {
    let script = include_str!("../public/boot.js");
    let list = script
        .split("const harmless")
        .nth(1)
        .and_then(|rest| rest.split(".split(").next())
        .unwrap();
    let harmless: BTreeSet<&str> = list.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let mut seen = BTreeSet::new();
    for (path, page) in every_page() {
        for tag in page.html.split('<').skip(1) {
            let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next();
            let name = name.unwrap_or_default().to_ascii_lowercase();
            assert!(
                name.is_empty() || harmless.contains(name.as_str()),
                "{path}: <{name}>"
            );
            seen.insert(name);
        }
    }
    assert!(seen.len() > 30, "{seen:?}");
}
