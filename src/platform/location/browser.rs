//! The router's own history and links.

use super::{Location, Place};
use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider, State, Url};

pub fn start() -> Location {
    let Ok(browser) = BrowserUrl::new() else {
        return Location {
            place: Signal::stored(Place::default()),
            browser: StoredValue::new_local(None),
        };
    };
    browser.init(None);
    let url = browser.as_url().clone();
    Location {
        place: Signal::derive(move || place_of(&url.get())),
        browser: StoredValue::new_local(Some(browser)),
    }
}

pub fn go(location: Location, path: &str, replace: bool, scroll: bool) {
    location.browser.with_value(|browser| {
        let Some(browser) = browser else { return };
        let Ok(url) = BrowserUrl::parse(path) else {
            return;
        };
        // The address changes first, so that whoever reads the signal finds both agree.
        browser.complete_navigation(&LocationChange {
            value: path.to_owned(),
            replace,
            scroll,
            state: State::new(None),
        });
        browser.as_url().set(url);
    });
}

pub fn arrived(location: Location) {
    location.browser.with_value(|browser| {
        if let Some(browser) = browser {
            browser.ready_to_complete();
        }
    });
}

fn place_of(url: &Url) -> Place {
    Place {
        path: url.path().to_owned(),
        query: url.search().to_owned(),
        fragment: url.hash().trim_start_matches('#').to_owned(),
    }
}
