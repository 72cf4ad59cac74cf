//! Reading and cancelling an existing reservation.

use crate::Remote;
use crate::failure::Failure;
use crate::reservation::{Access, Reservation, Status};
use crate::venue::Venue;

/// The manage page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manage {
    access: Option<Access>,
    reservation: Remote<Reservation>,
    cancelling: Cancelling,
    trial: bool,
}

/// Where the wish to cancel stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cancelling {
    /// Not wished.
    #[default]
    Idle,
    /// The page asks whether the guest means it.
    Asking,
    /// Sent; no answer yet.
    Sending,
    /// Not carried out, or not known whether it was.
    Failed(Failure),
}

/// Something that happened on the manage page.
#[derive(Debug, Clone)]
pub enum ManageEvent {
    /// The page was opened, with a manage link or without.
    Opened(Option<Access>),
    /// The venue's settings came; without them the page simply says nothing of a trial.
    VenueArrived(Result<Venue, Failure>),
    /// The reservation came, or did not.
    ReadArrived(Result<Reservation, Failure>),
    /// The guest asks to try the failed thing again.
    RetryPressed,
    /// The guest wants to cancel.
    CancelPressed,
    /// The guest thought better of it.
    KeepPressed,
    /// The guest means it.
    CancelConfirmed,
    /// The answer to that.
    CancelArrived(Result<Reservation, Failure>),
}

/// Something that has to happen outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManageEffect {
    /// Read the venue's settings.
    FetchVenue,
    /// Read the reservation.
    Read(Access),
    /// Cancel it. May be repeated: the answer stays the same.
    Cancel(Access),
    /// Bring the question or the answer to the guest's attention.
    FocusNotice,
    /// Back to the top: the question is gone.
    FocusHeading,
}

impl Manage {
    /// Whether the page has a manage link to work with.
    pub fn has_access(&self) -> bool {
        self.access.is_some()
    }

    /// The reservation.
    pub fn reservation(&self) -> &Remote<Reservation> {
        &self.reservation
    }

    /// Whether this is a rehearsal: no table waits.
    pub fn is_trial(&self) -> bool {
        self.trial
    }

    /// Where the wish to cancel stands.
    pub fn cancelling(&self) -> &Cancelling {
        &self.cancelling
    }

    /// Takes an event in and says what has to happen outside.
    pub fn update(&mut self, event: ManageEvent) -> Vec<ManageEffect> {
        match event {
            ManageEvent::Opened(access) => self.opened(access),
            ManageEvent::VenueArrived(result) => {
                self.trial = result.is_ok_and(|venue| venue.trial);
                Vec::new()
            }
            ManageEvent::ReadArrived(result) => {
                if self.is_about_this_one(&result, self.reservation.is_loading()) {
                    self.reservation = Remote::from_result(result);
                }
                Vec::new()
            }
            ManageEvent::RetryPressed => {
                // A cancellation may have gone through: look before asking again.
                if matches!(self.cancelling, Cancelling::Failed(_)) {
                    self.cancelling = Cancelling::Idle;
                }
                self.read()
            }
            ManageEvent::CancelPressed => {
                if !self.can_cancel() || self.cancelling == Cancelling::Sending {
                    return Vec::new();
                }
                self.cancelling = Cancelling::Asking;
                vec![ManageEffect::FocusNotice]
            }
            ManageEvent::KeepPressed => {
                if self.cancelling != Cancelling::Asking {
                    return Vec::new();
                }
                self.cancelling = Cancelling::Idle;
                vec![ManageEffect::FocusHeading]
            }
            ManageEvent::CancelConfirmed => match (&self.access, &self.cancelling) {
                (Some(access), Cancelling::Asking) => {
                    let access = access.clone();
                    self.cancelling = Cancelling::Sending;
                    vec![ManageEffect::Cancel(access)]
                }
                _ => Vec::new(),
            },
            ManageEvent::CancelArrived(result) => self.cancel_arrived(result),
        }
    }

    fn opened(&mut self, access: Option<Access>) -> Vec<ManageEffect> {
        if access == self.access && self.reservation != Remote::Idle {
            return Vec::new();
        }
        *self = Self {
            access,
            ..Self::default()
        };
        let mut effects = self.read();
        if !effects.is_empty() {
            effects.push(ManageEffect::FetchVenue);
        }
        effects
    }

    fn cancel_arrived(&mut self, result: Result<Reservation, Failure>) -> Vec<ManageEffect> {
        let sent = self.cancelling == Cancelling::Sending;
        if !self.is_about_this_one(&result, sent) {
            return Vec::new();
        }
        match result {
            Ok(reservation) => {
                self.reservation = Remote::Ready(reservation);
                self.cancelling = Cancelling::Idle;
            }
            Err(failure) => self.cancelling = Cancelling::Failed(failure),
        }
        vec![ManageEffect::FocusNotice]
    }

    /// Whether there is something left to cancel.
    pub fn can_cancel(&self) -> bool {
        self.reservation.ready().is_some_and(|reservation| {
            matches!(
                reservation.status,
                Status::OnHold | Status::Pending | Status::Confirmed
            )
        })
    }

    /// Late answers about another link's reservation change nothing here. A failure does not say
    /// whose it is, so it counts only while an answer is waited for.
    fn is_about_this_one(&self, answer: &Result<Reservation, Failure>, waiting: bool) -> bool {
        match answer {
            Ok(reservation) => Some(&reservation.access) == self.access.as_ref(),
            Err(_) => waiting,
        }
    }

    fn read(&mut self) -> Vec<ManageEffect> {
        match &self.access {
            Some(access) => {
                self.reservation = Remote::Loading;
                vec![ManageEffect::Read(access.clone())]
            }
            None => Vec::new(),
        }
    }
}

#[cfg(test)]
#[path = "manage_tests.rs"]
mod tests;
