//! Reading and cancelling an existing reservation.

use crate::Remote;
use crate::failure::Failure;
use crate::reservation::{Access, Reservation, Status};

/// The manage page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manage {
    access: Option<Access>,
    reservation: Remote<Reservation>,
    cancelling: Cancelling,
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
    /// Read the reservation.
    Read(Access),
    /// Cancel it. May be repeated: the answer stays the same.
    Cancel(Access),
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

    /// Where the wish to cancel stands.
    pub fn cancelling(&self) -> &Cancelling {
        &self.cancelling
    }

    /// Takes an event in and says what has to happen outside.
    pub fn update(&mut self, event: ManageEvent) -> Vec<ManageEffect> {
        match event {
            ManageEvent::Opened(access) => {
                if access == self.access && self.reservation != Remote::Idle {
                    return Vec::new();
                }
                *self = Self {
                    access,
                    ..Self::default()
                };
                self.read()
            }
            ManageEvent::ReadArrived(result) => {
                self.reservation = Remote::from_result(result);
                Vec::new()
            }
            ManageEvent::RetryPressed => match self.cancelling {
                // The cancellation may have gone through: look before asking again.
                Cancelling::Failed(_) => {
                    self.cancelling = Cancelling::Idle;
                    self.read()
                }
                _ => self.read(),
            },
            ManageEvent::CancelPressed => {
                if self.can_cancel() && self.cancelling != Cancelling::Sending {
                    self.cancelling = Cancelling::Asking;
                }
                Vec::new()
            }
            ManageEvent::KeepPressed => {
                if self.cancelling == Cancelling::Asking {
                    self.cancelling = Cancelling::Idle;
                }
                Vec::new()
            }
            ManageEvent::CancelConfirmed => match (&self.access, &self.cancelling) {
                (Some(access), Cancelling::Asking) => {
                    let access = access.clone();
                    self.cancelling = Cancelling::Sending;
                    vec![ManageEffect::Cancel(access)]
                }
                _ => Vec::new(),
            },
            ManageEvent::CancelArrived(Ok(reservation)) => {
                self.reservation = Remote::Ready(reservation);
                self.cancelling = Cancelling::Idle;
                Vec::new()
            }
            ManageEvent::CancelArrived(Err(failure)) => {
                self.cancelling = Cancelling::Failed(failure);
                Vec::new()
            }
        }
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
