//! The table at which a guest plays against a scripted API.

use crate::message::Confirmation;
use crate::venue::{Capabilities, Text};
use crate::*;

/// 20 November 2026, 10:00 on the venue's wall.
pub const START_MS: i64 = 1_795_186_800_000;
pub const DAY_MS: i64 = 86_400_000;
const HOLD_MS: i64 = 600_000;

/// A guest, a wizard and two clocks.
pub struct Table {
    pub wizard: Wizard,
    /// By the server's clock.
    pub server_ms: i64,
    /// How far the phone's clock is off.
    pub phone_off_ms: i64,
    keys: u32,
}

impl Table {
    pub fn new() -> Self {
        Self {
            wizard: Wizard::default(),
            server_ms: START_MS,
            phone_off_ms: 0,
            keys: 0,
        }
    }

    /// What the phone and the dice supply for the next event.
    pub fn moment(&mut self) -> Moment {
        self.keys += 1;
        Moment {
            now_ms: self.server_ms + self.phone_off_ms,
            today: day("2026-11-20"),
            fresh_key: key(self.keys),
        }
    }

    /// Something happens.
    pub fn then(&mut self, event: Event) -> Vec<Effect> {
        let moment = self.moment();
        self.wizard.update(event, &moment)
    }

    /// The same, where what follows is told elsewhere.
    pub fn and(&mut self, event: Event) -> &mut Self {
        self.then(event);
        self
    }

    pub fn enter(&mut self, step: Step) -> Vec<Effect> {
        self.then(Event::Entered {
            step,
            prefill: Prefill::default(),
        })
    }

    pub fn enter_with(&mut self, step: Step, party: Option<u8>, date: Option<&str>) -> Vec<Effect> {
        let prefill = Prefill {
            party,
            date: date.map(day),
            time: None,
        };
        self.then(Event::Entered { step, prefill })
    }

    /// Seconds pass, and the clock ticks once at their end.
    pub fn wait(&mut self, seconds: i64) -> Vec<Effect> {
        self.server_ms += seconds * 1_000;
        self.then(Event::Ticked)
    }

    pub fn write(&mut self, field: GuestField, text: &str) {
        self.and(Event::GuestChanged(field, text.to_owned()));
    }

    pub fn write_guest(&mut self) {
        self.write(GuestField::GivenName, "Lucía");
        self.write(GuestField::FamilyName, "Pérez Ríos");
        self.write(GuestField::Email, "lucia@example.com");
        self.write(GuestField::Phone, "+57 300 555 0101");
    }

    pub fn agree(&mut self) {
        self.and(Event::ConsentChanged(Consents { privacy: true }));
    }

    /// The answer of the server to a hold asked for now.
    pub fn held(&self, id: &str) -> Reservation {
        Reservation {
            status: Status::OnHold,
            expires_ms: Some(self.server_ms + HOLD_MS),
            server_ms: Some(self.server_ms),
            ..reservation(id, Status::OnHold)
        }
    }

    /// What the server says of a hold that ends in so many seconds.
    pub fn held_for(&self, id: &str, seconds: i64, version: u64) -> Reservation {
        Reservation {
            expires_ms: Some(self.server_ms + seconds * 1_000),
            version,
            ..self.held(id)
        }
    }
}

/// Guests who have already come some way.
impl Table {
    /// Two guests, 5 December, the seatings on show.
    pub fn at_time() -> Self {
        let mut table = Self::new();
        table.enter_with(Step::Night, Some(2), None);
        table
            .and(Event::VenueArrived(Ok(venue())))
            .and(Event::NightChosen(day("2026-12-05")));
        table.enter(Step::Time);
        table.and(Event::EveningArrived(evening_query(), Ok(evening())));
        table
    }

    /// The same, with 19:00 on hold as `r1`.
    pub fn at_guests() -> Self {
        let mut table = Self::at_time();
        let asked = taken_key(&table.then(Event::SlotChosen(SlotId("19".into()))));
        let held = table.held("r1");
        table.and(Event::HoldArrived(asked, Ok(held)));
        table.enter(Step::Guests);
        table
    }

    /// The same, with the guest's details and consent given.
    pub fn at_check() -> Self {
        let mut table = Self::at_guests();
        table.write_guest();
        table.and(Event::GuestsSubmitted);
        table.enter(Step::Check);
        table.agree();
        table
    }

    /// The same, with the confirmation on its way under the key that is given back.
    pub fn sending() -> (Self, Key) {
        let mut table = Self::at_check();
        let sent = confirmation(&table.then(Event::ConfirmPressed));
        (table, sent.key)
    }

    /// The same, with no answer to it: the wizard is looking whether it went through.
    pub fn checking() -> (Self, Key) {
        let (mut table, key) = Self::sending();
        table.and(Event::ConfirmArrived(
            key.clone(),
            Err(Failure::Unreachable),
        ));
        (table, key)
    }

    /// The same, and the server cannot be asked either.
    pub fn unknown() -> (Self, Key) {
        let (mut table, key) = Self::checking();
        for _ in 0..3 {
            table.and(Event::CheckDue);
            table.and(Event::ReadArrived(Err(Failure::Unreachable)));
        }
        (table, key)
    }
}

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
        expires_ms: None,
        server_ms: None,
        name: None,
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
