//! Random guests, a random network and a small server that tells the truth when it can be heard.
//!
//! Seeded, so that a failure can be walked again: it names its seed and what happened last.

mod checks;
mod guest;
mod server;

use super::table::*;
use crate::message::Confirmation;
use crate::wizard::Holding;
use crate::*;

const WALKS: u64 = 1_500;
const STEPS: u32 = 200;
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
    /// The confirmation that was carried out.
    confirmed: Option<Confirmation>,
}

struct Walk {
    table: Table,
    dice: Dice,
    /// The venue of this walk: half of them take dishes, half have rules.
    venue: Venue,
    kept: Vec<Kept>,
    /// Calls without an answer yet, and timers.
    calls: Vec<Effect>,
    /// Answers that will be heard a second time.
    echoes: Vec<Event>,
    given_up: Vec<Key>,
    /// Every confirmation that left the phone.
    sent: Vec<Confirmation>,
    heard_booked: bool,
    bookings: u64,
    seed: u64,
    told: Vec<String>,
}

fn venue_of(seed: u64) -> Venue {
    let mut venue = asking_venue();
    venue.capabilities.preorder = !seed.is_multiple_of(2);
    if seed % 4 < 2 {
        venue.house_rules.clear();
    }
    venue
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut table = Table::new();
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        table.phone_off_ms = (i64::try_from(dice.roll(7)).unwrap() - 3) * DAY_MS;
        let mut walk = Self {
            table,
            dice,
            venue: venue_of(seed),
            kept: Vec::new(),
            calls: Vec::new(),
            echoes: Vec::new(),
            given_up: Vec::new(),
            sent: Vec::new(),
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
        let told = format!("{event:?}");
        self.require(!told.contains(NEED), "a log tells a need");
        self.told.push(told);
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
                Effect::Confirm(ref sent) => {
                    self.check_sent(sent);
                    self.sent.push((**sent).clone());
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
        let step = Step::ALL[usize::try_from(self.dice.roll(8)).unwrap()];
        let prefill = Prefill::default();
        self.happen(Event::Entered { step, prefill });
    }
}
