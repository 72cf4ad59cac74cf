//! A state machine as views read it.

use leptos::prelude::*;

/// A state that is followed. What a signal does for each place that reads it is here once.
pub struct Watched<T: 'static>(RwSignal<T>);

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watched<T> {}

impl<T: Send + Sync> Watched<T> {
    pub(super) fn new(state: T) -> Self {
        Self(RwSignal::new(state))
    }

    /// Reads the state; whoever does that inside something that follows is called again when it changes.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.followed())
    }

    /// Reads the state as it is now.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.now())
    }

    pub(super) fn update<U: Default>(self, change: impl FnOnce(&mut T) -> U) -> U {
        self.0.try_update(change).unwrap_or_default()
    }

    #[inline(never)]
    fn followed(self) -> <RwSignal<T> as Read>::Value {
        self.0.read()
    }

    #[inline(never)]
    fn now(self) -> <RwSignal<T> as ReadUntracked>::Value {
        self.0.read_untracked()
    }
}
