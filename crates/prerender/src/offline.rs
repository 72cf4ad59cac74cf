//! What the service worker keeps on a phone: the app, and in each language the pages that are read on
//! the way.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use booking::Step;
use interno::i18n::Locale;
use interno::menu::Carte;
use interno::routes::Route;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::{Problem, compress, feeds, site};

/// The page for what the phone has no copy of.
pub const PAGE: &str = "/offline/";

const WORKER: &str = "sw.js";
const KEEPS: &str = include_str!("../../../public/sw.js");
const LEAVES: &str = include_str!("../../../public/sw-off.js");

/// Pages that are kept whole. The others come out of their `page.json` once the app runs.
const WHOLE: [Route; 6] = [
    Route::Home,
    Route::Story,
    Route::Visit,
    Route::Book(Step::Party),
    Route::Manage,
    // The last one: the worker takes it for a sign that all are there.
    Route::Menu,
];

/// Parts of the app that are nothing without a reservation API. Whoever had one has opened them: then the
/// worker keeps them like any file.
const LEFT_OUT: [&str; 3] = ["interno_calcom-", "interno_octo-", "interno_status-"];

/// Writes the service worker for a finished folder.
///
/// # Errors
/// One sentence, if a file cannot be read or written.
pub fn write(out: &Path) -> Result<(), Problem> {
    let app = app(out)?;
    let mut pages = Map::new();
    for locale in Locale::ALL {
        pages.insert(locale.code().to_owned(), json!(pages_in(out, locale)?));
    }
    let mut hash = Sha256::new();
    let texts = pages.values().filter_map(Value::as_array).flatten();
    for path in app
        .iter()
        .map(String::as_str)
        .chain(texts.filter_map(Value::as_str))
    {
        hash.update(path);
        hash.update(read(&on_disk(out, path))?);
    }
    hash.update(KEEPS);
    let mut version = String::new();
    for byte in hash.finalize().iter().take(8) {
        let _ = write!(version, "{byte:02x}");
    }
    let kept = json!({ "version": version, "app": app, "pages": pages });
    site::write(&out.join(WORKER), &format!("const KEPT = {kept};\n{KEEPS}"))
}

/// Puts the worker of a finished folder in its place again, or the one that takes everything away.
///
/// # Errors
/// One sentence, if there is no finished folder or a file cannot be written.
pub fn switch(out: &Path, on: bool) -> Result<(), Problem> {
    if on {
        write(out)?;
    } else {
        site::write(&out.join(WORKER), LEAVES)?;
    }
    compress::file(&out.join(WORKER))
}

/// What the app is made of, the fonts, and the page for what is not kept.
fn app(out: &Path) -> Result<Vec<String>, Problem> {
    let mut app: Vec<String> = names(&out.join("assets"))?
        .into_iter()
        .filter(|name| is_app(name))
        .map(|name| ["/assets/", &name].concat())
        .collect();
    app.push(PAGE.to_owned());
    Ok(app)
}

fn is_app(name: &str) -> bool {
    [".js", ".wasm", ".css", ".woff2"]
        .iter()
        .any(|ending| name.ends_with(ending))
        // The crossroads leads on before anybody is there.
        && !name.starts_with("language")
        && !LEFT_OUT.iter().any(|part| name.starts_with(part))
}

/// What is kept in a language, out of the list of all pages.
fn pages_in(out: &Path, locale: Locale) -> Result<Vec<String>, Problem> {
    let list = out.join(feeds::PAGES);
    let text = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let all: Vec<String> =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", list.display()))?;
    let mut pages: Vec<String> = all
        .iter()
        .filter(|path| {
            Route::parse(path).is_some_and(|(its, route)| {
                // A copy of the operator's page could only tell of a moment that is gone.
                its == locale && route.is_publication() && route.is_indexed()
            })
        })
        .map(|path| [path, "page.json"].concat())
        .collect();
    pages.push(locale.words_file().to_owned());
    pages.push([&Route::Menu.path(locale), Carte::FILE].concat());
    pages.extend(WHOLE.map(|route| route.path(locale)));
    Ok(pages)
}

fn names(folder: &Path) -> Result<Vec<String>, Problem> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(said)? {
        names.push(
            entry
                .map_err(said)?
                .file_name()
                .to_string_lossy()
                .into_owned(),
        );
    }
    names.sort();
    Ok(names)
}

fn on_disk(out: &Path, path: &str) -> PathBuf {
    let file = out.join(path.trim_start_matches('/'));
    if path.ends_with('/') {
        file.join("index.html")
    } else {
        file
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A finished site in small: every page there is, and the files of the app.
    fn finished(folder: &Path) {
        let paths: Vec<String> = Locale::ALL
            .into_iter()
            .flat_map(|locale| Route::all().map(move |route| route.path(locale)))
            .filter(|path| !path.ends_with("//"))
            .collect();
        for path in &paths {
            let page = on_disk(folder, path);
            site::write(&page, path).unwrap();
            site::write(&page.with_file_name("page.json"), "{}").unwrap();
        }
        for locale in Locale::ALL {
            let menu = on_disk(folder, &Route::Menu.path(locale));
            site::write(&menu.with_file_name(Carte::FILE), "{}").unwrap();
            site::write(&on_disk(folder, locale.words_file()), "words").unwrap();
        }
        let list = serde_json::to_string(&paths).unwrap();
        site::write(&folder.join(feeds::PAGES), &list).unwrap();
        site::write(&on_disk(folder, PAGE), "offline").unwrap();
        for name in [
            "app-1.js",
            "app-1.wasm",
            "app-1.wasm.br",
            "interno_octo-1.wasm",
            "interno_table-1.wasm",
            "font-1.woff2",
            "plate-1.avif",
        ] {
            site::write(&folder.join("assets").join(name), name).unwrap();
        }
    }

    fn kept(folder: &Path) -> Value {
        let text = fs::read_to_string(folder.join(WORKER)).unwrap();
        let line = text.lines().next().unwrap();
        let line = line.strip_prefix("const KEPT = ").unwrap();
        serde_json::from_str(line.trim_end_matches(';')).unwrap()
    }

    #[test]
    fn the_app_and_both_languages_are_kept_and_nothing_of_a_booking() {
        let folder = tempfile::tempdir().unwrap();
        finished(folder.path());
        write(folder.path()).unwrap();
        let kept = kept(folder.path());
        assert_eq!(
            kept["app"],
            json!([
                "/assets/app-1.js",
                "/assets/app-1.wasm",
                "/assets/font-1.woff2",
                "/assets/interno_table-1.wasm",
                PAGE
            ])
        );
        let spanish = kept["pages"]["es"].as_array().unwrap();
        for path in ["/es/menu/", "/es/historia/page.json", "/es/menu/carte.json"] {
            assert!(spanish.contains(&json!(path)), "{path}");
        }
        assert_eq!(spanish.last().unwrap(), "/es/menu/");
        let all = kept.to_string();
        for never in [
            "/api",
            "config.json",
            "/en/reservar",
            "/es/reservar/revisar",
            "/es/estado",
            "/en/status",
        ] {
            assert!(!all.contains(never), "{never}");
        }
    }

    #[test]
    fn another_word_on_a_page_is_another_version() {
        let folder = tempfile::tempdir().unwrap();
        finished(folder.path());
        write(folder.path()).unwrap();
        let first = kept(folder.path());
        write(folder.path()).unwrap();
        assert_eq!(
            kept(folder.path()),
            first,
            "the same files are the same version"
        );
        site::write(&on_disk(folder.path(), "/es/menu/"), "another soup").unwrap();
        write(folder.path()).unwrap();
        assert_ne!(kept(folder.path())["version"], first["version"]);
    }

    #[test]
    fn what_is_switched_off_keeps_nothing_and_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        finished(folder.path());
        switch(folder.path(), true).unwrap();
        let on = fs::read_to_string(folder.path().join(WORKER)).unwrap();
        switch(folder.path(), false).unwrap();
        let off = fs::read_to_string(folder.path().join(WORKER)).unwrap();
        assert!(off.contains("unregister") && !off.contains("KEPT"));
        let small = fs::read(folder.path().join("sw.js.br")).unwrap();
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut small.as_slice(), &mut text).unwrap();
        assert_eq!(text, off.as_bytes(), "hosts send the compressed copy");
        switch(folder.path(), true).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join(WORKER)).unwrap(), on);
    }
}
