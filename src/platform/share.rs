//! Handing an address on.

/// Copies the address of the page; tells whether that worked. Nothing is told while prerendering.
pub fn copy_address(tell: impl FnOnce(bool) + 'static) {
    #[cfg(target_arch = "wasm32")]
    leptos::task::spawn_local(async move {
        let copied = match writing() {
            Some(writing) => wasm_bindgen_futures::JsFuture::from(writing).await.is_ok(),
            None => false,
        };
        tell(copied);
    });
    #[cfg(not(target_arch = "wasm32"))]
    drop(tell);
}

/// A browser without a clipboard, or one that keeps it from pages, has no promise to give.
#[cfg(target_arch = "wasm32")]
fn writing() -> Option<js_sys::Promise> {
    use wasm_bindgen::JsCast as _;

    let window = web_sys::window()?;
    let address = window.location().href().ok()?;
    let clipboard = js_sys::Reflect::get(&window.navigator(), &"clipboard".into()).ok()?;
    let write = js_sys::Reflect::get(&clipboard, &"writeText".into()).ok()?;
    let write: js_sys::Function = write.dyn_into().ok()?;
    write
        .call1(&clipboard, &address.into())
        .ok()?
        .dyn_into()
        .ok()
}
