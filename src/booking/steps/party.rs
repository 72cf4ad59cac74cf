//! How many come. Plain links, so that they work before the app has come.

use booking::Step;
use leptos::prelude::*;

use crate::components::element::{Element, element};
use crate::components::part::{IntoPart, Part, live};

use super::super::session::Session;
use super::parts::{failed, step_page};
use crate::components::contact::contact;
use crate::content::Site;
use crate::i18n::Locale;
use crate::routes::Route;

/// The party sizes offered until the venue has said its own.
const USUAL_SIZES: std::ops::RangeInclusive<u8> = 1..=8;

/// How many come.
pub fn party_step(session: Session, locale: Locale) -> Part {
    let words = locale.messages();
    let wizard = session.wizard();
    let failure = live(move || {
        let failure = wizard.with(|wizard| wizard.venue().failure().cloned());
        failure
            .map(|failure| failed(&failure, session, locale))
            .part()
    });
    let sizes = live(move || {
        let (sizes, chosen) = wizard.with(|wizard| {
            let sizes = wizard
                .venue()
                .ready()
                .map_or(USUAL_SIZES, |venue| venue.party_min..=venue.party_max);
            (sizes, wizard.draft().party)
        });
        let link = |size| party_link(size, chosen == Some(size), locale);
        sizes.map(link).collect::<Vec<_>>().part()
    });
    let answer = vec![
        failure,
        element("ul").class("choice").child(sizes).part(),
        more(locale).part(),
    ];
    let lead = words.party.lead.part();
    step_page(
        Step::Party,
        words.party.title,
        lead,
        answer,
        session,
        locale,
    )
}

/// For a larger party, and for who wants to see the menu first.
fn more(locale: Locale) -> Element {
    let words = &locale.messages().party;
    let site = use_context::<Site>().unwrap_or_default();
    let title = |words: &str| element("p").inner(element("strong").text(words));
    let menu = element("a")
        .with("href", &Route::Menu.path(locale))
        .text(words.menu_link);
    element("div")
        .class("rows")
        .inner(
            element("div")
                .inner(title(words.larger))
                .child(contact(locale, &site)),
        )
        .inner(
            element("div")
                .inner(title(words.menu_title))
                .inner(element("p").text(words.menu_text).text(" ").inner(menu)),
        )
}

fn party_link(size: u8, chosen: bool, locale: Locale) -> Part {
    let words = &locale.messages().party;
    let name = match locale {
        Locale::Es => "personas",
        Locale::En => "party",
    };
    let digits = size.to_string();
    let href = [
        &Route::Book(Step::Night).path(locale),
        "?",
        name,
        "=",
        &digits,
    ]
    .concat();
    let noun = if size == 1 {
        words.person
    } else {
        words.people
    };
    let link = element("a")
        .with("href", &href)
        .with_some("aria-current", chosen.then_some("true"))
        .text(&digits)
        .text(" ")
        .inner(element("small").text(noun));
    element("li").inner(link).part()
}
