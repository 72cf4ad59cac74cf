//! Why a flow failed, in words.

use std::{
    any::Any,
    fmt,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

/// What every step of a flow answers.
pub type Outcome<T = ()> = Result<T, Failure>;

/// A sentence for whoever reads the test's output.
pub struct Failure(String);

impl Failure {
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// The same failure, with what was being done when it came.
    pub fn while_doing(self, what: &str) -> Self {
        Self(format!("{what}: {}", self.0))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// The test runner prints a test's error with Debug; quotes and escapes would only be in the way.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Lets a flow use `assert!` and still leave evidence behind and end its browser.
pub async fn catching<T>(steps: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    let mut steps = pin!(steps);
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| steps.as_mut().poll(context)));
        polled.unwrap_or_else(|panic| Poll::Ready(Err(Failure::new(words_of(&*panic)))))
    })
    .await
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "the flow panicked without words".to_owned())
}
