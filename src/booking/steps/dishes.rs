//! What the party wants to eat, and what it cannot. Both may be left open.

use booking::rules::FieldId;
use booking::{Event, Step};
use leptos::prelude::*;

use super::super::session::Session;
use super::agree::agree_box;
use super::editor::editor;
use super::errors::errors_summary;
use super::hold::hold_notice;
use super::parts::step_page;
use crate::components::button::{actions, button};
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live};
use crate::components::state::{Tone, notice};
use crate::i18n::{Locale, fill};

/// What the party wants to eat, and what it cannot.
pub fn dishes_step(session: Session, locale: Locale) -> Part {
    let words = locale.messages();
    let go_on = session.on(|| Event::DishesSubmitted);
    // Errors lead here, whatever the editor looks like.
    let dishes = element("div")
        .class("flow")
        .with("id", "dishes")
        .with("tabindex", "-1")
        .child(editor(session, locale));
    let answer = vec![
        errors_summary(session, locale),
        hold_notice(session, locale),
        dishes.part(),
        beyond_the_party(session, locale),
        health(session, locale),
        actions(vec![button("button", words.book.next, go_on)]),
    ];
    let lead = words.dishes.lead.part();
    step_page(
        Step::Dishes,
        words.dishes.title,
        lead,
        answer,
        session,
        locale,
    )
}

/// A list for more guests than come is told from which guest on it is not sent.
fn beyond_the_party(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    live(move || {
        let words = &locale.messages().dishes;
        let party = wizard.with(|wizard| {
            let draft = wizard.draft();
            let beyond = |party: &u8| draft.plan.guests() > usize::from(*party);
            draft.party.filter(beyond)
        });
        let told = |party: u8| {
            let text = fill(words.beyond, &[("n", &party.to_string())]);
            notice(Tone::Warn, words.beyond_title, &text, ().part())
        };
        party.map(told).part()
    })
}

/// The consent of its own that needs ask for, shown only where some are told.
fn health(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    let told = Memo::new(move |_| wizard.with(|wizard| wizard.ordered().tells_needs(u8::MAX)));
    live(move || {
        if !told.get() {
            return ().part();
        }
        let words = &locale.messages().dishes;
        let remove = Callback::new(move |()| {
            let plan = wizard.with_untracked(|wizard| wizard.draft().plan.without_needs());
            session.dispatch(Event::PlanChanged(plan));
        });
        let hint = Some(words.health_hint);
        element("section")
            .class("flow")
            .child(agree_box(
                FieldId::Health,
                words.health,
                hint,
                session,
                locale,
            ))
            .inner(element("p").child(button("link-button", words.remove_needs, remove)))
            .part()
    })
}
