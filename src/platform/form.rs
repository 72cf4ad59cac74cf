//! A form of HTML that the prerenderer wrote: read, filled and listened to.

/// What somebody did to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Wrote into a field; more is likely to follow.
    Typed,
    /// Ticked a box or pressed a choice.
    Chosen,
    /// Emptied it.
    Cleared,
    /// Sent it.
    Sent,
}

/// The names and values of a form's fields, as it would be sent; none while prerendering.
pub fn read(form: &str) -> Vec<(String, String)> {
    #[cfg(target_arch = "wasm32")]
    return browser::inputs(form)
        .filter(|input| !browser::is_box(input) || input.checked())
        .map(|input| (input.name(), input.value()))
        .collect();
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = form;
        Vec::new()
    }
}

/// Sets a form: `ticks` says whether a box with a name and a value is ticked, `text` is what stands in
/// its field of text. Nothing while prerendering.
pub fn fill(form: &str, ticks: impl Fn(&str, &str) -> bool, text: &str) {
    #[cfg(target_arch = "wasm32")]
    for input in browser::inputs(form) {
        if browser::is_box(&input) {
            let ticked = ticks(&input.name(), &input.value());
            input.set_checked(ticked);
            // What is folded away must not act unseen.
            if let Some(fold) = input.closest("details").ok().flatten().filter(|_| ticked) {
                let _ = fold.set_attribute("open", "");
            }
        } else if input.value() != text {
            input.set_value(text);
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (form, ticks("", ""), text);
}

/// Tells what is done to a form for as long as the current owner lives. Its own way of being sent, which
/// would load the page anew, is not taken. Nothing while prerendering.
pub fn listen(form: &'static str, tell: impl Fn(Deed) + Clone + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        use super::page::listen;
        use leptos::prelude::StoredValue;

        let changed = {
            let tell = tell.clone();
            listen("input", move |event| {
                if let Some(input) = browser::target(&event, form) {
                    tell(if browser::is_box(&input) {
                        Deed::Chosen
                    } else {
                        Deed::Typed
                    });
                }
            })
        };
        let cleared = {
            let tell = tell.clone();
            listen("reset", move |event| {
                if browser::is_form(&event, form) {
                    tell(Deed::Cleared);
                }
            })
        };
        let sent = listen("submit", move |event| {
            if browser::is_form(&event, form) {
                event.prevent_default();
                tell(Deed::Sent);
            }
        });
        // Dropped with the owner they are kept by.
        StoredValue::new_local([changed, cleared, sent]);
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop((form, tell));
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen::JsCast as _;
    use web_sys::{Element, Event, HtmlInputElement};

    pub fn inputs(form: &str) -> impl Iterator<Item = HtmlInputElement> {
        let found = super::super::page::document().and_then(|page| {
            page.query_selector_all(&["#", form, " input"].concat())
                .ok()
        });
        let count = found.as_ref().map_or(0, web_sys::NodeList::length);
        (0..count).filter_map(move |index| found.as_ref()?.get(index)?.dyn_into().ok())
    }

    pub fn is_box(input: &HtmlInputElement) -> bool {
        matches!(input.type_().as_str(), "checkbox" | "radio")
    }

    pub fn target(event: &Event, form: &str) -> Option<HtmlInputElement> {
        let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
        input.closest(&["#", form].concat()).ok()??;
        Some(input)
    }

    pub fn is_form(event: &Event, form: &str) -> bool {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        target.is_some_and(|target: Element| target.id() == form)
    }
}
