//! The waiting list of a full night: joined once, left again. It is no reservation, and nothing here makes
//! one of it.

use super::Wizard;
use crate::civil::Date;
use crate::draft::Guest;
use crate::failure::Failure;
use crate::language::Language;
use crate::message::{Effect, Moment};
use crate::reservation::{Access, Key};
use crate::rules::{FieldError, FieldId, Reason, errors_from_refusals};
use crate::step::Step;

/// What is sent to join a list. Debug names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// Makes sending again count once.
    pub key: Key,
    /// Which night.
    pub date: Date,
    /// For how many.
    pub party: u8,
    /// Whom to tell.
    pub guest: Guest,
    /// In which language; the same with the same key.
    pub language: Language,
}

/// A place on a list. It is kept in memory only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What opens it.
    pub access: Access,
    /// Which night.
    pub date: Date,
    /// For how many.
    pub party: u8,
    /// How far giving it up has got.
    pub leaving: Leaving,
}

/// How far giving up a place on a list has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Not asked for.
    No,
    /// Asked for.
    Asked,
    /// Nobody knows whether it was given up.
    Failed,
}

/// Where the guest stands with waiting lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Whether the form is open.
    pub open: bool,
    /// What was sent last, and is not on a list yet.
    sent: Option<Wait>,
    /// Whether the answer to it is still out.
    sending: bool,
    /// Why it did not go through, as far as known.
    pub failure: Option<Failure>,
    /// The places this page was given.
    listed: Vec<Listed>,
    /// Whether the last thing that happened was that a place was given up.
    pub left: bool,
}

impl Waiting {
    /// Whether an answer is being waited for.
    pub fn is_under_way(&self) -> bool {
        self.sending
    }

    /// The key of a wish that is on no list yet.
    pub fn key(&self) -> Option<Key> {
        self.sent.as_ref().map(|sent| sent.key.clone())
    }

    /// What was said on a page is not said on another; what was sent is not forgotten.
    pub(super) fn turn_page(&mut self) {
        self.open = false;
        self.left = false;
        self.failure = None;
    }
}

impl Wizard {
    /// Where the guest stands with waiting lists.
    pub fn waiting(&self) -> &Waiting {
        &self.waiting
    }

    /// Whether this venue has waiting lists.
    pub fn has_waiting_lists(&self) -> bool {
        let venue = self.venue.ready();
        venue.is_some_and(|venue| venue.capabilities.waitlist)
    }

    /// Whether one can wait for the night on show: it is full, and not closed.
    pub fn may_wait(&self) -> bool {
        let evening = self.evening.ready();
        let full = |evening: &crate::Evening| !evening.slots.is_empty() && !evening.has_room();
        self.has_waiting_lists() && evening.is_some_and(full)
    }

    /// The place on the list of the night on show.
    pub fn listed(&self) -> Option<&Listed> {
        let (date, party) = self.draft.date.zip(self.draft.party)?;
        let mut listed = self.waiting.listed.iter();
        listed.find(|listed| listed.date == date && listed.party == party)
    }

    pub(super) fn wait_opened(&mut self) -> Vec<Effect> {
        self.waiting.open = true;
        self.waiting.left = false;
        Vec::new()
    }

    pub(super) fn wait_pressed(&mut self, moment: &Moment) -> Vec<Effect> {
        if self.waiting.sending || self.listed().is_some() || !self.may_wait() {
            return Vec::new();
        }
        let Some((date, party)) = self.draft.date.zip(self.draft.party) else {
            return Vec::new();
        };
        self.errors = self.missing_of_lead();
        if !self.draft.consents.waiting {
            let (field, reason) = (FieldId::Waiting, Reason::Missing);
            self.errors.push(FieldError { field, reason });
        }
        if !self.errors.is_empty() {
            return vec![Effect::FocusErrors];
        }
        let mut wait = Wait {
            key: moment.fresh_key.clone(),
            date,
            party,
            guest: self.draft.guest.clone(),
            language: moment.language,
        };
        // Where the answer stayed out, the very same request finds what it may have made.
        if let Some(sent) = &self.waiting.sent
            && sent.date == date
            && sent.party == party
            && sent.guest == wait.guest
        {
            wait = sent.clone();
        }
        self.waiting.sent = Some(wait.clone());
        self.waiting.sending = true;
        self.waiting.failure = None;
        vec![Effect::Wait(Box::new(wait))]
    }

    pub(super) fn wait_arrived(
        &mut self,
        answered: &Key,
        result: Result<Access, Failure>,
    ) -> Vec<Effect> {
        let waiting = &mut self.waiting;
        if !waiting.sending || waiting.sent.as_ref().map(|sent| &sent.key) != Some(answered) {
            return Vec::new();
        }
        waiting.sending = false;
        match result {
            Ok(access) => {
                waiting.open = false;
                self.draft.consents.waiting = false;
                let listed = waiting.sent.take().map(|sent| Listed {
                    access,
                    date: sent.date,
                    party: sent.party,
                    leaving: Leaving::No,
                });
                waiting.listed.extend(listed);
                vec![Effect::FocusNotice]
            }
            Err(failure) => {
                if !failure.outcome_unknown() {
                    waiting.sent = None;
                }
                if let Failure::Refused(refusals) = &failure
                    && self.step == Some(Step::Time)
                {
                    self.errors = errors_from_refusals(refusals, &[]);
                    self.errors
                        .retain(|error| matches!(error.field, FieldId::Guest(_)));
                    if !self.errors.is_empty() {
                        return vec![Effect::FocusErrors];
                    }
                }
                self.waiting.failure = Some(failure);
                vec![Effect::FocusNotice]
            }
        }
    }

    /// Gives the place on the list of the night on show up.
    pub(super) fn stop_waiting(&mut self) -> Vec<Effect> {
        let Some(access) = self.listed().map(|listed| listed.access.clone()) else {
            return Vec::new();
        };
        let mut listed = self.waiting.listed.iter_mut();
        let place = listed.find(|listed| listed.access == access);
        match place.filter(|place| place.leaving != Leaving::Asked) {
            Some(place) => {
                place.leaving = Leaving::Asked;
                vec![Effect::StopWaiting(access)]
            }
            None => Vec::new(),
        }
    }

    pub(super) fn stopped_waiting(
        &mut self,
        access: &Access,
        result: &Result<(), Failure>,
    ) -> Vec<Effect> {
        let gone = matches!(result, Ok(()) | Err(Failure::NotFound));
        self.waiting.left = gone;
        let listed = &mut self.waiting.listed;
        if gone {
            listed.retain(|listed| listed.access != *access);
        } else if let Some(listed) = listed.iter_mut().find(|listed| listed.access == *access) {
            listed.leaving = Leaving::Failed;
        }
        vec![Effect::FocusNotice]
    }
}
