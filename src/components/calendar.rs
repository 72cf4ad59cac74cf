//! A month of nights as a table: each day's state in words and in shape.

use booking::{Calendar, Date, DayStatus, Month};
use leptos::prelude::*;

use super::part::{IntoPart, Part};

use crate::i18n::Locale;
use crate::platform::intl;

/// A month of nights.
#[component]
pub fn MonthGrid(
    month: Month,
    calendar: Calendar,
    chosen: Option<Date>,
    locale: Locale,
    choose: Callback<Date>,
) -> impl IntoView {
    let names: Vec<(String, String)> = (0..7)
        .map(|day| {
            (
                intl::weekday(day, true, locale),
                intl::weekday(day, false, locale),
            )
        })
        .collect();
    let heads = names
        .iter()
        .map(|(short, long)| {
            view! {
                <th scope="col">
                    <span aria-hidden="true">{short.clone()}</span>
                    <span class="visually-hidden">{long.clone()}</span>
                </th>
            }
        })
        .collect_view();
    let rows = month
        .weeks()
        .into_iter()
        .map(|week| {
            let cells = week
                .into_iter()
                .map(|date| {
                    let cell = date.map(|date| {
                        let status = calendar.day(date).map(|day| day.status);
                        Night {
                            date,
                            status,
                            chosen: chosen == Some(date),
                        }
                        .cell(locale, choose)
                    });
                    view! { <td>{cell}</td> }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <table class="calendar" aria-labelledby="month">
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The nights that can be booked, one under the other.
#[component]
pub fn NightList(calendar: Calendar, locale: Locale, choose: Callback<Date>) -> impl IntoView {
    let nights = calendar
        .days
        .into_iter()
        .filter(|day| !matches!(day.status, DayStatus::Closed | DayStatus::OutsideWindow))
        .map(|day| {
            let name = intl::date(day.date, intl::DateStyle::Day, locale);
            let state = state_word(Some(day.status), false, locale);
            let night = if day.status.is_bookable() {
                view! {
                    <button type="button" class="row-link" on:click=move |_| choose.run(day.date)>
                        <strong>{name}</strong> " " <span>{state}</span>
                    </button>
                }
                .part()
            } else {
                view! { <span>{name} " " <span>{state}</span></span> }.part()
            };
            view! { <li>{night}</li> }
        })
        .collect_view();
    view! { <ul class="rows">{nights}</ul> }
}

struct Night {
    date: Date,
    status: Option<DayStatus>,
    chosen: bool,
}

impl Night {
    fn cell(&self, locale: Locale, choose: Callback<Date>) -> Part {
        let (date, chosen) = (self.date, self.chosen);
        let state = state_word(self.status, chosen, locale);
        if !self.status.is_some_and(DayStatus::is_bookable) {
            let class = match self.status {
                Some(DayStatus::SoldOut) => "day day-full",
                _ => "day day-closed",
            };
            return view! {
                <span class=class>
                    <span class="day-number">{date.day()}</span>
                    " "
                    <span>{state}</span>
                </span>
            }
            .part();
        }
        let class = match self.status {
            Some(DayStatus::Limited) => "day day-few",
            _ => "day day-free",
        };
        // Read whole: "sábado, 12 de diciembre libre", never a bare "12".
        let (before, after) = around_number(date, locale);
        view! {
            <button
                type="button"
                class=class
                aria-pressed=if chosen { "true" } else { "false" }
                on:click=move |_| choose.run(date)
            >
                <span class="visually-hidden">{before}</span>
                <span class="day-number">{date.day()}</span>
                <span class="visually-hidden">{after}</span>
                " "
                <span>{state}</span>
            </button>
        }
        .part()
    }
}

/// The words before and after the number in a date's full name.
fn around_number(date: Date, locale: Locale) -> (String, String) {
    let whole = intl::date(date, intl::DateStyle::Day, locale);
    let number = date.day().to_string();
    whole
        .split_once(&number)
        .map_or((whole.clone(), String::new()), |(before, after)| {
            (before.to_owned(), after.to_owned())
        })
}

fn state_word(status: Option<DayStatus>, chosen: bool, locale: Locale) -> &'static str {
    let words = &locale.messages().night;
    match status {
        _ if chosen => words.chosen,
        Some(DayStatus::Available) => words.free,
        Some(DayStatus::Limited) => words.few,
        Some(DayStatus::SoldOut) => words.full,
        Some(DayStatus::Closed) => words.closed,
        Some(DayStatus::OutsideWindow) | None => words.outside,
        Some(DayStatus::Unknown) => words.ask,
    }
}
