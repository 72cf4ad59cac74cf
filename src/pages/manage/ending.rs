//! Giving up: the table, or what the reservation says of its guests. Each is asked for first.

use booking::manage::{Doing, Ending, ManageEvent, Stage};
use booking::{Failure, Manage, Reservation};

use super::too_late;
use crate::booking::manage::ManageSession;
use crate::booking::steps::parts::{cutoff_words, failure_words};
use crate::components::button::{actions, button};
use crate::components::element::element;
use crate::components::part::{IntoPart, Part};
use crate::components::state::{Tone, loading, notice};
use crate::i18n::{Locale, fill};

/// What can be given up, and what has been.
pub fn endings(
    manage: &Manage,
    now: &Reservation,
    session: ManageSession,
    locale: Locale,
) -> Vec<Part> {
    let words = locale.messages();
    let cancel = manage.can_end(Ending::Cancel).then(|| {
        let until = cutoff_words(words.manage.cancel_until, &now.slot, locale);
        vec![
            title(words.manage.cancel_title),
            until.map(|until| element("p").text(&until)).part(),
            stage(Ending::Cancel, manage, now, session, locale),
        ]
    });
    let erase = manage.can_end(Ending::Erase).then(|| {
        vec![
            title(words.erase.title),
            element("p").text(words.erase.text).part(),
            stage(Ending::Erase, manage, now, session, locale),
        ]
    });
    cancel.into_iter().chain(erase).flatten().collect()
}

fn title(words: &'static str) -> Part {
    element("h2").text(words).part()
}

/// How far it has got.
fn stage(
    ending: Ending,
    manage: &Manage,
    now: &Reservation,
    session: ManageSession,
    locale: Locale,
) -> Part {
    let words = locale.messages();
    let (own, erase) = (&words.manage, &words.erase);
    let stage = match manage.doing() {
        Doing::Ending(which, stage) if *which == ending => stage,
        _ => {
            let (label, press): (_, fn() -> ManageEvent) = match ending {
                Ending::Cancel => (own.cancel, || ManageEvent::EndPressed(Ending::Cancel)),
                Ending::Erase => (erase.button, || ManageEvent::EndPressed(Ending::Erase)),
            };
            let press = session.on(press);
            return actions(vec![button("button button-line", label, press)]);
        }
    };
    match stage {
        Stage::Asking => {
            let (title, text, yes, no) = match ending {
                Ending::Cancel => (
                    own.ask_title,
                    own.ask_text.to_owned(),
                    own.yes_cancel,
                    own.no_keep,
                ),
                Ending::Erase => (
                    erase.ask_title,
                    what_erasing_means(manage, now, locale),
                    erase.yes,
                    erase.no,
                ),
            };
            let sure = session.on(|| ManageEvent::EndConfirmed);
            let keep = session.on(|| ManageEvent::Left);
            let more = actions(vec![
                button("button button-danger", yes, sure),
                button("button button-line", no, keep),
            ]);
            notice(Tone::Error, title, &text, more)
        }
        Stage::Sending => {
            let title = match ending {
                Ending::Cancel => own.cancelling,
                Ending::Erase => erase.deleting,
            };
            loading(title, words.book.loading_hint)
        }
        Stage::Failed(failure) => failed(ending, failure, now, session, locale),
    }
}

/// What becomes of a table that stands when nobody's name is on it any more.
fn what_erasing_means(manage: &Manage, now: &Reservation, locale: Locale) -> String {
    let words = &locale.messages().erase;
    let reference = [("reference", now.reference.as_str())];
    let stands = now.stands().then(|| fill(words.ask_stands, &reference));
    let first = now.stands() && manage.can_end(Ending::Cancel);
    let first = first.then(|| words.ask_cancel_first.to_owned());
    let parts = stands.into_iter().chain(first);
    let parts: Vec<_> = parts.chain([words.ask_text.to_owned()]).collect();
    parts.join(" ")
}

fn failed(
    ending: Ending,
    failure: &Failure,
    now: &Reservation,
    session: ManageSession,
    locale: Locale,
) -> Part {
    let words = locale.messages();
    let again = session.on(|| ManageEvent::RetryPressed);
    let again = actions(vec![button("button", words.manage.look_again, again)]);
    if matches!(failure, Failure::CutoffPassed | Failure::NotModifiable) {
        return too_late(now, again, locale);
    }
    let (title, text) = if failure.outcome_unknown() {
        let title = match ending {
            Ending::Cancel => words.manage.cancel_failed_title,
            Ending::Erase => words.erase.failed_title,
        };
        (title, words.manage.cancel_failed_text)
    } else {
        (words.problem.title, failure_words(failure, locale))
    };
    notice(Tone::Error, title, text, again)
}

/// What stays when the rest is gone.
pub fn erased(now: &Reservation, locale: Locale) -> Part {
    let words = &locale.messages().erase;
    let stands = now.stands().then(|| element("p").text(words.done_stands));
    notice(Tone::Good, words.done_title, words.done_text, stands.part())
}
