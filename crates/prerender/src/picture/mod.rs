//! The picture a page is shared with: its title as a poster, beside one of the site's drawings.
//!
//! [`words`] sets titles, [`poster`] composes, [`paint`] makes a file of it; the drawings' colours come
//! from the style sheets by [`colours`](crate::colours).

mod paint;
mod poster;
mod words;

use std::collections::HashMap;
use std::path::Path;

use booking::Step;
use interno::content::library::Library;
use interno::i18n::Locale;
use interno::pages::{book, publication};
use interno::routes::{Address, Route};

use crate::cache::Cache;
use crate::colours::Sheet;
use crate::{Problem, assets, site};
use poster::{Poster, Stand};
use words::Type;

pub use poster::{HEIGHT, WIDTH};

/// What changes a picture beside its composition.
const RECIPE: [&[u8]; 4] = [
    include_bytes!("paint.rs"),
    include_bytes!("../../Cargo.toml"),
    include_bytes!("../../fonts/bricolage-800.ttf"),
    include_bytes!("../../fonts/atkinson-600.ttf"),
];

/// A finished picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its path in the site.
    pub url: String,
    /// What it shows, in the page's language.
    pub alt: String,
}

/// The pictures of all pages.
pub struct Gallery {
    pictures: HashMap<(Address, Locale), Picture>,
}

impl Gallery {
    /// Paints what the cache does not hold yet and writes everything below `/assets/`.
    pub fn hang(
        library: &Library,
        sheet: &Sheet,
        origin: &str,
        cache: &Cache,
        out: &Path,
    ) -> Result<Self, Problem> {
        let types = Type::new();
        let mut posters = Vec::new();
        let addresses = library.addresses();
        for address in addresses.iter().filter(|one| one.route().is_indexed()) {
            for locale in Locale::ALL {
                let (svg, alt) = compose(address, locale, library, origin, &types, sheet)?;
                posters.push((address.clone(), locale, svg, alt));
            }
        }
        let half = posters.len().div_ceil(2);
        let hang = |(address, locale, svg, alt): &(Address, Locale, String, String)| {
            let mut parts = RECIPE.to_vec();
            parts.push(svg.as_bytes());
            let bytes = cache.get(&parts, || paint::png(svg, &types))?;
            let url = assets::hashed_name("share.png", &bytes);
            site::write_bytes(&out.join(url.trim_start_matches('/')), &bytes)?;
            let alt = alt.clone();
            Ok(((address.clone(), *locale), Picture { url, alt }))
        };
        let (first, second) = posters.split_at(half.min(posters.len()));
        let pictures = std::thread::scope(|threads| {
            let other = threads.spawn(|| second.iter().map(hang).collect::<Result<Vec<_>, _>>());
            let mut pictures: Vec<_> = first.iter().map(hang).collect::<Result<_, Problem>>()?;
            let other = other.join();
            pictures.extend(other.unwrap_or_else(|_| Err("painting stopped half-way".into()))?);
            Ok::<_, Problem>(pictures)
        })?;
        Ok(Self {
            pictures: pictures.into_iter().collect(),
        })
    }

    /// The picture of a page. A step of the wizard and a private page show that of the booking.
    pub fn of(&self, address: &Address, locale: Locale) -> Option<&Picture> {
        let booking = || Address::from(Route::Book(Step::Party));
        self.pictures
            .get(&(address.clone(), locale))
            .or_else(|| self.pictures.get(&(booking(), locale)))
    }
}

fn compose(
    address: &Address,
    locale: Locale,
    library: &Library,
    origin: &str,
    types: &Type,
    sheet: &Sheet,
) -> Result<(String, String), Problem> {
    let plate = library.plate(address);
    let (name, stand) = drawing(address.route(), plate);
    let svg = library.art(name, locale);
    if svg.is_empty() {
        return Err(format!(
            "content/art/{name}.svg is missing: the picture for shared links of {} shows it.",
            address.path(locale)
        ));
    }
    let title = match address.route() {
        Route::Book(step) => book::name(step, locale).to_owned(),
        _ => publication::headline(library, address, locale),
    };
    let poster = Poster {
        title: &title,
        // The map's words are coloured by the figure around it.
        drawing: &format!("<g class=\"way-{name}\">{svg}</g>"),
        stand,
        place: &library.quarter(),
        host: origin.split_once("://").map_or(origin, |(_, host)| host),
    };
    let shown = library.drawing_in_words(name, locale);
    if shown.is_empty() {
        return Err(format!(
            "content/{locale}/publication.toml: [drawings] does not say what {name} shows."
        ));
    }
    let stop = if title.ends_with(['.', '?', '!']) {
        " "
    } else {
        ". "
    };
    let alt = [&title, stop, shown].concat();
    Ok((poster.svg(types, sheet), alt))
}

/// Which drawing a page is shared with; a dish with its own `plate`.
fn drawing(route: Route, plate: &str) -> (&str, Stand) {
    match route {
        Route::Home => ("gate", Stand::Wall),
        Route::Story => ("door-story", Stand::Niche),
        Route::SecondChances => ("workshop", Stand::Scene),
        Route::Foundation => ("house", Stand::Niche),
        Route::Menu => ("plate-main", Stand::Table),
        Route::Dish => (plate, Stand::Table),
        Route::Book(_) | Route::Manage | Route::Status => ("door-book", Stand::Table),
        Route::Visit => ("map", Stand::Shore),
        Route::Allies => ("chairs", Stand::Niche),
        Route::Press => ("papers", Stand::Niche),
        Route::Accessibility => ("ramp", Stand::Niche),
        Route::Privacy => ("key", Stand::Niche),
        Route::Credits => ("pencils", Stand::Niche),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(name: &str) -> std::path::PathBuf {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(name)
    }

    #[test]
    fn every_page_has_a_poster_whose_colours_and_words_are_found() {
        let library = Library::load(&root("content")).unwrap();
        let css: String = ["tokens", "art", "place"]
            .map(|name| std::fs::read_to_string(root(&format!("style/{name}.css"))).unwrap())
            .concat();
        let (types, sheet) = (Type::new(), Sheet::read(&css));
        let addresses = library.addresses();
        for address in addresses.iter().filter(|one| one.route().is_indexed()) {
            let route = address.path(Locale::Es);
            for locale in Locale::ALL {
                let made = compose(
                    address,
                    locale,
                    &library,
                    "https://x.example",
                    &types,
                    &sheet,
                );
                let (svg, alt) = made.unwrap();
                assert!(types.tree(&svg).is_ok(), "{route:?}");
                for left in ["var(", "{{", "#000"] {
                    assert!(!svg.contains(left), "{route:?} still says {left}");
                }
                assert!(svg.contains("x.example</text>"), "{route:?}");
                assert!(alt.chars().count() > 20, "{alt}");
            }
        }
        let map = compose(
            &Route::Visit.into(),
            Locale::Es,
            &library,
            "",
            &types,
            &sheet,
        )
        .unwrap();
        assert!(map.0.contains(".way-map text{"), "the map lost its words");
    }
}
