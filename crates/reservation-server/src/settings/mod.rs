//! `server.toml`: what the operator decides.
//!
//! The file is read into [`raw`] types, checked once in [`check`], and from then on is a [`Settings`]
//! that cannot be wrong. A file for a supplier's API ([`octo`]) goes the same way. A mistake is told with its line and key, because the operator who made it
//! is looking at the file.

mod check;
mod messages;
mod net;
mod octo;
mod raw;

use std::path::Path;

use jiff::SignedDuration;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use reservation_contract::Text;
use reservation_contract::venue::{GuestField, HouseRule};
use reservation_contract::words::{ConfirmationMode, Mode};
use serde::de::DeserializeOwned;

use crate::retention::Retention;

pub use check::Outside;
pub use messages::{Messages, Tls};
pub use net::Network;
pub use octo::{OctoSettings, SAMPLE as OCTO_SAMPLE};

/// The settings built into the binary.
pub const DEFAULT: &str = include_str!("../../server.toml");

/// Checked settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The id in every path.
    pub venue_id: String,
    /// Real or trial.
    pub mode: Mode,
    /// The venue's name.
    pub name: Text,
    /// The venue's time zone.
    pub zone: TimeZone,
    /// Its IANA name.
    pub zone_name: String,
    /// ISO 4217.
    pub currency: String,
    /// Shown above every step.
    pub notice: Option<Text>,
    /// Smallest party, people.
    pub party_min: u32,
    /// Largest party, people.
    pub party_max: u32,
    /// Time between now and the earliest seating.
    pub min_notice: SignedDuration,
    /// Days between today and the last day.
    pub max_days_ahead: u32,
    /// Time before the start at which cancelling alone ends.
    pub cancellation_cutoff: SignedDuration,
    /// Whether dishes are taken in advance.
    pub preorder: bool,
    /// Length of a fresh hold.
    pub hold_ttl: SignedDuration,
    /// How often a hold can be made longer.
    pub max_extensions: u32,
    /// What each extension adds.
    pub extension: SignedDuration,
    /// What is served when.
    pub services: Vec<Service>,
    /// Parts of the house; empty where there is no choice.
    pub areas: Vec<Area>,
    /// Asked of who books.
    pub lead_fields: Vec<GuestField>,
    /// Asked of every guest.
    pub guest_fields: Vec<GuestField>,
    /// Rules to read or accept.
    pub house_rules: Vec<HouseRule>,
    /// How long personal data outlives the evening.
    pub retention: Retention,
    /// Who may call, and how.
    pub outside: Outside,
    /// Writing calls a minute from one address.
    pub writes_per_minute: u32,
    /// Live holds of one client.
    pub holds_per_client: u32,
    /// Of a seating's places, how many in a hundred may be on hold at once.
    pub held_percent: u32,
    /// Whether guests can wait for a place.
    pub waitlist: bool,
    /// How guests are written to, if they are.
    pub messages: Option<Messages>,
}

/// How many people a seating takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// People in all.
    pub places: u32,
    /// With this many places left, or fewer, a seating is LIMITED.
    pub limited_from: u32,
}

/// A part of the house, with places of its own at every seating.
#[derive(Clone, Debug)]
pub struct Area {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// A sentence about it.
    pub description: Text,
    /// People it takes at a seating.
    pub room: Room,
}

/// Something served at regular times.
#[derive(Clone, Debug)]
pub struct Service {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Days it is served.
    pub weekdays: Vec<Weekday>,
    /// Local starts, ascending.
    pub start_times: Vec<Time>,
    /// Length of a seating.
    pub duration: SignedDuration,
    /// People a seating takes, where the house has no areas.
    pub room: Room,
    /// How a confirm is answered: at once, or PENDING until the venue has decided.
    pub confirmation: ConfirmationMode,
}

impl Settings {
    /// How a confirm of a seating of this service is answered. One that is no longer offered keeps nobody
    /// waiting for a decision.
    pub fn confirmation(&self, service_id: &str) -> ConfirmationMode {
        let mut services = self.services.iter();
        let service = services.find(|service| service.id == service_id);
        service.map_or(ConfirmationMode::Instant, |it| it.confirmation.clone())
    }

    /// The rooms of a service's seatings: one for each area, or the whole house.
    pub fn rooms<'a>(&'a self, service: &'a Service) -> Vec<(Option<&'a Area>, Room)> {
        if self.areas.is_empty() {
            return vec![(None, service.room)];
        }
        let areas = self.areas.iter();
        areas.map(|area| (Some(area), area.room)).collect()
    }

    /// How many of a seating's places may be on hold at once: always one party's.
    pub fn on_hold_at_most(&self, places: u32) -> u32 {
        let share = u64::from(places) * u64::from(self.held_percent) / 100;
        let share = u32::try_from(share).unwrap_or(u32::MAX);
        share.max(self.party_max).min(places)
    }

    /// Reads settings from a text; `name` stands in messages.
    ///
    /// # Errors
    /// One sentence with name, line and key.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        checked(name, text, check::check)
    }
}

/// What a server serves, by its settings.
#[derive(Clone, Debug)]
pub enum Serving {
    /// A house of its own.
    House(Box<Settings>),
    /// A supplier's, who speaks OCTO.
    Octo(Box<OctoSettings>),
}

/// Reads a file, or the built-in default.
///
/// # Errors
/// One sentence with the file, and line and key where there are any.
pub fn load(path: Option<&Path>) -> Result<Serving, String> {
    let Some(path) = path else {
        return read_text("the built-in settings", DEFAULT);
    };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read the settings {name}: {error}"))?;
    read_text(&name, &text)
}

/// A file with `[octo]` in it is that of a supplier, and has nothing of a house.
fn read_text(name: &str, text: &str) -> Result<Serving, String> {
    let root = toml::de::DeTable::parse(text);
    if root.is_ok_and(|root| root.get_ref().contains_key("octo")) {
        let settings = checked(name, text, octo::check)?;
        return Ok(Serving::Octo(Box::new(settings)));
    }
    Ok(Serving::House(Box::new(Settings::parse(name, text)?)))
}

fn checked<R: DeserializeOwned, S>(
    name: &str,
    text: &str,
    check: fn(R) -> Result<S, check::Wrong>,
) -> Result<S, String> {
    let raw = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        format!("{name}, line {line}: {}", error.message().trim())
    })?;
    check(raw).map_err(|wrong| {
        let line = line_of(text, &wrong.key);
        format!("{name}, line {line}: {} {}", wrong.key, wrong.why)
    })
}

pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    text.bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

/// The line of a key such as `service.0.start_times`; of its nearest table when the key is missing.
pub(crate) fn line_of(text: &str, key: &str) -> usize {
    use toml::de::{DeTable, DeValue};

    let Ok(root) = DeTable::parse(text) else {
        return 1;
    };
    let mut parts = key.split('.');
    let mut found = 0;
    let mut here = parts.next().and_then(|part| root.get_ref().get(part));
    while let Some(value) = here {
        found = value.span().start;
        here = match (value.get_ref(), parts.next()) {
            (DeValue::Table(table), Some(part)) => table.get(part),
            (DeValue::Array(items), Some(part)) => part
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index)),
            _ => None,
        };
    }
    line_at(text, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(from: &str, to: &str) -> String {
        assert!(DEFAULT.contains(from), "{from}");
        Settings::parse("server.toml", &DEFAULT.replacen(from, to, 1)).unwrap_err()
    }

    fn line(of: &str) -> usize {
        line_at(DEFAULT, DEFAULT.find(of).unwrap())
    }

    #[test]
    fn the_default_is_right() {
        let settings = Settings::parse("server.toml", DEFAULT).unwrap();
        assert_eq!(settings.venue_id, "interno");
        assert_eq!(settings.min_notice, SignedDuration::from_hours(48));
        assert_eq!(settings.services[0].room.places, 60);
        assert_eq!(settings.hold_ttl, SignedDuration::from_mins(10));
    }

    #[test]
    fn mistakes_are_told_with_line_and_key() {
        let cases = [
            ("ttl_seconds = 600", "ttl_seconds = 0", "hold.ttl_seconds"),
            ("ttl_seconds = 600", "ttl_secnds = 600", "ttl_secnds"),
            ("party_max = 8", "party_max = \"eight\"", "invalid type"),
            (
                "time_zone = \"America/Bogota\"",
                "time_zone = \"Mars/Base\"",
                "venue.time_zone",
            ),
            (
                "start_times = [\"19:00\"",
                "start_times = [\"25:00\"",
                "service.0.start_times",
            ),
            (
                "weekdays = [\"tuesday\"",
                "weekdays = [\"tuesdayy\"",
                "service.0.weekdays",
            ),
            (
                "confirm_by_hand = false",
                "confirm_by_hand = true",
                "service.0.confirm_by_hand",
            ),
            ("mode = \"trial\"", "mode = \"test\"", "venue.mode"),
            (
                "trusted_proxies = []",
                "trusted_proxies = [\"10.0.0.0/99\"]",
                "http.trusted_proxies",
            ),
            (
                "allowed_origins = []",
                "allowed_origins = [\"example.com\"]",
                "http.allowed_origins",
            ),
        ];
        for (from, to, key) in cases {
            let message = wrong(from, to);
            assert!(message.contains(key), "{message}");
            assert!(
                message.contains(&format!("line {}:", line(from))),
                "{message}"
            );
        }
    }

    #[test]
    fn kinds_are_known_and_a_trial_says_so() {
        let field = "[[guest_field]]\nid = \"passport\"\ntype = \"passport\"\nrequired = true\nlabel = { es = \"a\", en = \"a\" }\nwhy = { es = \"a\", en = \"a\" }\nseen_by = { es = \"a\", en = \"a\" }\n[privacy]";
        assert!(wrong("[privacy]", field).contains("guest_field.0.type"));
        assert!(wrong("notice = {", "# notice = {").contains("venue.notice"));
    }
}
