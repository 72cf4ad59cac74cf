//! What the server has of this tab's reservation: asked in doubt, after a reload, and at a hold's end.

use super::confirming::{CHECK_MS, Confirming};
use super::holding::release;
use super::{Holding, WhyLost, Wizard};
use crate::draft::Left;
use crate::failure::Failure;
use crate::message::{Effect, Event, Moment, Question};
use crate::reservation::{Access, Reservation, Status};
use crate::sabotaged;
use crate::step::Step;

/// How often the server is asked by itself whether a lost confirmation went through.
const CHECKS: u8 = 3;
/// How long to wait before a hold that was given back is asked about again, in milliseconds.
const LEFT_MS: u32 = 4_000;

impl Wizard {
    /// The last question what became of this tab's reservation.
    pub fn question(&self) -> Question {
        self.question
    }

    pub(super) fn read_arrived(
        &mut self,
        question: Question,
        result: Result<Reservation, Failure>,
        moment: &Moment,
    ) -> Vec<Effect> {
        if question == Question::APART {
            return self.left_read(result);
        }
        if question != self.question && !sabotaged!(AnyAnswerWillDo) {
            return Vec::new();
        }
        if let Some(booked) = &mut self.booked {
            if let Ok(now) = result
                && now.access == booked.access
                && now.version >= booked.version
                && now.status != Status::OnHold
            {
                *booked = now;
            }
            return Vec::new();
        }
        let (access, extensions_left) = match &self.holding {
            Holding::Held(hold) => (&hold.access, hold.extensions_left),
            Holding::Resuming {
                access,
                extensions_left,
                ..
            } => (access, *extensions_left),
            _ => return Vec::new(),
        };
        let known = self.held().map(|hold| hold.version);
        match result {
            Ok(reservation)
                if reservation.access == *access && Some(reservation.version) < known =>
            {
                self.overtaken()
            }
            // The answer is about a hold this tab gave back.
            Ok(reservation) if reservation.access != *access => Vec::new(),
            // Under this name it is on hold, or gone, whatever became of it.
            Ok(Reservation { blind: true, .. }) | Err(Failure::Lost) if self.is_unsure() => {
                self.cannot_be_known()
            }
            // "Contact us" is all that can be said of a state this site does not know.
            Ok(reservation) if reservation.status == Status::Unknown => {
                self.read_failed(Failure::Malformed("status".to_owned()))
            }
            Ok(reservation) => {
                // A hold changes only by being lengthened: that was granted, heard of or not.
                let unheard = known.map_or(0, |known| reservation.version.saturating_sub(known));
                // Where a version is a moment and no count, it tells of one change.
                let unheard = u8::try_from(unheard).unwrap_or(1);
                self.as_read(reservation, extensions_left.saturating_sub(unheard), moment)
            }
            Err(Failure::NotFound | Failure::Lost)
                if !matches!(self.confirming, Confirming::Sending(_)) =>
            {
                self.confirming = Confirming::Idle;
                let mut effects = self.lose(WhyLost::Expired, Vec::new());
                effects.extend(self.prefill_at_last(moment));
                effects
            }
            Err(failure) => self.read_failed(failure),
        }
    }

    fn as_read(
        &mut self,
        reservation: Reservation,
        extensions_left: u8,
        moment: &Moment,
    ) -> Vec<Effect> {
        let on_hold = reservation.status == Status::OnHold;
        let mut effects = self.adopt(reservation, Some(extensions_left), moment);
        self.settle_checking(on_hold);
        effects.extend(self.prefill_at_last(moment));
        effects
    }

    /// An answer from before what is known by now. Whoever is in doubt asks again.
    fn overtaken(&mut self) -> Vec<Effect> {
        if let Holding::Held(hold) = &mut self.holding {
            hold.doubted = false;
        }
        if matches!(self.confirming, Confirming::Checking { .. }) {
            return self.check();
        }
        Vec::new()
    }

    /// The server has been asked: what is still only held was not booked.
    fn settle_checking(&mut self, on_hold: bool) {
        if let Confirming::Checking { key, .. } = &self.confirming {
            self.confirming = if on_hold {
                Confirming::NotBooked {
                    key: key.clone(),
                    why: Failure::Unreachable,
                }
            } else {
                Confirming::Idle
            };
        }
    }

    fn read_failed(&mut self, failure: Failure) -> Vec<Effect> {
        if let Confirming::Checking { key, checks } = &self.confirming {
            if *checks + 1 < CHECKS {
                let ms = failure.wait_ms(CHECK_MS << (*checks + 1));
                self.confirming = Confirming::Checking {
                    key: key.clone(),
                    checks: checks + 1,
                };
                return vec![self.check_later(ms)];
            }
            self.confirming = Confirming::Unknown(key.clone());
        }
        match &mut self.holding {
            Holding::Resuming { failure: slot, .. } => *slot = Some(failure),
            // Nobody else can be asked: from here the phone's own clock counts.
            Holding::Held(hold) => {
                hold.over |= hold.doubted;
                hold.doubted = false;
            }
            _ => {}
        }
        vec![self.save()]
    }

    /// Asks the server again what became of this tab's reservation.
    pub(super) fn look_again(&mut self) -> Vec<Effect> {
        if self.is_lost() {
            return Vec::new();
        }
        let unknown = matches!(self.confirming, Confirming::Unknown(_));
        if let Confirming::Unknown(key) = &self.confirming {
            self.confirming = Confirming::Checking {
                key: key.clone(),
                checks: 0,
            };
        }
        let access = match &mut self.holding {
            Holding::Resuming {
                access,
                failure: failure @ Some(_),
                ..
            } => {
                *failure = None;
                access.clone()
            }
            Holding::Held(hold) if unknown => hold.access.clone(),
            _ => return Vec::new(),
        };
        vec![self.ask(access)]
    }

    /// The guest is back. Nothing ran meanwhile, and what is on show may be of an hour ago: it is asked
    /// for at once, and stays on show until the answer.
    pub(super) fn returned(&mut self, moment: &Moment) -> Vec<Effect> {
        let mut effects = self.ticked(moment);
        let asked = |effect: &Effect| matches!(effect, Effect::Read(..));
        if !effects.iter().any(asked) {
            effects.extend(self.look_once_more());
        }
        if self.venue.failure().is_some() {
            effects.extend(self.read_venue_again());
        }
        effects.extend(match self.step {
            Some(Step::Night) => self.refresh_nights(moment),
            Some(Step::Time) if self.evening_is_on_show() => self.open_evening(),
            _ => Vec::new(),
        });
        effects
    }

    /// Asks what there is of this tab's reservation, unless that is being asked or done already.
    fn look_once_more(&mut self) -> Vec<Effect> {
        let access = match (&self.booked, &self.holding) {
            (Some(booked), _) => &booked.access,
            (_, Holding::Held(hold)) if !self.confirming.is_open() => &hold.access,
            _ => return self.look_again(),
        };
        let access = access.clone();
        vec![self.ask(access)]
    }

    /// A hold that is given back is looked after until it is known to be over.
    pub(super) fn leave(&mut self, access: Access, in_doubt: bool) {
        self.left.retain(|left| left.access != access);
        self.left.push(Left { access, in_doubt });
    }

    /// A hold was given back. One that had become something else was not, and if no answer came nobody
    /// knows: it may be a reservation.
    pub(super) fn given_back(
        &mut self,
        access: Access,
        result: &Result<Reservation, Failure>,
    ) -> Vec<Effect> {
        let known = self.left.iter().any(|left| left.access == access);
        if self.booked.is_some() || !known {
            return Vec::new();
        }
        match result {
            Err(why) if *why == Failure::Changed || why.outcome_unknown() => {
                // One at a time: an answer that stays out does not say whose it was. And nobody is
                // asked without a pause who has just been asked for the same in vain.
                let in_vain = self.left_again.take_if(|again| *again == access).is_some();
                if in_vain || self.left_asked.is_some() {
                    return vec![ask_of_left_later(access, why.clone())];
                }
                self.left_asked = Some(access.clone());
                vec![Effect::Read(access, Question::APART)]
            }
            _ => self.left_is_over(&access),
        }
    }

    /// Nothing came of a hold that was given back: a confirmation that waited for this may be sent.
    fn left_is_over(&mut self, access: &Access) -> Vec<Effect> {
        self.left.retain(|left| left.access != *access);
        let Confirming::Earlier(key) = &self.confirming else {
            return vec![self.save()];
        };
        if self.left_in_doubt() {
            return vec![self.save()];
        }
        self.confirming = if self.held().is_some() {
            Confirming::NotBooked {
                key: key.clone(),
                why: Failure::Unreachable,
            }
        } else {
            Confirming::Idle
        };
        vec![self.save()]
    }

    /// Whether a confirmation may yet be carried out whose place was given back since.
    pub(super) fn left_in_doubt(&self) -> bool {
        self.left.iter().any(|left| left.in_doubt)
    }

    /// What the server says of a hold that was given back.
    fn left_read(&mut self, result: Result<Reservation, Failure>) -> Vec<Effect> {
        let asked = self.left_asked.take();
        let Some(access) = asked.filter(|_| self.booked.is_none()) else {
            return Vec::new();
        };
        match result {
            Err(why) if why.outcome_unknown() => vec![ask_of_left_later(access, why)],
            // About one that was asked for before: this one's answer is still to come.
            Ok(reservation) if reservation.access != access => {
                self.left_asked = Some(access);
                Vec::new()
            }
            Ok(reservation) if reservation.status.is_booked() => self.found(reservation),
            // It was not heard of that it is given back.
            Ok(reservation) if reservation.status == Status::OnHold => {
                self.left_again = Some(access.clone());
                vec![release(&access, reservation.version)]
            }
            _ => self.left_is_over(&access),
        }
    }

    /// Something that this tab had given back. If it is a reservation, it is this tab's.
    fn found(&mut self, reservation: Reservation) -> Vec<Effect> {
        self.left.retain(|left| left.access != reservation.access);
        let mut effects = self.give_back();
        self.draft.party = Some(reservation.party);
        self.draft.date = Some(reservation.slot.date);
        self.draft.slot = Some(reservation.slot.clone());
        effects.extend(self.book(reservation));
        effects
    }
}

fn ask_of_left_later(access: Access, why: Failure) -> Effect {
    let ms = why.wait_ms(LEFT_MS);
    let event = Box::new(Event::GivenBack(access, Err(why)));
    Effect::After { ms, event }
}
