//! Lost links: one field, one button, and the same answer for everybody.

use booking::manage::{Links, ManageEvent, Request};
use booking::rules::Reason;
use booking::{Failure, Manage};
use leptos::prelude::*;

use super::sending::ask_the_venue;
use crate::booking::manage::ManageSession;
use crate::booking::steps::parts::failure_words;
use crate::components::button::{actions, button};
use crate::components::element::{Element, element};
use crate::components::error_summary::error_summary;
use crate::components::field::{FieldKind, field};
use crate::components::part::{IntoPart, Part};
use crate::components::state::{Tone, notice};
use crate::i18n::{Locale, fill, plural};

/// What can be done about a lost link: the venue mails it, or has to be asked.
pub fn lost(manage: &Manage, session: ManageSession, locale: Locale) -> Element {
    let words = &locale.messages().manage;
    let (shown, then) = match manage.mails_links() {
        Some(true) => (
            asking(manage.links(), session, locale),
            Some(element("h3").text(words.links_none)),
        ),
        Some(false) => (element("p").text(words.no_other).part(), None),
        None => (().part(), None),
    };
    element("section")
        .class("flow")
        .inner(element("h2").text(words.lost_title))
        .child(shown)
        .child(then)
        .child(ask_the_venue(locale))
}

fn asking(links: &Links, session: ManageSession, locale: Locale) -> Part {
    let words = locale.messages();
    let own = &words.manage;
    let failed = match links.stage() {
        Request::Taken(email) => {
            let said = fill(own.links_taken, &[("email", email)]);
            let again = session.on(|| ManageEvent::LinksAgain);
            let again = actions(vec![button("link-button", own.links_again, again)]);
            let more = [element("p").text(own.links_same).part(), again];
            return notice(Tone::Good, own.links_taken_title, &said, more.part());
        }
        Request::Failed(failure) => {
            let title = words.problem.title;
            let said = refused(failure, locale);
            notice(Tone::Error, title, &said, ().part())
        }
        Request::Not | Request::Sending => ().part(),
    };
    [
        element("p").text(own.links_text).part(),
        failed,
        form(links, session, locale).part(),
    ]
    .part()
}

/// When to ask again, where the venue says it.
fn refused(failure: &Failure, locale: Locale) -> String {
    let own = &locale.messages().manage;
    match failure {
        Failure::Busy {
            retry_after: Some(seconds),
        } => plural(seconds.div_ceil(60), own.links_wait_one, own.links_wait),
        _ => failure_words(failure, locale).to_owned(),
    }
}

fn form(links: &Links, session: ManageSession, locale: Locale) -> Element {
    let words = locale.messages();
    let (own, guests) = (&words.manage, &words.guests);
    let error = links.wrong().map(|reason| match reason {
        Reason::Missing => guests.email_missing,
        Reason::Invalid => guests.email_invalid,
        Reason::TooLong => guests.too_long,
    });
    let wrong = error.map(|words| {
        let entry = ("#email".to_owned(), words.to_owned());
        error_summary(
            &plural(1, guests.summary_one, guests.summary_other),
            vec![entry],
        )
    });
    let kind = FieldKind {
        id: "email",
        kind: "email",
        autocomplete: "email",
        label: guests.email,
        hint: own.links_hint,
        said_at: None,
        options: None,
        error_word: guests.error,
    };
    let written = links.email().to_owned();
    let changed = Callback::new(move |text| session.dispatch(ManageEvent::LinksWritten(text)));
    let busy = *links.stage() == Request::Sending;
    let (label, said) = if busy {
        (own.links_sending, Some("true"))
    } else {
        (own.links_send, None)
    };
    let send = element("button")
        .class("button sends")
        .with("type", "submit")
        .with_some("aria-disabled", said)
        .with_some("aria-busy", said)
        .text(label);
    element("form")
        .class("form")
        // Sent nowhere by itself, whatever becomes of the app: an address does not belong into the page's own.
        .with("method", "dialog")
        .with("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            session.dispatch(ManageEvent::LinksPressed);
        })
        .child(wrong)
        .child(field(
            kind,
            Box::new(move || written.clone()),
            Signal::derive(move || error),
            changed,
        ))
        .inner(element("div").class("actions").inner(send))
}
