//! Turning the hold into a reservation, once, whatever the network does.

use super::{Hold, Holding, Wizard};
use crate::availability::Slot;
use crate::failure::Failure;
use crate::message::{Confirmation, Effect, Event, Moment, Question};
use crate::party::Answers;
use crate::plan::Plan;
use crate::reservation::{Key, Note, Reservation, Status};
use crate::step::Step;
use crate::{sabotaged, wizard::WhyLost};

/// How long to wait before the first of these, in milliseconds; doubled for each further one.
pub(super) const CHECK_MS: u32 = 1_000;

/// Where the confirmation stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Confirming {
    /// Not sent, or answered with "not booked" and mended since.
    #[default]
    Idle,
    /// Sent; no answer yet.
    Sending(Key),
    /// The answer stayed out; the server is being asked whether it went through.
    Checking {
        /// The key it was sent with.
        key: Key,
        /// How often the server was asked already.
        checks: u8,
    },
    /// Not sent yet: an earlier one may have gone through whose place was given back since, and the
    /// server is being asked about that.
    Earlier(Key),
    /// It cannot be known now whether it went through.
    Unknown(Key),
    /// The server says: not booked. Nothing is lost; the guest may press again.
    NotBooked {
        /// The key it was sent with, good for the same details.
        key: Key,
        /// Why, as far as known.
        why: Failure,
    },
}

impl Confirming {
    /// Whether pressing again must do nothing.
    pub fn is_under_way(&self) -> bool {
        matches!(
            self,
            Self::Sending(_) | Self::Checking { .. } | Self::Earlier(_)
        )
    }

    pub(super) fn key(&self) -> Option<&Key> {
        match self {
            Self::Idle => None,
            Self::Sending(key)
            | Self::Checking { key, .. }
            | Self::Earlier(key)
            | Self::Unknown(key)
            | Self::NotBooked { key, .. } => Some(key),
        }
    }

    /// Whether a confirmation may have gone through without anybody having said so.
    pub(super) fn is_open(&self) -> bool {
        self.is_under_way() || matches!(self, Self::Unknown(_))
    }

    /// The guest went over the details: the words about the last try have done their work.
    pub(super) fn mended(&mut self) {
        if matches!(self, Self::NotBooked { .. }) {
            *self = Self::Idle;
        }
    }

    /// The place it was for is gone, and so is every question about it.
    pub(super) fn forget_answer(&mut self) {
        if !self.is_under_way() {
            *self = Self::Idle;
        }
    }

    /// A tab came back that had sent a confirmation.
    pub(super) fn remember(&mut self, key: Option<Key>) {
        if let Some(key) = key {
            *self = Self::Checking { key, checks: 0 };
        }
    }
}

impl Wizard {
    pub(super) fn confirm(&mut self, moment: &Moment) -> Vec<Effect> {
        let again = self.confirming.is_under_way() && !sabotaged!(SecondTapSendsAgain);
        if again || self.booked.is_some() || self.is_lost() {
            return Vec::new();
        }
        self.errors = self.steps().flat_map(|step| self.missing(step)).collect();
        if !self.errors.is_empty() {
            return self.show_errors();
        }
        if self.left_in_doubt() {
            // Two tables would be booked, if that one is.
            self.confirming = Confirming::Earlier(moment.fresh_key.clone());
            return vec![self.save()];
        }
        if matches!(self.confirming, Confirming::Unknown(_)) {
            // Read before writing again: it may have gone through.
            return self.ask_what_became_of_it();
        }
        let Holding::Held(hold) = &mut self.holding else {
            return Vec::new();
        };
        // The answer to this will say what there is.
        hold.doubted = false;
        let hold = hold.clone();
        let (plan, consents) = (self.ordered(), self.consents_to_send());
        let answers = self.answers_to_send();
        // Only the very same request may carry the same key; another one is a new one.
        let (key, language) = self
            .sent
            .as_ref()
            .filter(|sent| {
                sent.access == hold.access
                    && sent.guest == self.draft.guest
                    && sent.answers == answers
                    && sent.note == self.draft.note
                    && sent.plan == plan
                    && sent.consents == consents
            })
            .map_or_else(
                || (moment.fresh_key.clone(), moment.language),
                |sent| (sent.key.clone(), sent.language),
            );
        let confirmation = Confirmation {
            access: hold.access.clone(),
            version: hold.version,
            key: key.clone(),
            guest: self.draft.guest.clone(),
            answers,
            note: self.draft.note.clone(),
            plan,
            consents,
            language,
        };
        self.confirming = Confirming::Sending(key);
        // What was asked before this knows nothing of it.
        self.question.0 += 1;
        self.only_held = false;
        self.sent = Some(confirmation.clone());
        vec![self.save(), Effect::Confirm(Box::new(confirmation))]
    }

    pub(super) fn confirm_arrived(
        &mut self,
        answered: &Key,
        result: Result<Reservation, Failure>,
    ) -> Vec<Effect> {
        let Confirming::Sending(key) = &self.confirming else {
            return Vec::new();
        };
        if key != answered {
            return Vec::new();
        }
        let key = key.clone();
        match result {
            Ok(reservation) if reservation.status.is_booked() => self.book(reservation),
            // An answer that does not say "booked" is not a confirmation.
            Ok(_) => self.start_checking(key, CHECK_MS),
            Err(Failure::Malformed(_)) if sabotaged!(TrustEmptyAnswer) => self.believe(),
            Err(Failure::Lost) if !sabotaged!(TakeLostForNotBooked) => self.cannot_be_known(),
            // Sent away at the door, where nobody could be asked what became of it inside.
            Err(why @ (Failure::Busy { .. } | Failure::Lost)) if self.holds_blindly() => {
                self.sent = None;
                self.confirm_refused(key, why)
            }
            Err(why) if why.outcome_unknown() && sabotaged!(NoReadBeforeRetry) => {
                self.confirming = Confirming::NotBooked { key, why };
                vec![self.save()]
            }
            Err(failure) if failure.outcome_unknown() => {
                self.start_checking(key, failure.wait_ms(CHECK_MS))
            }
            // Not carried out this time, but the reservation is not what this tab thinks it is.
            Err(Failure::Changed | Failure::NotModifiable | Failure::KeyReused) => {
                self.sent = None;
                self.start_checking(key, CHECK_MS)
            }
            Err(failure) => {
                // Answered: the key's answer stays the same, so another try is another request.
                self.sent = None;
                self.confirm_refused(key, failure)
            }
        }
    }

    fn start_checking(&mut self, key: Key, ms: u32) -> Vec<Effect> {
        self.doubtful = Some(key.clone());
        // What was asked before knows nothing of this.
        self.question.0 += 1;
        self.confirming = Confirming::Checking { key, checks: 0 };
        vec![self.save(), self.check_later(ms)]
    }

    /// Only ever done on purpose: takes a reservation for made that nobody has seen.
    fn believe(&mut self) -> Vec<Effect> {
        let Some((hold, party)) = self.held().zip(self.draft.party) else {
            return Vec::new();
        };
        let made = Reservation {
            access: hold.access.clone(),
            reference: String::new(),
            status: Status::Confirmed,
            version: hold.version,
            slot: hold.slot.clone(),
            party,
            blind: false,
            expires_ms: None,
            server_ms: None,
            name: None,
            plan: self.ordered(),
            answers: Answers::default(),
            note: Note::default(),
        };
        self.book(made)
    }

    pub(super) fn held(&self) -> Option<&Hold> {
        match &self.holding {
            Holding::Held(hold) => Some(hold),
            _ => None,
        }
    }

    pub(super) fn check_later(&self, ms: u32) -> Effect {
        Effect::After {
            ms,
            event: Box::new(Event::CheckDue(self.question)),
        }
    }

    fn confirm_refused(&mut self, key: Key, failure: Failure) -> Vec<Effect> {
        match failure {
            Failure::HoldExpired { alternatives } => {
                self.lose_at_the_end(WhyLost::Expired, alternatives)
            }
            Failure::SlotTaken { alternatives } => {
                self.lose_at_the_end(WhyLost::Taken, alternatives)
            }
            Failure::Refused(refusals) => {
                let mut effects = self.refused(&refusals);
                self.confirming = if self.errors.is_empty() {
                    let why = Failure::Refused(refusals);
                    Confirming::NotBooked { key, why }
                } else {
                    Confirming::Idle
                };
                effects.extend(self.show_errors());
                effects
            }
            why => {
                self.confirming = Confirming::NotBooked { key, why };
                vec![self.save()]
            }
        }
    }

    fn lose_at_the_end(&mut self, why: WhyLost, alternatives: Vec<Slot>) -> Vec<Effect> {
        self.confirming = Confirming::Idle;
        let mut effects = self.lose(why, alternatives);
        effects.push(Effect::FocusNotice);
        effects
    }

    pub(super) fn check_due(&mut self, since: Question) -> Vec<Effect> {
        if since != self.question || !matches!(self.confirming, Confirming::Checking { .. }) {
            return Vec::new();
        }
        self.check()
    }

    pub(super) fn check(&mut self) -> Vec<Effect> {
        if let Some(access) = self.access().cloned() {
            return vec![self.ask(access)];
        }
        // The server said meanwhile that the place is gone: there is nothing left to ask about.
        self.confirming = Confirming::Idle;
        vec![self.save()]
    }

    /// Asks the server, from the beginning, whether a confirmation went through.
    pub(super) fn ask_what_became_of_it(&mut self) -> Vec<Effect> {
        let sent = self.sent.as_ref().map(|sent| &sent.key);
        let doubtful = self.doubtful.as_ref();
        let Some(key) = self.confirming.key().or(sent).or(doubtful).cloned() else {
            return Vec::new();
        };
        self.confirming = Confirming::Checking { key, checks: 0 };
        self.check()
    }

    /// Another night or seating has to wait while a confirmation may have gone through:
    /// the guest is shown what is being asked. `None` when nothing stands in the way.
    pub(super) fn settle_first(&mut self) -> Option<Vec<Effect>> {
        if self.booked.is_some() || self.confirming.is_under_way() {
            return Some(Vec::new());
        }
        if matches!(self.holding, Holding::Resuming { .. }) {
            let mut effects = self.look_again();
            if self.step == Some(Step::Night) {
                // There it is said what is being looked for, and what went wrong with that.
                effects.push(Effect::Go {
                    step: Step::Guests,
                    replace: false,
                });
            }
            return Some(effects);
        }
        let unsure =
            self.is_unsure() && !self.only_held && matches!(self.holding, Holding::Held(_));
        if !self.confirming.is_open() && !unsure {
            return None;
        }
        self.only_held = true;
        let mut effects = self.ask_what_became_of_it();
        if self.step != Some(Step::Check) && self.nearest(Step::Check) == Step::Check {
            effects.push(Effect::Go {
                step: Step::Check,
                replace: false,
            });
        }
        Some(effects)
    }

    /// The server said so: there is a reservation.
    pub(super) fn book(&mut self, reservation: Reservation) -> Vec<Effect> {
        if self.plan_was_sent() {
            self.draft.plan = Plan::default();
        }
        self.holding = Holding::None;
        self.confirming = Confirming::Idle;
        self.doubtful = None;
        self.booked = Some(reservation);
        self.errors.clear();
        let mut effects = vec![self.save()];
        // Whoever has not opened the booking yet is on another page, and stays there.
        if self.step.is_some() {
            self.step = Some(Step::Done);
            effects.push(Effect::Go {
                step: Step::Done,
                replace: true,
            });
        }
        effects
    }

    /// Whether what is planned now is what was ordered, and not something for another evening.
    fn plan_was_sent(&self) -> bool {
        let ordered = self.ordered();
        self.confirming.key().is_some()
            && !ordered.is_empty()
            && self.sent.as_ref().is_none_or(|sent| sent.plan == ordered)
    }
}
