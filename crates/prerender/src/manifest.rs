//! What a phone keeps when somebody puts the site on its home screen, once in each language.

use std::path::Path;

use booking::Step;
use interno::content::library::Library;
use interno::i18n::Locale;
use interno::pages::publication;
use interno::routes::Route;
use serde_json::{Value, json};

use crate::colours::Sheet;
use crate::{Problem, icons, site};

/// Where it is, from the site's root.
pub fn path(locale: Locale) -> String {
    format!("/{locale}/manifest.webmanifest")
}

/// Writes both.
pub fn write(library: &Library, sheet: &Sheet, out: &Path) -> Result<(), Problem> {
    for locale in Locale::ALL {
        let text = manifest(library, sheet, locale).to_string();
        site::write(&out.join(path(locale).trim_start_matches('/')), &text)?;
    }
    Ok(())
}

/// The tags that lead to it, with the colours of the browser's own frame.
pub fn tags(locale: Locale, sheet: &Sheet) -> String {
    format!(
        "<link rel=\"manifest\" href=\"{}\">\n\
         <link rel=\"apple-touch-icon\" href=\"/icons/apple-touch-icon.png\">\n\
         <meta name=\"theme-color\" media=\"(prefers-color-scheme: light)\" content=\"{}\">\n\
         <meta name=\"theme-color\" media=\"(prefers-color-scheme: dark)\" content=\"{}\">\n",
        path(locale),
        sheet.token(AWNING),
        sheet.token("--noche"),
    )
}

/// The awning's upper edge: the frame continues it.
const AWNING: &str = "--fucsia-800";

fn manifest(library: &Library, sheet: &Sheet, locale: Locale) -> Value {
    let words = &locale.messages().nav;
    let name = locale.messages().site.name;
    let home = publication::render(library, Route::Home, locale);
    let icon = |src: &str, sizes: &str, kind: &str, purpose: &str| {
        let src = ["/", src].concat();
        json!({ "src": src, "sizes": sizes, "type": kind, "purpose": purpose })
    };
    json!({
        // One app in two languages, not two apps.
        "id": "/",
        "name": name,
        "short_name": name,
        "description": home.description,
        "lang": locale.code(),
        "dir": "ltr",
        "start_url": Route::Home.path(locale),
        "scope": "/",
        "display": "standalone",
        "theme_color": sheet.token(AWNING),
        "background_color": sheet.token("--cal"),
        "icons": [
            icon("icons/icon.svg", "any", "image/svg+xml", "any"),
            icon("icons/icon-192.png", "192x192", "image/png", "any"),
            icon("icons/icon-512.png", "512x512", "image/png", "any"),
            icon(icons::MASKABLE, "512x512", "image/png", "maskable"),
        ],
        "shortcuts": [
            { "name": words.menu, "url": Route::Menu.path(locale) },
            { "name": words.book, "url": Route::Book(Step::Party).path(locale) },
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_words_and_both_are_one_app() {
        let content = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content"));
        let library = Library::load(content).unwrap();
        let sheet = Sheet::read(":root{--fucsia-800:#8a0f4e;--cal:#fff8f0;--noche:#170d18}");
        let [es, en] = Locale::ALL.map(|locale| manifest(&library, &sheet, locale));
        assert_eq!(es["id"], en["id"]);
        for (value, code) in [(&es, "es"), (&en, "en")] {
            assert_eq!(value["lang"], code);
            assert_eq!(value["start_url"], format!("/{code}/"));
            assert_eq!(value["background_color"], "#fff8f0");
            for shortcut in value["shortcuts"].as_array().unwrap() {
                let url = shortcut["url"].as_str().unwrap();
                assert!(Route::parse(url).is_some(), "{url}");
            }
            let icons = value["icons"].as_array().unwrap();
            assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"));
        }
        assert_ne!(es["description"], en["description"]);
        let tags = tags(Locale::En, &sheet);
        assert!(tags.contains("href=\"/en/manifest.webmanifest\""), "{tags}");
        assert!(tags.contains("(prefers-color-scheme: dark)\" content=\"#170d18\""));
    }
}
