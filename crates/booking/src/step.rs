//! The wizard's questions, in their order.

/// A question of the wizard; each has a page and a URL of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// How many come.
    Party,
    /// Which night.
    Night,
    /// Which seating; choosing takes the hold.
    Time,
    /// Who comes.
    Guests,
    /// Everything once more, and the consent.
    Check,
    /// The answer.
    Done,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::Party,
        Self::Night,
        Self::Time,
        Self::Guests,
        Self::Check,
        Self::Done,
    ];

    /// The questions a guest answers, in order: all but the answer page.
    pub const QUESTIONS: [Self; 5] = [
        Self::Party,
        Self::Night,
        Self::Time,
        Self::Guests,
        Self::Check,
    ];

    /// Its number among the questions, from 1; `None` for the answer page.
    pub fn number(self) -> Option<usize> {
        Self::QUESTIONS
            .iter()
            .position(|step| *step == self)
            .map(|index| index + 1)
    }
}
