//! From what was written to what can be relied on.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use reservation_contract::Text;
use reservation_contract::venue::{GuestField, HouseRule};
use reservation_contract::words::{FieldType, Mode};

use super::{Service, Settings, raw};

/// A wrong value.
#[derive(Debug)]
pub(super) struct Wrong {
    /// Dotted path, such as `service.0.places`.
    pub key: String,
    /// What is wrong, after the key in a sentence.
    pub why: String,
}

type Checked<T> = Result<T, Wrong>;

fn wrong<T>(key: impl Into<String>, why: impl Into<String>) -> Checked<T> {
    Err(Wrong {
        key: key.into(),
        why: why.into(),
    })
}

/// The ids of `guest` in a confirm; the contract fixes them.
pub(crate) const LEAD_IDS: [(&str, FieldType); 4] = [
    ("givenName", FieldType::Name),
    ("familyName", FieldType::Name),
    ("email", FieldType::Email),
    ("phone", FieldType::Phone),
];

pub(super) fn check(file: raw::File) -> Checked<Settings> {
    let mode = match Mode::from(file.venue.mode.as_str()) {
        Mode::Other(_) => return wrong("venue.mode", "must be \"live\" or \"trial\""),
        known => known,
    };
    if mode == Mode::Trial && file.venue.notice.is_none() {
        return wrong(
            "venue.notice",
            "is missing: a trial must say that no table is waiting",
        );
    }
    id("venue.id", &file.venue.id)?;
    text("venue.name", &file.venue.name)?;
    if let Some(notice) = &file.venue.notice {
        text("venue.notice", notice)?;
    }
    if file.venue.currency.len() != 3
        || !file
            .venue
            .currency
            .bytes()
            .all(|letter| letter.is_ascii_uppercase())
    {
        return wrong(
            "venue.currency",
            "must be three capital letters such as COP",
        );
    }
    let Ok(zone) = TimeZone::get(&file.venue.time_zone) else {
        return wrong(
            "venue.time_zone",
            "must be an IANA name such as America/Bogota",
        );
    };
    let booking = file.booking;
    within("booking.party_min", booking.party_min, 1, 1000)?;
    within(
        "booking.party_max",
        booking.party_max,
        booking.party_min,
        1000,
    )?;
    within(
        "booking.min_notice_minutes",
        booking.min_notice_minutes,
        0,
        525_600,
    )?;
    within("booking.max_days_ahead", booking.max_days_ahead, 1, 730)?;
    within(
        "booking.cancellation_cutoff_minutes",
        booking.cancellation_cutoff_minutes,
        0,
        525_600,
    )?;
    within("hold.ttl_seconds", file.hold.ttl_seconds, 1, 86_400)?;
    within("hold.max_extensions", file.hold.max_extensions, 0, 100)?;
    within(
        "hold.extension_seconds",
        file.hold.extension_seconds,
        1,
        86_400,
    )?;
    within(
        "privacy.retention_days",
        file.privacy.retention_days,
        0,
        3_650,
    )?;
    within(
        "limits.writes_per_minute",
        file.limits.writes_per_minute,
        1,
        1_000_000,
    )?;

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
        hold_ttl: SignedDuration::from_secs(file.hold.ttl_seconds.into()),
        max_extensions: file.hold.max_extensions,
        extension: SignedDuration::from_secs(file.hold.extension_seconds.into()),
        services: services(file.service)?,
        lead_fields: lead_fields(file.lead_field)?,
        guest_fields: guest_fields(file.guest_field)?,
        house_rules: house_rules(file.house_rule)?,
        retention: SignedDuration::from_hours(24 * i64::from(file.privacy.retention_days)),
        allowed_origins: origins(file.http.allowed_origins)?,
        trusted_proxies: proxies(&file.http.trusted_proxies)?,
        writes_per_minute: file.limits.writes_per_minute,
    })
}

fn services(raw: Vec<raw::Service>) -> Checked<Vec<Service>> {
    if raw.is_empty() {
        return wrong("service", "must name at least one service");
    }
    let mut seen = BTreeSet::new();
    raw.into_iter()
        .enumerate()
        .map(|(index, service)| {
            let key = |name: &str| format!("service.{index}.{name}");
            id(&key("id"), &service.id)?;
            if !seen.insert(service.id.clone()) {
                return wrong(key("id"), "is used twice");
            }
            text(&key("name"), &service.name)?;
            within(&key("duration_minutes"), service.duration_minutes, 1, 1_440)?;
            within(&key("places"), service.places, 1, 100_000)?;
            within(
                &key("limited_from"),
                service.limited_from,
                0,
                service.places,
            )?;
            let Some(weekdays) = service
                .weekdays
                .iter()
                .map(|day| weekday(day))
                .collect::<Option<Vec<_>>>()
            else {
                return wrong(
                    key("weekdays"),
                    "must be English weekdays such as \"tuesday\"",
                );
            };
            let Some(start_times) = service
                .start_times
                .iter()
                .map(|time| local_time(time))
                .collect::<Option<Vec<_>>>()
            else {
                return wrong(key("start_times"), "must be local times such as \"19:00\"");
            };
            if weekdays.is_empty() {
                return wrong(key("weekdays"), "must name at least one day");
            }
            if start_times.is_empty() || !start_times.is_sorted_by(|a, b| a < b) {
                return wrong(
                    key("start_times"),
                    "must hold at least one time, in ascending order",
                );
            }
            Ok(Service {
                id: service.id,
                name: service.name,
                weekdays,
                start_times,
                duration: minutes(service.duration_minutes),
                places: service.places,
                limited_from: service.limited_from,
            })
        })
        .collect()
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

fn guest_fields(raw: Vec<raw::Field>) -> Checked<Vec<GuestField>> {
    let fields = fields("guest_field", raw)?;
    for (index, field) in fields.iter().enumerate() {
        let taken = [
            FieldType::Text,
            FieldType::Name,
            FieldType::Email,
            FieldType::Phone,
            FieldType::Date,
        ];
        if !taken.contains(&field.kind) {
            return wrong(
                format!("guest_field.{index}.type"),
                "must be text, name, email, phone or date; identity documents are not taken",
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
                options: Vec::new(),
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

fn proxies(raw: &[String]) -> Checked<Vec<super::Network>> {
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

fn within(key: &str, value: u32, min: u32, max: u32) -> Checked<()> {
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

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn local_time(text: &str) -> Option<Time> {
    crate::seating::parse_time(text)
}
