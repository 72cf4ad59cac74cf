//! How to reach the venue when the site cannot help.

use leptos::prelude::*;

use crate::content::Site;
use crate::i18n::Locale;

/// The venue's contact in words, with its address on the web if one is known.
#[component]
pub fn Contact(locale: Locale, site: Site) -> impl IntoView {
    let name = site.contact_url.as_deref().map(|url| {
        url.trim_start_matches("https://")
            .trim_end_matches('/')
            .to_owned()
    });
    view! {
        <p>
            {locale.pick(&site.contact).to_owned()} " "
            {site.contact_url.map(|url| view! { <a href=url rel="external">{name}</a> })}
        </p>
    }
}
