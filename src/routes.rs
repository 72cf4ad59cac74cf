//! The one table of pages: route × language → path.
//!
//! Links, language switch, hreflang, sitemap, the list of pages to prerender
//! and the list the browser tests walk all come from here. The dishes are named by editors: the table
//! only knows where their pages are, and an [`Address`] which one is meant.

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
    /// A dish. Which one, its [`Address`] says.
    Dish,
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
    /// How booking is doing, for whoever runs the site. No page leads there.
    Status,
}

/// The menu's path; its dishes are below it.
const MENU: [&str; 2] = ["menu/", "menu/"];

/// Every page with its path in each language, below `/es/` and `/en/`.
const TABLE: [(Route, [&str; 2]); 21] = [
    (Route::Home, ["", ""]),
    (Route::Story, ["historia/", "story/"]),
    (
        Route::SecondChances,
        ["segundas-oportunidades/", "second-chances/"],
    ),
    (Route::Foundation, ["fundacion/", "foundation/"]),
    (Route::Menu, MENU),
    (Route::Book(Step::Party), ["reservar/", "book/"]),
    (Route::Book(Step::Night), ["reservar/noche/", "book/night/"]),
    (Route::Book(Step::Time), ["reservar/hora/", "book/time/"]),
    (
        Route::Book(Step::Dishes),
        ["reservar/platos/", "book/dishes/"],
    ),
    (
        Route::Book(Step::Guests),
        ["reservar/invitados/", "book/guests/"],
    ),
    (
        Route::Book(Step::Rules),
        ["reservar/reglas/", "book/rules/"],
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
    (Route::Status, ["estado/", "status/"]),
];

impl Route {
    /// All pages, in the order of the table. The dishes are not among them.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(route, _)| *route)
    }

    /// The page's path, from the site's root, with its closing slash; for a dish that of the menu it
    /// is on.
    pub fn path(self, locale: Locale) -> String {
        let tail = TABLE
            .iter()
            .find(|(route, _)| *route == self)
            .map_or(tail_in(&MENU, locale), |(_, tails)| tail_in(tails, locale));
        ["/", locale.code(), "/", tail].concat()
    }

    /// The page at a path, if there is one. The closing slash may be missing.
    pub fn parse(path: &str) -> Option<(Locale, Self)> {
        let mut parts = path.strip_prefix('/')?.splitn(2, '/');
        let locale = Locale::from_code(parts.next()?)?;
        let tail = parts.next().unwrap_or("").trim_end_matches('/');
        TABLE
            .iter()
            .find(|(_, tails)| tail_in(tails, locale).trim_end_matches('/') == tail)
            .map(|(route, _)| *route)
            // Whether there is such a dish, only the server knows.
            .or_else(|| {
                let slug = tail.strip_prefix(tail_in(&MENU, locale))?;
                is_slug(slug).then_some(Self::Dish)
            })
            .map(|route| (locale, route))
    }

    /// Whether the page is written by editors and needs nothing but its HTML.
    pub fn is_publication(self) -> bool {
        !matches!(self, Self::Book(_) | Self::Manage)
    }

    /// Whether search engines are asked to list it. Steps without an answer, private pages and the
    /// operator's are not.
    pub fn is_indexed(self) -> bool {
        (self.is_publication() && self != Self::Status) || self == Self::Book(Step::Party)
    }

    /// Whether the app is wanted at once: without it the page asks nothing.
    pub fn is_app(self) -> bool {
        !self.is_publication() || self == Self::Status
    }
}

/// A page with its path in each language.
///
/// The phone has no list of the dishes. A dish's page knows its own path, and carries that of its
/// translation for the language switch.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    route: Route,
    paths: [String; 2],
}

impl Address {
    /// A dish's, by its slug in each language.
    pub fn dish(slugs: [&str; 2]) -> Self {
        let [es, en] = slugs;
        let path = |locale, slug: &str| [&Route::Menu.path(locale), slug, "/"].concat();
        Self {
            route: Route::Dish,
            paths: [path(Locale::Es, es), path(Locale::En, en)],
        }
    }

    /// That of a page at its path in a language. `twin` is the path in the other one, which only a dish
    /// needs.
    pub fn at(locale: Locale, route: Route, path: &str, twin: Option<&str>) -> Self {
        let mut address = Self::from(route);
        if route == Route::Dish {
            // One spelling of every path: with its closing slash.
            let own = [path.trim_end_matches('/'), "/"].concat();
            *address.path_mut(locale) = own;
            if let Some(twin) = twin {
                twin.clone_into(address.path_mut(locale.other()));
            }
        }
        address
    }

    /// Which page it is.
    pub fn route(&self) -> Route {
        self.route
    }

    /// The page's path, from the site's root, with its closing slash.
    pub fn path(&self, locale: Locale) -> &str {
        let [es, en] = &self.paths;
        match locale {
            Locale::Es => es,
            Locale::En => en,
        }
    }

    fn path_mut(&mut self, locale: Locale) -> &mut String {
        let [es, en] = &mut self.paths;
        match locale {
            Locale::Es => es,
            Locale::En => en,
        }
    }
}

impl From<Route> for Address {
    fn from(route: Route) -> Self {
        Self {
            route,
            paths: Locale::ALL.map(|locale| route.path(locale)),
        }
    }
}

impl From<&Address> for Address {
    fn from(address: &Address) -> Self {
        address.clone()
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
    fn a_dish_has_an_address_in_each_language() {
        let dish = Address::dish(["carimanolas-de-queso", "cheese-carimanolas"]);
        let [es, en] = Locale::ALL.map(|locale| dish.path(locale).to_owned());
        assert_eq!(es, "/es/menu/carimanolas-de-queso/");
        assert_eq!(en, "/en/menu/cheese-carimanolas/");
        for (locale, own, twin) in [(Locale::Es, &es, &en), (Locale::En, &en, &es)] {
            for path in [own.as_str(), own.trim_end_matches('/')] {
                assert_eq!(Route::parse(path), Some((locale, Route::Dish)));
                assert_eq!(Address::at(locale, Route::Dish, path, Some(twin)), dish);
            }
            // Without its translation's path, the language switch leads to the menu.
            let alone = Address::at(locale, Route::Dish, own, None);
            assert_eq!(alone.path(locale.other()), Route::Menu.path(locale.other()));
        }
        assert_eq!(
            Address::at(Locale::Es, Route::Visit, "/es/visita", Some("/en/menu/")),
            Address::from(Route::Visit)
        );
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
            "/es/menu/x/y/",
            "/es/menu/Mote/",
            "/es/menu/-/",
            "/es/menu/%20/",
            "/es/visita/x/",
            "//es/",
        ] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
    }
}
