//! A confirmation whose answer stayed out, at an API that nobody can ask what became of it.
//!
//! Nothing is sent again by itself: the guest is told to look at her e-mail, and only when she says that
//! nothing has come is the place looked for anew.

use super::{Confirming, Holding, Wizard};
use crate::failure::Failure;
use crate::message::Effect;

impl Wizard {
    /// Whether only the guest can find out what became of a confirmation.
    pub fn is_lost(&self) -> bool {
        matches!(
            self.holding,
            Holding::Resuming {
                failure: Some(Failure::Lost),
                ..
            }
        )
    }

    /// Whether a confirmation was sent of which nobody has heard yet.
    pub fn may_be_booked(&self) -> bool {
        self.confirming.is_open()
    }

    /// Whether the place that is kept says nothing of a confirmation.
    pub(super) fn holds_blindly(&self) -> bool {
        self.held().is_some_and(|hold| hold.blind)
    }

    /// A confirmation may have gone through, and there is nobody to ask.
    pub(super) fn cannot_be_known(&mut self) -> Vec<Effect> {
        let sent = self.sent.take().map(|sent| sent.key);
        let key = self.confirming.key().cloned().or(sent);
        let Some((key, access)) = key
            .or_else(|| self.doubtful.take())
            .zip(self.access().cloned())
        else {
            return Vec::new();
        };
        // What was asked before knows nothing of this.
        self.question.0 += 1;
        self.doubtful = Some(key.clone());
        self.confirming = Confirming::Unknown(key);
        self.holding = Holding::Resuming {
            access,
            extensions_left: 0,
            failure: Some(Failure::Lost),
        };
        vec![self.save(), Effect::FocusNotice]
    }

    /// The guest has looked, and nothing says that she has a table: what is left of the place is looked for.
    pub(super) fn nothing_came(&mut self) -> Vec<Effect> {
        let Holding::Resuming {
            access,
            failure: failure @ Some(Failure::Lost),
            ..
        } = &mut self.holding
        else {
            return Vec::new();
        };
        *failure = None;
        let access = access.clone();
        self.confirming = Confirming::Idle;
        self.doubtful = None;
        vec![self.save(), self.ask(access)]
    }
}
