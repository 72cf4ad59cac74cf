//! The answer: the night behind bars that open, the reference in large type, and what to take along.

use booking::wizard::Holding;
use booking::{Reservation, Status, Wizard};
use leptos::prelude::*;

use crate::components::element::{Element, element};
use crate::components::part::{Part, live};

use super::super::session::Session;
use super::keep::Keep;
use super::parts::{area_line, cutoff_words, dish_line, failed, party_words, status_words};
use super::take::Take;
use crate::components::icon::{Icon, icon};
use crate::components::state::loading;
use crate::components::summary::{Answer, SummaryLine, summary_list};
use crate::content::Site;
use crate::i18n::{Locale, fill, sentence};
use crate::platform::intl;
use crate::routes::Route;

/// The night, its day in the sun and its hour on the table.
const NIGHT: &str = include_str!("../../../content/art/night.svg");

/// The answer.
pub fn done_step(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    let take = Take::new(session, locale);
    let keep = Keep::new(session, locale);
    live(move || {
        wizard.with(|wizard| match (wizard.booked(), wizard.holding()) {
            (Some(booked), _) => booked_view(booked, wizard, take, keep, locale),
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

fn booked_view(
    reservation: &Reservation,
    wizard: &Wizard,
    take: Take,
    keep: Keep,
    locale: Locale,
) -> Part {
    let stands = reservation.status.is_booked();
    // Nothing goes out of the house before the venue has answered on this page, too.
    let venue = wizard.venue().ready();
    let trial = venue.map(|venue| venue.trial);
    let mailed = venue.is_some_and(|venue| venue.capabilities.messages);
    let out = trial.filter(|_| stands);
    let head = element("div")
        .class("done-head")
        .inner(said(reservation, wizard.rehearsal(), locale))
        .inner(night(reservation, locale))
        .child(out.map(|trial| take.part(reservation, trial)));
    element("div")
        .class("wrap")
        .inner(head)
        .inner(
            element("div")
                .class("split split-even section")
                .inner(keep.part(reservation, trial, mailed))
                .inner(that_night(reservation, wizard, locale)),
        )
        .part()
}

/// Where it stands, which evening it is, and the word to say at the door. As long as nobody knows whether this
/// is a rehearsal, it is not called confirmed; the banner says that it is being asked.
fn said(reservation: &Reservation, trial: Option<bool>, locale: Locale) -> Element {
    let words = &locale.messages().done;
    let over = !reservation.status.is_booked();
    let pending = trial == Some(false) && reservation.status == Status::Pending;
    let state = match (trial, reservation.status) {
        (_, status) if over => Some(status_words(status, locale)),
        (None, _) => None,
        (Some(true), _) => Some(words.trial_state),
        (_, Status::Pending) => Some(words.pending),
        _ => Some(words.confirmed),
    };
    let class = if over || pending {
        "state-word state-word-wait"
    } else {
        "state-word"
    };
    let state = state.map(|state| {
        element("p")
            .class(class)
            .child((!over && !pending).then(|| icon(Icon::Check)))
            .text(" ")
            .text(state)
    });
    element("div")
        .child(state)
        .inner(
            element("h1")
                .class("done-when")
                .with("tabindex", "-1")
                .text(&headline(reservation, trial, locale)),
        )
        .child(pending.then(|| element("p").class("lead").text(words.pending_text)))
        .inner(element("p").class("reference-label").text(words.reference))
        .inner(
            element("p").inner(
                element("strong")
                    .class("reference")
                    .text(&reservation.reference),
            ),
        )
}

/// Whom they expect and when; for a trial, for what is over and before it is known, only which evening it is
/// about.
fn headline(reservation: &Reservation, trial: Option<bool>, locale: Locale) -> String {
    let words = &locale.messages().done;
    let date = intl::date(reservation.slot.date, intl::DateStyle::Day, locale);
    let time = reservation.slot.starts.to_string();
    let name = reservation.name.as_deref().unwrap_or_default();
    let first_name = name.split(' ').next().unwrap_or_default();
    let message = match trial {
        _ if !reservation.status.is_booked() => words.when_over,
        None => return sentence(&[&date, ", ", &time].concat()),
        Some(true) => words.when_trial,
        Some(false) => words.when,
    };
    fill(
        message,
        &[("name", first_name), ("date", &date), ("time", &time)],
    )
}

/// The gate opens on the night; it is shut on one that is over. It says again what the heading says.
fn night(reservation: &Reservation, locale: Locale) -> Element {
    let slot = &reservation.slot;
    let svg = fill(
        NIGHT,
        &[
            (
                "weekday",
                &intl::weekday(slot.date.weekday(), false, locale),
            ),
            ("day", &slot.date.day().to_string()),
            ("month", &intl::month(slot.date.month(), locale)),
            ("time", &slot.starts.to_string()),
        ],
    );
    let class = if reservation.status.is_booked() {
        "done-art"
    } else {
        "done-art is-shut"
    };
    element("div")
        .class(class)
        .with("aria-hidden", "true")
        .html(svg)
}

fn that_night(reservation: &Reservation, wizard: &Wizard, locale: Locale) -> Element {
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
        SummaryLine::new(done.when_label, when, Some(check.cartagena_time)),
        SummaryLine::new(done.table, party, None),
    ];
    lines.extend(area_line(slot, wizard, locale));
    lines.extend(dish_line(&reservation.plan, locale));
    lines.push(SummaryLine::new(done.where_label, place, None));
    let stands = reservation.status.is_booked();
    let until = cutoff_words(done.until, slot, locale).filter(|_| stands);
    if stands {
        lines.push(bring(wizard, locale));
    }
    lines.extend(until.map(|until| SummaryLine::new(done.until_label, until, None)));
    let door = |place: &str, label| {
        let href = [&Route::Visit.path(locale), place].concat();
        element("a").class("go").with("href", &href).text(label)
    };
    let doors = element("p")
        .class("actions")
        .inner(door("#getting-there", done.map_link))
        .inner(door("#house-rules", done.rules_link));
    element("section")
        .class("flow")
        .inner(element("h2").text(done.that_night))
        .child(summary_list(&lines, words.book.change))
        .inner(doors)
}

/// The reference, and what the house asks in its own words. Nothing is made up here.
fn bring(wizard: &Wizard, locale: Locale) -> SummaryLine {
    let words = &locale.messages().done;
    let rules = wizard.venue().ready().map(|venue| &venue.house_rules[..]);
    let rules = rules.unwrap_or_default();
    let small = match (wizard.venue().ready(), rules) {
        (None, _) => None,
        (_, []) => Some(words.bring_unknown.to_owned()),
        _ => Some(words.bring_rules.to_owned()),
    };
    let value = words.bring_reference.to_owned();
    let mut answers = vec![Answer {
        value,
        small,
        language: None,
    }];
    answers.extend(rules.iter().map(|rule| Answer {
        value: String::new(),
        small: Some(locale.pick(&rule.text).to_owned()),
        language: None,
    }));
    SummaryLine {
        label: words.bring,
        answers,
        change: None,
    }
}
