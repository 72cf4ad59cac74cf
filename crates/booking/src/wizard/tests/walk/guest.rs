//! What the guest does, on a whim or on the way to a table.

use super::super::table::*;
use super::{PERSONAL, Walk};
use crate::*;

/// What the guest does.
impl Walk {
    pub(super) fn whim(&mut self) -> Event {
        let night = ["2026-12-05", "2026-12-05", "2026-12-06"];
        let night = day(night[usize::try_from(self.dice.roll(3)).unwrap()]);
        let step = Step::ALL[usize::try_from(self.dice.roll(8)).unwrap()];
        let seat = ["19", "21", "next"][usize::try_from(self.dice.roll(3)).unwrap()];
        match self.dice.roll(26) {
            0 | 1 => Event::Entered {
                step,
                prefill: Prefill::default(),
            },
            2 => Event::Entered {
                step,
                prefill: Prefill {
                    party: Some(u8::try_from(1 + self.dice.roll(3)).unwrap()),
                    date: self.dice.one_in(3).then_some(night),
                    time: None,
                },
            },
            3 => Event::MonthChosen(night.month()),
            4 | 5 => Event::NightChosen(night),
            6..=8 => Event::SlotChosen(SlotId(seat.into())),
            9 => Event::RetakePressed,
            10 => Event::ExtendPressed,
            11..=13 => self.writing(),
            14 => Event::GuestsSubmitted,
            15 => self.agreeing(),
            16..=18 => Event::ConfirmPressed,
            19 => Event::RetryPressed,
            20 => Event::PlanChanged(self.plan()),
            21 => Event::DishesSubmitted,
            22 => Event::RulesSubmitted,
            23 if self.table.wizard.booked().is_some() => Event::StartedOver,
            _ => Event::Ticked,
        }
    }

    /// What a guest does who only wants a table.
    pub(super) fn next_wish(&mut self) -> Event {
        let wizard = &self.table.wizard;
        match wizard.step() {
            Some(Step::Night) => Event::NightChosen(day("2026-12-05")),
            Some(Step::Time) => Event::SlotChosen(SlotId("19".into())),
            Some(Step::Dishes) if self.dice.one_in(3) => Event::PlanChanged(self.plan()),
            Some(Step::Dishes | Step::Rules) if self.dice.one_in(2) => self.agreeing(),
            Some(Step::Dishes) => Event::DishesSubmitted,
            Some(Step::Rules) => Event::RulesSubmitted,
            Some(Step::Guests) if !wizard.draft().guest.email.contains('@') => self.writing(),
            Some(Step::Guests) if self.dice.one_in(2) => self.writing(),
            Some(Step::Guests) => Event::GuestsSubmitted,
            Some(Step::Check) if !wizard.draft().consents.privacy => self.agreeing(),
            Some(Step::Check) if self.dice.one_in(3) => Event::RetakePressed,
            Some(Step::Check) => Event::ConfirmPressed,
            Some(Step::Done) if self.dice.one_in(8) => Event::StartedOver,
            Some(Step::Done) => Event::Ticked,
            _ => Event::Entered {
                step: Step::Night,
                prefill: Prefill {
                    party: Some(2),
                    ..Prefill::default()
                },
            },
        }
    }

    /// A plan for a few guests, of whom some cannot eat something; seldom none at all.
    fn plan(&mut self) -> Plan {
        let guests = usize::try_from(self.dice.roll(5)).unwrap();
        let mut plan = plan(guests);
        if self.dice.one_in(3) {
            plan = plan.without_needs();
        }
        if let Some(place) = plan.places.first_mut() {
            place.note = [NEED, " ", NEED].concat();
        }
        plan
    }

    /// Ticks most boxes, and sometimes takes one back.
    fn agreeing(&mut self) -> Event {
        let mut consents = Consents {
            privacy: !self.dice.one_in(5),
            health: !self.dice.one_in(5),
            house_rules: Vec::new(),
        };
        for rule in ["read", "phones", "of another house"] {
            consents.accept(rule, !self.dice.one_in(5));
        }
        Event::ConsentChanged(consents)
    }

    fn writing(&mut self) -> Event {
        let field = GuestField::ALL[usize::try_from(self.dice.roll(4)).unwrap()];
        let text = match field {
            GuestField::GivenName | GuestField::FamilyName => PERSONAL.to_owned(),
            GuestField::Email => format!("{PERSONAL}@example.com"),
            GuestField::Phone => format!("+57 300 555 01{:02}", self.dice.roll(3)),
        };
        let text = if self.dice.one_in(15) {
            String::new()
        } else {
            text
        };
        Event::GuestChanged(field, text)
    }
}
