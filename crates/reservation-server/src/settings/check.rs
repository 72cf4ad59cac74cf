//! From what was written to what can be relied on.

mod house;
mod messages;

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use reservation_contract::Text;
use reservation_contract::venue::{FieldOption, GuestField, HouseRule};
use reservation_contract::words::{FieldType, Mode};

use super::{Network, Settings, raw};

/// Who may call, and how: the same whatever is served.
#[derive(Clone, Debug)]
pub struct Outside {
    /// Origins that may call from a browser.
    pub allowed_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Connections at once.
    pub connections: u32,
    /// How long the head of a call may take, and a connection may be silent between two.
    pub head_patience: Duration,
}

/// A wrong value.
#[derive(Debug)]
pub(super) struct Wrong {
    /// Dotted path, such as `service.0.places`.
    pub key: String,
    /// What is wrong, after the key in a sentence.
    pub why: String,
}

pub(super) type Checked<T> = Result<T, Wrong>;

pub(super) fn wrong<T>(key: impl Into<String>, why: impl Into<String>) -> Checked<T> {
    Err(Wrong {
        key: key.into(),
        why: why.into(),
    })
}

/// The ids of `guest` in a confirm; the contract fixes them.
const LEAD_IDS: [(&str, FieldType); 4] = [
    ("givenName", FieldType::Name),
    ("familyName", FieldType::Name),
    ("email", FieldType::Email),
    ("phone", FieldType::Phone),
];

pub(super) fn check(file: raw::File) -> Checked<Settings> {
    let mode = mode(&file.venue)?;
    let zone = venue(&file.venue)?;
    numbers(&file)?;
    let booking = file.booking;
    let areas = house::areas(file.area)?;
    let limits = limits(&file.limits, &mode)?;
    let guest_fields = guest_fields(file.guest_field, mode == Mode::Trial)?;
    let retention = house::retention(&file.privacy, &guest_fields);
    let by_hand = file.messages.by_hand;
    let messages = messages::messages(file.messages)?;
    let answered = by_hand || messages.is_some();
    if file.waitlist.offered && !answered {
        return wrong(
            "waitlist.offered",
            "needs messages.smtp, or messages.by_hand = true: somebody has to tell who waits",
        );
    }
    Ok(Settings {
        venue_id: file.venue.id,
        mode,
        name: file.venue.name,
        zone,
        zone_name: file.venue.time_zone,
        currency: file.venue.currency,
        notice: file.venue.notice,
        party_min: booking.party_min,
        party_max: booking.party_max,
        min_notice: minutes(booking.min_notice_minutes),
        max_days_ahead: booking.max_days_ahead,
        cancellation_cutoff: minutes(booking.cancellation_cutoff_minutes),
        preorder: booking.preorder,
        hold_ttl: SignedDuration::from_secs(file.hold.ttl_seconds.into()),
        max_extensions: file.hold.max_extensions,
        extension: SignedDuration::from_secs(file.hold.extension_seconds.into()),
        services: house::services(file.service, !areas.is_empty(), answered)?,
        areas,
        lead_fields: lead_fields(file.lead_field)?,
        guest_fields,
        house_rules: house_rules(file.house_rule)?,
        retention,
        outside: outside(file.http)?,
        writes_per_minute: file.limits.writes_per_minute,
        holds_per_client: limits.0,
        held_percent: limits.1,
        waitlist: file.waitlist.offered,
        messages,
    })
}

/// Live holds of one client, and the share of a seating on hold. A trial has many visitors behind one
/// address, and tests; where bookings are real, a handful of holds is somebody who compares evenings.
fn limits(limits: &raw::Limits, mode: &Mode) -> Checked<(u32, u32)> {
    let (holds, percent) = if *mode == Mode::Live {
        (5, 60)
    } else {
        (10_000, 100)
    };
    let holds = limits.holds_per_client.unwrap_or(holds);
    let percent = limits.held_percent.unwrap_or(percent);
    within("limits.holds_per_client", holds, 1, 1_000_000)?;
    within("limits.held_percent", percent, 1, 100)?;
    Ok((holds, percent))
}

pub(super) fn outside(http: raw::Http) -> Checked<Outside> {
    let (connections, head_patience) = connections(&http)?;
    Ok(Outside {
        allowed_origins: origins(http.allowed_origins)?,
        trusted_proxies: proxies(&http.trusted_proxies)?,
        connections,
        head_patience,
    })
}

/// Connections at once, and their patience. As many as the system's usual limit on files leaves room for.
fn connections(http: &raw::Http) -> Checked<(u32, Duration)> {
    let (most, seconds) = (
        http.connections.unwrap_or(512),
        http.head_seconds.unwrap_or(30),
    );
    within("http.connections", most, 1, 100_000)?;
    within("http.head_seconds", seconds, 1, 3_600)?;
    Ok((most, Duration::from_secs(seconds.into())))
}

fn mode(venue: &raw::Venue) -> Checked<Mode> {
    let mode = Mode::from(venue.mode.as_str());
    if matches!(mode, Mode::Other(_)) {
        return wrong("venue.mode", "must be \"live\" or \"trial\"");
    }
    if mode == Mode::Trial && venue.notice.is_none() {
        return wrong(
            "venue.notice",
            "is missing: a trial must say that no table is waiting",
        );
    }
    Ok(mode)
}

fn venue(venue: &raw::Venue) -> Checked<TimeZone> {
    id("venue.id", &venue.id)?;
    text("venue.name", &venue.name)?;
    if let Some(notice) = &venue.notice {
        text("venue.notice", notice)?;
    }
    if venue.currency.len() != 3
        || !venue
            .currency
            .bytes()
            .all(|letter| letter.is_ascii_uppercase())
    {
        return wrong(
            "venue.currency",
            "must be three capital letters such as COP",
        );
    }
    TimeZone::get(&venue.time_zone).or_else(|_| {
        wrong(
            "venue.time_zone",
            "must be an IANA name such as America/Bogota",
        )
    })
}

fn numbers(file: &raw::File) -> Checked<()> {
    let (booking, hold) = (&file.booking, &file.hold);
    for (key, value, min, max) in [
        ("booking.party_min", booking.party_min, 1, 1_000),
        (
            "booking.party_max",
            booking.party_max,
            booking.party_min,
            1_000,
        ),
        (
            "booking.min_notice_minutes",
            booking.min_notice_minutes,
            0,
            525_600,
        ),
        ("booking.max_days_ahead", booking.max_days_ahead, 1, 730),
        (
            "booking.cancellation_cutoff_minutes",
            booking.cancellation_cutoff_minutes,
            0,
            525_600,
        ),
        ("hold.ttl_seconds", hold.ttl_seconds, 1, 86_400),
        ("hold.max_extensions", hold.max_extensions, 0, 100),
        ("hold.extension_seconds", hold.extension_seconds, 1, 86_400),
        (
            "privacy.retention_days",
            file.privacy.retention_days,
            0,
            3_650,
        ),
        (
            "limits.writes_per_minute",
            file.limits.writes_per_minute,
            1,
            1_000_000,
        ),
    ] {
        within(key, value, min, max)?;
    }
    Ok(())
}

fn lead_fields(raw: Vec<raw::Field>) -> Checked<Vec<GuestField>> {
    let fields = fields("lead_field", raw)?;
    for (index, field) in fields.iter().enumerate() {
        let Some((_, kind)) = LEAD_IDS.iter().find(|(id, _)| *id == field.id) else {
            return wrong(
                format!("lead_field.{index}.id"),
                "must be givenName, familyName, email or phone",
            );
        };
        if *kind != field.kind {
            return wrong(
                format!("lead_field.{index}.type"),
                format!("must be \"{}\" for this id", kind.as_str()),
            );
        }
    }
    Ok(fields)
}

/// In a trial nobody has to tell the number of a document: no door is opened with it.
fn guest_fields(raw: Vec<raw::Field>, trial: bool) -> Checked<Vec<GuestField>> {
    let mut fields = fields("guest_field", raw)?;
    for (index, field) in fields.iter_mut().enumerate() {
        field.required &= !(trial && field.kind == FieldType::Document);
        if matches!(field.kind, FieldType::Other(_)) {
            return wrong(
                format!("guest_field.{index}.type"),
                format!("must be one of {}", FieldType::KNOWN.join(", ")),
            );
        }
        if (field.kind == FieldType::Choice) == field.options.is_empty() {
            return wrong(
                format!("guest_field.{index}.option"),
                "must name the answers of a choice, and only of a choice",
            );
        }
    }
    Ok(fields)
}

fn fields(table: &str, raw: Vec<raw::Field>) -> Checked<Vec<GuestField>> {
    let mut seen = BTreeSet::new();
    raw.into_iter()
        .enumerate()
        .map(|(index, field)| {
            let key = |name: &str| format!("{table}.{index}.{name}");
            id(&key("id"), &field.id)?;
            if !seen.insert(field.id.clone()) {
                return wrong(key("id"), "is used twice");
            }
            text(&key("label"), &field.label)?;
            text(&key("why"), &field.why)?;
            text(&key("seen_by"), &field.seen_by)?;
            Ok(GuestField {
                id: field.id,
                kind: FieldType::from(field.kind.as_str()),
                required: field.required,
                label: field.label,
                why: field.why,
                seen_by: field.seen_by,
                options: options(&key("option"), field.option)?,
            })
        })
        .collect()
}

fn options(at: &str, raw: Vec<raw::Choice>) -> Checked<Vec<FieldOption>> {
    raw.into_iter()
        .map(|option| {
            id(at, &option.id)?;
            text(at, &option.label)?;
            Ok(FieldOption {
                id: option.id,
                label: option.label,
            })
        })
        .collect()
}

fn house_rules(raw: Vec<raw::HouseRule>) -> Checked<Vec<HouseRule>> {
    raw.into_iter()
        .enumerate()
        .map(|(index, rule)| {
            id(&format!("house_rule.{index}.id"), &rule.id)?;
            text(&format!("house_rule.{index}.text"), &rule.text)?;
            Ok(HouseRule {
                id: rule.id,
                text: rule.text,
                must_accept: rule.must_accept,
            })
        })
        .collect()
}

fn origins(raw: Vec<String>) -> Checked<Vec<String>> {
    for origin in &raw {
        let rest = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"));
        let plain = rest.is_some_and(|host| {
            !host.is_empty()
                && host
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
        });
        if !plain {
            return wrong(
                "http.allowed_origins",
                format!(
                    "must hold origins such as \"https://example.com\", without a path; \"{origin}\" is none"
                ),
            );
        }
    }
    Ok(raw)
}

fn proxies(raw: &[String]) -> Checked<Vec<Network>> {
    raw.iter()
        .map(|text| {
            text.parse().or_else(|()| {
                wrong(
                    "http.trusted_proxies",
                    format!(
                        "must hold addresses or networks such as \"10.0.0.0/8\"; \"{text}\" is none"
                    ),
                )
            })
        })
        .collect()
}

pub(super) fn within(key: &str, value: u32, min: u32, max: u32) -> Checked<()> {
    if (min..=max).contains(&value) {
        Ok(())
    } else {
        wrong(key, format!("must be between {min} and {max}"))
    }
}

fn id(key: &str, value: &str) -> Checked<()> {
    // Ids stand in paths and in slot ids, where "/" separates.
    let plain = !value.is_empty()
        && value.len() <= 64
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if plain {
        Ok(())
    } else {
        wrong(key, "must be 1 to 64 letters, digits, \"-\" or \"_\"")
    }
}

fn text(key: &str, value: &Text) -> Checked<()> {
    if value.es.trim().is_empty() || value.en.trim().is_empty() {
        wrong(key, "must say something in es and in en")
    } else {
        Ok(())
    }
}

fn minutes(count: u32) -> SignedDuration {
    SignedDuration::from_mins(count.into())
}
