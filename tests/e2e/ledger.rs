//! What was really run, kept for the counts that `cargo xtask test` prints in the end: a test
//! that passed tells neither in how many engines nor over how many pages.

use std::{fs::File, io::Write};

use crate::{engine::Engine, failure::Outcome, site::given};

/// One line of it.
pub enum Entry<'a> {
    /// A flow was played to its end, or failed.
    Played { flow: &'a str, passed: bool },
    /// A flow that cannot be driven in this engine, and why.
    LeftOut { flow: &'a str, why: &'a str },
    /// So many pages were compared before and after hydration, of all there are.
    Hydrated { pages: usize, of: usize },
    /// So many looks of axe at a page, and what it found.
    Axe { looks: usize, violations: usize },
}

/// Writes one line. Flows run side by side: a line is one write at the file's end.
pub fn note(engine: Engine, entry: &Entry) -> Outcome {
    let words = match entry {
        Entry::Played { flow, passed: true } => format!("passed {engine} {flow}"),
        Entry::Played { flow, .. } => format!("failed {engine} {flow}"),
        Entry::LeftOut { flow, why } => format!("left-out {engine} {flow} {why}"),
        Entry::Hydrated { pages, of } => format!("hydrated {engine} {pages} {of}"),
        Entry::Axe { looks, violations } => format!("axe {engine} {looks} {violations}"),
    };
    let path = given("INTERNO_E2E_EVIDENCE")?.join("ran.txt");
    let mut file = File::options().create(true).append(true).open(path)?;
    Ok(file.write_all(format!("{words}\n").as_bytes())?)
}
