//! A page of the booking wizard: follows the address into the session, shows the step.

use booking::Step;
use leptos::prelude::*;

use crate::components::part::{IntoPart, Part, live};
use crate::components::state::trial_banner;

use crate::booking::{session::use_session, steps};
use crate::components::contact::Contact;
use crate::content::Site;
use crate::i18n::Locale;
use crate::platform::{location::Location, page};
use crate::routes::Route;

/// A page of the booking wizard.
#[component]
pub fn BookPage(step: Step, locale: Locale) -> impl IntoView {
    let session = use_session();
    if let Some(location) = use_context::<Location>() {
        let place = location.place();
        Effect::new(move |_| {
            let place = place.get();
            if Route::parse(&place.path) == Some((locale, Route::Book(step))) {
                untrack(|| session.entered(step, locale, &place));
            }
        });
    }
    let wizard = session.wizard();
    Effect::new(move |_| {
        let wrong = wizard.with(|wizard| !wizard.errors().is_empty());
        page::set_title(&title(step, locale, wrong));
    });
    let words = &locale.messages().book;
    let site = use_context::<Site>().unwrap_or_default();
    view! {
        <main id="content" tabindex="-1" class="step">
            {live(move || {
                banner(wizard.with(|wizard| wizard.venue().ready().map(|venue| venue.trial)), locale)
            })}
            <noscript inner_html=without_script(locale, &site)></noscript>
            // Shown by boot.js where the app could not be loaded or started.
            <div id="start-failed" hidden=true>
                <div class="wrap">
                    <p class="notice notice-error">{words.start_failed}</p>
                    <Contact locale site/>
                </div>
            </div>
            {steps::view(step, session, locale)}
        </main>
    }
}

/// What a visitor without JavaScript reads.
///
/// A browser that runs scripts sees no elements in there, so hydration must not look for any:
/// the HTML is written at build time and the app carries nothing of it.
fn without_script(locale: Locale, site: &Site) -> String {
    #[cfg(feature = "ssr")]
    {
        let site = site.clone();
        view! {
            <div class="wrap">
                <p class="notice notice-warn">{locale.messages().book.noscript}</p>
                <Contact locale site/>
            </div>
        }
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
fn banner(trial: Option<bool>, locale: Locale) -> Part {
    match trial {
        None => {
            let words = &locale.messages().book;
            view! {
                <p class="banner banner-trial">
                    // The longer answer has its room already: nothing below moves when it comes.
                    <span class="wrap banner-room" data-room=[words.trial, " ", words.trial_text].concat()>
                        <span>{words.asking_mode}</span>
                    </span>
                </p>
            }
            .part()
        }
        Some(true) => trial_banner(locale),
        Some(false) => ().part(),
    }
}
