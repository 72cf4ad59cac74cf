//! What is said of the app itself: that it is late, or that it has ended. It stands after the app in
//! every page, so it is there whatever becomes of the app, and costs the WebAssembly nothing.

use leptos::prelude::*;

use crate::content::library::Library;
use crate::i18n::Locale;
use crate::routes::Address;

/// What stands after the app in a page. A page that only the app can fill says that it is on its way,
/// when that takes long (`style/trouble.css` knows how long); that the app has ended is shown by `boot.js`.
pub fn notices(library: &Library, address: &Address, locale: Locale) -> String {
    let words = &library.edition(locale).words.trouble;
    let late = address.route().is_app().then(|| {
        view! { <p class="app-late" role="status"><span class="wrap">{words.late.clone()}</span></p> }
    });
    let contact = &library.venue.contact;
    let site = contact.site.clone().map(|url| {
        let name = contact.site_name.clone().unwrap_or_else(|| url.clone());
        view! { <a href=url rel="external">{name}</a> }
    });
    let view = view! {
        {late}
        <div id="app-ended" class="app-ended" role="alert" tabindex="-1" lang=locale.code() hidden>
            <div class="wrap">
                <div class="notice notice-error">
                    <h2 class="notice-title">{words.title.clone()}</h2>
                    <p>{words.text.clone()}</p>
                    <div class="actions">
                        <button class="button" type="button">{words.reload.clone()}</button>
                    </div>
                    <p>{words.contact.clone()} " " {contact.text.pick(locale).to_owned()} " " {site}</p>
                </div>
            </div>
        </div>
    };
    view.to_html()
}
