//! What people do: mostly what leads to a table, often twice, sometimes anything at all.

mod list;
mod lost;
mod wish;

pub use wish::Wish;

use booking::{
    Asked, Consents, Date, Event, GuestField, Place as Seat, Plan, PlannedDish, Prefill, SlotId,
    Step,
};

use crate::evening::{Cause, Evening, Goes};
use crate::phone::{Phone, Place};
use crate::server::{Seating, wall_day};

/// A name that must be found nowhere but in memory and in what is sent.
pub const PERSONAL: &str = "Lucía-the-guest";
/// The same for what somebody cannot eat.
pub const NEED: &str = "need-of-the-guest";
/// The most tabs there are.
const TABS: usize = 2;

impl Evening {
    /// A guest acts, and will again.
    pub fn act(&mut self, who: usize) -> Goes {
        if self.acts_left == 0 {
            return Ok(());
        }
        self.acts_left -= 1;
        let pause = match self.dice.roll(30) {
            // The phone is put away, and nothing in it ticks.
            0 => {
                let ms = self.dice.ms(120_000, 500_000);
                self.phone(who).asleep_until_ms = self.now_ms + ms;
                ms
            }
            1..=5 => self.dice.ms(5_000, 40_000),
            6..=12 => self.dice.ms(10, 300),
            _ => self.dice.ms(300, 5_000),
        };
        self.act_later(who, pause);
        match self.dice.roll(40) {
            0 => {
                self.tell(format_args!("tab {who}: reload"));
                self.load(who)
            }
            1..=3 => self.leaf(who, false),
            4 => self.leaf(who, true),
            5 => self.switch_language(who),
            6 => {
                let until = self.now_ms + self.dice.ms(1_000, 60_000);
                self.phone(who).offline_until_ms = until;
                self.tell(format_args!("tab {who}: offline"));
                Ok(())
            }
            7 => self.world_turns(who),
            8 => self.other_place(who),
            9..=13 => {
                let event = self.whim(who);
                self.dispatch(who, event, Cause::Guest)
            }
            _ => self.taps(who),
        }
    }

    /// Once, twice, three times: people who see nothing happen press again.
    fn taps(&mut self, who: usize) -> Goes {
        let taps = [1, 1, 1, 1, 2, 3];
        let times = self.dice.pick(&taps).unwrap_or(1);
        match self.next_wish(who) {
            Wish::Do(event) => {
                for _ in 0..times {
                    self.dispatch(who, (*event).clone(), Cause::Guest)?;
                }
                Ok(())
            }
            Wish::Open(step, prefill) => self.walk_to(who, step, prefill),
            Wish::Wait => Ok(()),
        }
    }

    /// Back and Forward.
    fn leaf(&mut self, who: usize, forward: bool) -> Goes {
        let phone = self.phone(who);
        let at = if forward {
            (phone.at + 1).min(phone.history.len() - 1)
        } else {
            phone.at.saturating_sub(1)
        };
        if at == phone.at {
            return Ok(());
        }
        phone.at = at;
        self.tell(format_args!("tab {who}: forward: {forward}"));
        self.enter(who, Prefill::default())
    }

    /// What happens beside the guests.
    fn world_turns(&mut self, who: usize) -> Goes {
        match self.dice.roll(7) {
            0 => {
                let until = self.now_ms + self.dice.ms(500, 9_000);
                self.server.restart(until);
                self.tell(format_args!("server: restarts"));
            }
            1 => {
                self.server.busy_until_ms = self.now_ms + self.dice.ms(2_000, 25_000);
                self.tell(format_args!("server: too many requests"));
            }
            2 if self.clocks_jump => {
                let jump = self.dice.ms(0, 7_200_000) - 3_600_000;
                let phone = self.phone(who);
                phone.clock_off_ms += jump;
                phone.clock_jumped = true;
                self.tell(format_args!("tab {who}: its clock jumps {jump} ms"));
            }
            3 if self.phones.len() < TABS => self.open_tab(who)?,
            4 if self.server.waitlist && self.dice.one_in(2) => self.cross_off(),
            _ => {
                let now_ms = self.now_ms;
                for seating in self.wanted(who) {
                    self.server.other_guest(seating, now_ms);
                    if self.server.waitlist {
                        // So that there are full nights.
                        self.server.other_guest(seating, now_ms);
                    }
                    self.tell(format_args!("server: somebody takes {}", seating.id()));
                }
            }
        }
        Ok(())
    }

    /// The seatings of the night this guest looks at.
    fn wanted(&mut self, who: usize) -> Vec<Seating> {
        let date = self.phone(who).wizard.draft().date;
        let date = date.or(wall_day(self.now_ms).plus_days(2));
        let both = date.map(|date| [19, 21].map(|hour| Seating { date, hour }));
        both.into_iter().flatten().collect()
    }

    /// A second tab: a new one, or a copy with all that the first one kept.
    fn open_tab(&mut self, of: usize) -> Goes {
        let mut copy = Phone::new(self.phone(of).clock_off_ms);
        if self.dice.one_in(2) {
            let first = self.phone(of);
            copy.storage.clone_from(&first.storage);
            copy.history = vec![first.place()];
            copy.said.plan = first.said.plan.without_needs();
            copy.wish = first.wish;
            copy.asks_for.clone_from(&first.asks_for);
        }
        let who = self.phones.len();
        self.tell(format_args!("tab {who} is opened"));
        self.phones.push(copy);
        self.act_later(who, 700);
        self.tick_later(who, 1_000);
        self.load(who)
    }

    /// The menu is read, or the wizard is opened at any step.
    fn other_place(&mut self, who: usize) -> Goes {
        if self.dice.one_in(2) {
            self.phone(who).go(Place::Elsewhere, false);
            return Ok(());
        }
        let step = self.dice.pick(&Step::ALL).unwrap_or(Step::Party);
        // From the last look, by the link that changes an answer.
        if self.phone(who).wizard.step() == Some(Step::Check) {
            self.dispatch(who, Event::ChangePressed, Cause::Guest)?;
        }
        self.walk_to(who, step, Prefill::default())
    }

    fn whim(&mut self, who: usize) -> Event {
        let night = self.near_night(who);
        match self.dice.roll(18) {
            0 => Event::MonthChosen(night.month()),
            1 => Event::NightChosen(night),
            2 | 3 => {
                let hour = self.dice.pick(&[19, 21]).unwrap_or(19);
                let date = self.phone(who).wizard.draft().date.unwrap_or(night);
                Event::SlotChosen(SlotId(self.server.slot_id(Seating { date, hour })))
            }
            4 => Event::RetakePressed,
            5 | 6 => Event::ExtendPressed,
            7 | 8 => Event::ConfirmPressed,
            9 => Event::RetryPressed,
            10 => Event::PlanChanged(self.plan()),
            11 => self.agreeing(),
            12 => self.naming(),
            13 => Event::Returned,
            14 => Event::WaitPressed,
            15 => Event::StopWaitingPressed,
            _ => self.writing(),
        }
    }

    fn near_night(&mut self, who: usize) -> Date {
        let days = i32::try_from(self.dice.roll(4)).unwrap_or(0) + 1;
        let today = wall_day(self.now_ms);
        let date = self.phone(who).wizard.draft().date;
        let date = date.filter(|_| self.dice.one_in(2));
        date.or(today.plus_days(days)).unwrap_or(today)
    }

    /// A plan for a few guests, of whom some cannot eat something; seldom none at all.
    fn plan(&mut self) -> Plan {
        let place = |guest| Seat {
            dishes: vec![PlannedDish {
                id: format!("dish-{guest}"),
                name: format!("Dish of {guest}"),
            }],
            ..Seat::default()
        };
        let mut places: Vec<_> = (0..self.dice.roll(5)).map(place).collect();
        if self.dice.one_in(2)
            && let Some(last) = places.last_mut()
        {
            last.codes = vec![NEED.to_owned()];
            NEED.clone_into(&mut last.note);
        }
        let set = "dinner".to_owned();
        Plan { set, places }
    }

    /// Ticks most boxes, and sometimes takes one back.
    fn agreeing(&mut self) -> Event {
        let mut consents = Consents {
            privacy: !self.dice.one_in(5),
            health: !self.dice.one_in(5),
            waiting: false,
            house_rules: Vec::new(),
        };
        for rule in ["phones", "of another house"] {
            consents.accept(rule, !self.dice.one_in(5));
        }
        Event::ConsentChanged(consents)
    }

    /// Writes the name of one of the party, or of somebody beyond it; sometimes takes it back.
    fn naming(&mut self) -> Event {
        let guest = u8::try_from(self.dice.roll(4)).unwrap_or(0);
        let name = if self.dice.one_in(6) {
            String::new()
        } else {
            format!("{PERSONAL} {guest}")
        };
        Event::AnswerChanged(Asked { guest, field: 0 }, name)
    }

    fn writing(&mut self) -> Event {
        let field = self
            .dice
            .pick(&GuestField::ALL)
            .unwrap_or(GuestField::Email);
        let text = match field {
            GuestField::GivenName | GuestField::FamilyName => PERSONAL.to_owned(),
            GuestField::Email => format!("{PERSONAL}@example.com"),
            GuestField::Phone => format!("+57 300 555 01{:02}", self.dice.roll(4)),
        };
        let text = if self.dice.one_in(15) {
            String::new()
        } else {
            text
        };
        Event::GuestChanged(field, text)
    }
}
