//! The checks, in the order of a walk: read, hold, confirm, change, end; then what is wrong, and load.

mod bodies;
mod clock;
mod keys;
mod life;
mod load;
mod order;
mod privacy;
mod reading;
mod rules;
mod waiting;

use reservation_contract::problem::ProblemType;

use crate::report::Outcome;
use crate::walk::Walk;

/// One thing the contract says.
#[derive(Debug)]
pub struct Check {
    /// Short, for machines.
    pub id: &'static str,
    /// One line, for people.
    pub title: &'static str,
    /// Whether it makes reservations.
    pub writes: bool,
    /// The problems it provokes.
    pub provokes: &'static [ProblemType],
    /// Looks.
    pub run: fn(&mut Walk) -> Outcome,
}

/// What nobody can provoke from outside without doing harm, and why.
pub const NOT_PROVOKED: &[(ProblemType, &str)] = &[
    (
        ProblemType::TemporarilyUnavailable,
        "the server would have to be in trouble",
    ),
    (
        ProblemType::QuotaExceeded,
        "other guests would be kept waiting; where it is met by chance, it is looked at",
    ),
    (
        ProblemType::CancellationCutoffPassed,
        "the booking it takes could not be given back",
    ),
];

/// Every check.
pub fn all() -> impl Iterator<Item = &'static Check> {
    [
        reading::CHECKS,
        life::CHECKS,
        keys::CHECKS,
        order::CHECKS,
        rules::CHECKS,
        bodies::CHECKS,
        privacy::CHECKS,
        waiting::CHECKS,
        load::CHECKS,
        clock::CHECKS,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_problem_is_provoked_or_said_not_to_be() {
        for kind in ProblemType::ALL {
            let provoked = all().any(|check| check.provokes.contains(kind));
            let told = NOT_PROVOKED.iter().any(|(other, _)| other == kind);
            assert_ne!(provoked, told, "{}", kind.slug());
        }
    }

    #[test]
    fn ids_are_unique() {
        let ids: BTreeSet<_> = all().map(|check| check.id).collect();
        assert_eq!(ids.len(), all().count());
    }
}
