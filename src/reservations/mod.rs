//! Speaking to a reservation API: one provider a file, one error type ([`booking::Failure`]).
//!
//! A provider turns the wizard's wishes into [`Request`]s and answers into domain
//! values; nothing beyond this folder knows a vendor's word. Answers are read
//! leniently: unknown fields and words are tolerated, a missing one is a named error.

mod config;
mod json;
mod native;

pub use config::Config;

use booking::message::Confirmation;
use booking::{
    Access, Calendar, CalendarQuery, Evening, EveningQuery, Failure, Key, Reservation, SlotId,
    Venue,
};

use crate::i18n::Locale;
use crate::platform::network::{self, Answer, Request};

/// How long a reading request may take, in milliseconds.
const READ_TIMEOUT_MS: u32 = 12_000;
/// How long a writing request may take, in milliseconds: giving up early only raises doubt.
const WRITE_TIMEOUT_MS: u32 = 20_000;

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
        let answer = call(json::get("/config.json".to_owned())).await?;
        Config::read(&answer.body)?.provider()
    }

    /// The venue's settings.
    ///
    /// # Errors
    /// As every call here: see [`Failure`].
    pub async fn venue(&self) -> Result<Venue, Failure> {
        let Self::Native(native) = self;
        native::read_venue(&call(native.venue()).await?)
    }

    /// A month of nights.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn calendar(&self, query: CalendarQuery) -> Result<Calendar, Failure> {
        let Self::Native(native) = self;
        native::read_calendar(&call(native.calendar(query)).await?)
    }

    /// The seatings of a night.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn evening(&self, query: EveningQuery) -> Result<Evening, Failure> {
        let Self::Native(native) = self;
        native::read_evening(&call(native.evening(query)).await?)
    }

    /// Takes a hold; asking again with the same key finds the same one.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn hold(
        &self,
        key: &Key,
        slot: &SlotId,
        party: u8,
        locale: Locale,
    ) -> Result<Reservation, Failure> {
        let Self::Native(native) = self;
        let answer = call(native.hold(key, slot, party, locale)).await?;
        native::read_reservation(&answer, None)
    }

    /// Lengthens a hold.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn extend(
        &self,
        access: &Access,
        version: u64,
        key: &Key,
    ) -> Result<Reservation, Failure> {
        let Self::Native(native) = self;
        let answer = call(native.extend(access, version, key)).await?;
        native::read_reservation(&answer, Some(access))
    }

    /// Turns a hold into a reservation.
    ///
    /// # Errors
    /// See [`Failure`]; [`Failure::outcome_unknown`] tells whether it may have gone through.
    pub async fn confirm(
        &self,
        confirmation: &Confirmation,
        locale: Locale,
    ) -> Result<Reservation, Failure> {
        let Self::Native(native) = self;
        let answer = call(native.confirm(confirmation, locale)).await?;
        native::read_reservation(&answer, Some(&confirmation.access))
    }

    /// Reads a reservation.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn reservation(&self, access: &Access) -> Result<Reservation, Failure> {
        let Self::Native(native) = self;
        let answer = call(native.reservation(access)).await?;
        native::read_reservation(&answer, Some(access))
    }

    /// Cancels a reservation or gives a hold back; may be repeated.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn cancel(&self, access: &Access) -> Result<Reservation, Failure> {
        let Self::Native(native) = self;
        let answer = call(native.cancel(access)).await?;
        native::read_reservation(&answer, Some(access))
    }
}

/// Sends, and turns everything but a success into its [`Failure`].
async fn call(request: Request) -> Result<Answer, Failure> {
    let answer = network::send(request)
        .await
        .map_err(|_| Failure::Unreachable)?;
    match answer.status {
        200..=299 => Ok(answer),
        _ => Err(native::read_problem(&answer)),
    }
}
