//! The answer: the reference in large type, and the link that opens it again.

use booking::wizard::Holding;
use booking::{Event, Reservation, Status};
use leptos::prelude::*;

use crate::components::button::button;
use crate::components::element::{Element, element};
use crate::components::part::{Part, live};

use super::super::session::Session;
use super::parts::{area_line, dish_line, failed, party_words, status_words};
use crate::components::icon::{Icon, icon};
use crate::components::state::loading;
use crate::components::summary::{SummaryLine, summary_list};
use crate::content::Site;
use crate::i18n::{Locale, fill};
use crate::platform::intl;
use crate::routes::Route;

/// The answer.
pub fn done_step(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    live(move || {
        wizard.with(|wizard| match (wizard.booked(), wizard.holding()) {
            (Some(booked), _) => booked_view(booked, wizard.is_trial(), session, locale),
            (
                None,
                Holding::Resuming {
                    failure: Some(failure),
                    ..
                },
            ) => element("div")
                .class("wrap section")
                .child(failed(failure, session, locale))
                .part(),
            (None, _) => waiting(locale),
        })
    })
}

fn waiting(locale: Locale) -> Part {
    let words = locale.messages();
    element("div")
        .class("wrap section")
        .inner(element("h1").with("tabindex", "-1").text(words.done.title))
        .child(loading(words.done.looking, words.book.loading_hint))
        .part()
}

fn booked_view(reservation: &Reservation, trial: bool, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().done;
    let over = !reservation.status.is_booked();
    let state = match (trial, reservation.status) {
        (_, status) if over => status_words(status, locale),
        (true, _) => words.trial_state,
        (_, Status::Pending) => words.pending,
        _ => words.confirmed,
    };
    let head = element("div")
        .inner(
            element("p")
                .class("state-word")
                .child((!over).then(|| icon(Icon::Check)))
                .text(" ")
                .text(state),
        )
        .inner(
            element("h1")
                .class("done-when")
                .with("tabindex", "-1")
                .text(&headline(reservation, trial, locale)),
        )
        .inner(element("p").class("reference-label").text(words.reference))
        .inner(
            element("p").inner(
                element("strong")
                    .class("reference")
                    .text(&reservation.reference),
            ),
        );
    element("div")
        .class("wrap")
        .inner(element("div").class("done-head").inner(head))
        .inner(
            element("div")
                .class("split split-even section")
                .inner(keep(reservation, session, locale))
                .inner(that_night(reservation, session, locale)),
        )
        .part()
}

/// Whom they expect and when; for a trial and for what is over, only which evening it is about.
fn headline(reservation: &Reservation, trial: bool, locale: Locale) -> String {
    let words = &locale.messages().done;
    let date = intl::date(reservation.slot.date, intl::DateStyle::Day, locale);
    let time = reservation.slot.starts.to_string();
    let name = reservation.name.as_deref().unwrap_or_default();
    let first_name = name.split(' ').next().unwrap_or_default();
    let message = match trial {
        _ if !reservation.status.is_booked() => words.when_over,
        true => words.when_trial,
        false => words.when,
    };
    fill(
        message,
        &[("name", first_name), ("date", &date), ("time", &time)],
    )
}

fn keep(reservation: &Reservation, session: Session, locale: Locale) -> Element {
    let words = &locale.messages().done;
    let access = &reservation.access;
    let link = [
        &Route::Manage.path(locale),
        "#r=",
        &access.id,
        "&t=",
        &access.token,
    ]
    .concat();
    let open = element("a").with("href", &link).text(words.open_manage);
    let notice = element("div")
        .class("notice notice-warn")
        .inner(element("h2").class("notice-title").text(words.keep_title))
        .inner(element("p").text(words.keep_text))
        .inner(element("p").inner(open));
    let again = session.on(|| Event::StartedOver);
    element("section")
        .class("flow")
        .inner(notice)
        .inner(element("p").child(button("link-button", words.another, again)))
}

fn that_night(reservation: &Reservation, session: Session, locale: Locale) -> Element {
    let words = locale.messages();
    let site = use_context::<Site>().unwrap_or_default();
    let slot = &reservation.slot;
    let when = [
        &intl::date(slot.date, intl::DateStyle::Full, locale),
        ", ",
        &slot.starts.to_string(),
    ]
    .concat();
    let (done, check) = (&words.done, &words.check);
    let party = party_words(reservation.party, locale);
    let place = locale.pick(&site.place).to_owned();
    let mut lines = vec![
        SummaryLine::new(done.table, party, None),
        SummaryLine::new(done.when_label, when, Some(check.cartagena_time)),
    ];
    let area = session
        .wizard()
        .with(|wizard| area_line(slot, wizard, locale));
    lines.extend(area);
    lines.extend(dish_line(&reservation.plan, locale));
    lines.push(SummaryLine::new(done.where_label, place, None));
    element("section")
        .class("flow")
        .inner(element("h2").text(words.done.that_night))
        .child(summary_list(&lines, words.book.change))
}
