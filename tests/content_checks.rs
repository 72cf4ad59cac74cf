//! The loader's rules: the real content keeps them, and each planted fault is told with file and line.
#![cfg(feature = "ssr")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of a test may end it, as the test itself may"
)]

use std::fs;
use std::path::{Path, PathBuf};

use interno::content::VenueState;
use interno::content::library::Library;

fn real() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// A copy of the real content in a folder of its own.
fn copy(name: &str) -> PathBuf {
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

fn problems(folder: &Path) -> Vec<String> {
    match Library::load(folder) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// Plants a fault by replacing a text once, and gives back the problems and the line of the fault.
fn plant(name: &str, file: &str, from: &str, to: &str) -> (Vec<String>, usize) {
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
fn told(name: &str, file: &str, from: &str, to: &str, words: &str) {
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

#[test]
fn the_real_content_has_no_problem() {
    assert_eq!(problems(&real()), [""; 0]);
}

#[test]
fn a_missing_translation_is_told() {
    told(
        "key",
        "en/visit.md",
        "title = \"Before you come\"\n",
        "",
        "missing field `title`",
    );
    told(
        "text",
        "menu.toml",
        "name = { es = \"Posta cartagenera con arroz con coco\", en = \"Posta cartagenera con arroz con coco\" }",
        "name = { es = \"Posta cartagenera con arroz con coco\" }",
        "the translation name.en is missing",
    );
    // Which heading is missing nobody can say: the text as a whole is named.
    let (found, _) = plant("heading", "en/visit.md", "## Getting there\n\n", "");
    let expected = "en/visit.md:4: the Spanish text has 5 headings, this one has 4";
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found.iter().all(|problem| problem.ends_with(expected)),
        "{found:?}"
    );
}

#[test]
fn a_missing_file_is_told() {
    for (file, message) in [
        ("en/privacy.md", "the file is missing"),
        (
            "en/story/07-2018-time.md",
            "the translation en/story/07-2018-time.md is missing",
        ),
    ] {
        let folder = copy(&file.replace('/', "-"));
        fs::remove_file(folder.join(file)).expect("a file to remove");
        let found = problems(&folder);
        assert_eq!(found.len(), 1, "{found:?}");
        let expected = format!("{file}:1: {message}");
        assert!(
            found.iter().all(|problem| problem.ends_with(&expected)),
            "{found:?}"
        );
    }
}

#[test]
fn a_dead_link_is_told() {
    let (found, line) = plant(
        "fact-link",
        "es/visit.md",
        "(fact:two-seatings)",
        "(fact:two-turns)",
    );
    let expected = format!("es/visit.md:{line}: the fact \"two-turns\" is not in facts.toml");
    assert!(
        found.iter().any(|problem| problem.ends_with(&expected)),
        "{found:?}"
    );
    told(
        "page-link",
        "en/story/11-today.md",
        "(page:visit)",
        "(page:visits)",
        "there is no page \"visits\"",
    );
    told(
        "scheme",
        "en/second-chances.md",
        "(page:story)",
        "(/en/story/)",
        "none of fact:, page:, lang: and https://",
    );
    told(
        "door",
        "en/home.md",
        "page = \"menu\"",
        "page = \"card\"",
        "there is no page \"card\"",
    );
}

#[test]
fn a_fact_without_date_or_source_is_told() {
    // The message stands at the row's id, the line above the planted fault.
    for (name, from, words) in [
        ("as-of", "as_of = \"2018\"\nsource = \"TIME", "has no as_of"),
        (
            "source",
            "source = \"TIME, World’s Greatest Places\"\n",
            "has no source",
        ),
    ] {
        let to = if name == "as-of" {
            "source = \"TIME"
        } else {
            ""
        };
        let (found, _) = plant(name, "facts.toml", from, to);
        assert_eq!(found.len(), 1, "{found:?}");
        let text = fs::read_to_string(real().join("facts.toml")).expect("the facts");
        let line = 1 + text
            .lines()
            .position(|line| line == "id = \"time-2018\"")
            .expect("the row");
        let expected = format!("facts.toml:{line}: the fact \"time-2018\" {words}");
        assert!(
            found.iter().any(|problem| problem.contains(&expected)),
            "{found:?}"
        );
    }
}

#[test]
fn a_number_without_a_fact_is_told() {
    told(
        "digit",
        "en/story/08-2019-emptied.md",
        "The prison moved to a building near Turbaco.",
        "The prison moved to a building 20 km away.",
        "a number stands here without a fact",
    );
    told(
        "digit-in-front-matter",
        "es/home.md",
        "text = \"Una cena",
        "text = \"Hubo 60 puestos. Una cena",
        "a number stands here without a fact",
    );
    told(
        "digit-in-a-table",
        "menu.toml",
        "description = { es = \"Camarones",
        "description = { es = \"3 camarones",
        "a number",
    );
}

#[test]
fn html_in_a_text_is_told() {
    told(
        "html",
        "es/press.md",
        "Estas son",
        "Estas <b>son",
        "HTML is not allowed",
    );
}

#[test]
fn an_unknown_key_is_told() {
    told(
        "key-of-a-page",
        "es/visit.md",
        "title = ",
        "subtitle = \"x\"\ntitle = ",
        "unknown field `subtitle`",
    );
    told(
        "key-of-a-dish",
        "menu.toml",
        "spice = 2\n",
        "spicy = 2\n",
        "unknown field `spicy`",
    );
}

#[test]
fn an_unknown_id_in_the_menu_is_told() {
    told(
        "allergen",
        "menu.toml",
        "contains = [\"fish\", \"eggs\", \"mustard\"]",
        "contains = [\"fish\", \"egg\", \"mustard\"]",
        "there is no allergen \"egg\"",
    );
    told(
        "term",
        "menu.toml",
        "terms = [\"patacon\", \"hogao\"]",
        "terms = [\"patacones\"]",
        "there is no term \"patacones\"",
    );
    told(
        "course",
        "menu.toml",
        "course = \"main\"",
        "course = \"mains\"",
        "there is no course \"mains\"",
    );
}

#[test]
fn a_dish_that_contradicts_itself_is_told() {
    told(
        "both-lists",
        "menu.toml",
        "may_contain = [\"fish\", \"celery\"]",
        "may_contain = [\"crustaceans\"]",
        "both contains and may contain \"crustaceans\"",
    );
    told(
        "vegan",
        "menu.toml",
        "diets = [\"vegetarian\"]",
        "diets = [\"vegan\"]",
        "is said to be vegan and contains \"milk\"",
    );
    told(
        "vegan-by-allergen",
        "menu.toml",
        "diets = []",
        "diets = [\"vegetarian\", \"vegan\"]",
        "is said to be vegan and contains \"milk\"",
    );
}

#[test]
fn a_set_that_cannot_be_composed_is_told() {
    let folder = copy("set");
    let path = folder.join("menu.toml");
    let text = fs::read_to_string(&path).expect("the menu");
    fs::write(
        &path,
        text.replace("course = \"dessert\"\nname", "course = \"drink\"\nname"),
    )
    .expect("the fault");
    let found = problems(&folder);
    let line = 1 + text
        .lines()
        .position(|line| line.starts_with("courses = ["))
        .expect("the set");
    let expected = format!("menu.toml:{line}: the set \"dinner\" cannot be composed");
    assert!(
        found.iter().any(|problem| problem.contains(&expected)),
        "{found:?}"
    );
}

#[test]
fn a_drawing_without_words_is_told() {
    let (found, _) = plant(
        "alt",
        "es/publication.toml",
        "alt = \"Mapa",
        "alta = \"Mapa",
    );
    let text = fs::read_to_string(real().join("es/publication.toml")).expect("the words");
    let line = 1 + text
        .lines()
        .position(|line| line == "[art.map]")
        .expect("the table");
    let expected = format!("es/publication.toml:{line}: the drawing map.svg has no alt text");
    assert!(
        found.iter().any(|problem| problem.contains(&expected)),
        "{found:?}"
    );
    told(
        "mute",
        "art/gate.svg",
        "aria-hidden=\"true\"",
        "aria-label=\"\"",
        "neither aria-hidden nor",
    );
}

#[test]
fn placeholders_are_the_same_in_both_languages() {
    told(
        "placeholder",
        "en/publication.toml",
        "at_least = \"over {n}\"",
        "at_least = \"over {m}\"",
        "other {placeholders}",
    );
}

#[test]
fn a_state_that_is_none_is_told() {
    told(
        "status",
        "venue.toml",
        "status = \"paused\"",
        "status = \"perhaps\"",
        "none of open, paused, closed",
    );
}

#[test]
fn all_problems_are_told_at_once() {
    let folder = copy("many");
    for (file, from, to) in [
        ("es/visit.md", "(page:book)", "(page:nowhere)"),
        ("en/press.md", "These are", "These <i>are"),
        ("menu.toml", "spice = 2", "spice = 9"),
    ] {
        let text = fs::read_to_string(folder.join(file)).expect("the file");
        fs::write(folder.join(file), text.replacen(from, to, 1)).expect("the fault");
    }
    assert_eq!(problems(&folder).len(), 3, "{:?}", problems(&folder));
}

#[test]
fn the_site_knows_the_state_of_the_venue() {
    let library = Library::load(&real()).expect("the real content");
    let site = library.site();
    assert_eq!(site.state, VenueState::Paused);
    assert!(site.place.es.contains("Calle 39"), "{}", site.place.es);
    assert_eq!(
        site.contact_url.as_deref(),
        Some("https://fundacionaccioninterna.org/")
    );
    assert!(site.operator.en.contains("not run by"));
}
