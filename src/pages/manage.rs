//! An existing reservation: read it, cancel it. The link's secret stays in the fragment.

use booking::manage::{Cancelling, ManageEvent};
use booking::{Failure, Remote, Reservation, Status};
use leptos::prelude::*;

use crate::components::button::{actions, button};
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live};

use crate::booking::manage::ManageSession;
use crate::booking::session::use_session;
use crate::booking::steps::parts::{
    cutoff_words, dish_line, failure_notice, failure_words, party_words, status_words, waiting,
};
use crate::components::state::{Tone, loading, notice, trial_banner};
use crate::components::summary::{SummaryLine, summary_list};
use crate::i18n::Locale;
use crate::platform::following::follow;
use crate::platform::{intl, location::Location, page};
use crate::routes::Route;

/// An existing reservation.
pub fn manage_page(locale: Locale) -> Part {
    let session =
        use_context::<ManageSession>().unwrap_or_else(|| ManageSession::new(use_session()));
    let opened = RwSignal::new(false);
    if let Some(location) = use_context::<Location>() {
        let place = location.place();
        follow(move || {
            let place = place.get();
            if Route::parse(&place.path) == Some((locale, Route::Manage)) {
                untrack(|| session.opened(&place));
                opened.set(true);
            }
        });
    }
    follow(move || page::set_title(&title(locale)));
    let words = &locale.messages().manage;
    let manage = session.manage();
    let needless = move || opened.get() && manage.with(booking::Manage::has_access);
    let banner = live(move || {
        let trial = manage.with(booking::Manage::is_trial);
        trial.then(|| trial_banner(locale)).part()
    });
    let head = element("div")
        .class("wrap page-head")
        .inner(element("h1").with("tabindex", "-1").text(words.title))
        // Who has the link needs not be told to have it.
        .inner(
            element("p")
                .class("lead")
                .live_flag("hidden", needless)
                .text(words.lead),
        );
    let shown = live(move || {
        if !opened.get() {
            return ().part();
        }
        manage.with(|manage| match manage.reservation() {
            _ if !manage.has_access() => no_link(locale),
            Remote::Idle | Remote::Loading => waiting(locale),
            Remote::Failed(failure) => failed(failure, session, locale),
            Remote::Ready(reservation) => found(reservation, session, locale),
        })
    });
    element("main")
        .with("id", "content")
        .with("tabindex", "-1")
        .child(banner)
        .inner(head)
        .inner(super::kept::without_script(locale))
        .inner(element("div").class("wrap split section").child(shown))
        .part()
}

/// What the window is called.
pub fn title(locale: Locale) -> String {
    let words = locale.messages();
    [words.manage.title, " · ", words.site.name].concat()
}

fn no_link(locale: Locale) -> Part {
    super::kept::without_link(locale)
}

fn failed(failure: &Failure, session: ManageSession, locale: Locale) -> Part {
    let words = locale.messages();
    let (title, text) = if *failure == Failure::NotFound {
        (words.manage.not_found_title, words.manage.not_found_text)
    } else {
        (words.problem.title, failure_words(failure, locale))
    };
    let again = session.on(|| ManageEvent::RetryPressed);
    failure_notice(title, text, again, locale)
}

fn found(reservation: &Reservation, session: ManageSession, locale: Locale) -> Part {
    let words = locale.messages();
    let cutoff = cutoff_words(words.manage.cancel_until, &reservation.slot, locale);
    let manage = session.manage();
    let cancellable = manage.with(booking::Manage::can_cancel);
    let cancel = || {
        element("section")
            .class("flow")
            .inner(element("h2").text(words.manage.cancel_title))
            .child(cutoff.map(|cutoff| element("p").text(&cutoff)))
            .child(live(move || {
                manage.with(|manage| cancel_part(manage.cancelling(), session, locale))
            }))
    };
    let cancelled = || {
        let words = &words.manage;
        notice(
            Tone::Good,
            words.cancelled_title,
            words.cancelled_text,
            ().part(),
        )
    };
    let state = element("section")
        .class("flow")
        .inner(
            element("p")
                .class("state-word")
                .text(status_words(reservation.status, locale)),
        )
        .child(summary_list(
            &summary(reservation, locale),
            words.book.change,
        ));
    [
        state.part(),
        cancellable.then(cancel).part(),
        (reservation.status == Status::Cancelled)
            .then(cancelled)
            .part(),
    ]
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

fn cancel_part(cancelling: &Cancelling, session: ManageSession, locale: Locale) -> Part {
    let words = &locale.messages().manage;
    match cancelling {
        Cancelling::Idle => actions(vec![button(
            "button button-line",
            words.cancel,
            session.on(|| ManageEvent::CancelPressed),
        )]),
        Cancelling::Asking => {
            let yes = session.on(|| ManageEvent::CancelConfirmed);
            let no = session.on(|| ManageEvent::KeepPressed);
            let more = actions(vec![
                button("button button-danger", words.yes_cancel, yes),
                button("button button-line", words.no_keep, no),
            ]);
            notice(Tone::Error, words.ask_title, words.ask_text, more)
        }
        Cancelling::Sending => {
            let hint = locale.messages().book.loading_hint;
            loading(words.cancelling, hint)
        }
        Cancelling::Failed(failure) => {
            let (title, text) = match failure {
                Failure::CutoffPassed => (words.too_late_title, words.too_late_text),
                failure if failure.outcome_unknown() => {
                    (words.cancel_failed_title, words.cancel_failed_text)
                }
                failure => (
                    locale.messages().problem.title,
                    failure_words(failure, locale),
                ),
            };
            let again = session.on(|| ManageEvent::RetryPressed);
            let more = actions(vec![button("button", words.look_again, again)]);
            notice(Tone::Error, title, text, more)
        }
    }
}
