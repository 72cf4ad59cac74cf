//! What happened, for eyes. It is written only when an evening is played a second time: a hundred
//! thousand evenings need not be told.

use std::fmt::Arguments;

/// How much of the end of an evening is told.
const LINES: usize = 120;

/// The tale of an evening.
#[derive(Debug, Default)]
pub struct Trace {
    told: Option<Vec<String>>,
}

impl Trace {
    /// A tale that is written, or not.
    pub fn new(written: bool) -> Self {
        Self {
            told: written.then(Vec::new),
        }
    }

    /// Tells one thing more.
    pub fn tell(&mut self, ms: i64, what: Arguments) {
        if let Some(told) = &mut self.told {
            told.push(format!("{:>9}.{:03}  {what}", ms / 1_000, ms % 1_000));
        }
    }

    /// The end of the tale.
    pub fn end(&self) -> String {
        let told = self.told.as_deref().unwrap_or_default();
        let first = told.len().saturating_sub(LINES);
        told.get(first..).unwrap_or_default().join("\n")
    }
}
