//! Everything that can be wrong, as RFC 9457 `application/problem+json`.
//!
//! A client branches on the last segment of `type` and shows its own words; titles are for people
//! who read logs and answers by eye.

use serde::{Deserialize, Serialize};

use crate::availability::Slot;

/// The media type of every problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

macro_rules! problem_types {
    ($($(#[$meta:meta])* $variant:ident = $slug:literal, $status:literal, $title:literal;)+) => {
        /// The kinds of problem, each with one slug, one HTTP status and one title.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemType {
            $($(#[$meta])* $variant,)+
        }

        impl ProblemType {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The last path segment of `type`, which clients branch on.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug,)+ }
            }

            /// `type` as it travels: a relative URI reference.
            pub const fn uri(self) -> &'static str {
                match self { $(Self::$variant => concat!("/problems/", $slug),)+ }
            }

            /// The HTTP status.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ }
            }

            /// A short English title.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

problem_types! {
    /// The places are gone; carries alternatives.
    SlotUnavailable = "slot-unavailable", 409, "The slot is no longer free for this party";
    /// The hold ran out; carries alternatives.
    HoldExpired = "hold-expired", 410, "The hold has run out";
    /// No further extension is allowed.
    HoldExtensionLimit = "hold-extension-limit", 409, "The hold cannot be extended again";
    /// The venue does not seat parties of this size.
    PartySizeOutOfRange = "party-size-out-of-range", 422, "The venue does not take parties of this size";
    /// Past, too soon or too far ahead.
    OutsideBookingWindow = "outside-booking-window", 422, "The slot is outside the booking window";
    /// Too late to cancel alone.
    CancellationCutoffPassed = "cancellation-cutoff-passed", 409, "It is too late to cancel online";
    /// The reservation's status does not allow the call.
    NotModifiable = "not-modifiable", 409, "The reservation can no longer be changed this way";
    /// Fields are missing or wrong; carries errors.
    ValidationFailed = "validation-failed", 422, "Some fields are missing or wrong";
    /// No such reservation, or not with this token: nobody can tell which.
    ReservationNotFound = "reservation-not-found", 404, "No reservation answers to this id and token";
    /// `If-Match` names an older version.
    VersionConflict = "version-conflict", 412, "The reservation has changed meanwhile";
    /// `If-Match` is missing.
    PreconditionRequired = "precondition-required", 428, "This call needs If-Match";
    /// `Idempotency-Key` is missing or shorter than 16 characters.
    IdempotencyKeyMissing = "idempotency-key-missing", 400, "This call needs an Idempotency-Key of at least 16 characters";
    /// The first call with this key is still running.
    IdempotencyKeyInFlight = "idempotency-key-in-flight", 409, "The first call with this Idempotency-Key is still running";
    /// The key was used for another call or another body.
    IdempotencyKeyReused = "idempotency-key-reused", 422, "This Idempotency-Key belongs to another request";
    /// Too many calls.
    QuotaExceeded = "quota-exceeded", 429, "Too many requests";
    /// The request cannot be read.
    Malformed = "malformed", 400, "The request cannot be read";
    /// The body is not JSON by its content type.
    UnsupportedMediaType = "unsupported-media-type", 415, "The body must be application/json";
    /// The body is too large.
    TooLarge = "too-large", 413, "The body is larger than 64 KiB";
    /// No such path or venue.
    NotFound = "not-found", 404, "There is nothing here";
    /// The path exists, the method does not.
    MethodNotAllowed = "method-not-allowed", 405, "This method is not allowed here";
    /// The server cannot answer now.
    TemporarilyUnavailable = "temporarily-unavailable", 503, "Bookings are unavailable for the moment";
}

impl ProblemType {
    /// The kind a `type` names, by its last path segment, whatever stands before it.
    pub fn from_uri(uri: &str) -> Option<Self> {
        let slug = uri.rsplit('/').next()?;
        Self::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }
}

/// A problem as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// A URI reference; its last path segment is the slug.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "uri-reference")))]
    pub kind: String,
    /// A short English title.
    pub title: String,
    /// The HTTP status again.
    pub status: u16,
    /// More, for people; never guest data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// With `validation-failed`: what is wrong where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<FieldError>>,
    /// With `slot-unavailable` and `hold-expired`: seatings that are free, the nearest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternatives: Option<Vec<Slot>>,
}

impl Problem {
    /// A bare problem of a kind.
    pub fn new(kind: ProblemType) -> Self {
        Self {
            kind: kind.uri().to_owned(),
            title: kind.title().to_owned(),
            status: kind.status(),
            detail: None,
            errors: None,
            alternatives: None,
        }
    }

    /// The kind, where this build knows it.
    pub fn problem_type(&self) -> Option<ProblemType> {
        ProblemType::from_uri(&self.kind)
    }
}

/// One wrong field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// RFC 6901, such as `/guest/email`; a query parameter `from` is `/from`.
    pub pointer: String,
    /// `required`, `invalid`, `too-long`, `too-many` or `unknown`.
    pub code: String,
}

impl FieldError {
    /// A wrong field.
    pub fn new(pointer: impl Into<String>, code: &str) -> Self {
        Self {
            pointer: pointer.into(),
            code: code.to_owned(),
        }
    }
}
