//! The files of `content/`, read and checked.
//!
//! [`Library::load`] reads everything, applies every rule and gives back either a library on which
//! the pages can rely or all problems at once, each with its file and line. What stands in it
//! needs no second check: every link leads somewhere, every text is there in both languages.

mod check;
mod edition;
mod facts;
mod link;
mod photograph;
mod problem;
mod prose;
mod source;
mod tables;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use booking::venue::Text;

pub(crate) use edition::{Edition, Line};
pub(crate) use facts::{Fact, Mark};
pub(crate) use link::{Link, page};
pub use photograph::{Developed, Form, Photograph};
pub use problem::Problem;
pub(crate) use prose::{headings, picture, plain};
pub(crate) use tables::{Ally, Both, Course, Diet, Dish, Group, Named, Provenance, Term, Venue};
pub(crate) use words::{MenuWords, Words};

use check::Check;
use facts::Facts;
use photograph::Album;
use source::{Reader, Source};
use tables::{Allies, Figures, Menu, Press};

pub(crate) use super::escape;
use super::{Site, VenueState};
use crate::i18n::Locale;
use crate::routes::{Address, Route};

/// A laid plate, for dishes of which there is no drawing.
const LAID: &str = "door-book";

/// Everything editors wrote.
#[derive(Debug, Clone)]
pub struct Library {
    facts: Facts,
    pub(crate) venue: Venue,
    pub(crate) menu: Menu,
    pub(crate) figures: Figures,
    pub(crate) allies: Allies,
    pub(crate) press: Press,
    art: BTreeMap<String, String>,
    album: Album,
    es: Edition,
    en: Edition,
}

/// The tables that could be read, each with the file its faults are told of.
struct Tables {
    venue: Option<(Venue, Source)>,
    menu: Option<(Menu, Source)>,
    figures: Option<(Figures, Source)>,
    allies: Option<(Allies, Source)>,
    press: Option<(Press, Source)>,
    images: Option<(photograph::Table, Source)>,
}

impl Tables {
    fn read(reader: &mut Reader) -> Self {
        Self {
            venue: reader.toml("venue.toml"),
            menu: reader.toml("menu.toml"),
            figures: reader.toml("figures.toml"),
            allies: reader.toml("allies.toml"),
            press: reader.toml("press.toml"),
            images: photograph::read(reader),
        }
    }

    fn check(&self, check: &mut Check<'_>, art: &BTreeMap<String, String>) {
        if let Some((venue, source)) = &self.venue {
            check.venue(venue, source);
        }
        if let Some((menu, source)) = &self.menu {
            check.menu(menu, source, art);
        }
        if let Some((figures, source)) = &self.figures {
            check.figures(figures, source);
        }
        if let Some((allies, source)) = &self.allies {
            check.allies(allies, source);
        }
        if let Some((press, source)) = &self.press {
            check.press(press, source);
        }
    }
}

impl Library {
    /// Reads and checks a folder.
    ///
    /// # Errors
    ///
    /// All problems found, ordered by file and line.
    pub fn load(folder: &Path) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::new(folder);
        let facts = facts::read(&mut reader);
        let mut check = Check {
            facts: facts.as_ref(),
            pictures: Vec::new(),
            problems: Vec::new(),
        };
        let art = check::drawings(&mut reader, &mut check);
        let tables = Tables::read(&mut reader);
        let es = edition::read(&mut reader, Locale::Es);
        let en = edition::read(&mut reader, Locale::En);
        tables.check(&mut check, &art);
        let editions: Vec<_> = [&es, &en].into_iter().flatten().collect();
        if let Some((images, source)) = &tables.images {
            check.pictures = images.names();
            check.photographs(images, source, &reader, &editions);
        }
        for edition in editions {
            check.edition(edition, &art);
        }
        if let (Some(es), Some(en)) = (&es, &en) {
            check.pair(es, en);
        }
        let mut problems = reader.problems;
        problems.append(&mut check.problems);
        problems.sort();
        problems.dedup();
        let Tables {
            venue,
            menu,
            figures,
            allies,
            press,
            images,
        } = tables;
        let album = images.map(|(table, source)| Album::new(table, &source, folder));
        match (facts, venue, menu, figures, allies, press, album, es, en) {
            (
                Some(facts),
                Some((venue, _)),
                Some((menu, _)),
                Some((figures, _)),
                Some((allies, _)),
                Some((press, _)),
                Some(album),
                Some(es),
                Some(en),
            ) if problems.is_empty() => Ok(Self {
                facts,
                venue,
                menu,
                figures,
                allies,
                press,
                art,
                album,
                es,
                en,
            }),
            _ => Err(problems),
        }
    }

    /// What every page needs of the venue.
    pub fn site(&self) -> Site {
        let text = |both: &Both| Text {
            es: both.es.clone(),
            en: both.en.clone(),
        };
        let place = |locale: Locale| {
            let address = &self.venue.address;
            [
                address.place.pick(locale),
                &address.street,
                &address.city,
                address.country.pick(locale),
            ]
            .join(", ")
        };
        Site {
            state: self.state(),
            notice: text(&self.venue.notice),
            contact: text(&self.venue.contact.text),
            contact_url: self.venue.contact.site.clone(),
            operator: text(&self.venue.operator.text),
            place: Text {
                es: place(Locale::Es),
                en: place(Locale::En),
            },
        }
    }

    /// The venue's photographs, for whoever develops them.
    pub fn photographs(&self) -> &[Photograph] {
        &self.album.all
    }

    /// Takes what became of the photographs, by their names.
    pub fn hang(&mut self, developed: BTreeMap<String, Developed>) {
        self.album.developed = developed;
    }

    /// A photograph of a name; nothing until it is developed.
    pub(crate) fn developed(&self, name: &str) -> Option<(&Photograph, &Developed)> {
        self.album.get(name)
    }

    /// The photograph of a place of a page.
    pub(crate) fn photograph_at(&self, route: Route, place: &str) -> Option<&Photograph> {
        self.album
            .all
            .iter()
            .find(|one| one.stands_at(route, place))
    }

    /// Every page of the site: those of the table, and the dishes behind the menu they are on.
    pub fn addresses(&self) -> Vec<Address> {
        let mut addresses = Vec::new();
        for route in Route::all() {
            addresses.push(route.into());
            if route == Route::Menu {
                addresses.extend(self.menu.dish.iter().map(|row| row.get_ref().address()));
            }
        }
        addresses
    }

    /// The dish of a page.
    pub(crate) fn dish_at(&self, address: &Address) -> Option<&Dish> {
        self.menu
            .dish
            .iter()
            .map(toml::Spanned::get_ref)
            .find(|dish| dish.address() == *address)
    }

    /// The drawing of a dish's page: the dish, or a laid plate. Nobody is shown beef for a soup of
    /// cheese.
    pub fn plate(&self, address: &Address) -> &str {
        let dish = self.dish_at(address);
        dish.and_then(|dish| dish.art.as_deref()).unwrap_or(LAID)
    }

    /// Whether the venue receives guests.
    pub(crate) fn state(&self) -> VenueState {
        VenueState::from_word(self.venue.status.get_ref()).unwrap_or_default()
    }

    /// A fact; the loader made sure that every id in use is known.
    pub(crate) fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.get(id)
    }

    /// The pages in a language.
    pub(crate) fn edition(&self, locale: Locale) -> &Edition {
        match locale {
            Locale::Es => &self.es,
            Locale::En => &self.en,
        }
    }

    /// What a drawing shows, for those who do not see it; empty where nobody said so.
    pub fn drawing_in_words(&self, name: &str, locale: Locale) -> &str {
        let words = &self.edition(locale).words.drawings;
        words.get(name).map_or("", String::as_str)
    }

    /// Where the house stands, in the fewest words.
    pub fn quarter(&self) -> String {
        let address = &self.venue.address;
        [&address.district, ", ", &address.city].concat()
    }

    /// A drawing with its words filled in; empty where there is none of that name.
    pub fn art(&self, name: &str, locale: Locale) -> String {
        let Some(svg) = self.art.get(name) else {
            return String::new();
        };
        let words = self.edition(locale).words.art.get(name);
        words
            .into_iter()
            .flatten()
            .fold(svg.clone(), |svg, (key, text)| {
                let escaped = escape(text);
                svg.replace(&format!("{{{{{key}}}}}"), &escaped)
            })
    }
}
