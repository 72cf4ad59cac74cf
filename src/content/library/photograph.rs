//! The venue's own photographs: what `images.toml` says of the files in `content/images/`.
//!
//! None ship with the site, and it is complete without them. Turning a file into what a browser gets
//! is the prerenderer's work; it hands back a [`Developed`] for each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::link::page;
use super::problem::Problem;
use super::source::{Reader, Source, at};
use super::tables::Both;
use crate::routes::Route;

/// The places of the pages' own layouts, by page; texts take a photograph anywhere.
const PLACES: [(&str, &str); 4] = [
    ("home", "table"),
    ("home", "workshop"),
    ("menu", "table"),
    ("visit", "street"),
];

/// `images.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    pub(super) image: Vec<Spanned<Row>>,
}

impl Table {
    /// The names texts may use.
    pub(super) fn names(&self) -> Vec<String> {
        self.image
            .iter()
            .map(|row| row.get_ref().name().to_owned())
            .collect()
    }
}

/// What stands in it for one file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) file: String,
    #[serde(default)]
    pub(super) alt: Both,
    pub(super) credit: Option<String>,
    pub(super) page: Option<String>,
    pub(super) place: Option<String>,
}

impl Row {
    /// The name texts use: the file's without its ending.
    pub(super) fn name(&self) -> &str {
        self.file
            .rsplit_once('.')
            .map_or(self.file.as_str(), |(name, _)| name)
    }

    /// Whether it asks for a place of a page, and whether there is such a place.
    pub(super) fn place(&self) -> Option<Result<(Route, String), String>> {
        let (page_name, place) = match (&self.page, &self.place) {
            (None, None) => return None,
            (Some(page), Some(place)) => (page, place),
            _ => return Some(Err("page and place stand together or not at all".to_owned())),
        };
        let known = PLACES.contains(&(page_name, place));
        Some(match page(page_name).filter(|_| known) {
            Some(route) => Ok((route, place.clone())),
            None => Err(format!(
                "there is no place \"{place}\" on the page \"{page_name}\"; there are {}",
                PLACES
                    .map(|(page, place)| [page, "/", place].concat())
                    .join(", ")
            )),
        })
    }
}

/// A photograph as editors described it.
#[derive(Debug, Clone)]
pub struct Photograph {
    /// The name texts use.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    pub(crate) alt: Both,
    pub(crate) credit: Option<String>,
    place: Option<(Route, String)>,
    source: Source,
    line: usize,
}

impl Photograph {
    /// A fault of the file, told where editors named it.
    pub fn problem(&self, message: &str) -> Problem {
        self.source.fault(self.line, message)
    }

    /// Whether it belongs to a place of a page.
    pub(crate) fn stands_at(&self, route: Route, place: &str) -> bool {
        self.place
            .as_ref()
            .is_some_and(|(own, name)| *own == route && name == place)
    }
}

/// What a browser gets of a photograph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Developed {
    /// Of the largest file.
    pub width: u32,
    /// Of the largest file.
    pub height: u32,
    /// From the best form to the one every browser reads.
    pub forms: Vec<Form>,
}

/// One form of a photograph, in several widths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Such as `image/avif`.
    pub kind: &'static str,
    /// Width and path, from small to large.
    pub files: Vec<(u32, String)>,
}

/// The photographs with what became of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Album {
    pub(super) all: Vec<Photograph>,
    pub(super) developed: BTreeMap<String, Developed>,
}

impl Album {
    /// The rows as the pages use them; the loader has told what was wrong with them.
    pub(super) fn new(table: Table, source: &Source, folder: &Path) -> Self {
        let all = table.image.into_iter().map(|row| {
            let line = source.line_at(at(&row));
            let row = row.into_inner();
            Photograph {
                name: row.name().to_owned(),
                path: folder.join("images").join(&row.file),
                place: row.place().and_then(Result::ok),
                alt: row.alt,
                credit: row.credit,
                source: source.clone(),
                line,
            }
        });
        Self {
            all: all.collect(),
            developed: BTreeMap::new(),
        }
    }

    /// A photograph of a name; nothing until it is developed.
    pub(crate) fn get(&self, name: &str) -> Option<(&Photograph, &Developed)> {
        let photograph = self.all.iter().find(|one| one.name == name)?;
        Some((photograph, self.developed.get(name)?))
    }
}

/// Reads the table; an empty one where there is no such file.
pub(super) fn read(reader: &mut Reader) -> Option<(Table, Source)> {
    if reader
        .names("", ".toml")
        .iter()
        .any(|name| name == "images.toml")
    {
        return reader.toml("images.toml");
    }
    Some((Table::default(), reader.absent("images.toml")))
}
