//! Changing a reservation: a question at a time, as when it was made, and from what to what before it is
//! sent.

use std::sync::Arc;

use booking::manage::{Change, ChangeEvent, ManageEvent, Question, open_own_night};
use booking::{Evening, Manage, Note, Remote, Reservation, Slot, SlotStatus};
use leptos::prelude::*;

use super::guests::who_comes;
use super::sending;
use crate::booking::manage::ManageSession;
use crate::booking::steps::hold::{Choose, slot_buttons, slot_words};
use crate::booking::steps::night::{month_head, nights};
use crate::booking::steps::parts::{failure_notice, failure_words, party_words, waiting};
use crate::components::button::{actions, button};
use crate::components::element::{Element, element};
use crate::components::part::{IntoPart, Part, numbered};
use crate::components::state::{Tone, notice};
use crate::i18n::{Locale, fill, sentence};
use crate::platform::intl;

/// A change in the making: what is asked now.
#[derive(Clone, Copy)]
pub struct Making<'m> {
    /// The page.
    pub manage: &'m Manage,
    /// The change.
    pub change: &'m Change,
    /// The reservation as it is.
    pub now: &'m Reservation,
    /// Where events go.
    pub session: ManageSession,
    /// The language of the page.
    pub locale: Locale,
}

/// The question on show.
pub fn question(making: Making) -> Part {
    let Making { change, locale, .. } = making;
    let words = locale.messages();
    let (title, lead, answer) = match change.question() {
        Question::Party => (words.party.title, now_words(making), parties(making)),
        Question::Home => (
            words.change.home_title,
            home_lead(making),
            who_stays(making),
        ),
        Question::Guests => (
            words.change.guests_title,
            words.change.guests_lead.to_owned(),
            who_comes(making),
        ),
        Question::Night => (
            words.night.title,
            words.change.night_lead.to_owned(),
            month(making),
        ),
        Question::Time => (words.time.title, time_lead(making), seatings(making)),
        Question::Note => (
            words.change.note_title,
            words.change.note_hint.to_owned(),
            note(making),
        ),
        Question::Review => (
            words.change.review_title,
            String::new(),
            sending::review(making),
        ),
    };
    let head = element("div")
        .class("step-head")
        .inner(
            element("p")
                .class("steps")
                .inner(element("span").text(words.change.title)),
        )
        .inner(element("h1").with("tabindex", "-1").text(title))
        .inner(element("p").class("lead").text(&lead));
    let back = (!change.is_under_way()).then(|| {
        let back = making.on(|| ChangeEvent::Back);
        element("p").child(button("link-button go go-back", words.book.back, back))
    });
    let answer = element("div")
        .class("step-answer")
        .children(answer)
        .children(back.map(Element::part));
    let body = element("div")
        .class("step-body wrap")
        .inner(head)
        .inner(answer);
    // As in the wizard, a question takes the place of another as a whole.
    numbered(change.question() as u8, vec![body.part()])
}

impl Making<'_> {
    /// A callback that tells the same each time.
    pub fn on(self, event: fn() -> ChangeEvent) -> Callback<()> {
        let session = self.session;
        Callback::new(move |()| session.dispatch(ManageEvent::Change(event())))
    }

    /// Tells what was chosen.
    pub fn choose<T: 'static>(self, event: fn(T) -> ChangeEvent) -> Choose<T> {
        let session = self.session;
        Arc::new(move |chosen| session.dispatch(ManageEvent::Change(event(chosen))))
    }

    /// Something that is asked for from the venue, as far as it has come.
    fn coming<T>(self, asked: &Remote<T>, show: impl FnOnce(&T) -> Vec<Part>) -> Vec<Part> {
        let locale = self.locale;
        match asked {
            Remote::Idle | Remote::Loading => vec![waiting(locale)],
            Remote::Failed(failure) => {
                let title = locale.messages().problem.title;
                let text = failure_words(failure, locale);
                let again = self.session.on(|| ManageEvent::RetryPressed);
                vec![failure_notice(title, text, again, locale)]
            }
            Remote::Ready(came) => show(came),
        }
    }
}

/// "Now: 2 people, Saturday, 5 December, 19:00."
fn now_words(making: Making) -> String {
    let (now, locale) = (making.now, making.locale);
    let slot = &now.slot;
    fill(
        locale.messages().change.now,
        &[
            ("party", &party_words(now.party, locale)),
            ("date", &intl::date(slot.date, intl::DateStyle::Day, locale)),
            ("time", &slot.starts.to_string()),
        ],
    )
}

fn parties(making: Making) -> Vec<Part> {
    let Making { change, locale, .. } = making;
    let words = &locale.messages().party;
    let sizes = making
        .manage
        .venue()
        .map(|venue| venue.party_min..=venue.party_max);
    let session = making.session;
    let size = |size: u8| {
        let noun = if size == 1 {
            words.person
        } else {
            words.people
        };
        let chosen = change.party() == size;
        let button = element("button")
            .with("type", "button")
            .with_some("aria-current", chosen.then_some("true"))
            .text(&size.to_string())
            .text(" ")
            .inner(element("small").text(noun))
            .on("click", move |_| {
                session.dispatch(ManageEvent::Change(ChangeEvent::PartyChosen(size)));
            });
        element("li").inner(button).part()
    };
    let sizes = sizes.into_iter().flatten().map(size);
    vec![element("ul").class("choice").children(sizes).part()]
}

fn home_lead(making: Making) -> String {
    let leave = making.now.party.saturating_sub(making.change.party());
    let lead = making.locale.messages().change.home_lead;
    fill(lead, &[("n", &leave.to_string())])
}

/// A box for each guest, with what was said of them.
fn who_stays(making: Making) -> Vec<Part> {
    let Making {
        change,
        now,
        session,
        locale,
        ..
    } = making;
    let words = locale.messages();
    let guest = |guest: u8| {
        let name = fill(words.dishes.person, &[("n", &(guest + 1).to_string())]);
        let place = now.plan.places.get(usize::from(guest));
        let dishes = place.into_iter().flat_map(|place| &place.dishes);
        let called = making.manage.name_of(guest);
        let said = dishes.map(|dish| dish.name.as_str());
        let said = [called.as_str()].into_iter().chain(said);
        let said: Vec<_> = said.filter(|said| !said.is_empty()).collect();
        let home = change.is_home(guest);
        let tick = element("input")
            .with("type", "checkbox")
            .ticked(move || home)
            .on("change", move |event| {
                let home = event_target_checked(&event);
                session.dispatch(ManageEvent::Change(ChangeEvent::HomeChanged(guest, home)));
            });
        let said = element("span")
            .text(&name)
            .inner(element("span").class("hint").text(&said.join(" · ")));
        element("label")
            .class("check")
            .inner(tick)
            .inner(said)
            .part()
    };
    let missing = change.home_missing(now);
    let onward = if missing == 0 {
        let next = making.on(|| ChangeEvent::HomeSubmitted);
        actions(vec![button("button", words.book.next, next)])
    } else {
        let message = if missing > 0 {
            words.change.home_missing
        } else {
            words.change.home_too_many
        };
        let text = fill(message, &[("n", &missing.unsigned_abs().to_string())]);
        element("p").with("role", "status").text(&text).part()
    };
    let boxes = element("div").children((0..now.party).map(guest));
    vec![boxes.part(), onward]
}

fn month(making: Making) -> Vec<Part> {
    let Making {
        change,
        now,
        locale,
        ..
    } = making;
    let turn = making.choose(ChangeEvent::MonthChosen);
    let session = making.session;
    let choose = Callback::new(move |date| {
        session.dispatch(ManageEvent::Change(ChangeEvent::NightChosen(date)));
    });
    let shown = change.nights();
    let mut answer = vec![month_head(shown, &turn, locale)];
    answer.extend(making.coming(&shown.calendar, |calendar| {
        let calendar = open_own_night(calendar, now.slot.date);
        vec![nights(
            shown.month(),
            &calendar,
            Some(change.date()),
            false,
            choose,
            locale,
        )]
    }));
    answer
}

fn time_lead(making: Making) -> String {
    let Making { change, locale, .. } = making;
    let date = intl::date(change.date(), intl::DateStyle::Day, locale);
    let party = party_words(change.party(), locale);
    let lead = locale.messages().time.lead_for;
    sentence(&fill(lead, &[("date", &date), ("party", &party)]))
}

fn seatings(making: Making) -> Vec<Part> {
    let Making {
        manage,
        change,
        now,
        locale,
        ..
    } = making;
    let words = locale.messages();
    let choose = making.choose(ChangeEvent::SlotChosen);
    let mut answer = making.coming(change.evening(), |evening: &Evening| {
        let own = evening.slots.iter().any(|slot| slot.id == now.slot.id);
        let none = (!own && !evening.has_room()).then(|| {
            let others = slot_buttons(&evening.alternatives, manage.venue(), &choose, locale);
            notice(
                Tone::Warn,
                words.time.none_title,
                words.time.none_text,
                others,
            )
        });
        let slots = evening.slots.iter();
        let slots = slots.map(|slot| {
            element("li")
                .inner(seating(slot, making, choose.clone()))
                .part()
        });
        let slots = element("ul").class("slots").children(slots);
        vec![none.part(), slots.part()]
    });
    let other = making.on(|| ChangeEvent::Asked(Question::Night));
    answer.push(
        element("p")
            .child(button("link-button", words.time.other_night, other))
            .part(),
    );
    answer
}

/// A seating. The guest's own is hers, however full it is: her places count as taken.
fn seating(slot: &Slot, making: Making, choose: Choose<booking::SlotId>) -> Element {
    let words = making.locale.messages();
    let own = slot.id == making.now.slot.id;
    let chosen = making.change.slot().unwrap_or(&making.now.slot).id == slot.id;
    let area = making.manage.venue().and_then(|venue| venue.area_of(slot));
    let until = slot
        .ends
        .map(|ends| fill(words.time.until, &[("time", &ends.to_string())]));
    let area = area.map(|area| making.locale.pick(&area.name));
    let label = [until.as_deref(), area].into_iter().flatten();
    let time = slot_words(
        &slot.starts.to_string(),
        &label.collect::<Vec<_>>().join(" "),
    );
    let state = match slot.status {
        _ if own => words.change.yours,
        SlotStatus::Available => words.time.free,
        SlotStatus::Limited => words.time.few,
        _ => words.time.full,
    };
    let state = element("span").class("slot-state").text(state);
    if !own && !slot.status.is_bookable() {
        return element("div")
            .class("slot slot-full")
            .inner(time)
            .inner(state);
    }
    let id = slot.id.clone();
    element("button")
        .with("type", "button")
        .class("slot")
        .with("aria-pressed", if chosen { "true" } else { "false" })
        .inner(time)
        .text(" ")
        .inner(state)
        .on("click", move |_| choose(id.clone()))
}

/// The contract takes no more characters.
const NOTE_MOST: &str = "1000";

fn note(making: Making) -> Vec<Part> {
    let words = &making.locale.messages().change;
    let text = making.change.note().to_owned();
    let session = making.session;
    let area = element("textarea")
        .class("input")
        .with("id", "note")
        .with("maxlength", NOTE_MOST)
        .with("autocomplete", "off")
        .value(move || text.clone())
        .on("input", move |event| {
            let note = Note(event_target_value(&event));
            session.dispatch(ManageEvent::Change(ChangeEvent::NoteWritten(note)));
        });
    let field = element("div")
        .class("field")
        .inner(element("label").with("for", "note").text(words.note_label))
        .inner(area);
    let mut answer = vec![field.part()];
    answer.extend(sending::state(making, words.note_save));
    answer
}
