//! The photographs' own rules: each file is described, each description has a file and a use.

use std::collections::BTreeSet;

use super::super::edition::Edition;
use super::super::facts::twice;
use super::super::photograph::Table;
use super::super::prose;
use super::super::source::{Reader, Source, at};
use super::Check;

/// What can be developed.
const ENDINGS: [&str; 3] = [".jpg", ".jpeg", ".png"];

impl Check<'_> {
    pub(in super::super) fn photographs(
        &mut self,
        table: &Table,
        source: &Source,
        reader: &Reader,
        editions: &[&Edition],
    ) {
        let files = reader.names("images", "");
        let shown: BTreeSet<String> = editions
            .iter()
            .flat_map(|edition| edition.bodies())
            .flat_map(prose::images)
            .collect();
        let mut names = BTreeSet::new();
        for row in &table.image {
            let (from, row) = (at(row), row.get_ref());
            let line = source.line_of("file = ", from);
            if !ENDINGS.iter().any(|ending| row.file.ends_with(ending)) {
                self.say(
                    source,
                    line,
                    format!("\"{}\" ends in none of .jpg, .jpeg, .png", row.file),
                );
            } else if !files.contains(&row.file) {
                self.say(
                    source,
                    line,
                    format!("there is no file content/images/{}", row.file),
                );
            }
            if !names.insert(row.name()) {
                self.problems
                    .push(twice(source, line, "picture", row.name()));
            }
            self.alt(row, source, from);
            match row.place() {
                Some(Err(message)) => {
                    let line = source.line_of(if row.place.is_some() { "place = " } else { "page = " }, from);
                    self.say(source, line, message);
                }
                None if !shown.contains(row.name()) => self.say(
                    source,
                    line,
                    format!(
                        "\"{}\" is used nowhere: it has neither page and place nor a text that shows it",
                        row.file
                    ),
                ),
                _ => {}
            }
        }
        self.places(table, source);
        for file in files.iter().filter(|file| {
            ENDINGS.iter().any(|ending| file.ends_with(ending))
                && !table.image.iter().any(|row| row.get_ref().file == **file)
        }) {
            self.say(
                source,
                1,
                format!("content/images/{file} has no entry in images.toml"),
            );
        }
    }

    fn alt(&mut self, row: &super::super::photograph::Row, source: &Source, from: usize) {
        let line = source.line_of("alt = ", from);
        for (code, words) in [("es", &row.alt.es), ("en", &row.alt.en)] {
            if words.trim().is_empty() {
                self.say(
                    source,
                    line,
                    format!("\"{}\" has no alt text: alt.{code} is missing", row.file),
                );
            }
        }
    }

    /// A place holds one photograph.
    fn places(&mut self, table: &Table, source: &Source) {
        let mut taken = BTreeSet::new();
        for row in &table.image {
            let (from, row) = (at(row), row.get_ref());
            if let Some(Ok((route, place))) = row.place()
                && !taken.insert((format!("{route:?}"), place.clone()))
            {
                let line = source.line_of("place = ", from);
                self.say(
                    source,
                    line,
                    format!("the place \"{place}\" is taken already"),
                );
            }
        }
    }
}
