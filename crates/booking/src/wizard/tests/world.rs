//! What a scripted API has and says, and what the wizard did about it.

use crate::message::Confirmation;
use crate::venue::{Capabilities, HouseRule, Text};
use crate::*;

pub const DAY_MS: i64 = 86_400_000;

pub fn key(number: u32) -> Key {
    Key(format!("key-number-{number:08}"))
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn access(id: &str) -> Access {
    Access {
        id: id.into(),
        token: format!("token-of-{id}"),
    }
}

pub fn venue() -> Venue {
    let name = Text {
        es: "INTERNO".into(),
        en: "INTERNO".into(),
    };
    Venue {
        trial: true,
        name,
        time_zone: "America/Bogota".into(),
        party_min: 1,
        party_max: 8,
        services: Vec::new(),
        areas: Vec::new(),
        lead_fields: Vec::new(),
        guest_fields: Vec::new(),
        hold_extensions: 2,
        cancellation_cutoff_minutes: 1_440,
        house_rules: Vec::new(),
        capabilities: Capabilities {
            holds: true,
            ..Capabilities::default()
        },
        notice: None,
    }
}

/// A venue that asks everything: dishes in advance, and two rules, of which one is to be accepted.
pub fn asking_venue() -> Venue {
    let rule = |id: &str, must_accept| HouseRule {
        id: id.into(),
        text: Text::default(),
        must_accept,
    };
    let mut venue = venue();
    venue.capabilities.preorder = true;
    venue.house_rules = vec![rule("read", false), rule("phones", true)];
    venue
}

/// A word that must be found nowhere but in memory and in what is sent.
pub const NEED: &str = "need-of-the-guest";

/// A plan for so many guests: each has a dish, and the last cannot eat something.
pub fn plan(guests: usize) -> Plan {
    let place = |guest| Place {
        dishes: vec![PlannedDish {
            id: format!("dish-{guest}"),
            name: format!("Dish of {guest}"),
        }],
        ..Place::default()
    };
    let mut places: Vec<_> = (1..=guests).map(place).collect();
    if let Some(last) = places.last_mut() {
        last.codes = vec![NEED.into()];
        last.note = NEED.into();
    }
    let set = "dinner".into();
    Plan { set, places }
}

pub fn slot(id: &str, date: &str, hour: u8) -> Slot {
    let date = day(date);
    let starts_ms = i64::from(date.days_since_epoch()) * DAY_MS + (i64::from(hour) + 5) * 3_600_000;
    Slot {
        id: SlotId(id.into()),
        date,
        starts: LocalTime::new(hour, 0).unwrap(),
        ends: None,
        starts_ms,
        ends_ms: None,
        area: None,
        status: SlotStatus::Available,
        confirmed_later: false,
        cancellable_until_ms: None,
    }
}

pub fn evening_query() -> EveningQuery {
    EveningQuery {
        date: day("2026-12-05"),
        party: 2,
    }
}

pub fn evening() -> Evening {
    Evening {
        slots: vec![slot("19", "2026-12-05", 19), slot("21", "2026-12-05", 21)],
        alternatives: vec![slot("next", "2026-12-06", 19)],
    }
}

pub fn calendar(days: &[(&str, DayStatus)], first: Option<&str>) -> Calendar {
    Calendar {
        days: days
            .iter()
            .map(|(date, status)| Day {
                date: day(date),
                status: *status,
            })
            .collect(),
        first_available: first.map(day),
    }
}

pub fn reservation(id: &str, status: Status) -> Reservation {
    Reservation {
        access: access(id),
        reference: "KTMWRB".into(),
        status,
        version: 1,
        slot: slot("19", "2026-12-05", 19),
        party: 2,
        blind: false,
        expires_ms: None,
        server_ms: None,
        name: None,
        plan: Plan::default(),
        answers: Answers::default(),
        note: Note::default(),
    }
}

/// The key of the hold that is asked for.
pub fn taken_key(effects: &[Effect]) -> Key {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::TakeHold { key, .. } => Some(key.clone()),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no hold is asked for: {effects:?}"))
}

/// The confirmation that is sent.
pub fn confirmation(effects: &[Effect]) -> Confirmation {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::Confirm(confirmation) => Some((**confirmation).clone()),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("nothing is confirmed: {effects:?}"))
}

/// The event that is to come later, and in how many milliseconds.
pub fn later(effects: &[Effect]) -> (u32, Event) {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::After { ms, event } => Some((*ms, (**event).clone())),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("nothing comes later: {effects:?}"))
}

/// The steps the page is sent to.
pub fn gone_to(effects: &[Effect]) -> Vec<Step> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Go { step, .. } => Some(*step),
            _ => None,
        })
        .collect()
}

pub fn go(step: Step) -> Effect {
    Effect::Go {
        step,
        replace: false,
    }
}

pub fn instead(step: Step) -> Effect {
    Effect::Go {
        step,
        replace: true,
    }
}
