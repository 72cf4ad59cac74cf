//! The venue's wall clock, and which seatings may stand in for another: the same for every API whose
//! answers are made of bare times.

use booking::failure::Refusal;
use booking::{Date, Failure, LocalTime, Slot, SlotId, civil};

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

/// A time as the venue's wall shows it. Where it comes without an offset, or with another's, that is known
/// of one zone only; of others it is read as it is written.
pub fn on_the_wall(text: &str, zone: &str) -> Option<(Date, LocalTime, i64)> {
    if zone != BOGOTA {
        let (date, time) = civil::wall_clock(text)?;
        return Some((date, time, civil::instant_ms(text)?));
    }
    let bare = || civil::instant_ms(&[text, "-05:00"].concat());
    let ms = civil::instant_ms(text).or_else(bare)?;
    let (date, time) = clock(ms + BOGOTA_MS)?;
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
