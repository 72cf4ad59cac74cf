//! A reservation as an API gives it back.

use crate::availability::Slot;
use crate::party::Answers;
use crate::plan::Plan;

/// A key that makes a repeated request count once. A credential: never shown, never logged.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key(pub String);

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Key(…)")
    }
}

/// What opens one reservation: its id and its secret token.
#[derive(Clone, PartialEq, Eq)]
pub struct Access {
    /// The reservation's id.
    pub id: String,
    /// The secret that proves the guest's right to it.
    pub token: String,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Access({}, …)", self.id)
    }
}

/// What a guest wrote to the venue. Personal: lives in memory only, and nothing prints it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Note(pub String);

impl std::fmt::Debug for Note {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Note(…)")
    }
}

/// Where a reservation stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The place is kept while the guest types.
    OnHold,
    /// The venue will answer.
    Pending,
    /// The table is booked.
    Confirmed,
    /// The hold ran out.
    Expired,
    /// Given up by guest or venue.
    Cancelled,
    /// The venue said no.
    Rejected,
    /// The guests came.
    Redeemed,
    /// The guests did not come.
    NoShow,
    /// A word this site does not know: shown as "contact us".
    Unknown,
}

impl Status {
    /// Whether the guest has something the venue knows of.
    pub fn is_booked(self) -> bool {
        matches!(self, Self::Confirmed | Self::Pending | Self::Redeemed)
    }
}

/// A reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// What opens it.
    pub access: Access,
    /// The word a guest says at the door.
    pub reference: String,
    /// Where it stands.
    pub status: Status,
    /// Counts its changes; sent back as `If-Match`.
    pub version: u64,
    /// Which seating.
    pub slot: Slot,
    /// For how many.
    pub party: u8,
    /// Whether it says nothing of what became of it: that this is on hold proves of no confirmation that it
    /// was not carried out.
    pub blind: bool,
    /// When the hold ends, milliseconds since 1970 UTC by the server's clock.
    pub expires_ms: Option<i64>,
    /// The server's clock when it answered, milliseconds since 1970 UTC.
    pub server_ms: Option<i64>,
    /// In whose name it stands, if the API says.
    pub name: Option<String>,
    /// What the guests ordered, and what they cannot eat.
    pub plan: Plan,
    /// What each of them answered, as far as it is told again. Personal: lives in memory only.
    pub answers: Answers,
    /// What they wrote to the venue; empty where they wrote nothing.
    pub note: Note,
}

impl Reservation {
    /// Whether a table is kept, or asked for, under it.
    pub fn stands(&self) -> bool {
        matches!(self.status, Status::Confirmed | Status::Pending)
    }

    /// Whether nobody's name is on it any more. Before it is confirmed there is none yet.
    pub fn is_erased(&self) -> bool {
        let nameless_yet = matches!(
            self.status,
            Status::OnHold | Status::Expired | Status::Unknown
        );
        self.name.is_none() && !nameless_yet
    }

    /// Whether the time to cancel it, and to change what the house plans by, is over. The server's own
    /// clock counts; where it says nothing, it will say so when it is asked.
    pub fn is_past_cutoff(&self) -> bool {
        let until = self.slot.cancellable_until_ms.zip(self.server_ms);
        until.is_some_and(|(until, now)| now > until)
    }

    /// Whether its evening has begun.
    pub fn has_begun(&self) -> bool {
        self.server_ms.is_some_and(|now| now >= self.slot.starts_ms)
    }
}
