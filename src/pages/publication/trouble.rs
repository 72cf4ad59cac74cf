//! What is said of the app itself: that it is late, that what was tapped is on its way, or that the app has
//! ended. It stands after the app in every page, so it is there whatever becomes of the app, and costs the
//! WebAssembly nothing.

use leptos::prelude::*;

use crate::content::library::Library;
use crate::i18n::Locale;
use crate::routes::Address;

/// What stands after the app in a page. A page that only the app can fill says that it is on its way,
/// when that takes long (`style/trouble.css` knows how long); that a tap has to wait, or that the app has ended,
/// is shown by `boot.js`.
/// When the language changes while the page is on show, that takes these words out of the page in the other.
pub fn notices(library: &Library, address: &Address, locale: Locale) -> String {
    let words = library.edition(locale).words.trouble.clone();
    let late = address.route().is_app().then(|| {
        view! { <p class="app-late" role="status"><span class="wrap">{words.late}</span></p> }
    });
    let contact = library.venue.contact.clone();
    let site = contact.site.map(|url| {
        let name = contact.site_name.unwrap_or_else(|| url.clone());
        view! { <a href=url rel="external">{name}</a> }
    });
    let whom = [&words.contact, " ", contact.text.pick(locale), " "].concat();
    let view = view! {
        {late}
        <div id="app-ended" class="app-ended" lang=locale.code()>
            <p role="status"><span class="app-coming" hidden>{words.coming}</span></p>
            <div role="alert" tabindex="-1" hidden>
                <div class="wrap">
                    <div class="notice notice-error">
                        <h2 class="notice-title">{words.title}</h2>
                        <p>{words.text}</p>
                        <div class="actions">
                            <button class="button" type="button">{words.reload}</button>
                        </div>
                        <p>{whom} {site}</p>
                    </div>
                </div>
            </div>
        </div>
    };
    view.to_html()
}
