//! What the party wants to eat, and what it cannot. Both may be left open.

use booking::rules::FieldId;
use booking::{Event, Step};
use leptos::prelude::*;

use super::super::session::Session;
use super::agree::agree_box;
use super::editor::editor;
use super::errors::errors_summary;
use super::hold::HoldNotice;
use super::parts::{back_link, booking_bar, party_words, step_head};
use crate::components::button::{actions, button};
use crate::components::part::{IntoPart, live};
use crate::i18n::{Locale, fill};

/// What the party wants to eat, and what it cannot.
#[component]
pub fn DishesStep(session: Session, locale: Locale) -> impl IntoView {
    let words = locale.messages();
    let lead = Signal::stored(words.dishes.lead.to_owned());
    let go_on = session.on(Event::DishesSubmitted);
    view! {
        <div class="step-body wrap">
            {step_head(Step::Dishes, words.dishes.title, lead, session, locale)}
            <div class="step-answer">
                {errors_summary(session, locale)}
                <HoldNotice session locale/>
                // Errors lead here, whatever the editor looks like.
                <div class="flow" id="dishes" tabindex="-1">
                    {editor(session, locale)}
                </div>
                {beyond_the_party(session, locale)}
                {health(session, locale)}
                {actions(vec![button("button", words.book.next, go_on)])}
                {back_link(Step::Dishes, session, locale)}
            </div>
        </div>
        {booking_bar(session, locale, ().part())}
    }
}

/// A list for more guests than come is told from which guest on it is not sent.
fn beyond_the_party(session: Session, locale: Locale) -> impl IntoView {
    let wizard = session.wizard();
    let guests = Memo::new(move |_| {
        wizard.with(|wizard| {
            let party = wizard.draft().party?;
            let guests = u8::try_from(wizard.draft().plan.guests()).ok()?;
            (guests > party).then_some((guests, party))
        })
    });
    live(move || {
        let told = guests.get().map(|(guests, party)| {
            fill(
                locale.messages().dishes.beyond,
                &[
                    ("guests", &party_words(guests, locale)),
                    ("party", &party_words(party, locale)),
                    ("n", &party.to_string()),
                ],
            )
        });
        told.map(|told| view! { <div class="notice notice-warn"><p>{told}</p></div> })
            .part()
    })
}

/// The consent of its own that needs ask for, shown only where some are told.
fn health(session: Session, locale: Locale) -> impl IntoView {
    let wizard = session.wizard();
    let told = Memo::new(move |_| wizard.with(|wizard| wizard.ordered().tells_needs(u8::MAX)));
    live(move || {
        if !told.get() {
            return ().part();
        }
        let words = &locale.messages().dishes;
        let label = words.health.to_owned();
        let remove = Callback::new(move |()| {
            let plan = wizard.with_untracked(|wizard| wizard.draft().plan.without_needs());
            session.dispatch(Event::PlanChanged(plan));
        });
        view! {
            <section class="flow">
                {agree_box(FieldId::Health, label, Some(words.health_hint), session, locale)}
                <p>{button("link-button", words.remove_needs, remove)}</p>
            </section>
        }
        .part()
    })
}
