//! Links that stay in the app, and the browser's history.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlAnchorElement, MouseEvent, Url};

use super::{Location, Place};
use crate::platform::page;

thread_local! {
    /// Where a link leads whose page is not there yet: until then the address bar shows where one is.
    static PENDING: RefCell<Option<Place>> = const { RefCell::new(None) };
}

pub(super) fn start() -> Location {
    let location = Location {
        place: RwSignal::new(current().unwrap_or_default()),
    };
    page::listen("click", move |event| {
        if let Ok(click) = event.dyn_into::<MouseEvent>()
            && let Some(place) = followed(&click)
        {
            click.prevent_default();
            follow(location, place);
        }
    })
    .forever();
    page::listen("popstate", move |_| {
        if let Some(place) = current() {
            location.place.set(place);
        }
    })
    .forever();
    location
}

pub(super) fn go(location: Location, address: &str, replace: bool, scroll: bool) {
    let Some(url) = web_sys::window()
        .and_then(|window| window.location().origin().ok())
        .and_then(|origin| Url::new_with_base(address, &origin).ok())
    else {
        return;
    };
    // The address changes first, so that whoever reads the signal finds both agree.
    show(address, replace, scroll);
    location.place.set(place_of(&url));
}

pub(super) fn arrived(location: Location) {
    if let Some(place) = PENDING.take() {
        // After what is on show has changed, so that a named place in it is found.
        leptos::task::spawn_local(async move {
            if location.place.with_untracked(|now| *now == place) {
                show(&place.address(), false, true);
            }
        });
    }
}

/// Where a click on a link leads, if that is for the app to show.
fn followed(click: &MouseEvent) -> Option<Place> {
    let with_key = click.meta_key() || click.alt_key() || click.ctrl_key() || click.shift_key();
    if click.default_prevented() || click.button() != 0 || with_key {
        return None;
    }
    let target: web_sys::Element = click.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let rel = link.rel();
    let outward = rel.split_ascii_whitespace().any(|word| word == "external");
    if outward || !link.target().is_empty() || link.has_attribute("download") {
        return None;
    }
    let url = Url::new(&link.href()).ok()?;
    (url.origin() == page::origin()).then(|| place_of(&url))
}

fn follow(location: Location, place: Place) {
    let same_page = location
        .place
        .with_untracked(|before| before.path == place.path);
    let address = place.address();
    PENDING.set((!same_page).then(|| place.clone()));
    location.place.set(place);
    if same_page {
        show(&address, false, true);
    }
}

/// Shows an address in the bar, and the place that it names.
fn show(address: &str, replace: bool, scroll: bool) {
    let Some(window) = web_sys::window() else {
        return;
    };
    if let Ok(history) = window.history() {
        let state = JsValue::UNDEFINED;
        let shown = current().is_some_and(|now| now.address() == address);
        let _ = match (replace, shown) {
            (true, _) => history.replace_state_with_url(&state, "", Some(address)),
            // The same address is no entry of its own.
            (false, true) => Ok(()),
            (false, false) => history.push_state_with_url(&state, "", Some(address)),
        };
    }
    let named = named_place();
    if let Some(element) = named {
        element.scroll_into_view();
    } else if scroll {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// What the fragment in the address bar names, if it is in the page.
fn named_place() -> Option<web_sys::Element> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let name = hash.strip_prefix('#')?;
    let decoded = js_sys::decode_uri(name).ok();
    let name = decoded.map_or_else(|| name.to_owned(), String::from);
    page::document()?.get_element_by_id(&name)
}

fn current() -> Option<Place> {
    let location = web_sys::window()?.location();
    Some(place(
        location.pathname().ok()?,
        &location.search().ok()?,
        &location.hash().ok()?,
    ))
}

fn place_of(url: &Url) -> Place {
    place(url.pathname(), &url.search(), &url.hash())
}

fn place(path: String, search: &str, hash: &str) -> Place {
    Place {
        path,
        query: search.trim_start_matches('?').to_owned(),
        fragment: hash.trim_start_matches('#').to_owned(),
    }
}
