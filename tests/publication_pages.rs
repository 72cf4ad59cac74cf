//! Every publication in both languages: whole, readable without the app, and saying what must be said.
#![cfg(feature = "ssr")]
#![expect(
    clippy::expect_used,
    reason = "the helpers of a test may end it, as the test itself may"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use interno::content::library::Library;
use interno::i18n::Locale;
use interno::pages::publication::{Publication, render};
use interno::routes::Route;

fn content() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"))
}

fn library() -> Library {
    Library::load(content()).expect("the real content")
}

fn every_page() -> Vec<(String, Publication)> {
    let library = library();
    Route::all()
        .filter(|route| route.is_publication())
        .flat_map(|route| Locale::ALL.map(|locale| (route, locale)))
        .map(|(route, locale)| (route.path(locale), render(&library, route, locale)))
        .collect()
}

fn html(route: Route, locale: Locale) -> String {
    render(&library(), route, locale).html
}

/// The page's words alone.
fn words(html: &str) -> String {
    html.split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The values of an attribute, wherever it stands.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    html.split(&format!(" {attribute}=\""))
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
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
    for (path, page) in every_page() {
        let language = path.get(..4).unwrap_or_default();
        for href in values(&page.html, "href")
            .iter()
            .filter(|href| href.starts_with('/'))
        {
            assert!(Route::parse(href).is_some(), "{path}: {href} leads nowhere");
            assert!(
                href.starts_with(language),
                "{path}: {href} changes the language"
            );
        }
    }
}

#[test]
fn places_have_the_same_names_in_both_languages() {
    for route in Route::all().filter(|route| route.is_publication()) {
        let ids = |locale| -> Vec<String> {
            values(&html(route, locale), "id")
                .into_iter()
                .map(str::to_owned)
                .collect()
        };
        let sort = |mut ids: Vec<String>| {
            ids.sort();
            ids
        };
        assert_eq!(sort(ids(Locale::Es)), sort(ids(Locale::En)), "{route:?}");
    }
}

#[test]
fn the_facts_of_the_brief_are_told() {
    for (route, es, en) in [
        (Route::Home, "15 de diciembre de 2016", "15 December 2016"),
        (
            Route::Home,
            "180 cabinas y colchones nuevos",
            "180 cabins and new mattresses",
        ),
        (
            Route::Home,
            "privadas de la libertad",
            "deprived of their liberty",
        ),
        (Route::Story, "15 de diciembre de 2016", "15 December 2016"),
        (Route::Story, "180 cabinas", "180 cabins"),
        (Route::Story, "2018", "World’s 100 Greatest Places of 2018"),
        (Route::Foundation, "Johana Bahamón", "Johana Bahamón"),
        (Route::Foundation, "112.000", "112,000"),
        (Route::SecondChances, "Ley 2208", "Law 2208"),
        (Route::Menu, "$90.000", "COP 90,000"),
        (Route::Visit, "calle del Camposanto", "Calle del Camposanto"),
        (Route::Allies, "SENA", "Universidad Sergio Arboleda"),
        (Route::Press, "El Universal", "W Radio"),
        (Route::Privacy, "independiente", "independent project"),
    ] {
        for (locale, expected) in [(Locale::Es, es), (Locale::En, en)] {
            assert!(
                words(&html(route, locale)).contains(expected),
                "{route:?} {locale}: {expected}"
            );
        }
    }
}

#[test]
fn the_front_page_keeps_two_scenes_three_statements_and_the_list() {
    let html = html(Route::Home, Locale::Es);
    assert_eq!(html.matches("<svg class=\"art gate\"").count(), 1);
    assert!(html.contains("class=\"scene-art\""));
    for title in [
        "A quien le faltó la primera",
        "En la misma mesa",
        "Una cárcel en la lista de TIME",
    ] {
        assert!(html.contains(title), "{title}");
    }
    assert!(html.contains("class=\"time-number\""));
    assert_eq!(html.matches("class=\"door\"").count(), 3);
    assert_eq!(
        html.split("id=\"sources\"")
            .next()
            .map_or(0, |above| above.matches("<li>").count()),
        6 + 3 + 10,
        "ten allies beside six parts and three doors"
    );
}

/// The first way a visitor is offered.
fn first_door(library: &Library, locale: Locale) -> String {
    let html = render(library, Route::Home, locale).html;
    let actions = html
        .split_once("class=\"actions\"")
        .map(|(_, rest)| rest.to_owned());
    values(&actions.expect("the actions"), "href")
        .first()
        .copied()
        .unwrap_or_default()
        .to_owned()
}

/// The content with one text replaced.
fn changed(name: &str, file: &str, from: &str, to: &str) -> Library {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("the content").flatten() {
            if entry.path().is_dir() {
                copy(&entry.path(), &to.join(entry.file_name()));
            } else {
                fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
            }
        }
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("publication")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    copy(content(), &folder);
    let text = fs::read_to_string(folder.join(file)).expect("the file");
    assert!(text.contains(from), "{file} no longer says {from}");
    fs::write(folder.join(file), text.replace(from, to)).expect("the change");
    Library::load(&folder).expect("content that keeps the rules")
}

fn with_status(name: &str, status: &str) -> Library {
    let to = format!("status = \"{status}\"");
    changed(name, "venue.toml", "status = \"paused\"", &to)
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
fn a_second_currency_is_shown_with_its_date() {
    let library = changed(
        "currency",
        "venue.toml",
        "# A second currency is",
        "[currency]\ncode = \"USD\"\ncop_per_unit = 4100.0\nas_of = \"2026-01-31\"\nsource = \"Banco de la República\"\n#",
    );
    let text = words(&render(&library, Route::Menu, Locale::En).html);
    let expected = "About 22 USD, at the rate of 31 January 2026 (Banco de la República).";
    assert!(text.contains(expected), "{text}");
    assert!(!words(&html(Route::Menu, Locale::En)).contains("USD"));
}

#[test]
fn a_paused_house_first_says_how_to_visit_and_books_by_a_second_door() {
    for status in ["paused", "closed"] {
        let library = with_status(status, status);
        for locale in Locale::ALL {
            assert_eq!(first_door(&library, locale), Route::Visit.path(locale));
            let home = render(&library, Route::Home, locale);
            assert!(
                home.html.contains(&format!(
                    "class=\"door\" href=\"{}\"",
                    Route::Book(booking::Step::Party).path(locale)
                )) || home.html.contains(&format!(
                    "href=\"{}\" class=\"door\"",
                    Route::Book(booking::Step::Party).path(locale)
                ))
            );
            for route in [Route::Home, Route::Menu, Route::Visit] {
                let html = render(&library, route, locale).html;
                assert!(html.contains("notice-today"), "{route:?} keeps silent");
                assert!(
                    html.contains(locale.pick(&library.site().notice)),
                    "{route:?}"
                );
            }
            let json = serde_json::to_string(&home.json_ld).expect("JSON");
            assert!(
                json.contains("\"Restaurant\"")
                    && !json.contains("acceptsReservations")
                    && !json.contains("ours"),
                "{json}"
            );
        }
    }
}

#[test]
fn an_open_house_books_first() {
    let library = with_status("open", "open");
    for locale in Locale::ALL {
        assert_eq!(
            first_door(&library, locale),
            Route::Book(booking::Step::Party).path(locale)
        );
        let home = render(&library, Route::Home, locale);
        assert!(!home.html.contains("notice-today"));
        let json = serde_json::to_string(&home.json_ld).expect("JSON");
        assert!(json.contains("acceptsReservations"), "{json}");
    }
}

#[test]
fn the_menu_is_complete_and_promises_nothing() {
    let library = library();
    for (locale, contains, may, unknown, kitchen) in [
        (
            Locale::Es,
            "contiene leche",
            "puede contener gluten, pescado",
            "no declarados",
            "Cualquier plato puede tener trazas",
        ),
        (
            Locale::En,
            "contains milk",
            "may contain gluten, fish",
            "not stated",
            "Any dish may carry traces",
        ),
    ] {
        let page = render(&library, Route::Menu, locale);
        assert_eq!(page.html.matches("<article").count(), 20);
        assert_eq!(page.html.matches("class=\"course\"").count(), 4);
        for expected in [contains, may, unknown, kitchen] {
            assert!(page.html.contains(expected), "{locale}: {expected}");
        }
        let json = serde_json::to_string(&page.json_ld).expect("JSON");
        assert_eq!(json.matches("\"MenuItem\"").count(), 20);
        assert!(!json.contains("suitableForDiet"));
        for promise in [
            "sin gluten",
            "libre de",
            "gluten-free",
            "free from",
            "seguro para",
            "safe for",
        ] {
            assert!(
                !page.html.to_lowercase().contains(promise),
                "{locale}: {promise}"
            );
        }
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

#[test]
fn the_date_of_a_review_is_handed_on() {
    let library = library();
    let page = render(&library, Route::Privacy, Locale::Es);
    assert_eq!(page.updated.as_deref(), Some("2026-11"));
    assert!(words(&page.html).contains("noviembre de 2026"));
    assert_eq!(render(&library, Route::Home, Locale::Es).updated, None);
}

#[test]
fn words_of_another_language_say_so() {
    let html = html(Route::Foundation, Locale::En);
    assert!(html.contains("<span lang=\"es\" translate=\"no\">Crecimiento</span>"));
}
