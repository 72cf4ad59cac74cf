//! Answers about what is free, kept while they are true: many ask the same at once, and nothing changes
//! between two bookings but the second.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::answer::Cacheable;
use crate::store::State;

/// Answers and letters of a question that are kept, so that nobody can fill the memory with questions.
const ANSWERS: usize = 256;
const LETTERS: usize = 256;

/// The answers of one state of the database.
#[derive(Default)]
pub(super) struct Kept(Mutex<Answers>);

#[derive(Default)]
struct Answers {
    state: Option<State>,
    to: HashMap<String, Arc<Cacheable>>,
}

impl Kept {
    /// What was answered to this question in this state, if it was asked.
    pub fn find(&self, state: Option<State>, question: &str) -> Option<Arc<Cacheable>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (state.is_some() && kept.state == state)
            .then(|| kept.to.get(question).cloned())
            .flatten()
    }

    /// Keeps an answer that was made from this state, or a newer one that is not known yet.
    pub fn keep(&self, state: Option<State>, question: String, answer: &Arc<Cacheable>) {
        if state.is_none() || question.len() > LETTERS {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.state != state {
            kept.state = state;
            kept.to.clear();
        }
        if kept.to.len() < ANSWERS {
            kept.to.insert(question, Arc::clone(answer));
        }
    }
}
