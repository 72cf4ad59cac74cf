//! The place that is kept: its time, calmly; what to do when it is gone.

use std::sync::Arc;

use booking::wizard::{Holding, WhyLost};
use booking::{Event, Slot, SlotId, Step, Venue};

use crate::components::button::{actions, button};
use crate::components::element::{Element, element};
use crate::components::part::{IntoPart, Part, live};

use super::super::session::Session;
use super::parts::failed;
use crate::components::state::{Tone, loading, notice};
use crate::i18n::{Locale, fill};
use crate::platform::intl;
use crate::routes::Route;

/// Takes what was chosen. Lighter than a callback, and shared like one.
pub type Choose<T> = Arc<dyn Fn(T) + Send + Sync>;

/// The place that is kept, or what became of it.
pub fn hold_notice(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    live(move || {
        wizard.with(|wizard| match wizard.holding() {
            Holding::None | Holding::Taking { .. } | Holding::Failed { .. } => ().part(),
            Holding::Resuming { failure: None, .. } => {
                let words = locale.messages();
                loading(words.hold.resuming, words.book.loading_hint)
            }
            Holding::Resuming { .. } if wizard.is_lost() => only_mail_tells(session, locale),
            Holding::Resuming {
                failure: Some(failure),
                ..
            } => failed(failure, session, locale),
            Holding::Held(hold) => {
                let can_extend = hold.extensions_left > 0 && hold.extending.is_none();
                kept(hold.seconds_left() / 60, can_extend, session, locale)
            }
            Holding::Lost {
                why,
                slot,
                alternatives,
            } => lost(*why, slot.as_ref(), alternatives, session, locale),
        })
    })
}

/// A confirmation may have gone through at an API that tells nobody: the guest looks before anything is
/// sent again.
fn only_mail_tells(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().checking;
    let came = session.on(|| Event::StartedOver);
    let none = session.on(|| Event::NothingCame);
    let answers = vec![
        button("button button-line", words.lost_came, came),
        button("button button-line", words.lost_none, none),
    ];
    notice(
        Tone::Warn,
        words.lost_title,
        words.lost_text,
        actions(answers),
    )
}

fn kept(minutes: u32, can_extend: bool, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().hold;
    let digits = minutes.to_string();
    let sentence = if minutes == 0 {
        words.kept_last.to_owned()
    } else {
        fill(words.kept, &[("n", &digits)])
    };
    let minutes = element("span")
        .class("hold-time")
        .with("aria-hidden", "true")
        .text(&fill(words.minutes, &[("n", &digits)]));
    let extend = can_extend.then(|| {
        button(
            "link-button",
            words.more_time,
            session.on(|| Event::ExtendPressed),
        )
    });
    element("div")
        .class("hold")
        .inner(minutes)
        .inner(element("p").text(&sentence).text(" ").child(extend))
        .part()
}

fn lost(
    why: WhyLost,
    slot: Option<&Slot>,
    alternatives: &[Slot],
    session: Session,
    locale: Locale,
) -> Part {
    let words = locale.messages();
    let nothing = alternatives.is_empty();
    let others = (!nothing).then(|| slot_list(alternatives, session, locale));
    let link = element("a")
        .with("href", &Route::Book(Step::Night).path(locale))
        .text(words.time.other_night);
    let other_night = element("p").inner(link).part();
    match why {
        WhyLost::Expired => {
            let retake = slot.map(|slot| {
                let label = fill(words.hold.retake, &[("time", &slot.starts.to_string())]);
                let press = session.on(|| Event::RetakePressed);
                actions(vec![button("button", &label, press)])
            });
            notice(
                Tone::Warn,
                words.hold.ended_title,
                words.hold.ended_text,
                [retake.part(), others.part(), other_night].part(),
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
                [others.part(), other_night].part(),
            )
        }
    }
}

/// Seatings of any night as buttons that take them.
pub fn slot_list(slots: &[Slot], session: Session, locale: Locale) -> Part {
    let choose: Choose<SlotId> = Arc::new(move |id| session.dispatch(Event::SlotChosen(id)));
    let wizard = session.wizard();
    wizard.with(|wizard| slot_buttons(slots, wizard.venue().ready(), &choose, locale))
}

/// Seatings of any night as buttons that choose them.
pub fn slot_buttons(
    slots: &[Slot],
    venue: Option<&Venue>,
    choose: &Choose<SlotId>,
    locale: Locale,
) -> Part {
    let slots = slots.iter().map(|slot| {
        let mut night = intl::date(slot.date, intl::DateStyle::Day, locale);
        if let Some(area) = venue.and_then(|venue| venue.area_of(slot)) {
            night = [&night, " · ", locale.pick(&area.name)].concat();
        }
        let time = slot_words(&slot.starts.to_string(), &night);
        let (id, choose) = (slot.id.clone(), choose.clone());
        let take = element("button")
            .with("type", "button")
            .class("slot")
            .inner(time)
            .on("click", move |_| choose(id.clone()));
        element("li").inner(take).part()
    });
    element("ul").class("slots").children(slots).part()
}

/// A seating's time, and a word about it.
pub fn slot_words(time: &str, label: &str) -> Element {
    element("span")
        .inner(element("span").class("slot-time").text(time))
        .text(" ")
        .inner(element("span").class("slot-label").text(label))
}
