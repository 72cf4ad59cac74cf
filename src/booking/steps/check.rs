//! Everything once more, and the consent; the button that books.

use booking::rules::FieldId;
use booking::wizard::{Confirming, Holding};
use booking::{Consents, Event, Failure, Step, Wizard};
use leptos::prelude::*;

use crate::components::button::{actions, button};
use crate::components::part::{IntoPart, attribute, live, text};

use super::super::session::Session;
use super::guests::{error_of, errors_summary};
use super::hold::HoldNotice;
use super::parts::{back_link, booking_bar, cutoff_words, failure_words, party_words};
use crate::components::state::{Loading, Tone, notice};
use crate::components::step_head::StepHead;
use crate::components::summary::{SummaryLine, SummaryList};
use crate::i18n::Locale;
use crate::platform::intl;
use crate::routes::Route;

/// Everything once more.
#[component]
pub fn CheckStep(session: Session, locale: Locale) -> impl IntoView {
    let words = locale.messages();
    let wizard = session.wizard();
    let lines = live(move || {
        wizard.with(|wizard| {
            view! { <SummaryList lines=summary(wizard, locale) change_word=words.book.change/> }
                .part()
        })
    });
    view! {
        <div class="step-body wrap">
            <StepHead
                step=Step::Check
                locale
                title=words.check.title
                lead=Signal::stored(words.check.lead.to_owned())
            />
            <div class="step-answer">
                {errors_summary(session, locale)}
                <HoldNotice session locale/>
                {outcome(session, locale)}
                {lines}
                <p>{text(move || wizard.with(|wizard| cancel_until(wizard, locale)).unwrap_or_default())}</p>
                {consent(session, locale)}
                {confirm_button(session, locale)}
                {back_link(Step::Guests, locale)}
            </div>
        </div>
        {booking_bar(session, locale, ().part())}
    }
}

fn summary(wizard: &Wizard, locale: Locale) -> Vec<SummaryLine> {
    let words = &locale.messages().check;
    let draft = wizard.draft();
    let line = |label, value: String, small: Option<&str>, step: Step| SummaryLine {
        label,
        value,
        small: small.map(str::to_owned),
        change: Some(Route::Book(step).path(locale)),
    };
    let mut lines = Vec::new();
    if let Some(party) = draft.party {
        lines.push(line(
            words.party,
            party_words(party, locale),
            None,
            Step::Party,
        ));
    }
    if let Some(slot) = &draft.slot {
        let night = intl::date(slot.date, intl::DateStyle::Full, locale);
        lines.push(line(words.night, night, None, Step::Night));
        let time = slot.starts.to_string();
        lines.push(line(
            words.time,
            time,
            Some(words.cartagena_time),
            Step::Time,
        ));
    }
    let guest = &draft.guest;
    let name = [guest.given_name.trim(), " ", guest.family_name.trim()].concat();
    let contact = [guest.email.trim(), " · ", guest.phone.trim()].concat();
    lines.push(line(words.name, name, Some(&contact), Step::Guests));
    lines
}

fn cancel_until(wizard: &Wizard, locale: Locale) -> Option<String> {
    let slot = wizard.draft().slot.as_ref()?;
    cutoff_words(locale.messages().check.cancel_until, slot, locale)
}

fn consent(session: Session, locale: Locale) -> impl IntoView {
    let words = locale.messages();
    let wizard = session.wizard();
    let error = error_of(FieldId::Privacy, session, locale);
    let ticked = wizard.with_untracked(|wizard| wizard.draft().consents.privacy);
    view! {
        <div class="consent" class:field-error=move || error.get().is_some()>
            {live(move || error.get().map(|text| view! {
                <p class="error" id="privacy-error">
                    <span>
                        <span class="visually-hidden">{words.guests.error} " "</span>
                        {text}
                    </span>
                </p>
            }).part())}
            <label class="check">
                <input
                    type="checkbox"
                    id="privacy"
                    prop:checked=ticked
                    aria-describedby=attribute(move || error.get().map(|_| "privacy-error"))
                    aria-invalid=attribute(move || error.get().map(|_| "true"))
                    on:change:target=move |event| {
                        session.dispatch(Event::ConsentChanged(Consents {
                            privacy: event.target().checked(),
                        }));
                    }
                />
                <span>{words.check.privacy}</span>
            </label>
            <p>
                <a href=Route::Privacy.path(locale)>{words.check.privacy_more}</a>
            </p>
        </div>
    }
}

/// What is known of a confirmation that was sent.
fn outcome(session: Session, locale: Locale) -> impl IntoView {
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
}

fn confirm_button(session: Session, locale: Locale) -> impl IntoView {
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
}
