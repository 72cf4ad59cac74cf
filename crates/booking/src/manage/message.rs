//! What goes into the manage page and what comes out.

use crate::availability::{Calendar, Evening, SlotId};
use crate::civil::{Date, Month};
use crate::failure::Failure;
use crate::manage::{Question, WhoComes};
use crate::message::{CalendarQuery, EveningQuery};
use crate::party::Asked;
use crate::plan::Plan;
use crate::reservation::{Access, Key, Note, Reservation};
use crate::venue::Venue;

/// What can be given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The table.
    Cancel,
    /// What the reservation says of its guests. The table stays taken.
    Erase,
}

/// Something that happened on the manage page.
#[derive(Debug, Clone)]
pub enum ManageEvent {
    /// The page was opened, with a manage link or without.
    Opened(Option<Access>),
    /// The venue's settings came; without them nothing can be changed here.
    VenueArrived(Result<Venue, Failure>),
    /// The answer to the question of this number, what the server has.
    ReadArrived(u32, Result<Reservation, Failure>),
    /// The guest asks to try the failed thing again.
    RetryPressed,
    /// The guest wants to give something up.
    EndPressed(Ending),
    /// The guest means it.
    EndConfirmed,
    /// The answer to that.
    EndArrived(Access, Ending, Result<Reservation, Failure>),
    /// The guest thought better of it.
    Left,
    /// Who has no link writes the address the bookings were made with.
    LinksWritten(String),
    /// Asks for the links of its bookings.
    LinksPressed,
    /// What came of that for this address.
    LinksArrived(String, Result<(), Failure>),
    /// Asks once more.
    LinksAgain,
    /// The guest wants to change something.
    ChangePressed(Question),
    /// Something happened while it is being changed.
    Change(ChangeEvent),
}

/// Something that happened while a reservation is being changed.
#[derive(Debug, Clone)]
#[cfg_attr(
    target_pointer_width = "64",
    expect(
        clippy::large_enum_variant,
        reason = "taken apart as soon as it is made"
    )
)]
pub enum ChangeEvent {
    /// Another question is asked.
    Asked(Question),
    /// One question back.
    Back,
    /// So many come.
    PartyChosen(u8),
    /// This guest, counted from 0, stays at home, or comes after all.
    HomeChanged(u8, bool),
    /// The guest has said who stays at home.
    HomeSubmitted,
    /// One who is new answers what the venue asks of everybody.
    AnswerWritten(Asked, String),
    /// Those who are new have answered.
    GuestsSubmitted,
    /// The guest leafed to a month.
    MonthChosen(Month),
    /// A month of nights came, or did not.
    CalendarArrived(CalendarQuery, Result<Calendar, Failure>),
    /// The guest chose a night.
    NightChosen(Date),
    /// An evening's seatings came, or did not.
    EveningArrived(EveningQuery, Result<Evening, Failure>),
    /// The guest chose a seating.
    SlotChosen(SlotId),
    /// The guest wrote to the venue.
    NoteWritten(Note),
    /// The guest means it.
    Confirmed,
    /// The answer to the change sent with this key.
    Arrived(Key, Result<Reservation, Failure>),
    /// Time to look again whether it went through, unless that was asked since this question.
    CheckDue(u32),
}

/// Something that has to happen outside.
#[derive(Debug, Clone, PartialEq)]
pub enum ManageEffect {
    /// Read the venue's settings.
    FetchVenue,
    /// Read the reservation, as the question of this number.
    Read(Access, u32),
    /// Give something up. May be repeated: the answer stays the same.
    End(Access, Ending),
    /// Have the links of this address's bookings mailed. May be repeated.
    AskLinks(String),
    /// Read a month of nights.
    FetchCalendar(CalendarQuery),
    /// Read an evening's seatings.
    FetchEvening(EveningQuery),
    /// Change it.
    Change(Box<Wish>),
    /// Look again later whether it went through.
    CheckLater {
        /// How much later, in milliseconds.
        ms: u32,
        /// The question asked last.
        question: u32,
    },
    /// Bring the list of errors to the guest's attention.
    FocusErrors,
    /// Bring the words about what happened to the guest's attention.
    FocusNotice,
    /// Bring the field to write in to the guest's attention.
    FocusField,
    /// Bring what is asked now to the guest's attention, or the reservation where nothing is.
    FocusHeading,
}

/// What is sent to change a reservation: all of it happens, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Which reservation.
    pub access: Access,
    /// The version the guest saw.
    pub version: u64,
    /// Makes sending again count once.
    pub key: Key,
    /// Another seating.
    pub slot: Option<SlotId>,
    /// Another number of people.
    pub party: Option<u8>,
    /// The whole party, where the venue asks something of everybody and it is another.
    pub guests: Option<WhoComes>,
    /// What the guests who still come eat, and what they cannot.
    pub plan: Option<Plan>,
    /// Other words to the venue; none at all where empty.
    pub note: Option<Note>,
}
