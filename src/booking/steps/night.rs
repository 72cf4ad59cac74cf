//! Which night.

use std::sync::Arc;

use booking::wizard::Nights;
use booking::{Calendar, Date, Event, Month, Remote, Step};
use leptos::prelude::*;

use crate::components::button::button;
use crate::components::element::{Element, element};
use crate::components::part::{IntoPart, Part, live, live_text};

use super::super::session::Session;
use super::hold::Choose;
use super::parts::{failed, party_words, step_page, waiting};
use crate::components::calendar::{month_grid, night_list};
use crate::components::icon::{Icon, icon};
use crate::components::state::{Tone, notice};
use crate::i18n::{Locale, fill};
use crate::platform::intl;

/// Which night.
pub fn night_step(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().night;
    let wizard = session.wizard();
    let lead = live_text(move || {
        wizard.with(|wizard| match wizard.draft().party {
            Some(party) => fill(words.lead_party, &[("party", &party_words(party, locale))]),
            None => words.lead.to_owned(),
        })
    });
    let turn: Choose<Month> = Arc::new(move |month| session.dispatch(Event::MonthChosen(month)));
    let choose = Callback::new(move |date| session.dispatch(Event::NightChosen(date)));
    let head = live(move || wizard.with(|wizard| month_head(wizard.nights(), &turn, locale)));
    let calendar = live(move || {
        wizard.with(|wizard| match &wizard.nights().calendar {
            Remote::Idle | Remote::Loading => waiting(locale),
            Remote::Failed(failure) => failed(failure, session, locale),
            Remote::Ready(calendar) => {
                let month = wizard.nights().month();
                let waits = wizard.has_waiting_lists();
                nights(month, calendar, wizard.draft().date, waits, choose, locale)
            }
        })
    });
    let answer = vec![head, calendar];
    step_page(Step::Night, words.title, lead, answer, session, locale)
}

/// The month on show, and the ways to the one before and the next.
pub fn month_head(nights: &Nights, turn: &Choose<Month>, locale: Locale) -> Part {
    let Some(month) = nights.month() else {
        return ().part();
    };
    let words = &locale.messages().night;
    let at_start = !nights.can_go_back();
    let (before, after) = (turn.clone(), turn.clone());
    let back = element("button")
        .with("type", "button")
        .with("aria-label", words.previous)
        .with_some("aria-disabled", at_start.then_some("true"))
        .child(icon(Icon::Left))
        .on("click", move |_| {
            if !at_start {
                before(month.previous());
            }
        });
    let on = element("button")
        .with("type", "button")
        .with("aria-label", words.upcoming)
        .child(icon(Icon::Right))
        .on("click", move |_| after(month.next()));
    let title = element("h2")
        .class("calendar-title")
        .with("id", "month")
        .text(&intl::month(month, locale));
    element("div")
        .class("calendar-head")
        .inner(title)
        .inner(element("div").class("calendar-turn").inner(back).inner(on))
        .part()
}

/// The nights of a month to choose from; with a waiting list, full ones too.
pub fn nights(
    month: Option<Month>,
    calendar: &Calendar,
    chosen: Option<Date>,
    waits: bool,
    choose: Callback<Date>,
    locale: Locale,
) -> Part {
    let words = &locale.messages().night;
    let first = calendar.first_available;
    let nothing = !calendar.days.iter().any(|day| day.status.is_bookable());
    let first_night = first.map(|date| first_night(date, choose, locale));
    let list = element("details")
        .class("more")
        .inner(element("summary").text(words.as_list))
        .child(night_list(calendar, chosen, locale, choose));
    [
        nothing
            .then(|| nothing_free(first.is_some(), locale))
            .part(),
        first_night.part(),
        month
            .map(|month| month_grid(month, calendar, chosen, waits, locale, choose))
            .part(),
        legend(locale).part(),
        list.part(),
    ]
    .part()
}

fn first_night(date: Date, choose: Callback<Date>, locale: Locale) -> Element {
    let words = &locale.messages().night;
    let night = intl::date(date, intl::DateStyle::Day, locale);
    let press = Callback::new(move |()| choose.run(date));
    element("div")
        .class("first-night")
        .inner(
            element("p")
                .text(words.first_free)
                .text(" ")
                .inner(element("strong").text(&night)),
        )
        .child(button(
            "button button-line button-small",
            words.choose_first,
            press,
        ))
}

fn legend(locale: Locale) -> Element {
    let words = &locale.messages().night;
    let entry = |class: &'static str, name: &str| {
        let shape = element("span").class(class).with("aria-hidden", "true");
        element("li").inner(shape).text(name)
    };
    element("ul")
        .class("legend-list")
        .with("aria-label", words.legend)
        .inner(entry("day day-free", words.legend_free))
        .inner(entry("day day-few", words.legend_few))
        .inner(entry("day day-full", words.legend_full))
}

fn nothing_free(later: bool, locale: Locale) -> Part {
    let words = &locale.messages().night;
    let text = if later {
        words.none_text
    } else {
        words.none_ever
    };
    notice(Tone::Warn, words.none_title, text, ().part())
}
