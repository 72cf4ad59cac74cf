//! Copies of the real content, faults planted in them, and the problems the loader tells.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of a test may end it, as the test itself may"
)]

use std::fs;
use std::path::{Path, PathBuf};

use interno::content::library::Library;

pub(crate) fn real() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// A copy of the real content in a folder of its own.
pub(crate) fn copy(name: &str) -> PathBuf {
    fn walk(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("the content").flatten() {
            let (from, to) = (entry.path(), to.join(entry.file_name()));
            if from.is_dir() {
                walk(&from, &to);
            } else {
                fs::copy(&from, &to).expect("a copy");
            }
        }
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("content")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    walk(&real(), &folder);
    folder
}

pub(crate) fn problems(folder: &Path) -> Vec<String> {
    match Library::load(folder) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// Plants a fault by replacing a text once, and gives back the problems and the line of the fault.
pub(crate) fn plant(name: &str, file: &str, from: &str, to: &str) -> (Vec<String>, usize) {
    let folder = copy(name);
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("the file");
    let at = text
        .find(from)
        .unwrap_or_else(|| panic!("{file} no longer says {from:?}"));
    let line = 1 + text
        .get(..at)
        .map_or(0, |before| before.matches('\n').count());
    fs::write(&path, text.replacen(from, to, 1)).expect("the fault");
    (problems(&folder), line)
}

/// Plants a fault and expects it to be told with its file, its line and these words, and nothing elsewhere.
pub(crate) fn told(name: &str, file: &str, from: &str, to: &str, words: &str) {
    let (problems, line) = plant(name, file, from, to);
    let place = format!("{file}:{line}: ");
    assert!(
        problems
            .iter()
            .any(|problem| problem.contains(&place) && problem.contains(words)),
        "expected {place}…{words}…, found:\n{}",
        problems.join("\n")
    );
    assert!(
        problems
            .iter()
            .all(|problem| problem.contains(&format!("{file}:"))),
        "one fault, one file:\n{}",
        problems.join("\n")
    );
}
