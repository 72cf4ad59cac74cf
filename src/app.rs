//! Providers, router, page frame.

use booking::Step;
use leptos::prelude::*;

use leptos::task::spawn_local;

use crate::booking::carte::Cartes;
use crate::booking::manage::ManageSession;
use crate::booking::session::Session;
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live};
use crate::components::{footer::footer, header::header};
use crate::content::{Site, VenueState};
use crate::i18n::Locale;
use crate::pages::fragment::{self, Fragment};
use crate::pages::{book, fragment::fragment_page, manage, menu::menu_page, status, words};
use crate::platform::location::{Location, Place};
use crate::platform::{following, page, parts, reading, storage};
use crate::routes::{Address, Route};

/// Where `public/language.js` finds the language chosen before.
const LANGUAGE: &str = "interno.language";

/// What `boot.js` calls the styles of all that the page at hand did not bring.
const LOOKS: &str = "style";

/// What is on show.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    locale: Locale,
    address: Address,
    /// The HTML of a publication; empty when it stands in the page already.
    fragment: Fragment,
}

/// The app.
pub fn app() -> Part {
    let location = Location::start();
    let session = Session::new(location);
    provide_context(location);
    provide_context(session);
    provide_context(ManageSession::new(session));
    provide_context(Cartes::new());
    let data = page::embedded_data();
    let site = use_context::<Site>()
        .or_else(|| data.as_deref().map(Site::from_json))
        .unwrap_or_default();
    provide_context(site.clone());
    let open = site.state == VenueState::Open;
    let place = location.place();
    let fragment = use_context::<Fragment>()
        .or_else(|| data.as_deref().map(Fragment::standing))
        .unwrap_or_default();
    let first = first_page(location, fragment);
    if let Some(words) = page::words() {
        first.locale.learn(words.leak());
    }
    bring_other(&first);
    let shown = RwSignal::new(first);
    follow(location, shown);
    reading::start();
    // What a page reads while it is made is no reason to make it again.
    let frame = live(move || {
        let shown = shown.get();
        untrack(|| whole_page(shown, place, open, &site))
    });
    let said = element("p")
        .class("visually-hidden")
        .with("role", "status")
        .with("aria-live", "polite")
        .live_text(move || session.announcement().get());
    [frame, said.part()].part()
}

fn whole_page(shown: Shown, place: Signal<Place>, open: bool, site: &Site) -> Part {
    let Shown {
        locale,
        address,
        fragment,
    } = shown;
    let page = match address.route() {
        Route::Book(step) => book::door::page(step, locale),
        Route::Manage => manage::door::page(locale),
        Route::Menu => menu_page(fragment, locale),
        Route::Status => status::door::page(fragment, locale),
        _ => fragment_page(fragment),
    };
    let skip = element("a")
        .class("skip")
        .with("href", "#content")
        .with("rel", "external")
        .text(locale.messages().site.skip);
    [
        skip.part(),
        header(address, locale, place, open),
        page,
        footer(locale, site),
    ]
    .part()
}

/// The part of the program that a page needs.
pub fn part_of(route: Route) -> Option<&'static str> {
    match route {
        Route::Book(Step::Party) => Some("booking"),
        Route::Book(_) => Some("later"),
        Route::Manage => Some("manage"),
        Route::Status => Some("status"),
        _ => None,
    }
}

/// The part of the program that the page in the address bar needs.
pub fn part_of_first() -> Option<&'static str> {
    let (_, route) = Route::parse(&page::path())?;
    part_of(route)
}

/// The page the app starts on: the prerenderer's, or the one in the address bar.
fn first_page(location: Location, fragment: Fragment) -> Shown {
    let path = location.place().with_untracked(|place| place.path.clone());
    let (locale, route) = Route::parse(&path).unwrap_or((Locale::Es, Route::Home));
    shown_at(locale, route, &path, fragment)
}

fn shown_at(locale: Locale, route: Route, path: &str, fragment: Fragment) -> Shown {
    Shown {
        locale,
        address: Address::at(locale, route, path, fragment.twin.as_deref()),
        fragment,
    }
}

/// Follows the address bar. A page changes when its content is there, as when a browser loads one.
fn follow(location: Location, shown: RwSignal<Shown>) {
    let place = location.place();
    let mut before = None;
    following::follow(move || {
        let path = place.get().path;
        let left = before.replace(path.clone());
        if left.is_none() || left.as_ref() == Some(&path) {
            return;
        }
        let Some((locale, route)) = Route::parse(&path) else {
            return page::load(&path);
        };
        if route.is_publication() || !locale.is_known() || part_of(route).is_some() {
            spawn_local(async move {
                if part_of(route).is_some() {
                    // Should its part not come, it is this page that is loaded again.
                    location.arrived();
                }
                match fetched(locale, route, &path).await {
                    Some(next) => show(location, shown, next),
                    // Offline or just deployed anew: the browser itself knows best what to say.
                    None => page::load(&path),
                }
            });
        } else {
            let next = shown_at(locale, route, &path, Fragment::default());
            show(location, shown, next);
        }
    });
}

/// A booking is read on in the other language even where the network is gone by then.
fn bring_other(shown: &Shown) {
    let other = shown.locale.other();
    if shown.address.route().is_app() && !other.is_known() {
        spawn_local(async move {
            // Asked for again with the page, should it not come now.
            let _ = words::learn(other).await;
        });
    }
}

/// A page with what it needs from elsewhere: the words of its language, and what editors wrote.
async fn fetched(locale: Locale, route: Route, path: &str) -> Option<Shown> {
    words::learn(locale).await?;
    parts::bring(part_of(route).unwrap_or(LOOKS)).await;
    let fragment = if route.is_publication() {
        fragment::fetch(path).await?
    } else {
        Fragment::default()
    };
    Some(shown_at(locale, route, path, fragment))
}

fn show(location: Location, shown: RwSignal<Shown>, next: Shown) {
    if !is_wanted(location, &next) {
        return;
    }
    // The same page in the other language is read on where it was.
    let (same, language) =
        shown.with_untracked(|before| (before.address == next.address, before.locale));
    if language != next.locale {
        // A choice, not a guess: the crossroads at `/` leads here from now on.
        storage::write_lasting(LANGUAGE, Some(next.locale.code()));
    }
    if !next.address.route().is_publication() {
        return enter(location, shown, next, None);
    }
    let translated = same && language != next.locale;
    let back = reading::returned_to(next.address.path(next.locale));
    let entry = back.or_else(|| translated.then(reading::place).flatten());
    page::change_scene(move || {
        // A scene begins a frame later: a quick second tap may have led elsewhere meanwhile.
        if is_wanted(location, &next) {
            enter(location, shown, next, entry);
        }
    });
}

/// Whether the address bar still asks for this page.
fn is_wanted(location: Location, next: &Shown) -> bool {
    let path = next.address.path(next.locale).trim_end_matches('/');
    location
        .place()
        .with_untracked(|place| place.path.trim_end_matches('/') == path)
}

fn enter(location: Location, shown: RwSignal<Shown>, next: Shown, entry: Option<reading::Entry>) {
    bring_other(&next);
    page::set_language(next.locale.code());
    if let Some(title) = &next.fragment.title {
        page::set_title(title);
    }
    shown.set(next);
    location.arrived();
    if let Some(entry) = entry {
        return reading::enter_soon(entry);
    }
    location
        .place()
        .with_untracked(|place| page::enter_soon(&place.fragment));
}
