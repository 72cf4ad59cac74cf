//! The one error of this program: a sentence for the person who ran it.

use std::fmt::{self, Display};

/// What went wrong and, where we know it, what to do about it.
#[derive(Debug)]
pub struct Trouble(String);

/// What every step of this program answers.
pub type Outcome<T = ()> = Result<T, Trouble>;

impl Trouble {
    /// A sentence that stands on its own.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Turns an error of the system into a sentence that says what we were doing.
pub trait OrSay<T> {
    /// `doing` completes the phrase "Could not …".
    fn or_say(self, doing: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T, E: Display> OrSay<T> for Result<T, E> {
    fn or_say(self, doing: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(|error| Trouble::new(format!("Could not {}: {error}.", doing())))
    }
}
