//! What somebody does who would wait for a full night.

use booking::wizard::Stands;
use booking::{Event, GuestField};

use super::Wish;
use super::wish::proper;
use crate::evening::Evening;

impl Evening {
    /// What the page of a full night offers to somebody who would wait; nothing where there is no list.
    pub(super) fn wish_to_wait(&mut self, who: usize) -> Option<Wish> {
        let would = self.acts_left > 0 && !self.dice.one_in(10);
        let leaves = self.dice.one_in(6);
        let wizard = &self.phone(who).wizard;
        if !would || !wizard.may_wait() {
            return None;
        }
        if let Some(place) = wizard.listed() {
            return match place.stands {
                Stands::Unheard => Some(Wish::act(Event::RetryPressed)),
                _ => leaves.then(|| Wish::act(Event::StopWaitingPressed)),
            };
        }
        if !wizard.waiting().open {
            return Some(Wish::act(Event::WaitOpened));
        }
        let guest = &wizard.draft().guest;
        let missing = GuestField::ALL
            .into_iter()
            .find(|field| guest.get(*field).is_empty());
        Some(Wish::act(match missing {
            Some(field) => Event::GuestChanged(field, proper(field)),
            None if !wizard.draft().consents.waiting => {
                let mut consents = wizard.draft().consents.clone();
                consents.waiting = true;
                Event::ConsentChanged(consents)
            }
            None if leaves && self.dice.one_in(2) => self.writing(),
            None => Event::WaitPressed,
        }))
    }

    /// The house has told somebody, or gives up.
    pub(super) fn cross_off(&mut self) {
        let now_ms = self.now_ms;
        if let Some(entry) = self.server.entries.last_mut() {
            entry.left_ms = entry.left_ms.or(Some(now_ms));
            self.tell(format_args!("server: crosses somebody off the list"));
        }
    }
}
