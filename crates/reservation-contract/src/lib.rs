//! The reservation API, as types.
//!
//! One place says what travels between a booking page and a reservation server; the server, the
//! checker and the tests of the site all read it here. Nothing in this crate knows a browser, a
//! web framework, a clock or a database.
//!
//! | module | holds |
//! |---|---|
//! | [`venue`] | what a venue says about itself |
//! | [`availability`] | calendar, seatings, alternatives |
//! | [`reservation`] | a reservation and the bodies of the calls that make it |
//! | [`waitlist`] | the waiting list, and the request for lost links |
//! | [`problem`] | everything that can be wrong, RFC 9457 |
//! | [`words`] | the open enums |
//! | `openapi` (feature) | the OpenAPI 3.1 document, generated |
//!
//! Conventions: camelCase; instants are RFC 3339 with the venue's own offset
//! (`2026-12-05T19:00:00-05:00`); days are `YYYY-MM-DD`; local times are `HH:MM`; unknown fields are
//! ignored; every enum is open, so that an older client survives a newer server.

pub mod availability;
pub mod problem;
pub mod reservation;
pub mod venue;
pub mod waitlist;
pub mod words;

#[cfg(feature = "openapi")]
pub mod openapi;

use serde::{Deserialize, Serialize};

/// The OpenAPI 3.1 document as committed. A test holds it to what [`openapi`](crate) generates.
pub const OPENAPI_JSON: &str = include_str!("../openapi.json");

/// Where the API is mounted, without a trailing slash.
pub const BASE_PATH: &str = "/api/v1";

/// A text of the venue in both of its languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Text {
    /// Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

/// The answer of `GET /health`. A server that cannot take bookings answers
/// [`temporarily-unavailable`](problem::ProblemType::TemporarilyUnavailable) instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// `ok`.
    pub status: String,
    /// The server's clock, RFC 3339.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub server_time: String,
}
