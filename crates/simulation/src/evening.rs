//! An evening: time, and what happens in it.

mod mail;
mod queue;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt::Arguments;
use std::ops::AddAssign;

use booking::{Effect, Event, Language, Plan, Prefill, Step};

use self::queue::Queued;
use crate::checks::Before;
use crate::dice::Dice;
use crate::network::{Came, Fault};
use crate::phone::{Phone, Place};
use crate::reservations::{Call, Config, Provider};
use crate::server::{Sender, Server, wall_day};
use crate::trace::Trace;

const DAY_MS: i64 = 86_400_000;
/// 20 November 2026, 10:00 on the venue's wall.
const MORNING_MS: i64 = 1_795_186_800_000;
/// From there to the last evening of that month, when it is the next month in Greenwich.
const TO_MONTH_END_MS: i64 = 10 * DAY_MS + 11 * 3_600_000;
/// How often guests act before the evening is brought to its end.
const ACTS: u32 = 50;

/// What was played.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Played {
    /// Evenings.
    pub evenings: u64,
    /// Tables that guests were shown as booked.
    pub booked: u64,
    /// Requests that were sent.
    pub requests: u64,
    /// Of which something went wrong with so many.
    pub faults: u64,
    /// Places on waiting lists.
    pub listed: u64,
    /// Things that reached a wizard, ticks and all.
    pub steps: u64,
}

impl AddAssign for Played {
    fn add_assign(&mut self, more: Self) {
        self.evenings += more.evenings;
        self.booked += more.booked;
        self.requests += more.requests;
        self.faults += more.faults;
        self.listed += more.listed;
        self.steps += more.steps;
    }
}

/// Something that must not be.
pub struct Wrong(pub String);

/// How an evening goes on after something happened.
pub type Goes = Result<(), Wrong>;

/// A request on its way.
#[derive(Debug, Clone)]
pub struct Errand {
    number: u64,
    page: u32,
    pub sender: Sender,
    effect: Effect,
    call: Call,
    fault: Fault,
    sent_ms: i64,
}

enum Happening {
    Arrives(Box<Errand>),
    /// The server has finished what took it a while.
    Works(Box<Errand>),
    Heard(Box<Errand>, Box<Came>),
    Due(usize, u32, Box<Event>),
    Ticks(usize),
    Acts(usize),
}

/// Why an event reached the wizard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Guest,
    Answer,
    Timer,
}

/// An evening.
pub struct Evening {
    pub dice: Dice,
    pub now_ms: i64,
    start_ms: i64,
    queue: BinaryHeap<Queued>,
    order: u64,
    pub server: Server,
    pub phones: Vec<Phone>,
    api: Provider,
    /// Something goes wrong with one request in so many; with none at the end.
    pub odds: Option<u32>,
    /// Whether clocks are set on this evening.
    pub clocks_jump: bool,
    pub acts_left: u32,
    pub wishes: u32,
    /// What was ordered for which reservation, by every confirmation that left a phone.
    pub sent: Vec<(String, Plan)>,
    pub trace: Trace,
    pub played: Played,
}

/// On every third evening the house is behind another API.
fn speaks_octo(seed: u64) -> bool {
    seed.is_multiple_of(3)
}

#[expect(clippy::expect_used, reason = "the text is a configuration")]
fn provider(octo: bool) -> Provider {
    let name = if octo { "octo" } else { "native" };
    let config = format!(
        r#"{{"reservations":{{"provider":"{name}","baseUrl":"/api/v1","venueId":"interno","mode":"live"}}}}"#
    );
    let provider = Config::read(&config).and_then(|config| config.provider(true));
    provider.expect("a provider")
}

/// Plays the evening of a seed.
///
/// # Errors
/// What went wrong, with the seed and the end of the tale.
pub fn play(seed: u64) -> Result<Played, String> {
    let mut evening = Evening::new(seed, false);
    if evening.all().is_ok() {
        return Ok(evening.played);
    }
    let mut told = Evening::new(seed, true);
    let Err(Wrong(what)) = told.all() else {
        return Err(format!("seed {seed}: it fails only the first time"));
    };
    Err(format!("seed {seed}: {what}\n{}", told.trace.end()))
}

impl Evening {
    fn new(seed: u64, told: bool) -> Self {
        let mut dice = Dice::new(seed);
        let late = dice.one_in(4);
        let start_ms = MORNING_MS + if late { TO_MONTH_END_MS } else { 0 };
        let clocks_jump = dice.one_in(5);
        let off = i64::from(dice.roll(7)) - 3;
        let off_ms = off * if dice.one_in(2) { 0 } else { 3_600_000 };
        let mut server = Server::new(
            dice.one_in(2),
            dice.one_in(2),
            dice.one_in(3),
            dice.one_in(4),
        );
        server.octo = speaks_octo(seed);
        server.breaks_on_known_uuid = seed.is_multiple_of(2);
        server.fronted = server.octo && (seed / 6).is_multiple_of(2);
        server.waitlist = dice.one_in(2) && !server.octo;
        if server.waitlist {
            server.fill(wall_day(start_ms), start_ms);
        }
        if server.octo {
            (server.preorder, server.rules, server.asks) = (false, false, false);
        }
        Self {
            odds: dice
                .pick(&[None, Some(12), Some(5), Some(3), Some(2)])
                .flatten(),
            dice,
            now_ms: start_ms,
            start_ms,
            queue: BinaryHeap::new(),
            order: 0,
            server,
            phones: vec![Phone::new(off_ms)],
            api: provider(speaks_octo(seed)),
            clocks_jump,
            acts_left: ACTS,
            wishes: 0,
            sent: Vec::new(),
            trace: Trace::new(told),
            played: Played {
                evenings: 1,
                ..Played::default()
            },
        }
    }

    fn all(&mut self) -> Goes {
        self.load(0)?;
        self.later(500, Happening::Acts(0));
        self.later(1_000, Happening::Ticks(0));
        while self.acts_left > 0 {
            self.next()?;
        }
        self.played.listed = self.server.entries.len() as u64;
        self.end_well()
    }

    /// Tells something, with the time since the evening began.
    pub fn tell(&mut self, what: Arguments) {
        let since = self.now_ms - self.start_ms;
        self.trace.tell(since, what);
    }

    fn later(&mut self, ms: i64, what: Happening) {
        self.order += 1;
        let at = self.now_ms + ms;
        self.queue.push(Queued(Reverse((at, self.order)), what));
    }

    /// Lets a guest act so much later.
    pub fn act_later(&mut self, who: usize, ms: i64) {
        self.later(ms, Happening::Acts(who));
    }

    /// Begins to tick for a tab.
    pub fn tick_later(&mut self, who: usize, ms: i64) {
        self.later(ms, Happening::Ticks(who));
    }

    /// Whether the queue is empty but for ticks and guests.
    pub fn is_quiet(&self) -> bool {
        self.queue
            .iter()
            .all(|Queued(_, what)| matches!(what, Happening::Ticks(_) | Happening::Acts(_)))
    }

    /// The next thing happens.
    pub fn next(&mut self) -> Goes {
        let Some(Queued(Reverse((at, _)), what)) = self.queue.pop() else {
            return Err(Wrong("time stands still".to_owned()));
        };
        self.now_ms = at;
        match what {
            Happening::Arrives(errand) => {
                self.arrives(*errand);
                Ok(())
            }
            Happening::Works(errand) => {
                // A restart forgets what was under way.
                if self.server.end(&errand.call.request) {
                    self.carry_out(*errand);
                }
                Ok(())
            }
            Happening::Heard(errand, came) => self.heard(*errand, *came),
            Happening::Due(who, page, event) => {
                if self.phone(who).page != page {
                    return Ok(());
                }
                let timers = &mut self.phone(who).timers;
                if let Some(at) = timers.iter().position(|due| *due == *event) {
                    timers.swap_remove(at);
                }
                self.dispatch(who, *event, Cause::Timer)
            }
            Happening::Ticks(who) => {
                let asleep = self.phone(who).asleep_until_ms - self.now_ms;
                let ms = asleep.max(0) + self.dice.ms(1_000, 8_000);
                self.later(ms, Happening::Ticks(who));
                if asleep <= 0 && self.phone(who).wizard.is_counting_down() {
                    self.dispatch(who, Event::Ticked, Cause::Guest)?;
                }
                Ok(())
            }
            Happening::Acts(who) => self.act(who),
        }
    }

    /// A tab by its number.
    pub fn phone(&mut self, who: usize) -> &mut Phone {
        #[expect(clippy::indexing_slicing, reason = "tabs are never closed")]
        &mut self.phones[who]
    }

    /// A page is loaded: what the tab kept is read, then the address.
    pub fn load(&mut self, who: usize) -> Goes {
        let phone = self.phone(who);
        phone.page += 1;
        phone.wizard = booking::Wizard::default();
        phone.open.clear();
        phone.timers.clear();
        phone.said.guest = booking::Guest::default();
        phone.said.answers = booking::Answers::default();
        phone.said.plan = phone.said.plan.without_needs();
        phone.placed.clear();
        let kept = phone.kept();
        self.dispatch(who, Event::Restored(kept), Cause::Guest)?;
        self.enter(who, Prefill::default())
    }

    /// The address shows a step, or a page outside the wizard.
    pub fn enter(&mut self, who: usize, prefill: Prefill) -> Goes {
        match self.phone(who).place() {
            Place::Elsewhere => Ok(()),
            Place::At(step) => self.dispatch(who, Event::Entered { step, prefill }, Cause::Guest),
        }
    }

    /// An event reaches the wizard, and what follows from it happens.
    pub fn dispatch(&mut self, who: usize, event: Event, cause: Cause) -> Goes {
        self.tell(format_args!("tab {who}: {event:?}"));
        self.played.steps += 1;
        let now_ms = self.now_ms;
        if matches!(event, Event::Ticked) {
            return self.tick(who, cause);
        }
        let before = self.before(who, &event);
        let phone = self.phone(who);
        let moment = phone.moment(now_ms, who);
        let had_booked = phone.wizard.booked().is_some();
        let effects = phone.wizard.update(event.clone(), &moment);
        let booked = phone.wizard.booked().is_some();
        self.played.booked += u64::from(booked && !had_booked);
        self.follow_up(who, &event, &before, effects, cause)
    }

    /// Most ticks change nothing but the time that is shown, and there are many.
    fn tick(&mut self, who: usize, cause: Cause) -> Goes {
        let now_ms = self.now_ms;
        let before = self.before(who, &Event::Ticked);
        let phone = self.phone(who);
        let moment = phone.moment(now_ms, who);
        let effects = phone.wizard.update(Event::Ticked, &moment);
        if effects.is_empty() {
            return self.check_time(who, &Event::Ticked, &before);
        }
        self.follow_up(who, &Event::Ticked, &before, effects, cause)
    }

    fn follow_up(
        &mut self,
        who: usize,
        event: &Event,
        before: &Before,
        effects: Vec<Effect>,
        cause: Cause,
    ) -> Goes {
        self.follow(who, event);
        let mut moved = false;
        for effect in effects {
            moved |= self.run(who, effect, cause)?;
        }
        self.after(who, event, before)?;
        if moved {
            self.enter(who, Prefill::default())?;
        }
        Ok(())
    }

    /// What the session does with an effect; answers whether the address shows another step now.
    fn run(&mut self, who: usize, effect: Effect, cause: Cause) -> Result<bool, Wrong> {
        match effect {
            Effect::Go { step, replace } => {
                let phone = self.phone(who);
                // An answer fetches nobody back who has gone to read the menu.
                let within = phone.place() != Place::Elsewhere;
                Ok(within && phone.go(Place::At(step), replace))
            }
            Effect::Save(kept) => {
                self.phone(who).storage = crate::saved::to_text(&kept);
                Ok(false)
            }
            Effect::After { ms, event } => {
                let phone = self.phone(who);
                phone.timers.push((*event).clone());
                let page = phone.page;
                self.later(i64::from(ms), Happening::Due(who, page, event));
                Ok(false)
            }
            Effect::Announce(_) | Effect::FocusErrors | Effect::FocusNotice => Ok(false),
            call => self.send(who, call, cause).map(|()| false),
        }
    }

    /// The other language, which keeps the step.
    pub fn switch_language(&mut self, who: usize) -> Goes {
        let phone = self.phone(who);
        phone.language = match phone.language {
            Language::Es => Language::En,
            Language::En => Language::Es,
        };
        self.enter(who, Prefill::default())
    }

    /// Steps that are asked for by hand, in an address.
    pub fn walk_to(&mut self, who: usize, step: Step, prefill: Prefill) -> Goes {
        self.phone(who).go(Place::At(step), false);
        self.enter(who, prefill)
    }
}
