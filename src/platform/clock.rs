//! Time and chance.

use booking::{Date, Key};

/// Milliseconds since 1970 UTC by the visitor's clock; 0 while prerendering.
pub fn now_ms() -> i64 {
    #[cfg(target_arch = "wasm32")]
    {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole milliseconds far below 2^53"
        )]
        let now = js_sys::Date::now() as i64;
        now
    }
    #[cfg(not(target_arch = "wasm32"))]
    0
}

/// Today on the wall of a time zone, by the visitor's clock.
///
/// A zone the browser does not know falls back to UTC; while prerendering it is 1 January 1970.
pub fn today_in(time_zone: &str) -> Date {
    super::intl::date_in(now_ms(), time_zone)
        .or_else(|| {
            let days = now_ms().div_euclid(86_400_000);
            Date::from_days_since_epoch(i32::try_from(days).ok()?)
        })
        .unwrap_or(booking::civil::EPOCH)
}

/// A key nobody has used yet: 128 random bits from the browser. Empty while prerendering.
pub fn fresh_key() -> Key {
    #[cfg(target_arch = "wasm32")]
    {
        use std::fmt::Write as _;
        let mut bytes = [0_u8; 16];
        let filled = web_sys::window()
            .and_then(|window| window.crypto().ok())
            .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
        let mut key = String::with_capacity(32);
        if filled {
            for byte in bytes {
                let _ = write!(key, "{byte:02x}");
            }
        }
        Key(key)
    }
    #[cfg(not(target_arch = "wasm32"))]
    Key(String::new())
}

/// Calls back once after `ms` milliseconds; never while prerendering.
pub fn after(ms: u32, callback: impl FnOnce() + 'static) {
    #[cfg(target_arch = "wasm32")]
    leptos::prelude::set_timeout(callback, std::time::Duration::from_millis(u64::from(ms)));
    #[cfg(not(target_arch = "wasm32"))]
    drop((ms, callback));
}

/// Calls back every second while the page lives; never while prerendering.
pub fn every_second(callback: impl Fn() + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        // A page without timers still works: the hold's end is checked by the server anyway.
        let _ =
            leptos::prelude::set_interval_with_handle(callback, std::time::Duration::from_secs(1));
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop(callback);
}
