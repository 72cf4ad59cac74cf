//! A page of the booking wizard: follows the address into the session, shows the step.

pub mod door;

use booking::{Remote, Step, Venue};
use leptos::prelude::*;

use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live};
use crate::components::state::trial_banner;

use crate::booking::{session::use_session, steps};
use crate::content::Site;
use crate::i18n::Locale;
use crate::platform::following::follow;
use crate::platform::{location::Location, page};
use crate::routes::Route;

/// A page of the booking wizard.
pub fn book_page(step: Step, locale: Locale) -> Part {
    let session = use_session();
    if let Some(location) = use_context::<Location>() {
        let place = location.place();
        follow(move || {
            let place = place.get();
            if Route::parse(&place.path) == Some((locale, Route::Book(step))) {
                untrack(|| session.entered(step, locale, &place));
            }
        });
    }
    let wizard = session.wizard();
    follow(move || {
        let wrong = wizard.with(|wizard| !wizard.errors().is_empty());
        page::set_title(&title(step, locale, wrong));
    });
    let site = use_context::<Site>().unwrap_or_default();
    let banner = live(move || wizard.with(|wizard| banner(wizard.venue(), locale)));
    element("main")
        .with("id", "content")
        .with("tabindex", "-1")
        .class("step")
        .child(banner)
        .inner(element("noscript").html(without_script(locale, &site)))
        .child(steps::view(step, session, locale))
        .part()
}

/// What a visitor without JavaScript reads.
///
/// A browser that runs scripts sees no elements in there, so hydration must not look for any:
/// the HTML is written at build time and the app carries nothing of it.
fn without_script(locale: Locale, site: &Site) -> String {
    #[cfg(feature = "ssr")]
    {
        use crate::components::contact::contact;
        let words = locale.messages().book.noscript;
        element("div")
            .class("wrap")
            .inner(element("p").class("notice notice-warn").text(words))
            .child(contact(locale, site))
            .part()
            .to_html()
    }
    #[cfg(not(feature = "ssr"))]
    {
        let _ = (locale, site);
        String::new()
    }
}

/// What a step is called.
pub fn name(step: Step, locale: Locale) -> &'static str {
    let words = locale.messages();
    match step {
        Step::Party => words.party.title,
        Step::Night => words.night.title,
        Step::Time => words.time.title,
        Step::Dishes => words.dishes.title,
        Step::Guests => words.guests.title,
        Step::Rules => words.rules.title,
        Step::Check => words.check.title,
        Step::Done => words.done.title,
    }
}

/// What the window is called: with "Error:" first where something has to be mended.
pub fn title(step: Step, locale: Locale, wrong: bool) -> String {
    let words = locale.messages();
    let name = name(step, locale);
    let error = if wrong { words.guests.error } else { "" };
    [
        error,
        if wrong { " " } else { "" },
        name,
        " · ",
        words.site.name,
    ]
    .concat()
}

/// Whether bookings are real is the API's word alone; until it has spoken, the page says that it asks.
fn banner(venue: &Remote<Venue>, locale: Locale) -> Part {
    let words = &locale.messages().book;
    let said = match venue {
        Remote::Ready(venue) if venue.trial => return trial_banner(locale),
        Remote::Ready(_) => return ().part(),
        Remote::Failed(_) => words.mode_unknown,
        Remote::Idle | Remote::Loading => words.asking_mode,
    };
    // The longer answer has its room already: nothing below moves when it comes.
    let room = [words.trial, " ", words.trial_text].concat();
    let room = element("span")
        .class("wrap banner-room")
        .with("data-room", &room)
        .inner(element("span").text(said));
    element("p").class("banner banner-trial").inner(room).part()
}
