//! The head of every page: awning, name, ways, language.

use booking::Step;
use leptos::prelude::*;

use super::part::text;
use crate::i18n::Locale;
use crate::platform::location::Place;
use crate::routes::{Address, Route};

/// The head of every page. `place` lets the language switch keep query and fragment; `open` says
/// whether booking is the first thing to do, or a secondary door.
#[component]
pub fn Header(address: Address, locale: Locale, place: Signal<Place>, open: bool) -> impl IntoView {
    let words = locale.messages();
    let route = address.route();
    let link = move |target: Route, label: &'static str| {
        let current = match route {
            _ if target == route => Some("page"),
            // A dish is a page of the menu.
            Route::Dish if target == Route::Menu => Some("true"),
            _ => None,
        };
        view! { <a href=target.path(locale) aria-current=current>{label}</a> }
    };
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
    view! {
        <header class=class>
            <div class="awning" aria-hidden="true"></div>
            <div class="header-row wrap">
                <a class="wordmark" href=Route::Home.path(locale)>{words.site.name}</a>
                <nav class="nav" aria-label=words.nav.main>
                    <ul>
                        <li>{link(Route::Story, words.nav.story)}</li>
                        <li class="nav-wide">{link(Route::SecondChances, words.nav.second_chances)}</li>
                        <li>{link(Route::Menu, words.nav.menu)}</li>
                        <li>{link(Route::Visit, words.nav.visit_short)}</li>
                        <li class="nav-narrow">{link(Route::Book(Step::Party), words.nav.book)}</li>
                        <li class="nav-narrow">
                            <a href="#pages" rel="external">{words.nav.more}</a>
                        </li>
                    </ul>
                </nav>
                <a class=book href=Route::Book(Step::Party).path(locale)>
                    {words.nav.book}
                </a>
                <Language address locale place/>
            </div>
        </header>
    }
}

/// The same page in the other language, with whatever the address carries.
#[component]
fn Language(address: Address, locale: Locale, place: Signal<Place>) -> impl IntoView {
    // The prerendered page knows no query: the address is taken over once the page is alive.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
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
        href
    };
    let entry = |target: Locale, short: &'static str, name: &'static str| {
        let path = address.path(target).to_owned();
        view! {
            <li>
                <a
                    href=text(move || href(&path))
                    lang=target.code()
                    hreflang=target.code()
                    aria-current=(target == locale).then_some("true")
                >
                    <span aria-hidden="true">{short}</span>
                    <span class="visually-hidden">{name}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="language" aria-label=locale.messages().nav.language>
            <ul>
                {entry(Locale::Es, "ES", "Español")}
                {entry(Locale::En, "EN", "English")}
            </ul>
        </nav>
    }
}
