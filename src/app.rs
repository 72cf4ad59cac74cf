//! Providers, router, page frame.

use leptos::prelude::*;

use crate::components::part::{IntoPart, live, text};
use leptos::task::spawn_local;

use crate::booking::manage::ManageSession;
use crate::booking::session::Session;
use crate::components::{footer::Footer, header::Header};
use crate::content::{Site, VenueState};
use crate::i18n::Locale;
use crate::pages::fragment::{self, Fragment};
use crate::pages::{book::BookPage, fragment::FragmentPage, manage::ManagePage};
use crate::platform::location::Location;
use crate::platform::{page, reading, storage};
use crate::routes::Route;

/// Where `public/language.js` finds the language chosen before.
const LANGUAGE: &str = "interno.language";

/// What is on show.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    locale: Locale,
    route: Route,
    /// The HTML of a publication; empty when it stands in the page already.
    fragment: Fragment,
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let location = Location::start();
    let session = Session::new(location);
    provide_context(location);
    provide_context(session);
    provide_context(ManageSession::new(session));
    let site = use_context::<Site>()
        .or_else(|| page::embedded_data().map(|text| Site::from_json(&text)))
        .unwrap_or_default();
    provide_context(site.clone());
    let open = site.state == VenueState::Open;
    let place = location.place();
    let shown = RwSignal::new(first_page(location));
    follow(location, shown);
    reading::start();
    view! {
        {live(move || {
            let Shown { locale, route, fragment } = shown.get();
            let page = match route {
                Route::Book(step) => view! { <BookPage step locale/> }.part(),
                Route::Manage => view! { <ManagePage locale/> }.part(),
                _ => view! { <FragmentPage fragment/> }.part(),
            };
            view! {
                <a class="skip" href="#content" rel="external">{locale.messages().site.skip}</a>
                <Header route locale place open/>
                {page}
                <Footer locale site=site.clone()/>
            }
            .part()
        })}
        <p class="visually-hidden" role="status" aria-live="polite">
            {text(move || session.announcement().get())}
        </p>
    }
}

/// The page the app starts on: the prerenderer's, or the one in the address bar.
fn first_page(location: Location) -> Shown {
    let path = location.place().with_untracked(|place| place.path.clone());
    let (locale, route) = Route::parse(&path).unwrap_or((Locale::Es, Route::Home));
    Shown {
        locale,
        route,
        fragment: use_context::<Fragment>().unwrap_or_default(),
    }
}

/// Follows the address bar. A page changes when its content is there, as when a browser loads one.
fn follow(location: Location, shown: RwSignal<Shown>) {
    let place = location.place();
    Effect::new(move |before: Option<String>| {
        let place = place.get();
        if before.is_none() || before.as_ref() == Some(&place.path) {
            return place.path;
        }
        let Some((locale, route)) = Route::parse(&place.path) else {
            page::load(&place.path);
            return place.path;
        };
        let path = place.path;
        if route.is_publication() {
            let path = path.clone();
            spawn_local(async move {
                match fragment::fetch(&path).await {
                    Some(fragment) => show(
                        location,
                        shown,
                        Shown {
                            locale,
                            route,
                            fragment,
                        },
                    ),
                    // Offline or just deployed anew: the browser itself knows best what to say.
                    None => page::load(&path),
                }
            });
        } else {
            let fragment = Fragment::default();
            show(
                location,
                shown,
                Shown {
                    locale,
                    route,
                    fragment,
                },
            );
        }
        path
    });
}

fn show(location: Location, shown: RwSignal<Shown>, next: Shown) {
    let still_wanted = location
        .place()
        .with_untracked(|place| Route::parse(&place.path) == Some((next.locale, next.route)));
    if !still_wanted {
        return;
    }
    let (from, language) = shown.with_untracked(|before| (before.route, before.locale));
    if language != next.locale {
        // A choice, not a guess: the crossroads at `/` leads here from now on.
        storage::write_lasting(LANGUAGE, next.locale.code());
    }
    if !next.route.is_publication() {
        return enter(location, shown, next, None);
    }
    let back = reading::returned_to(&next.route.path(next.locale));
    // The same page in the other language is read on where it was.
    let same = from == next.route && language != next.locale;
    let entry = back.or_else(|| same.then(reading::place).flatten());
    page::change_scene(move || enter(location, shown, next, entry));
}

fn enter(location: Location, shown: RwSignal<Shown>, next: Shown, entry: Option<reading::Entry>) {
    page::set_language(next.locale.code());
    if let Some(title) = &next.fragment.title {
        page::set_title(title);
    }
    shown.set(next);
    location.arrived();
    if let Some(entry) = entry {
        return reading::enter_soon(entry);
    }
    page::focus_soon("h1");
    location.place().with_untracked(|place| {
        if !place.fragment.is_empty() && !place.fragment.contains('=') {
            page::scroll_to_fragment(&place.fragment);
        }
    });
}
