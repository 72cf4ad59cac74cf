//! Everything once more, and the consent; the button that books.

use booking::rules::FieldId;
use booking::wizard::{Confirming, Holding};
use booking::{Event, Failure, Step, Wizard};
use leptos::prelude::*;

use crate::components::button::{actions, button};
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, attribute, live, text};

use super::super::session::Session;
use super::agree::agree_box;
use super::errors::errors_summary;
use super::hold::hold_notice;
use super::parts::{StepPage, cutoff_words, failure_words, party_words, plan_lines};
use crate::components::state::{Loading, Tone, notice};
use crate::components::summary::{SummaryLine, summary_list};
use crate::i18n::Locale;
use crate::platform::intl;
use crate::routes::Route;

/// Everything once more.
pub fn check_step(session: Session, locale: Locale) -> Part {
    let words = locale.messages();
    let wizard = session.wizard();
    let lead = Signal::stored(words.check.lead.to_owned());
    let lines = live(move || {
        let lines = wizard.with(|wizard| summary(wizard, locale));
        summary_list(lines, words.book.change)
    });
    let cutoff = move || wizard.with(|wizard| cancel_until(wizard, locale));
    let cutoff = element("p").live_text(move || cutoff().unwrap_or_default());
    let page = StepPage {
        step: Step::Check,
        title: words.check.title,
        lead,
        session,
        locale,
    };
    let privacy = words.check.privacy.to_owned();
    let answer = vec![
        errors_summary(session, locale),
        hold_notice(session, locale),
        outcome(session, locale),
        lines.part(),
        no_preorder(session, locale),
        cutoff.part(),
        agree_box(FieldId::Privacy, privacy, None, session, locale),
        privacy_more(locale),
        confirm_button(session, locale),
    ];
    page.with(answer, ().part())
}

fn summary(wizard: &Wizard, locale: Locale) -> Vec<SummaryLine> {
    let words = &locale.messages().check;
    let draft = wizard.draft();
    let at = |step: Step| Route::Book(step).path(locale);
    let mut lines = Vec::new();
    if let Some(party) = draft.party {
        let party = party_words(party, locale);
        lines.push(SummaryLine::new(words.party, party, None).changed_at(at(Step::Party)));
    }
    if let Some(slot) = &draft.slot {
        let night = intl::date(slot.date, intl::DateStyle::Full, locale);
        lines.push(SummaryLine::new(words.night, night, None).changed_at(at(Step::Night)));
        let (time, wall) = (slot.starts.to_string(), Some(words.cartagena_time));
        lines.push(SummaryLine::new(words.time, time, wall).changed_at(at(Step::Time)));
    }
    let planned = plan_lines(&wizard.ordered(), locale).into_iter();
    lines.extend(planned.map(|line| line.changed_at(at(Step::Dishes))));
    let guest = &draft.guest;
    let name = [guest.given_name.trim(), " ", guest.family_name.trim()].concat();
    let contact = [guest.email.trim(), " · ", guest.phone.trim()].concat();
    lines.push(SummaryLine::new(words.name, name, Some(&contact)).changed_at(at(Step::Guests)));
    lines
}

/// Whoever made a list reads that this house takes none.
fn no_preorder(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    let kept = Memo::new(move |_| {
        wizard.with(|wizard| !wizard.has(Step::Dishes) && !wizard.draft().plan.is_empty())
    });
    live(move || {
        let words = &locale.messages().check;
        if !kept.get() {
            return ().part();
        }
        let (title, text) = (words.no_preorder_title, words.no_preorder_text);
        notice(Tone::Plain, title, text, ().part())
    })
    .part()
}

fn cancel_until(wizard: &Wizard, locale: Locale) -> Option<String> {
    let slot = wizard.draft().slot.as_ref()?;
    cutoff_words(locale.messages().check.cancel_until, slot, locale)
}

fn privacy_more(locale: Locale) -> Part {
    let link = element("a")
        .with("href", &Route::Privacy.path(locale))
        .text(locale.messages().check.privacy_more);
    element("p").inner(link).part()
}

/// What is known of a confirmation that was sent.
fn outcome(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    let confirming = Memo::new(move |_| wizard.with(|wizard| wizard.confirming().clone()));
    live(move || {
        let words = locale.messages();
        match confirming.get() {
            Confirming::Idle | Confirming::Sending(_) => ().part(),
            Confirming::Checking { .. } => {
                view! { <Loading title=words.checking.title hint=words.checking.text/> }.part()
            }
            Confirming::Unknown(_) => {
                let again = session.on(Event::RetryPressed);
                notice(
                    Tone::Warn,
                    words.checking.unknown_title,
                    words.checking.unknown_text,
                    actions(vec![button("button", words.checking.ask_again, again)]),
                )
            }
            Confirming::NotBooked { why, .. } => {
                let text = match &why {
                    Failure::Busy { .. } => words.checking.not_booked_busy,
                    failure if failure.outcome_unknown() => words.checking.not_booked_text,
                    failure => failure_words(failure, locale),
                };
                notice(
                    Tone::Error,
                    words.checking.not_booked_title,
                    text,
                    ().part(),
                )
            }
        }
    })
    .part()
}

fn confirm_button(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().check;
    let wizard = session.wizard();
    let busy = Memo::new(move |_| wizard.with(|wizard| wizard.confirming().is_under_way()));
    let held =
        Memo::new(move |_| wizard.with(|wizard| matches!(wizard.holding(), Holding::Held(_))));
    live(move || {
        held.get().then(|| {
            view! {
                <div class="actions">
                    <button
                        class="button"
                        type="button"
                        aria-disabled=attribute(move || busy.get().then_some("true"))
                        aria-busy=attribute(move || busy.get().then_some("true"))
                        on:click=move |_| session.dispatch(Event::ConfirmPressed)
                    >
                        {text(move || if busy.get() { words.sending } else { words.confirm }.to_owned())}
                    </button>
                </div>
            }
        })
        .part()
    })
    .part()
}
