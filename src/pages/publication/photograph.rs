//! The venue's photographs in a page: each browser takes the form and the width that suit it.

use leptos::prelude::*;

use super::sheet::Sheet;
use crate::content::library::{Developed, Form, escape};
use crate::i18n::fill;

/// How wide a photograph stands in a page's own layout, and in the column of a text.
const WIDE: &str = "(min-width: 80em) 72rem, 92vw";
const COLUMN: &str = "(min-width: 60em) 40rem, 92vw";

/// The photograph of a place; nothing where the venue gave none.
pub(super) fn at(sheet: &Sheet<'_>, place: &str) -> Option<AnyView> {
    let photograph = sheet.library.photograph_at(sheet.route, place)?;
    let alt = photograph.alt.pick(sheet.locale);
    let figure = figure(sheet, &photograph.name, alt, WIDE);
    Some(view! { <div class="wrap section" inner_html=figure></div> }.into_any())
}

/// A photograph that stands in a text, with the words the text has for it.
pub(super) fn in_text(sheet: &Sheet<'_>, name: &str, alt: &str) -> String {
    figure(sheet, name, alt, COLUMN)
}

fn figure(sheet: &Sheet<'_>, name: &str, alt: &str, sizes: &str) -> String {
    let Some((photograph, developed)) = sheet.library.developed(name) else {
        return String::new();
    };
    let caption = photograph
        .credit
        .as_deref()
        .map_or_else(String::new, |name| {
            let words = &sheet.edition.words.plain.credit;
            let text = fill(words, &[("name", name)]);
            [
                "<figcaption class=\"source\">",
                &escape(&text),
                "</figcaption>",
            ]
            .concat()
        });
    let picture = picture(developed, alt, sizes);
    [
        "<figure class=\"photograph\">",
        &picture,
        &caption,
        "</figure>",
    ]
    .concat()
}

/// None stands where a page opens, so that all of them may wait until they are scrolled to.
fn picture(developed: &Developed, alt: &str, sizes: &str) -> String {
    let Some((last, better)) = developed.forms.split_last() else {
        return String::new();
    };
    let sources: Vec<String> = better
        .iter()
        .map(|form| {
            format!(
                "<source type=\"{}\" srcset=\"{}\" sizes=\"{sizes}\">",
                form.kind,
                set(form)
            )
        })
        .collect();
    let sources = sources.concat();
    // The middle width, for browsers that know no srcset.
    let plain = last.files.get(last.files.len() / 2);
    format!(
        "<picture>{sources}<img src=\"{}\" srcset=\"{}\" sizes=\"{sizes}\" width=\"{}\" height=\"{}\" \
         alt=\"{}\" loading=\"lazy\" decoding=\"async\"></picture>",
        plain.map_or("", |(_, url)| url),
        set(last),
        developed.width,
        developed.height,
        escape(alt),
    )
}

fn set(form: &Form) -> String {
    form.files
        .iter()
        .map(|(width, url)| format!("{url} {width}w"))
        .collect::<Vec<_>>()
        .join(", ")
}
