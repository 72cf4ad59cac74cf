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

#[cfg(target_arch = "wasm32")]
fn lasting() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What was kept under a name beyond a visit; nothing while prerendering.
pub fn read_lasting(name: &str) -> Option<String> {
    #[cfg(target_arch = "wasm32")]
    return lasting()?.get_item(name).ok()?;
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = name;
        None
    }
}

/// Keeps a value beyond this visit, or nothing any more under that name. Tells whether the browser did.
pub fn write_lasting(name: &str, value: Option<&str>) -> bool {
    #[cfg(target_arch = "wasm32")]
    return lasting().is_some_and(|storage| {
        let done = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
        done.is_ok()
    });
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (name, value);
        false
    }
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
