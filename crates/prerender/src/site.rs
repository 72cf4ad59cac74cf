//! The whole folder, from template to finished site.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use interno::content::library::Library;
use interno::i18n::Locale;
use interno::menu::Carte;
use interno::pages::fragment::Fragment;
use interno::pages::publication::trouble;
use interno::routes::Route;

use crate::assets::Assets;
use crate::cache::Cache;
use crate::colours::Sheet;
use crate::head::Head;
use crate::picture::Gallery;
use crate::styles::Styles;
use crate::{
    Problem, Settings, compress, feeds, headers, icons, manifest, offline, photographs, plain,
    render,
};

/// Writes the finished site; the folder that was there before stays until the new one is complete.
pub fn build(settings: &Settings) -> Result<(), Problem> {
    let mut library = Library::load(&settings.content).map_err(|problems| {
        problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    })?;
    let fresh = settings.out.with_extension("new");
    remove(&fresh)?;
    fs::create_dir_all(&fresh).map_err(|error| format!("{}: {error}", fresh.display()))?;
    let mut assets = Assets::gather(&settings.template, &fresh)?;
    let styles = Styles::bundle(&settings.style, &mut assets, &fresh)?;
    assets.write_boot(&fresh)?;
    let cache = Cache::new(&settings.cache);
    library.hang(photographs::develop(&library, &cache, &fresh)?);
    let sheet = Sheet::read(&styles.whole);
    for locale in Locale::ALL {
        let file = locale.words_file().trim_start_matches('/');
        write(&fresh.join(file), locale.words())?;
    }
    icons::write(&fresh)?;
    manifest::write(&library, &sheet, &fresh)?;
    let gallery = Gallery::hang(&library, &sheet, &settings.origin, &cache, &fresh)?;
    pages(
        settings,
        &library,
        &gallery,
        &mut assets,
        &styles,
        &sheet,
        &fresh,
    )?;
    offline::write(&fresh)?;
    headers::write(&fresh, &settings.origin, styles.inline())?;
    compress::folder(&fresh)?;
    swap(&fresh, &settings.out)
}

fn pages(
    settings: &Settings,
    library: &Library,
    gallery: &Gallery,
    assets: &mut Assets,
    styles: &Styles,
    sheet: &Sheet,
    out: &Path,
) -> Result<(), Problem> {
    let template = assets.template()?;
    let site = library.site();
    let mut changes = BTreeMap::new();
    let addresses = library.addresses();
    for address in &addresses {
        for locale in Locale::ALL {
            let picture = gallery.of(address, locale);
            let head = Head::of(address, locale, library, &settings.origin, picture);
            let fragment = Fragment {
                title: None,
                html: head.html.clone(),
                twin: head.twin().map(str::to_owned),
            };
            let path = address.path(locale);
            let app = render::body(path, site.clone(), fragment);
            let body = app + &trouble::notices(library, address, locale);
            let frame = manifest::tags(locale, sheet);
            let page = head.page(&template, &body, styles, &site, assets, &frame);
            changes.extend(head.updated.clone().map(|date| (path.to_owned(), date)));
            let folder = out.join(path.trim_matches('/'));
            write(&folder.join("index.html"), &page)?;
            write(&folder.join("page.json"), &head.fragment_json())?;
        }
    }
    for locale in Locale::ALL {
        let folder = out.join(Route::Menu.path(locale).trim_matches('/'));
        let carte = Carte::of(library, locale).to_json();
        write(&folder.join(Carte::FILE), &carte.to_string())?;
    }
    let gate = library.art("gate", Locale::Es);
    write(
        &out.join("index.html"),
        &plain::front(styles, &settings.origin, assets, gallery, sheet, &gate),
    )?;
    let plate = library.art("door-book", Locale::Es);
    write(
        &out.join("404.html"),
        &plain::not_found(styles, sheet, &plate),
    )?;
    write(
        &out.join(offline::PAGE.trim_matches('/')).join("index.html"),
        &plain::offline(styles, sheet, &gate),
    )?;
    feeds::write(out, &settings.origin, &addresses, &changes)
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, text: &str) -> Result<(), Problem> {
    write_bytes(path, text.as_bytes())
}

/// The same for what is no text.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn swap(fresh: &Path, out: &Path) -> Result<(), Problem> {
    let old = out.with_extension("old");
    remove(&old)?;
    let said = |error: std::io::Error| format!("{}: {error}", out.display());
    if out.exists() {
        fs::rename(out, &old).map_err(said)?;
    }
    fs::rename(fresh, out).map_err(said)?;
    remove(&old)
}

fn remove(folder: &Path) -> Result<(), Problem> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}
