//! What must hold whatever happened.

use super::super::table::*;
use super::{PERSONAL, Walk};
use crate::message::Confirmation;
use crate::wizard::{Confirming, Holding};
use crate::*;

impl Walk {
    pub(super) fn require(&self, holds: bool, what: &str) {
        let last = self.told.len().saturating_sub(30);
        assert!(
            holds,
            "seed {}: {what}\n{}",
            self.seed,
            self.told[last..].join("\n")
        );
    }

    pub(super) fn check(&self) {
        let wizard = &self.table.wizard;
        if let Some(booked) = wizard.booked() {
            self.require(self.heard_booked, "booked without the server's word");
            self.require(booked.status.is_booked(), "booked, but not by its status");
        }
        let live = self
            .kept
            .iter()
            .filter(|kept| kept.reservation.status.is_booked());
        self.require(live.count() <= 1, "two tables for one wish");
        for step in Step::ALL {
            let nearest = wizard.nearest(step);
            self.require(wizard.nearest(nearest) == nearest, "nearest moves on");
            let allowed = nearest <= step || wizard.booked().is_some() || !wizard.has(step);
            self.require(allowed, "nearest is beyond what was asked for");
        }
        let kept = self.tab_text();
        self.require(!kept.contains(PERSONAL), "the tab keeps a name");
        self.require(!kept.contains(NEED), "the tab keeps a need");
        self.check_booked();
        self.check_waiting();
    }

    fn tab_text(&self) -> String {
        let kept = self.table.wizard.saved();
        let dishes = kept.dishes.places.into_iter().flatten();
        let dishes: String = dishes.map(|dish| dish.id + &dish.name).collect();
        let hold = match kept.hold {
            None => String::new(),
            Some(SavedHold::Asked { key, slot }) => key.0 + &slot,
            Some(SavedHold::Made {
                access,
                confirm_key,
                ..
            }) => access.id + &access.token + &confirm_key.map_or(String::new(), |key| key.0),
        };
        dishes + &kept.dishes.set + &hold
    }

    /// What is sent is what the guest said, as far as this venue asks for it.
    pub(super) fn check_sent(&self, sent: &Confirmation) {
        let mut same_key = self.sent.iter().filter(|before| before.key == sent.key);
        let same = same_key.all(|before| {
            Confirmation {
                version: sent.version,
                ..before.clone()
            } == *sent
        });
        self.require(same, "the same key for another wish");
        let wizard = &self.table.wizard;
        let (draft, known) = (wizard.draft(), wizard.venue().ready());
        let party = usize::from(draft.party.unwrap());
        let takes_dishes = known.is_none_or(|venue| venue.capabilities.preorder);
        for guest in 0..sent.plan.places.len().max(party) {
            let said = draft.plan.places.get(guest).filter(|_| takes_dishes);
            let said = said.filter(|_| guest < party).cloned().unwrap_or_default();
            let got = sent.plan.places.get(guest).cloned().unwrap_or_default();
            self.require(got == said, "another plan is sent than was made");
        }
        let needs = sent.plan.places.iter().any(Place::tells_needs);
        self.require(
            needs == sent.consents.health,
            "needs and consent belong together",
        );
        self.require(
            !needs || draft.consents.health,
            "needs without the guest's consent",
        );
        let rules = known.map_or(&[][..], |venue| &venue.house_rules);
        for rule in rules.iter().filter(|rule| rule.must_accept) {
            let accepted = sent.consents.accepts(&rule.id);
            self.require(accepted, "a rule is not accepted");
        }
        let is_known = |id: &String| known.is_none() || rules.iter().any(|rule| rule.id == *id);
        let own = sent.consents.house_rules.iter().all(is_known);
        self.require(own, "a rule of another house is sent");
    }

    /// What the guest is shown as ordered is what the server was sent.
    fn check_booked(&self) {
        let Some(booked) = self.table.wizard.booked() else {
            return;
        };
        let kept = self.kept.iter().find_map(|kept| {
            let confirmed = kept.confirmed.as_ref()?;
            (confirmed.access == booked.access).then_some(confirmed)
        });
        let sent = kept.map(|confirmed| &confirmed.plan);
        self.require(sent == Some(&booked.plan), "other dishes than ordered");
    }

    /// Whoever waits, waits for something that comes.
    fn check_waiting(&self) {
        let wizard = &self.table.wizard;
        let awaits = |wanted: &dyn Fn(&Effect) -> bool| self.calls.iter().any(wanted);
        let reading = awaits(&|call| matches!(call, Effect::Read(_)));
        let taking = awaits(&|call| match call {
            Effect::TakeHold { .. } => true,
            Effect::After { event, .. } => matches!(**event, Event::HoldRetryDue(_)),
            _ => false,
        });
        let due = awaits(
            &|call| matches!(call, Effect::After { event, .. } if matches!(**event, Event::CheckDue)),
        );
        match wizard.holding() {
            Holding::Taking { .. } => self.require(taking, "waits for a hold nobody asked for"),
            Holding::Resuming { failure: None, .. } => {
                self.require(reading || due, "waits for a reading nobody asked for");
            }
            _ => {}
        }
        match wizard.confirming() {
            Confirming::Sending(_) => {
                let sent = awaits(&|call| matches!(call, Effect::Confirm(_)));
                self.require(sent, "waits for a confirmation nobody sent");
            }
            Confirming::Checking { .. } => {
                self.require(reading || due, "checks without asking");
            }
            _ => {}
        }
        if wizard.venue().is_loading() {
            let asked = awaits(&|call| *call == Effect::FetchVenue);
            self.require(asked, "waits for a venue nobody asked for");
        }
        if wizard.evening().is_loading() && wizard.step() == Some(Step::Time) {
            let asked = awaits(&|call| matches!(call, Effect::FetchEvening(_)));
            self.require(asked, "waits for seatings nobody asked for");
        }
    }
}
