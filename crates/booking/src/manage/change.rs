//! What is to be otherwise: how many come, which seating, what the venue should know.

use super::{ChangeEvent, Doing, Manage, ManageEffect};
use crate::Remote;
use crate::availability::{Calendar, DayStatus, Evening, Slot, SlotId};
use crate::civil::Date;
use crate::failure::Failure;
use crate::message::{EveningQuery, Moment};
use crate::party::Answers;
use crate::plan::Plan;
use crate::reservation::{Key, Note, Reservation};
use crate::rules::FieldError;
use crate::wizard::Nights;

/// What a guest who changes a reservation is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// How many come.
    Party,
    /// Who stays at home, where it was said what each of them eats, or who each of them is.
    Home,
    /// What the venue asks of those who are new.
    Guests,
    /// Which night.
    Night,
    /// Which seating.
    Time,
    /// What the venue should know.
    Note,
    /// From what to what: whether the guest means it.
    Review,
}

/// Where the change stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Sending {
    /// Not sent.
    #[default]
    Idle,
    /// Sent; no answer yet.
    Sent,
    /// The answer stayed out, or the reservation is another by now: the server was asked so often what
    /// it has.
    Checking(u8),
    /// It cannot be known now whether it went through.
    Unknown,
    /// The server says: not changed, as far as it has heard. The guest may press again.
    NotDone,
    /// The server said no, or the reservation is another by now. The old seating stays.
    Refused(Failure),
}

/// A change in the making.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    question: Question,
    before: Vec<Question>,
    party: u8,
    date: Date,
    slot: Option<Slot>,
    note: Note,
    nights: Nights,
    evening: Remote<Evening>,
    evening_query: Option<EveningQuery>,
    pub(super) home: Vec<u8>,
    /// What those who are new have answered, by their places in the new party; and whether that is all.
    pub(super) new: Answers,
    pub(super) told: bool,
    pub(super) errors: Vec<FieldError>,
    pub(super) key: Option<Key>,
    pub(super) sending: Sending,
}

/// What the page shows.
impl Change {
    /// What is asked.
    pub fn question(&self) -> Question {
        self.question
    }

    /// How many are to come.
    pub fn party(&self) -> u8 {
        self.party
    }

    /// The night whose seatings are on show.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The seating wished for instead of the present one.
    pub fn slot(&self) -> Option<&Slot> {
        self.slot.as_ref()
    }

    /// What the venue is to know.
    pub fn note(&self) -> &str {
        &self.note.0
    }

    /// The month on show and its nights.
    pub fn nights(&self) -> &Nights {
        &self.nights
    }

    /// The seatings of the night on show.
    pub fn evening(&self) -> &Remote<Evening> {
        &self.evening
    }

    /// Where the change stands.
    pub fn sending(&self) -> &Sending {
        &self.sending
    }

    /// Whether the server is being asked what it has.
    pub(super) fn is_checking(&self) -> bool {
        matches!(self.sending, Sending::Checking(_))
    }

    /// Whether an answer is awaited: nothing can be done meanwhile.
    pub fn is_under_way(&self) -> bool {
        self.is_checking() || matches!(self.sending, Sending::Sent)
    }

    /// Whether it cannot be known now what became of it: first that has to be asked.
    pub fn is_unknown(&self) -> bool {
        matches!(self.sending, Sending::Unknown)
    }
}

/// A month as its guest may choose from it. Her own places count as taken: a night that is full but for
/// them is still hers to choose.
pub fn open_own_night(calendar: &Calendar, own: Date) -> Calendar {
    let mut calendar = calendar.clone();
    for day in &mut calendar.days {
        if day.date == own && day.status == DayStatus::SoldOut {
            day.status = DayStatus::Limited;
        }
    }
    calendar
}

impl Change {
    fn of(now: &Reservation, question: Question) -> Self {
        Self {
            question,
            before: Vec::new(),
            party: now.party,
            date: now.slot.date,
            slot: None,
            note: now.note.clone(),
            nights: Nights::default(),
            evening: Remote::Idle,
            evening_query: None,
            home: Vec::new(),
            new: Answers::default(),
            told: false,
            errors: Vec::new(),
            key: None,
            sending: Sending::Idle,
        }
    }

    pub(super) fn new_party(&self, now: &Reservation) -> Option<u8> {
        (self.party != now.party).then_some(self.party)
    }

    pub(super) fn new_slot(&self, now: &Reservation) -> Option<SlotId> {
        let slot = self.slot.as_ref().map(|slot| &slot.id);
        slot.filter(|id| **id != now.slot.id).cloned()
    }

    pub(super) fn new_note(&self, now: &Reservation) -> Option<Note> {
        let note = self.note.0.trim();
        (note != now.note.0.trim()).then(|| Note(note.to_owned()))
    }

    /// What those who still come eat, where that has to be said anew.
    pub(super) fn new_plan(&self, now: &Reservation) -> Option<Plan> {
        let guests = (0..).zip(&now.plan.places);
        let come = guests.filter(|(guest, _)| !self.is_home(*guest));
        let plan = Plan {
            set: now.plan.set.clone(),
            places: come.map(|(_, place)| place.clone()).collect(),
        };
        let plan = plan.for_party(self.party);
        (plan != now.plan).then_some(plan)
    }

    /// Whether anything is to be otherwise.
    pub fn differs(&self, now: &Reservation) -> bool {
        self.new_party(now).is_some()
            || self.new_slot(now).is_some()
            || self.new_note(now).is_some()
    }

    /// Something else is wished for: another request, with a key of its own.
    pub(super) fn wish_anew(&mut self) {
        self.key = None;
        self.sending = Sending::Idle;
    }
}

impl Manage {
    pub(super) fn change_pressed(
        &mut self,
        question: Question,
        moment: &Moment,
    ) -> Vec<ManageEffect> {
        let can = match question {
            Question::Party => self.can_change(),
            Question::Night | Question::Time => self.can_move(),
            Question::Note => self.can_write(),
            _ => false,
        };
        let Some(now) = self.reservation.ready().filter(|_| can) else {
            return Vec::new();
        };
        if !self.is_idle() {
            return Vec::new();
        }
        self.changed = false;
        self.doing = Doing::Changing(Box::new(Change::of(now, question)));
        self.show_question(moment)
    }

    pub(super) fn change(&mut self, event: ChangeEvent, moment: &Moment) -> Vec<ManageEffect> {
        let Doing::Changing(change) = &mut self.doing else {
            return Vec::new();
        };
        match event {
            ChangeEvent::Arrived(key, result) => self.change_arrived(&key, result),
            ChangeEvent::CheckDue(question) => self.check_due(question),
            ChangeEvent::CalendarArrived(query, result) => {
                let instead = change.nights.arrived(query, result, true);
                instead
                    .map(ManageEffect::FetchCalendar)
                    .into_iter()
                    .collect()
            }
            ChangeEvent::EveningArrived(query, result) => {
                if change.evening_query == Some(query) {
                    change.evening = Remote::from_result(result);
                }
                Vec::new()
            }
            // Until it is known what became of it nothing else can be wished for.
            _ if change.is_under_way() => Vec::new(),
            ChangeEvent::Confirmed => self.send(moment),
            _ if change.is_unknown() => Vec::new(),
            ChangeEvent::MonthChosen(month) => {
                let query = change.nights.leaf(month, change.party);
                vec![ManageEffect::FetchCalendar(query)]
            }
            ChangeEvent::NoteWritten(note) => {
                change.note = note;
                change.wish_anew();
                Vec::new()
            }
            ChangeEvent::HomeChanged(guest, home) => {
                change.home.retain(|other| *other != guest);
                if home {
                    change.home.push(guest);
                }
                change.wish_anew();
                Vec::new()
            }
            ChangeEvent::AnswerWritten(asked, answer) => {
                self.answered(asked, answer);
                Vec::new()
            }
            leading_on => self.lead_on(leading_on, moment),
        }
    }

    /// What leads to another question, or out of them.
    fn lead_on(&mut self, event: ChangeEvent, moment: &Moment) -> Vec<ManageEffect> {
        let (Doing::Changing(change), Some(now)) = (&mut self.doing, self.reservation.ready())
        else {
            return Vec::new();
        };
        match event {
            ChangeEvent::GuestsSubmitted => {
                if let Some(effects) = self.guests_submitted() {
                    return effects;
                }
            }
            ChangeEvent::HomeSubmitted => {
                if change.home_missing(now) != 0 {
                    return vec![ManageEffect::FocusNotice];
                }
                change.go_on(Question::Review);
            }
            ChangeEvent::Asked(question) => change.go_on(question),
            ChangeEvent::Back => {
                let Some(before) = change.before.pop() else {
                    return self.leave();
                };
                change.sending = Sending::Idle;
                change.question = before;
            }
            ChangeEvent::PartyChosen(party) => {
                change.party = party;
                change.home.clear();
                change.told = false;
                change.errors.clear();
                change.wish_anew();
                return self.chosen(moment);
            }
            ChangeEvent::NightChosen(date) => {
                change.date = date;
                change.go_on(Question::Time);
            }
            ChangeEvent::SlotChosen(id) => {
                let Some(slot) = change.offered(&id, now).cloned() else {
                    return Vec::new();
                };
                change.date = slot.date;
                change.slot = Some(slot);
                change.wish_anew();
                return self.chosen(moment);
            }
            _ => return Vec::new(),
        }
        self.show_question(moment)
    }

    /// Something was chosen: the guest sees from what to what, unless all stays as it is.
    fn chosen(&mut self, moment: &Moment) -> Vec<ManageEffect> {
        let asks = self.asks_everybody();
        let (Doing::Changing(change), Some(now)) = (&mut self.doing, self.reservation.ready())
        else {
            return Vec::new();
        };
        if !change.differs(now) {
            return self.leave();
        }
        let next = change.must_ask(now, asks).unwrap_or(Question::Review);
        change.go_on(next);
        self.show_question(moment)
    }

    /// Shows what is asked, and fetches what is needed for that.
    fn show_question(&mut self, moment: &Moment) -> Vec<ManageEffect> {
        let mut effects = vec![ManageEffect::FocusHeading];
        effects.extend(self.fetch(moment));
        effects
    }

    /// Fetches what the question on show needs.
    pub(super) fn fetch(&mut self, moment: &Moment) -> Option<ManageEffect> {
        let Doing::Changing(change) = &mut self.doing else {
            return None;
        };
        let (date, party) = (change.date, change.party);
        match change.question {
            Question::Night => {
                let query = change.nights.open(party, Some(date), moment.today.date());
                Some(ManageEffect::FetchCalendar(query))
            }
            Question::Time => {
                let query = EveningQuery { date, party };
                if change.evening_query != Some(query) || change.evening.ready().is_none() {
                    change.evening = Remote::Loading;
                }
                change.evening_query = Some(query);
                Some(ManageEffect::FetchEvening(query))
            }
            _ => None,
        }
    }
}

impl Change {
    pub(super) fn go_on(&mut self, question: Question) {
        // Whoever comes to the end a second time does not go back through the first.
        let known = self.before.iter().position(|one| *one == Question::Review);
        match known.filter(|_| question == Question::Review) {
            Some(known) => self.before.truncate(known),
            None if question != self.question => self.before.push(self.question),
            None => {}
        }
        self.question = question;
        self.sending = Sending::Idle;
    }

    /// A seating by its name: the guest's own, one of the night on show, or one offered instead.
    fn offered<'a>(&'a self, id: &SlotId, now: &'a Reservation) -> Option<&'a Slot> {
        let own = Some(&now.slot).filter(|slot| slot.id == *id);
        let shown = self.evening.ready().and_then(|evening| evening.slot(id));
        let instead = match &self.sending {
            Sending::Refused(Failure::SlotTaken { alternatives }) => &alternatives[..],
            _ => &[],
        };
        let instead = instead.iter().find(|slot| slot.id == *id);
        own.or(instead).or(shown)
    }
}
