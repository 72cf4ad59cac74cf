//! What a tab keeps, and how it comes back to it.

use super::Wizard;
use crate::draft::{Saved, SavedHold};
use crate::failure::Failure;
use crate::message::Effect;
use crate::sabotaged;

impl Wizard {
    /// What the tab may keep of this: nothing personal.
    pub fn saved(&self) -> Saved {
        let hold = match (&self.booked, &self.holding) {
            (Some(booked), _) => Some(SavedHold::Made {
                access: booked.access.clone(),
                confirm_key: None,
                extensions_left: 0,
            }),
            (None, holding) => {
                let open = self.confirming.key().filter(|_| self.confirming.is_open());
                let sent = open.or(self.doubtful.as_ref());
                holding.saved(self.asked_in, sent)
            }
        };
        let trial = self.rehearsal.filter(|_| hold.is_some());
        Saved {
            party: self.draft.party,
            date: self.draft.date,
            dishes: self.draft.plan.dishes(),
            hold,
            trial,
            left: if sabotaged!(KeepNoLeft) {
                Vec::new()
            } else {
                self.left.clone()
            },
            waits: self.waiting.saved(),
        }
    }

    pub(super) fn save(&self) -> Effect {
        Effect::Save(self.saved())
    }

    /// Takes over what the tab had kept, and goes on with what was under way.
    pub(super) fn restored(&mut self, saved: Saved) -> Vec<Effect> {
        self.draft.party = saved.party;
        self.draft.date = saved.date;
        self.draft.plan = saved.dishes.into();
        self.rehearsal = saved.trial;
        // All of it, before anything that follows keeps it anew.
        self.left = saved.left;
        let mut effects = self.wait_again(saved.waits);
        effects.extend(saved.hold.into_iter().flat_map(|hold| self.resume(hold)));
        effects.extend(self.look_after_left());
        effects
    }

    /// Asks about every hold that was given back: whether that was heard of, nobody knows any more.
    pub(super) fn look_after_left(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        for left in self.left.clone() {
            effects.extend(self.given_back(left.access, &Err(Failure::Unreachable)));
        }
        effects
    }
}
