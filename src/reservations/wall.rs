//! The venue's wall clock, and which seatings may stand in for another: the same for every API whose
//! answers are made of bare times.

use booking::failure::Refusal;
use booking::{Date, Failure, LocalTime, Slot, SlotId, civil};

use crate::platform::zone;

/// The venue's wall in the zone whose rules this site knows, against Greenwich.
pub const BOGOTA: &str = "America/Bogota";
const BOGOTA_MS: i64 = -5 * 3_600_000;
/// More days or seatings than that nobody was asked for.
pub const MOST: usize = 500;
/// The most seatings that are offered in place of another.
const INSTEAD: usize = 6;

/// What a clock in Greenwich shows.
fn clock(ms: i64) -> Option<(Date, LocalTime)> {
    let minutes = ms.div_euclid(60_000);
    let day = i32::try_from(minutes.div_euclid(1_440)).ok()?;
    let (hour, minute) = (minutes.rem_euclid(1_440) / 60, minutes.rem_euclid(60));
    let time = LocalTime::new(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?)?;
    Some((Date::from_days_since_epoch(day)?, time))
}

/// How far the venue's clocks are ahead of Greenwich's at an instant.
fn ahead_ms(zone: &str, ms: i64) -> Option<i64> {
    if zone == BOGOTA {
        return Some(BOGOTA_MS);
    }
    zone::ahead_ms(zone, ms)
}

/// A time as the venue's wall shows it. One that comes without an offset is the wall's own. Where the
/// browser does not know the zone, it is read as it is written.
pub fn on_the_wall(text: &str, zone: &str) -> Option<(Date, LocalTime, i64)> {
    let bare = || {
        let wall = civil::instant_ms(&[text, "Z"].concat())?;
        // On a night on which clocks change, Greenwich's may be another offset than the one meant.
        let near = wall - ahead_ms(zone, wall)?;
        Some(wall - ahead_ms(zone, near)?)
    };
    let ms = civil::instant_ms(text).or_else(bare)?;
    let (date, time) = match ahead_ms(zone, ms) {
        Some(ahead) => clock(ms + ahead)?,
        None => civil::wall_clock(text)?,
    };
    Some((date, time, ms))
}

/// An instant as Greenwich writes it, to the minute.
pub fn in_greenwich(ms: i64) -> Option<String> {
    let (date, time) = clock(ms)?;
    Some([&date.to_string(), "T", &time.to_string(), ":00Z"].concat())
}

/// Puts a seating after those that come before it. There are few: a sorting algorithm would be a larger
/// download than all of them together.
pub fn insert(slots: &mut Vec<Slot>, slot: Slot, key: impl Fn(&Slot) -> i64) {
    let at = slots.iter().rposition(|known| key(known) <= key(&slot));
    slots.insert(at.map_or(0, |at| at + 1), slot);
}

/// Those of other nights that can be had, the nearest first.
pub fn nearest(slots: Vec<Slot>, night: Date) -> Vec<Slot> {
    let far = |slot: &Slot| {
        let days = slot.date.days_since_epoch() - night.days_since_epoch();
        i64::from(days.abs())
    };
    let mut free = Vec::new();
    for slot in slots {
        if slot.status.is_bookable() {
            insert(&mut free, slot, far);
        }
    }
    free.truncate(INSTEAD);
    free
}

/// What it means that a seating could not be had, now that it is known what there is around it.
pub fn instead(around: Vec<Slot>, night: Date, lost: Option<&SlotId>, why: Failure) -> Failure {
    let mut alternatives = nearest(around, night);
    let before = alternatives.len();
    if let Some(lost) = lost {
        alternatives.retain(|slot| slot.id != *lost);
    }
    match why {
        Failure::HoldExpired { .. } => Failure::HoldExpired { alternatives },
        // It is free, so it was refused for something else.
        Failure::NotModifiable | Failure::Refused(_) if alternatives.len() < before => {
            Failure::Refused(Vec::<Refusal>::new())
        }
        _ => Failure::SlotTaken { alternatives },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_elsewhere_shows_its_own_time_on_both_sides_of_a_change() {
        let shown = |text: &str, zone: &str| {
            let (date, time, ms) = on_the_wall(text, zone).unwrap();
            assert_eq!(
                on_the_wall(&in_greenwich(ms).unwrap(), zone),
                Some((date, time, ms))
            );
            (format!("{date} {time}"), ms)
        };
        // Clocks in Madrid go back on 25 October 2026, those in New York on 1 November.
        for (zone, text, wall) in [
            ("Europe/Madrid", "2026-10-24T19:30:00Z", "2026-10-24 21:30"),
            ("Europe/Madrid", "2026-10-25T20:30:00Z", "2026-10-25 21:30"),
            (
                "Europe/Madrid",
                "2026-10-25T21:30:00+01:00",
                "2026-10-25 21:30",
            ),
            ("Europe/Madrid", "2026-10-24T23:30:00Z", "2026-10-25 01:30"),
            (
                "America/New_York",
                "2026-10-31T23:00:00.000Z",
                "2026-10-31 19:00",
            ),
            (
                "America/New_York",
                "2026-11-02T00:00:00Z",
                "2026-11-01 19:00",
            ),
            ("Asia/Kathmandu", "2026-11-02T13:15:00Z", "2026-11-02 19:00"),
            (BOGOTA, "2026-11-28T00:00:00Z", "2026-11-27 19:00"),
        ] {
            let (shown_there, ms) = shown(text, zone);
            assert_eq!(shown_there, wall, "{zone}");
            // The same without an offset is the same moment.
            let bare = wall.replace(' ', "T") + ":00";
            assert_eq!(shown(&bare, zone), (wall.to_owned(), ms), "{zone}");
        }
        // An hour that the clocks leave out is still some moment, and nowhere is no zone of.
        assert!(on_the_wall("2026-03-29T02:30:00", "Europe/Madrid").is_some());
        let written = on_the_wall("2026-11-27T19:00:00+09:00", "Mars/Olympus").unwrap();
        assert_eq!(written.1.to_string(), "19:00");
        assert_eq!(on_the_wall("2026-11-27T19:00:00", "Mars/Olympus"), None);
    }
}
