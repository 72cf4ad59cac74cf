//! The time a hold has left, as the guest's own clock counts it down, and more of it.

use super::{Holding, WhyLost, Wizard};
use crate::failure::Failure;
use crate::message::{Announcement, Effect, Moment};
use crate::reservation::{Key, Reservation};

/// A tick that comes so much too early or too late, in milliseconds, tells of a phone that slept or of a
/// clock that was set.
const ODD_TICK_MS: std::ops::Range<i64> = -2_000..60_000;

/// When the remaining time of a hold is said aloud, in minutes.
const MINUTES_ANNOUNCED: [u8; 3] = [5, 2, 1];

impl Wizard {
    /// Whether a confirmation was sent whose answer stayed out: it may still be carried out.
    pub(super) fn is_unsure(&self) -> bool {
        self.sent.is_some() || self.doubtful.is_some()
    }

    pub(super) fn ticked(&mut self, moment: &Moment) -> Vec<Effect> {
        // While a confirmation may have gone through, only the server can say that the place is gone.
        let confirming = self.confirming.is_open();
        let Holding::Held(hold) = &mut self.holding else {
            return Vec::new();
        };
        let since = moment.now_ms - std::mem::replace(&mut hold.seen_ms, moment.now_ms);
        if !confirming && !hold.doubted && !ODD_TICK_MS.contains(&since) {
            // What this clock says of the end means nothing now: the server is asked.
            hold.doubted = true;
            let access = hold.access.clone();
            return vec![self.ask(access)];
        }
        // A wish for more time may have been granted already.
        let knows = !hold.doubted && hold.extending.is_none();
        let ended = knows && moment.now_ms >= hold.ends_ms;
        if ended && !confirming && self.is_unsure() {
            // A confirmation that was lost may have been carried out late: the server knows.
            return self.ask_what_became_of_it();
        }
        let Holding::Held(hold) = &mut self.holding else {
            return Vec::new();
        };
        if ended && !confirming && !hold.over {
            // It may have been lengthened without this tab having heard of it.
            hold.doubted = true;
            let access = hold.access.clone();
            return vec![self.ask(access)];
        }
        if ended && !confirming {
            let mut effects = self.lose(WhyLost::Expired, Vec::new());
            effects.push(Effect::Announce(Announcement::HoldEnded));
            return effects;
        }
        let minutes_left = hold.seconds_left().div_ceil(60);
        let due = MINUTES_ANNOUNCED
            .into_iter()
            .filter(|minute| u32::from(*minute) >= minutes_left)
            .min();
        match due {
            Some(minute) if minute < hold.announced && !hold.doubted => {
                hold.announced = minute;
                vec![Effect::Announce(Announcement::HoldMinutesLeft(minute))]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn extend(&mut self, moment: &Moment) -> Vec<Effect> {
        // While a confirmation is under way a new version would only make it fail.
        if self.confirming.is_under_way() {
            return Vec::new();
        }
        let Holding::Held(hold) = &mut self.holding else {
            return Vec::new();
        };
        if hold.extending.is_some() || hold.extensions_left == 0 {
            return Vec::new();
        }
        let key = moment.fresh_key.clone();
        hold.extending = Some(key.clone());
        vec![Effect::Extend {
            access: hold.access.clone(),
            version: hold.version,
            key,
        }]
    }

    pub(super) fn extend_arrived(
        &mut self,
        answered: &Key,
        result: Result<Reservation, Failure>,
        moment: &Moment,
    ) -> Vec<Effect> {
        let Holding::Held(hold) = &mut self.holding else {
            return Vec::new();
        };
        let asked = hold.extending.as_ref() == Some(answered);
        if asked {
            hold.extending = None;
        }
        match result {
            // What was known later stays: this answer was overtaken.
            Ok(reservation)
                if reservation.access == hold.access && reservation.version >= hold.version =>
            {
                let left = hold.extensions_left.saturating_sub(u8::from(asked));
                self.adopt(reservation, Some(left), moment)
            }
            // The answer is about a hold this tab gave back.
            Ok(_) => Vec::new(),
            Err(_) if !asked => Vec::new(),
            Err(Failure::HoldLimit) => {
                hold.extensions_left = 0;
                vec![self.save()]
            }
            // Unless a confirmation may have made a reservation of it: then only reading tells.
            Err(Failure::HoldExpired { alternatives }) if !self.confirming.is_open() => {
                self.lose(WhyLost::Expired, alternatives)
            }
            // The request may have counted: the server knows the new end and the new version.
            Err(_) => {
                // Until then its old end means nothing.
                hold.doubted = true;
                let access = hold.access.clone();
                vec![self.ask(access)]
            }
        }
    }
}
