//! A tab: its wizard, its history, what it keeps, its clock, and what its guest has said.

use std::collections::{HashMap, HashSet};

use booking::wizard::Holding;
use booking::{
    Answers, Date, Effect, Event, Guest, Key, Language, Moment, Plan, Question, Saved, Step, Today,
    Wizard,
};

use crate::server::{Sender, WALL_MS, wall_day};

/// What the address shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A page outside the wizard.
    Elsewhere,
    /// A step.
    At(Step),
}

/// A call without an answer yet.
#[derive(Debug, Clone)]
pub struct Open {
    /// Which.
    pub errand: u64,
    /// What it is for.
    pub effect: Effect,
}

/// What the guest has said on this load of the page, kept beside the wizard to compare.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    pub guest: Guest,
    pub answers: Answers,
    pub plan: Plan,
}

/// A tab.
#[derive(Debug, Clone)]
pub struct Phone {
    pub wizard: Wizard,
    /// How often it was loaded: an answer to an earlier load is nobody's.
    pub page: u32,
    pub history: Vec<Place>,
    pub at: usize,
    pub language: Language,
    /// What the tab's storage holds.
    pub storage: String,
    pub clock_off_ms: i64,
    /// Whether its clock was set while the page was open.
    pub clock_jumped: bool,
    pub offline_until_ms: i64,
    /// Until when it is put away, and nothing in it runs.
    pub asleep_until_ms: i64,
    pub said: Said,
    /// How many bookings it began.
    pub booking: u32,
    pub wish: u32,
    /// The seating it asks for, as long as nothing definite was heard.
    pub asks_for: Option<(String, u8)>,
    pub open: Vec<Open>,
    pub timers: Vec<Event>,
    /// Until when it was told not to ask for a hold, or what became of a confirmation.
    pub hold_wait_ms: i64,
    pub check_wait_ms: i64,
    /// When it last sent a confirmation.
    pub confirmed_ms: i64,
    /// When it became doubtful whether a confirmation went through.
    pub doubt_ms: i64,
    /// When the question was asked whose answer came last.
    pub asked_ms: i64,
    /// The last question what became of it.
    pub question: Question,
    pub keys: u32,
    pub failed_reads: u32,
    /// The holds it gave back.
    pub released: Vec<String>,
    /// The places on lists that were said to stand since the page was loaded, and when that was asked.
    pub placed: HashMap<String, i64>,
    /// The nights, and for how many, of which the guest was told that she may be on the list twice.
    pub told_twice: HashSet<(Date, u8)>,
}

impl Phone {
    /// A tab just opened on the first question.
    pub fn new(clock_off_ms: i64) -> Self {
        Self {
            wizard: Wizard::default(),
            page: 0,
            history: vec![Place::At(Step::Party)],
            at: 0,
            language: Language::Es,
            storage: String::new(),
            clock_off_ms,
            clock_jumped: false,
            offline_until_ms: 0,
            asleep_until_ms: 0,
            said: Said::default(),
            booking: 0,
            wish: 0,
            asks_for: None,
            open: Vec::new(),
            timers: Vec::new(),
            hold_wait_ms: 0,
            check_wait_ms: 0,
            confirmed_ms: 0,
            doubt_ms: 0,
            asked_ms: 0,
            question: Question::default(),
            keys: 0,
            failed_reads: 0,
            released: Vec::new(),
            placed: HashMap::new(),
            told_twice: HashSet::new(),
        }
    }

    /// What the address shows.
    pub fn place(&self) -> Place {
        self.history
            .get(self.at)
            .copied()
            .unwrap_or(Place::Elsewhere)
    }

    /// Goes to a place; answers whether that is another one.
    pub fn go(&mut self, place: Place, replace: bool) -> bool {
        let other = self.place() != place;
        if replace {
            if let Some(here) = self.history.get_mut(self.at) {
                *here = place;
            }
        } else if other {
            self.history.truncate(self.at + 1);
            self.history.push(place);
            self.at += 1;
        }
        other
    }

    /// What the phone and its dice supply for an event.
    pub fn moment(&mut self, now_ms: i64, number: usize) -> Moment {
        self.keys += 1;
        let own_ms = now_ms + self.clock_off_ms;
        let here = match self.wizard.time_zone() {
            "America/Bogota" => own_ms,
            _ => own_ms - WALL_MS,
        };
        Moment {
            now_ms: own_ms,
            today: Today::by(move || wall_day(here)),
            fresh_key: Key(format!("key-of-tab-{number}-{:06}", self.keys)),
            language: self.language,
        }
    }

    /// The answer to something has come, and tells to wait this long before it is asked again.
    pub fn note_wait(&mut self, effect: &Effect, until_ms: i64) {
        match effect {
            // Only an answer to the wish that is still the guest's is listened to.
            Effect::TakeHold { key, .. } => match self.wizard.holding() {
                Holding::Taking { key: wish, .. } if wish == key => self.hold_wait_ms = until_ms,
                _ => {}
            },
            // An answer that came too late is not listened to.
            Effect::Read(_, question) if *question < self.question => {}
            Effect::Confirm(_) => {
                self.check_wait_ms = until_ms;
                self.question.0 += 1;
            }
            Effect::Read(..) => self.check_wait_ms = until_ms,
            _ => {}
        }
    }

    /// Who sends.
    pub fn sender(&self, phone: usize) -> Sender {
        Sender {
            phone,
            booking: self.booking,
            wish: self.wish,
        }
    }

    /// What the tab would find after a reload.
    pub fn kept(&self) -> Saved {
        crate::saved::from_text(&self.storage).unwrap_or_default()
    }
}
