//! A reservation as the server keeps it, and what time does to it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use reservation_contract::reservation::{
    ChangedGuest, ConfirmRequest, Consents, Dietary, Guest, GuestDishes, ModifyRequest, PartyGuest,
};
use reservation_contract::words::{FieldType, ReservationStatus};
use serde::{Deserialize, Serialize};

use crate::settings::Settings;

/// How much longer than advertised a hold counts. A confirm sent in the last moment travels a while;
/// without this its places could be sold while it is on the way.
pub const GRACE: SignedDuration = SignedDuration::from_secs(5);

/// Stands for what is not told of a document's number.
const MASK: &str = "…";

/// Where a reservation stands. Closed, unlike the contract's word: the server knows all of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Held.
    OnHold,
    /// Waits for the venue.
    Pending,
    /// Booked.
    Confirmed,
    /// A hold that ran out or was given back.
    Expired,
    /// Refused by the venue.
    Rejected,
    /// Cancelled.
    Cancelled,
    /// The guests came.
    Redeemed,
    /// The guests did not come.
    NoShow,
}

impl Status {
    /// All there are.
    pub const ALL: [Self; 8] = [
        Self::OnHold,
        Self::Pending,
        Self::Confirmed,
        Self::Expired,
        Self::Rejected,
        Self::Cancelled,
        Self::Redeemed,
        Self::NoShow,
    ];

    /// The contract's word.
    pub fn word(self) -> ReservationStatus {
        match self {
            Self::OnHold => ReservationStatus::OnHold,
            Self::Pending => ReservationStatus::Pending,
            Self::Confirmed => ReservationStatus::Confirmed,
            Self::Expired => ReservationStatus::Expired,
            Self::Rejected => ReservationStatus::Rejected,
            Self::Cancelled => ReservationStatus::Cancelled,
            Self::Redeemed => ReservationStatus::Redeemed,
            Self::NoShow => ReservationStatus::NoShow,
        }
    }

    /// The status a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|status| status.word().as_str() == word)
    }
}

/// A reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// 128 random bits in hex.
    pub id: String,
    /// Six letters.
    pub reference: String,
    /// Venue.
    pub venue_id: String,
    /// Grows with every change, from 1.
    pub version: u64,
    /// As stored; a hold may have run out since, see [`Record::status_at`].
    pub status: Status,
    /// The seating as it was promised.
    pub seat: Seat,
    /// People.
    pub party_size: u32,
    /// Language to write in.
    pub locale: String,
    /// When it was held.
    pub created_at: Timestamp,
    /// When the version last grew.
    pub updated_at: Timestamp,
    /// When the hold runs out, as advertised.
    pub expires_at: Timestamp,
    /// Extensions used.
    pub extensions: u32,
    /// When it was cancelled.
    pub cancelled_at: Option<Timestamp>,
    /// Whether it was the house.
    pub cancelled_by_house: bool,
    /// Everything personal; none before the confirm and after retention.
    pub details: Option<Details>,
}

/// The seating of a reservation, with the times and terms that were promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Key of the seating.
    pub key: String,
    /// Local day.
    pub date: Date,
    /// Service.
    pub service_id: String,
    /// Area, where the venue has areas.
    pub area_id: Option<String>,
    /// Start.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
    /// Until when the guest can cancel alone.
    pub cancellable_until: Timestamp,
}

/// Everything personal about a reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Who books.
    pub guest: Guest,
    /// Answers per guest.
    pub guests: Vec<PartyGuest>,
    /// Dishes.
    pub dishes: Vec<GuestDishes>,
    /// Diets.
    pub dietary: Vec<Dietary>,
    /// Note.
    pub note: Option<String>,
    /// What was agreed to: the proof that the rest may be here.
    pub consents: Consents,
}

/// A place on the waiting list, as the server keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitlistRecord {
    /// 128 random bits in hex.
    pub id: String,
    /// Venue.
    pub venue_id: String,
    /// The day hoped for.
    pub date: Date,
    /// People.
    pub party_size: u32,
    /// Only this service.
    pub service_id: Option<String>,
    /// Only this area.
    pub area_id: Option<String>,
    /// Whom to tell.
    pub guest: Guest,
    /// When it was made.
    pub created_at: Timestamp,
}

impl From<ConfirmRequest> for Details {
    fn from(request: ConfirmRequest) -> Self {
        Self {
            guest: request.guest,
            guests: request.guests,
            dishes: request.dishes,
            dietary: request.dietary,
            note: request.note.filter(|note| !note.trim().is_empty()),
            consents: request.consents,
        }
    }
}

/// Answers as they may be told: of a document's number, the last two characters. Who has the link sees
/// which document was given, and whoever steals it does not get the number.
pub fn masked(settings: &Settings, mut guests: Vec<PartyGuest>) -> Vec<PartyGuest> {
    for guest in &mut guests {
        for (id, value) in &mut guest.fields {
            if is_document(settings, id) {
                *value = mask(value);
            }
        }
    }
    guests
}

fn is_document(settings: &Settings, id: &str) -> bool {
    let mut fields = settings.guest_fields.iter();
    fields.any(|field| field.id == id && field.kind == FieldType::Document)
}

fn mask(value: &str) -> String {
    let hidden = value.chars().count().saturating_sub(2);
    let last: String = value.chars().skip(hidden).collect();
    // Of a number that short the end would be most of it.
    format!("{MASK}{}", if hidden < 2 { "" } else { &last })
}

impl Details {
    /// What it becomes by a guest's change. An agreement once given is not taken back by a change
    /// that does not mention it, and a document sent back as it was told stays the document it was.
    #[must_use]
    pub fn amended(&self, settings: &Settings, wish: &ModifyRequest) -> Self {
        let mut new = self.clone();
        if let Some(guests) = &wish.guests {
            let guests = guests.iter().enumerate();
            new.guests = guests
                .map(|(index, guest)| self.after(settings, index, guest))
                .collect();
        }
        new.dishes = wish.dishes.clone().unwrap_or(new.dishes);
        new.dietary = wish.dietary.clone().unwrap_or(new.dietary);
        if let Some(note) = &wish.note {
            new.note = Some(note.clone()).filter(|note| !note.trim().is_empty());
        }
        let agreed = wish.consents.as_ref().and_then(|consents| consents.health);
        new.consents.health = agreed.or(new.consents.health);
        new
    }

    /// A guest after a change. Who is said to be somebody from before keeps what was told; where nobody
    /// is named, the one at the same place is meant by a document that is sent back as it was told.
    fn after(&self, settings: &Settings, index: usize, change: &ChangedGuest) -> PartyGuest {
        let same = change.same_as.and_then(|same| usize::try_from(same).ok());
        let before = self.guests.get(same.unwrap_or(index));
        let kept = before.filter(|_| same.is_some());
        let mut fields = kept.map_or_else(BTreeMap::new, |kept| kept.fields.clone());
        for (id, value) in &change.fields {
            let told = before.and_then(|before| before.fields.get(id));
            let told = told.filter(|told| is_document(settings, id) && mask(told) == *value);
            fields.insert(id.clone(), told.unwrap_or(value).clone());
        }
        PartyGuest { fields }
    }
}

impl Record {
    /// The status at an instant: nobody has to sweep for a hold to run out.
    pub fn status_at(&self, now: Timestamp) -> Status {
        if self.status == Status::OnHold && now.duration_since(self.expires_at) >= GRACE {
            return Status::Expired;
        }
        self.status
    }
}
