//! How many come. Plain links, so that they work before the app has come.

use booking::Step;
use leptos::prelude::*;

use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live};

use super::super::session::Session;
use super::parts::{StepPage, failed};
use crate::components::contact::Contact;
use crate::content::Site;
use crate::i18n::Locale;
use crate::routes::Route;

/// The party sizes offered until the venue has said its own.
const USUAL_SIZES: std::ops::RangeInclusive<u8> = 1..=8;

/// How many come.
pub fn party_step(session: Session, locale: Locale) -> Part {
    let words = locale.messages();
    let site = use_context::<Site>().unwrap_or_default();
    let wizard = session.wizard();
    let lead = Signal::stored(words.party.lead.to_owned());
    let sizes = live(move || {
        let (sizes, chosen) = wizard.with(|wizard| {
            let sizes = wizard
                .venue()
                .ready()
                .map_or(USUAL_SIZES, |venue| venue.party_min..=venue.party_max);
            (sizes, wizard.draft().party)
        });
        sizes
            .map(|size| party_link(size, chosen == Some(size), locale))
            .collect::<Vec<_>>()
            .part()
    });
    let failure = live(move || {
        wizard
            .with(|wizard| wizard.venue().failure().cloned())
            .map(|failure| failed(&failure, session, locale))
            .part()
    });
    let more = view! {
        <div class="rows">
            <div>
                <p><strong>{words.party.larger}</strong></p>
                <Contact locale site/>
            </div>
            <div>
                <p><strong>{words.party.menu_title}</strong></p>
                <p>
                    {words.party.menu_text} " "
                    <a href=Route::Menu.path(locale)>{words.party.menu_link}</a>
                </p>
            </div>
        </div>
    };
    let page = StepPage {
        step: Step::Party,
        title: words.party.title,
        lead,
        session,
        locale,
    };
    let sizes = element("ul").class("choice").child(sizes.part());
    page.with(vec![failure.part(), sizes.part(), more.part()], ().part())
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
    let people = if size == 1 {
        words.person
    } else {
        words.people
    };
    let link = element("a")
        .with("href", &href)
        .with_some("aria-current", chosen.then_some("true"))
        .text(&digits)
        .text(" ")
        .inner(element("small").text(people));
    element("li").inner(link).part()
}
