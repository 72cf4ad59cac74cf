//! The loader's rules: the real content keeps them, and each planted fault is told with file and line.
#![cfg(feature = "ssr")]

mod content;

use std::fs;

use content::{copy, plant, problems, real, told};
use interno::content::VenueState;
use interno::content::library::Library;

#[test]
fn the_real_content_has_no_problem() {
    assert_eq!(problems(&real()), [""; 0]);
}

#[test]
fn a_missing_translation_is_told() {
    told(
        "key",
        "en/visit.md",
        "title = \"Before you go\"\n",
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
