//! Keys whose first call is still running. A second call with the same key is told to come back,
//! and not made to wait: it is a double tap, and the first call's answer is on its way.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The keys in flight, hashed.
#[derive(Clone, Debug, Default)]
pub(super) struct InFlight(Arc<Mutex<HashSet<String>>>);

/// A key in flight until this is dropped.
#[derive(Debug)]
pub(super) struct Flight {
    all: InFlight,
    key_hash: String,
}

impl InFlight {
    /// Starts a key, unless it is on its way already.
    pub fn start(&self, key_hash: &str) -> Option<Flight> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(key_hash.to_owned()).then(|| Flight {
            all: self.clone(),
            key_hash: key_hash.to_owned(),
        })
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.all
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.key_hash);
    }
}
