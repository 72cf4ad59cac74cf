//! One request for each wish, and what its answer tells.

use booking::{Access, Failure};

use super::super::{Call, Next, Reply, Wanted, json};
use super::{
    Native, read_calendar, read_evening, read_place_on_list, read_problem, read_reservation,
    read_still_waits, read_venue,
};
use crate::platform::network::{Answer, NoAnswer};

/// What an answer is the answer to.
#[derive(Debug, Clone)]
pub enum Then {
    /// The venue's settings.
    Venue,
    /// A month of nights.
    Calendar,
    /// The seatings of a night.
    Evening,
    /// A reservation, which is opened with this; a new one brings its own.
    Reservation(Option<Access>),
    /// A place on a waiting list.
    Place,
    /// Whether that place stands.
    PlaceStill,
    /// Something done that leaves nothing to tell but this status.
    Told(u16),
}

impl Native {
    pub(in super::super) fn begin(&self, wanted: Wanted) -> Next {
        let known = |access: Access| Then::Reservation(Some(access));
        let (request, then) = match wanted {
            Wanted::Venue => (self.venue(), Then::Venue),
            Wanted::Calendar(query) => (self.calendar(query), Then::Calendar),
            Wanted::Evening(query) => (self.evening(query), Then::Evening),
            Wanted::Hold {
                key,
                slot,
                party,
                language,
            } => {
                let request = self.hold(&key, &slot, party, language);
                (request, Then::Reservation(None))
            }
            Wanted::Extension {
                access,
                version,
                key,
            } => (self.extend(&access, version, &key), known(access)),
            Wanted::Confirmation(sent) => (self.confirm(&sent), known(sent.access)),
            Wanted::Reservation(access) => (self.reservation(&access), known(access)),
            Wanted::GivenBack(access, version) => (self.give_back(&access, version), known(access)),
            Wanted::Cancellation(access) => (self.cancel(&access), known(access)),
            Wanted::Change(wish) => (self.modify(&wish), known(wish.access)),
            Wanted::Erasure(access) => (self.erase(&access), known(access)),
            Wanted::Place(wait) => (self.wait(&wait), Then::Place),
            Wanted::PlaceStill(access) => (self.place_on_list(&access), Then::PlaceStill),
            Wanted::NoPlace(access) => (self.stop_waiting(&access), Then::Told(204)),
        };
        let then = super::super::Then::Native(then);
        Next::Ask(Box::new(Call { request, then }))
    }
}

impl Then {
    /// What came of it.
    pub(in super::super) fn read(self, came: Result<Answer, NoAnswer>) -> Result<Reply, Failure> {
        let missing = came.as_ref().is_ok_and(|answer| answer.status == 404);
        if missing && matches!(self, Self::Venue) {
            let words = "config.json: venueId is not known below this baseUrl";
            return Err(Failure::Misconfigured(words.to_owned()));
        }
        let answer = json::accepted(came, read_problem)?;
        Ok(match self {
            Self::Venue => Reply::Venue(Box::new(read_venue(&answer)?)),
            Self::Calendar => Reply::Calendar(read_calendar(&answer)?),
            Self::Evening => Reply::Evening(read_evening(&answer)?),
            Self::Reservation(access) => {
                let reservation = read_reservation(&answer, access.as_ref())?;
                Reply::Reservation(Box::new(reservation))
            }
            Self::Place => Reply::Place(read_place_on_list(&answer)?),
            Self::PlaceStill => {
                read_still_waits(&answer)?;
                Reply::Nothing
            }
            // The page of an airport's Wi-Fi says nothing of what was done.
            Self::Told(status) if answer.status == status => Reply::Nothing,
            Self::Told(_) => return Err(json::malformed("status")),
        })
    }
}
