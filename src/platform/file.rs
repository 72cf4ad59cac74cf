//! Handing a file over.

/// Hands a text over as a file of that name and kind, as a download would; nothing while prerendering.
/// Phones open a calendar file at once.
pub fn hand_over(name: &str, kind: &str, text: &str) {
    #[cfg(target_arch = "wasm32")]
    let _ = offer(name, kind, text);
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (name, kind, text);
}

#[cfg(target_arch = "wasm32")]
fn offer(name: &str, kind: &str, text: &str) -> Option<()> {
    use wasm_bindgen::JsCast as _;
    use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let link = super::page::document()?.create_element("a").ok()?;
    let link: HtmlElement = link.dyn_into().ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let _ = link.set_attribute("href", &address);
    let _ = link.set_attribute("download", name);
    // Outside the page: nothing there takes this for a way to another page.
    link.click();
    // A phone may ask first whether it shall open the file.
    super::clock::after(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    });
    Some(())
}
