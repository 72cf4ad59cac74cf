//! Keeping the place while the guest types.

use super::{Hold, Holding, WhyLost, Wizard};
use crate::availability::{Slot, SlotId};
use crate::draft::SavedHold;
use crate::failure::Failure;
use crate::message::{Announcement, Effect, Event, Moment};
use crate::reservation::{Access, Key, Reservation, Status};
use crate::step::Step;
use crate::{Remote, sabotaged};

/// How often a hold is asked for again by itself, with the same key, when no answer came.
const HOLD_RETRIES: u8 = 2;
/// How long to wait before the first of these, in milliseconds; doubled for each further one.
const HOLD_RETRY_MS: u32 = 1_500;
/// The longest the guest waits for a second try by itself, in milliseconds.
pub(super) const PATIENCE_MS: u32 = 30_000;

impl Wizard {
    /// Comes back to what the tab had: asks again with the same key, or reads what became of it.
    pub(super) fn resume(&mut self, saved: SavedHold) -> Vec<Effect> {
        match saved {
            // Nothing can be asked for without a party; the guest starts with that question.
            SavedHold::Asked { .. } if self.draft.party.is_none() => Vec::new(),
            SavedHold::Asked {
                key,
                slot,
                language,
            } => {
                self.asked_in = language;
                self.holding = Holding::Taking {
                    key,
                    slot: SlotId(slot),
                    retries: 0,
                };
                self.ask_for_hold()
            }
            SavedHold::Made {
                access,
                confirm_key,
                extensions_left,
            } => {
                self.doubtful.clone_from(&confirm_key);
                self.confirming.remember(confirm_key);
                self.holding = Holding::Resuming {
                    access: access.clone(),
                    extensions_left,
                    failure: None,
                };
                vec![self.ask(access)]
            }
        }
    }

    pub(super) fn slot_chosen(&mut self, id: &SlotId, moment: &Moment) -> Vec<Effect> {
        if self.holding.is_under_way() || self.draft.party.is_none() {
            return Vec::new();
        }
        if let Some(effects) = self.settle_first() {
            return effects;
        }
        if let Holding::Held(hold) = &self.holding
            && hold.slot.id == *id
            && Some(hold.slot.date) == self.draft.date
        {
            return vec![go(self.onward(Step::Time))];
        }
        // The same seating asked for again after a failure keeps its key: it may have been taken already.
        let key = match &self.holding {
            Holding::Failed { key, slot, failure } if slot == id && failure.outcome_unknown() => {
                key.clone()
            }
            _ => {
                self.asked_in = moment.language;
                moment.fresh_key.clone()
            }
        };
        let key = if sabotaged!(NoKey) {
            Key(String::new())
        } else {
            key
        };
        let chosen = self.find_slot(id);
        let mut effects = self.give_back();
        if let Some(slot) = chosen {
            if self.draft.date.replace(slot.date) != Some(slot.date) {
                // The seatings on show are another night's.
                self.evening = Remote::Idle;
                if self.step == Some(Step::Time) {
                    effects.extend(self.open_evening());
                }
            }
            self.draft.slot = Some(slot);
        }
        self.holding = Holding::Taking {
            key,
            slot: id.clone(),
            retries: 0,
        };
        effects.extend(self.ask_for_hold());
        effects
    }

    fn find_slot(&self, id: &SlotId) -> Option<Slot> {
        let offered = match &self.holding {
            Holding::Lost {
                alternatives, slot, ..
            } => alternatives.iter().chain(slot).find(|slot| slot.id == *id),
            _ => None,
        };
        offered
            .or_else(|| self.evening.ready().and_then(|evening| evening.slot(id)))
            .cloned()
    }

    pub(super) fn ask_for_hold(&self) -> Vec<Effect> {
        let (Holding::Taking { key, slot, .. }, Some(party)) = (&self.holding, self.draft.party)
        else {
            return Vec::new();
        };
        vec![
            self.save(),
            Effect::TakeHold {
                key: key.clone(),
                slot: slot.clone(),
                party,
                language: self.asked_in,
            },
        ]
    }

    pub(super) fn ask_for_hold_again(&mut self, moment: &Moment) -> Vec<Effect> {
        if let Holding::Failed { key, slot, failure } = &self.holding {
            let mut key = key.clone();
            if !failure.outcome_unknown() {
                key = moment.fresh_key.clone();
                self.asked_in = moment.language;
            }
            self.holding = Holding::Taking {
                key,
                slot: slot.clone(),
                retries: 0,
            };
        }
        self.ask_for_hold()
    }

    pub(super) fn hold_retry_due(&mut self, due: &Key, moment: &Moment) -> Vec<Effect> {
        match &self.holding {
            Holding::Taking { key, .. } if key == due => {
                if sabotaged!(NewKeyOnRetry) {
                    self.change_key(&moment.fresh_key);
                }
                self.ask_for_hold()
            }
            _ => Vec::new(),
        }
    }

    /// Only ever done on purpose.
    fn change_key(&mut self, fresh: &Key) {
        if let Holding::Taking { key, .. } = &mut self.holding {
            key.clone_from(fresh);
        }
    }

    pub(super) fn hold_arrived(
        &mut self,
        answered: &Key,
        result: Result<Reservation, Failure>,
        moment: &Moment,
    ) -> Vec<Effect> {
        let (key, slot, retries) = match &self.holding {
            Holding::Taking { key, slot, retries } if key == answered => (key, slot, retries),
            // Given up on, and there it is.
            Holding::Failed { key, slot, .. } if key == answered && result.is_ok() => {
                (key, slot, &HOLD_RETRIES)
            }
            _ => return self.hold_arrived_too_late(result),
        };
        match result {
            Ok(reservation) if reservation.status != Status::Unknown => {
                self.hold_taken(reservation, moment)
            }
            Err(Failure::KeyReused) if *retries < HOLD_RETRIES => {
                self.holding = Holding::Taking {
                    key: moment.fresh_key.clone(),
                    slot: slot.clone(),
                    retries: retries + 1,
                };
                self.ask_for_hold()
            }
            failed => {
                let (key, slot, retries) = (key.clone(), slot.clone(), *retries);
                // A state this site does not know is no place to build on.
                let failure = failed
                    .err()
                    .unwrap_or_else(|| Failure::Malformed("status".to_owned()));
                self.hold_refused(key, slot, retries, failure)
            }
        }
    }

    /// A place the guest no longer wants is given back, unless it is the one this tab has now.
    fn hold_arrived_too_late(&mut self, result: Result<Reservation, Failure>) -> Vec<Effect> {
        match result {
            Ok(reservation)
                if self.booked.is_none()
                    && reservation.status == Status::OnHold
                    && self.access() != Some(&reservation.access) =>
            {
                let access = reservation.access;
                let effect = release(&access, reservation.version);
                self.leave(access, false);
                vec![self.save(), effect]
            }
            _ => Vec::new(),
        }
    }

    /// What opens this tab's hold, if it has one.
    pub(super) fn access(&self) -> Option<&Access> {
        match &self.holding {
            Holding::Held(hold) => Some(&hold.access),
            Holding::Resuming { access, .. } => Some(access),
            _ => None,
        }
    }

    fn hold_taken(&mut self, reservation: Reservation, moment: &Moment) -> Vec<Effect> {
        let slot = reservation.slot.clone();
        let mut effects = self.adopt(reservation, None, moment);
        if !matches!(self.holding, Holding::Held(_)) {
            return effects;
        }
        if self.step == Some(Step::Time) {
            effects.push(go(self.onward(Step::Time)));
        }
        effects.push(Effect::Announce(Announcement::HoldTaken(Box::new(slot))));
        effects
    }

    fn hold_refused(
        &mut self,
        key: Key,
        slot: SlotId,
        retries: u8,
        failure: Failure,
    ) -> Vec<Effect> {
        match failure {
            Failure::SlotTaken { alternatives } => {
                let mut effects = self.lose(WhyLost::Taken, alternatives);
                effects.push(Effect::FocusNotice);
                effects
            }
            failure if failure.outcome_unknown() && retries < HOLD_RETRIES && soon(&failure) => {
                let ms = failure.wait_ms(HOLD_RETRY_MS << retries);
                self.holding = Holding::Taking {
                    key: key.clone(),
                    slot,
                    retries: retries + 1,
                };
                vec![Effect::After {
                    ms,
                    event: Box::new(Event::HoldRetryDue(key)),
                }]
            }
            failure => {
                let answered = !failure.outcome_unknown();
                self.holding = Holding::Failed { key, slot, failure };
                let mut effects = vec![self.save()];
                if answered && self.step == Some(Step::Time) {
                    // What is on show cannot be had: the seatings are asked for anew.
                    effects.extend(self.open_evening());
                }
                if self.step.is_some_and(|step| step > Step::Time) {
                    // Only there it is said what went wrong, and asked again.
                    self.step = Some(Step::Time);
                    effects.push(go(Step::Time));
                }
                effects
            }
        }
    }

    /// The place is gone: everything else is kept, and the page offers the way on.
    pub(super) fn lose(&mut self, why: WhyLost, alternatives: Vec<Slot>) -> Vec<Effect> {
        self.holding = Holding::Lost {
            why,
            slot: self.draft.slot.clone(),
            alternatives,
        };
        if why == WhyLost::Taken {
            // A time that somebody else has must not stand in the guest's summary.
            self.draft.slot = None;
        }
        self.sent = None;
        self.doubtful = None;
        self.confirming.forget_answer();
        let mut effects = vec![self.save()];
        if self.step == Some(Step::Time) {
            effects.extend(self.open_evening());
        }
        effects
    }

    /// Takes over what the server says of this tab's reservation.
    pub(super) fn adopt(
        &mut self,
        reservation: Reservation,
        extensions_left: Option<u8>,
        moment: &Moment,
    ) -> Vec<Effect> {
        self.draft.party = Some(reservation.party);
        self.draft.date = Some(reservation.slot.date);
        self.draft.slot = Some(reservation.slot.clone());
        match reservation.status {
            Status::OnHold => {
                let venue_allows = self.venue.ready().map(|venue| venue.hold_extensions);
                let extensions_left = extensions_left.or(venue_allows).unwrap_or(0);
                let mut hold = Hold::new(reservation, extensions_left, moment);
                if let Holding::Held(before) = &self.holding {
                    hold.remember(before);
                } else {
                    // Another tab may have lengthened it while this answer was under way: asked once more.
                    hold.over = false;
                }
                self.holding = Holding::Held(hold);
                vec![self.save()]
            }
            status if status.is_booked() => self.book(reservation),
            Status::Expired => {
                let counted = self.is_counting_down();
                let mut effects = self.lose(WhyLost::Expired, Vec::new());
                effects.extend(counted.then_some(Effect::Announce(Announcement::HoldEnded)));
                effects
            }
            _ => {
                self.holding = Holding::None;
                let mut effects = vec![self.save()];
                let nearest = self.step.map(|step| self.nearest(step));
                if let Some(step) = nearest.filter(|_| nearest != self.step) {
                    self.step = Some(step);
                    effects.push(Effect::Go {
                        step,
                        replace: true,
                    });
                }
                effects
            }
        }
    }

    /// Asks for the lost seating once more, as a new wish with a new key.
    pub(super) fn retake(&mut self, moment: &Moment) -> Vec<Effect> {
        let Holding::Lost {
            slot: Some(slot), ..
        } = &self.holding
        else {
            return Vec::new();
        };
        let id = slot.id.clone();
        self.slot_chosen(&id, moment)
    }

    /// Gives the place back when the guest wants another night or another party.
    pub(super) fn give_back(&mut self) -> Vec<Effect> {
        let in_doubt = self.is_unsure();
        self.draft.slot = None;
        self.confirming.forget_answer();
        self.sent = None;
        self.doubtful = None;
        match std::mem::take(&mut self.holding) {
            Holding::Held(hold) => {
                let effect = release(&hold.access, hold.version);
                self.leave(hold.access, in_doubt);
                vec![effect]
            }
            // What nobody has read yet may be a reservation: it is never given up unasked.
            _ => Vec::new(),
        }
    }
}

pub(super) fn release(access: &Access, version: u64) -> Effect {
    let unless_changed = (!sabotaged!(GiveBackUnseen)).then_some(version);
    Effect::Release(access.clone(), unless_changed)
}

/// Whether a guest can be kept waiting until the server may be asked again.
fn soon(failure: &Failure) -> bool {
    failure.wait_ms(0) <= PATIENCE_MS
}

fn go(step: Step) -> Effect {
    Effect::Go {
        step,
        replace: false,
    }
}
