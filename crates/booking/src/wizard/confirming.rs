//! Turning the hold into a reservation, once, whatever the network does.

use super::{Holding, Wizard};
use crate::failure::Failure;
use crate::message::{Confirmation, Effect, Event, Moment};
use crate::reservation::{Key, Reservation, Status};
use crate::rules::{FieldId, consent_errors, errors_from_refusals, guest_errors};
use crate::step::Step;
use crate::wizard::WhyLost;

/// How often the server is asked by itself whether a lost confirmation went through.
const CHECKS: u8 = 3;
/// How long to wait before the first of these, in milliseconds; doubled for each further one.
const CHECK_MS: u32 = 1_000;

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
        matches!(self, Self::Sending(_) | Self::Checking { .. })
    }

    pub(super) fn key(&self) -> Option<&Key> {
        match self {
            Self::Idle => None,
            Self::Sending(key)
            | Self::Checking { key, .. }
            | Self::Unknown(key)
            | Self::NotBooked { key, .. } => Some(key),
        }
    }

    /// The details changed: the next confirmation is a new one.
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
        if self.confirming.is_under_way() || self.booked.is_some() {
            return Vec::new();
        }
        self.errors = guest_errors(&self.draft.guest);
        self.errors.extend(consent_errors(self.draft.consents));
        if !self.errors.is_empty() {
            return self.show_errors();
        }
        if let Confirming::Unknown(key) = &self.confirming {
            // Read before writing again: it may have gone through.
            let key = key.clone();
            self.confirming = Confirming::Checking { key, checks: 0 };
            return self.check_due();
        }
        let Holding::Held(hold) = &self.holding else {
            return Vec::new();
        };
        let key = self
            .confirming
            .key()
            .cloned()
            .unwrap_or_else(|| moment.fresh_key.clone());
        let confirmation = Confirmation {
            access: hold.access.clone(),
            version: hold.version,
            key: key.clone(),
            guest: self.draft.guest.clone(),
            consents: self.draft.consents,
        };
        self.confirming = Confirming::Sending(key);
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
            Ok(_) => self.start_checking(key),
            Err(failure) if failure.outcome_unknown() || failure == Failure::Changed => {
                self.start_checking(key)
            }
            Err(failure) => self.confirm_refused(key, failure),
        }
    }

    fn start_checking(&mut self, key: Key) -> Vec<Effect> {
        self.confirming = Confirming::Checking { key, checks: 0 };
        vec![
            self.save(),
            Effect::After {
                ms: CHECK_MS,
                event: Box::new(Event::CheckDue),
            },
        ]
    }

    fn confirm_refused(&mut self, key: Key, failure: Failure) -> Vec<Effect> {
        match failure {
            Failure::HoldExpired { alternatives } => {
                self.confirming = Confirming::Idle;
                self.lose(WhyLost::Expired, alternatives)
            }
            Failure::SlotTaken { alternatives } => {
                self.confirming = Confirming::Idle;
                self.lose(WhyLost::Taken, alternatives)
            }
            Failure::Refused(refusals) => {
                self.errors = errors_from_refusals(&refusals);
                if self.errors.is_empty() {
                    let why = Failure::Refused(refusals);
                    self.confirming = Confirming::NotBooked { key, why };
                    return vec![self.save()];
                }
                // Mended details are a new request: the key of the refused one is spent.
                self.confirming = Confirming::Idle;
                self.show_errors()
            }
            why => {
                self.confirming = Confirming::NotBooked { key, why };
                vec![self.save()]
            }
        }
    }

    /// Leads to the page that can mend the first error.
    fn show_errors(&mut self) -> Vec<Effect> {
        let on_guests = self
            .errors
            .iter()
            .any(|error| matches!(error.field, FieldId::Guest(_)));
        let mut effects = vec![self.save()];
        if on_guests && self.step != Some(Step::Guests) {
            // The errors belong to the page being opened, so they are set before it is entered.
            self.step = Some(Step::Guests);
            effects.push(Effect::Go {
                step: Step::Guests,
                replace: false,
            });
        }
        effects.push(Effect::FocusErrors);
        effects
    }

    pub(super) fn check_due(&mut self) -> Vec<Effect> {
        let access = match (&self.confirming, &self.holding) {
            (Confirming::Checking { .. }, Holding::Held(hold)) => &hold.access,
            (Confirming::Checking { .. }, Holding::Resuming { access, .. }) => access,
            _ => return Vec::new(),
        };
        vec![Effect::Read(access.clone())]
    }

    pub(super) fn read_arrived(
        &mut self,
        result: Result<Reservation, Failure>,
        moment: &Moment,
    ) -> Vec<Effect> {
        let extensions_left = match &self.holding {
            Holding::Held(hold) => hold.extensions_left,
            Holding::Resuming {
                extensions_left, ..
            } => *extensions_left,
            _ => return Vec::new(),
        };
        match result {
            Ok(reservation) => {
                let on_hold = reservation.status == Status::OnHold;
                let effects = self.adopt(reservation, Some(extensions_left), moment);
                self.settle_checking(on_hold);
                effects
            }
            Err(Failure::NotFound) => {
                self.confirming = Confirming::Idle;
                self.lose(WhyLost::Expired, Vec::new())
            }
            Err(failure) => self.read_failed(failure),
        }
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
                let ms = CHECK_MS << (*checks + 1);
                self.confirming = Confirming::Checking {
                    key: key.clone(),
                    checks: checks + 1,
                };
                return vec![Effect::After {
                    ms,
                    event: Box::new(Event::CheckDue),
                }];
            }
            self.confirming = Confirming::Unknown(key.clone());
        }
        if let Holding::Resuming { failure: slot, .. } = &mut self.holding {
            *slot = Some(failure);
        }
        vec![self.save()]
    }

    /// Asks the server again what became of this tab's reservation.
    pub(super) fn look_again(&mut self) -> Vec<Effect> {
        if let Confirming::Unknown(key) = &self.confirming {
            self.confirming = Confirming::Checking {
                key: key.clone(),
                checks: 0,
            };
        }
        match &mut self.holding {
            Holding::Resuming {
                access, failure, ..
            } => {
                *failure = None;
                vec![Effect::Read(access.clone())]
            }
            Holding::Held(hold) if self.confirming.is_under_way() => {
                vec![Effect::Read(hold.access.clone())]
            }
            _ => Vec::new(),
        }
    }

    /// The server said so: there is a reservation.
    pub(super) fn book(&mut self, reservation: Reservation) -> Vec<Effect> {
        self.holding = Holding::None;
        self.confirming = Confirming::Idle;
        self.booked = Some(reservation);
        self.errors.clear();
        self.step = Some(Step::Done);
        vec![
            self.save(),
            Effect::Go {
                step: Step::Done,
                replace: true,
            },
        ]
    }
}
