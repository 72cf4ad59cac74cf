//! What a venue says of itself through its reservation API.

use crate::availability::Slot;
use crate::civil::LocalTime;

/// A text in both languages of the site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

/// A venue's settings, as far as the wizard needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    /// Whether a reservation made here is a rehearsal: no table waits.
    pub trial: bool,
    /// The venue's name.
    pub name: Text,
    /// IANA name of the time zone on the venue's wall.
    pub time_zone: String,
    /// The smallest party it takes.
    pub party_min: u8,
    /// The largest party it takes.
    pub party_max: u8,
    /// Start times by service, for the summary before a date is chosen.
    pub services: Vec<Service>,
    /// Whether a hold can be made, and lengthened this many times.
    pub hold_extensions: u8,
    /// How long before the evening a guest may still cancel, in minutes.
    pub cancellation_cutoff_minutes: u32,
    /// The parts of the house to choose from.
    pub areas: Vec<Area>,
    /// What is asked of the guest who books; a venue that says nothing of it asks the usual.
    pub lead_fields: Vec<Field>,
    /// What is asked of every guest.
    pub guest_fields: Vec<Field>,
    /// House rules the guest reads before confirming.
    pub house_rules: Vec<HouseRule>,
    /// What the provider can do.
    pub capabilities: Capabilities,
    /// A word from the venue to everyone who books, if it has one.
    pub notice: Option<Text>,
}

impl Venue {
    /// The parts of the house there are to choose from: none where there is no choice.
    pub fn choice_of_areas(&self) -> &[Area] {
        if self.areas.len() > 1 {
            &self.areas
        } else {
            &[]
        }
    }

    /// Which of them a seating is in.
    pub fn area_of(&self, slot: &Slot) -> Option<&Area> {
        let id = slot.area.as_ref()?;
        self.choice_of_areas().iter().find(|area| area.id == *id)
    }
}

/// A meal the venue serves, with its seatings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Identifier in the API.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// When it starts, venue time.
    pub start_times: Vec<LocalTime>,
}

/// A part of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Identifier in the API.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// A sentence about it.
    pub description: Text,
}

/// A question to a guest, in the venue's words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// Identifier in the API.
    pub id: String,
    /// What kind of answer it takes.
    pub kind: FieldKind,
    /// Whether nobody can book without an answer.
    pub required: bool,
    /// The question.
    pub label: Text,
    /// Why it is asked.
    pub why: Text,
    /// Who reads the answer.
    pub seen_by: Text,
    /// The answers there are, for a choice.
    pub options: Vec<Choice>,
}

/// What kind of answer a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldKind {
    /// Anything; also what this site does not know.
    #[default]
    Text,
    /// A name, in any script.
    Name,
    /// An e-mail address.
    Email,
    /// A telephone number of any country.
    Phone,
    /// A day.
    Date,
    /// The number of a document. A trial asks nobody for one.
    Document,
    /// One of the answers there are.
    Choice,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Identifier in the API.
    pub id: String,
    /// Its words.
    pub label: Text,
}

/// A rule of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseRule {
    /// Identifier in the API.
    pub id: String,
    /// Its words.
    pub text: Text,
    /// Whether the guest has to accept it to book.
    pub must_accept: bool,
}

/// What a provider can do; the wizard hides what it lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches, named as in the contract"
)]
pub struct Capabilities {
    /// A place can be held while the guest types.
    pub holds: bool,
    /// There are areas to choose from.
    pub areas: bool,
    /// A reservation can be changed in place.
    pub modify: bool,
    /// It can be moved to another seating, and nothing else of it changed.
    pub only_moves: bool,
    /// Dishes can be ordered ahead.
    pub preorder: bool,
    /// There is a waiting list.
    pub waitlist: bool,
    /// The venue may answer later instead of at once.
    pub async_confirmation: bool,
    /// Guests are sent what they booked by e-mail.
    pub messages: bool,
    /// What a reservation says of its guests can be erased.
    pub erase: bool,
}
