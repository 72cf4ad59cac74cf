//! The manage page: reads, asks, changes, gives up, and does not mix up two links.

mod changing;
mod ending;
mod guest;
mod guests;
mod links;
mod sending;

use super::*;
use crate::manage::Question;
use crate::*;

const NOW: i64 = 1_796_000_000_000;
const HOUR: i64 = 3_600_000;

fn access(id: &str) -> Access {
    Access {
        id: id.into(),
        token: format!("token-of-{id}"),
    }
}

fn key(number: u32) -> Key {
    Key(format!("key-{number:020}"))
}

fn moment(number: u32) -> Moment {
    Moment {
        now_ms: 0,
        today: Today::by(|| day(1)),
        fresh_key: key(number),
        language: Language::Es,
    }
}

fn day(day: u8) -> Date {
    Date::new(2026, 12, day).unwrap()
}

/// A seating by its day and hour, such as `"05-19"`.
fn slot(id: &str) -> Slot {
    let (date, hour) = id.split_once('-').unwrap();
    Slot {
        id: SlotId(id.into()),
        date: day(date.parse().unwrap()),
        starts: LocalTime::new(hour.parse().unwrap(), 0).unwrap(),
        ends: None,
        starts_ms: NOW + 48 * HOUR,
        ends_ms: None,
        area: None,
        status: SlotStatus::Available,
        confirmed_later: false,
        cancellable_until_ms: Some(NOW + 24 * HOUR),
    }
}

/// Two people on the fifth at seven, confirmed.
fn reservation(id: &str, status: Status) -> Reservation {
    Reservation {
        access: access(id),
        reference: "KTMWRB".into(),
        status,
        version: 2,
        slot: slot("05-19"),
        party: 2,
        blind: false,
        expires_ms: None,
        server_ms: Some(NOW),
        name: Some("Lucía Pérez".into()),
        plan: Plan::default(),
        answers: Answers::default(),
        note: Note::default(),
    }
}

fn venue(modify: bool) -> Venue {
    Venue {
        trial: true,
        name: venue::Text::default(),
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
        capabilities: venue::Capabilities {
            modify,
            erase: true,
            ..venue::Capabilities::default()
        },
        notice: None,
    }
}

/// A page and how many keys it was given.
struct Desk {
    manage: Manage,
    keys: u32,
}

impl Desk {
    fn opened(id: &str) -> Self {
        let manage = Manage::default();
        let mut desk = Self { manage, keys: 0 };
        let effects = desk.then(ManageEvent::Opened(Some(access(id))));
        assert_eq!(
            effects,
            [ManageEffect::Read(access(id), 1), ManageEffect::FetchVenue]
        );
        desk
    }

    fn showing(now: Reservation) -> Self {
        let mut desk = Self::opened(&now.access.id);
        desk.then(ManageEvent::VenueArrived(Ok(venue(true))));
        desk.reads(Ok(now));
        desk
    }

    fn then(&mut self, event: ManageEvent) -> Vec<ManageEffect> {
        self.keys += 1;
        self.manage.update(event, &moment(self.keys))
    }

    fn change(&mut self, event: ChangeEvent) -> Vec<ManageEffect> {
        self.then(ManageEvent::Change(event))
    }

    /// The answer to what was asked last.
    fn reads(&mut self, result: Result<Reservation, Failure>) -> Vec<ManageEffect> {
        self.then(ManageEvent::ReadArrived(self.manage.asked, result))
    }

    fn shown(&self) -> &Reservation {
        self.manage.reservation().ready().unwrap()
    }

    fn making(&self) -> &Change {
        match self.manage.doing() {
            Doing::Changing(change) => change,
            other => panic!("no change in the making: {other:?}"),
        }
    }

    /// Presses "yes, change it", and says what is sent.
    fn sends(&mut self) -> Wish {
        match &self.change(ChangeEvent::Confirmed)[..] {
            [ManageEffect::Change(wish)] => (**wish).clone(),
            other => panic!("not sent: {other:?}"),
        }
    }
}
