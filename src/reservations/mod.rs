//! Speaking to a reservation API: one provider a file, one error type ([`booking::Failure`]).
//!
//! A provider turns the wizard's wishes into [`Request`]s and answers into domain
//! values; nothing beyond this folder knows a vendor's word. Answers are read
//! leniently: unknown fields and words are tolerated, a missing one is a named error.

mod config;
mod json;
mod native;

pub use config::Config;

use std::pin::Pin;

use booking::manage::Wish;
use booking::message::Confirmation;
use booking::wizard::Wait;
use booking::{
    Access, Calendar, CalendarQuery, Evening, EveningQuery, Failure, Key, Language, Reservation,
    SlotId, Venue,
};

use crate::platform::network::{self, Answer, NoAnswer, Request};

/// How long a reading request may take, in milliseconds.
const READ_TIMEOUT_MS: u32 = 12_000;
/// How long a writing request may take, in milliseconds: giving up early only raises doubt.
const WRITE_TIMEOUT_MS: u32 = 20_000;

/// Something that is waited for; boxed, so that each place that waits for it is small.
pub type Coming<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// The API this site books with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provider {
    /// The native contract.
    Native(native::Native),
}

impl Provider {
    /// Reads `config.json` and picks the provider it names.
    ///
    /// # Errors
    /// [`Failure::Misconfigured`] says what is wrong with the file; [`Failure::Unreachable`] that it did not come.
    pub async fn load() -> Result<Self, Failure> {
        let request = json::get("/config.json".to_owned());
        let answer = accepted(network::send(request).await)?;
        Config::read(&answer.body)?.provider()
    }

    /// Asks for the venue's settings.
    pub fn venue(&self) -> Request {
        let Self::Native(native) = self;
        native.venue()
    }

    /// Asks for a month of nights.
    pub fn calendar(&self, query: CalendarQuery) -> Request {
        let Self::Native(native) = self;
        native.calendar(query)
    }

    /// Asks for the seatings of a night.
    pub fn evening(&self, query: EveningQuery) -> Request {
        let Self::Native(native) = self;
        native.evening(query)
    }

    /// Takes a hold; asking again with the same key finds the same one.
    pub fn hold(&self, key: &Key, slot: &SlotId, party: u8, language: Language) -> Request {
        let Self::Native(native) = self;
        native.hold(key, slot, party, language)
    }

    /// Lengthens a hold.
    pub fn extend(&self, access: &Access, version: u64, key: &Key) -> Request {
        let Self::Native(native) = self;
        native.extend(access, version, key)
    }

    /// Turns a hold into a reservation.
    pub fn confirm(&self, confirmation: &Confirmation) -> Request {
        let Self::Native(native) = self;
        native.confirm(confirmation)
    }

    /// Asks for a reservation.
    pub fn reservation(&self, access: &Access) -> Request {
        let Self::Native(native) = self;
        native.reservation(access)
    }

    /// Gives a hold back, unless it is no longer of this version; may be repeated.
    pub fn give_back(&self, access: &Access, version: Option<u64>) -> Request {
        let Self::Native(native) = self;
        native.give_back(access, version)
    }

    /// Cancels a reservation; may be repeated.
    pub fn cancel(&self, access: &Access) -> Request {
        let Self::Native(native) = self;
        native.cancel(access)
    }

    /// Joins a waiting list; asking again with the same key finds the same place.
    pub fn wait(&self, wait: &Wait) -> Request {
        let Self::Native(native) = self;
        native.wait(wait)
    }

    /// Gives a place on a waiting list up; may be repeated.
    pub fn stop_waiting(&self, access: &Access) -> Request {
        let Self::Native(native) = self;
        native.stop_waiting(access)
    }

    /// Asks for a place on a waiting list.
    pub fn place_on_list(&self, access: &Access) -> Request {
        let Self::Native(native) = self;
        native.place_on_list(access)
    }

    /// Changes a reservation: all that is wished for, or nothing.
    pub fn modify(&self, wish: &Wish) -> Request {
        let Self::Native(native) = self;
        native.modify(wish)
    }

    /// Erases what a reservation says of its guests; may be repeated.
    pub fn erase(&self, access: &Access) -> Request {
        let Self::Native(native) = self;
        native.erase(access)
    }

    /// Sends what was asked for.
    ///
    /// # Errors
    /// Everything but a success: see [`Failure`]. [`Failure::outcome_unknown`] tells whether a request may
    /// have gone through all the same.
    pub fn send(&self, request: Request) -> Coming<Reply> {
        let api = self.clone();
        Box::pin(async move { api.receive(network::send(request).await) })
    }

    /// What came of a request: a reply, or the [`Failure`] it amounts to.
    ///
    /// # Errors
    /// Everything but a success.
    pub fn receive(&self, came: Result<Answer, NoAnswer>) -> Result<Reply, Failure> {
        let Self::Native(_) = self;
        accepted(came).map(Reply::Native)
    }
}

/// What came back, to be read as what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// In the words of the native contract.
    Native(Answer),
}

impl Reply {
    /// The venue's settings.
    ///
    /// # Errors
    /// [`Failure::Malformed`] names what is missing, here and below.
    pub fn venue(&self) -> Result<Venue, Failure> {
        let Self::Native(answer) = self;
        native::read_venue(answer)
    }

    /// A month of nights.
    ///
    /// # Errors
    /// As for the venue.
    pub fn calendar(&self) -> Result<Calendar, Failure> {
        let Self::Native(answer) = self;
        native::read_calendar(answer)
    }

    /// The seatings of a night.
    ///
    /// # Errors
    /// As for the venue.
    pub fn evening(&self) -> Result<Evening, Failure> {
        let Self::Native(answer) = self;
        native::read_evening(answer)
    }

    /// What opens the place on a list that was just given.
    ///
    /// # Errors
    /// As for the venue.
    pub fn place_on_list(&self) -> Result<Access, Failure> {
        let Self::Native(answer) = self;
        native::read_place_on_list(answer)
    }

    /// Whether what was given up is gone; the page of an airport's Wi-Fi says nothing of it.
    ///
    /// # Errors
    /// As for the venue.
    pub fn gone(&self) -> Result<(), Failure> {
        let Self::Native(answer) = self;
        match answer.status {
            204 => Ok(()),
            _ => Err(json::malformed("status")),
        }
    }

    /// Whether a place on a list stands.
    ///
    /// # Errors
    /// As for the venue.
    pub fn still_waits(&self) -> Result<(), Failure> {
        let Self::Native(answer) = self;
        native::read_still_waits(answer)
    }

    /// A reservation; a new one brings its own access.
    ///
    /// # Errors
    /// As for the venue.
    pub fn reservation(&self, access: Option<&Access>) -> Result<Reservation, Failure> {
        let Self::Native(answer) = self;
        native::read_reservation(answer, access)
    }
}

/// Everything but a success is a failure.
fn accepted(came: Result<Answer, NoAnswer>) -> Result<Answer, Failure> {
    let answer = came.map_err(|NoAnswer| Failure::Unreachable)?;
    match answer.status {
        200..=299 => Ok(answer),
        _ => Err(native::read_problem(&answer)),
    }
}
