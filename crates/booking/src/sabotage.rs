//! Deliberate faults, for proving that the simulation would see them. Never in the app's build.

use std::cell::Cell;

#[cfg(target_arch = "wasm32")]
compile_error!("the app must not carry the feature `sabotage`");

/// A way to spoil the wizard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sabotage {
    /// Requests carry no key.
    NoKey,
    /// Asking again uses a new key.
    NewKeyOnRetry,
    /// A reload starts the clock of a hold anew.
    ReloadRestartsClock,
    /// An answer without a body is taken for a confirmation.
    TrustEmptyAnswer,
    /// Going back forgets what was said.
    ForgetOnBack,
    /// The venue's day is taken from Greenwich.
    UtcForVenue,
    /// A confirmation that may have gone through is sent again unread.
    NoReadBeforeRetry,
    /// "Too many requests" is treated like any other failure.
    IgnoreTooMany,
    /// A second tap sends a second confirmation.
    SecondTapSendsAgain,
    /// What a tab made is not kept.
    KeepNoHold,
    /// A hold is given back whatever has become of it.
    GiveBackUnseen,
    /// A late answer is taken for the one that is waited for.
    AnyAnswerWillDo,
    /// Whoever asks again for a place on a list asks with a new key.
    WaitAnew,
    /// A place on a list is not kept.
    KeepNoPlace,
    /// A place on a list that was kept is taken to stand, unasked.
    BelieveKeptPlace,
    /// A hold that was given back is not kept until it is known to be over.
    KeepNoLeft,
    /// A confirmation that nobody can be asked about is taken for one that was not carried out.
    TakeLostForNotBooked,
}

impl Sabotage {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::NoKey,
        Self::NewKeyOnRetry,
        Self::ReloadRestartsClock,
        Self::TrustEmptyAnswer,
        Self::ForgetOnBack,
        Self::UtcForVenue,
        Self::NoReadBeforeRetry,
        Self::IgnoreTooMany,
        Self::SecondTapSendsAgain,
        Self::KeepNoHold,
        Self::GiveBackUnseen,
        Self::AnyAnswerWillDo,
        Self::WaitAnew,
        Self::KeepNoPlace,
        Self::BelieveKeptPlace,
        Self::KeepNoLeft,
        Self::TakeLostForNotBooked,
    ];
}

thread_local! {
    static CHOSEN: Cell<Option<Sabotage>> = const { Cell::new(None) };
}

/// Spoils every wizard of this thread, or none.
pub fn set(sabotage: Option<Sabotage>) {
    CHOSEN.set(sabotage);
}

pub(crate) fn is(sabotage: Sabotage) -> bool {
    CHOSEN.get() == Some(sabotage)
}
