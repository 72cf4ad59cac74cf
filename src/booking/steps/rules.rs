//! The rules of the house, in the venue's own words.

use booking::rules::FieldId;
use booking::venue::HouseRule;
use booking::{Event, Remote, Step};

use super::super::session::Session;
use super::agree::agree_box;
use super::errors::errors_summary;
use super::hold::hold_notice;
use super::parts::{failed, step_page, waiting};
use crate::components::button::{actions, button};
use crate::components::element::element;
use crate::components::part::{Part, live, live_text};
use crate::i18n::Locale;

/// The rules of the house.
pub fn rules_step(session: Session, locale: Locale) -> Part {
    let words = locale.messages();
    let wizard = session.wizard();
    let rules = live(move || {
        wizard.with(|wizard| match wizard.venue() {
            Remote::Idle | Remote::Loading => waiting(locale),
            Remote::Failed(failure) => failed(failure, session, locale),
            Remote::Ready(venue) => list(&venue.house_rules, session, locale),
        })
    });
    let lead = live_text(move || {
        let asks = wizard.with(|wizard| {
            let venue = wizard.venue().ready();
            venue.is_some_and(|venue| venue.house_rules.iter().any(|rule| rule.must_accept))
        });
        let words = &locale.messages().rules;
        if asks { words.lead_accept } else { words.lead }.to_owned()
    });
    let go_on = session.on(|| Event::RulesSubmitted);
    let answer = vec![
        errors_summary(session, locale),
        hold_notice(session, locale),
        rules,
        actions(vec![button("button", words.book.next, go_on)]),
    ];
    step_page(
        Step::Rules,
        words.rules.title,
        lead,
        answer,
        session,
        locale,
    )
}

fn list(rules: &[HouseRule], session: Session, locale: Locale) -> Part {
    let rules = rules.iter().enumerate().map(|(index, rule)| {
        let words = locale.pick(&rule.text);
        let rule = if rule.must_accept {
            let hint = Some(locale.messages().rules.must);
            agree_box(FieldId::HouseRule(index), words, hint, session, locale)
        } else {
            element("p").text(words).part()
        };
        element("li").child(rule).part()
    });
    element("ol").class("rows rules").children(rules).part()
}
