//! What is to happen, the soonest first.

use std::cmp::Reverse;

use super::Happening;

/// When, in milliseconds and in which order, and what.
pub struct Queued(pub Reverse<(i64, u64)>, pub Happening);

impl PartialEq for Queued {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Queued {}

impl PartialOrd for Queued {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Queued {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
