//! Random guests, a random network and a small server that tells the truth when it can be heard.
//!
//! Seeded, so that a failure can be walked again: it names its seed and what happened last.

mod server;

use super::table::*;
use crate::wizard::{Confirming, Holding};
use crate::*;

const WALKS: u64 = 1_500;
const STEPS: u32 = 160;
const PERSONAL: &str = "Lucía-the-guest";

#[test]
fn random_guests_meet_no_dead_end_and_book_at_most_once() {
    let mut booked = 0;
    for seed in 1..=WALKS {
        let mut walk = Walk::new(seed);
        for _ in 0..STEPS {
            walk.step();
        }
        booked += walk.bookings;
    }
    assert!(
        booked > WALKS / 2,
        "only {booked} bookings: the walk proves little"
    );
}

/// Marsaglia's xorshift: chance that can be had again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.roll(n) == 0
    }
}

/// What the server knows of a reservation.
#[derive(Debug, Clone)]
struct Kept {
    key: Key,
    reservation: Reservation,
}

struct Walk {
    table: Table,
    dice: Dice,
    kept: Vec<Kept>,
    /// Calls without an answer yet, and timers.
    calls: Vec<Effect>,
    /// Answers that will be heard a second time.
    echoes: Vec<Event>,
    given_up: Vec<Key>,
    heard_booked: bool,
    bookings: u64,
    seed: u64,
    told: Vec<String>,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut table = Table::new();
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        table.phone_off_ms = (i64::try_from(dice.roll(7)).unwrap() - 3) * DAY_MS;
        let mut walk = Self {
            table,
            dice,
            kept: Vec::new(),
            calls: Vec::new(),
            echoes: Vec::new(),
            given_up: Vec::new(),
            heard_booked: false,
            bookings: 0,
            seed,
            told: Vec::new(),
        };
        walk.happen(Event::Entered {
            step: Step::Party,
            prefill: Prefill::default(),
        });
        walk
    }

    fn step(&mut self) {
        match self.dice.roll(20) {
            0..=8 if !self.calls.is_empty() => self.answer(),
            9 if !self.echoes.is_empty() => {
                let echo = self.echoes.remove(0);
                self.happen(echo);
            }
            10 => {
                self.table.server_ms += i64::try_from(self.dice.roll(90_000)).unwrap();
                self.happen(Event::Ticked);
            }
            11 if self.dice.one_in(4) => self.reload(),
            12..=14 => {
                let event = self.whim();
                self.happen(event);
            }
            _ => {
                let event = self.next_wish();
                self.happen(event);
            }
        }
    }

    /// An event, what it leads to, and whether everything is still as it must be.
    fn happen(&mut self, event: Event) {
        self.told.push(format!("{event:?}"));
        self.heard_booked |= matches!(&event,
            Event::ConfirmArrived(_, Ok(r)) | Event::ReadArrived(Ok(r)) | Event::HoldArrived(_, Ok(r))
            | Event::ExtendArrived(Ok(r)) if r.status.is_booked());
        let over = matches!(event, Event::StartedOver);
        let before = self.taking();
        let had_booked = self.table.wizard.booked().is_some();
        let effects = self.table.then(event);
        if over {
            self.heard_booked = false;
            self.calls
                .retain(|call| !matches!(call, Effect::Confirm(_)));
            // The next booking is another wish; the one before is done with.
            self.kept.clear();
        }
        // Answered or given up on: nobody waits for it any more.
        self.given_up
            .extend(before.filter(|key| self.taking().as_ref() != Some(key)));
        self.bookings += u64::from(!had_booked && self.table.wizard.booked().is_some());
        self.take_in(effects);
        self.check();
    }

    fn taking(&self) -> Option<Key> {
        match self.table.wizard.holding() {
            Holding::Taking { key, .. } => Some(key.clone()),
            _ => None,
        }
    }

    fn take_in(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Go { step, .. } => {
                    let prefill = Prefill::default();
                    self.happen(Event::Entered { step, prefill });
                }
                Effect::Release(access) => {
                    if !self.dice.one_in(5) {
                        self.end(&access);
                    }
                }
                Effect::Save(_)
                | Effect::Announce(_)
                | Effect::FocusErrors
                | Effect::FocusNotice => {}
                Effect::TakeHold { ref key, .. } => {
                    let other = self.calls.iter().any(|call| match call {
                        Effect::TakeHold { key: asked, .. } => {
                            asked != key && !self.given_up.contains(asked)
                        }
                        _ => false,
                    });
                    self.require(!other, "two holds asked for at once");
                    self.calls.push(effect);
                }
                Effect::Confirm(_) => {
                    let other = self
                        .calls
                        .iter()
                        .any(|call| matches!(call, Effect::Confirm(_)));
                    self.require(!other, "two confirmations under way");
                    self.calls.push(effect);
                }
                _ => self.calls.push(effect),
            }
        }
    }

    /// The tab is loaded anew: calls and timers are gone, the server is as it was.
    fn reload(&mut self) {
        let saved = self.table.wizard.saved();
        self.told.push("reload".into());
        self.table.wizard = Wizard::default();
        self.calls.clear();
        self.echoes.clear();
        self.happen(Event::Restored(saved));
        let step = Step::ALL[usize::try_from(self.dice.roll(6)).unwrap()];
        let prefill = Prefill::default();
        self.happen(Event::Entered { step, prefill });
    }
}

/// What the guest does.
impl Walk {
    fn whim(&mut self) -> Event {
        let night = ["2026-12-05", "2026-12-05", "2026-12-06"];
        let night = day(night[usize::try_from(self.dice.roll(3)).unwrap()]);
        let step = Step::ALL[usize::try_from(self.dice.roll(6)).unwrap()];
        let seat = ["19", "21", "next"][usize::try_from(self.dice.roll(3)).unwrap()];
        match self.dice.roll(22) {
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
            15 => Event::ConsentChanged(Consents {
                privacy: !self.dice.one_in(5),
            }),
            16..=18 => Event::ConfirmPressed,
            19 => Event::RetryPressed,
            20 if self.table.wizard.booked().is_some() => Event::StartedOver,
            _ => Event::Ticked,
        }
    }

    /// What a guest does who only wants a table.
    fn next_wish(&mut self) -> Event {
        let wizard = &self.table.wizard;
        match wizard.step() {
            Some(Step::Night) => Event::NightChosen(day("2026-12-05")),
            Some(Step::Time) => Event::SlotChosen(SlotId("19".into())),
            Some(Step::Guests) if !wizard.draft().guest.email.contains('@') => self.writing(),
            Some(Step::Guests) if self.dice.one_in(2) => self.writing(),
            Some(Step::Guests) => Event::GuestsSubmitted,
            Some(Step::Check) if !wizard.draft().consents.privacy => {
                Event::ConsentChanged(Consents { privacy: true })
            }
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

/// What must hold whatever happened.
impl Walk {
    fn require(&self, holds: bool, what: &str) {
        let last = self.told.len().saturating_sub(30);
        assert!(
            holds,
            "seed {}: {what}\n{}",
            self.seed,
            self.told[last..].join("\n")
        );
    }

    fn check(&self) {
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
            let allowed = nearest <= step || wizard.booked().is_some();
            self.require(allowed, "nearest is beyond what was asked for");
        }
        self.require(!self.tab_text().contains(PERSONAL), "the tab keeps a name");
        self.check_waiting();
    }

    fn tab_text(&self) -> String {
        match self.table.wizard.saved().hold {
            None => String::new(),
            Some(SavedHold::Asked { key, slot }) => key.0 + &slot,
            Some(SavedHold::Made {
                access,
                confirm_key,
                ..
            }) => access.id + &access.token + &confirm_key.map_or(String::new(), |key| key.0),
        }
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
