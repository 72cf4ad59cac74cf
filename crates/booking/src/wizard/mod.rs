//! The machine itself: one state, one way to change it.
//!
//! `way` knows the steps and their order; `nights` answers "which night, which seating", `holding`
//! keeps the place (`hold`) while the guest answers (`answers`, `guests`), `confirming` turns it into a reservation,
//! `reading` asks what has become of it, or `lost` where nobody can be asked, and `keeping` knows what a reload finds
//! again.

mod answers;
mod confirming;
mod guests;
mod hold;
mod hold_clock;
mod holding;
mod keeping;
mod listed;
mod lost;
mod nights;
mod reading;
mod waiting;
mod way;

#[cfg(test)]
mod tests;

pub use confirming::Confirming;
pub use hold::{Hold, Holding, WhyLost};
pub use listed::{Leaving, Listed, Stands};
pub use nights::Nights;
pub use waiting::{Wait, Waiting};
pub use way::Position;

use crate::availability::Evening;
use crate::draft::{Draft, Left};
use crate::failure::Failure;
use crate::language::Language;
use crate::message::{Confirmation, Effect, EveningQuery, Event, Moment, Prefill, Question};
use crate::reservation::{Access, Key, Reservation};
use crate::rules::FieldError;
use crate::step::Step;
use crate::venue::Venue;
use crate::{Remote, sabotaged};

/// A booking in the making.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wizard {
    step: Option<Step>,
    venue: Remote<Venue>,
    draft: Draft,
    nights: Nights,
    evening_query: Option<EveningQuery>,
    evening: Remote<Evening>,
    holding: Holding,
    confirming: Confirming,
    /// The last confirmation sent, as long as nobody knows what became of it.
    sent: Option<Confirmation>,
    /// The key of a confirmation whose answer stayed out: it may be carried out as long as its place is kept.
    doubtful: Option<Key>,
    errors: Vec<FieldError>,
    /// Answers in a link that wait until it is known what this tab already has.
    wanted: Option<Prefill>,
    booked: Option<Reservation>,
    /// Whether the guest left the last look to change an answer, and comes back there after it.
    changing: bool,
    /// The language the hold was asked for in: asked again, it is asked in the same.
    asked_in: Language,
    /// The last question what became of this tab's reservation; older answers do not count.
    question: Question,
    /// The holds this tab gave back, until they are known to be over; and the one that is asked about.
    left: Vec<Left>,
    left_asked: Option<Access>,
    /// The one of them that was just given back once more.
    left_again: Option<Access>,
    /// Whether the venue has said, here or before a reload, that this is a rehearsal.
    rehearsal: Option<bool>,
    /// The lists of full nights.
    waiting: Waiting,
    /// Whether a guest who wants another place has been told that this one is only held.
    only_held: bool,
}

/// What the pages read.
impl Wizard {
    /// The step on show; `None` before the first URL was read.
    pub fn step(&self) -> Option<Step> {
        self.step
    }

    /// The venue's settings.
    pub fn venue(&self) -> &Remote<Venue> {
        &self.venue
    }

    /// The answers given so far.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The month on show and its nights.
    pub fn nights(&self) -> &Nights {
        &self.nights
    }

    /// The seatings of the chosen night.
    pub fn evening(&self) -> &Remote<Evening> {
        &self.evening
    }

    /// Where the hold stands.
    pub fn holding(&self) -> &Holding {
        &self.holding
    }

    /// Where the confirmation stands.
    pub fn confirming(&self) -> &Confirming {
        &self.confirming
    }

    /// What has to be mended on the step on show.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The reservation, once the server said there is one.
    pub fn booked(&self) -> Option<&Reservation> {
        self.booked.as_ref()
    }

    /// Whether a hold's time has to be counted down.
    pub fn is_counting_down(&self) -> bool {
        matches!(self.holding, Holding::Held(_))
    }

    /// Whether this is known to be a rehearsal.
    pub fn is_trial(&self) -> bool {
        self.rehearsal == Some(true)
    }

    /// Whether this is a rehearsal, as far as the venue has said.
    pub fn rehearsal(&self) -> Option<bool> {
        self.rehearsal
    }
}

/// What changes it.
impl Wizard {
    /// Takes an event in and says what has to happen outside.
    pub fn update(&mut self, event: Event, moment: &Moment) -> Vec<Effect> {
        match event {
            Event::Restored(saved) => self.restored(saved),
            Event::Entered { step, prefill } => self.entered(step, prefill, moment),
            Event::VenueArrived(result) => self.venue_arrived(result),
            Event::MonthChosen(month) => self.month_chosen(month),
            Event::CalendarArrived(query, result) => self.calendar_arrived(query, result),
            Event::ChangePressed => self.change_pressed(),
            Event::NightChosen(date) => self.night_chosen(date),
            Event::EveningArrived(query, result) => self.evening_arrived(query, result),
            Event::SlotChosen(id) => self.slot_chosen(&id, moment),
            Event::HoldArrived(key, result) => self.hold_arrived(&key, result, moment),
            Event::HoldRetryDue(key) => self.hold_retry_due(&key, moment),
            Event::RetakePressed => self.retake(moment),
            Event::ExtendPressed => self.extend(moment),
            Event::ExtendArrived(key, result) => self.extend_arrived(&key, result, moment),
            Event::PlanChanged(plan) => self.plan_changed(plan),
            Event::DishesSubmitted => self.submitted(Step::Dishes),
            Event::GuestChanged(field, value) => self.guest_changed(field, value),
            Event::AnswerChanged(asked, answer) => self.answer_changed(asked, answer),
            Event::NoteChanged(note) => self.note_changed(note),
            Event::GuestsSubmitted => self.submitted(Step::Guests),
            Event::RulesSubmitted => self.submitted(Step::Rules),
            Event::ConsentChanged(consents) => self.consent_changed(consents),
            Event::ConfirmPressed => self.confirm(moment),
            Event::ConfirmArrived(key, result) => self.confirm_arrived(&key, result),
            Event::ReadArrived(question, result) => self.read_arrived(question, result, moment),
            Event::CheckDue(question) => self.check_due(question),
            Event::GivenBack(access, result) => self.given_back(access, &result),
            Event::WaitOpened => self.wait_opened(),
            Event::WaitPressed => self.wait_pressed(moment),
            Event::WaitArrived(key, result) => self.wait_arrived(&key, result),
            Event::StopWaitingPressed => self.stop_waiting(),
            Event::StoppedWaiting(access, result) => self.stopped_waiting(&access, &result),
            Event::WaitRead(access, result) => self.wait_read(&access, &result),
            Event::NothingCame => self.nothing_came(),
            Event::RetryPressed => self.retry(moment),
            Event::Ticked => self.ticked(moment),
            Event::Returned => self.returned(moment),
            Event::StartedOver => self.started_over(),
        }
    }

    fn entered(&mut self, wanted: Step, prefill: Prefill, moment: &Moment) -> Vec<Effect> {
        let mut effects = Vec::new();
        if sabotaged!(ForgetOnBack) && self.step.is_some_and(|step| wanted < step) {
            self.draft = Draft::default();
        }
        if self.step != Some(wanted) {
            self.errors.clear();
            self.waiting.turn_page();
        }
        if matches!(self.venue, Remote::Idle | Remote::Failed(_)) {
            self.venue = Remote::Loading;
            effects.push(Effect::FetchVenue);
        }
        effects.extend(self.prefill(prefill));
        let step = self.opened(wanted, prefill.party.is_some());
        self.step = Some(step);
        if step != wanted {
            effects.push(Effect::Go {
                step,
                replace: true,
            });
            return effects;
        }
        match step {
            Step::Night => effects.extend(self.open_nights(moment)),
            Step::Time => effects.extend(self.open_evening()),
            // It may have been cancelled meanwhile, on the manage page or by the venue.
            Step::Done => {
                let booked = self.booked.as_ref().map(|booked| booked.access.clone());
                effects.extend(booked.map(|access| self.ask(access)));
            }
            _ => {}
        }
        effects
    }

    /// Takes answers from the URL. A changed party or night gives the old place back.
    fn prefill(&mut self, prefill: Prefill) -> Vec<Effect> {
        if self.booked.is_some() || self.confirming.is_open() {
            return Vec::new();
        }
        if matches!(self.holding, Holding::Resuming { .. }) {
            self.wanted = Some(prefill)
                .filter(|prefill| *prefill != Prefill::default())
                .or(self.wanted);
            return Vec::new();
        }
        let mut effects = Vec::new();
        let party = prefill.party.filter(|party| self.party_fits(*party));
        if let Some(party) = party.filter(|party| self.draft.party != Some(*party)) {
            self.draft.party = Some(party);
            effects.extend(self.give_back());
        }
        if let Some(date) = prefill.date.filter(|date| self.draft.date != Some(*date)) {
            self.draft.date = Some(date);
            effects.extend(self.give_back());
        }
        if prefill != Prefill::default() {
            effects.push(self.save());
        }
        effects
    }

    /// Takes the answers that waited, and shows what they change.
    fn prefill_at_last(&mut self, moment: &Moment) -> Vec<Effect> {
        if matches!(self.holding, Holding::Resuming { .. }) {
            return Vec::new();
        }
        let Some(wanted) = self.wanted.take() else {
            return Vec::new();
        };
        let mut effects = self.prefill(wanted);
        match self.step {
            Some(Step::Night) => effects.extend(self.open_nights(moment)),
            Some(Step::Time) => effects.extend(self.open_evening()),
            _ => {}
        }
        effects
    }

    /// Before the venue answered any number may be right; the server decides in the end.
    fn party_fits(&self, party: u8) -> bool {
        self.venue.ready().map_or(party > 0, |venue| {
            (venue.party_min..=venue.party_max).contains(&party)
        })
    }

    /// Asks for the venue's settings once more; what is known of them stays until the answer.
    fn read_venue_again(&mut self) -> Vec<Effect> {
        if self.venue.is_loading() {
            return Vec::new();
        }
        if self.venue.ready().is_none() {
            self.venue = Remote::Loading;
        }
        vec![Effect::FetchVenue]
    }

    fn venue_arrived(&mut self, result: Result<Venue, Failure>) -> Vec<Effect> {
        if result.is_err() && self.venue.ready().is_some() {
            return Vec::new();
        }
        self.venue = Remote::from_result(result);
        let said = self.venue.ready().map(|venue| venue.trial);
        let news = said.is_some() && said != self.rehearsal;
        self.rehearsal = said.or(self.rehearsal);
        let fits = self.draft.party.is_none_or(|party| self.party_fits(party));
        let on_hold = self.holding != Holding::None || self.booked.is_some();
        if fits || on_hold {
            let mut effects = self.keep_to_the_way();
            effects.extend((news && on_hold).then(|| self.save()));
            return effects;
        }
        self.draft.party = None;
        self.step = Some(Step::Party);
        vec![
            self.save(),
            Effect::Go {
                step: Step::Party,
                replace: true,
            },
        ]
    }

    /// Asks again for whatever failed last on the step on show.
    fn retry(&mut self, moment: &Moment) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.venue.failure().is_some() {
            self.venue = Remote::Loading;
            effects.push(Effect::FetchVenue);
        }
        match self.step {
            Some(Step::Night) => effects.extend(self.open_nights(moment)),
            Some(Step::Time) if matches!(self.holding, Holding::Failed { .. }) => {
                effects.extend(self.ask_for_hold_again(moment));
            }
            Some(Step::Time) => {
                let unheard = self
                    .listed()
                    .is_some_and(|place| place.stands == Stands::Unheard);
                if self.evening.failure().is_some() || self.access().is_none() || unheard {
                    effects.extend(self.open_evening());
                }
                effects.extend(self.look_again());
            }
            Some(_) => effects.extend(self.look_again()),
            None => {}
        }
        effects
    }

    /// Asks what the server has under an access; answers to earlier questions count no longer.
    fn ask(&mut self, access: Access) -> Effect {
        self.question.0 += 1;
        Effect::Read(access, self.question)
    }

    fn started_over(&mut self) -> Vec<Effect> {
        let before = std::mem::take(self);
        *self = Self {
            venue: before.venue,
            rehearsal: before.rehearsal,
            // What was ordered is the reservation's; what came after it is for the next one.
            draft: Draft {
                plan: before.draft.plan,
                ..Draft::default()
            },
            step: Some(Step::Party),
            question: before.question,
            waiting: before.waiting,
            left: before.left,
            ..Self::default()
        };
        let mut effects = vec![
            self.save(),
            Effect::Go {
                step: Step::Party,
                replace: false,
            },
        ];
        effects.extend(self.look_after_left());
        effects
    }
}
