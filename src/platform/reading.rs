//! How far a page was read: kept when its language is changed, found again on Back.

/// Where a page is entered.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A named place of the page, and how far below the window's upper edge it stood, in CSS pixels.
    Place(String, f64),
    /// How far down the page was scrolled when it was left, in CSS pixels.
    Left(f64),
}

/// Starts remembering how far each page is read; nothing while prerendering.
///
/// The browser restores this by itself only for pages that it loads: where the content comes after
/// the address has changed, it scrolls the page that is about to go.
pub fn start() {
    #[cfg(target_arch = "wasm32")]
    memory::start();
}

/// How far the page at this path was read, if Back or Forward led to it just now.
pub fn returned_to(path: &str) -> Option<Entry> {
    #[cfg(target_arch = "wasm32")]
    return memory::returned_to(path).map(Entry::Left);
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = path;
        None
    }
}

/// Where the reader is: the last named place above the middle of the window; nothing at the top
/// of the page and while prerendering.
pub fn place() -> Option<Entry> {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::JsCast as _;
        let middle = web_sys::window()?.inner_height().ok()?.as_f64()? / 2.0;
        let places = super::page::document()?.query_selector_all(PLACES).ok()?;
        (0..places.length())
            .filter_map(|index| places.get(index)?.dyn_into::<web_sys::Element>().ok())
            .map(|place| (place.id(), place.get_bounding_client_rect().top()))
            .take_while(|(_, top)| *top < middle)
            .last()
            .map(|(id, top)| Entry::Place(id, top))
    }
    #[cfg(not(target_arch = "wasm32"))]
    None
}

/// What both languages of a page name alike.
#[cfg(target_arch = "wasm32")]
const PLACES: &str = "main :is(h2, li, details)[id]";

/// Focuses the heading and shows the page where it is to be entered, once it is there. Nothing
/// while prerendering.
pub fn enter_soon(entry: Entry) {
    #[cfg(target_arch = "wasm32")]
    leptos::prelude::request_animation_frame(move || {
        if let Some(heading) = super::page::focusable("h1") {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = heading.focus_with_options(&options);
        }
        let Some(window) = web_sys::window() else {
            return;
        };
        match entry {
            Entry::Left(top) => window.scroll_to_with_x_and_y(0.0, top),
            Entry::Place(id, top) => {
                let place = super::page::document().and_then(|page| page.get_element_by_id(&id));
                if let Some(place) = place {
                    let now = place.get_bounding_client_rect().top();
                    window.scroll_by_with_x_and_y(0.0, now - top);
                }
            }
        }
    });
    #[cfg(not(target_arch = "wasm32"))]
    let _ = entry;
}

#[cfg(target_arch = "wasm32")]
mod memory {
    use std::cell::RefCell;

    use crate::platform::page;

    #[derive(Default)]
    struct Memory {
        read: Vec<(String, f64)>,
        returned_to: Option<(String, f64)>,
    }

    thread_local! {
        static MEMORY: RefCell<Memory> = RefCell::default();
    }

    pub fn start() {
        page::listen("scroll", |_| {
            let Some((path, top)) = here() else { return };
            MEMORY.with_borrow_mut(|memory| {
                let known = memory.read.iter_mut().find(|(known, _)| *known == path);
                match known {
                    Some((_, before)) => *before = top,
                    None => memory.read.push((path, top)),
                }
            });
        })
        .forever();
        // Taken down at once: what the browser scrolls after this is the page that goes.
        page::listen("popstate", |_| {
            let Some((path, _)) = here() else { return };
            MEMORY.with_borrow_mut(|memory| {
                let known = memory.read.iter().find(|(known, _)| *known == path);
                memory.returned_to = known.cloned();
            });
        })
        .forever();
    }

    pub fn returned_to(path: &str) -> Option<f64> {
        let (known, top) = MEMORY.with_borrow_mut(|memory| memory.returned_to.take())?;
        (known == path).then_some(top)
    }

    fn here() -> Option<(String, f64)> {
        let window = web_sys::window()?;
        let path = window.location().pathname().ok()?;
        Some((path, window.scroll_y().ok()?))
    }
}
