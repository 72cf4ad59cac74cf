//! Lists of pages: for search engines, and for the tests that walk all of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use interno::i18n::Locale;
use interno::routes::{Address, Route};
use serde_json::Value;

use crate::Problem;
use crate::site::write as write_file;

/// The list of every page that was generated.
pub const PAGES: &str = "pages.json";

/// Writes `sitemap.xml`, `robots.txt` and `pages.json`.
///
/// `changes` holds the paths of the pages that say when they were last reviewed.
pub fn write(
    out: &Path,
    origin: &str,
    addresses: &[Address],
    changes: &BTreeMap<String, String>,
) -> Result<(), Problem> {
    write_file(
        &out.join("sitemap.xml"),
        &sitemap(origin, addresses, changes),
    )?;
    let robots = format!("User-agent: *\nDisallow: /api/\nSitemap: {origin}/sitemap.xml\n");
    write_file(&out.join("robots.txt"), &robots)?;
    let pages: Vec<Value> = addresses
        .iter()
        .flat_map(|address| Locale::ALL.map(|locale| address.path(locale).into()))
        .collect();
    write_file(&out.join(PAGES), &Value::Array(pages).to_string())
}

/// Where readers of other languages are led: at the front door they choose, elsewhere Spanish comes first.
pub fn default_path(address: &Address) -> &str {
    if address.route() == Route::Home {
        "/"
    } else {
        address.path(Locale::Es)
    }
}

fn sitemap(origin: &str, addresses: &[Address], changes: &BTreeMap<String, String>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for address in addresses.iter().filter(|one| one.route().is_indexed()) {
        for locale in Locale::ALL {
            let _ = writeln!(xml, "<url><loc>{origin}{}</loc>", address.path(locale));
            // Only where a text says so itself: a build's date is no news to anybody.
            if let Some(date) = changes.get(address.path(locale)) {
                let _ = writeln!(xml, "<lastmod>{date}</lastmod>");
            }
            let alternates = Locale::ALL.map(|locale| (locale.code(), address.path(locale)));
            let default = [("x-default", default_path(address))];
            for (code, path) in alternates.into_iter().chain(default) {
                let _ = writeln!(
                    xml,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{origin}{path}\"/>"
                );
            }
            xml.push_str("</url>\n");
        }
    }
    xml + "</urlset>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sitemap_names_every_language_and_dates_only_what_is_dated() {
        let dated = Route::Privacy.path(Locale::En);
        let changes = [(dated, "2026-11".to_owned())].into_iter().collect();
        let dish = Address::dish(["mote-de-queso", "mote"]);
        let addresses: Vec<Address> = Route::all().map(Address::from).chain([dish]).collect();
        let xml = sitemap("https://x.example", &addresses, &changes);
        let indexed = 1 + Route::all().filter(|route| route.is_indexed()).count();
        assert_eq!(xml.matches("<url>").count(), 2 * indexed);
        assert_eq!(xml.matches("x-default").count(), 2 * indexed);
        assert_eq!(xml.matches("<lastmod>2026-11</lastmod>").count(), 1);
        assert!(xml.contains("<loc>https://x.example/en/privacy/</loc>\n<lastmod>"));
        assert!(xml.contains("hreflang=\"x-default\" href=\"https://x.example/\""));
        assert!(!xml.contains("/reserva/"));
        let (es, en) = ("/es/menu/mote-de-queso/", "/en/menu/mote/");
        for (code, path) in [("es", es), ("en", en), ("x-default", es)] {
            let link = format!("hreflang=\"{code}\" href=\"https://x.example{path}\"/>");
            assert_eq!(xml.matches(&link).count(), 2, "{link}");
        }
    }
}
