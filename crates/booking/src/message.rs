//! What goes into the wizard and what comes out.

use std::fmt;
use std::rc::Rc;

use crate::availability::{Calendar, Evening, Slot, SlotId};
use crate::civil::{Date, LocalTime, Month};
use crate::draft::{Consents, Guest, GuestField, Saved};
use crate::failure::Failure;
use crate::language::Language;
use crate::party::{Answers, Asked};
use crate::plan::Plan;
use crate::reservation::{Access, Key, Note, Reservation};
use crate::step::Step;
use crate::venue::Venue;
use crate::wizard::Wait;

/// The instant an event happens in, with what only the outside can supply.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Milliseconds since 1970 UTC by the visitor's clock.
    pub now_ms: i64,
    /// Today on the venue's wall.
    pub today: Today,
    /// A key nobody has used yet.
    pub fresh_key: Key,
    /// The language of the page.
    pub language: Language,
}

/// Today on the venue's wall, found out only where it matters: the first date of a time zone takes a phone's
/// browser longer than a step of the wizard.
#[derive(Clone)]
pub struct Today(Rc<dyn Fn() -> Date>);

impl Today {
    /// What this answers when it is asked.
    pub fn by(find: impl Fn() -> Date + 'static) -> Self {
        Self(Rc::new(find))
    }

    /// The date.
    pub fn date(&self) -> Date {
        (self.0)()
    }
}

impl fmt::Debug for Today {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Today")
    }
}

/// Which of the questions what became of this tab's reservation; they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Question(pub u32);

impl Question {
    /// The one about a hold that was given back; it is none of those that are counted.
    pub const APART: Self = Self(0);
}

/// Answers already given in a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Prefill {
    /// How many come.
    pub party: Option<u8>,
    /// Which night.
    pub date: Option<Date>,
    /// When; chooses nothing by itself, the guest still takes the seating.
    pub time: Option<LocalTime>,
}

/// Which nights are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarQuery {
    /// The month.
    pub month: Month,
    /// For how many.
    pub party: u8,
}

/// Which evening's seatings are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EveningQuery {
    /// The night.
    pub date: Date,
    /// For how many.
    pub party: u8,
}

/// Something that happened: an action of the guest, an answer, a timer.
#[derive(Debug, Clone)]
pub enum Event {
    /// What the tab had kept, read once at the start.
    Restored(Saved),
    /// The URL shows a step: first load, link, Back or Forward.
    Entered {
        /// The step.
        step: Step,
        /// Answers in the URL's query.
        prefill: Prefill,
    },
    /// The venue's settings came, or did not.
    VenueArrived(Result<Venue, Failure>),
    /// The guest leafed to a month.
    MonthChosen(Month),
    /// A month of nights came, or did not.
    CalendarArrived(CalendarQuery, Result<Calendar, Failure>),
    /// The guest leaves the last look by a link that changes an answer.
    ChangePressed,
    /// The guest chose a night.
    NightChosen(Date),
    /// An evening's seatings came, or did not.
    EveningArrived(EveningQuery, Result<Evening, Failure>),
    /// The guest chose a seating.
    SlotChosen(SlotId),
    /// The answer to a hold asked for with this key.
    HoldArrived(Key, Result<Reservation, Failure>),
    /// Time to ask for the hold again.
    HoldRetryDue(Key),
    /// The guest wants the seating back after the hold ended.
    RetakePressed,
    /// The guest wants more time.
    ExtendPressed,
    /// The answer to the wish for more time with this key.
    ExtendArrived(Key, Result<Reservation, Failure>),
    /// The guest changed the plan, here or on the page of the menu.
    PlanChanged(Plan),
    /// The guest went on from the dishes step.
    DishesSubmitted,
    /// The guest wrote into a field.
    GuestChanged(GuestField, String),
    /// The guest answered a question to one of the party.
    AnswerChanged(Asked, String),
    /// The guest wrote what else the house should know.
    NoteChanged(String),
    /// The guest went on from the guests step.
    GuestsSubmitted,
    /// The guest went on from the step of the house's rules.
    RulesSubmitted,
    /// The guest ticked or unticked a consent.
    ConsentChanged(Consents),
    /// The guest pressed "book".
    ConfirmPressed,
    /// The answer to the confirmation sent with this key.
    ConfirmArrived(Key, Result<Reservation, Failure>),
    /// What the API has under this tab's access, as the answer to a question.
    ReadArrived(Question, Result<Reservation, Failure>),
    /// Time to look again whether the confirmation went through, unless that was asked since this question.
    CheckDue(Question),
    /// The answer to a hold that was given back.
    GivenBack(Access, Result<Reservation, Failure>),
    /// The guest wants to wait for a place on a full night.
    WaitOpened,
    /// The guest joins the list.
    WaitPressed,
    /// The answer to the wish to wait sent with this key.
    WaitArrived(Key, Result<Access, Failure>),
    /// The guest waits no longer.
    StopWaitingPressed,
    /// The answer to a place on a list that was given up.
    StoppedWaiting(Access, Result<(), Failure>),
    /// Whether a place on a list still stands.
    WaitRead(Access, Result<(), Failure>),
    /// The guest has looked, and nothing has come that says she has a table.
    NothingCame,
    /// The guest asks to try the failed thing again.
    RetryPressed,
    /// A second has passed while a hold runs.
    Ticked,
    /// The guest is back: looks at the tab again, or has a network again.
    Returned,
    /// The guest wants to book another table.
    StartedOver,
}

/// Something that has to happen outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read the venue's settings.
    FetchVenue,
    /// Read a month of nights.
    FetchCalendar(CalendarQuery),
    /// Read an evening's seatings.
    FetchEvening(EveningQuery),
    /// Ask for a hold.
    TakeHold {
        /// Makes asking again count once.
        key: Key,
        /// Which seating.
        slot: SlotId,
        /// For how many.
        party: u8,
        /// In which language; the same with the same key.
        language: Language,
    },
    /// Ask for more time.
    Extend {
        /// Which reservation.
        access: Access,
        /// The version last seen.
        version: u64,
        /// Makes asking again count once.
        key: Key,
    },
    /// Give a hold back, so that someone else can have the place; unless it has become something else
    /// than this version, which may be a reservation.
    Release(Access, Option<u64>),
    /// Turn the hold into a reservation.
    Confirm(Box<Confirmation>),
    /// Read what the API has.
    Read(Access, Question),
    /// Join the list of a full night.
    Wait(Box<Wait>),
    /// Give up a place on a list.
    StopWaiting(Access),
    /// Read whether a place on a list still stands.
    ReadWait(Access),
    /// Show another step.
    Go {
        /// Which.
        step: Step,
        /// Whether it takes the place of the current history entry.
        replace: bool,
    },
    /// Keep this in the tab.
    Save(Saved),
    /// Say something to people who do not see the page.
    Announce(Announcement),
    /// Bring the list of errors to the guest's attention.
    FocusErrors,
    /// Bring the words about what just happened to the guest's attention.
    FocusNotice,
    /// Send this event back later.
    After {
        /// How much later, in milliseconds.
        ms: u32,
        /// What to send.
        event: Box<Event>,
    },
}

/// What is sent to turn a hold into a reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// Which reservation.
    pub access: Access,
    /// The version last seen.
    pub version: u64,
    /// Makes sending again count once.
    pub key: Key,
    /// Who books.
    pub guest: Guest,
    /// What the venue asks of each guest, and nothing else; nobody where it asks nothing.
    pub answers: Answers,
    /// What else the house should know.
    pub note: Note,
    /// What the party wants to eat, and what it cannot; empty where the venue takes no dishes.
    pub plan: Plan,
    /// What the guest agreed to.
    pub consents: Consents,
    /// In which language; the same with the same key.
    pub language: Language,
}

/// What is said aloud.
#[derive(Debug, Clone, PartialEq)]
pub enum Announcement {
    /// So many minutes of the hold remain.
    HoldMinutesLeft(u8),
    /// The hold ended.
    HoldEnded,
    /// The place is held.
    HoldTaken(Box<Slot>),
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        // Only timers carry events, and these are the ones they carry.
        match (self, other) {
            (Self::CheckDue(a), Self::CheckDue(b)) => a == b,
            (Self::HoldRetryDue(a), Self::HoldRetryDue(b)) => a == b,
            (Self::GivenBack(a, _), Self::GivenBack(b, _)) => a == b,
            _ => false,
        }
    }
}
