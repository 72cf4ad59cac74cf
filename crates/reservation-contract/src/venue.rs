//! What a venue says about itself: enough for a wizard to ask only what is needed.

use serde::{Deserialize, Serialize};

use crate::Text;
use crate::words::{Capability, FieldType, Mode, Weekday};

/// The answer of `GET /venues/{venueId}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Venue {
    /// The id in every path.
    pub id: String,
    /// Real bookings or a trial.
    pub mode: Mode,
    /// The venue's name.
    pub name: Text,
    /// IANA name; every time is told in it.
    pub time_zone: String,
    /// ISO 4217.
    pub currency: String,
    /// Smallest and largest party.
    pub party_size: PartySize,
    /// How early and how late one can book.
    pub booking_window: BookingWindow,
    /// How long places are held.
    pub hold: HoldPolicy,
    /// What is served when.
    pub services: Vec<Service>,
    /// Areas to choose from; empty where there is no choice.
    pub areas: Vec<Area>,
    /// What is asked of whom.
    pub guest_fields: GuestFields,
    /// What guests must know or accept.
    pub house_rules: Vec<HouseRule>,
    /// Terms.
    pub policies: Policies,
    /// What the server can do beyond the basics.
    pub capabilities: Vec<Capability>,
    /// Shown above every step; the trial's warning lives here.
    pub notice: Option<Text>,
}

/// Smallest and largest party, both allowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PartySize {
    /// Smallest party, people.
    pub min: u32,
    /// Largest party, people.
    pub max: u32,
}

/// How early and how late one can book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BookingWindow {
    /// Minutes between now and the earliest start that can be booked.
    pub min_notice_minutes: u32,
    /// Days between today at the venue and the last day that can be booked.
    pub max_days_ahead: u32,
}

/// How long places are held for a guest who fills in the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HoldPolicy {
    /// Seconds of a fresh hold.
    pub ttl_seconds: u32,
    /// How often it can be made longer.
    pub max_extensions: u32,
    /// Seconds each extension adds.
    pub extension_seconds: u32,
}

/// Something served at regular times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// The days it is served.
    pub weekdays: Vec<Weekday>,
    /// Local starts, `HH:MM`, ascending.
    pub local_start_times: Vec<String>,
    /// Minutes from start to end.
    pub duration_minutes: u32,
}

/// A part of the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Area {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// A sentence about it.
    pub description: Text,
}

/// What is asked of whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GuestFields {
    /// Asked of the guest who books; the ids are the keys of `guest` in the confirm.
    pub lead: Vec<GuestField>,
    /// Asked of every guest; the ids are the keys of `guests[].fields` in the confirm.
    pub per_guest: Vec<GuestField>,
}

/// One question, and the honest reason for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GuestField {
    /// Id.
    pub id: String,
    /// Kind of answer.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether a confirm without it is refused.
    pub required: bool,
    /// The question.
    pub label: Text,
    /// Why it is asked.
    pub why: Text,
    /// Who reads the answer.
    pub seen_by: Text,
    /// Answers to choose from; only for `choice`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<FieldOption>,
}

/// One answer of a `choice` field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct FieldOption {
    /// The value sent.
    pub id: String,
    /// What the guest reads.
    pub label: Text,
}

/// Something guests must know or accept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HouseRule {
    /// Id, sent back in `consents.houseRules`.
    pub id: String,
    /// The rule.
    pub text: Text,
    /// Whether a confirm that does not accept it is refused.
    pub must_accept: bool,
}

/// Terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Policies {
    /// Minutes before the start at which a guest can no longer cancel by herself.
    pub cancellation_cutoff_minutes: u32,
}
