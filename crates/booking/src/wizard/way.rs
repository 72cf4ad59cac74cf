//! Which steps there are, in which order they come, and which of them may be entered.
//!
//! This is the one place that knows; pages, links and history only ask.

use super::{Holding, Wizard};
use crate::message::Effect;
use crate::rules::{FieldError, FieldId, consent_errors, plan_errors, rule_errors};
use crate::step::Step;

/// Where a step stands among the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Its number, from 1.
    pub number: usize,
    /// How many questions there are; before the venue has answered, how many there may be.
    pub of: usize,
    /// Whether the venue has said so.
    pub known: bool,
}

impl Wizard {
    /// Whether this venue has a step. Until it has answered it may have any.
    pub fn has(&self, step: Step) -> bool {
        self.venue.ready().is_none_or(|venue| match step {
            Step::Dishes => venue.capabilities.preorder,
            Step::Rules => !venue.house_rules.is_empty(),
            _ => true,
        })
    }

    /// The steps there are, in order.
    pub fn steps(&self) -> impl Iterator<Item = Step> {
        Step::ALL.into_iter().filter(|step| self.has(*step))
    }

    /// The step that comes after one.
    pub fn next_after(&self, step: Step) -> Step {
        self.steps().find(|next| *next > step).unwrap_or(Step::Done)
    }

    /// The step that comes before one.
    pub fn before(&self, step: Step) -> Step {
        let earlier = self.steps().take_while(|before| *before < step);
        earlier.last().unwrap_or(Step::Party)
    }

    /// Where a step stands among the questions.
    pub fn position(&self, step: Step) -> Position {
        let questions = || self.steps().filter(|step| *step != Step::Done);
        Position {
            number: questions().filter(|asked| *asked <= step).count(),
            of: questions().count(),
            known: self.venue.ready().is_some(),
        }
    }

    /// The nearest step to `wanted` that the answers so far allow; in the place of a step this
    /// venue does not have stands the next one.
    pub fn nearest(&self, wanted: Step) -> Step {
        if self.booked.is_some() {
            return Step::Done;
        }
        let wanted = if self.has(wanted) {
            wanted
        } else {
            self.next_after(wanted)
        };
        self.steps()
            .find(|step| *step == wanted || !self.is_answered(*step))
            .unwrap_or(Step::Party)
    }

    fn is_answered(&self, step: Step) -> bool {
        // Whoever has a place, or had one, has said for how many and when.
        let placed = self.holding.keeps_a_place_in_mind();
        // Of one that is gone, only what the guest said is known.
        let kept = placed && !matches!(self.holding, Holding::Lost { .. });
        match step {
            Step::Party => kept || self.draft.party.is_some(),
            Step::Night => kept || self.draft.date.is_some(),
            Step::Time => placed,
            Step::Dishes | Step::Guests | Step::Rules => self.missing(step).is_empty(),
            Step::Check | Step::Done => false,
        }
    }

    /// What has to be mended before a step can be left.
    pub(super) fn missing(&self, step: Step) -> Vec<FieldError> {
        let draft = &self.draft;
        match step {
            Step::Dishes => plan_errors(&self.ordered(), &draft.consents),
            Step::Guests => self.missing_of_guests(),
            Step::Rules => self.venue.ready().map_or_else(Vec::new, |venue| {
                rule_errors(&venue.house_rules, &draft.consents)
            }),
            Step::Check => consent_errors(&draft.consents),
            Step::Party | Step::Night | Step::Time | Step::Done => Vec::new(),
        }
    }
}

/// Going it.
impl Wizard {
    /// The guest leaves the last look to change an answer.
    pub(super) fn change_pressed(&mut self) -> Vec<Effect> {
        self.changing = self.step == Some(Step::Check);
        Vec::new()
    }

    /// The step that follows an answered one. Whoever changes an answer comes back to the last look, as
    /// soon as everything else stands.
    pub(super) fn onward(&self, step: Step) -> Step {
        if self.changing {
            self.nearest(Step::Check)
        } else {
            self.next_after(step)
        }
    }

    /// The step to show where another is wanted. A number of guests is given by a link to the nights:
    /// where it is the same as before, they need not be chosen anew.
    pub(super) fn opened(&mut self, wanted: Step, tells_party: bool) -> Step {
        let wanted = if self.changing && tells_party && self.nearest(Step::Check) == Step::Check {
            Step::Check
        } else {
            wanted
        };
        let step = self.nearest(wanted);
        self.changing &= step < Step::Check;
        step
    }

    /// Goes on from a step that this venue does not have.
    pub(super) fn keep_to_the_way(&mut self) -> Vec<Effect> {
        if let Some(shown) = self.step.filter(|shown| !self.has(*shown)) {
            let step = self.next_after(shown);
            self.step = Some(step);
            self.errors.clear();
            return vec![Effect::Go {
                step,
                replace: true,
            }];
        }
        // The rules may be others now than those the errors were about.
        let about_rules = |error: &FieldError| matches!(error.field, FieldId::HouseRule(_));
        if self.errors.iter().any(about_rules) {
            self.errors = self.missing(Step::Rules);
        }
        Vec::new()
    }
}
