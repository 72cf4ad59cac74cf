//! What follows from an answer: the wish is carried out, refused, or takes another request.

use booking::{Access, Date, Evening, Failure, Reservation, Slot, SlotId};
use serde_json::Value;

use super::super::config::wrong;
use super::super::json::object;
use super::super::wall::{instead, nearest, on_the_wall};
use super::super::{Next, Reply};
use super::own::{Own, own};
use super::{Calcom, Purpose, Then, failed, no_place, of_hold, read, told};
use crate::platform::network::{Answer, NoAnswer};

/// So many times a booking may have been moved before somebody is leading the guest in circles.
const NAMES: u8 = 12;
/// For how many seconds a seating stays taken that nobody heard of.
const UNHEARD_SECONDS: u32 = 300;

type Came = Result<Answer, NoAnswer>;

fn accepted(came: Came) -> Result<Answer, Failure> {
    super::super::json::accepted(came, read::problem)
}

/// Answers.
impl Calcom {
    pub(in super::super) fn go_on(&self, then: Then, came: Came) -> Next {
        match own(&self.config) {
            Ok(own) => self.goes_on(&own, then, came),
            Err(why) => failed(why),
        }
    }

    fn goes_on(&self, own: &Own, then: Then, came: Came) -> Next {
        match then {
            Then::Calendar(query) => {
                let calendar = accepted(came).and_then(|came| read::calendar(&came, query, own));
                Next::Done(calendar.map(Reply::Calendar).map_err(|why| self.said(why)))
            }
            Then::Evening(query) => match seatings(came, own) {
                Ok(slots) => evening(slots, query.date),
                Err(why) => failed(self.said(why)),
            },
            Then::Instead(night, lost, why) => {
                let around = seatings(came, own).unwrap_or_default();
                failed(instead(around, night, Some(&lost), why))
            }
            Then::Taken(party, slot) => self.taken(own, came, party, slot),
            Then::Hold(access) => told(match of_hold(&access) {
                Some((party, _)) => read_hold(came, party, false, own),
                None => Err(Failure::NotFound),
            }),
            // There is none any more, whoever ended it.
            Then::Left => failed(match accepted(came).and_then(|came| read::done(&came)) {
                Err(why) if why.outcome_unknown() => why,
                _ => Failure::NotFound,
            }),
            Then::Made(party) => told(made(came, party, own).map_err(|why| match why {
                // It may be a booking now, under a name that nobody has heard.
                Failure::Down | Failure::Unreachable | Failure::Malformed(_) => Failure::Lost,
                why => self.said(why),
            })),
            Then::Booking(access, purpose, names) => self.found(own, came, access, purpose, names),
            Then::Ended(access) => match booking(came, &access, own) {
                Err(why) if is_said(&why) => self.read_first(access, Purpose::CancelledBefore),
                known => told(known.map(|booking| booking.told)),
            },
            Then::Moved(access, night, slot) => match booking(came, &access, own) {
                Err(why) if is_said(&why) => {
                    self.around(own, night, Then::Instead(night, slot, no_place()))
                }
                known => told(known.map(|booking| booking.told)),
            },
        }
    }

    /// An event type that is not there is the file's mistake.
    fn said(&self, why: Failure) -> Failure {
        match why {
            Failure::NotFound => wrong(&["eventTypeId ", &self.config.venue_id, " is not there"]),
            why => why,
        }
    }

    /// Where nobody heard of the first one, it may be this guest's own that is in the way of a second.
    fn taken(&self, own: &Own, came: Came, party: u8, slot: SlotId) -> Next {
        let held = read_hold(came, party, true, own);
        let mut unheard = self.unheard.borrow_mut();
        match held {
            Ok(held) => {
                *unheard = None;
                told(Ok(held))
            }
            Err(why) if is_said(&why) => {
                // Once: by the next time it would have ended.
                if unheard.take_if(|unheard| *unheard == slot).is_some() {
                    return failed(Failure::Busy {
                        retry_after: Some(UNHEARD_SECONDS),
                    });
                }
                match on_the_wall(&slot.0, &own.zone) {
                    Some((night, ..)) => self.around(own, night, Then::Instead(night, slot, why)),
                    None => failed(no_place()),
                }
            }
            Err(why) => {
                if why.outcome_unknown() && !matches!(why, Failure::Busy { .. }) {
                    *unheard = Some(slot);
                }
                failed(self.said(why))
            }
        }
    }

    /// A booking was read; one that was moved is read under its newer name.
    fn found(&self, own: &Own, came: Came, access: Access, purpose: Purpose, names: u8) -> Next {
        let booking = match booking(came, &access, own) {
            Ok(booking) => booking,
            Err(why) => return failed(why),
        };
        if let Some(uid) = booking.moved_to.filter(|_| names < NAMES) {
            return self.read(&uid, access, purpose, names + 1);
        }
        let now = booking.told;
        match purpose {
            Purpose::Cancel if now.stands() => {
                let nothing = Value::Object(serde_json::Map::new());
                self.write(&booking.uid, "/cancel", &nothing, Then::Ended(access))
            }
            Purpose::CancelledBefore if now.stands() => failed(Failure::CutoffPassed),
            Purpose::Move(wish) if now.version != wish.version => failed(Failure::Changed),
            Purpose::Move(wish) if now.stands() => {
                let slot = wish.slot.unwrap_or(now.slot.id);
                let wall = on_the_wall(&slot.0, &own.zone);
                let night = wall.map_or(now.slot.date, |(night, ..)| night);
                let body = object([("start", slot.0.as_str().into())]);
                let then = Then::Moved(access, night, slot);
                self.write(&booking.uid, "/reschedule", &body, then)
            }
            Purpose::Move(_) => failed(Failure::NotModifiable),
            _ => told(Ok(now)),
        }
    }
}

/// Whether the answer was a plain no.
fn is_said(why: &Failure) -> bool {
    matches!(why, Failure::SlotTaken { .. } | Failure::Refused(_))
}

fn seatings(came: Came, own: &Own) -> Result<Vec<Slot>, Failure> {
    read::slots(&accepted(came)?, own)
}

fn made(came: Came, party: u8, own: &Own) -> Result<Box<Reservation>, Failure> {
    let booking = read::booking(&accepted(came)?, None, own, party)?;
    Ok(booking.told)
}

fn booking(came: Came, access: &Access, own: &Own) -> Result<read::Booking, Failure> {
    let party = access.token.parse().unwrap_or(0);
    read::booking(&accepted(came)?, Some(access), own, party)
}

fn read_hold(
    came: Came,
    party: u8,
    just_made: bool,
    own: &Own,
) -> Result<Box<Reservation>, Failure> {
    match accepted(came) {
        Ok(came) => read::hold(&came, party, just_made, own),
        Err(Failure::NotFound) if !just_made => Err(Failure::Lost),
        Err(why) => Err(why),
    }
}

/// The seatings of a night; where there is none, those around it.
fn evening(slots: Vec<Slot>, night: Date) -> Next {
    let (own, others): (Vec<_>, Vec<_>) = slots.into_iter().partition(|slot| slot.date == night);
    let alternatives = if own.is_empty() {
        nearest(others, night)
    } else {
        Vec::new()
    };
    Next::Done(Ok(Reply::Evening(Evening {
        slots: own,
        alternatives,
    })))
}
