//! The waiting list of a full night: a small form, and an honest word about what it is.

use booking::rules::FieldId;
use booking::wizard::{Leaving, Listed};
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
use crate::components::state::{Tone, notice};
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
                (Some(listed), _) => on_the_list(listed, session, locale),
                (None, Some(failure)) if wizard.may_wait() => failed(failure, session, locale),
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
    let open = Memo::new(move |_| wizard.with(|wizard| wizard.waiting().open));
    live(move || match (offered.get(), open.get()) {
        (false, _) => ().part(),
        (true, false) => invitation(session, locale),
        (true, true) => form(session, locale),
    })
}

/// What is known of a wish that did not go through. The very same one may be sent again.
fn failed(failure: &Failure, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().waiting;
    let (title, text) = if failure.outcome_unknown() {
        (words.unknown_title, words.unknown_text)
    } else {
        (words.failed_title, failure_words(failure, locale))
    };
    let again = session.on(|| Event::WaitPressed);
    let more = actions(vec![button("button", words.again, again)]);
    notice(Tone::Error, title, text, more)
}

fn invitation(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().waiting;
    let open = Callback::new(move |()| {
        session.dispatch(Event::WaitOpened);
        page::focus_soon("main form .input");
    });
    let more = actions(vec![button("button button-line", words.open, open)]);
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
        .class("button")
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

/// On the list. What comes of it, this site does not know, and says so.
fn on_the_list(listed: &Listed, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().waiting;
    let date = intl::date(listed.date, intl::DateStyle::Day, locale);
    let party = party_words(listed.party, locale);
    let text = fill(words.listed, &[("date", &date), ("party", &party)]);
    let leave = button(
        "link-button",
        words.leave,
        session.on(|| Event::StopWaitingPressed),
    );
    let failed = (listed.leaving == Leaving::Failed).then_some(words.leave_failed);
    let more = [
        element("p").text(failed.unwrap_or(words.while_open)).part(),
        element("p").child(leave).part(),
    ];
    notice(Tone::Good, words.listed_title, &text, more.part())
}
