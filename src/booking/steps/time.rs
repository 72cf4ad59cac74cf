//! Which seating. Choosing one takes the hold.

use booking::wizard::Holding;
use booking::{Evening, Event, Remote, Slot, SlotId, SlotStatus, Step};
use leptos::prelude::*;

use crate::components::element::element;
use crate::components::part::{IntoPart, Part, attribute, live, text};

use super::super::session::Session;
use super::hold::{hold_notice, slot_list};
use super::parts::{StepPage, failed, party_words};
use crate::components::state::{Loading, Tone, notice};
use crate::i18n::{Locale, fill, sentence};
use crate::platform::intl;
use crate::routes::Route;

/// Which seating.
pub fn time_step(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().time;
    let wizard = session.wizard();
    let lead = Signal::derive(move || {
        wizard.with(|wizard| {
            let draft = wizard.draft();
            match draft.date.zip(draft.party) {
                Some((date, party)) => sentence(&fill(
                    words.lead_for,
                    &[
                        ("date", &intl::date(date, intl::DateStyle::Day, locale)),
                        ("party", &party_words(party, locale)),
                    ],
                )),
                None => words.lead.to_owned(),
            }
        })
    });
    let holding_failure = move || {
        wizard.with(|wizard| match wizard.holding() {
            Holding::Failed { failure, .. } => Some(failure.clone()),
            _ => None,
        })
    };
    let failure = live(move || {
        holding_failure()
            .map(|failure| failed(&failure, session, locale))
            .part()
    });
    let evening = live(
        move || match wizard.with(|wizard| wizard.evening().clone()) {
            Remote::Idle | Remote::Loading => {
                let book = &locale.messages().book;
                view! { <Loading title=book.loading hint=book.loading_hint/> }.part()
            }
            Remote::Failed(failure) => failed(&failure, session, locale),
            Remote::Ready(evening) => seatings(evening, session, locale),
        },
    );
    let page = StepPage {
        step: Step::Time,
        title: words.title,
        lead,
        session,
        locale,
    };
    let answer = vec![hold_notice(session, locale), failure.part(), evening.part()];
    page.with(answer, onward(session, locale))
}

/// A guest who came back with the table still kept goes on from here.
fn onward(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    live(move || {
        let next = wizard.with(|wizard| {
            let held = matches!(wizard.holding(), Holding::Held(_));
            held.then(|| wizard.next_after(Step::Time))
        });
        match next {
            Some(next) => element("a")
                .class("button button-deep")
                .with("href", &Route::Book(next).path(locale))
                .text(locale.messages().book.next)
                .part(),
            None => ().part(),
        }
    })
    .part()
}

fn seatings(evening: Evening, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().time;
    let full = !evening.has_room();
    let alternatives = evening.alternatives;
    let slots = evening
        .slots
        .into_iter()
        .map(|slot| view! { <li>{seating(slot, session, locale)}</li> })
        .collect_view();
    view! {
        {full
            .then(|| {
                let others = (!alternatives.is_empty())
                    .then(|| view! {
                        <h3>{words.alternatives}</h3>
                        {slot_list(alternatives, session, locale)}
                    });
                notice(Tone::Warn, words.none_title, words.none_text, others.part())
            })}
        <ul class="slots">{slots}</ul>
    }
    .part()
}

/// Whether this seating is being asked for, and whether it is the guest's.
fn whose_turn(id: &SlotId, session: Session) -> (Memo<bool>, Memo<bool>) {
    let wizard = session.wizard();
    let (asked, mine) = (id.clone(), id.clone());
    let taking = Memo::new(move |_| {
        wizard.with(
            |wizard| matches!(wizard.holding(), Holding::Taking { slot, .. } if *slot == asked),
        )
    });
    let chosen = Memo::new(move |_| {
        wizard
            .with(|wizard| matches!(wizard.holding(), Holding::Held(hold) if hold.slot.id == mine))
    });
    (taking, chosen)
}

fn seating(slot: Slot, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().time;
    let until = slot
        .ends
        .map(|ends| fill(words.until, &[("time", &ends.to_string())]));
    let time = slot.starts.to_string();
    if !slot.status.is_bookable() {
        return view! {
            <div class="slot slot-full">
                <span>
                    <span class="slot-time">{time}</span>
                    " "
                    <span class="slot-label">{until}</span>
                </span>
                <span class="slot-state">{words.full}</span>
            </div>
        }
        .part();
    }
    let id = slot.id;
    let (taking, chosen) = whose_turn(&id, session);
    let state = text(move || match (taking.get(), chosen.get(), slot.status) {
        (true, ..) => words.taking.to_owned(),
        (_, true, _) => words.chosen.to_owned(),
        (.., SlotStatus::Limited) => words.few.to_owned(),
        _ => words.free.to_owned(),
    });
    view! {
        <button
            type="button"
            class="slot"
            aria-pressed=attribute(move || Some(if chosen.get() { "true" } else { "false" }))
            aria-busy=attribute(move || taking.get().then_some("true"))
            on:click=move |_| session.dispatch(Event::SlotChosen(id.clone()))
        >
            <span>
                <span class="slot-time">{time}</span>
                " "
                <span class="slot-label">{until}</span>
            </span>
            " "
            <span class="slot-state">{state}</span>
        </button>
    }
    .part()
}
