//! Seatings: what the settings offer on a day, and the names they travel under.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::record::Seat;
use crate::settings::{Area, Room, Service, Settings};

/// A seating on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seating {
    /// What a reservation keeps of it.
    pub seat: Seat,
    /// Local start.
    pub time: Time,
    /// People it takes.
    pub places: u32,
    /// Of these, those that may be on hold at once.
    pub on_hold_at_most: u32,
    /// With this many places left, or fewer, it is LIMITED.
    pub limited_from: u32,
}

/// The opaque id of a seating's key.
pub fn opaque(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

/// Every seating of a day, by start.
pub fn on(settings: &Settings, date: Date) -> Vec<Seating> {
    let mut found = Vec::new();
    for service in &settings.services {
        if !service.weekdays.contains(&date.weekday()) {
            continue;
        }
        for time in &service.start_times {
            let rooms = settings.rooms(service).into_iter();
            found.extend(rooms.filter_map(|room| seating(settings, service, room, date, *time)));
        }
    }
    found.sort_by_key(|seating| seating.seat.starts_at);
    found
}

/// The seating an opaque id names, if the settings offer it.
pub fn find(settings: &Settings, opaque_id: &str) -> Option<Seating> {
    let key = URL_SAFE_NO_PAD
        .decode(opaque_id)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())?;
    let mut parts = key.split('/');
    let (service_id, date, time) = (
        parts.next()?,
        parse_date(parts.next()?)?,
        parse_time(parts.next()?)?,
    );
    let service = settings
        .services
        .iter()
        .find(|service| service.id == service_id)?;
    let offered = service.weekdays.contains(&date.weekday()) && service.start_times.contains(&time);
    // Comparing the key refuses what parses but was not made here, such as a fifth part.
    let mut rooms = settings.rooms(service).into_iter();
    rooms
        .find_map(|room| {
            seating(settings, service, room, date, time).filter(|found| found.seat.key == key)
        })
        .filter(|_| offered)
}

/// The seating of a reservation, if the settings still offer it.
pub fn of(settings: &Settings, seat: &Seat) -> Option<Seating> {
    find(settings, &opaque(&seat.key))
}

fn seating(
    settings: &Settings,
    service: &Service,
    (area, room): (Option<&Area>, Room),
    date: Date,
    time: Time,
) -> Option<Seating> {
    let mut key = format!("{}/{date}/{}", service.id, time.strftime("%H:%M"));
    if let Some(area) = area {
        key = format!("{key}/{}", area.id);
    }
    let starts_at = date
        .to_datetime(time)
        .to_zoned_datetime(settings.zone.clone())
        .ok()?
        .timestamp();
    Some(Seating {
        seat: Seat {
            key,
            date,
            service_id: service.id.clone(),
            area_id: area.map(|area| area.id.clone()),
            starts_at,
            ends_at: starts_at.checked_add(service.duration).ok()?,
            cancellable_until: starts_at.checked_sub(settings.cancellation_cutoff).ok()?,
        },
        time,
        places: room.places,
        on_hold_at_most: settings.on_hold_at_most(room.places),
        limited_from: room.limited_from,
    })
}

/// Today at the venue.
pub fn today(settings: &Settings, now: Timestamp) -> Date {
    now.to_zoned_datetime(settings.zone.clone()).date()
}

/// The last day that can be booked.
pub fn last_day(settings: &Settings, now: Timestamp) -> Date {
    today(settings, now).saturating_add(i64::from(settings.max_days_ahead).days())
}

/// `YYYY-MM-DD` and nothing else.
pub fn parse_date(text: &str) -> Option<Date> {
    let shaped = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    shaped.then(|| text.parse().ok()).flatten()
}

/// `HH:MM` and nothing else.
pub fn parse_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let number = |part: &str| {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i8>().ok())
            .flatten()
    };
    Time::new(number(hour)?, number(minute)?, 0, 0).ok()
}

/// RFC 3339 with the venue's own offset, to the second.
pub fn told(zone: &TimeZone, instant: Timestamp) -> String {
    instant
        .to_zoned_datetime(zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::settings::DEFAULT;

    fn settings() -> Settings {
        Settings::parse("default", DEFAULT).unwrap()
    }

    #[test]
    fn instants_carry_the_venue_s_offset() {
        let settings = settings();
        let seating = &on(&settings, "2026-12-05".parse().unwrap())[0];
        assert_eq!(
            told(&settings.zone, seating.seat.starts_at),
            "2026-12-05T19:00:00-05:00"
        );
        assert_eq!(
            told(&settings.zone, seating.seat.ends_at),
            "2026-12-05T20:50:00-05:00"
        );
        assert_eq!(
            told(&settings.zone, seating.seat.cancellable_until),
            "2026-12-04T19:00:00-05:00"
        );
    }

    #[test]
    fn impossible_days_and_times_are_none() {
        for text in [
            "2026-02-30",
            "2026-2-3",
            "20260203",
            "",
            "2026-12-05T10",
            "+002026-12",
            "９０26-12-05",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        for text in ["24:00", "9:00", "19:60", "19", "19:00:00", "-1:00"] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn ids_lead_back_to_their_seating(offset in 0_i32..4000) {
            let settings = settings();
            let date = jiff::civil::date(2026, 1, 1).saturating_add(offset.days());
            let seatings = on(&settings, date);
            prop_assert_eq!(seatings.is_empty(), date.weekday() == jiff::civil::Weekday::Monday);
            for seating in seatings {
                prop_assert_eq!(find(&settings, &opaque(&seating.seat.key)), Some(seating));
            }
        }

        #[test]
        fn other_ids_lead_nowhere(text in "\\PC{0,40}") {
            let settings = settings();
            prop_assert_eq!(find(&settings, &text), None);
            prop_assert_eq!(find(&settings, &opaque(&text)), None);
            prop_assert_eq!(find(&settings, &opaque(&format!("dinner/2026-12-05/19:00{text}x"))), None);
        }
    }
}
