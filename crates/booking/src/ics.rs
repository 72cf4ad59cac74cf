//! The evening as a calendar file (RFC 5545), in the venue's own time wherever the phone is.
//!
//! It carries neither a guest's name nor what opens the reservation: calendars are shared, synchronized
//! and read aloud.

use crate::availability::Slot;
use crate::civil::{Date, LocalTime};
use crate::reservation::{Reservation, Status};

/// Octets of a line before it is folded.
const LINE: usize = 75;

/// The zone whose rules are known here: five hours behind UTC, and since 1993 without summer time.
const BOGOTA: &str = "America/Bogota";
const BOGOTA_MINUTES: i64 = -300;
const BOGOTA_RULES: &str = "BEGIN:VTIMEZONE\r\nTZID:America/Bogota\r\nBEGIN:STANDARD\r\n\
    DTSTART:19930207T000000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nTZNAME:-05\r\n\
    END:STANDARD\r\nEND:VTIMEZONE\r\n";

/// The words of an entry; whoever has the calendar reads them.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// What it is.
    pub summary: &'a str,
    /// Where it is.
    pub location: &'a str,
    /// What else is worth knowing there.
    pub description: &'a str,
}

/// The calendar file of a reservation, at a venue in this time zone, written at this instant.
pub fn calendar(reservation: &Reservation, zone: &str, now_ms: i64, words: &Words<'_>) -> String {
    let mut file = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//INTERNO//ES\r\n");
    let slot = &reservation.slot;
    let starts = wall_minutes(slot);
    let bogota = zone == BOGOTA && starts - slot.starts_ms.div_euclid(60_000) == BOGOTA_MINUTES;
    if bogota {
        file.push_str(BOGOTA_RULES);
    }
    let (starts, zone, mark) = if bogota {
        (starts, ";TZID=America/Bogota:", "")
    } else {
        // Of other zones no rules are known here; an instant is right in all of them.
        (slot.starts_ms.div_euclid(60_000), ":", "Z")
    };
    let ends = lasts(slot).and_then(|minutes| starts.checked_add(minutes));
    let status = match reservation.status {
        Status::Confirmed | Status::Redeemed => "CONFIRMED",
        Status::Pending | Status::OnHold => "TENTATIVE",
        _ => "CANCELLED",
    };
    let now = moment(now_ms.div_euclid(60_000)).unwrap_or_default();
    let version = reservation.version.to_string();
    let mut add = |name: &str, value: &[&str]| line(&mut file, &[name, &value.concat()].concat());
    add("BEGIN:", &["VEVENT"]);
    add("UID:", &[&escaped(&reservation.access.id), "@interno"]);
    add("DTSTAMP:", &[&now, "Z"]);
    add("SEQUENCE:", &[&version]);
    for (name, minutes) in [("DTSTART", Some(starts)), ("DTEND", ends)] {
        if let Some(moment) = minutes.and_then(moment) {
            add(name, &[zone, &moment, mark]);
        }
    }
    add("STATUS:", &[status]);
    add("SUMMARY:", &[&escaped(words.summary)]);
    add("LOCATION:", &[&escaped(words.location)]);
    add("DESCRIPTION:", &[&escaped(words.description)]);
    add("END:", &["VEVENT"]);
    add("END:", &["VCALENDAR"]);
    file
}

/// The minutes since 1970 as the venue's wall counts them.
fn wall_minutes(slot: &Slot) -> i64 {
    i64::from(slot.date.days_since_epoch()) * 1_440 + minute_of_day(slot.starts)
}

fn minute_of_day(time: LocalTime) -> i64 {
    i64::from(time.hour) * 60 + i64::from(time.minute)
}

/// How many minutes the table is theirs; `None` where the API does not say.
fn lasts(slot: &Slot) -> Option<i64> {
    let told = slot.ends_ms.and_then(|end| end.checked_sub(slot.starts_ms));
    let told = told.map(|ms| ms.div_euclid(60_000));
    // One that ends before it starts ends on the next day.
    let on_the_wall = slot
        .ends
        .map(|ends| (minute_of_day(ends) - minute_of_day(slot.starts)).rem_euclid(1_440));
    told.or(on_the_wall).filter(|minutes| *minutes > 0)
}

/// A minute since 1970 as the file writes it; `None` past the calendar's ends.
fn moment(minutes: i64) -> Option<String> {
    let days = i32::try_from(minutes.div_euclid(1_440)).ok()?;
    let date = Date::from_days_since_epoch(days)?.to_string();
    let minute = minutes.rem_euclid(1_440);
    let part = |part: i64| u8::try_from(part).ok();
    let time = LocalTime::new(part(minute / 60)?, part(minute % 60)?)?.to_string();
    let mut moment = String::with_capacity(16);
    for letter in [&date, "T", &time].concat().chars() {
        if !matches!(letter, '-' | ':') {
            moment.push(letter);
        }
    }
    moment.push_str("00");
    Some(moment)
}

/// A text as a value: its own marks made harmless, lines kept, other control characters left out.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                value.push('\\');
                value.push(letter);
            }
            '\n' => value.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => value.push(letter),
        }
    }
    value
}

/// A line, folded at 75 octets and never inside a letter.
fn line(file: &mut String, line: &str) {
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > LINE {
            file.push_str("\r\n ");
            width = 1;
        }
        file.push(letter);
        width += letter.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
#[path = "ics_tests.rs"]
mod tests;
