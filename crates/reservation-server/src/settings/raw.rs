//! `server.toml` as it is written, before anything is checked.

use std::path::PathBuf;

use reservation_contract::Text;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub venue: Venue,
    pub booking: Booking,
    pub hold: Hold,
    pub service: Vec<Service>,
    #[serde(default)]
    pub area: Vec<Area>,
    #[serde(default)]
    pub lead_field: Vec<Field>,
    #[serde(default)]
    pub guest_field: Vec<Field>,
    #[serde(default)]
    pub house_rule: Vec<HouseRule>,
    #[serde(default)]
    pub waitlist: Waitlist,
    #[serde(default)]
    pub messages: Messages,
    pub privacy: Privacy,
    #[serde(default)]
    pub http: Http,
    pub limits: Limits,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Venue {
    pub id: String,
    pub mode: String,
    pub name: Text,
    pub time_zone: String,
    pub currency: String,
    pub notice: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Booking {
    pub party_min: u32,
    pub party_max: u32,
    pub min_notice_minutes: u32,
    pub max_days_ahead: u32,
    pub cancellation_cutoff_minutes: u32,
    #[serde(default)]
    pub preorder: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hold {
    pub ttl_seconds: u32,
    pub max_extensions: u32,
    pub extension_seconds: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Service {
    pub id: String,
    pub name: Text,
    pub weekdays: Vec<String>,
    pub start_times: Vec<String>,
    pub duration_minutes: u32,
    pub places: Option<u32>,
    pub limited_from: Option<u32>,
    #[serde(default)]
    pub confirm_by_hand: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Area {
    pub id: String,
    pub name: Text,
    pub description: Text,
    pub places: u32,
    pub limited_from: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub required: bool,
    pub label: Text,
    pub why: Text,
    pub seen_by: Text,
    #[serde(default)]
    pub option: Vec<Choice>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    pub id: String,
    pub label: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HouseRule {
    pub id: String,
    pub text: Text,
    pub must_accept: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Waitlist {
    pub offered: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Messages {
    pub by_hand: bool,
    pub smtp: Option<String>,
    pub port: Option<u32>,
    pub tls: Option<String>,
    pub ca_file: Option<PathBuf>,
    pub user: Option<String>,
    pub password_file: Option<PathBuf>,
    pub from: Option<String>,
    pub reply_to: Option<String>,
    pub venue_copy: Option<String>,
    pub manage_url: Option<Text>,
    pub booking_url: Option<Text>,
    pub words: Option<PathBuf>,
    pub patience_seconds: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "as they stand in the file")]
pub(super) struct Privacy {
    pub retention_days: u32,
    pub documents_days: Option<u32>,
    pub dietary_days: Option<u32>,
    pub note_days: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Http {
    pub allowed_origins: Vec<String>,
    pub trusted_proxies: Vec<String>,
    pub connections: Option<u32>,
    pub head_seconds: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    pub writes_per_minute: u32,
    pub holds_per_client: Option<u32>,
    pub held_percent: Option<u32>,
}
