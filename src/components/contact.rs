//! How to reach the venue when the site cannot help.

use super::element::element;
use super::part::Part;
use crate::content::Site;
use crate::i18n::Locale;

/// The venue's contact in words, with its address on the web if one is known.
pub fn contact(locale: Locale, site: &Site) -> Part {
    let link = site.contact_url.as_deref().map(|url| {
        let name = url
            .strip_prefix("https://")
            .unwrap_or(url)
            .trim_end_matches('/');
        element("a")
            .with("href", url)
            .with("rel", "external")
            .text(name)
    });
    element("p")
        .text(locale.pick(&site.contact))
        .text(" ")
        .child(link)
        .part()
}
