//! The place that is kept: its time, calmly; what to do when it is gone.

use booking::wizard::{Holding, WhyLost};
use booking::{Event, Slot, Step};
use leptos::prelude::*;

use crate::components::button::{actions, button};
use crate::components::part::{IntoPart, Part, live};

use super::super::session::Session;
use super::parts::failed;
use crate::components::state::{Loading, Tone, notice};
use crate::i18n::{Locale, fill};
use crate::platform::intl;
use crate::routes::Route;

/// What stands above a step about the place that is kept.
#[derive(Clone, PartialEq)]
enum Standing {
    Nothing,
    Resuming(Option<booking::Failure>),
    Kept { minutes: u32, can_extend: bool },
    Lost(WhyLost, Option<Slot>, Vec<Slot>),
}

/// The place that is kept, or what became of it.
pub fn hold_notice(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    // A memo, so that a ticking clock repaints only when the minute changes.
    let standing = Memo::new(move |_| {
        wizard.with(|wizard| match wizard.holding() {
            Holding::Held(hold) => Standing::Kept {
                minutes: hold.seconds_left() / 60,
                can_extend: hold.extensions_left > 0 && hold.extending.is_none(),
            },
            Holding::Resuming { failure, .. } => Standing::Resuming(failure.clone()),
            Holding::Lost {
                why,
                slot,
                alternatives,
            } => Standing::Lost(*why, slot.clone(), alternatives.clone()),
            Holding::None | Holding::Taking { .. } | Holding::Failed { .. } => Standing::Nothing,
        })
    });
    live(move || match standing.get() {
        Standing::Nothing => ().part(),
        Standing::Resuming(None) => {
            let words = locale.messages();
            view! { <Loading title=words.hold.resuming hint=words.book.loading_hint/> }.part()
        }
        Standing::Resuming(Some(failure)) => failed(&failure, session, locale),
        Standing::Kept {
            minutes,
            can_extend,
        } => kept(minutes, can_extend, session, locale),
        Standing::Lost(why, slot, alternatives) => lost(why, slot, alternatives, session, locale),
    })
    .part()
}

fn kept(minutes: u32, can_extend: bool, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().hold;
    let digits = minutes.to_string();
    let sentence = if minutes == 0 {
        words.kept_last.to_owned()
    } else {
        fill(words.kept, &[("n", &digits)])
    };
    view! {
        <div class="hold">
            <span class="hold-time" aria-hidden="true">{fill(words.minutes, &[("n", &digits)])}</span>
            <p>
                {sentence} " "
                {can_extend
                    .then(|| view! {
                        <button
                            type="button"
                            class="link-button"
                            on:click=move |_| session.dispatch(Event::ExtendPressed)
                        >
                            {words.more_time}
                        </button>
                    })}
            </p>
        </div>
    }
    .part()
}

fn lost(
    why: WhyLost,
    slot: Option<Slot>,
    alternatives: Vec<Slot>,
    session: Session,
    locale: Locale,
) -> Part {
    let words = locale.messages();
    let nothing = alternatives.is_empty();
    let others = (!nothing).then(|| slot_list(alternatives, session, locale));
    let other_night = view! {
        <p>
            <a href=Route::Book(Step::Night).path(locale)>{words.time.other_night}</a>
        </p>
    };
    match why {
        WhyLost::Expired => {
            let retake = slot.map(|slot| {
                let label = fill(words.hold.retake, &[("time", &slot.starts.to_string())]);
                let press = session.on(Event::RetakePressed);
                actions(vec![button("button", &label, press)])
            });
            notice(
                Tone::Warn,
                words.hold.ended_title,
                words.hold.ended_text,
                view! { {retake} {others} {other_night} }.part(),
            )
        }
        WhyLost::Taken => {
            let text = if nothing {
                words.hold.gone_nothing
            } else {
                words.hold.gone_text
            };
            notice(
                Tone::Warn,
                words.hold.gone_title,
                text,
                view! { {others} {other_night} }.part(),
            )
        }
    }
}

/// Seatings of any night as buttons that take them.
pub fn slot_list(slots: Vec<Slot>, session: Session, locale: Locale) -> impl IntoView {
    let slots = slots
        .into_iter()
        .map(|slot| {
            let night = intl::date(slot.date, intl::DateStyle::Day, locale);
            let id = slot.id;
            view! {
                <li>
                    <button
                        type="button"
                        class="slot"
                        on:click=move |_| session.dispatch(Event::SlotChosen(id.clone()))
                    >
                        <span>
                            <span class="slot-time">{slot.starts.to_string()}</span>
                            " "
                            <span class="slot-label">{night}</span>
                        </span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="slots">{slots}</ul> }
}
