//! What is free: a calendar to choose a day by, and a day's seatings to choose a time by.

use serde::{Deserialize, Serialize};

use crate::words::{AvailabilityStatus, ConfirmationMode, Reason};

/// The answer of `GET /venues/{venueId}/availability/calendar`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// Every day asked for, in order.
    pub days: Vec<CalendarDay>,
    /// The first day of the whole booking window that is free for this party, asked for or not;
    /// null when there is none.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date")))]
    pub first_available: Option<String>,
}

/// A day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CalendarDay {
    /// `YYYY-MM-DD` at the venue.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date")))]
    pub date: String,
    /// The best status of its seatings.
    pub status: AvailabilityStatus,
    /// Why not, where it cannot be booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// The answer of `GET /venues/{venueId}/availability`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Availability {
    /// The server's clock, so that a client need not trust its own.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub server_time: String,
    /// Every seating of the day with its status; empty when the venue is closed, or when the day
    /// is outside the booking window.
    pub slots: Vec<Slot>,
    /// Filled when no slot is free: the nearest seatings that are.
    pub alternatives: Vec<Slot>,
    /// Present when no slot is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// A seating that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    /// Opaque; what `POST …/reservations` takes.
    pub id: String,
    /// Start.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub starts_at: String,
    /// End.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub ends_at: String,
    /// `AVAILABLE`, `LIMITED`, `SOLD_OUT` or `OUTSIDE_WINDOW`.
    pub status: AvailabilityStatus,
    /// The service it belongs to.
    pub service_id: String,
    /// The area, where the venue has areas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_id: Option<String>,
    /// How a confirm will be answered.
    pub confirmation_mode: ConfirmationMode,
    /// Until when the guest can cancel by herself.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub cancellable_until: String,
}
