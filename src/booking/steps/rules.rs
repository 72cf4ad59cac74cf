//! The rules of the house, in the venue's own words.

use booking::rules::FieldId;
use booking::venue::HouseRule;
use booking::{Event, Remote, Step};
use leptos::prelude::*;

use super::super::session::Session;
use super::agree::agree_box;
use super::errors::errors_summary;
use super::hold::HoldNotice;
use super::parts::{back_link, booking_bar, failed, step_head};
use crate::components::button::{actions, button};
use crate::components::part::{IntoPart, Part, live};
use crate::components::state::Loading;
use crate::i18n::Locale;

/// The rules of the house.
#[component]
pub fn RulesStep(session: Session, locale: Locale) -> impl IntoView {
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
    view! {
        <div class="step-body wrap">
            {step_head(Step::Rules, words.rules.title, lead, session, locale)}
            <div class="step-answer">
                {errors_summary(session, locale)}
                <HoldNotice session locale/>
                {rules}
                {actions(vec![button("button", words.book.next, go_on)])}
                {back_link(Step::Rules, session, locale)}
            </div>
        </div>
        {booking_bar(session, locale, ().part())}
    }
}

fn list(rules: Vec<HouseRule>, session: Session, locale: Locale) -> Part {
    let rules = rules
        .into_iter()
        .enumerate()
        .map(|(index, rule)| {
            let words = locale.pick(&rule.text).to_owned();
            let rule = if rule.must_accept {
                let hint = Some(locale.messages().rules.must);
                agree_box(FieldId::HouseRule(index), words, hint, session, locale)
            } else {
                view! { <p>{words}</p> }.part()
            };
            view! { <li>{rule}</li> }
        })
        .collect_view();
    view! { <ol class="rows rules">{rules}</ol> }.part()
}
