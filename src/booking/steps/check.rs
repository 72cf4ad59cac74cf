//! Everything once more, and the consent; the button that books.

use booking::rules::FieldId;
use booking::wizard::{Confirming, Holding};
use booking::{Event, Failure, Step, Wizard};
use leptos::prelude::*;

use crate::components::button::{actions, button};
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live, live_text};

use super::super::carte::{Served, use_cartes};
use super::super::session::Session;
use super::agree::agree_box;
use super::along::guest_line;
use super::errors::errors_summary;
use super::hold::hold_notice;
use super::parts::{area_line, cutoff_words, failure_words, party_words, plan_lines, step_page};
use crate::components::state::{Tone, loading, notice};
use crate::components::summary::{SummaryLine, summary_list_told};
use crate::i18n::Locale;
use crate::menu::Carte;
use crate::platform::intl;
use crate::routes::Route;

/// Everything once more.
pub fn check_step(session: Session, locale: Locale) -> Part {
    let words = locale.messages();
    let wizard = session.wizard();
    // Needs are kept as codes; the menu has their names.
    let told = wizard.with_untracked(|wizard| wizard.ordered().tells_needs(u8::MAX));
    let menu = told.then(|| use_cartes().of(locale));
    let change = session.on(|| Event::ChangePressed);
    let lines = live(move || {
        let carte = match menu.map(|menu| menu.get()) {
            Some(Served::Here(carte)) => Some(carte),
            _ => None,
        };
        let lines = wizard.with(|wizard| summary(wizard, carte.as_deref(), locale));
        summary_list_told(&lines, words.book.change, Some(change))
    });
    let until = element("p").live_text(move || {
        wizard
            .with(|wizard| cancel_until(wizard, locale))
            .unwrap_or_default()
    });
    let more = element("a")
        .class("go")
        .with("href", &Route::Privacy.path(locale))
        .text(words.check.privacy_more);
    let party = Memo::new(move |_| wizard.with(Wizard::asks_everybody));
    let consent = live(move || {
        let check = &locale.messages().check;
        let words = if party.get() {
            check.privacy_party
        } else {
            check.privacy
        };
        agree_box(FieldId::Privacy, words, None, session, locale)
    });
    let answer = vec![
        errors_summary(session, locale),
        hold_notice(session, locale),
        outcome(session, locale),
        lines,
        no_preorder(session, locale),
        until.part(),
        consent,
        element("p").inner(more).part(),
        confirm_button(session, locale),
    ];
    // Where it may be booked, nobody says that it is not.
    let lead = live_text(move || {
        let open = wizard.with(Wizard::may_be_booked);
        (if open { "" } else { words.check.lead }).to_owned()
    });
    step_page(
        Step::Check,
        words.check.title,
        lead,
        answer,
        session,
        locale,
    )
}

fn summary(wizard: &Wizard, carte: Option<&Carte>, locale: Locale) -> Vec<SummaryLine> {
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
        let area = area_line(slot, wizard, locale);
        lines.extend(area.map(|line| line.changed_at(at(Step::Time))));
    }
    let planned = plan_lines(&wizard.ordered(), carte, locale).into_iter();
    lines.extend(planned.map(|line| line.changed_at(at(Step::Dishes))));
    let guest = &draft.guest;
    let name = [guest.given_name.trim(), " ", guest.family_name.trim()].concat();
    let mut contact = vec![guest.email.trim(), guest.phone.trim()];
    contact.retain(|word| !word.is_empty());
    let contact = contact.join(" · ");
    lines.push(SummaryLine::new(words.name, name, Some(&contact)).changed_at(at(Step::Guests)));
    lines.extend(guest_line(wizard, locale).map(|line| line.changed_at(at(Step::Guests))));
    let note = draft.note.0.trim();
    if !note.is_empty() {
        let line = SummaryLine::new(words.note, note.to_owned(), None);
        lines.push(line.changed_at(at(Step::Guests)));
    }
    lines.extend(rules(wizard, locale).map(|line| line.changed_at(at(Step::Rules))));
    lines
}

/// That the rules were accepted, where there are any to accept.
fn rules(wizard: &Wizard, locale: Locale) -> Option<SummaryLine> {
    let words = &locale.messages().check;
    let asked = &wizard.venue().ready()?.house_rules;
    let accepted = asked.iter().any(|rule| rule.must_accept);
    let value = words.rules_accepted.to_owned();
    accepted.then(|| SummaryLine::new(words.rules, value, None))
}

/// Whoever made a list reads that this house takes none.
fn no_preorder(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    let kept = Memo::new(move |_| {
        wizard.with(|wizard| !wizard.has(Step::Dishes) && !wizard.draft().plan.is_empty())
    });
    live(move || {
        let words = &locale.messages().check;
        let told = || {
            element("div")
                .class("notice")
                .inner(
                    element("p")
                        .class("notice-title")
                        .text(words.no_preorder_title),
                )
                .inner(element("p").text(words.no_preorder_text))
        };
        kept.get().then(told).part()
    })
}

fn cancel_until(wizard: &Wizard, locale: Locale) -> Option<String> {
    let slot = wizard.draft().slot.as_ref()?;
    cutoff_words(locale.messages().check.cancel_until, slot, locale)
}

/// What is known of a confirmation that was sent.
fn outcome(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    live(move || {
        let words = locale.messages();
        wizard.with(|wizard| match wizard.confirming() {
            // There the place itself is said to be in doubt.
            _ if wizard.is_lost() => ().part(),
            Confirming::Idle | Confirming::Sending(_) => ().part(),
            Confirming::Checking { .. } | Confirming::Earlier(_) => {
                loading(words.checking.title, words.checking.text)
            }
            Confirming::Unknown(_) => {
                let again = session.on(|| Event::RetryPressed);
                notice(
                    Tone::Warn,
                    words.checking.unknown_title,
                    words.checking.unknown_text,
                    actions(vec![button("button", words.checking.ask_again, again)]),
                )
            }
            Confirming::NotBooked { why, .. } => {
                let text = match why {
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
        })
    })
}

fn confirm_button(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().check;
    let wizard = session.wizard();
    let busy = Memo::new(move |_| wizard.with(|wizard| wizard.confirming().is_under_way()));
    let held =
        Memo::new(move |_| wizard.with(|wizard| matches!(wizard.holding(), Holding::Held(_))));
    let said = move || busy.get().then(|| "true".to_owned());
    let label = move || {
        if busy.get() {
            words.sending
        } else {
            words.confirm
        }
        .to_owned()
    };
    live(move || {
        let confirm = || {
            let button = element("button")
                .class("button sends")
                .with("type", "button")
                .live("aria-disabled", said)
                .live("aria-busy", said)
                .live_text(label)
                .on("click", move |_| session.dispatch(Event::ConfirmPressed));
            element("div").class("actions").inner(button)
        };
        held.get().then(confirm).part()
    })
}
