//! Steps and components as HTML, rendered natively: what every visitor gets before and after the app has come.
#![cfg(feature = "ssr")]
#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test may end it, as the test itself may"
)]

#[path = "steps/answers.rs"]
mod answers;
#[path = "steps/components.rs"]
mod components;
#[path = "steps/done.rs"]
mod done;
#[path = "steps/guests.rs"]
mod guests;
#[path = "steps/manage.rs"]
mod manage;
#[path = "steps/manage_guests.rs"]
mod manage_guests;
#[path = "steps/manage_links.rs"]
mod manage_links;
#[path = "steps/manage_moves.rs"]
mod manage_moves;
#[path = "steps/places.rs"]
mod places;
#[path = "steps/story.rs"]
mod story;
#[path = "steps/trouble.rs"]
mod trouble;
#[path = "steps/waiting.rs"]
mod waiting;

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use booking::{
    Access, Date, Evening, EveningQuery, Event, GuestField, LocalTime, Prefill, Reservation, Slot,
    SlotId, SlotStatus, Status, Step, Venue,
    venue::{Capabilities, Text},
};
use interno::booking::session::Session;
use interno::booking::steps;
use interno::i18n::Locale;
use interno::platform::location::Location;
use leptos::prelude::*;

/// What someone may have put where a name was expected.
const HOSTILE: &str = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>\u{202e}'&";

/// Calls go nowhere: no answer comes but the one a test brings.
struct Silence;

impl CustomExecutor for Silence {
    fn spawn(&self, _: PinnedFuture<()>) {}
    fn spawn_local(&self, _: PinnedLocalFuture<()>) {}
    fn poll_local(&self) {}
}

/// A view's HTML, rendered as the prerenderer does.
fn html<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    // Once for all tests of this program; the first one wins.
    let _ = Executor::init_custom_executor(Silence);
    let owner = Owner::new();
    owner.with(|| view().to_html())
}

/// A step's HTML after what has happened.
fn step_html(step: Step, locale: Locale, happened: impl FnOnce(Session)) -> String {
    html(|| {
        let session = Session::new(Location::start());
        happened(session);
        steps::view(step, session, locale)
    })
}

/// The words a reader meets, without tags and comments.
fn words(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The opening tags of an element.
fn tags<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    html.split('<')
        .filter_map(|part| part.strip_prefix(name))
        .filter(|rest| rest.starts_with([' ', '>', '/']))
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
        .collect()
}

/// The values of an attribute, wherever it stands.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    html.split(&format!(" {attribute}=\""))
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
        .collect()
}

/// Nothing from an API has become markup: it is all there, and all of it is text.
fn require_escaped(html: &str) {
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
    assert!(
        !html.contains("<script") && !html.contains("<img"),
        "{html}"
    );
    assert!(tags(html, "img").is_empty() && values(html, "onerror").is_empty());
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn slot(id: &str, status: SlotStatus) -> Slot {
    Slot {
        id: SlotId(id.into()),
        date: day("2026-12-05"),
        starts: LocalTime::new(19, 0).unwrap(),
        ends: LocalTime::new(20, 50),
        starts_ms: 1_796_515_200_000,
        area: None,
        ends_ms: None,
        status,
        confirmed_later: false,
        cancellable_until_ms: Some(1_796_428_800_000),
    }
}

fn reservation(status: Status) -> Reservation {
    Reservation {
        access: Access {
            id: "r1".into(),
            token: "secret".into(),
        },
        reference: "KTMWRB".into(),
        status,
        version: 1,
        slot: slot("19", SlotStatus::Closed),
        party: 2,
        blind: false,
        expires_ms: Some(600_000),
        server_ms: Some(0),
        name: Some("Lucía Pérez".into()),
        plan: booking::Plan::default(),
        answers: booking::Answers::default(),
        note: booking::Note::default(),
    }
}

fn venue(min: u8, max: u8) -> Venue {
    Venue {
        trial: true,
        name: Text::default(),
        time_zone: "America/Bogota".into(),
        party_min: min,
        party_max: max,
        services: Vec::new(),
        areas: Vec::new(),
        lead_fields: Vec::new(),
        guest_fields: Vec::new(),
        hold_extensions: 2,
        cancellation_cutoff_minutes: 0,
        house_rules: Vec::new(),
        capabilities: Capabilities::default(),
        notice: None,
    }
}

/// Two guests, 5 December.
fn chosen(session: Session) {
    session.dispatch(Event::Entered {
        step: Step::Time,
        prefill: Prefill {
            party: Some(2),
            date: Some(day("2026-12-05")),
            time: None,
        },
    });
}

fn evening(session: Session, evening: Evening) {
    chosen(session);
    let query = EveningQuery {
        date: day("2026-12-05"),
        party: 2,
    };
    session.dispatch(Event::EveningArrived(query, Ok(evening)));
}

/// The server answers what was asked last.
fn heard(session: Session, reservation: booking::Reservation) {
    let question = session.wizard().with_untracked(booking::Wizard::question);
    session.dispatch(Event::ReadArrived(question, Ok(reservation)));
}

/// The tab comes back with a place that is kept.
fn held(session: Session) {
    chosen(session);
    session.dispatch(Event::Restored(booking::Saved {
        party: Some(2),
        date: Some(day("2026-12-05")),
        hold: Some(booking::SavedHold::Made {
            access: reservation(Status::OnHold).access,
            confirm_key: None,
            extensions_left: 2,
        }),
        ..booking::Saved::default()
    }));
    heard(session, reservation(Status::OnHold));
}

fn written(session: Session, text: &str) {
    held(session);
    for field in GuestField::ALL {
        session.dispatch(Event::GuestChanged(field, text.to_owned()));
    }
}
