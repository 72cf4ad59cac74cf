//! Reading files so that every fault found later still knows its line.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::problem::Problem;

/// A file as it was read.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// The file's name as an editor knows it, such as `content/es/visit.md`.
    pub(super) file: String,
    pub(super) text: String,
}

impl Source {
    /// The line, counted from one, in which a byte stands.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        1 + self
            .text
            .bytes()
            .take(offset)
            .filter(|byte| *byte == b'\n')
            .count()
    }

    /// The line of a word at or after a byte; the byte's own line where the word is not found.
    pub(super) fn line_of(&self, word: &str, from: usize) -> usize {
        let found = self.text.get(from..).and_then(|rest| rest.find(word));
        self.line_at(from + found.unwrap_or(0))
    }

    /// A fault at a line.
    pub(super) fn fault(&self, line: usize, message: impl Into<String>) -> Problem {
        Problem::new(&self.file, line, message)
    }
}

/// A Markdown file: what stands between the `+++` lines, and the text below.
#[derive(Debug, Clone)]
pub(crate) struct Page<F> {
    pub(crate) front: F,
    pub(crate) body: String,
    /// The byte of the file at which the body starts.
    pub(super) body_at: usize,
    pub(super) source: Source,
}

/// A table of a TOML file with the byte at which it starts.
pub(super) fn at<T>(table: &Spanned<T>) -> usize {
    table.span().start
}

/// Reads files and remembers what was wrong with them.
pub(super) struct Reader {
    folder: PathBuf,
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            problems: Vec::new(),
        }
    }

    fn shown(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// A file's text, or a problem.
    pub(super) fn text(&mut self, name: &str) -> Option<Source> {
        let file = self.shown(name);
        match fs::read_to_string(self.folder.join(name)) {
            Ok(text) => Some(Source { file, text }),
            Err(error) => {
                let message = if error.kind() == std::io::ErrorKind::NotFound {
                    "the file is missing".to_owned()
                } else {
                    error.to_string()
                };
                self.problems.push(Problem::new(&file, 1, message));
                None
            }
        }
    }

    /// A file that need not be there, and is not.
    pub(super) fn absent(&self, name: &str) -> Source {
        Source {
            file: self.shown(name),
            text: String::new(),
        }
    }

    /// The names in a folder that end as asked, sorted; none where there is no such folder.
    pub(super) fn names(&self, folder: &str, ending: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.ends_with(ending))
            .collect();
        names.sort();
        names
    }

    /// A TOML file.
    pub(super) fn toml<T: DeserializeOwned>(&mut self, name: &str) -> Option<(T, Source)> {
        let source = self.text(name)?;
        let value = self.parse(&source, 0, &source.text)?;
        Some((value, source))
    }

    /// A Markdown file with its front matter.
    pub(super) fn page<F: DeserializeOwned>(&mut self, name: &str) -> Option<Page<F>> {
        let source = self.text(name)?;
        let parts = source
            .text
            .strip_prefix("+++\n")
            .and_then(|rest| rest.split_once("\n+++"));
        let Some((front, body)) = parts else {
            let fault = source.fault(1, "the front matter between two +++ lines is missing");
            self.problems.push(fault);
            return None;
        };
        let front_at = "+++\n".len();
        let body_at = source.text.len() - body.len();
        let front = self.parse(&source, front_at, front)?;
        Some(Page {
            front,
            body: body.to_owned(),
            body_at,
            source,
        })
    }

    fn parse<T: DeserializeOwned>(&mut self, source: &Source, at: usize, text: &str) -> Option<T> {
        match toml::from_str(text) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = source.line_at(at + error.span().map_or(0, |span| span.start));
                let message = error.message().replace('\n', " ");
                self.problems.push(source.fault(line, message));
                None
            }
        }
    }
}
