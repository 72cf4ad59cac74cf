//! Carrying a change to the server, once, whatever the network does.

use super::{Doing, Manage, ManageEffect, Sending, Wish};
use crate::Remote;
use crate::failure::Failure;
use crate::message::Moment;
use crate::reservation::{Key, Reservation};

/// How often the server is asked by itself whether a lost change went through.
const CHECKS: u8 = 3;
/// How long to wait before the second of these, in milliseconds; doubled for the next one.
const CHECK_MS: u32 = 1_000;

impl Manage {
    /// Sends the change, unless nothing is to be otherwise or it may have gone through already.
    pub(super) fn send(&mut self, moment: &Moment) -> Vec<ManageEffect> {
        let asks = self.asks_everybody();
        let (Doing::Changing(change), Some(now)) = (&mut self.doing, self.reservation.ready())
        else {
            return Vec::new();
        };
        if change.is_unknown() {
            return self.check(0);
        }
        if !change.differs(now) {
            return self.leave();
        }
        if let Some(question) = change.must_ask(now, asks) {
            change.go_on(question);
            return vec![ManageEffect::FocusHeading];
        }
        let key = change.key.get_or_insert_with(|| moment.fresh_key.clone());
        let key = key.clone();
        let wish = Wish {
            access: now.access.clone(),
            version: now.version,
            key,
            slot: change.new_slot(now),
            party: change.new_party(now),
            guests: change.who_comes(now, asks),
            plan: change.new_plan(now),
            note: change.new_note(now),
        };
        change.sending = Sending::Sent;
        vec![ManageEffect::Change(Box::new(wish))]
    }

    pub(super) fn change_arrived(
        &mut self,
        key: &Key,
        result: Result<Reservation, Failure>,
    ) -> Vec<ManageEffect> {
        let Doing::Changing(change) = &mut self.doing else {
            return Vec::new();
        };
        // An answer that is late, or about another link's reservation.
        if !matches!(change.sending, Sending::Sent) || change.key.as_ref() != Some(key) {
            return Vec::new();
        }
        match result {
            // Somebody else may have changed it since.
            Ok(_) => return self.checked(result),
            // What is there now decides what there is to do.
            Err(failure) if failure.outcome_unknown() || matches!(failure, Failure::Changed) => {
                return self.check(0);
            }
            Err(Failure::NotFound) => self.lose(),
            // A refusal is remembered with its key.
            Err(failure) => {
                change.key = None;
                change.sending = Sending::Refused(failure);
            }
        }
        vec![ManageEffect::FocusNotice]
    }

    /// Asks what the server has.
    fn check(&mut self, checks: u8) -> Vec<ManageEffect> {
        if let Doing::Changing(change) = &mut self.doing {
            change.sending = Sending::Checking(checks);
        }
        let first = (checks == 0).then_some(ManageEffect::FocusNotice);
        self.ask().into_iter().chain(first).collect()
    }

    pub(super) fn check_due(&mut self, question: u32) -> Vec<ManageEffect> {
        match &self.doing {
            Doing::Changing(change) if question == self.asked => match change.sending {
                Sending::Checking(checks) => self.check(checks),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// What the server has after a change was sent.
    pub(super) fn checked(&mut self, result: Result<Reservation, Failure>) -> Vec<ManageEffect> {
        let (Doing::Changing(change), Some(seen)) = (&mut self.doing, self.reservation.ready())
        else {
            return Vec::new();
        };
        match result {
            Ok(now) if !change.differs(&now) => {
                self.show(now);
                self.changed = true;
            }
            Ok(now) if now.version == seen.version => change.sending = Sending::NotDone,
            Ok(now) if !now.stands() => self.show(now),
            // Changed by somebody else: from there it is another change.
            Ok(now) => {
                change.key = None;
                change.home.clear();
                change.sending = Sending::Refused(Failure::Changed);
                self.reservation = Remote::Ready(now);
            }
            Err(Failure::NotFound) => self.lose(),
            Err(failure) => return self.check_failed(&failure),
        }
        vec![ManageEffect::FocusNotice]
    }

    fn check_failed(&mut self, failure: &Failure) -> Vec<ManageEffect> {
        let question = self.asked;
        let Doing::Changing(change) = &mut self.doing else {
            return Vec::new();
        };
        match change.sending {
            Sending::Checking(checks) if checks + 1 < CHECKS => {
                change.sending = Sending::Checking(checks + 1);
                let ms = failure.wait_ms(CHECK_MS << checks);
                vec![ManageEffect::CheckLater { ms, question }]
            }
            _ => {
                change.sending = Sending::Unknown;
                vec![ManageEffect::FocusNotice]
            }
        }
    }

    /// Tries again what failed while the guest changes something.
    pub(super) fn retry_change(&mut self, moment: &Moment) -> Vec<ManageEffect> {
        let Doing::Changing(change) = &self.doing else {
            return Vec::new();
        };
        match &change.sending {
            Sending::Unknown => self.check(0),
            // Nothing more can be changed: the page says why when it has read what there is.
            Sending::Refused(Failure::CutoffPassed | Failure::NotModifiable) => {
                self.doing = Doing::Nothing;
                self.read()
            }
            Sending::Idle => self.fetch(moment).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The link opens nothing any more.
    fn lose(&mut self) {
        self.reservation = Remote::Failed(Failure::NotFound);
        self.doing = Doing::Nothing;
    }
}
