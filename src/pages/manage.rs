//! An existing reservation: read it, change it, cancel it, erase it. The link's secret stays in the
//! fragment.

mod change;
pub mod door;
mod ending;
mod guests;
pub mod links;
mod sending;

use booking::manage::{Doing, ManageEvent, Question};
use booking::{Failure, Manage, Remote, Reservation, Status};
use leptos::prelude::*;

use self::change::Making;
use self::ending::{endings, erased};
use self::sending::ask_the_venue;
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live, numbered};

use crate::booking::manage::ManageSession;
use crate::booking::session::use_session;
use crate::booking::steps::parts::{
    cutoff_words, dish_line, failure_notice, failure_words, party_words, status_words, waiting,
};
use crate::components::state::{Tone, notice, trial_banner};
use crate::components::summary::{SummaryLine, summary_list};
use crate::i18n::Locale;
use crate::platform::following::follow;
use crate::platform::{intl, location::Location, page};
use crate::routes::Route;

/// An existing reservation.
pub fn manage_page(locale: Locale) -> Part {
    let session =
        use_context::<ManageSession>().unwrap_or_else(|| ManageSession::new(use_session()));
    let opened = RwSignal::new(false);
    if let Some(location) = use_context::<Location>() {
        let place = location.place();
        follow(move || {
            let place = place.get();
            if Route::parse(&place.path) == Some((locale, Route::Manage)) {
                untrack(|| session.opened(&place));
                opened.set(true);
            }
        });
    }
    let manage = session.manage();
    follow(move || {
        let wrong = manage.with(|manage| manage.links().wrong().is_some());
        page::set_title(&title(locale, wrong));
    });
    page::on_escape(move || {
        if !manage.with_untracked(Manage::is_writing) {
            session.dispatch(ManageEvent::Left);
        }
    });
    let banner = live(move || {
        let trial = manage.with(Manage::is_trial);
        trial.then(|| trial_banner(locale)).part()
    });
    let shown = live(move || shown(opened.get(), session, locale));
    element("main")
        .with("id", "content")
        .with("tabindex", "-1")
        .child(banner)
        .child(shown)
        .inner(super::kept::without_script(locale))
        .part()
}

/// What is on show, once the page was opened.
pub fn shown(opened: bool, session: ManageSession, locale: Locale) -> Part {
    if !opened {
        return reading(Head::Unknown, ().part(), locale);
    }
    let watched = session.manage();
    watched.with(|manage| match (manage.doing(), manage.reservation()) {
        (Doing::Changing(change), Remote::Ready(now)) => change::question(Making {
            manage,
            change,
            now,
            session,
            locale,
        }),
        _ if !manage.has_access() => {
            let lost = links::lost(manage, session, locale);
            reading(Head::Lost, super::kept::without_link(lost, locale), locale)
        }
        (_, reservation) => {
            let shown = match reservation {
                Remote::Idle | Remote::Loading => waiting(locale),
                Remote::Failed(failure) => failed(failure, session, locale),
                Remote::Ready(now) => found(manage, now, session, locale),
            };
            reading(Head::Opened, shown, locale)
        }
    })
}

/// A key, for those who have lost it.
const KEY: &str = include_str!("../../content/art/key.svg");

/// What is said first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// Nobody has looked yet whether there is a link.
    Unknown,
    /// There is none.
    Lost,
    /// There is one: who has it needs not be told to have it.
    Opened,
}

/// The page while nothing is being changed.
fn reading(head: Head, shown: Part, locale: Locale) -> Part {
    let words = &locale.messages().manage;
    let class = if head == Head::Lost {
        "wrap page-head page-head-big"
    } else {
        "wrap page-head"
    };
    let lead = (head != Head::Opened).then(|| element("p").class("lead").text(words.lead));
    let art =
        (head == Head::Lost).then(|| element("div").class("page-head-art").html(KEY.to_owned()));
    let head = element("div")
        .class(class)
        .inner(element("h1").with("tabindex", "-1").text(words.title))
        .child(lead)
        .child(art);
    let body = element("div")
        .class("wrap split split-even section")
        .child(shown);
    numbered(u8::MAX, vec![head.part(), body.part()])
}

/// What the window is called: with "Error:" first where something has to be mended.
pub fn title(locale: Locale, wrong: bool) -> String {
    let words = locale.messages();
    let error = if wrong {
        [words.guests.error, " "]
    } else {
        ["", ""]
    };
    [&error.concat(), words.manage.title, " · ", words.site.name].concat()
}

fn failed(failure: &Failure, session: ManageSession, locale: Locale) -> Part {
    let words = locale.messages();
    let (title, text) = if *failure == Failure::NotFound {
        (words.manage.not_found_title, words.manage.not_found_text)
    } else {
        (words.problem.title, failure_words(failure, locale))
    };
    let again = session.on(|| ManageEvent::RetryPressed);
    failure_notice(title, text, again, locale)
}

/// What there is, and beside it what can be done.
fn found(manage: &Manage, now: &Reservation, session: ManageSession, locale: Locale) -> Part {
    let words = locale.messages();
    let wait = if now.status == Status::Confirmed {
        "state-word"
    } else {
        "state-word state-word-wait"
    };
    let until = manage
        .can_move()
        .then(|| cutoff_words(words.change.until, &now.slot, locale));
    let state = element("section")
        .class("flow")
        .children(told(manage, now, locale))
        .inner(
            element("p")
                .class(wait)
                .text(status_words(now.status, locale)),
        )
        .child(summary_list(
            &summary(manage, now, session, locale),
            words.book.change,
        ))
        .child(until.flatten().map(|until| element("p").text(&until)));
    let beside = element("section")
        .class("flow")
        .children(endings(manage, now, session, locale));
    [state.part(), beside.part()].part()
}

/// What has happened to it, unless the guest is asked something: that is the one thing then.
fn told(manage: &Manage, now: &Reservation, locale: Locale) -> Vec<Part> {
    if !manage.is_idle() {
        return Vec::new();
    }
    let words = locale.messages();
    let good = |title, text| notice(Tone::Good, title, text, ().part());
    let late = now.stands() && (now.is_past_cutoff() || now.has_begun());
    let told = [
        manage
            .has_changed()
            .then(|| good(words.change.done_title, words.change.done_text)),
        (now.status == Status::Cancelled)
            .then(|| good(words.manage.cancelled_title, words.manage.cancelled_text)),
        now.is_erased().then(|| erased(now, locale)),
        late.then(|| too_late(now, ().part(), locale)),
    ];
    told.into_iter().flatten().collect()
}

/// Why nothing can be done here any more, until when it could, and whom to ask.
fn too_late(now: &Reservation, more: Part, locale: Locale) -> Part {
    let words = &locale.messages().manage;
    let until = cutoff_words(words.too_late_until, &now.slot, locale);
    let text = [until.as_deref().unwrap_or_default(), words.too_late_text].join(" ");
    let more = [more, ask_the_venue(locale)];
    notice(Tone::Plain, words.too_late_title, text.trim(), more.part())
}

fn summary(
    manage: &Manage,
    now: &Reservation,
    session: ManageSession,
    locale: Locale,
) -> Vec<SummaryLine> {
    let words = locale.messages();
    let slot = &now.slot;
    let (own, check) = (&words.manage, &words.check);
    let changed = |can: bool, line: SummaryLine, press: fn() -> ManageEvent| {
        if can {
            line.changed_by(session.on(press))
        } else {
            line
        }
    };
    let can = manage.can_move();
    let party = SummaryLine::new(check.party, party_words(now.party, locale), None);
    let night = intl::date(slot.date, intl::DateStyle::Full, locale);
    let night = SummaryLine::new(check.night, night, None);
    let zone = Some(check.cartagena_time);
    let time = SummaryLine::new(check.time, slot.starts.to_string(), zone);
    let mut lines = vec![
        SummaryLine::new(own.reference, now.reference.clone(), None),
        changed(manage.can_change(), party, || {
            ManageEvent::ChangePressed(Question::Party)
        }),
        changed(can, night, || ManageEvent::ChangePressed(Question::Night)),
        changed(can, time, || ManageEvent::ChangePressed(Question::Time)),
    ];
    if let Some(area) = manage.venue().and_then(|venue| venue.area_of(slot)) {
        let name = locale.pick(&area.name).to_owned();
        lines.push(SummaryLine::new(words.time.area, name, None));
    }
    lines.extend(dish_line(&now.plan, locale));
    if let Some(name) = &now.name {
        lines.push(SummaryLine::new(own.name, name.clone(), None));
    }
    let written = now.note.0.trim();
    if manage.can_write() || !written.is_empty() {
        let none = written.is_empty().then_some(words.change.note_none);
        let told = SummaryLine::new(words.change.note, none.unwrap_or(written).to_owned(), None);
        lines.push(changed(manage.can_write(), told, || {
            ManageEvent::ChangePressed(Question::Note)
        }));
    }
    lines
}
