//! The waiting list and the request for lost manage links.

use serde::{Deserialize, Serialize};

use crate::reservation::{Consents, Guest};
use crate::words::WaitlistStatus;

/// The body of `POST /venues/{venueId}/waitlist-entries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WaitlistRequest {
    /// The day hoped for, `YYYY-MM-DD` at the venue.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date")))]
    pub date: String,
    /// People.
    #[cfg_attr(feature = "openapi", schemars(range(min = 1)))]
    pub party_size: u32,
    /// Only this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// Only this area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_id: Option<String>,
    /// Whom to tell.
    #[serde(default)]
    pub guest: Guest,
    /// What the guest agreed to.
    #[serde(default)]
    pub consents: Consents,
}

/// A place on the waiting list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WaitlistEntry {
    /// Id, used in paths; not a secret.
    pub id: String,
    /// Where it stands.
    pub status: WaitlistStatus,
    /// The venue.
    pub venue_id: String,
    /// The day hoped for.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date")))]
    pub date: String,
    /// People.
    pub party_size: u32,
    /// Only this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// Only this area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_id: Option<String>,
    /// Whom to tell.
    pub guest: Guest,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub created_at: String,
    /// The server's clock at this answer.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub server_time: String,
    /// The credential of every later call; told only where the entry is made, and on its replay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manage_token: Option<String>,
}

/// The body of `POST /venues/{venueId}/link-requests`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct LinkRequest {
    /// The address the bookings were made with.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "email")))]
    pub email: String,
}
