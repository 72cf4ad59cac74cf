//! What somebody does who is told to look at her e-mail.

use booking::{Event, SavedHold};

use super::Wish;
use crate::evening::Evening;

/// How long somebody watches her e-mail before she believes that nothing comes.
const WATCHES_MS: i64 = 60_000;

impl Evening {
    /// Whether a confirmation has come by e-mail to whoever is in doubt at a tab.
    pub fn mail_has_come(&mut self, who: usize) -> bool {
        let wizard = &self.phone(who).wizard;
        let held = match wizard.saved().hold {
            Some(SavedHold::Made { access, .. }) if wizard.is_lost() => access.id,
            _ => return false,
        };
        let mut records = self.server.records.iter();
        records.any(|record| record.held == held && record.state.is_booked())
    }

    pub(super) fn wish_of_the_lost(&mut self, who: usize) -> Wish {
        if self.mail_has_come(who) {
            let more = self.acts_left > 0 && self.dice.one_in(2);
            return if more {
                Wish::act(Event::StartedOver)
            } else {
                Wish::Wait
            };
        }
        let watched_ms = self.now_ms - self.phone(who).confirmed_ms;
        // In the end nothing is on its way any more.
        let over = self.acts_left == 0 && self.is_quiet();
        if over || watched_ms > WATCHES_MS {
            return Wish::act(Event::NothingCame);
        }
        Wish::Wait
    }
}
