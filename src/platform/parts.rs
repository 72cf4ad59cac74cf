//! Parts of the program that come when they are wanted. `boot.js` brings them; one that cannot come ends the
//! app, with the words that the page has for that.

/// Waits for a part, if it is not here yet; natively there is one program.
pub fn bring(part: &str) -> impl Future<Output = ()> + use<> {
    #[cfg(target_arch = "wasm32")]
    {
        let coming = wasm_bindgen_futures::JsFuture::from(browser::bring(part));
        async move {
            // What does not come never answers: see `boot.js`.
            let _ = coming.await;
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = part;
        std::future::ready(())
    }
}

/// Does something once a part is here, under the current owner and only while that lives. What belongs to a menu
/// is done in a turn of its own, so that a slow phone answers in between. Natively, for a page that nobody plays
/// with, nothing.
pub fn with(part: &'static str, go_on: Box<dyn FnOnce()>) {
    #[cfg(target_arch = "wasm32")]
    {
        use leptos::prelude::{GetValue as _, Owner, StoredValue, untrack};
        let (owner, alive) = (Owner::current(), StoredValue::new(()));
        wasm_bindgen_futures::spawn_local(async move {
            bring(part).await;
            if let Some(owner) = owner.filter(|_| alive.try_get_value().is_some()) {
                owner.with(|| untrack(go_on));
            }
        });
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop((part, go_on));
}

/// Says that a part will soon be wanted; nothing natively.
pub fn ahead(part: &str) {
    #[cfg(target_arch = "wasm32")]
    browser::ahead(part);
    #[cfg(not(target_arch = "wasm32"))]
    let _ = part;
}

/// Goes on once a part is here.
pub fn once_here(part: &'static str, go_on: fn()) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_futures::spawn_local(async move {
        bring(part).await;
        go_on();
    });
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (part, go_on);
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        pub fn bring(part: &str) -> js_sys::Promise;
        pub fn ahead(part: &str);
    }
}
