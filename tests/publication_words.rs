//! What the publications say: the facts that must be told, the state of the house, the menu.
#![cfg(feature = "ssr")]
#![expect(
    clippy::expect_used,
    reason = "the helpers of a test may end it, as the test itself may"
)]

mod publication;

use interno::content::library::Library;
use interno::i18n::Locale;
use interno::pages::publication::render;
use interno::routes::Route;
use publication::{changed, library, values};

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
        "A veces la segunda oportunidad es la primera",
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

fn with_status(name: &str, status: &str) -> Library {
    let to = format!("status = \"{status}\"");
    changed(name, "venue.toml", "status = \"paused\"", &to)
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

#[test]
fn who_carries_the_mail_is_told_where_the_operator_says_it() {
    let said = "mail_carrier = { es = \"Los lleva Correo & Cía.\", en = \"Mail & Co. carries it.\" }\nis_foundation";
    let named = changed("mail-carrier", "venue.toml", "is_foundation", said);
    for (locale, carrier, before) in [
        (Locale::Es, "Los lleva Correo &amp; Cía.", "Correos"),
        (Locale::En, "Mail &amp; Co. carries it.", "Mail"),
    ] {
        let told = words(&render(&named, Route::Privacy, locale).html);
        let (_, after) = told.split_once(before).expect("the chapter");
        assert!(after.contains(carrier), "{told}");
        assert_eq!(told.matches(carrier).count(), 1, "{told}");
        assert!(!words(&html(Route::Privacy, locale)).contains(carrier));
    }
}

#[test]
fn what_is_said_of_keeping_is_what_the_server_keeps() {
    let settings = include_str!("../crates/reservation-server/server.toml");
    for (key, es, en) in [
        (
            "\ndietary_days = 1\n",
            "Lo que alguien no puede comer: hasta un día después de la noche.",
            "What anyone cannot eat: until a day after the night.",
        ),
        (
            "\nretention_days = 30\n",
            "platos y nota: hasta treinta días después de la noche.",
            "dishes and note: until thirty days after the night.",
        ),
    ] {
        assert!(settings.contains(key), "the server's default is another");
        for (locale, expected) in [(Locale::Es, es), (Locale::En, en)] {
            let told = words(&html(Route::Privacy, locale)).replace(" : ", ": ");
            let told = told.replace(": ", ":").replace(" :", ":");
            let expected = expected.replace(": ", ":");
            assert!(told.contains(&expected), "{expected}: {told}");
        }
    }
    assert!(
        !settings.contains("\nnote_days"),
        "the note goes with the rest"
    );
}
