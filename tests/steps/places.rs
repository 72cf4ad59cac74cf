//! A place at the composed table, as its guest reads it.

use std::path::Path;
use std::sync::Arc;

use interno::components::places::{Laid, places};
use interno::content::library::Library;
use interno::i18n::Locale;
use interno::menu::{Carte, Diet, Needs, Table};
use leptos::prelude::*;

use super::{html, words};

/// The places of a table laid on the real menu.
fn laid(locale: Locale, lay: impl FnOnce(&mut Table, &Carte) + 'static) -> String {
    html(move || {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let carte = Carte::of(&Library::load(&content).unwrap(), locale);
        let mut table = Table::new(&carte, 2);
        lay(&mut table, &carte);
        places(
            &Laid {
                carte: Arc::new(carte),
                table: Signal::stored(table),
                changed: Callback::new(|_| {}),
            },
            None,
        )
    })
}

fn pick(table: &mut Table, carte: &Carte, guest: usize, id: &str) {
    table.pick(carte, guest, carte.find(id).unwrap());
}

#[test]
fn a_conflict_is_said_in_words_and_nothing_is_called_safe() {
    for (locale, sentences, never) in [
        (
            Locale::Es,
            [
                "Carimañolas de queso contiene leche.",
                "Jardín de cocadas puede contener leche.",
                "Posta cartagenera con arroz con coco no figura como vegano.",
                "No come: vegano, leche",
                "Falta: bebida.",
            ],
            ["libre de", "seguro", "no contiene"],
        ),
        (
            Locale::En,
            [
                "Carimañolas de queso contains milk.",
                "Jardín de cocadas may contain milk.",
                "Posta cartagenera con arroz con coco is not listed as vegan.",
                "Does not eat: vegan, milk",
                "Still to choose: drink.",
            ],
            ["free from", "safe", "does not contain"],
        ),
    ] {
        let html = laid(locale, |table, carte| {
            let mut needs = Needs {
                diet: Some(Diet::Vegan),
                ..Needs::default()
            };
            needs.without.insert(interno::content::Allergen::Milk);
            table.need(0, needs);
            for id in [
                "carimanolas-de-queso",
                "jardin-de-cocadas",
                "posta-cartagenera",
            ] {
                pick(table, carte, 0, id);
            }
        });
        let read = words(&html);
        for sentence in sentences {
            assert!(read.contains(sentence), "{sentence} is not in {read}");
        }
        for word in never {
            assert!(!read.to_lowercase().contains(word), "{word} is in {read}");
        }
    }
}

#[test]
fn places_nobody_sits_at_are_away() {
    let html = laid(Locale::En, |_, _| {});
    let hidden = html.matches("<fieldset class=\"place-set\" hidden").count();
    assert_eq!((html.matches("<fieldset").count(), hidden), (8, 6));
    // What is not shown is not built either: a list for each of them would be thousands of entries.
    assert_eq!(html.matches("<option value=\"\" selected>").count(), 2 * 4);
}

#[test]
fn the_dishes_of_a_course_are_grouped_by_what_is_known() {
    let html = laid(Locale::En, |table, carte| {
        let mut needs = Needs::default();
        needs.without.insert(interno::content::Allergen::Milk);
        table.need(0, needs);
        pick(table, carte, 0, "enyucado");
    });
    let dessert = html.split("place-0-2").nth(2).unwrap();
    let dessert = dessert.split("</select>").next().unwrap();
    let at = |text: &str| {
        dessert
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {dessert}"))
    };
    assert!(at("May contain it") < at("Jardín de cocadas"));
    assert!(
        at("Goes against what they ask for")
            < at("<option lang=\"es\" value=\"enyucado\" selected>")
    );
}
