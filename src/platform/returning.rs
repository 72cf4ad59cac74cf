//! A guest who comes back: to a tab that was not looked at, to a page that the browser had put aside,
//! to a network.

/// Calls back whenever the guest is back; never while prerendering.
///
/// Timers sleep with the phone, so what they would have done has not happened yet then.
pub fn whenever(tell: impl Fn() + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        use super::page::{document, listen};

        let tell = std::rc::Rc::new(tell);
        for kind in ["visibilitychange", "pageshow", "online"] {
            let tell = tell.clone();
            listen(kind, move |event| {
                let hidden = document().is_some_and(|document| document.hidden());
                if !hidden && (kind != "pageshow" || was_put_aside(&event)) {
                    tell();
                }
            })
            .forever();
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop(tell);
}

/// Whether a page is shown that was there before, and was not loaded.
#[cfg(target_arch = "wasm32")]
fn was_put_aside(event: &web_sys::Event) -> bool {
    let kept = js_sys::Reflect::get(event, &"persisted".into());
    kept.is_ok_and(|kept| kept.is_truthy())
}
