//! The rules for photographs: each planted fault is told with file and line, and without any nothing is missing.
#![cfg(feature = "ssr")]
#![expect(
    clippy::expect_used,
    reason = "the helpers of a test may end it, as the test itself may"
)]

mod content;

use std::fs;
use std::path::Path;

use content::{copy, problems, told};
use interno::content::library::Library;

const ROW: &str =
    "[[image]]\nfile = \"patio.jpg\"\nalt = { es = \"El patio\", en = \"The patio\" }\n";
const PLACE: &str = "page = \"home\"\nplace = \"table\"\n";

/// The real content with these entries, a file for the first of them, and a paragraph in both languages.
fn with(name: &str, table: &str, text: &str) -> Vec<String> {
    let folder = copy(&format!("photographs-{name}"));
    fs::create_dir_all(folder.join("images")).expect("a folder");
    fs::write(folder.join("images/patio.jpg"), b"pixels").expect("a file");
    fs::write(folder.join("images.toml"), table).expect("a table");
    for page in ["es/foundation.md", "en/foundation.md"] {
        append(&folder, page, text);
    }
    problems(&folder)
}

fn append(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    let page = fs::read_to_string(&path).expect("a page");
    fs::write(path, page + "\n" + text + "\n").expect("a paragraph");
}

/// Expects one problem: at a line of a file, with these words.
fn one(problems: &[String], place: &str, words: &str) {
    assert!(
        matches!(problems, [problem] if problem.contains(place) && problem.contains(words)),
        "expected {place} … {words}, found {problems:?}"
    );
}

#[test]
fn a_described_photograph_stands_at_a_place_or_in_a_text() {
    let at_a_place = [ROW, PLACE].concat();
    assert_eq!(with("place", &at_a_place, ""), [""; 0]);
    let text = "![The patio](image:patio)";
    assert_eq!(with("text", ROW, text), [""; 0]);
}

#[test]
fn without_photographs_nothing_is_missing() {
    let library = Library::load(&content::real()).expect("the real content");
    assert!(library.photographs().is_empty());
}

#[test]
fn a_photograph_without_words_in_a_language_is_told() {
    let mute = "[[image]]\nfile = \"patio.jpg\"\nalt = { es = \"El patio\" }\n";
    let table = [mute, PLACE].concat();
    one(
        &with("mute", &table, ""),
        "images.toml:3: ",
        "alt.en is missing",
    );
}

#[test]
fn a_missing_file_and_a_forgotten_one_are_told() {
    let table = [ROW, PLACE].concat().replace("patio.jpg", "patio.png");
    let found = with("file", &table, "");
    let [forgotten, missing] = found.as_slice() else {
        panic!("two problems, not {found:?}");
    };
    assert!(missing.contains("images.toml:2: there is no file content/images/patio.png"));
    assert!(forgotten.contains("images.toml:1: content/images/patio.jpg has no entry"));
}

#[test]
fn an_unknown_place_is_told() {
    let table = [ROW, "page = \"home\"\nplace = \"roof\"\n"].concat();
    one(
        &with("roof", &table, ""),
        "images.toml:5: ",
        "there is no place \"roof\"",
    );
    let table = [ROW, "page = \"home\"\n"].concat();
    one(
        &with("half", &table, ""),
        "images.toml:4: ",
        "stand together or not at all",
    );
    let twice = [ROW, PLACE, &ROW.replace("patio", "sala"), PLACE].concat();
    let found = with("taken", &twice, "");
    assert!(
        found
            .iter()
            .any(|one| one.contains("images.toml:10: the place \"table\" is taken")),
        "{found:?}"
    );
}

#[test]
fn an_unused_entry_is_told() {
    one(
        &with("unused", ROW, ""),
        "images.toml:2: ",
        "is used nowhere",
    );
}

#[test]
fn a_format_nobody_can_develop_is_told() {
    let table = [ROW, PLACE].concat().replace("patio.jpg", "patio.heic");
    let found = with("heic", &table, "");
    assert!(
        found
            .iter()
            .any(|one| one.contains("images.toml:2: ") && one.contains("none of .jpg")),
        "{found:?}"
    );
}

#[test]
fn pictures_in_texts_are_known_and_have_words() {
    let heading = "## Getting there";
    for (name, text, words) in [
        ("name", "![x](image:sala)", "there is no picture \"sala\""),
        (
            "raw",
            "<img src=\"patio.jpg\" alt=\"x\">",
            "HTML is not allowed",
        ),
        ("path", "![x](/images/patio.jpg)", "image:name"),
    ] {
        let text = [text, "\n\n", heading].concat();
        told(
            &["picture-", name].concat(),
            "en/visit.md",
            heading,
            &text,
            words,
        );
    }
    told(
        "picture-in-a-lead",
        "en/home.md",
        "hero_lead = \"",
        "hero_lead = \"![x](image:patio) ",
        "a picture cannot stand here",
    );
    let found = with("alt", &[ROW, PLACE].concat(), "![](image:patio)");
    assert_eq!(found.len(), 2, "{found:?}");
    for (problem, file) in found.iter().zip(["en/foundation.md:", "es/foundation.md:"]) {
        assert!(
            problem.contains(file) && problem.contains("has no alt text"),
            "{problem}"
        );
    }
}

#[test]
fn a_picture_of_one_language_alone_is_told() {
    let folder = copy("photographs-one-language");
    fs::create_dir_all(folder.join("images")).expect("a folder");
    fs::write(folder.join("images/patio.jpg"), b"pixels").expect("a file");
    fs::write(folder.join("images.toml"), ROW).expect("a table");
    append(&folder, "es/visit.md", "![El patio](image:patio)");
    one(&problems(&folder), "en/visit.md:", "shows other pictures");
}
