//! An existing reservation: reading it, changing it, cancelling it, erasing what it says of its guests; and
//! asking for its link, where that is lost.
//!
//! `change` is what the guest wishes to be otherwise, `sending` carries it to the server; the rest is
//! here. A guest does one thing at a time, and what is on show is what the server last said.

mod change;
mod guests;
mod links;
mod message;
mod sending;

pub use change::{Change, Question, Sending, open_own_night};
pub use guests::WhoComes;
pub use links::{Links, Request};
pub use message::{ChangeEvent, Ending, ManageEffect, ManageEvent, Wish};

use crate::Remote;
use crate::failure::Failure;
use crate::message::Moment;
use crate::reservation::{Access, Reservation, Status};
use crate::venue::Venue;

/// The manage page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manage {
    access: Option<Access>,
    reservation: Remote<Reservation>,
    venue: Option<Venue>,
    doing: Doing,
    /// Whether what is on show has just been changed by this guest.
    changed: bool,
    /// Questions about the reservation are counted: only the answer to the last one counts.
    asked: u32,
    /// What is asked for where there is no link.
    links: Links,
}

/// What the guest is about to do.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Doing {
    /// Reading.
    #[default]
    Nothing,
    /// Giving something up.
    Ending(Ending, Stage),
    /// Changing something.
    Changing(Box<Change>),
}

/// Where the wish to give something up stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The page asks whether the guest means it.
    Asking,
    /// Sent; no answer yet.
    Sending,
    /// Not carried out, or not known whether it was.
    Failed(Failure),
}

/// What the page shows.
impl Manage {
    /// Whether the page has a manage link to work with.
    pub fn has_access(&self) -> bool {
        self.access.is_some()
    }

    /// The reservation.
    pub fn reservation(&self) -> &Remote<Reservation> {
        &self.reservation
    }

    /// The venue's settings, once they are there.
    pub fn venue(&self) -> Option<&Venue> {
        self.venue.as_ref()
    }

    /// Whether this is a rehearsal: no table waits. Until the venue has answered, nothing is said.
    pub fn is_trial(&self) -> bool {
        self.venue.as_ref().is_some_and(|venue| venue.trial)
    }

    /// What the guest is about to do.
    pub fn doing(&self) -> &Doing {
        &self.doing
    }

    /// Whether nothing is going on.
    pub fn is_idle(&self) -> bool {
        matches!(self.doing, Doing::Nothing)
    }

    /// Whether the guest is writing: words are not given up by a slip of a finger.
    pub fn is_writing(&self) -> bool {
        matches!(&self.doing, Doing::Changing(change)
            if matches!(change.question(), Question::Note | Question::Guests))
    }

    /// Whether what is on show has just been changed by this guest.
    pub fn has_changed(&self) -> bool {
        self.changed
    }

    /// Whether the guest can still change when the house expects her.
    pub fn can_move(&self) -> bool {
        let open = |reservation: &Reservation| !reservation.is_past_cutoff();
        self.is_open() && self.reservation.ready().is_some_and(open)
    }

    /// Whether the guest can still change everything the house plans by.
    pub fn can_change(&self) -> bool {
        self.can_move() && !self.only_moves()
    }

    /// Whether the guest can still write to the venue, which is open longer.
    pub fn can_write(&self) -> bool {
        self.is_open() && !self.only_moves()
    }

    fn only_moves(&self) -> bool {
        let only = |venue: &Venue| venue.capabilities.only_moves;
        self.venue.as_ref().is_some_and(only)
    }

    fn is_open(&self) -> bool {
        let modify = |venue: &Venue| venue.capabilities.modify;
        let open = |reservation: &Reservation| {
            reservation.stands() && !reservation.is_erased() && !reservation.has_begun()
        };
        self.venue.as_ref().is_some_and(modify) && self.reservation.ready().is_some_and(open)
    }

    /// Whether there is something of this kind left to give up, and still time to.
    pub fn can_end(&self, ending: Ending) -> bool {
        let can = |reservation: &Reservation| match ending {
            Ending::Cancel => match reservation.status {
                Status::OnHold => true,
                _ => reservation.stands() && !reservation.is_past_cutoff(),
            },
            // Until the venue has answered nobody is told that it cannot be done.
            Ending::Erase => {
                let can = |venue: &Venue| venue.capabilities.erase;
                reservation.name.is_some() && self.venue.as_ref().is_none_or(can)
            }
        };
        self.reservation.ready().is_some_and(can)
    }
}

/// What happens.
impl Manage {
    /// Takes an event in and says what has to happen outside.
    pub fn update(&mut self, event: ManageEvent, moment: &Moment) -> Vec<ManageEffect> {
        match event {
            ManageEvent::Opened(access) => self.opened(access),
            ManageEvent::VenueArrived(result) => {
                // One that is known already is not forgotten for a later failure.
                self.venue = result.ok().or_else(|| self.venue.take());
                Vec::new()
            }
            ManageEvent::ReadArrived(question, result) if question == self.asked => {
                self.read_arrived(result)
            }
            ManageEvent::ReadArrived(..) => Vec::new(),
            ManageEvent::RetryPressed => self.retry(moment),
            ManageEvent::EndPressed(ending) => self.end_pressed(ending),
            ManageEvent::EndConfirmed => self.end_confirmed(),
            ManageEvent::EndArrived(access, ending, result) => {
                self.end_arrived(&access, ending, result)
            }
            ManageEvent::Left => self.leave(),
            ManageEvent::LinksWritten(email) => self.links_written(email),
            ManageEvent::LinksPressed => self.links_pressed(),
            ManageEvent::LinksArrived(email, result) => self.links_arrived(email, result),
            ManageEvent::LinksAgain => self.links_again(),
            ManageEvent::ChangePressed(question) => self.change_pressed(question, moment),
            ManageEvent::Change(event) => self.change(event, moment),
        }
    }

    fn opened(&mut self, access: Option<Access>) -> Vec<ManageEffect> {
        if access == self.access && !matches!(self.reservation, Remote::Idle) {
            // Whoever comes back to the page sees what was there, and soon what is there now.
            let idle = self.is_idle() && self.reservation.ready().is_some();
            return idle.then(|| self.ask()).flatten().into_iter().collect();
        }
        if access.is_none() && self.access.is_none() {
            // The same page in the other language, or once more: what was written there stays.
            return self.read();
        }
        *self = Self {
            access,
            asked: self.asked,
            ..Self::default()
        };
        self.read()
    }

    fn read_arrived(&mut self, result: Result<Reservation, Failure>) -> Vec<ManageEffect> {
        if let Doing::Changing(change) = &self.doing
            && change.is_checking()
        {
            return self.checked(result);
        }
        // What is on show is better than a failure, or than an answer that is older.
        let newer = match (&result, self.reservation.ready()) {
            (Ok(now), Some(shown)) => {
                self.changed &= now.version == shown.version;
                now.version >= shown.version
            }
            (Err(_), Some(_)) => false,
            (_, None) => true,
        };
        if newer {
            self.reservation = Remote::from_result(result);
        }
        Vec::new()
    }

    fn retry(&mut self, moment: &Moment) -> Vec<ManageEffect> {
        match &self.doing {
            Doing::Changing(_) => self.retry_change(moment),
            // What was to be given up may be: look before asking again.
            Doing::Ending(_, Stage::Failed(_)) => {
                self.doing = Doing::Nothing;
                self.read()
            }
            Doing::Ending(..) => Vec::new(),
            Doing::Nothing => self.read(),
        }
    }

    fn end_pressed(&mut self, ending: Ending) -> Vec<ManageEffect> {
        let busy = match &self.doing {
            Doing::Ending(_, stage) => matches!(stage, Stage::Sending),
            Doing::Changing(_) => true,
            Doing::Nothing => false,
        };
        if busy || !self.can_end(ending) {
            return Vec::new();
        }
        self.changed = false;
        self.doing = Doing::Ending(ending, Stage::Asking);
        vec![ManageEffect::FocusNotice]
    }

    fn end_confirmed(&mut self) -> Vec<ManageEffect> {
        match (&self.access, &self.doing) {
            (Some(access), &Doing::Ending(ending, Stage::Asking)) => {
                let sent = ManageEffect::End(access.clone(), ending);
                self.doing = Doing::Ending(ending, Stage::Sending);
                vec![sent]
            }
            _ => Vec::new(),
        }
    }

    fn end_arrived(
        &mut self,
        access: &Access,
        ending: Ending,
        result: Result<Reservation, Failure>,
    ) -> Vec<ManageEffect> {
        // Late answers about another link's reservation change nothing here.
        let awaited = match &self.doing {
            Doing::Ending(sent, Stage::Sending) => *sent == ending,
            _ => false,
        };
        if !awaited || self.access.as_ref() != Some(access) {
            return Vec::new();
        }
        match result {
            Ok(reservation) => self.show(reservation),
            Err(failure) => self.doing = Doing::Ending(ending, Stage::Failed(failure)),
        }
        vec![ManageEffect::FocusNotice]
    }

    /// The guest thought better of it.
    fn leave(&mut self) -> Vec<ManageEffect> {
        match &self.doing {
            Doing::Nothing | Doing::Ending(_, Stage::Sending) => return Vec::new(),
            Doing::Changing(change) if change.is_under_way() => return Vec::new(),
            Doing::Changing(change) if change.is_unknown() => {
                self.doing = Doing::Nothing;
                return self.read();
            }
            _ => self.doing = Doing::Nothing,
        }
        vec![ManageEffect::FocusHeading]
    }

    /// The server has said what there is now, and nothing more is going on.
    fn show(&mut self, reservation: Reservation) {
        self.reservation = Remote::Ready(reservation);
        self.doing = Doing::Nothing;
    }

    /// Reads the reservation, and shows that it does. Without a link there is none; what can be done then, the
    /// venue says.
    fn read(&mut self) -> Vec<ManageEffect> {
        let ask = self.ask();
        if ask.is_some() {
            self.changed = false;
            self.reservation = Remote::Loading;
        }
        let venue = self.venue.is_none().then_some(ManageEffect::FetchVenue);
        ask.into_iter().chain(venue).collect()
    }

    /// Asks what the server has.
    fn ask(&mut self) -> Option<ManageEffect> {
        let access = self.access.clone()?;
        self.asked += 1;
        Some(ManageEffect::Read(access, self.asked))
    }
}

#[cfg(test)]
mod tests;
