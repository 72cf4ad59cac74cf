//! What the guest writes, chooses and agrees to, and what is missing of it.

use super::Wizard;
use crate::draft::{Consents, GuestField};
use crate::failure::Refusal;
use crate::message::Effect;
use crate::plan::Plan;
use crate::rules::{FieldError, FieldId, errors_from_refusals};
use crate::step::Step;
use crate::venue::HouseRule;

/// What pages ask.
impl Wizard {
    /// Whether the guest has agreed to what a box asks; fields that are no box agree to nothing.
    pub fn agrees_to(&self, field: FieldId) -> bool {
        let given = &self.draft.consents;
        match field {
            FieldId::Health => given.health,
            FieldId::Privacy => given.privacy,
            FieldId::Waiting => given.waiting,
            FieldId::HouseRule(_) => self.rule(field).is_some_and(|rule| given.accepts(&rule.id)),
            _ => false,
        }
    }

    /// What the guest agrees to once a box is ticked, or no longer.
    pub fn consents_with(&self, field: FieldId, ticked: bool) -> Consents {
        let mut consents = self.draft.consents.clone();
        match field {
            FieldId::Health => consents.health = ticked,
            FieldId::Privacy => consents.privacy = ticked,
            FieldId::Waiting => consents.waiting = ticked,
            FieldId::HouseRule(_) => {
                if let Some(rule) = self.rule(field) {
                    consents.accept(&rule.id, ticked);
                }
            }
            _ => {}
        }
        consents
    }

    /// The rule a field is about.
    pub fn rule(&self, field: FieldId) -> Option<&HouseRule> {
        match field {
            FieldId::HouseRule(index) => self.venue.ready()?.house_rules.get(index),
            _ => None,
        }
    }
}

/// What follows from the guest's answers.
impl Wizard {
    /// The part of the plan this venue is sent: nothing where it takes no dishes.
    pub fn ordered(&self) -> Plan {
        match self.draft.party {
            Some(party) if self.has(Step::Dishes) => self.draft.plan.for_party(party),
            _ => Plan::default(),
        }
    }

    /// What the guest agreed to, as far as it was asked.
    pub(super) fn consents_to_send(&self) -> Consents {
        let given = &self.draft.consents;
        let is_asked = |id: &String| {
            self.venue
                .ready()
                .is_none_or(|venue| venue.house_rules.iter().any(|rule| rule.id == *id))
        };
        let tells_needs = self.ordered().tells_needs(u8::MAX);
        Consents {
            privacy: given.privacy,
            health: given.health && tells_needs,
            // Who has a table waits for none.
            waiting: false,
            house_rules: given
                .house_rules
                .iter()
                .filter(|id| is_asked(id))
                .cloned()
                .collect(),
        }
    }

    /// Once there is a reservation, its dishes are the reservation's; a plan is for the next one.
    pub(super) fn plan_changed(&mut self, plan: Plan) -> Vec<Effect> {
        self.draft.plan = plan;
        // Consent is given to what is told: without any, it is asked for anew the next time.
        self.draft.consents.health &= self.ordered().tells_needs(u8::MAX);
        self.errors
            .retain(|error| !matches!(error.field, FieldId::Dishes | FieldId::Needs));
        self.forget_mended(|field| field == FieldId::Health);
        vec![self.save()]
    }

    pub(super) fn guest_changed(&mut self, field: GuestField, value: String) -> Vec<Effect> {
        self.draft.guest.set(field, value);
        self.forget_mended(|changed| changed == FieldId::Guest(field));
        Vec::new()
    }

    pub(super) fn consent_changed(&mut self, consents: Consents) -> Vec<Effect> {
        self.draft.consents = consents;
        self.forget_mended(|field| {
            matches!(
                field,
                FieldId::Health | FieldId::HouseRule(_) | FieldId::Privacy | FieldId::Waiting
            )
        });
        Vec::new()
    }

    /// What was mended is no longer an error; what is newly wrong is said when the guest goes on.
    pub(super) fn forget_mended(&mut self, changed: impl Fn(FieldId) -> bool) {
        let mut errors = std::mem::take(&mut self.errors);
        errors.retain(|error| {
            !changed(error.field) || self.missing(error.field.step()).contains(error)
        });
        self.errors = errors;
    }

    /// The guest goes on from a step that asks for something.
    pub(super) fn submitted(&mut self, step: Step) -> Vec<Effect> {
        self.errors = self.missing(step);
        if !self.errors.is_empty() {
            return vec![Effect::FocusErrors];
        }
        self.confirming.mended();
        vec![Effect::Go {
            step: self.onward(step),
            replace: false,
        }]
    }

    /// Takes over what the API refused. What it says of the rules means that they have changed: they
    /// are read again, and accepted again.
    pub(super) fn refused(&mut self, refusals: &[Refusal]) -> Vec<Effect> {
        let errors = errors_from_refusals(refusals, self.guest_fields());
        // On a step that this venue does not have, nothing can be mended.
        let shown = errors.into_iter().filter_map(|error| {
            let field = self.shown_as(error.field)?;
            Some(FieldError { field, ..error })
        });
        self.errors = shown.collect();
        if !refusals.iter().any(Refusal::is_about_rules) {
            return Vec::new();
        }
        self.draft.consents.house_rules.clear();
        self.errors.extend(self.missing(Step::Rules));
        self.read_venue_again()
    }

    /// Leads to the page that can mend the first error.
    pub(super) fn show_errors(&mut self) -> Vec<Effect> {
        let mut effects = vec![self.save()];
        let steps = self.errors.iter().map(|error| error.field.step());
        let Some(step) = steps.min() else {
            return effects;
        };
        // Each page lists what can be mended on it; the rest is said where it can be.
        self.errors.retain(|error| error.field.step() == step);
        if self.step != Some(step) {
            // The errors belong to the page being opened, so they are set before it is entered.
            self.step = Some(step);
            effects.push(Effect::Go {
                step,
                replace: false,
            });
        }
        effects.push(Effect::FocusErrors);
        effects
    }
}
