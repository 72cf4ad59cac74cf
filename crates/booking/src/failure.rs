//! Every way a call to a reservation API can go wrong, as the wizard tells them apart.

use crate::availability::Slot;

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The seating went to someone else meanwhile.
    SlotTaken {
        /// Where else there is room.
        alternatives: Vec<Slot>,
    },
    /// The hold had ended.
    HoldExpired {
        /// Where else there is room.
        alternatives: Vec<Slot>,
    },
    /// The hold cannot be lengthened again.
    HoldLimit,
    /// The API refused what the guest wrote.
    Refused(Vec<Refusal>),
    /// The party is too small or too large.
    PartySize,
    /// The night is too soon or too far ahead.
    OutsideWindow,
    /// It is too late to cancel.
    CutoffPassed,
    /// The reservation is in a state that allows no change.
    NotModifiable,
    /// No such reservation, or not with this link.
    NotFound,
    /// Someone changed it meanwhile; read it again.
    Changed,
    /// Too many requests, or the same one still under way.
    Busy {
        /// When to ask again, in seconds, if the API says.
        retry_after: Option<u32>,
    },
    /// The key was sent before with something else: only a new key helps.
    KeyReused,
    /// The server answered that it cannot (5xx).
    Down,
    /// No answer came: no network, or too slow.
    Unreachable,
    /// It may have been carried out, and this API cannot be asked whether it was: only the guest can find
    /// out, from her e-mail.
    Lost,
    /// An answer came that is not one of the contract's.
    Malformed(String),
    /// The site itself is set up wrongly.
    Misconfigured(String),
}

impl Failure {
    /// How long to wait before asking again, in milliseconds: at least this, longer if the server said so.
    pub fn wait_ms(&self, least: u32) -> u32 {
        match self {
            Self::Busy {
                retry_after: Some(seconds),
            } if !crate::sabotaged!(IgnoreTooMany) => least.max(seconds.saturating_mul(1_000)),
            _ => least,
        }
    }

    /// Whether a write that failed like this may nevertheless have been carried out, and reading tells.
    pub fn outcome_unknown(&self) -> bool {
        matches!(self, Self::Down | Self::Unreachable | Self::Malformed(_))
            || matches!(self, Self::Busy { .. })
    }
}

/// One thing the API refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// JSON pointer into what was sent, such as `/guest/email`.
    pub pointer: String,
    /// The contract's word for what is wrong, such as `required`.
    pub code: String,
}

impl Refusal {
    /// Whether it is about the rules of the house, and not about one the guest could name.
    pub fn is_about_rules(&self) -> bool {
        self.pointer == "/consents/houseRules"
    }
}
