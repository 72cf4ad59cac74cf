//! The head of every page: awning, name, ways, language.

use booking::Step;
use leptos::prelude::*;

use super::element::{Element, element};
use super::part::Part;
use crate::i18n::Locale;
use crate::platform::following::follow;
use crate::platform::location::Place;
use crate::routes::{Address, Route};

/// The head of every page. `place` lets the language switch keep query and fragment; `open` says
/// whether booking is the first thing to do, or a secondary door.
pub fn header(address: Address, locale: Locale, place: Signal<Place>, open: bool) -> Part {
    let words = locale.messages();
    let route = address.route();
    // A page read for its own sake wears the wide awning; the wizard a quiet one; home hangs it on the wall.
    let class = match route {
        Route::Home => "header header-wall",
        _ if route.is_app() => "header header-quiet",
        _ => "header",
    };
    let book = if open {
        "button button-small header-book"
    } else {
        "button button-small button-line header-book"
    };
    let row = element("div")
        .class("header-row wrap")
        .inner(
            element("a")
                .class("wordmark")
                .with("href", &Route::Home.path(locale))
                .text(words.site.name),
        )
        .inner(ways(route, locale))
        .inner(
            element("a")
                .class(book)
                .with("href", &Route::Book(Step::Party).path(locale))
                .text(words.nav.book),
        )
        .inner(language(&address, locale, place));
    element("header")
        .class(class)
        .inner(element("div").class("awning").with("aria-hidden", "true"))
        .inner(row)
        .part()
}

fn ways(route: Route, locale: Locale) -> Element {
    let words = &locale.messages().nav;
    let link = |class: Option<&str>, target: Route, label: &str| {
        let current = match route {
            _ if target == route => Some("page"),
            // A dish is a page of the menu.
            Route::Dish if target == Route::Menu => Some("true"),
            _ => None,
        };
        let link = element("a")
            .with("href", &target.path(locale))
            .with_some("aria-current", current)
            .text(label);
        element("li").with_some("class", class).inner(link)
    };
    let more = element("a")
        .with("href", "#pages")
        .with("rel", "external")
        .text(words.more);
    let list = element("ul")
        .inner(link(None, Route::Story, words.story))
        .inner(link(
            Some("nav-wide"),
            Route::SecondChances,
            words.second_chances,
        ))
        .inner(link(None, Route::Menu, words.menu))
        .inner(link(None, Route::Visit, words.visit_short))
        .inner(link(
            Some("nav-narrow"),
            Route::Book(Step::Party),
            words.book,
        ))
        .inner(element("li").class("nav-narrow").inner(more));
    element("nav")
        .class("nav")
        .with("aria-label", words.main)
        .inner(list)
}

/// The same page in the other language, with whatever the address carries.
fn language(address: &Address, locale: Locale, place: Signal<Place>) -> Element {
    // The prerendered page knows no query: the address is taken over once the page is alive.
    let alive = RwSignal::new(false);
    follow(move || alive.set(true));
    let href = move |path: &str| {
        let mut href = path.to_owned();
        if alive.get() {
            place.with(|place| {
                for (mark, part) in [("?", &place.query), ("#", &place.fragment)] {
                    if !part.is_empty() {
                        href.push_str(mark);
                        href.push_str(part);
                    }
                }
            });
        }
        Some(href)
    };
    let entry = |target: Locale, short: &str, name: &str| {
        let path = address.path(target).to_owned();
        let link = element("a")
            .live("href", move || href(&path))
            .with("lang", target.code())
            .with("hreflang", target.code())
            .with_some("aria-current", (target == locale).then_some("true"))
            .inner(element("span").with("aria-hidden", "true").text(short))
            .inner(element("span").class("visually-hidden").text(name));
        element("li").inner(link)
    };
    let list = element("ul")
        .inner(entry(Locale::Es, "ES", "Español"))
        .inner(entry(Locale::En, "EN", "English"));
    element("nav")
        .class("language")
        .with("aria-label", locale.messages().nav.language)
        .inner(list)
}
