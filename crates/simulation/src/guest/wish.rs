//! What somebody does who only wants a table.

use booking::wizard::{Confirming, Holding};
use booking::{Consents, DayStatus, Event, GuestField, Prefill, Step};

use super::PERSONAL;
use crate::evening::Evening;
use crate::phone::Place;

/// What a guest does who only wants a table.
pub enum Wish {
    /// Presses, writes, chooses.
    Do(Box<Event>),
    /// Follows a link, or goes back to a step.
    Open(Step, Prefill),
    /// Waits for an answer.
    Wait,
}

impl Wish {
    pub(super) fn act(event: Event) -> Self {
        Self::Do(Box::new(event))
    }
}

impl Evening {
    /// What the page on show offers to somebody who only wants a table.
    pub fn next_wish(&mut self, who: usize) -> Wish {
        let phone = self.phone(who);
        if phone.place() == Place::Elsewhere {
            return Wish::Open(
                phone.wizard.step().unwrap_or(Step::Party),
                Prefill::default(),
            );
        }
        let wizard = &phone.wizard;
        if wizard.is_lost() {
            return self.wish_of_the_lost(who);
        }
        if wizard.venue().failure().is_some() {
            return Wish::act(Event::RetryPressed);
        }
        if wizard.holding().is_under_way() || wizard.confirming().is_under_way() {
            return Wish::Wait;
        }
        if matches!(wizard.holding(), Holding::Resuming { .. })
            && wizard.step() != Some(Step::Night)
        {
            return Wish::act(Event::RetryPressed);
        }
        match wizard.step() {
            Some(Step::Night) => self.wish_for_a_night(who),
            Some(Step::Time) => self.wish_for_a_time(who),
            Some(step @ (Step::Dishes | Step::Guests | Step::Rules | Step::Check)) => {
                self.wish_to_answer(who, step)
            }
            Some(Step::Done) if self.acts_left > 0 && self.dice.one_in(8) => {
                Wish::act(Event::StartedOver)
            }
            Some(Step::Done) => Wish::Wait,
            _ => {
                let party = self.dice.pick(&[1, 2, 2, 3]);
                let prefill = Prefill {
                    party,
                    ..Prefill::default()
                };
                Wish::Open(Step::Night, prefill)
            }
        }
    }

    fn wish_for_a_night(&mut self, who: usize) -> Wish {
        let waits = self.acts_left > 0 && self.server.waitlist && !self.dice.one_in(4);
        let nights = self.phone(who).wizard.nights();
        if nights.calendar.failure().is_some() {
            return Wish::act(Event::RetryPressed);
        }
        let Some(calendar) = nights.calendar.ready() else {
            return Wish::Wait;
        };
        let mut days = calendar.days.iter();
        let full = days.find(|day| day.status == DayStatus::SoldOut);
        let full = full.map(|day| day.date);
        if let Some(full) = full.filter(|_| waits) {
            return Wish::act(Event::NightChosen(full));
        }
        let free = calendar.days.iter().filter(|day| day.status.is_bookable());
        // Guests of one evening meet at few tables.
        let free: Vec<_> = free.map(|day| day.date).take(4).collect();
        match self.dice.pick(&free) {
            Some(date) => Wish::act(Event::NightChosen(date)),
            None => match self.phone(who).wizard.nights().month() {
                Some(month) => Wish::act(Event::MonthChosen(month.next())),
                None => Wish::act(Event::RetryPressed),
            },
        }
    }

    fn wish_for_a_time(&mut self, who: usize) -> Wish {
        if let Some(wish) = self.wish_to_wait(who) {
            return wish;
        }
        let again = self.dice.one_in(2);
        let wizard = &self.phone(who).wizard;
        match wizard.holding() {
            Holding::Failed { failure, .. } if again && failure.outcome_unknown() => {
                return Wish::act(Event::RetryPressed);
            }
            Holding::Lost { slot: Some(_), .. } if again => return Wish::act(Event::RetakePressed),
            _ => {}
        }
        if wizard.evening().failure().is_some() {
            return Wish::act(Event::RetryPressed);
        }
        let Some(evening) = wizard.evening().ready() else {
            return Wish::Wait;
        };
        let offered = evening.slots.iter().chain(&evening.alternatives);
        let free = offered.filter(|slot| slot.status.is_bookable());
        let free: Vec<_> = free.map(|slot| slot.id.clone()).take(3).collect();
        let free: Vec<_> = free.iter().collect();
        match self.dice.pick(&free) {
            Some(id) => Wish::act(Event::SlotChosen(id.clone())),
            None => Wish::Open(Step::Night, Prefill::default()),
        }
    }

    fn wish_to_answer(&mut self, who: usize, step: Step) -> Wish {
        let calm = self.acts_left == 0;
        let dice = self.dice.roll(6);
        let wizard = &self.phone(who).wizard;
        let agreed = all_boxes();
        let missing = match step {
            Step::Guests => GuestField::ALL.into_iter().find(|field| {
                let text = wizard.draft().guest.get(*field);
                text.is_empty() || text == crate::server::BAD_PHONE
            }),
            _ => None,
        };
        if let Some(field) = missing {
            if !calm && dice < 3 {
                return Wish::act(self.writing());
            }
            return Wish::act(Event::GuestChanged(field, proper(field)));
        }
        let party = wizard.draft().party.unwrap_or(1);
        let nameless = (0..party)
            .flat_map(|guest| wizard.asked_of(guest))
            .map(|(asked, _)| asked)
            .find(|asked| wizard.answer(*asked).is_empty());
        if let Some(asked) = nameless.filter(|_| step == Step::Guests) {
            if !calm && dice == 0 {
                return Wish::act(self.naming());
            }
            return Wish::act(Event::AnswerChanged(asked, PERSONAL.to_owned()));
        }
        if step != Step::Guests && wizard.draft().consents != agreed && (calm || dice < 4) {
            return Wish::act(Event::ConsentChanged(agreed));
        }
        let lost = matches!(wizard.holding(), Holding::Lost { .. } | Holding::None);
        match step {
            Step::Dishes if !calm && dice == 0 => Wish::act(Event::PlanChanged(self.plan())),
            Step::Dishes => Wish::act(Event::DishesSubmitted),
            Step::Guests => Wish::act(Event::GuestsSubmitted),
            Step::Rules => Wish::act(Event::RulesSubmitted),
            _ if lost && dice < 2 => Wish::act(Event::RetakePressed),
            _ if lost => Wish::Open(Step::Time, Prefill::default()),
            _ if self.phone_refused(who) => Wish::Open(Step::Guests, Prefill::default()),
            _ => Wish::act(Event::ConfirmPressed),
        }
    }

    /// The house does not like the number, which only shows when it is sent.
    fn phone_refused(&mut self, who: usize) -> bool {
        let wizard = &self.phone(who).wizard;
        let sent = matches!(wizard.confirming(), Confirming::NotBooked { .. });
        sent && wizard.draft().guest.phone == crate::server::BAD_PHONE
    }
}

fn all_boxes() -> Consents {
    Consents {
        privacy: true,
        health: true,
        waiting: false,
        house_rules: vec!["phones".to_owned()],
    }
}

pub(super) fn proper(field: GuestField) -> String {
    match field {
        GuestField::GivenName | GuestField::FamilyName => PERSONAL.to_owned(),
        GuestField::Email => format!("{PERSONAL}@example.com"),
        GuestField::Phone => "+57 300 555 0100".to_owned(),
    }
}
