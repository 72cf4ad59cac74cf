//! The calendar file (RFC 5545): the evening in the venue's own time zone, wherever the phone is.
//!
//! It carries no guest's name and no manage link: calendars are shared, synchronized and read aloud.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use reservation_contract::Text;
use reservation_contract::words::Mode;

use crate::record::{Record, Status};
use crate::settings::Settings;

/// Octets of a line before it is folded.
const LINE: usize = 75;

/// The calendar file of a reservation.
pub fn calendar(settings: &Settings, record: &Record, now: Timestamp) -> String {
    file(settings, record, now, None)
}

/// The same as it goes with a mail, whose program asks what to do with it (RFC 5546).
pub fn mailed(settings: &Settings, record: &Record, now: Timestamp) -> String {
    file(settings, record, now, Some("METHOD:PUBLISH"))
}

fn file(settings: &Settings, record: &Record, now: Timestamp, method: Option<&str>) -> String {
    let mut lines = Lines(String::new());
    let zone = &settings.zone;
    let status = match record.status_at(now) {
        Status::Confirmed | Status::Redeemed => "CONFIRMED",
        Status::OnHold | Status::Pending => "TENTATIVE",
        _ => "CANCELLED",
    };
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//reservation-server//EN");
    lines.add("CALSCALE:GREGORIAN");
    if let Some(method) = method {
        lines.add(method);
    }
    time_zone(&mut lines, settings, record);
    lines.add("BEGIN:VEVENT");
    lines.add(&format!("UID:{}@{}", record.id, settings.venue_id));
    lines.add(&format!("DTSTAMP:{}", utc(record.updated_at)));
    lines.add(&format!("SEQUENCE:{}", record.version));
    lines.add(&format!(
        "DTSTART;TZID={}:{}",
        settings.zone_name,
        local(zone, record.seat.starts_at)
    ));
    lines.add(&format!(
        "DTEND;TZID={}:{}",
        settings.zone_name,
        local(zone, record.seat.ends_at)
    ));
    lines.add(&format!("STATUS:{status}"));
    lines.add(&format!("SUMMARY:{}", escape(&summary(settings, record))));
    lines.add(&format!(
        "DESCRIPTION:{}",
        escape(&description(settings, record))
    ));
    lines.add("END:VEVENT");
    lines.add("END:VCALENDAR");
    lines.0
}

fn summary(settings: &Settings, record: &Record) -> String {
    let service = settings
        .services
        .iter()
        .find(|service| service.id == record.seat.service_id);
    let service = service.map_or("", |service| in_language(&service.name, record));
    let venue = in_language(&settings.name, record);
    let people = record.party_size;
    let trial = settings.mode == Mode::Trial;
    if record.locale == "es" {
        let word = if people == 1 { "persona" } else { "personas" };
        format!(
            "{}{service} en {venue}, {people} {word}",
            if trial { "Prueba: " } else { "" }
        )
    } else {
        let word = if people == 1 { "person" } else { "people" };
        format!(
            "{}{service} at {venue}, {people} {word}",
            if trial { "Trial: " } else { "" }
        )
    }
}

fn description(settings: &Settings, record: &Record) -> String {
    let word = if record.locale == "es" {
        "Referencia"
    } else {
        "Reference"
    };
    let notice = settings
        .notice
        .as_ref()
        .map(|notice| in_language(notice, record));
    match notice {
        Some(notice) => format!("{word}: {}\n{notice}", record.reference),
        None => format!("{word}: {}", record.reference),
    }
}

fn in_language<'a>(text: &'a Text, record: &Record) -> &'a str {
    if record.locale == "es" {
        &text.es
    } else {
        &text.en
    }
}

/// The part of the zone's history that the event touches: the change before it, and one during it.
fn time_zone(lines: &mut Lines, settings: &Settings, record: &Record) {
    let zone = &settings.zone;
    let (start, end) = (record.seat.starts_at, record.seat.ends_at);
    lines.add("BEGIN:VTIMEZONE");
    lines.add(&format!("TZID:{}", settings.zone_name));
    let before = zone
        .preceding(
            start
                .checked_add(jiff::SignedDuration::from_nanos(1))
                .unwrap_or(start),
        )
        .next();
    let during = zone
        .following(start)
        .next()
        .filter(|change| change.timestamp() < end);
    if before.is_none() {
        let offset = zone.to_offset_info(start);
        observance(
            lines,
            offset.dst().is_dst(),
            "19700101T000000",
            offset.offset(),
            offset.offset(),
            offset.abbreviation(),
        );
    }
    for change in before.into_iter().chain(during) {
        let at = change.timestamp();
        let earlier = at
            .checked_sub(jiff::SignedDuration::from_secs(1))
            .unwrap_or(at);
        let from = zone.to_offset(earlier);
        let onset = from.to_datetime(at).strftime("%Y%m%dT%H%M%S").to_string();
        observance(
            lines,
            change.dst().is_dst(),
            &onset,
            from,
            change.offset(),
            change.abbreviation(),
        );
    }
    lines.add("END:VTIMEZONE");
}

fn observance(
    lines: &mut Lines,
    dst: bool,
    onset: &str,
    from: jiff::tz::Offset,
    to: jiff::tz::Offset,
    name: &str,
) {
    let kind = if dst { "DAYLIGHT" } else { "STANDARD" };
    lines.add(&format!("BEGIN:{kind}"));
    lines.add(&format!("DTSTART:{onset}"));
    lines.add(&format!("TZOFFSETFROM:{}", offset(from)));
    lines.add(&format!("TZOFFSETTO:{}", offset(to)));
    lines.add(&format!("TZNAME:{}", escape(name)));
    lines.add(&format!("END:{kind}"));
}

fn offset(offset: jiff::tz::Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

fn local(zone: &TimeZone, instant: Timestamp) -> String {
    instant
        .to_zoned_datetime(zone.clone())
        .strftime("%Y%m%dT%H%M%S")
        .to_string()
}

fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Lines with CRLF, folded at 75 octets and never inside a letter.
struct Lines(String);

impl Lines {
    fn add(&mut self, line: &str) {
        let mut width = 0;
        for letter in line.chars() {
            if width + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(letter);
            width += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut lines = Lines(String::new());
        lines.add(&format!("SUMMARY:{}", "ñ".repeat(100)));
        for line in lines.0.trim_end().split("\r\n") {
            assert!(line.len() <= LINE, "{}", line.len());
        }
        assert_eq!(
            lines.0.replace("\r\n ", ""),
            format!("SUMMARY:{}\r\n", "ñ".repeat(100))
        );
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("a;b,c\\d\r\ne"), "a\\;b\\,c\\\\d\\ne");
    }
}
