//! A month of nights as a table: each day's state in words and in shape.

use booking::{Calendar, Date, DayStatus, Month};
use leptos::prelude::*;

use super::element::{Element, element};
use super::part::Part;
use crate::i18n::Locale;
use crate::platform::intl;

/// A month of nights. Where one can wait for a place, a full night leads somewhere, too.
pub fn month_grid(
    month: Month,
    calendar: &Calendar,
    chosen: Option<Date>,
    waits: bool,
    locale: Locale,
    choose: Callback<Date>,
) -> Part {
    let heads = (0..7).map(|day| {
        element("th")
            .with("scope", "col")
            .inner(
                element("span")
                    .with("aria-hidden", "true")
                    .text(&intl::weekday(day, true, locale)),
            )
            .inner(hidden_words(&intl::weekday(day, false, locale)))
            .part()
    });
    let cell = |date: Option<Date>| {
        let night = date.map(|date| Night {
            date,
            status: calendar.day(date).map(|day| day.status),
            chosen: chosen == Some(date),
            waits,
        });
        element("td")
            .child(night.map(|night| night.cell(locale, choose)))
            .part()
    };
    let rows = month
        .weeks()
        .into_iter()
        .map(|week| element("tr").children(week.into_iter().map(cell)).part());
    element("table")
        .class("calendar")
        .with("aria-labelledby", "month")
        .inner(element("thead").inner(element("tr").children(heads)))
        .inner(element("tbody").children(rows))
        .part()
}

fn hidden_words(words: &str) -> Element {
    element("span").class("visually-hidden").text(words)
}

/// The nights that can be booked, one under the other.
pub fn night_list(
    calendar: &Calendar,
    chosen: Option<Date>,
    locale: Locale,
    choose: Callback<Date>,
) -> Part {
    let night = |date: Date, status: DayStatus| {
        let name = intl::date(date, intl::DateStyle::Day, locale);
        let chosen = chosen == Some(date);
        let state = element("span").text(state_word(Some(status), chosen, locale));
        if !status.is_bookable() {
            return element("span").text(&name).text(" ").inner(state);
        }
        element("button")
            .with("type", "button")
            .class("row-link")
            .inner(element("strong").text(&name))
            .text(" ")
            .inner(state)
            .on("click", move |_| choose.run(date))
    };
    let nights = calendar
        .days
        .iter()
        .filter(|day| !matches!(day.status, DayStatus::Closed | DayStatus::OutsideWindow))
        .map(|day| element("li").inner(night(day.date, day.status)).part());
    element("ul").class("rows").children(nights).part()
}

struct Night {
    date: Date,
    status: Option<DayStatus>,
    chosen: bool,
    waits: bool,
}

impl Night {
    fn cell(&self, locale: Locale, choose: Callback<Date>) -> Element {
        let (date, chosen) = (self.date, self.chosen);
        let state = element("span").text(state_word(self.status, chosen, locale));
        let number = element("span")
            .class("day-number")
            .text(&date.day().to_string());
        let full = self.status == Some(DayStatus::SoldOut);
        let leads = self.status.is_some_and(DayStatus::is_bookable) || (full && self.waits);
        if !leads {
            let class = if full {
                "day day-full"
            } else {
                "day day-closed"
            };
            return element("span")
                .class(class)
                .inner(number)
                .text(" ")
                .inner(state);
        }
        let class = match self.status {
            Some(DayStatus::Limited) => "day day-few",
            Some(DayStatus::SoldOut) => "day day-full",
            _ => "day day-free",
        };
        // Read whole: "sábado, 12 de diciembre libre", never a bare "12".
        let (before, after) = around_number(date, locale);
        element("button")
            .with("type", "button")
            .class(class)
            .with("aria-pressed", if chosen { "true" } else { "false" })
            .inner(hidden_words(&before))
            .inner(number)
            .inner(hidden_words(&after))
            .text(" ")
            .inner(state)
            .on("click", move |_| choose.run(date))
    }
}

/// The words before and after the number in a date's full name.
fn around_number(date: Date, locale: Locale) -> (String, String) {
    let mut before = intl::date(date, intl::DateStyle::Day, locale);
    let number = date.day().to_string();
    let at = before.find(|letter: char| letter.is_ascii_digit());
    let after = at
        .and_then(|at| before.get(at..)?.strip_prefix(&*number))
        .map(str::to_owned);
    if let (Some(at), Some(_)) = (at, &after) {
        before.truncate(at);
    }
    (before, after.unwrap_or_default())
}

fn state_word(status: Option<DayStatus>, chosen: bool, locale: Locale) -> &'static str {
    let words = &locale.messages().night;
    match status {
        _ if chosen => words.chosen,
        Some(DayStatus::Available) => words.free,
        Some(DayStatus::Limited) => words.few,
        Some(DayStatus::SoldOut) => words.full,
        Some(DayStatus::Closed) => words.closed,
        Some(DayStatus::OutsideWindow) => words.outside,
        // An API that leaves days out does not say why.
        None => words.nothing,
        Some(DayStatus::Unknown) => words.ask,
    }
}
