//! Speaking to a reservation API: one provider a file or folder, one error type ([`booking::Failure`]).
//!
//! A provider turns what is [`Wanted`] into [`Request`]s, one after the other, and what comes of them into
//! a [`Reply`] of domain values; nothing beyond this folder knows a vendor's word. Answers are read
//! leniently: unknown fields and words are tolerated, a missing one is a named error.

mod calcom;
mod check;
mod config;
mod json;
mod native;
mod octo;
mod secret;
#[cfg(test)]
mod spoilt;
mod wall;

pub use check::{Checked, Heard, check};
pub use config::Config;

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use booking::manage::Wish;
use booking::message::Confirmation;
use booking::wizard::Wait;
use booking::{
    Access, Calendar, CalendarQuery, Evening, EveningQuery, Failure, Key, Language, Reservation,
    SlotId, Venue,
};

use crate::platform::network::{self, Answer, NoAnswer, Request};

/// How long a reading request may take, in milliseconds.
const READ_TIMEOUT_MS: u32 = 12_000;
/// How long a writing request may take, in milliseconds: giving up early only raises doubt.
const WRITE_TIMEOUT_MS: u32 = 20_000;

/// Something that is waited for; boxed, so that each place that waits for it is small.
pub type Coming<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// The API this site books with. Whatever it is, it does two things: it begins, and it goes on.
#[derive(Debug, Clone)]
pub enum Provider {
    /// The native contract.
    Native(native::Native),
    /// The open standard of tours and attractions.
    Octo(octo::Octo),
    /// Cal.com, a calendar of appointments.
    Calcom(calcom::Calcom),
}

/// What can be wanted of an API.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// The venue's settings.
    Venue,
    /// A month of nights.
    Calendar(CalendarQuery),
    /// The seatings of a night.
    Evening(EveningQuery),
    /// A hold; asking again with the same key finds the same one.
    Hold {
        /// Makes asking again count once.
        key: Key,
        /// Which seating.
        slot: SlotId,
        /// For how many.
        party: u8,
        /// In which language.
        language: Language,
    },
    /// A longer hold.
    Extension {
        /// Which reservation.
        access: Access,
        /// The version last seen.
        version: u64,
        /// Makes asking again count once.
        key: Key,
    },
    /// A reservation made of a hold.
    Confirmation(Box<Confirmation>),
    /// What there is of a reservation.
    Reservation(Access),
    /// A hold given back, unless it is no longer of this version; may be repeated.
    GivenBack(Access, Option<u64>),
    /// A reservation cancelled; may be repeated.
    Cancellation(Access),
    /// A reservation changed: all that is wished for, or nothing.
    Change(Box<Wish>),
    /// What a reservation says of its guests erased; may be repeated.
    Erasure(Access),
    /// A place on a waiting list; asking again with the same key finds the same place.
    Place(Box<Wait>),
    /// Whether a place on a waiting list stands.
    PlaceStill(Access),
    /// A place on a waiting list given up; may be repeated.
    NoPlace(Access),
}

/// How a wish goes on.
#[derive(Debug)]
pub enum Next {
    /// With a request, whose answer the provider is to be given.
    Ask(Box<Call>),
    /// Not at all: this came of it. [`Failure::outcome_unknown`] tells whether a request may have been
    /// carried out all the same.
    Done(Result<Reply, Failure>),
}

/// A request, and what its provider needs to go on from the answer.
#[derive(Debug, Clone)]
pub struct Call {
    /// What is sent.
    pub request: Request,
    then: Then,
}

/// Each provider's own notes for the answer.
#[derive(Debug, Clone)]
enum Then {
    Native(native::Then),
    Octo(octo::Then),
    Calcom(calcom::Then),
}

impl Provider {
    /// Reads `config.json` and picks the provider it names.
    ///
    /// # Errors
    /// [`Failure::Misconfigured`] says what is wrong with the file; [`Failure::Unreachable`] that it did not come.
    pub async fn load() -> Result<Self, Failure> {
        let config = told(config().await)?;
        told(config.provider(network::is_secure()))
    }

    /// The part of the program that speaks to it; none for the one that every visitor gets.
    pub fn part(&self) -> Option<&'static str> {
        match self {
            Self::Native(_) => None,
            Self::Octo(_) => Some("octo"),
            Self::Calcom(_) => Some("calcom"),
        }
    }

    /// The first thing to do for what is wanted.
    pub fn begin(&self, wanted: Wanted) -> Next {
        match self {
            Self::Native(native) => native.begin(wanted),
            Self::Octo(octo) => octo::door::begin(octo, wanted),
            Self::Calcom(calcom) => calcom::door::begin(calcom, wanted),
        }
    }

    /// What is to be done now that this came of a call.
    pub fn go_on(&self, call: Call, came: Result<Answer, NoAnswer>) -> Next {
        self.went_on(call.then, came)
    }

    fn went_on(&self, then: Then, came: Result<Answer, NoAnswer>) -> Next {
        match (self, then) {
            (Self::Octo(octo), Then::Octo(then)) => octo::door::go_on(octo, then, came),
            (Self::Calcom(calcom), Then::Calcom(then)) => calcom::door::go_on(calcom, then, came),
            (_, Then::Native(then)) => Next::Done(then.read(came)),
            // No provider is given another one's notes.
            _ => Next::Done(Err(Failure::Unreachable)),
        }
    }

    /// Sends what there is to send until it is known what came of it.
    ///
    /// # Errors
    /// Everything but a success: see [`Failure`].
    pub fn send(&self, wanted: Wanted) -> Coming<Reply> {
        self.carry(self.begin(wanted), Rc::default())
    }

    /// Has the venue mail the links of the bookings made with an address. Only where its capabilities say that it
    /// sends messages, which no other provider's do.
    ///
    /// # Errors
    /// As for sending.
    pub fn ask_for_links(&self, email: &str) -> Coming<Reply> {
        let next = match self {
            Self::Native(native) => native.ask_for_links(email),
            Self::Octo(_) | Self::Calcom(_) => Next::Done(Err(Failure::NotModifiable)),
        };
        self.carry(next, Rc::default())
    }

    /// Goes on until it is known what came of it, and what the last answer said of itself.
    fn carry(&self, mut next: Next, heard: Rc<Cell<Heard>>) -> Coming<Reply> {
        let api = self.clone();
        Box::pin(async move {
            loop {
                match next {
                    Next::Done(reply) => return told(reply),
                    Next::Ask(call) => {
                        let Call { request, then } = *call;
                        let came = network::send(request).await;
                        heard.set(came.as_ref().map(Heard::of).unwrap_or_default());
                        next = api.went_on(then, came);
                    }
                }
            }
        })
    }
}

/// The settings of the site.
async fn config() -> Result<Config, Failure> {
    let request = json::get("/config.json".to_owned());
    let nothing = |_: &Answer| Failure::Unreachable;
    let answer = json::accepted(network::send(request).await, nothing)?;
    Config::read(&answer.body)
}

/// What only the venue can mend is told where the venue looks, too.
fn told<T>(result: Result<T, Failure>) -> Result<T, Failure> {
    if let Err(Failure::Misconfigured(words) | Failure::Malformed(words)) = &result {
        network::tell_operator(words);
    }
    result
}

/// What came of it, in the words of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The venue's settings.
    Venue(Box<Venue>),
    /// A month of nights.
    Calendar(Calendar),
    /// The seatings of a night.
    Evening(Evening),
    /// A reservation; a new one brings its own access.
    Reservation(Box<Reservation>),
    /// What opens a place on a list.
    Place(Access),
    /// It is done, and there is nothing to tell.
    Nothing,
}

impl Reply {
    /// The venue's settings.
    ///
    /// # Errors
    /// An answer to something else, here and below: no provider gives one.
    pub fn venue(self) -> Result<Venue, Failure> {
        match self {
            Self::Venue(venue) => Ok(*venue),
            _ => Err(json::malformed("reply")),
        }
    }

    /// A month of nights.
    ///
    /// # Errors
    /// As for the venue.
    pub fn calendar(self) -> Result<Calendar, Failure> {
        match self {
            Self::Calendar(calendar) => Ok(calendar),
            _ => Err(json::malformed("reply")),
        }
    }

    /// The seatings of a night.
    ///
    /// # Errors
    /// As for the venue.
    pub fn evening(self) -> Result<Evening, Failure> {
        match self {
            Self::Evening(evening) => Ok(evening),
            _ => Err(json::malformed("reply")),
        }
    }

    /// What opens the place on a list that was just given.
    ///
    /// # Errors
    /// As for the venue.
    pub fn place_on_list(self) -> Result<Access, Failure> {
        match self {
            Self::Place(access) => Ok(access),
            _ => Err(json::malformed("reply")),
        }
    }

    /// A reservation.
    ///
    /// # Errors
    /// As for the venue.
    pub fn reservation(self) -> Result<Reservation, Failure> {
        match self {
            Self::Reservation(reservation) => Ok(*reservation),
            _ => Err(json::malformed("reply")),
        }
    }
}
