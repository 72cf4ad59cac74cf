//! The waiting list of a full night: a small form, and an honest word about what it is.

use booking::rules::FieldId;
use booking::wizard::{Leaving, Listed, Stands};
use booking::{Event, Failure};
use leptos::prelude::*;

use super::super::session::Session;
use super::agree::agree_box;
use super::errors::errors_summary;
use super::guests::lead_field;
use super::parts::{failure_words, party_words};
use crate::components::button::{actions, button};
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live};
use crate::components::state::{Tone, loading, notice};
use crate::i18n::{Locale, fill};
use crate::platform::{intl, page};

/// What has become of a wish to wait: first on the page, where the guest's attention is brought to.
pub fn waiting_said(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    live(move || {
        let words = &locale.messages().waiting;
        wizard.with(|wizard| {
            let waiting = wizard.waiting();
            match (wizard.listed(), &waiting.failure) {
                (Some(listed), _) => place(listed, session, locale),
                (None, Some(failure)) if wizard.may_wait() => {
                    failed(failure, waiting.open, session, locale)
                }
                // It was sent before the page was loaded anew, or before another night was looked at.
                (None, None) if wizard.may_wait() && wizard.may_be_listed() => {
                    failed(&Failure::Unreachable, waiting.open, session, locale)
                }
                _ if waiting.left => notice(Tone::Good, words.left, words.left_text, ().part()),
                _ => ().part(),
            }
        })
    })
}

/// What can be done about a full night, where the venue has a list for it.
pub fn waiting_list(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    let offered =
        Memo::new(move |_| wizard.with(|wizard| wizard.may_wait() && wizard.listed().is_none()));
    // Where nobody knows, what is said of that leads to the form.
    let closed = Memo::new(move |_| {
        wizard.with(|wizard| (!wizard.waiting().open).then(|| wizard.may_be_listed()))
    });
    live(move || match (offered.get(), closed.get()) {
        (false, _) | (true, Some(true)) => ().part(),
        (true, Some(false)) => invitation(session, locale),
        (true, None) => form(session, locale),
    })
}

/// Opens the form.
fn opening(session: Session) -> Callback<()> {
    Callback::new(move |()| {
        session.dispatch(Event::WaitOpened);
        page::focus_soon("main form .input");
    })
}

/// What is known of a wish that did not go through. The very same one may be sent again.
fn failed(failure: &Failure, open: bool, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().waiting;
    let (title, text) = match failure {
        Failure::KeyReused => (words.unknown_title, words.other_words),
        _ if failure.outcome_unknown() => (words.unknown_title, words.unknown_text),
        _ => (words.failed_title, failure_words(failure, locale)),
    };
    let again = if open {
        session.on(|| Event::WaitPressed)
    } else {
        opening(session)
    };
    let more = actions(vec![button("button", words.again, again)]);
    notice(Tone::Error, title, text, more)
}

fn invitation(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().waiting;
    let open = button("button button-line", words.open, opening(session));
    let more = actions(vec![open]);
    notice(Tone::Plain, words.title, words.text, more)
}

fn form(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().waiting;
    let wizard = session.wizard();
    let fields = wizard.with_untracked(|wizard| {
        let lead = wizard.lead_fields().into_iter();
        let fields = lead.map(|(field, told)| lead_field(field, told, session, locale));
        fields.collect::<Vec<_>>()
    });
    let busy = Memo::new(move |_| wizard.with(|wizard| wizard.waiting().is_under_way()));
    let said = move || busy.get().then(|| "true".to_owned());
    let send = element("button")
        .class("button sends")
        .with("type", "submit")
        .live("aria-disabled", said)
        .live("aria-busy", said)
        .live_text(move || {
            if busy.get() {
                words.sending
            } else {
                words.send
            }
            .to_owned()
        });
    let consent = agree_box(FieldId::Waiting, words.consent, None, session, locale);
    let fieldset = element("fieldset")
        .class("fieldset")
        .inner(element("legend").class("legend").text(words.legend))
        .inner(
            element("div")
                .class("form")
                .inner(element("p").class("hint").text(words.honest))
                .children(fields)
                .child(consent),
        );
    element("form")
        .class("form")
        .with("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            session.dispatch(Event::WaitPressed);
        })
        .child(errors_summary(session, locale))
        .inner(fieldset)
        .inner(element("div").class("actions").inner(send))
        .part()
}

/// A place on the list, as far as it is known to stand.
fn place(listed: &Listed, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().waiting;
    let said = |message| {
        let date = intl::date(listed.date, intl::DateStyle::Day, locale);
        let party = party_words(listed.party, locale);
        fill(message, &[("date", &date), ("party", &party)])
    };
    let leave = || {
        button(
            "link-button",
            words.leave,
            session.on(|| Event::StopWaitingPressed),
        )
    };
    let failed = (listed.leaving == Leaving::Failed).then_some(words.leave_failed);
    match listed.stands {
        Stands::Asked => loading(words.asking, locale.messages().book.loading_hint),
        Stands::Unheard => {
            let again = button("button", words.again, session.on(|| Event::RetryPressed));
            let more = [
                failed.map(|failed| element("p").text(failed)).part(),
                actions(vec![again, leave()]),
            ];
            let text = said(words.unheard);
            notice(Tone::Warn, words.unheard_title, &text, more.part())
        }
        // What comes of it, this site does not know, and says so.
        Stands::Yes => {
            let more = [
                element("p")
                    .text(failed.unwrap_or(words.in_this_tab))
                    .part(),
                element("p").child(leave()).part(),
            ];
            let text = said(words.listed);
            notice(Tone::Good, words.listed_title, &text, more.part())
        }
    }
}
