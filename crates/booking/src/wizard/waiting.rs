//! The waiting list of a full night: joined once, whatever the network does. It is no reservation, and nothing
//! here makes one of it.

use super::Wizard;
use super::listed::{Leaving, Listed, Stands};
use crate::civil::Date;
use crate::draft::{Guest, SavedWait, WaitKept};
use crate::failure::Failure;
use crate::language::Language;
use crate::message::{Effect, Moment};
use crate::reservation::{Access, Key};
use crate::rules::{FieldError, FieldId, Reason, errors_from_refusals};
use crate::sabotaged;
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

/// Where the guest stands with waiting lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Whether the form is open.
    pub open: bool,
    /// What was sent and is not known to be on a list, nor not to be: one for each night and party.
    /// One that was sent before a reload names nobody any more.
    pub(super) sent: Vec<Wait>,
    /// The key of the one whose answer is still out.
    sending: Option<Key>,
    /// What is to be sent in the place of one that may be on a list, as soon as it is known not to be.
    pub(super) instead: Option<Wait>,
    /// Why the last one did not go through, as far as known.
    pub failure: Option<Failure>,
    /// The places this tab was given.
    pub(super) listed: Vec<Listed>,
    /// Whether the last thing that happened was that a place was given up.
    pub left: bool,
}

impl Waiting {
    /// Whether an answer is being waited for.
    pub fn is_under_way(&self) -> bool {
        self.sending.is_some() || self.instead.is_some()
    }

    /// The key of what was sent last and is on no list yet.
    pub fn key(&self) -> Option<Key> {
        self.sent.last().map(|sent| sent.key.clone())
    }

    /// What was said on a page is not said on another; what was sent is not forgotten.
    pub(super) fn turn_page(&mut self) {
        self.open = false;
        self.left = false;
        self.failure = None;
    }

    /// What a tab may keep of it: no word of whom to tell.
    pub(super) fn saved(&self) -> Vec<SavedWait> {
        if sabotaged!(KeepNoPlace) {
            return Vec::new();
        }
        let mut kept = Vec::new();
        for listed in &self.listed {
            kept.push(SavedWait {
                date: listed.date,
                party: listed.party,
                wait: WaitKept::Listed {
                    access: listed.access.clone(),
                    leaving: listed.leaving != Leaving::No,
                },
            });
        }
        for sent in &self.sent {
            kept.push(SavedWait {
                date: sent.date,
                party: sent.party,
                wait: WaitKept::Sent {
                    key: sent.key.clone(),
                    language: sent.language,
                },
            });
        }
        kept
    }

    /// Sends a wish.
    pub(super) fn send(&mut self, wait: Wait) -> Effect {
        self.sent.retain(|sent| sent.key != wait.key);
        self.sent.push(wait.clone());
        self.sending = Some(wait.key.clone());
        Effect::Wait(Box::new(wait))
    }
}

/// What pages ask.
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
        let mut listed = self.waiting.listed.iter();
        let place = listed.find(|listed| self.is_on_show(listed.date, listed.party));
        // One that makes way for another is none that could be left.
        place.filter(|_| self.waiting.instead.is_none())
    }

    /// Whether nobody knows if the guest is on the list of the night on show.
    pub fn may_be_listed(&self) -> bool {
        let unheard = self.in_doubt().map(|sent| &sent.key);
        unheard.is_some() && unheard != self.waiting.sending.as_ref()
    }

    fn is_on_show(&self, date: Date, party: u8) -> bool {
        (Some(date), Some(party)) == (self.draft.date, self.draft.party)
    }

    fn in_doubt(&self) -> Option<&Wait> {
        let mut sent = self.waiting.sent.iter();
        sent.find(|sent| self.is_on_show(sent.date, sent.party))
    }
}

/// Joining.
impl Wizard {
    pub(super) fn wait_opened(&mut self) -> Vec<Effect> {
        self.waiting.open = true;
        self.waiting.left = false;
        Vec::new()
    }

    pub(super) fn wait_pressed(&mut self, moment: &Moment) -> Vec<Effect> {
        if self.waiting.is_under_way() || self.listed().is_some() || !self.may_wait() {
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
        let wait = Wait {
            key: moment.fresh_key.clone(),
            date,
            party,
            guest: self.draft.guest.clone(),
            language: moment.language,
        };
        let first = self.first_to_send(wait);
        self.waiting.failure = None;
        let effect = self.waiting.send(first);
        vec![self.save(), effect]
    }

    /// Where an answer stayed out, the very same request finds what it may have made. Other words wait
    /// until that is known, or the guest would be on the list twice.
    fn first_to_send(&mut self, wait: Wait) -> Wait {
        let Some(mut sent) = self.in_doubt().cloned() else {
            return wait;
        };
        if sabotaged!(WaitAnew) {
            return wait;
        }
        if sent.guest == Guest::default() {
            // It was sent before a reload: the guest has written again what was sent, or so we hope.
            sent.guest = wait.guest;
        } else if sent.guest != wait.guest {
            self.waiting.instead = Some(wait);
        }
        sent
    }

    pub(super) fn wait_arrived(
        &mut self,
        answered: &Key,
        result: Result<Access, Failure>,
    ) -> Vec<Effect> {
        let sending = self.waiting.sending.take_if(|sending| sending == answered);
        let mut sent = self.waiting.sent.iter();
        let at = sent.position(|sent| sent.key == *answered);
        let (Some(at), true) = (at, sending.is_some()) else {
            return Vec::new();
        };
        match result {
            Ok(access) => {
                let sent = self.waiting.sent.remove(at);
                self.put_on_the_list(sent, access)
            }
            Err(failure) if failure.outcome_unknown() => self.not_listed(failure),
            Err(failure) => {
                self.waiting.sent.remove(at);
                match self.waiting.instead.take() {
                    // The earlier one is on no list; a key that is known with other words may be.
                    Some(wait) if failure != Failure::KeyReused => {
                        let effect = self.waiting.send(wait);
                        vec![self.save(), effect]
                    }
                    _ => self.not_listed(failure),
                }
            }
        }
    }

    fn put_on_the_list(&mut self, sent: Wait, access: Access) -> Vec<Effect> {
        let makes_way = self.waiting.instead.is_some();
        self.waiting.listed.push(Listed {
            access: access.clone(),
            date: sent.date,
            party: sent.party,
            stands: Stands::Yes,
            leaving: if makes_way {
                Leaving::Asked
            } else {
                Leaving::No
            },
        });
        if makes_way {
            return vec![self.save(), Effect::StopWaiting(access)];
        }
        self.waiting.open = false;
        self.draft.consents.waiting = false;
        let mut effects = vec![self.save()];
        let seen = self.is_on_show(sent.date, sent.party) && self.step == Some(Step::Time);
        effects.extend(seen.then_some(Effect::FocusNotice));
        effects
    }

    fn not_listed(&mut self, failure: Failure) -> Vec<Effect> {
        self.waiting.instead = None;
        let mut effects = vec![self.save()];
        if self.step != Some(Step::Time) {
            return effects;
        }
        if let Failure::Refused(refusals) = &failure {
            self.errors = errors_from_refusals(refusals, &[]);
            self.errors
                .retain(|error| matches!(error.field, FieldId::Guest(_)));
            if !self.errors.is_empty() {
                effects.push(Effect::FocusErrors);
                return effects;
            }
        }
        self.waiting.failure = Some(failure);
        effects.push(Effect::FocusNotice);
        effects
    }
}
