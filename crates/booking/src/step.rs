//! The wizard's questions, in their order.

/// A question of the wizard; each has a page and a URL of its own.
///
/// Not every venue asks each of them: the wizard knows which ones there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// How many come.
    Party,
    /// Which night.
    Night,
    /// Which seating; choosing takes the hold.
    Time,
    /// What they want to eat, and what they cannot.
    Dishes,
    /// Who comes.
    Guests,
    /// The rules of the house.
    Rules,
    /// Everything once more, and the consent.
    Check,
    /// The answer.
    Done,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Party,
        Self::Night,
        Self::Time,
        Self::Dishes,
        Self::Guests,
        Self::Rules,
        Self::Check,
        Self::Done,
    ];
}
