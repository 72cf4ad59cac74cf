//! The way to the menu one can play with, which comes with a part of the program: see `crates/xtask/src/split`.

use leptos::prelude::*;

use super::super::composing;
use crate::booking::carte::{Served, use_cartes};
use crate::booking::session::use_session;
use crate::i18n::Locale;
use crate::platform::following::follow;
use crate::platform::parts;
use crate::platform::standing::Piece;

/// Brings the page to life, for as long as the current owner lives.
#[inline(never)]
pub fn play(locale: Locale) {
    let served = use_cartes().of(locale);
    let session = use_session();
    follow(move || match served.get() {
        Served::Awaited => {}
        Served::Here(carte) => untrack(|| {
            super::start(carte.clone(), locale);
            show("menu-waiting", false);
            let compose = move || composing::door::compose(carte, session, locale);
            parts::with("table", Box::new(compose));
        }),
        Served::Missing => show("menu-failed", true),
    });
}

fn show(id: &str, shown: bool) {
    if let Some(words) = Piece::find(id) {
        words.show(shown);
    }
}
