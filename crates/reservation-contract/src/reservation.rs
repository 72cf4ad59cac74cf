//! A reservation, and the bodies of the calls that make it.
//!
//! Fields of the confirm default when they are missing, so that a server can name every missing
//! field at once and not only the first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::words::{CancelledBy, ConfirmationMode, ReservationStatus};

/// The body of `POST /venues/{venueId}/reservations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HoldRequest {
    /// A slot's id as the availability told it.
    pub slot_id: String,
    /// People.
    #[cfg_attr(feature = "openapi", schemars(range(min = 1)))]
    pub party_size: u32,
    /// `es` or `en`: the language to write to the guest in.
    #[cfg_attr(feature = "openapi", schemars(extend("enum" = ["es", "en"])))]
    pub locale: String,
}

/// The body of `POST /reservations/{id}/confirm`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConfirmRequest {
    /// Who books.
    #[serde(default)]
    pub guest: Guest,
    /// A record per guest, the lead first; may be empty where the venue asks nothing of them.
    #[serde(default)]
    pub guests: Vec<PartyGuest>,
    /// Dishes ordered ahead.
    #[serde(default)]
    pub dishes: Vec<GuestDishes>,
    /// What guests cannot eat.
    #[serde(default)]
    pub dietary: Vec<Dietary>,
    /// Anything else.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(length(max = 1000)))]
    pub note: Option<String>,
    /// What the guest agreed to.
    #[serde(default)]
    pub consents: Consents,
}

/// The body of `PATCH /reservations/{id}`. What is absent or null stays as it is; a list that is
/// present replaces the whole list, and an empty note removes the note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct ModifyRequest {
    /// Another seating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot_id: Option<String>,
    /// Another number of people. Lists that would name guests beyond it must be sent anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(range(min = 1)))]
    pub party_size: Option<u32>,
    /// A record per guest who comes then, the lead first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guests: Option<Vec<ChangedGuest>>,
    /// Dishes ordered ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dishes: Option<Vec<GuestDishes>>,
    /// What guests cannot eat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dietary: Option<Vec<Dietary>>,
    /// Anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schemars(length(max = 1000)))]
    pub note: Option<String>,
    /// What the guest agrees to beyond the confirm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consents: Option<ModifyConsents>,
}

/// What a change may need agreement to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ModifyConsents {
    /// Health data may be kept for the kitchen. Required where `dietary` is not empty afterwards and
    /// the confirm did not carry it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<bool>,
}

/// Who books.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Guest {
    /// Given name, any script.
    pub given_name: String,
    /// Family name, any script.
    pub family_name: String,
    /// Where the confirmation goes.
    pub email: String,
    /// Any country.
    pub phone: String,
    /// `es` or `en`.
    pub locale: String,
}

/// One guest of the party as a change leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct ChangedGuest {
    /// Who this is among the guests before the change, counted from 0: everything told of that guest
    /// stays, documents too, but for the answers given here. Absent for somebody who is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<u32>,
    /// Answers by field id.
    pub fields: BTreeMap<String, String>,
}

/// What the venue asks of one guest of the party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PartyGuest {
    /// Answers by field id.
    pub fields: BTreeMap<String, String>,
}

/// The dishes of one guest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct GuestDishes {
    /// Index in the party; 0 is the lead.
    pub guest: u32,
    /// The set menu chosen.
    #[cfg_attr(feature = "openapi", schemars(length(max = 64)))]
    pub set_id: String,
    /// Its dishes.
    #[cfg_attr(feature = "openapi", schemars(length(max = 30)))]
    pub items: Vec<Dish>,
}

/// A dish as the guest read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Dish {
    /// Id on the menu.
    #[cfg_attr(feature = "openapi", schemars(length(max = 64)))]
    pub dish_id: String,
    /// Name, stored as given: menus change, promises do not.
    #[cfg_attr(feature = "openapi", schemars(length(max = 500)))]
    pub name: String,
}

/// What one guest cannot eat. Health data: needs `consents.health`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Dietary {
    /// Index in the party; 0 is the lead.
    pub guest: u32,
    /// Codes such as `gluten`, `nuts`, `vegan`.
    #[cfg_attr(
        feature = "openapi",
        schemars(length(max = 30), inner(length(max = 64)))
    )]
    pub codes: Vec<String>,
    /// In the guest's own words.
    #[cfg_attr(feature = "openapi", schemars(length(max = 500)))]
    pub note: Option<String>,
}

/// What the guest agreed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Consents {
    /// Personal data may be kept for the booking. Required.
    pub privacy: bool,
    /// Health data may be kept for the kitchen. Required where `dietary` is not empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<bool>,
    /// Ids of the accepted house rules.
    #[cfg_attr(feature = "openapi", schemars(length(max = 100)))]
    pub house_rules: Vec<String>,
}

/// A reservation, as every call about it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reservation {
    /// Id, used in paths; not a secret.
    pub id: String,
    /// Six letters to say on the telephone; authenticates nothing.
    pub reference: String,
    /// Where it stands.
    pub status: ReservationStatus,
    /// Grows with every change; the `ETag` is this number in quotes.
    pub version: u64,
    /// The venue.
    pub venue_id: String,
    /// The seating, as it was when it was taken.
    pub slot: ReservedSlot,
    /// People.
    pub party_size: u32,
    /// Who books; null before the confirm and after an erase.
    pub guest: Option<Guest>,
    /// Answers per guest.
    pub guests: Vec<PartyGuest>,
    /// Dishes ordered ahead.
    pub dishes: Vec<GuestDishes>,
    /// What guests cannot eat.
    pub dietary: Vec<Dietary>,
    /// Anything else.
    pub note: Option<String>,
    /// When the hold was made.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub created_at: String,
    /// When `version` last grew.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub updated_at: String,
    /// When the hold runs or ran out; null once it is more than a hold.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub expires_at: Option<String>,
    /// Null unless cancelled.
    pub cancellation: Option<Cancellation>,
    /// The server's clock at this answer; count down from here, not from the device's clock.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub server_time: String,
    /// The credential of every later call; told only where the hold is made, and on its replay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manage_token: Option<String>,
}

/// The seating of a reservation: a slot without a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReservedSlot {
    /// Opaque.
    pub id: String,
    /// Start.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub starts_at: String,
    /// End.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub ends_at: String,
    /// The service.
    pub service_id: String,
    /// The area, where the venue has areas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_id: Option<String>,
    /// How a confirm is answered.
    pub confirmation_mode: ConfirmationMode,
    /// Until when the guest can cancel by herself.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub cancellable_until: String,
}

/// How a reservation ended before its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cancellation {
    /// When.
    #[cfg_attr(feature = "openapi", schemars(extend("format" = "date-time")))]
    pub cancelled_at: String,
    /// By whom.
    pub cancelled_by: CancelledBy,
}
