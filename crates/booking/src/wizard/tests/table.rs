//! The table at which a guest plays against a scripted API.

pub use super::world::*;
use crate::wizard::Holding;
use crate::*;

/// The question that was asked last; the table knows which that is.
pub const ASKED: Question = Question(u32::MAX);

/// 20 November 2026, 10:00 on the venue's wall.
pub const START_MS: i64 = 1_795_186_800_000;
const HOLD_MS: i64 = 600_000;

/// A guest, a wizard and two clocks.
pub struct Table {
    pub wizard: Wizard,
    /// By the server's clock.
    pub server_ms: i64,
    /// How far the phone's clock is off.
    pub phone_off_ms: i64,
    /// The language of the page.
    pub language: Language,
    keys: u32,
}

impl Table {
    pub fn new() -> Self {
        Self {
            wizard: Wizard::default(),
            server_ms: START_MS,
            phone_off_ms: 0,
            language: Language::Es,
            keys: 0,
        }
    }

    /// The day that the phone takes for today, on the venue's wall.
    fn today(&self) -> Date {
        let days = (START_MS + self.phone_off_ms - 5 * 3_600_000).div_euclid(DAY_MS);
        let date = i32::try_from(days)
            .ok()
            .and_then(Date::from_days_since_epoch);
        date.unwrap()
    }

    /// What the phone and the dice supply for the next event.
    pub fn moment(&mut self) -> Moment {
        self.keys += 1;
        let today = self.today();
        Moment {
            now_ms: self.server_ms + self.phone_off_ms,
            today: Today::by(move || today),
            fresh_key: key(self.keys),
            language: self.language,
        }
    }

    /// Something happens.
    pub fn then(&mut self, event: Event) -> Vec<Effect> {
        let moment = self.moment();
        let event = self.in_order(event);
        let mut effects = self.wizard.update(event, &moment);
        for effect in &mut effects {
            match effect {
                Effect::Read(_, question) if *question != Question::APART => *question = ASKED,
                Effect::After { event, .. } => {
                    if let Event::CheckDue(question) = &mut **event {
                        *question = ASKED;
                    }
                }
                _ => {}
            }
        }
        effects
    }

    /// A story does not count the questions: its answers are to the last one, unless it says otherwise.
    fn in_order(&self, event: Event) -> Event {
        let last = Some(self.wizard.question).filter(|last| *last != Question::APART);
        let last = last.unwrap_or(ASKED);
        match event {
            Event::ReadArrived(ASKED, result) => Event::ReadArrived(last, result),
            Event::CheckDue(ASKED) => Event::CheckDue(last),
            Event::ExtendArrived(asked, result) if asked == key(0) => {
                let extending = match self.wizard.holding() {
                    Holding::Held(hold) => hold.extending.clone(),
                    _ => None,
                };
                Event::ExtendArrived(extending.unwrap_or(asked), result)
            }
            event => event,
        }
    }

    /// The same, where what follows is told elsewhere.
    pub fn and(&mut self, event: Event) -> &mut Self {
        self.then(event);
        self
    }

    pub fn enter(&mut self, step: Step) -> Vec<Effect> {
        self.then(Event::Entered {
            step,
            prefill: Prefill::default(),
        })
    }

    pub fn enter_with(&mut self, step: Step, party: Option<u8>, date: Option<&str>) -> Vec<Effect> {
        let prefill = Prefill {
            party,
            date: date.map(day),
            time: None,
        };
        self.then(Event::Entered { step, prefill })
    }

    /// Seconds pass, and the clock ticks with each.
    pub fn wait(&mut self, seconds: i64) -> Vec<Effect> {
        let mut effects = Vec::new();
        for _ in 0..seconds {
            self.server_ms += 1_000;
            effects.extend(self.then(Event::Ticked));
        }
        effects
    }

    /// Seconds pass until the hold has ended, and the server says so too.
    pub fn run_out(&mut self, seconds: i64) -> Vec<Effect> {
        let mut effects = self.wait(seconds);
        let over = reservation("r1", Status::Expired);
        effects.extend(self.then(Event::ReadArrived(ASKED, Ok(over))));
        effects
    }

    /// The phone sleeps for so many seconds, or its clock is set: the next tick tells.
    pub fn sleep(&mut self, seconds: i64) -> Vec<Effect> {
        self.server_ms += seconds * 1_000;
        self.then(Event::Ticked)
    }

    pub fn write(&mut self, field: GuestField, text: &str) {
        self.and(Event::GuestChanged(field, text.to_owned()));
    }

    pub fn write_guest(&mut self) {
        self.write(GuestField::GivenName, "Lucía");
        self.write(GuestField::FamilyName, "Pérez Ríos");
        self.write(GuestField::Email, "lucia@example.com");
        self.write(GuestField::Phone, "+57 300 555 0101");
    }

    pub fn agree(&mut self) {
        self.consent(|consents| consents.privacy = true);
    }

    pub fn allow_health(&mut self, allowed: bool) {
        self.consent(|consents| consents.health = allowed);
    }

    pub fn accept(&mut self, rule: &str) {
        self.consent(|consents| consents.accept(rule, true));
    }

    fn consent(&mut self, change: impl FnOnce(&mut Consents)) {
        let mut consents = self.wizard.draft().consents.clone();
        change(&mut consents);
        self.and(Event::ConsentChanged(consents));
    }

    /// The answer of the server to a hold asked for now.
    pub fn held(&self, id: &str) -> Reservation {
        Reservation {
            status: Status::OnHold,
            expires_ms: Some(self.server_ms + HOLD_MS),
            server_ms: Some(self.server_ms),
            ..reservation(id, Status::OnHold)
        }
    }

    /// What the server says of a hold that ends in so many seconds.
    pub fn held_for(&self, id: &str, seconds: i64, version: u64) -> Reservation {
        Reservation {
            expires_ms: Some(self.server_ms + seconds * 1_000),
            version,
            ..self.held(id)
        }
    }
}

/// Guests who have already come some way.
impl Table {
    /// Two guests, 5 December, the seatings on show.
    pub fn at_time() -> Self {
        Self::at_time_of(Ok(venue()))
    }

    fn at_time_of(venue: Result<Venue, Failure>) -> Self {
        let mut table = Self::new();
        table.enter_with(Step::Night, Some(2), None);
        table
            .and(Event::VenueArrived(venue))
            .and(Event::NightChosen(day("2026-12-05")));
        table.enter(Step::Time);
        table.and(Event::EveningArrived(evening_query(), Ok(evening())));
        table
    }

    /// The same, with 19:00 on hold as `r1`.
    pub fn at_guests() -> Self {
        let mut table = Self::at_time();
        table.take();
        table.enter(Step::Guests);
        table
    }

    /// The same at a venue that takes dishes in advance and has two rules; or at one that has not
    /// said so.
    pub fn at_dishes_of(venue: Result<Venue, Failure>) -> Self {
        let mut table = Self::at_time_of(venue);
        table.take();
        table.enter(Step::Dishes);
        table
    }

    pub fn at_dishes() -> Self {
        Self::at_dishes_of(Ok(asking_venue()))
    }

    /// The same, on the step of the rules.
    pub fn at_rules() -> Self {
        let mut table = Self::at_dishes();
        table.and(Event::DishesSubmitted);
        table.enter(Step::Guests);
        table.write_guest();
        table.and(Event::GuestsSubmitted);
        table.enter(Step::Rules);
        table
    }

    fn take(&mut self) {
        let asked = taken_key(&self.then(Event::SlotChosen(SlotId("19".into()))));
        let held = self.held("r1");
        self.and(Event::HoldArrived(asked, Ok(held)));
    }

    /// The same, with the guest's details and consent given.
    pub fn at_check() -> Self {
        let mut table = Self::at_guests();
        table.write_guest();
        table.and(Event::GuestsSubmitted);
        table.enter(Step::Check);
        table.agree();
        table
    }

    /// The same, with the confirmation on its way under the key that is given back.
    pub fn sending() -> (Self, Key) {
        let mut table = Self::at_check();
        let sent = confirmation(&table.then(Event::ConfirmPressed));
        (table, sent.key)
    }

    /// The same, with no answer to it: the wizard is looking whether it went through.
    pub fn checking() -> (Self, Key) {
        let (mut table, key) = Self::sending();
        table.and(Event::ConfirmArrived(
            key.clone(),
            Err(Failure::Unreachable),
        ));
        (table, key)
    }

    /// The same, and the server cannot be asked either.
    pub fn unknown() -> (Self, Key) {
        let (mut table, key) = Self::checking();
        for _ in 0..3 {
            table.and(Event::CheckDue(ASKED));
            table.and(Event::ReadArrived(ASKED, Err(Failure::Unreachable)));
        }
        (table, key)
    }
}
