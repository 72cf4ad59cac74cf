//! The one table of pages: route × language → path.
//!
//! Links, language switch, hreflang, sitemap, the list of pages to prerender
//! and the list the browser tests walk all come from here.

use booking::Step;

use crate::i18n::Locale;

/// A page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// The front door.
    Home,
    /// 2012 to today.
    Story,
    /// The idea, the workshops, the law, the criticism.
    SecondChances,
    /// Who is behind it.
    Foundation,
    /// What was served.
    Menu,
    /// A question of the booking wizard.
    Book(Step),
    /// An existing reservation.
    Manage,
    /// Before you come.
    Visit,
    /// Who helped.
    Allies,
    /// Who wrote about it.
    Press,
    /// What was tested, what is not known.
    Accessibility,
    /// What is stored where.
    Privacy,
    /// Whose fonts and icons these are.
    Credits,
}

/// Every page with its path in each language, below `/es/` and `/en/`.
const TABLE: [(Route, [&str; 2]); 18] = [
    (Route::Home, ["", ""]),
    (Route::Story, ["historia/", "story/"]),
    (
        Route::SecondChances,
        ["segundas-oportunidades/", "second-chances/"],
    ),
    (Route::Foundation, ["fundacion/", "foundation/"]),
    (Route::Menu, ["menu/", "menu/"]),
    (Route::Book(Step::Party), ["reservar/", "book/"]),
    (Route::Book(Step::Night), ["reservar/noche/", "book/night/"]),
    (Route::Book(Step::Time), ["reservar/hora/", "book/time/"]),
    (
        Route::Book(Step::Guests),
        ["reservar/invitados/", "book/guests/"],
    ),
    (
        Route::Book(Step::Check),
        ["reservar/revisar/", "book/check/"],
    ),
    (Route::Book(Step::Done), ["reservar/listo/", "book/done/"]),
    (Route::Manage, ["reserva/", "reservation/"]),
    (Route::Visit, ["visita/", "visit/"]),
    (Route::Allies, ["aliados/", "allies/"]),
    (Route::Press, ["prensa/", "press/"]),
    (Route::Accessibility, ["accesibilidad/", "accessibility/"]),
    (Route::Privacy, ["privacidad/", "privacy/"]),
    (Route::Credits, ["creditos/", "credits/"]),
];

impl Route {
    /// All pages, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(route, _)| *route)
    }

    /// The page's path, from the site's root, with its closing slash.
    pub fn path(self, locale: Locale) -> String {
        let tail = TABLE
            .iter()
            .find(|(route, _)| *route == self)
            .map_or("", |(_, tails)| tail_in(tails, locale));
        format!("/{}/{tail}", locale.code())
    }

    /// The page at a path, if there is one. The closing slash may be missing.
    pub fn parse(path: &str) -> Option<(Locale, Self)> {
        let mut parts = path.strip_prefix('/')?.splitn(2, '/');
        let locale = Locale::from_code(parts.next()?)?;
        let tail = parts.next().unwrap_or("").trim_end_matches('/');
        TABLE
            .iter()
            .find(|(_, tails)| tail_in(tails, locale).trim_end_matches('/') == tail)
            .map(|(route, _)| (locale, *route))
    }

    /// Whether the page is written by editors and needs nothing but its HTML.
    pub fn is_publication(self) -> bool {
        !matches!(self, Self::Book(_) | Self::Manage)
    }

    /// Whether search engines are asked to list it. Steps without an answer and private pages are not.
    pub fn is_indexed(self) -> bool {
        self.is_publication() || self == Self::Book(Step::Party)
    }

    /// Whether the app is wanted at once: without it the page asks nothing.
    pub fn is_app(self) -> bool {
        !self.is_publication()
    }
}

/// Whether a word can stand in an address as it is: small letters and digits, with single hyphens
/// between them.
pub fn is_slug(word: &str) -> bool {
    word.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

fn tail_in(tails: &[&'static str; 2], locale: Locale) -> &'static str {
    let [es, en] = tails;
    match locale {
        Locale::Es => es,
        Locale::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_page_has_its_own_path_and_is_found_again() {
        let mut seen = HashSet::new();
        for route in Route::all() {
            for locale in Locale::ALL {
                let path = route.path(locale);
                assert!(path.ends_with('/'), "{path}");
                assert!(seen.insert(path.clone()), "{path} is there twice");
                assert_eq!(Route::parse(&path), Some((locale, route)));
                assert_eq!(
                    Route::parse(path.trim_end_matches('/')),
                    Some((locale, route))
                );
            }
        }
    }

    #[test]
    fn every_step_of_the_wizard_has_a_page() {
        for step in Step::ALL {
            assert!(Route::all().any(|route| route == Route::Book(step)));
        }
    }

    #[test]
    fn foreign_paths_are_nobody() {
        for path in [
            "/",
            "",
            "/fr/",
            "/es/story/",
            "/en/historia/",
            "/es/menu/x/",
            "//es/",
        ] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
    }
}
