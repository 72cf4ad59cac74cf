//! The page around the app: title, language, focus, announcements.

use leptos::tachys::renderer::types::Element;

/// Whether the prerenderer wrote this page, so that there is HTML to take over.
pub fn is_prerendered() -> bool {
    #[cfg(target_arch = "wasm32")]
    return document()
        .and_then(|document| document.body())
        .is_some_and(|body| body.has_attribute("data-prerendered"));
    #[cfg(not(target_arch = "wasm32"))]
    false
}

/// The JSON the prerenderer put into the page; nothing while prerendering.
pub fn embedded_data() -> Option<String> {
    #[cfg(target_arch = "wasm32")]
    return document()?.get_element_by_id("page-data")?.text_content();
    #[cfg(not(target_arch = "wasm32"))]
    None
}

/// The words that `boot.js` put into the page; none while prerendering.
pub fn words() -> Option<String> {
    #[cfg(target_arch = "wasm32")]
    return document()?
        .get_element_by_id("boot")?
        .get_attribute("data-words");
    #[cfg(not(target_arch = "wasm32"))]
    None
}

/// Ends the app, for what stands in the page is not what it was built with. What started it is told, and
/// tells the visitor.
pub fn give_up() -> ! {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen::throw_str("another page");
    // A page is only ever taken over in a browser.
    #[cfg(not(target_arch = "wasm32"))]
    std::process::abort()
}

/// Sets what the window and a screen reader call the page; nothing while prerendering.
pub fn set_title(title: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(document) = document() {
        document.set_title(title);
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = title;
}

/// Sets the language of the whole page; nothing while prerendering.
pub fn set_language(code: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", code);
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = code;
}

/// Says to style sheets, boot script and tests that the app answers; nothing while prerendering.
pub fn mark_ready() {
    #[cfg(target_arch = "wasm32")]
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-app", "ready");
    }
}

/// Moves the focus to the first element a selector finds, once it is there.
///
/// After a client-side navigation the heading takes the focus, as after a page load a
/// screen reader starts at the top. Whoever took a field meanwhile keeps it. Nothing while
/// prerendering.
pub fn focus_soon(selector: &str) {
    #[cfg(target_arch = "wasm32")]
    enter_where(String::new(), selector.to_owned());
    #[cfg(not(target_arch = "wasm32"))]
    let _ = selector;
}

/// Enters a page, once it is there, at the place its address names; at its heading where it names
/// none. Nothing while prerendering.
///
/// As with a page the browser loads, whoever goes on by keyboard goes on from that place.
pub fn enter_soon(place: &str) {
    #[cfg(target_arch = "wasm32")]
    // What is no name of a place, as the credential of a reservation, is no selector either.
    enter_where(["#", place].concat(), "h1".to_owned());
    #[cfg(not(target_arch = "wasm32"))]
    let _ = place;
}

/// Whether a field holds this already; none does while prerendering.
pub fn holds(field: &Element, value: &str) -> bool {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::JsCast as _;
        // Other fields than inputs have a value, too, and give it under the same name.
        let input: &web_sys::HtmlInputElement = field.unchecked_ref();
        input.value() == value
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (field, value);
        false
    }
}

/// Moves the focus to what the first selector finds, and shows it; or else to what the second finds.
#[cfg(target_arch = "wasm32")]
fn enter_where(place: String, otherwise: String) {
    let before = focused();
    leptos::prelude::request_animation_frame(move || {
        let now = focused();
        if now.is_some() && now != before {
            return;
        }
        if let Some(place) = focusable(&place) {
            let _ = place.set_attribute("tabindex", "-1");
            let _ = place.focus();
            place.scroll_into_view();
        } else if let Some(element) = focusable(&otherwise) {
            let _ = element.focus();
        }
    });
}

/// Makes a change once the page has shown that it was asked for, which it does at its next frame; at once
/// where nobody looks and while prerendering.
///
/// On a slow phone a new step takes longer to build than a finger waits for a button to answer.
pub fn after_paint(change: impl FnOnce() + 'static) {
    #[cfg(target_arch = "wasm32")]
    if document().is_some_and(|document| !document.hidden()) {
        return leptos::prelude::request_animation_frame(move || super::clock::after(0, change));
    }
    change();
}

/// Makes a change as one scene that gives way to another, where the browser can show that; at once
/// elsewhere and while prerendering. How it looks, and that it does not move for those who asked
/// for less motion, is `style/motion.css`'s to say.
pub fn change_scene(change: impl FnOnce() + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
        let start = document().and_then(|document| {
            let start = js_sys::Reflect::get(&document, &"startViewTransition".into()).ok()?;
            Some((document, start.dyn_into::<js_sys::Function>().ok()?))
        });
        let Some((document, start)) = start else {
            return change();
        };
        let change = std::rc::Rc::new(std::cell::Cell::new(Some(change)));
        let callback = Closure::once_into_js({
            let change = change.clone();
            move || {
                if let Some(change) = change.take() {
                    change();
                }
            }
        });
        // A scene that is skipped, as in a hidden tab, has changed all the same: nobody needs to hear of it.
        let quiet = Closure::<dyn FnMut(JsValue)>::new(|_| {});
        if let Ok(scene) = start.call1(&document, &callback) {
            for promise in ["ready", "finished"] {
                if let Ok(promise) = js_sys::Reflect::get(&scene, &promise.into())
                    && let Ok(promise) = promise.dyn_into::<js_sys::Promise>()
                {
                    let _ = promise.catch(&quiet);
                }
            }
        } else if let Some(change) = change.take() {
            // Refused: the page changes all the same.
            change();
        }
        quiet.forget();
    }
    #[cfg(not(target_arch = "wasm32"))]
    change();
}

/// What is told of events that reach the window, until this is dropped.
#[cfg(target_arch = "wasm32")]
pub(super) struct Listening {
    kind: &'static str,
    tell: wasm_bindgen::closure::Closure<dyn FnMut(web_sys::Event)>,
}

/// Calls back at every event of a kind that reaches the window.
#[cfg(target_arch = "wasm32")]
pub(super) fn listen(kind: &'static str, tell: impl FnMut(web_sys::Event) + 'static) -> Listening {
    listen_boxed(kind, Box::new(tell))
}

#[cfg(target_arch = "wasm32")]
#[inline(never)]
fn listen_boxed(kind: &'static str, tell: Box<dyn FnMut(web_sys::Event)>) -> Listening {
    use wasm_bindgen::JsCast as _;
    let tell = wasm_bindgen::closure::Closure::wrap(tell);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback(kind, tell.as_ref().unchecked_ref());
    }
    Listening { kind, tell }
}

#[cfg(target_arch = "wasm32")]
impl Listening {
    /// Goes on for as long as the app lives.
    pub(super) fn forever(self) {
        std::mem::forget(self);
    }
}

#[cfg(target_arch = "wasm32")]
impl Drop for Listening {
    fn drop(&mut self) {
        use wasm_bindgen::JsCast as _;
        if let Some(window) = web_sys::window() {
            let tell = self.tell.as_ref().unchecked_ref();
            let _ = window.remove_event_listener_with_callback(self.kind, tell);
        }
    }
}

/// Calls back whenever Escape is pressed for as long as the current owner lives; never while
/// prerendering.
pub fn on_escape(tell: impl Fn() + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        let pressed = listen("keydown", move |event| {
            let key = js_sys::Reflect::get(&event, &"key".into());
            if key.is_ok_and(|key| key == "Escape") {
                tell();
            }
        });
        // Dropped with the owner it is kept by.
        leptos::prelude::StoredValue::new_local(pressed);
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop(tell);
}

/// Loads a page as a link would; nothing while prerendering.
pub fn load(url: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(url);
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = url;
}

/// Opens the browser's own way to print the page; nothing while prerendering.
pub fn print() {
    #[cfg(target_arch = "wasm32")]
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// The path in the address bar; empty while prerendering.
pub fn path() -> String {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window()
        .and_then(|window| window.location().pathname().ok())
        .unwrap_or_default();
    #[cfg(not(target_arch = "wasm32"))]
    String::new()
}

/// The site's own origin, such as `https://example.org`; empty while prerendering.
pub fn origin() -> String {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window()
        .and_then(|window| window.location().origin().ok())
        .unwrap_or_default();
    #[cfg(not(target_arch = "wasm32"))]
    String::new()
}

/// The control inside the page's content that has the focus, if one has. A heading or a notice is
/// none: nobody takes the focus there but the page itself.
#[cfg(target_arch = "wasm32")]
fn focused() -> Option<web_sys::Element> {
    let element = document()?.active_element()?;
    let taken = element.matches("main :not([tabindex='-1'])");
    taken.is_ok_and(|taken| taken).then_some(element)
}

#[cfg(target_arch = "wasm32")]
pub(super) fn focusable(selector: &str) -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast as _;
    let found = document()?.query_selector(selector).ok()??;
    let found: web_sys::HtmlElement = found.dyn_into().ok()?;
    // What is folded away cannot take the focus.
    if let Some(fold) = found.closest("details").ok().flatten() {
        let _ = fold.set_attribute("open", "");
    }
    Some(found)
}

#[cfg(target_arch = "wasm32")]
pub(super) fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}
