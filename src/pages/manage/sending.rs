//! From what to what, and what becomes of a change on its way.

use booking::manage::{ChangeEvent, ManageEvent, Question, Sending};
use booking::{Failure, Slot};
use leptos::prelude::*;

use super::change::Making;
use super::too_late;
use crate::booking::steps::hold::slot_buttons;
use crate::booking::steps::parts::{cutoff_words, failure_words, party_words};
use crate::components::button::{actions, button};
use crate::components::contact::contact;
use crate::components::element::element;
use crate::components::part::{IntoPart, Part};
use crate::components::state::{Tone, loading, notice};
use crate::components::summary::{SummaryLine, summary_list};
use crate::content::Site;
use crate::i18n::{Locale, fill};
use crate::platform::intl;

/// From what to what, until when that can be changed again, and how far it has got.
pub fn review(making: Making) -> Vec<Part> {
    let Making {
        manage,
        change,
        now,
        locale,
        ..
    } = making;
    let words = locale.messages();
    let slot = change.slot().unwrap_or(&now.slot);
    let night = |slot: &Slot| intl::date(slot.date, intl::DateStyle::Full, locale);
    let time = |slot: &Slot| slot.starts.to_string();
    let line = |label, (new, old): (String, String), can: bool, ask: fn() -> ChangeEvent| {
        let small = if new == old {
            words.change.same.to_owned()
        } else {
            fill(words.change.before, &[("old", &old)])
        };
        let line = SummaryLine::new(label, new, Some(&small));
        if !can || change.is_under_way() || change.is_unknown() {
            line
        } else {
            line.changed_by(making.on(ask))
        }
    };
    let party = |size| party_words(size, locale);
    let lines = [
        line(
            words.check.party,
            (party(change.party()), party(now.party)),
            manage.can_change(),
            || ChangeEvent::Asked(Question::Party),
        ),
        line(
            words.check.night,
            (night(slot), night(&now.slot)),
            true,
            || ChangeEvent::Asked(Question::Night),
        ),
        line(
            words.check.time,
            (time(slot), time(&now.slot)),
            true,
            || ChangeEvent::Asked(Question::Time),
        ),
    ];
    let until = cutoff_words(words.change.until, slot, locale);
    let mut answer = vec![
        summary_list(&lines, words.book.change),
        until.map(|until| element("p").text(&until)).part(),
    ];
    answer.extend(state(making, words.change.yes));
    answer
}

/// How far the change has got, and what can be done now.
pub fn state(making: Making, yes: &'static str) -> Vec<Part> {
    let Making { change, locale, .. } = making;
    let words = locale.messages();
    let own = &words.change;
    let said = match change.sending() {
        Sending::Sent => return vec![loading(own.sending, words.book.loading_hint)],
        Sending::Checking(_) => {
            return vec![notice(
                Tone::Plain,
                own.checking_title,
                own.checking_text,
                ().part(),
            )];
        }
        Sending::Unknown => {
            let ask = making.on(|| ChangeEvent::Confirmed);
            let ask = actions(vec![button("button", words.checking.ask_again, ask)]);
            return vec![notice(Tone::Warn, own.unknown_title, own.unknown_text, ask)];
        }
        Sending::Refused(Failure::CutoffPassed | Failure::NotModifiable) => {
            let look = making.session.on(|| ManageEvent::RetryPressed);
            let look = actions(vec![button("button", words.manage.look_again, look)]);
            return vec![too_late(making.now, look, locale)];
        }
        Sending::Refused(failure) => refused(failure, making),
        Sending::NotDone => notice(Tone::Warn, own.not_done_title, own.not_done_text, ().part()),
        Sending::Idle => ().part(),
    };
    let leave = making.session.on(|| ManageEvent::Left);
    let choice = actions(vec![
        button("button", yes, making.on(|| ChangeEvent::Confirmed)),
        button("button button-line", own.no, leave),
    ]);
    vec![said, choice]
}

fn refused(failure: &Failure, making: Making) -> Part {
    let locale = making.locale;
    let words = locale.messages();
    let own = &words.change;
    let (title, text, more) = match failure {
        Failure::SlotTaken { alternatives } if alternatives.is_empty() => {
            (own.full_title, own.full_none, ().part())
        }
        Failure::SlotTaken { alternatives } => {
            let choose = making.choose(ChangeEvent::SlotChosen);
            (
                own.full_title,
                own.full_text,
                slot_buttons(alternatives, making.manage.venue(), &choose, locale),
            )
        }
        Failure::Changed => (own.elsewhere_title, own.elsewhere_text, ().part()),
        Failure::PartySize | Failure::OutsideWindow => {
            (own.refused_title, failure_words(failure, locale), ().part())
        }
        _ => (own.refused_title, own.refused_text, ask_the_venue(locale)),
    };
    notice(Tone::Warn, title, text, more)
}

/// Whom to ask where the page cannot help.
pub fn ask_the_venue(locale: Locale) -> Part {
    let site = use_context::<Site>().unwrap_or_default();
    contact(locale, &site).part()
}
