//! The booking wizard as a pure state machine.
//!
//! What a guest does arrives as an [`Event`]; what has to happen in the world
//! leaves as [`Effect`]s; between the two [`Wizard::update`] decides, with
//! nothing but its own state and the [`Moment`] it is given. It knows neither
//! Leptos, clock, network nor wire format, which is what lets a native test
//! run whole evenings of bookings in a second.
//!
//! - [`civil`]: dates and times as the venue's wall shows them
//! - [`venue`], [`availability`], [`reservation`]: what a reservation API can tell us
//! - [`draft`], [`plan`], [`party`]: what the guests have said so far, and the part of it a tab may keep
//! - [`rules`]: what is missing before a step can be left
//! - [`ics`]: the evening as a calendar file
//! - [`failure`]: every way a call can go wrong, as the wizard tells them apart
//! - [`wizard`]: the machine; [`manage`]: its small sister for an existing reservation

pub mod availability;
pub mod civil;
pub mod draft;
pub mod failure;
pub mod ics;
pub mod language;
pub mod manage;
pub mod message;
pub mod party;
pub mod plan;
pub mod reservation;
pub mod rules;
#[cfg(feature = "sabotage")]
pub mod sabotage;
pub mod step;
pub mod venue;
pub mod wizard;

/// Whether a fault was put in on purpose. Without the feature it is not even a question.
macro_rules! sabotaged {
    ($how:ident) => {{
        #[cfg(feature = "sabotage")]
        let spoiled = crate::sabotage::is(crate::sabotage::Sabotage::$how);
        #[cfg(not(feature = "sabotage"))]
        let spoiled = false;
        spoiled
    }};
}
pub(crate) use sabotaged;

pub use availability::{Calendar, Day, DayStatus, Evening, Slot, SlotId, SlotStatus};
pub use civil::{Date, LocalTime, Month};
pub use draft::{Consents, Draft, Guest, GuestField, Left, Saved, SavedHold, SavedWait, WaitKept};
pub use failure::Failure;
pub use language::Language;
pub use manage::Manage;
pub use message::{CalendarQuery, Effect, EveningQuery, Event, Moment, Prefill, Question, Today};
pub use party::{Answers, Asked};
pub use plan::{Dishes, Place, Plan, PlannedDish};
pub use reservation::{Access, Key, Note, Reservation, Status};
pub use rules::FieldError;
pub use step::Step;
pub use venue::Venue;
pub use wizard::{Position, Wizard};

/// Something asked of a reservation API and how far it has got.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Remote<T> {
    /// Not asked for.
    #[default]
    Idle,
    /// Asked, no answer yet.
    Loading,
    /// Answered.
    Ready(T),
    /// Not answered, or answered with a problem.
    Failed(Failure),
}

impl<T> Remote<T> {
    /// The answer, if there is one.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            _ => None,
        }
    }

    /// The failure, if there is one.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            _ => None,
        }
    }

    /// Whether an answer is being waited for.
    pub fn is_loading(&self) -> bool {
        matches!(self, Self::Loading)
    }

    /// The state an answer leads to.
    pub fn from_result(result: Result<T, Failure>) -> Self {
        match result {
            Ok(value) => Self::Ready(value),
            Err(failure) => Self::Failed(failure),
        }
    }
}
