//! What the browser keeps for us. Blocked or full storage is no error: the visit just is not remembered.

#[cfg(target_arch = "wasm32")]
fn tab() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// What this tab kept under a name; nothing while prerendering.
pub fn read_tab(name: &str) -> Option<String> {
    #[cfg(target_arch = "wasm32")]
    return tab()?.get_item(name).ok()?;
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = name;
        None
    }
}

/// Keeps a value beyond this visit.
pub fn write_lasting(name: &str, value: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(storage) = web_sys::window().and_then(|window| window.local_storage().ok()?) {
        let _ = storage.set_item(name, value);
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (name, value);
}

/// Keeps a value in this tab until it is closed.
pub fn write_tab(name: &str, value: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(storage) = tab() {
        let _ = storage.set_item(name, value);
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (name, value);
}
