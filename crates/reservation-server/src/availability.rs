//! What is free, worked out from the settings, the clock and what is taken. Pure.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use reservation_contract::availability::{Availability, Calendar, CalendarDay, Slot};
use reservation_contract::words::{AvailabilityStatus, Reason};

use crate::seating::{self, Seating};
use crate::settings::Settings;

/// How many alternatives an answer offers.
const ALTERNATIVES: usize = 4;

/// What is taken, by seating key.
pub type Occupancy = HashMap<String, Taken>;

/// What is taken of a seating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// People with a booking.
    pub booked: u32,
    /// People on hold.
    pub held: u32,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// People.
    pub party: u32,
    /// Only this service.
    pub service_id: Option<&'a str>,
    /// Only this area.
    pub area_id: Option<&'a str>,
    /// Only this local start.
    pub time: Option<jiff::civil::Time>,
}

/// Settings, clock and occupancy together.
#[derive(Clone, Copy, Debug)]
pub struct Book<'a> {
    /// Settings.
    pub settings: &'a Settings,
    /// Now.
    pub now: Timestamp,
    /// What is taken.
    pub taken: &'a Occupancy,
}

impl Book<'_> {
    /// The calendar of a range of days, both ends included.
    pub fn calendar(&self, from: Date, to: Date, question: &Question<'_>) -> Calendar {
        let mut days = Vec::new();
        let mut date = from;
        while date <= to {
            let (status, reason) = self.day(date, question);
            days.push(CalendarDay {
                date: date.to_string(),
                status,
                reason,
            });
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        let today = seating::today(self.settings, self.now);
        let first = (0..=i64::from(self.settings.max_days_ahead))
            .map(|offset| today.saturating_add(offset.days()))
            .find(|date| bookable(&self.day(*date, question).0));
        Calendar {
            days,
            first_available: first.map(|date| date.to_string()),
        }
    }

    /// The seatings of a day.
    pub fn availability(&self, date: Date, question: &Question<'_>) -> Availability {
        let (status, reason) = self.day(date, question);
        let slots: Vec<Slot> = self
            .seatings(date, question)
            .iter()
            .map(|seating| self.slot(seating, question.party))
            .collect();
        let alternatives = if bookable(&status) {
            Vec::new()
        } else {
            self.alternatives(date, None, question)
        };
        Availability {
            server_time: seating::told(&self.settings.zone, self.now),
            slots,
            alternatives,
            reason,
        }
    }

    /// Free seatings near a day: first those of the day itself, then of the nearest days, the
    /// earlier of two equally near ones first.
    pub fn alternatives(
        &self,
        around: Date,
        not: Option<&str>,
        question: &Question<'_>,
    ) -> Vec<Slot> {
        // The same hour in another part of the house is nearer than another evening.
        let anywhere = Question {
            time: None,
            area_id: None,
            ..question.clone()
        };
        let (today, last) = (
            seating::today(self.settings, self.now),
            seating::last_day(self.settings, self.now),
        );
        let around = around.clamp(today, last);
        (0..=i64::from(self.settings.max_days_ahead))
            .flat_map(|distance| {
                let before = (distance > 0).then(|| around.saturating_sub(distance.days()));
                before
                    .into_iter()
                    .chain([around.saturating_add(distance.days())])
            })
            .filter(|date| (today..=last).contains(date))
            .flat_map(|date| self.seatings(date, &anywhere))
            .filter(|seating| Some(seating.seat.key.as_str()) != not)
            .map(|seating| self.slot(&seating, question.party))
            .filter(|slot| bookable(&slot.status))
            .take(ALTERNATIVES)
            .collect()
    }

    /// A day's status, and why not.
    fn day(&self, date: Date, question: &Question<'_>) -> (AvailabilityStatus, Option<Reason>) {
        let outside = |reason| (AvailabilityStatus::OutsideWindow, Some(reason));
        if date < seating::today(self.settings, self.now) {
            return outside(Reason::Past);
        }
        if date > seating::last_day(self.settings, self.now) {
            return outside(Reason::TooFar);
        }
        let found = self
            .seatings(date, question)
            .into_iter()
            .map(|seating| self.status(&seating, question.party));
        // The best seating speaks for the day.
        found
            .min_by_key(|(status, reason)| rank(status, reason.as_ref()))
            .unwrap_or_else(|| {
                let open = !seating::on(self.settings, date).is_empty();
                (
                    AvailabilityStatus::Closed,
                    Some(if open {
                        Reason::NotOffered
                    } else {
                        Reason::ClosedWeekday
                    }),
                )
            })
    }

    fn seatings(&self, date: Date, question: &Question<'_>) -> Vec<Seating> {
        let inside = (seating::today(self.settings, self.now)
            ..=seating::last_day(self.settings, self.now))
            .contains(&date);
        let all = if inside {
            seating::on(self.settings, date)
        } else {
            Vec::new()
        };
        all.into_iter()
            .filter(|seating| {
                question
                    .service_id
                    .is_none_or(|id| id == seating.seat.service_id)
            })
            .filter(|seating| {
                let area = seating.seat.area_id.as_deref();
                question.area_id.is_none_or(|id| Some(id) == area)
            })
            .filter(|seating| question.time.is_none_or(|time| time == seating.time))
            .collect()
    }

    fn status(&self, seating: &Seating, party: u32) -> (AvailabilityStatus, Option<Reason>) {
        if let Some(reason) = outside_window(self.settings, seating, self.now) {
            return (AvailabilityStatus::OutsideWindow, Some(reason));
        }
        let taken = self
            .taken
            .get(&seating.seat.key)
            .copied()
            .unwrap_or_default();
        let unbooked = seating.places.saturating_sub(taken.booked);
        let holdable = seating.on_hold_at_most.saturating_sub(taken.held);
        let free = unbooked.saturating_sub(taken.held);
        if free < party || holdable < party {
            let reason = if unbooked >= party {
                Reason::Held
            } else if free > 0 {
                Reason::NotEnoughPlaces
            } else {
                Reason::Full
            };
            return (AvailabilityStatus::SoldOut, Some(reason));
        }
        let limited = free <= seating.limited_from;
        (
            if limited {
                AvailabilityStatus::Limited
            } else {
                AvailabilityStatus::Available
            },
            None,
        )
    }

    fn slot(&self, seating: &Seating, party: u32) -> Slot {
        let zone = &self.settings.zone;
        Slot {
            id: seating::opaque(&seating.seat.key),
            starts_at: seating::told(zone, seating.seat.starts_at),
            ends_at: seating::told(zone, seating.seat.ends_at),
            status: self.status(seating, party).0,
            service_id: seating.seat.service_id.clone(),
            area_id: seating.seat.area_id.clone(),
            confirmation_mode: self.settings.confirmation(&seating.seat.service_id),
            cancellable_until: seating::told(zone, seating.seat.cancellable_until),
        }
    }
}

/// Why a seating is outside the booking window, if it is.
pub fn outside_window(settings: &Settings, seating: &Seating, now: Timestamp) -> Option<Reason> {
    let start = seating.seat.starts_at;
    if start <= now {
        Some(Reason::Past)
    } else if start.duration_since(now) < settings.min_notice {
        Some(Reason::TooSoon)
    } else if seating.seat.date > seating::last_day(settings, now) {
        Some(Reason::TooFar)
    } else {
        None
    }
}

fn bookable(status: &AvailabilityStatus) -> bool {
    matches!(
        status,
        AvailabilityStatus::Available | AvailabilityStatus::Limited
    )
}

/// Smaller is better news for the guest.
fn rank(status: &AvailabilityStatus, reason: Option<&Reason>) -> u8 {
    match (status, reason) {
        (AvailabilityStatus::Available, _) => 0,
        (AvailabilityStatus::Limited, _) => 1,
        (_, Some(Reason::Held)) => 2,
        (_, Some(Reason::NotEnoughPlaces)) => 3,
        (_, Some(Reason::Full)) => 4,
        (_, Some(Reason::TooSoon)) => 5,
        _ => 6,
    }
}

#[cfg(test)]
mod tests;
