//! The byte ratchet: what a visitor downloads may shrink, and grows only by a decision.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{Bench, report::Tally};
use crate::trouble::{OrSay, Outcome, Trouble};

const FILE: &str = "tests/budget.toml";

/// Brotli bytes.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Bytes {
    /// The program, as far as every visitor needs it.
    pub wasm: u64,
    pub js: u64,
    pub wasm_plus_js: u64,
    /// The same with the part that asks the first question of a booking.
    pub first_question: u64,
    /// What comes of the program when it is wanted, all of it together.
    pub parts: u64,
    /// The larger of the two languages: nobody needs both to begin with.
    pub words: u64,
    css: u64,
    html_max: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    brotli: Bytes,
}

/// Compares the built site with the committed figures.
pub(super) fn check(bench: &Bench) -> Outcome<Tally> {
    let path = bench.workspace.root().join(FILE);
    let text = fs::read_to_string(&path).or_say(|| format!("read {FILE}"))?;
    let budget: Budget = toml::from_str(&text).or_say(|| format!("understand {FILE}"))?;
    let measured = measure(&bench.workspace.test_dist())?;
    let verdict = compare(&budget.brotli, &measured);
    for line in &verdict.lines {
        println!("{line}");
    }
    if verdict.over.is_empty() {
        return Ok(Tally::ONE_PASSED);
    }
    Err(Trouble::new(format!(
        "The site grew beyond {FILE}: {}. Find what grew (twiggy shows it for the WebAssembly); \
         a raised figure needs its reason in DESIGN.md.",
        verdict.over.join(", ")
    )))
}

#[derive(Default)]
struct Verdict {
    lines: Vec<String>,
    over: Vec<&'static str>,
}

fn compare(budget: &Bytes, measured: &Bytes) -> Verdict {
    let mut verdict = Verdict::default();
    let rows = [
        ("wasm", measured.wasm, budget.wasm),
        ("js", measured.js, budget.js),
        ("wasm_plus_js", measured.wasm_plus_js, budget.wasm_plus_js),
        (
            "first_question",
            measured.first_question,
            budget.first_question,
        ),
        ("parts", measured.parts, budget.parts),
        ("words", measured.words, budget.words),
        ("css", measured.css, budget.css),
        ("html_max", measured.html_max, budget.html_max),
    ];
    for (name, is, may_be) in rows {
        let note = if is > may_be {
            verdict.over.push(name);
            format!("  over by {}", is - may_be)
        } else if (may_be - is) * 50 > may_be {
            // More than 2 % below: a ratchet that lags lets the gain be lost again.
            format!("  may be lowered to {is}")
        } else {
            String::new()
        };
        let line = format!("{name:<15}{is:>9} of {may_be:>9} brotli bytes{note}");
        verdict.lines.push(line);
    }
    verdict
}

/// The sizes of the compressed copies in a built site.
pub fn measure(site: &Path) -> Outcome<Bytes> {
    let mut bytes = Bytes::default();
    let mut folders = vec![site.to_owned()];
    while let Some(folder) = folders.pop() {
        let doing = || format!("read {}", folder.display());
        for entry in fs::read_dir(&folder).or_say(doing)? {
            let entry = entry.or_say(doing)?;
            let metadata = entry.metadata().or_say(doing)?;
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                count(&mut bytes, &entry.path(), metadata.len());
            }
        }
    }
    let needed = [
        bytes.wasm,
        bytes.js,
        bytes.first_question,
        bytes.parts,
        bytes.words,
        bytes.html_max,
    ];
    bytes.wasm_plus_js = bytes.wasm + bytes.js;
    bytes.first_question += bytes.wasm_plus_js;
    if needed.contains(&0) {
        return Err(Trouble::new(format!(
            "No brotli copies of WebAssembly, scripts, words and pages were found in {}: they are what \
             the budget is about.",
            site.display()
        )));
    }
    Ok(bytes)
}

fn count(bytes: &mut Bytes, file: &Path, size: u64) {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let Some(name) = name.strip_suffix(".br") else {
        return;
    };
    let kind = PathBuf::from(name);
    match kind.extension().and_then(|kind| kind.to_str()) {
        Some("wasm") if name.starts_with("interno_bg-") => bytes.wasm += size,
        Some("wasm") => {
            bytes.parts += size;
            if name.starts_with("interno_booking-") {
                bytes.first_question += size;
            }
        }
        // The service worker arrives when the page has long been in use.
        Some("js") if name.starts_with("sw") => {}
        Some("js") => bytes.js += size,
        Some("txt") if name.starts_with("words-") => bytes.words = bytes.words.max(size),
        Some("css") => bytes.css += size,
        Some("html") => bytes.html_max = bytes.html_max.max(size),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: Bytes = Bytes {
        wasm: 90_000,
        js: 10_000,
        wasm_plus_js: 100_000,
        first_question: 130_000,
        parts: 50_000,
        words: 4_000,
        css: 5_000,
        html_max: 9_000,
    };

    #[test]
    fn growth_is_refused_by_name() {
        let grown = Bytes {
            css: 5_001,
            ..BUDGET
        };
        assert_eq!(compare(&BUDGET, &grown).over, ["css"]);
        assert!(compare(&BUDGET, &BUDGET).over.is_empty());
    }

    #[test]
    fn a_gain_is_pointed_out() {
        let shrunk = Bytes {
            wasm: 80_000,
            ..BUDGET
        };
        let lines = compare(&BUDGET, &shrunk).lines.join("\n");
        assert!(lines.contains("may be lowered to 80000"), "{lines}");
        assert_eq!(lines.matches("may be lowered").count(), 1, "{lines}");
    }

    #[test]
    fn counts_compressed_copies_only() {
        let mut bytes = Bytes::default();
        let files = [
            "interno_bg-1f.wasm.br",
            "interno_bg-1f.wasm",
            "interno_booking-2e.wasm.br",
            "interno_manage-3d.wasm.br",
            "b.js.br",
            "sw.js.br",
            "x/index.html.br",
            "c.css.gz",
            "words-es.txt.br",
            "words-en.txt.br",
            "robots.txt.br",
        ];
        for file in files {
            count(&mut bytes, Path::new(file), 10);
        }
        let expected = Bytes {
            wasm: 10,
            js: 10,
            first_question: 10,
            parts: 20,
            words: 10,
            html_max: 10,
            ..Bytes::default()
        };
        assert_eq!(bytes, expected);
    }
}
