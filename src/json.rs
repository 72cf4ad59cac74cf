//! JSON as the app reads and writes it: by the browser's own reader and writer, which every phone has
//! already; natively by `serde_json`. The values are those of `serde_json` on both sides.

use serde_json::Value;

/// The value of a text, if it is JSON.
pub fn read(text: &str) -> Option<Value> {
    #[cfg(target_arch = "wasm32")]
    return crate::platform::json::read(text);
    #[cfg(not(target_arch = "wasm32"))]
    serde_json::from_str(text).ok()
}

/// The text of a value.
pub fn write(value: &Value) -> String {
    #[cfg(target_arch = "wasm32")]
    return crate::platform::json::write(value).unwrap_or_default();
    #[cfg(not(target_arch = "wasm32"))]
    value.to_string()
}
