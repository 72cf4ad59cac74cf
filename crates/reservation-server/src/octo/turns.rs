//! One after the other: two calls that change one booking at the same moment would both read that there is
//! none yet. OCTO has no word for "come back in a second", so the second call waits.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

type Lock = Arc<tokio::sync::Mutex<()>>;

/// Whose turn it is, booking by booking.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns(Arc<Mutex<HashMap<String, Lock>>>);

/// A turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    all: Turns,
    held: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Waits for this booking's.
    pub async fn wait(&self, uuid: &str) -> Turn {
        let lock = {
            let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(locks.entry(uuid.to_owned()).or_default())
        };
        let held = Some(lock.lock_owned().await);
        Turn {
            all: self.clone(),
            held,
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.held.take();
        let mut locks = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that somebody holds or waits for are known elsewhere, too.
        locks.retain(|_, lock| Arc::strong_count(lock) > 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_waits_for_the_other_and_nothing_is_left() {
        let turns = Turns::default();
        let first = turns.wait("a").await;
        let other = turns.wait("b").await;
        let second = tokio::spawn({
            let turns = turns.clone();
            async move { turns.wait("a").await }
        });
        tokio::task::yield_now().await;
        assert!(!second.is_finished());
        drop(first);
        let second = second.await.unwrap();
        drop((second, other));
        assert!(turns.0.lock().unwrap().is_empty());
    }
}
