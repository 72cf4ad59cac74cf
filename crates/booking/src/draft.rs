//! What the guest has said so far, and the part of it a tab may keep.

use crate::availability::Slot;
use crate::civil::Date;
use crate::reservation::{Access, Key};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Consents {
    /// The venue may use the contact for this reservation.
    pub privacy: bool,
}

/// What a tab keeps so that a reload loses nothing but personal fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saved {
    /// How many come.
    pub party: Option<u8>,
    /// Which night.
    pub date: Option<Date>,
    /// The hold or the reservation this tab made.
    pub hold: Option<SavedHold>,
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
