//! Pieces of HTML that the prerenderer wrote and the app brings to life: found by their ids, then
//! shown, hidden, moved or filled. Toggling what stands there is faster than building it again.

/// A piece of the page.
#[derive(Clone)]
pub struct Piece {
    #[cfg(target_arch = "wasm32")]
    element: web_sys::Element,
}

impl Piece {
    /// The piece with an id; none where there is none, and while prerendering.
    pub fn find(id: &str) -> Option<Self> {
        #[cfg(target_arch = "wasm32")]
        return Some(Self {
            element: super::page::document()?.get_element_by_id(id)?,
        });
        #[cfg(not(target_arch = "wasm32"))]
        {
            let _ = id;
            None
        }
    }

    /// Shows it, or takes it away from everybody: from eyes, from screen readers and from the keyboard.
    pub fn show(&self, shown: bool) {
        #[cfg(target_arch = "wasm32")]
        let _ = self.element.toggle_attribute_with_force("hidden", !shown);
        #[cfg(not(target_arch = "wasm32"))]
        let _ = shown;
    }

    /// Writes a text into it.
    pub fn say(&self, text: &str) {
        #[cfg(target_arch = "wasm32")]
        self.element.set_text_content(Some(text));
        #[cfg(not(target_arch = "wasm32"))]
        let _ = text;
    }

    /// Puts a piece into it, before another of its pieces; last where there is none.
    pub fn put(&self, piece: &Self, before: Option<&Self>) {
        #[cfg(target_arch = "wasm32")]
        {
            let before = before.map(|before| AsRef::<web_sys::Node>::as_ref(&before.element));
            let _ = self.element.insert_before(&piece.element, before);
        }
        #[cfg(not(target_arch = "wasm32"))]
        let _ = (piece, before);
    }
}

/// Shows a view inside a piece of the page, for as long as the current owner lives.
pub fn mount<V: leptos::IntoView + 'static>(id: &str, view: impl FnOnce() -> V + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        use leptos::prelude::StoredValue;
        use wasm_bindgen::JsCast as _;

        let place = super::page::document().and_then(|page| page.get_element_by_id(id));
        let Some(place) = place.and_then(|place| place.dyn_into().ok()) else {
            return;
        };
        // Dropped with the owner it is kept by, and taken off the page with that.
        let view: Box<dyn FnOnce() -> V> = Box::new(view);
        StoredValue::new_local(leptos::mount::mount_to(place, view));
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop((id.len(), view));
}
