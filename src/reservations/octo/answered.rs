//! What follows from an answer: the wish is carried out, refused, or takes another request.

use booking::manage::Wish;
use booking::{Access, Evening, EveningQuery, Failure, Reservation, Slot, SlotId, Status};

use super::super::config::wrong;
use super::super::json::{parse, post};
use super::super::{Next, Reply};
use super::product::{self, Product};
use super::{
    Octo, Then, What, accepted, ask, book, book_read, failed, no_place, octo, slots, told,
};
use crate::platform::network::{Answer, Method, NoAnswer, Request};
use std::rc::Rc;

/// Answers.
impl Octo {
    pub(in super::super) fn go_on(&self, then: Then, came: Result<Answer, NoAnswer>) -> Next {
        if let Then::Product(wanted) = then {
            let read = accepted(came).and_then(|answer| product::read(&answer, &self.config));
            return match read {
                Ok(product) => {
                    let product = Rc::new(product);
                    self.product.replace(Some(product.clone()));
                    self.with(&product, *wanted)
                }
                Err(Failure::NotFound) => {
                    let venue = &self.config.venue_id;
                    failed(wrong(&["venueId ", venue, " is no product there"]))
                }
                Err(why) => failed(why),
            };
        }
        let known = self.product.borrow().clone();
        match known {
            Some(product) => self.goes_on(&product, then, came),
            None => failed(Failure::Unreachable),
        }
    }

    fn goes_on(&self, product: &Product, then: Then, came: Result<Answer, NoAnswer>) -> Next {
        match then {
            Then::Calendar(query, at, mut known) => {
                let read = accepted(came);
                let read = read.and_then(|came| slots::nights(&came, query.party, &mut known));
                match read {
                    Ok(()) => self.nights(product, query, at.saturating_add(1), known),
                    Err(why) => failed(why),
                }
            }
            Then::Seatings(query, what, at, mut known) => {
                let read = accepted(came);
                let read =
                    read.and_then(|came| slots::read(&came, product, at, query.party, &mut known));
                match (read, &what) {
                    (Err(why), What::Evening) => failed(why),
                    // What is around is a help: without it, it goes on as well.
                    _ => self.seatings(product, query, what, at.saturating_add(1), known),
                }
            }
            Then::Taken(access, query, slot) => {
                let made = read(came, &access, product).map(book_read::just_made);
                self.taken(product, made, access, query, slot)
            }
            Then::Sought(access, why) => match read(came, &access, product) {
                Ok(booking) => told(Ok(booking)),
                // Used before, they say, and there is none: only another one helps.
                Err(Failure::NotFound) if why == Failure::NotFound => failed(Failure::KeyReused),
                Err(busy @ Failure::Busy { .. }) => failed(busy),
                Err(_) => failed(why),
            },
            Then::Extended(access) => told(read(came, &access, product).map_err(|why| match why {
                Failure::NotModifiable | Failure::Refused(_) => Failure::HoldLimit,
                why => why,
            })),
            Then::Confirmed(access) => match read(came, &access, product) {
                Err(why) if is_said(&why) => self.read(&access, Then::Refused(access.clone())),
                known => told(known),
            },
            Then::Refused(access) => self.refused(product, read(came, &access, product)),
            Then::Left(access, version) => self.left(read(came, &access, product), access, version),
            Then::Ended(access, otherwise) => match read(came, &access, product) {
                Err(why) if is_said(&why) => {
                    let then = Then::EndedBefore(access.clone(), otherwise);
                    self.read(&access, then)
                }
                known => told(known),
            },
            Then::EndedBefore(access, otherwise) => match read(came, &access, product) {
                Ok(booking) if booking.stands() || booking.status == Status::OnHold => {
                    failed(otherwise)
                }
                known => told(known),
            },
            Then::ToChange(wish) => self.change(product, &wish, came),
            Then::Changed(access, query, slot) => match read(came, &access, product) {
                Err(why) if is_said(&why) && slot.is_some() => {
                    self.instead(product, query, slot, no_place())
                }
                known => told(known),
            },
            Then::Booking(access) => told(read(came, &access, product)),
            Then::Product(_) => failed(Failure::Unreachable),
        }
    }

    /// What the seatings of all options mean.
    pub(super) fn seen(
        &self,
        product: &Product,
        query: EveningQuery,
        what: What,
        slots: Vec<Slot>,
    ) -> Next {
        match what {
            What::Evening => {
                let evening = Evening {
                    slots,
                    alternatives: Vec::new(),
                };
                if evening.has_room() {
                    return Next::Done(Ok(Reply::Evening(evening)));
                }
                self.seatings(product, query, What::Around(evening), 0, Vec::new())
            }
            What::Around(mut evening) => {
                evening.alternatives = slots::nearest(slots, query.date);
                Next::Done(Ok(Reply::Evening(evening)))
            }
            What::Instead(slot, why) => {
                failed(slots::instead(slots, query.date, slot.as_ref(), why))
            }
        }
    }

    /// A lost create is asked for by its uuid before anybody tries again; a server that answers a uuid it
    /// knows with a failure is asked the same.
    fn taken(
        &self,
        product: &Product,
        made: Result<Box<Reservation>, Failure>,
        access: Access,
        query: EveningQuery,
        slot: SlotId,
    ) -> Next {
        match made {
            Err(why @ Failure::Busy { .. }) => failed(why),
            Err(why) if why.outcome_unknown() || why == Failure::NotFound => {
                self.read(&access, Then::Sought(access.clone(), why))
            }
            Err(why) if is_said(&why) => self.instead(product, query, Some(slot), why),
            known => told(known),
        }
    }

    /// What there is after a confirmation was refused: they say the same of one that came twice.
    fn refused(&self, product: &Product, now: Result<Box<Reservation>, Failure>) -> Next {
        let gone = Failure::HoldExpired {
            alternatives: Vec::new(),
        };
        match now {
            Ok(booking) if booking.status.is_booked() => told(Ok(booking)),
            Ok(booking) if booking.status == Status::Expired => {
                let query = EveningQuery {
                    date: booking.slot.date,
                    party: booking.party,
                };
                self.instead(product, query, None, gone)
            }
            Ok(booking) if booking.status == Status::OnHold => failed(Failure::Refused(Vec::new())),
            Ok(_) => failed(Failure::NotModifiable),
            Err(Failure::NotFound) => failed(gone),
            Err(why) => failed(why),
        }
    }

    /// A cancellation names no version: what is no hold any more, or another one, is left alone.
    fn left(
        &self,
        now: Result<Box<Reservation>, Failure>,
        access: Access,
        version: Option<u64>,
    ) -> Next {
        match now {
            Ok(booking) if booking.status == Status::OnHold => {
                if version.is_none_or(|version| version == booking.version) {
                    self.end(access, Failure::Changed)
                } else {
                    failed(Failure::Changed)
                }
            }
            Ok(booking) if booking.status.is_booked() => failed(Failure::Changed),
            known => told(known),
        }
    }

    fn change(&self, product: &Product, wish: &Wish, came: Result<Answer, NoAnswer>) -> Next {
        let access = &wish.access;
        let now = accepted(came).and_then(|answer| {
            let booking = book_read::read(&answer, access, product)?;
            Ok((booking, parse(&answer)?))
        });
        match now {
            Ok((booking, _)) if booking.version != wish.version => failed(Failure::Changed),
            Ok((booking, value)) => {
                let body = book::change(product, wish, &value);
                let request = Request {
                    method: Method::Patch,
                    ..post(self.booking(access, ""), Some(&body))
                };
                let slot = wish.slot.clone();
                let query = EveningQuery {
                    date: slot
                        .as_ref()
                        .and_then(slots::named)
                        .map_or(booking.slot.date, |(date, ..)| date),
                    party: wish.party.unwrap_or(booking.party),
                };
                // The same seating for more people may be too small for them.
                let slot = slot.or(wish.party.map(|_| booking.slot.id));
                let then = Then::Changed(access.clone(), query, slot);
                ask(octo(request, Some(access)), then)
            }
            Err(why) => failed(why),
        }
    }
}

/// Whether the server has said no to what was asked, and it is not the site that is set up wrongly.
fn is_said(why: &Failure) -> bool {
    matches!(
        why,
        Failure::NotModifiable
            | Failure::NotFound
            | Failure::SlotTaken { .. }
            | Failure::Refused(_)
    )
}

#[inline(never)]
fn read(
    came: Result<Answer, NoAnswer>,
    access: &Access,
    product: &Product,
) -> Result<Box<Reservation>, Failure> {
    book_read::read(&accepted(came)?, access, product)
}
