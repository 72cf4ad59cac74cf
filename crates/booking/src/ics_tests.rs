//! The calendar file against the letter of RFC 5545, whatever names and clocks it is given.

use super::*;
use crate::availability::{SlotId, SlotStatus};
use crate::civil;
use crate::plan::Plan;
use crate::reservation::Access;
use proptest::prelude::*;

const NOW: i64 = 1_795_000_000_000;

fn evening(starts: &str, ends: Option<&str>) -> Reservation {
    let (date, time) = civil::wall_clock(starts).unwrap();
    Reservation {
        access: Access {
            id: "r-17".into(),
            token: "canary-token".into(),
        },
        reference: "KTMWRB".into(),
        status: Status::Confirmed,
        version: 3,
        slot: Slot {
            id: SlotId("s".into()),
            date,
            starts: time,
            ends: ends.and_then(civil::wall_clock).map(|(_, time)| time),
            starts_ms: civil::instant_ms(starts).unwrap(),
            ends_ms: ends.and_then(civil::instant_ms),
            status: SlotStatus::Closed,
            confirmed_later: false,
            cancellable_until_ms: None,
            area: None,
        },
        party: 2,
        answers: crate::Answers::default(),
        note: crate::Note::default(),
        blind: false,
        expires_ms: None,
        server_ms: None,
        name: Some("Canary Guest".into()),
        plan: Plan::default(),
    }
}

fn words<'a>(summary: &'a str, description: &'a str) -> Words<'a> {
    Words {
        summary,
        location: "Calle 39, San Diego; Cartagena",
        description,
    }
}

/// The lines of a file as a calendar reads them, unfolded.
fn read(file: &str) -> Vec<String> {
    assert!(file.ends_with("\r\n"));
    for line in file.split_terminator("\r\n") {
        assert!(line.len() <= LINE, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
    let whole = file.replace("\r\n ", "");
    whole.split_terminator("\r\n").map(str::to_owned).collect()
}

fn value<'f>(lines: &'f [String], name: &str) -> Option<&'f str> {
    let mut found = lines.iter().filter_map(|line| line.strip_prefix(name));
    let value = found.next();
    assert_eq!(found.next(), None, "{name} stands once");
    value
}

/// The text a value stands for.
fn text(value: &str) -> String {
    let mut letters = value.chars();
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next().unwrap() {
                'n' => text.push('\n'),
                other => text.push(other),
            },
            ';' | ',' => panic!("a mark of the format stands bare in {value}"),
            letter => text.push(letter),
        }
    }
    text
}

#[test]
fn the_evening_stands_in_the_venues_time_with_its_rules() {
    let evening = evening(
        "2026-12-05T19:00:00-05:00",
        Some("2026-12-05T20:50:00-05:00"),
    );
    let lines = read(&calendar(&evening, BOGOTA, NOW, &words("Cena", "KTMWRB")));
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//INTERNO//ES",
        "BEGIN:VTIMEZONE",
        "TZID:America/Bogota",
        "BEGIN:STANDARD",
        "DTSTART:19930207T000000",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "TZNAME:-05",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:r-17@interno",
        "DTSTAMP:20261118T110600Z",
        "SEQUENCE:3",
        "DTSTART;TZID=America/Bogota:20261205T190000",
        "DTEND;TZID=America/Bogota:20261205T205000",
        "STATUS:CONFIRMED",
        "SUMMARY:Cena",
        "LOCATION:Calle 39\\, San Diego\\; Cartagena",
        "DESCRIPTION:KTMWRB",
        "END:VEVENT",
        "END:VCALENDAR",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn the_rules_of_the_zone_are_those_of_the_time_zone_database() {
    let zone = jiff::tz::TimeZone::get(BOGOTA).unwrap();
    let onset: jiff::civil::DateTime = "1993-02-07T00:00:00".parse().unwrap();
    let onset = jiff::tz::offset(-4).to_timestamp(onset).unwrap();
    let last = zone
        .preceding("2100-01-01T00:00:00Z".parse().unwrap())
        .next();
    let last = last.unwrap();
    assert_eq!(last.timestamp(), onset);
    assert_eq!(i64::from(last.offset().seconds()), BOGOTA_MINUTES * 60);
}

#[test]
fn of_another_zone_only_the_instant_is_told() {
    for (zone, starts) in [
        ("Europe/London", "2026-07-01T19:00:00+01:00"),
        ("UTC", "2026-07-01T18:00:00Z"),
        // Whoever says Bogotá and counts otherwise is not taken at the name.
        (BOGOTA, "2026-07-01T14:00:00-04:00"),
    ] {
        let evening = evening(starts, None);
        let file = calendar(&evening, zone, NOW, &words("Dinner", ""));
        let lines = read(&file);
        assert_eq!(value(&lines, "DTSTART:"), Some("20260701T180000Z"));
        assert_eq!(value(&lines, "DTEND"), None, "nobody said when it ends");
        assert!(!file.contains("TZID"));
    }
}

#[test]
fn a_seating_past_midnight_ends_on_the_next_day() {
    let mut evening = evening(
        "2026-12-31T22:30:00-05:00",
        Some("2027-01-01T00:20:00-05:00"),
    );
    for ends_ms in [evening.slot.ends_ms, None] {
        evening.slot.ends_ms = ends_ms;
        let lines = read(&calendar(&evening, BOGOTA, NOW, &words("Cena", "")));
        let ends = value(&lines, "DTEND;TZID=America/Bogota:");
        assert_eq!(ends, Some("20270101T002000"));
    }
}

#[test]
fn what_is_not_certain_is_not_called_confirmed() {
    let mut evening = evening("2026-12-05T19:00:00-05:00", None);
    for (status, word) in [
        (Status::Pending, "TENTATIVE"),
        (Status::Confirmed, "CONFIRMED"),
        (Status::Cancelled, "CANCELLED"),
        (Status::Unknown, "CANCELLED"),
    ] {
        evening.status = status;
        let lines = read(&calendar(&evening, BOGOTA, NOW, &words("Cena", "")));
        assert_eq!(value(&lines, "STATUS:"), Some(word), "{status:?}");
    }
}

proptest! {
    #[test]
    fn any_words_come_back_whole_from_lines_that_are_short_enough(
        summary in "\\PC{0,120}",
        description in "([\\PC\n]|[;,\\\\ñ\u{1F37D}]){0,200}",
    ) {
        let evening = evening("2026-12-05T19:00:00-05:00", None);
        let file = calendar(&evening, BOGOTA, NOW, &words(&summary, &description));
        let lines = read(&file);
        prop_assert_eq!(text(value(&lines, "SUMMARY:").unwrap()), summary);
        prop_assert_eq!(text(value(&lines, "DESCRIPTION:").unwrap()), description);
    }

    #[test]
    fn nothing_an_api_says_adds_a_line_or_tells_a_secret(
        id in "(?s).{0,90}",
        starts_ms in any::<i64>(),
        ends_ms in any::<Option<i64>>(),
        now in any::<i64>(),
        version in any::<u64>(),
        zone in ".{0,20}",
    ) {
        let mut evening = evening("2026-12-05T19:00:00-05:00", None);
        evening.access.id = id;
        evening.slot.starts_ms = starts_ms;
        evening.slot.ends_ms = ends_ms;
        evening.version = version;
        let file = calendar(&evening, &zone, now, &words("Cena\r\nATTENDEE:x", "a\rb"));
        prop_assert!(!file.contains("canary") && !file.contains("Canary"));
        let lines = read(&file);
        prop_assert!(!lines.iter().any(|line| line.starts_with("ATTENDEE")));
        prop_assert_eq!(lines.iter().filter(|line| line.starts_with("BEGIN:")).count(), 2);
    }
}
