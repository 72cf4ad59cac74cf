//! The real content, and copies of it with one text changed.
#![expect(
    clippy::expect_used,
    reason = "the helpers of a test may end it, as the test itself may"
)]

use std::fs;
use std::path::Path;

use interno::content::library::Library;

fn content() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"))
}

pub(crate) fn library() -> Library {
    Library::load(content()).expect("the real content")
}

/// The values of an attribute, wherever it stands.
pub(crate) fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    html.split(&format!(" {attribute}=\""))
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
        .collect()
}

/// The content with one text replaced.
pub(crate) fn changed(name: &str, file: &str, from: &str, to: &str) -> Library {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("the content").flatten() {
            if entry.path().is_dir() {
                copy(&entry.path(), &to.join(entry.file_name()));
            } else {
                fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
            }
        }
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("publication")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    copy(content(), &folder);
    let text = fs::read_to_string(folder.join(file)).expect("the file");
    assert!(text.contains(from), "{file} no longer says {from}");
    fs::write(folder.join(file), text.replace(from, to)).expect("the change");
    Library::load(&folder).expect("content that keeps the rules")
}
