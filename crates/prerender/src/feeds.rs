//! Lists of pages: for search engines, and for the tests that walk all of them.

use std::fmt::Write as _;
use std::path::Path;

use interno::i18n::Locale;
use interno::routes::Route;
use serde_json::Value;

use crate::Problem;
use crate::site::write as write_file;

/// Writes `sitemap.xml`, `robots.txt` and `pages.json`.
pub fn write(out: &Path, origin: &str) -> Result<(), Problem> {
    write_file(&out.join("sitemap.xml"), &sitemap(origin))?;
    let robots = format!("User-agent: *\nDisallow: /api/\nSitemap: {origin}/sitemap.xml\n");
    write_file(&out.join("robots.txt"), &robots)?;
    let pages: Vec<Value> = Route::all()
        .flat_map(|route| Locale::ALL.map(|locale| route.path(locale).into()))
        .collect();
    write_file(&out.join("pages.json"), &Value::Array(pages).to_string())
}

fn sitemap(origin: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for route in Route::all().filter(|route| route.is_indexed()) {
        for locale in Locale::ALL {
            let _ = writeln!(xml, "<url><loc>{origin}{}</loc>", route.path(locale));
            let alternates = Locale::ALL.map(|locale| (locale.code(), locale));
            for (code, locale) in alternates.into_iter().chain([("x-default", Locale::Es)]) {
                let _ = writeln!(
                    xml,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{origin}{}\"/>",
                    route.path(locale)
                );
            }
            xml.push_str("</url>\n");
        }
    }
    xml + "</urlset>\n"
}
