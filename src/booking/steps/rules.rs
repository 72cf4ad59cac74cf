//! The rules of the house, in the venue's own words.

use booking::rules::FieldId;
use booking::venue::HouseRule;
use booking::{Event, Remote, Step};
use leptos::prelude::*;

use super::super::session::Session;
use super::agree::agree_box;
use super::errors::errors_summary;
use super::hold::hold_notice;
use super::parts::{StepPage, failed};
use crate::components::button::{actions, button};
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live};
use crate::components::state::Loading;
use crate::i18n::Locale;

/// The rules of the house.
pub fn rules_step(session: Session, locale: Locale) -> Part {
    let words = locale.messages();
    let wizard = session.wizard();
    // A memo, so that a ticking clock leaves the boxes alone.
    let known = Memo::new(move |_| {
        wizard.with(|wizard| match wizard.venue() {
            Remote::Idle | Remote::Loading => Remote::Loading,
            Remote::Failed(failure) => Remote::Failed(failure.clone()),
            Remote::Ready(venue) => Remote::Ready(venue.house_rules.clone()),
        })
    });
    let rules = live(move || match known.get() {
        Remote::Idle | Remote::Loading => {
            let book = &locale.messages().book;
            view! { <Loading title=book.loading hint=book.loading_hint/> }.part()
        }
        Remote::Failed(failure) => failed(&failure, session, locale),
        Remote::Ready(rules) => list(rules, session, locale),
    });
    let lead = Signal::derive(move || {
        let asks = known.with(|known| {
            let rules = known.ready().map_or(&[][..], Vec::as_slice);
            rules.iter().any(|rule| rule.must_accept)
        });
        let words = &locale.messages().rules;
        if asks { words.lead_accept } else { words.lead }.to_owned()
    });
    let go_on = session.on(Event::RulesSubmitted);
    let page = StepPage {
        step: Step::Rules,
        title: words.rules.title,
        lead,
        session,
        locale,
    };
    let answer = vec![
        errors_summary(session, locale),
        hold_notice(session, locale),
        rules.part(),
        actions(vec![button("button", words.book.next, go_on)]),
    ];
    page.with(answer, ().part())
}

fn list(rules: Vec<HouseRule>, session: Session, locale: Locale) -> Part {
    let rules: Vec<_> = rules
        .into_iter()
        .enumerate()
        .map(|(index, rule)| {
            let words = locale.pick(&rule.text);
            let rule = if rule.must_accept {
                let hint = Some(locale.messages().rules.must);
                let field = FieldId::HouseRule(index);
                agree_box(field, words.to_owned(), hint, session, locale)
            } else {
                element("p").text(words).part()
            };
            element("li").child(rule).part()
        })
        .collect();
    element("ol").class("rows rules").children(rules).part()
}
