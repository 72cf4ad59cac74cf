//! What is known of the place that is kept.

use crate::availability::{Slot, SlotId};
use crate::draft::SavedHold;
use crate::failure::Failure;
use crate::language::Language;
use crate::message::Moment;
use crate::reservation::{Access, Key, Reservation};

/// Where the hold stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Holding {
    /// No place was asked for.
    #[default]
    None,
    /// Asked for; no answer yet.
    Taking {
        /// Makes asking again count once.
        key: Key,
        /// Which seating.
        slot: SlotId,
        /// How often it was asked again already.
        retries: u8,
    },
    /// Asked for, and the answer stayed out or was a problem.
    Failed {
        /// The key it was asked with.
        key: Key,
        /// Which seating.
        slot: SlotId,
        /// What went wrong.
        failure: Failure,
    },
    /// The tab came back with a hold; the server is asked what became of it.
    Resuming {
        /// What opens it.
        access: Access,
        /// How many times it can still be lengthened.
        extensions_left: u8,
        /// Set when the server could not be asked.
        failure: Option<Failure>,
    },
    /// The place is kept.
    Held(Hold),
    /// The place is gone.
    Lost {
        /// Why.
        why: WhyLost,
        /// Which seating it was, if this tab still knows.
        slot: Option<Slot>,
        /// Where else there is room.
        alternatives: Vec<Slot>,
    },
}

/// A place that is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Hold {
    /// What opens it.
    pub access: Access,
    /// The version last seen.
    pub version: u64,
    /// Which seating.
    pub slot: Slot,
    /// When it ends by the *visitor's* clock, milliseconds since 1970; the server's clock is allowed for.
    pub ends_ms: i64,
    /// How many times it can still be lengthened.
    pub extensions_left: u8,
    /// The request for more time under way, if any.
    pub extending: Option<Key>,
    /// Whether it says nothing of a confirmation that was sent.
    pub(super) blind: bool,
    /// The last minute said aloud.
    pub(super) announced: u8,
    /// What the visitor's clock said last, milliseconds since 1970.
    pub(super) seen_ms: i64,
    /// Whether that clock may have been set: then the server is asked.
    pub(super) doubted: bool,
    /// Whether the server has said that its time is over, or could not be asked.
    pub(super) over: bool,
}

impl Hold {
    /// Whole seconds left when the clock last ticked.
    pub fn seconds_left(&self) -> u32 {
        u32::try_from((self.ends_ms - self.seen_ms).max(0) / 1_000).unwrap_or(u32::MAX)
    }
}

/// Why a place is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyLost {
    /// Someone else took it first.
    Taken,
    /// The hold's time ran out.
    Expired,
}

impl Holding {
    /// Whether the guest has a place, or had one that can be asked for again.
    pub(super) fn keeps_a_place_in_mind(&self) -> bool {
        matches!(
            self,
            Self::Held(_) | Self::Resuming { .. } | Self::Lost { .. }
        )
    }

    /// Whether an answer is being waited for.
    pub fn is_under_way(&self) -> bool {
        matches!(
            self,
            Self::Taking { .. } | Self::Resuming { failure: None, .. }
        )
    }

    pub(super) fn saved(&self, language: Language, confirm_key: Option<&Key>) -> Option<SavedHold> {
        if crate::sabotaged!(KeepNoHold) {
            return None;
        }
        match self {
            Self::Taking { key, slot, .. } | Self::Failed { key, slot, .. } => {
                Some(SavedHold::Asked {
                    key: key.clone(),
                    slot: slot.0.clone(),
                    language,
                })
            }
            Self::Resuming {
                access,
                extensions_left,
                ..
            } => Some(made(access, *extensions_left, confirm_key)),
            Self::Held(hold) => Some(made(&hold.access, hold.extensions_left, confirm_key)),
            Self::None | Self::Lost { .. } => None,
        }
    }
}

impl Hold {
    /// What was said aloud is not said again, unless there is more time now; and a wish for more time that
    /// this answer does not know of is still under way.
    pub(super) fn remember(&mut self, before: &Self) {
        if self.access == before.access && self.version == before.version {
            self.extending.clone_from(&before.extending);
        }
        if self.ends_ms - before.ends_ms < 60_000 {
            self.announced = before.announced;
        }
    }

    pub(super) fn new(reservation: Reservation, extensions_left: u8, moment: &Moment) -> Self {
        let server_ms = reservation.server_ms.unwrap_or(moment.now_ms);
        let mut left_ms = reservation.expires_ms.map_or(0, |end| end - server_ms);
        if crate::sabotaged!(ReloadRestartsClock) && left_ms > 0 {
            left_ms = left_ms.max(600_000);
        }
        Self {
            access: reservation.access,
            version: reservation.version,
            slot: reservation.slot,
            ends_ms: moment.now_ms + left_ms,
            extensions_left,
            extending: None,
            blind: reservation.blind,
            announced: u8::MAX,
            seen_ms: moment.now_ms,
            doubted: false,
            over: left_ms <= 0,
        }
    }
}

fn made(access: &Access, extensions_left: u8, confirm_key: Option<&Key>) -> SavedHold {
    SavedHold::Made {
        access: access.clone(),
        confirm_key: confirm_key.cloned(),
        extensions_left,
    }
}
