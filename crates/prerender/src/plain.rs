//! Three pages without the app: the crossroads at `/`, the page for what is not there, and the one for
//! what a phone without a network has no copy of.

use std::fmt::Write as _;

use interno::i18n::Locale;
use interno::routes::Route;

use crate::assets::Assets;
use crate::colours::Sheet;
use crate::head::{attribute, share, text};
use crate::manifest;
use crate::picture::Gallery;
use crate::styles::Styles;

/// `/`: both languages; where the browser's language or an earlier choice is known, it leads on.
pub fn front(
    styles: &Styles,
    origin: &str,
    assets: &Assets,
    gallery: &Gallery,
    sheet: &Sheet,
    drawing: &str,
) -> String {
    let script = format!(
        "<script type=\"module\" src=\"{}\"></script>",
        assets.url("/language.js")
    );
    let mut head = String::new();
    for locale in Locale::ALL {
        let path = Route::Home.path(locale);
        let _ = writeln!(
            head,
            "<link rel=\"alternate\" hreflang=\"{locale}\" href=\"{origin}{path}\">"
        );
    }
    let _ = writeln!(
        head,
        "<link rel=\"alternate\" hreflang=\"x-default\" href=\"{origin}/\">"
    );
    let _ = write!(
        head,
        "<link rel=\"canonical\" href=\"{origin}/\">\n{script}\n"
    );
    if let Some(picture) = gallery.of(&Route::Home.into(), Locale::Es) {
        head += &share(origin, picture);
    }
    head += &manifest::tags(Locale::Es, sheet);
    let ways = Locale::ALL
        .into_iter()
        .map(|locale| {
            let words = &locale.messages().front;
            format!(
                "<li><a class=\"go\" lang=\"{locale}\" hreflang=\"{locale}\" href=\"{}\">{}</a></li>",
                Route::Home.path(locale),
                text(words.enter),
            )
        }).collect::<Vec<_>>().concat();
    let sentences = Locale::ALL
        .into_iter()
        .map(|locale| {
            let sentence = text(locale.messages().front.sentence);
            format!("<p class=\"lead\" lang=\"{locale}\">{sentence}</p>")
        })
        .collect::<Vec<_>>()
        .concat();
    shell(
        "INTERNO",
        &head,
        styles,
        &format!(
            "<div class=\"crossroads split split-even\"><div class=\"flow\"><h1>INTERNO</h1>{sentences}\
             <ul class=\"ways\">{ways}</ul></div><div>{drawing}</div></div>"
        ),
    )
}

/// `404.html`: both languages, without the app, because its address may be any.
pub fn not_found(styles: &Styles, sheet: &Sheet, drawing: &str) -> String {
    let halves = in_both_languages(|locale| {
        let words = &locale.messages().front;
        (words.lost_title, words.lost_text)
    });
    stranded("404 · INTERNO", styles, sheet, &halves, drawing)
}

/// What a phone without a network shows for a page that it has no copy of.
pub fn offline(styles: &Styles, sheet: &Sheet, drawing: &str) -> String {
    let halves = in_both_languages(|locale| {
        let words = &locale.messages().front;
        (words.offline_title, words.offline_text)
    });
    stranded(
        &format!("{} · INTERNO", Locale::Es.messages().front.offline_title),
        styles,
        sheet,
        &halves,
        drawing,
    )
}

/// What happened, and the ways on, in each language.
fn in_both_languages(said: impl Fn(Locale) -> (&'static str, &'static str)) -> String {
    Locale::ALL
        .into_iter()
        .enumerate()
        .map(|(index, locale)| {
            let words = &locale.messages().front;
            let level = if index == 0 { "h1" } else { "h2" };
            let (title, sentence) = said(locale);
            format!(
                "<section lang=\"{locale}\" class=\"flow\"><{level}>{title}</{level}><p class=\"lead\">{sentence}</p>\
                 <ul class=\"ways\"><li><a class=\"go\" href=\"{home}\">{enter}</a></li>\
                 <li><a class=\"go\" href=\"{menu}\">{menu_word}</a></li></ul></section>",
                title = text(title),
                sentence = text(sentence),
                home = Route::Home.path(locale),
                enter = text(words.home_page),
                menu = Route::Menu.path(locale),
                menu_word = text(locale.messages().nav.menu),
            )
        })
        .collect::<Vec<_>>()
        .concat()
}

/// A page where nobody meant to go: no search engine lists it.
fn stranded(title: &str, styles: &Styles, sheet: &Sheet, halves: &str, drawing: &str) -> String {
    let main = format!(
        "<div class=\"crossroads split split-even\"><div class=\"flow\">{halves}</div><div>{drawing}</div></div>"
    );
    let head = "<meta name=\"robots\" content=\"noindex\">\n".to_owned()
        + &manifest::tags(Locale::Es, sheet);
    shell(title, &head, styles, &main)
}

fn shell(title: &str, head: &str, styles: &Styles, main: &str) -> String {
    let description = attribute(Locale::Es.messages().front.sentence);
    let styles = styles.tags(main);
    format!(
        "<!doctype html>\n<html lang=\"es\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <meta name=\"description\" content=\"{description}\">\n\
         <link rel=\"icon\" href=\"/icons/icon.svg\" type=\"image/svg+xml\">\n{head}\
         {styles}\n</head>\n<body>\
         <header class=\"header\"><div class=\"awning\" aria-hidden=\"true\"></div>\
         <div class=\"header-row wrap\"><a class=\"wordmark\" href=\"/\">INTERNO</a></div></header>\
         <main id=\"content\" class=\"wrap section\">{main}</main></body>\n</html>\n",
        title = text(title),
    )
}
