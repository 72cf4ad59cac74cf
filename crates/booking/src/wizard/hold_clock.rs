//! The time a hold has left, as the guest's own clock counts it down.

use super::{Confirming, Holding, WhyLost, Wizard};
use crate::message::{Announcement, Effect, Moment};

/// When the remaining time of a hold is said aloud, in minutes.
const MINUTES_ANNOUNCED: [u8; 3] = [5, 2, 1];

impl Wizard {
    pub(super) fn ticked(&mut self, moment: &Moment) -> Vec<Effect> {
        // While a confirmation may have gone through, only the server can say that the place is gone.
        let confirming = self.confirming.is_open();
        let Holding::Held(hold) = &mut self.holding else {
            return Vec::new();
        };
        hold.seen_ms = moment.now_ms;
        let ended = moment.now_ms >= hold.ends_ms;
        let unsure = self.sent.is_some()
            || matches!(&self.confirming, Confirming::NotBooked { why, .. } if why.outcome_unknown());
        if ended && !confirming && unsure {
            // A confirmation that was lost may have been carried out late: the server knows.
            return self.ask_what_became_of_it();
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
            Some(minute) if minute < hold.announced => {
                hold.announced = minute;
                vec![Effect::Announce(Announcement::HoldMinutesLeft(minute))]
            }
            _ => Vec::new(),
        }
    }
}
