//! An existing reservation: read it, cancel it. The link's secret stays in the fragment.

use booking::manage::{Cancelling, ManageEvent};
use booking::{Failure, Remote, Reservation, Status};
use leptos::prelude::*;

use crate::components::button::{actions, button};
use crate::components::part::{IntoPart, Part, attribute, live};

use crate::booking::manage::ManageSession;
use crate::booking::session::use_session;
use crate::booking::steps::parts::{
    cutoff_words, dish_line, failure_words, party_words, status_words,
};
use crate::components::contact::Contact;
use crate::components::state::{Loading, Tone, notice, trial_banner};
use crate::components::summary::{SummaryLine, summary_list};
use crate::content::Site;
use crate::i18n::Locale;
use crate::platform::{intl, location::Location, page};
use crate::routes::Route;

/// An existing reservation.
#[component]
pub fn ManagePage(locale: Locale) -> impl IntoView {
    let session =
        use_context::<ManageSession>().unwrap_or_else(|| ManageSession::new(use_session()));
    let opened = RwSignal::new(false);
    if let Some(location) = use_context::<Location>() {
        let place = location.place();
        Effect::new(move |_| {
            let place = place.get();
            if Route::parse(&place.path) == Some((locale, Route::Manage)) {
                untrack(|| session.opened(&place));
                opened.set(true);
            }
        });
    }
    Effect::new(move |_| page::set_title(&title(locale)));
    let words = &locale.messages().manage;
    let manage = session.manage();
    let needless = move || (opened.get() && manage.with(booking::Manage::has_access)).then_some("");
    view! {
        <main id="content" tabindex="-1">
            {live(move || {
                manage
                    .with(booking::Manage::is_trial)
                    .then(|| trial_banner(locale))
                    .part()
            })}
            <div class="wrap page-head">
                <h1 tabindex="-1">{words.title}</h1>
                // Who has the link needs not be told to have it.
                <p class="lead" hidden=attribute(needless)>{words.lead}</p>
            </div>
            <div class="wrap split section">
                {live(move || {
                    if !opened.get() {
                        return ().part();
                    }
                    if !manage.with(booking::Manage::has_access) {
                        return no_link(locale);
                    }
                    match manage.with(|manage| manage.reservation().clone()) {
                        Remote::Idle | Remote::Loading => {
                            let book = &locale.messages().book;
                            view! { <Loading title=book.loading hint=book.loading_hint/> }.part()
                        }
                        Remote::Failed(failure) => failed(&failure, session, locale),
                        Remote::Ready(reservation) => found(&reservation, session, locale),
                    }
                })}
            </div>
        </main>
    }
}

/// What the window is called.
pub fn title(locale: Locale) -> String {
    let words = locale.messages();
    [words.manage.title, " · ", words.site.name].concat()
}

fn no_link(locale: Locale) -> Part {
    let words = &locale.messages().manage;
    let site = use_context::<Site>().unwrap_or_default();
    view! {
        <div class="notice notice-warn">
            <p>{words.no_link}</p>
            <Contact locale site/>
        </div>
    }
    .part()
}

fn failed(failure: &Failure, session: ManageSession, locale: Locale) -> Part {
    let words = locale.messages();
    let site = use_context::<Site>().unwrap_or_default();
    let (title, text) = if *failure == Failure::NotFound {
        (words.manage.not_found_title, words.manage.not_found_text)
    } else {
        (words.problem.title, failure_words(failure, locale))
    };
    let again = session.on(ManageEvent::RetryPressed);
    let more = view! {
        {actions(vec![button("button", words.book.retry, again)])}
        <p>{words.problem.contact}</p>
        <Contact locale site/>
    };
    notice(Tone::Error, title, text, more.part())
}

fn found(reservation: &Reservation, session: ManageSession, locale: Locale) -> Part {
    let words = locale.messages();
    let cutoff = cutoff_words(words.manage.cancel_until, &reservation.slot, locale);
    let manage = session.manage();
    let cancellable = manage.with(booking::Manage::can_cancel);
    view! {
        <section class="flow">
            <p class="state-word">{status_words(reservation.status, locale)}</p>
            {summary_list(summary(reservation, locale), words.book.change)}
        </section>
        {cancellable
            .then(|| view! { <section class="flow">
                <h2>{words.manage.cancel_title}</h2>
                {cutoff.map(|cutoff| view! { <p>{cutoff}</p> })}
                {live(move || {
                    cancel_part(manage.with(|manage| manage.cancelling().clone()), session, locale)
                })}
            </section> })}
        {(reservation.status == Status::Cancelled)
            .then(|| {
                let words = &words.manage;
                notice(Tone::Good, words.cancelled_title, words.cancelled_text, ().part())
            })}
    }
    .part()
}

fn summary(reservation: &Reservation, locale: Locale) -> Vec<SummaryLine> {
    let words = locale.messages();
    let slot = &reservation.slot;
    let party = party_words(reservation.party, locale);
    let night = intl::date(slot.date, intl::DateStyle::Full, locale);
    let time = slot.starts.to_string();
    let (own, check) = (&words.manage, &words.check);
    let mut lines = vec![
        SummaryLine::new(own.reference, reservation.reference.clone(), None),
        SummaryLine::new(check.party, party, None),
        SummaryLine::new(check.night, night, None),
        SummaryLine::new(check.time, time, Some(check.cartagena_time)),
    ];
    lines.extend(dish_line(&reservation.plan, locale));
    if let Some(name) = &reservation.name {
        lines.push(SummaryLine::new(own.name, name.clone(), None));
    }
    lines
}

fn cancel_part(cancelling: Cancelling, session: ManageSession, locale: Locale) -> Part {
    let words = &locale.messages().manage;
    match cancelling {
        Cancelling::Idle => actions(vec![button(
            "button button-line",
            words.cancel,
            session.on(ManageEvent::CancelPressed),
        )]),
        Cancelling::Asking => {
            let yes = session.on(ManageEvent::CancelConfirmed);
            let no = session.on(ManageEvent::KeepPressed);
            let more = actions(vec![
                button("button button-danger", words.yes_cancel, yes),
                button("button button-line", words.no_keep, no),
            ]);
            notice(Tone::Error, words.ask_title, words.ask_text, more)
        }
        Cancelling::Sending => {
            let hint = locale.messages().book.loading_hint;
            view! { <Loading title=words.cancelling hint/> }.part()
        }
        Cancelling::Failed(failure) => {
            let (title, text) = match failure {
                Failure::CutoffPassed => (words.too_late_title, words.too_late_text),
                failure if failure.outcome_unknown() => {
                    (words.cancel_failed_title, words.cancel_failed_text)
                }
                failure => (
                    locale.messages().problem.title,
                    failure_words(&failure, locale),
                ),
            };
            let again = session.on(ManageEvent::RetryPressed);
            let more = actions(vec![button("button", words.look_again, again)]);
            notice(Tone::Error, title, text, more)
        }
    }
}
