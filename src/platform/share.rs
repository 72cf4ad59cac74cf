//! Handing an address or a text on.

/// Copies the address of the page; tells whether that worked. Nothing is told while prerendering.
pub fn copy_address(tell: impl FnOnce(bool) + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        let address = web_sys::window().and_then(|window| window.location().href().ok());
        settle(copying(&address.unwrap_or_default()), Box::new(tell));
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop(tell);
}

/// Copies a text; tells whether that worked. Nothing is told while prerendering.
pub fn copy(text: &str, tell: impl FnOnce(bool) + 'static) {
    #[cfg(target_arch = "wasm32")]
    settle(copying(text), Box::new(tell));
    #[cfg(not(target_arch = "wasm32"))]
    drop((text, tell));
}

/// Hands a text on by the phone's own way to share. A browser without one copies it, and tells whether that
/// worked. Nothing is told while prerendering, nor of what the phone shows itself.
pub fn share(text: &str, tell: impl FnOnce(bool) + 'static) {
    #[cfg(target_arch = "wasm32")]
    match sharing(text) {
        // Whoever closes it again has said no, and need not be told.
        Some(sharing) => settle(Some(sharing), Box::new(|_| ())),
        None => settle(copying(text), Box::new(tell)),
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop((text, tell));
}

/// Waits for what was promised, and tells whether it was kept.
#[cfg(target_arch = "wasm32")]
fn settle(promised: Option<js_sys::Promise>, tell: Box<dyn FnOnce(bool)>) {
    leptos::task::spawn_local(async move {
        let kept = match promised {
            Some(promised) => wasm_bindgen_futures::JsFuture::from(promised).await.is_ok(),
            None => false,
        };
        tell(kept);
    });
}

#[cfg(target_arch = "wasm32")]
fn sharing(text: &str) -> Option<js_sys::Promise> {
    let data = js_sys::Object::new();
    js_sys::Reflect::set(&data, &"text".into(), &text.into()).ok()?;
    let navigator = web_sys::window()?.navigator();
    promised(&navigator, "share", &data)
}

#[cfg(target_arch = "wasm32")]
fn copying(text: &str) -> Option<js_sys::Promise> {
    let navigator = web_sys::window()?.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
    promised(&clipboard, "writeText", &text.into())
}

/// A browser that has no such thing, or keeps it from pages, has no promise to give.
#[cfg(target_arch = "wasm32")]
fn promised(
    of: &wasm_bindgen::JsValue,
    name: &str,
    given: &wasm_bindgen::JsValue,
) -> Option<js_sys::Promise> {
    use wasm_bindgen::JsCast as _;

    let call = js_sys::Reflect::get(of, &name.into()).ok()?;
    let call: js_sys::Function = call.dyn_into().ok()?;
    call.call1(of, given).ok()?.dyn_into().ok()
}
