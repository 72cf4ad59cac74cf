//! What is said of the app itself: that it is late, or that it has ended. It stands after the app in
//! every page, so it is there whatever becomes of the app, and costs the WebAssembly nothing.

use leptos::prelude::*;

use crate::content::library::Library;
use crate::i18n::Locale;
use crate::routes::Address;

/// What stands after the app in a page. A page that only the app can fill says that it is on its way,
/// when that takes long (`style/trouble.css` knows how long); that the app has ended is shown by `boot.js`,
/// in the language that is on show by then, which may be another than the page was loaded in.
pub fn notices(library: &Library, address: &Address, locale: Locale) -> String {
    let words = &library.edition(locale).words.trouble;
    let late = address.route().is_app().then(|| {
        view! { <p class="app-late" role="status"><span class="wrap">{words.late.clone()}</span></p> }
    });
    let view = view! {
        {late}
        <div id="app-ended" class="app-ended" role="alert" tabindex="-1" hidden>
            {Locale::ALL.map(|locale| ended(library, locale)).into_iter().collect_view()}
        </div>
    };
    view.to_html()
}

fn ended(library: &Library, locale: Locale) -> impl IntoView + use<> {
    let words = library.edition(locale).words.trouble.clone();
    let contact = library.venue.contact.clone();
    let site = contact.site.map(|url| {
        let name = contact.site_name.unwrap_or_else(|| url.clone());
        view! { <a href=url rel="external">{name}</a> }
    });
    view! {
        <div class="wrap" lang=locale.code()>
            <div class="notice notice-error">
                <h2 class="notice-title">{words.title}</h2>
                <p>{words.text}</p>
                <div class="actions">
                    <button class="button" type="button">{words.reload}</button>
                </div>
                <p>{words.contact} " " {contact.text.pick(locale).to_owned()} " " {site}</p>
            </div>
        </div>
    }
}
