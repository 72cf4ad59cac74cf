//! What the guest has said so far, and the part of it a tab may keep.

use crate::availability::Slot;
use crate::civil::Date;
use crate::language::Language;
use crate::party::Answers;
use crate::plan::{Dishes, Plan};
use crate::reservation::{Access, Key, Note};

/// The answers given so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// How many come.
    pub party: Option<u8>,
    /// Which night.
    pub date: Option<Date>,
    /// Which seating.
    pub slot: Option<Slot>,
    /// Who books. Personal: lives in memory only.
    pub guest: Guest,
    /// What else the venue asks of everybody who comes. Personal: lives in memory only.
    pub answers: Answers,
    /// What else the house should know. Lives in memory only.
    pub note: Note,
    /// What the guests want to eat, and what they cannot. The latter lives in memory only.
    pub plan: Plan,
    /// What the guest agreed to. Lives in memory only: consent is asked, not remembered.
    pub consents: Consents,
}

/// Who books.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Guest {
    /// Given name, in any script.
    pub given_name: String,
    /// Family name, in any script.
    pub family_name: String,
    /// Where the venue can write.
    pub email: String,
    /// Where the venue can call, from any country.
    pub phone: String,
}

impl std::fmt::Debug for Guest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Guest(…)")
    }
}

/// A field of the guests step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuestField {
    /// Given name.
    GivenName,
    /// Family name.
    FamilyName,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
}

impl GuestField {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::GivenName, Self::FamilyName, Self::Email, Self::Phone];

    /// Its name among a venue's fields and in what is sent.
    pub fn id(self) -> &'static str {
        match self {
            Self::GivenName => "givenName",
            Self::FamilyName => "familyName",
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }

    /// The field of that name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.id() == id)
    }
}

impl Guest {
    /// What stands in a field.
    pub fn get(&self, field: GuestField) -> &str {
        match field {
            GuestField::GivenName => &self.given_name,
            GuestField::FamilyName => &self.family_name,
            GuestField::Email => &self.email,
            GuestField::Phone => &self.phone,
        }
    }

    /// Writes into a field.
    pub fn set(&mut self, field: GuestField, value: String) {
        match field {
            GuestField::GivenName => self.given_name = value,
            GuestField::FamilyName => self.family_name = value,
            GuestField::Email => self.email = value,
            GuestField::Phone => self.phone = value,
        }
    }
}

/// What the guest agreed to; nothing is ticked beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Consents {
    /// The venue may use the contact for this reservation.
    pub privacy: bool,
    /// Kitchen and service may read what the guests cannot eat.
    pub health: bool,
    /// The venue may use the contact to tell of a place that comes free on a full night.
    pub waiting: bool,
    /// The rules of the house that were accepted, by their ids.
    pub house_rules: Vec<String>,
}

impl Consents {
    /// Whether a rule of the house was accepted.
    pub fn accepts(&self, rule: &str) -> bool {
        self.house_rules.iter().any(|accepted| accepted == rule)
    }

    /// Accepts a rule of the house, or no longer.
    pub fn accept(&mut self, rule: &str, accepted: bool) {
        self.house_rules.retain(|known| known != rule);
        if accepted {
            self.house_rules.push(rule.to_owned());
        }
    }
}

/// What a tab keeps so that a reload loses nothing but personal fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saved {
    /// How many come.
    pub party: Option<u8>,
    /// Which night.
    pub date: Option<Date>,
    /// What the guests want to eat; there is no field for what they cannot.
    pub dishes: Dishes,
    /// The hold or the reservation this tab made.
    pub hold: Option<SavedHold>,
    /// Whether the venue said that what this tab made is a rehearsal.
    pub trial: Option<bool>,
    /// The holds that were given back and are not known to be over.
    pub left: Vec<Left>,
    /// Its places on waiting lists, and those it may have.
    pub waits: Vec<SavedWait>,
}

/// A hold that was given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// What opens it.
    pub access: Access,
    /// Whether a confirmation of it was sent that may yet be carried out.
    pub in_doubt: bool,
}

/// A wish to wait for a full night. Whom to tell is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedWait {
    /// Which night.
    pub date: Date,
    /// For how many.
    pub party: u8,
    /// How far it got.
    pub wait: WaitKept,
}

/// How far a wish to wait got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitKept {
    /// Sent, no answer yet: the same words with the same key find what came of it.
    Sent {
        /// The key it was sent with.
        key: Key,
        /// The language it was sent in.
        language: Language,
    },
    /// On the list.
    Listed {
        /// What opens the place.
        access: Access,
        /// Whether it is being given up.
        leaving: bool,
    },
}

/// What leads a tab back to the hold or reservation it made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavedHold {
    /// Asked for, no answer yet: asking again with the same key finds it.
    Asked {
        /// The key it was asked with.
        key: Key,
        /// The seating it was asked for.
        slot: String,
        /// The language it was asked in.
        language: Language,
    },
    /// Answered.
    Made {
        /// What opens it.
        access: Access,
        /// The key a confirmation was sent with, if one was.
        confirm_key: Option<Key>,
        /// How many times the hold can still be lengthened.
        extensions_left: u8,
    },
}
