//! Which seating. Choosing one takes the hold.

use booking::venue::Area;
use booking::wizard::Holding;
use booking::{Evening, Event, Remote, Slot, SlotId, SlotStatus, Step, Wizard};
use leptos::prelude::*;

use crate::components::element::{Element, element};
use crate::components::part::{IntoPart, Part, live, live_text};

use super::super::carte::use_cartes;
use super::super::session::Session;
use super::hold::{hold_notice, slot_list, slot_words};
use super::parts::{failed, party_words, step_page_onward, waiting};
use super::waiting::{waiting_list, waiting_said};
use crate::components::state::{Tone, notice};
use crate::i18n::{Locale, fill, sentence};
use crate::platform::intl;
use crate::routes::Route;

/// Which seating.
pub fn time_step(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().time;
    let wizard = session.wizard();
    if wizard.with_untracked(|wizard| wizard.has(Step::Dishes)) {
        // The dishes are asked next: a menu that comes while they are on show moves the way on.
        let _ = use_cartes().of(locale);
    }
    let lead = live_text(move || {
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
    let failure = live(move || {
        wizard.with(|wizard| match wizard.holding() {
            Holding::Failed { failure, .. } => failed(failure, session, locale),
            _ => ().part(),
        })
    });
    let evening = live(move || {
        wizard.with(|wizard| match wizard.evening() {
            Remote::Idle | Remote::Loading => waiting(locale),
            Remote::Failed(failure) => failed(failure, session, locale),
            Remote::Ready(evening) => seatings(evening, wizard, session, locale),
        })
    });
    let answer = vec![
        hold_notice(session, locale),
        failure,
        waiting_said(session, locale),
        evening,
        waiting_list(session, locale),
    ];
    let onward = onward(session, locale);
    step_page_onward(
        Step::Time,
        words.title,
        lead,
        answer,
        onward,
        session,
        locale,
    )
}

/// A guest who came back with the table still kept goes on from here.
fn onward(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    live(move || {
        let next = wizard.with(|wizard| {
            let held = matches!(wizard.holding(), Holding::Held(_));
            held.then(|| wizard.next_after(Step::Time))
        });
        let link = |next| {
            element("a")
                .class("button button-deep")
                .with("href", &Route::Book(next).path(locale))
                .text(locale.messages().book.next)
        };
        next.map(link).part()
    })
}

fn seatings(evening: &Evening, wizard: &Wizard, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().time;
    let full = !evening.has_room();
    let alternatives = &evening.alternatives;
    let none = full.then(|| {
        let others = (!alternatives.is_empty()).then(|| {
            let title = element("h3").text(words.alternatives);
            [title.part(), slot_list(alternatives, session, locale)].part()
        });
        notice(Tone::Warn, words.none_title, words.none_text, others.part())
    });
    let in_area = |area: Option<&Area>| -> Vec<&Slot> {
        let slots = evening.slots.iter();
        slots.filter(|slot| wizard.area_of(slot) == area).collect()
    };
    let areas = wizard.areas().iter().filter_map(|area| {
        let slots = Some(in_area(Some(area))).filter(|slots| !slots.is_empty())?;
        Some(part_of_the_house(area, &slots, session, locale))
    });
    let areas: Vec<_> = areas.collect();
    // All of them, where there is no choice.
    let elsewhere = in_area(None);
    let elsewhere = (areas.is_empty() || !elsewhere.is_empty())
        .then(|| slots(&elsewhere, None, session, locale));
    [none.part(), areas.part(), elsewhere.part()].part()
}

/// The seatings in a part of the house, under its name.
fn part_of_the_house(area: &Area, list: &[&Slot], session: Session, locale: Locale) -> Part {
    let name = locale.pick(&area.name);
    let about = locale.pick(&area.description);
    let about = (!about.is_empty()).then(|| element("p").class("hint").text(about));
    element("section")
        .inner(element("h2").class("legend").text(name))
        .child(about)
        .child(slots(list, Some(name), session, locale))
        .part()
}

fn slots(list: &[&Slot], area: Option<&str>, session: Session, locale: Locale) -> Part {
    let slots = list.iter().map(|slot| {
        let seating = seating(slot, area, session, locale);
        element("li").inner(seating).part()
    });
    element("ul").class("slots").children(slots).part()
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

fn seating(slot: &Slot, area: Option<&str>, session: Session, locale: Locale) -> Element {
    let words = &locale.messages().time;
    let until = slot
        .ends
        .map(|ends| fill(words.until, &[("time", &ends.to_string())]));
    let time = slot_words(
        &slot.starts.to_string(),
        until.as_deref().unwrap_or_default(),
    );
    // The heading above says it to those who see it.
    let area = area.map(|area| {
        element("span")
            .class("visually-hidden")
            .text(area)
            .text(" ")
    });
    if !slot.status.is_bookable() {
        return element("div")
            .class("slot slot-full")
            .inner(time)
            .child(area)
            .inner(element("span").class("slot-state").text(words.full));
    }
    let id = slot.id.clone();
    let status = slot.status;
    let (taking, chosen) = whose_turn(&id, session);
    let state = move || {
        let word = match (taking.get(), chosen.get(), status) {
            (true, ..) => words.taking,
            (_, true, _) => words.chosen,
            (.., SlotStatus::Limited) => words.few,
            _ => words.free,
        };
        word.to_owned()
    };
    element("button")
        .with("type", "button")
        .class("slot")
        .live("aria-pressed", move || {
            let pressed = if chosen.get() { "true" } else { "false" };
            Some(pressed.to_owned())
        })
        .live("aria-busy", move || taking.get().then(|| "true".to_owned()))
        .on("click", move |_| {
            session.dispatch(Event::SlotChosen(id.clone()));
        })
        .inner(time)
        .text(" ")
        .child(area)
        .inner(element("span").class("slot-state").live_text(state))
}
