//! OCTO, the open standard of tours and attractions, as a restaurant's: a product is the venue, an option
//! its evenings, a unit a place at a table.
//!
//! It lacks what the native contract has: keys of requests, versions, alternatives. So a wish may take
//! several requests here. What was taken under a uuid is asked for by that uuid before anything is tried
//! again; a hold is read before it is given back; where there is no place, the days around are asked for.

mod book;
mod book_read;
mod product;
mod slots;
mod uuid;

use std::cell::RefCell;
use std::rc::Rc;

use booking::failure::Refusal;
use booking::manage::Wish;
use booking::{
    Access, CalendarQuery, Date, Evening, EveningQuery, Failure, Reservation, SlotId, Status,
};
use serde_json::Value;

use self::product::Product;
use super::json::{get, get_fresh, parse, post};
use super::{Call, Config, Next, READ_TIMEOUT_MS, Reply, Wanted};
use crate::platform::network::{Answer, Method, NoAnswer, Request};

/// A supplier that speaks OCTO.
#[derive(Debug, Clone)]
pub struct Octo {
    config: Rc<Config>,
    /// Whatever is asked for names an option and a unit of it, so it is read first, once.
    product: Rc<RefCell<Option<Rc<Product>>>>,
}

/// What an answer is the answer to.
#[derive(Debug, Clone)]
pub enum Then {
    /// The product, for this.
    Product(Box<Wanted>),
    /// A month of nights, and the next one.
    Calendar(CalendarQuery),
    /// The seatings of a night.
    Evening(EveningQuery),
    /// Those of the nights around it, for want of one in this.
    Around(EveningQuery, Evening),
    /// Those of the nights around one that could not be had, for this reason.
    Instead(EveningQuery, Option<SlotId>, Failure),
    /// A hold.
    Taken(Access, EveningQuery, SlotId),
    /// Whether there is one after all: it failed like this.
    Sought(Access, Failure),
    /// More time.
    Extended(Access),
    /// A confirmation.
    Confirmed(Access),
    /// What became of one that was refused.
    Refused(Access),
    /// The hold that is to be given back, if it is this version of one.
    Left(Access, Option<u64>),
    /// The end of a reservation; the failure is what it means where there is no such thing.
    Ended(Access, Failure),
    /// Whether it had ended before.
    EndedBefore(Access, Failure),
    /// The reservation that is to be changed.
    ToChange(Box<Wish>),
    /// The change.
    Changed(Access, EveningQuery, Option<SlotId>),
    /// A reservation.
    Booking(Access),
}

fn ask(request: Request, then: Then) -> Next {
    let then = super::Then::Octo(then);
    Next::Ask(Box::new(Call { request, then }))
}

fn told(came: Result<Reservation, Failure>) -> Next {
    Next::Done(came.map(|booking| Reply::Reservation(Box::new(booking))))
}

fn failed(why: Failure) -> Next {
    Next::Done(Err(why))
}

fn accepted(came: Result<Answer, NoAnswer>) -> Result<Answer, Failure> {
    super::json::accepted(came, book_read::problem)
}

/// What every call carries.
fn octo(mut request: Request, access: Option<&Access>) -> Request {
    let title = ("Octo-Capabilities", "octo/content".to_owned());
    request.headers.push(title);
    // A server in front of the supplier's gives each booking a secret of its own.
    if let Some(access) = access.filter(|access| !access.token.is_empty()) {
        let bearer = ["Bearer ", &access.token].concat();
        request.headers.push(("Authorization", bearer));
    }
    request
}

/// Requests.
impl Octo {
    pub(super) fn new(config: Config) -> Self {
        Self {
            config: Rc::new(config),
            product: Rc::default(),
        }
    }

    /// The standard's paths of collections end in a slash; not every server's do. As the address in
    /// `config.json` ends, so do they.
    fn url(&self, path: &str, id: &str) -> String {
        let base = self.config.base_url.trim_end_matches('/');
        let slash = if id.is_empty() && base != self.config.base_url {
            "/"
        } else {
            ""
        };
        [base, path, id, slash].concat()
    }

    fn booking(&self, access: &Access, what: &str) -> String {
        let id = super::json::safe(&access.id);
        self.url("/bookings/", &[&id, what].concat())
    }

    fn read(&self, access: &Access, then: Then) -> Next {
        ask(
            octo(get_fresh(self.booking(access, "")), Some(access)),
            then,
        )
    }

    fn write(&self, access: &Access, what: &str, body: &Value, then: Then) -> Next {
        let request = post(self.booking(access, what), Some(body));
        ask(octo(request, Some(access)), then)
    }

    fn days(&self, product: &Product, days: [Date; 2], party: u8, then: Then) -> Next {
        let url = match &then {
            Then::Calendar(_) => self.url("/availability", "/calendar"),
            _ => self.url("/availability", ""),
        };
        let body = slots::body(&self.config.venue_id, product, days, party);
        let request = Request {
            timeout_ms: READ_TIMEOUT_MS,
            ..post(url, Some(&body))
        };
        ask(octo(request, None), then)
    }

    /// The nights around one.
    fn around(&self, product: &Product, query: EveningQuery, then: Then) -> Next {
        let day = |days| query.date.plus_days(days).unwrap_or(query.date);
        self.days(product, [day(-1), day(3)], query.party, then)
    }

    fn end(&self, access: Access, otherwise: Failure) -> Next {
        let body = Value::Object(serde_json::Map::new());
        let then = Then::Ended(access.clone(), otherwise);
        self.write(&access, "/cancel", &body, then)
    }

    pub(super) fn begin(&self, wanted: Wanted) -> Next {
        let known = self.product.borrow().clone();
        match known {
            // The venue's settings may be others by now.
            Some(product) if !matches!(wanted, Wanted::Venue) => self.with(&product, wanted),
            _ => {
                let url = self.url("/products/", &self.config.venue_id);
                let then = Then::Product(Box::new(wanted));
                ask(octo(get(url), None), then)
            }
        }
    }

    /// What is asked of a product that is known.
    fn with(&self, product: &Product, wanted: Wanted) -> Next {
        match wanted {
            Wanted::Venue => Next::Done(Ok(Reply::Venue(Box::new(product.venue.clone())))),
            Wanted::Calendar(query) => {
                let days = [query.month.first_day(), query.month.next().last_day()];
                self.days(product, days, query.party, Then::Calendar(query))
            }
            Wanted::Evening(query) => {
                let days = [query.date, query.date];
                self.days(product, days, query.party, Then::Evening(query))
            }
            Wanted::Hold {
                key, slot, party, ..
            } => {
                let Some((date, availability)) = slots::named(&slot) else {
                    return failed(no_place());
                };
                let access = Access {
                    id: uuid::of(&[&key.0]),
                    token: String::new(),
                };
                let body = book::hold(
                    &self.config.venue_id,
                    product,
                    &access.id,
                    availability,
                    party,
                );
                let request = octo(post(self.url("/bookings", ""), Some(&body)), None);
                let query = EveningQuery { date, party };
                ask(request, Then::Taken(access, query, slot))
            }
            Wanted::Extension { access, .. } => {
                let then = Then::Extended(access.clone());
                self.write(&access, "/extend", &book::minutes(), then)
            }
            // Asked before the venue was known. Nothing of it may be lost without a word.
            Wanted::Confirmation(sent) if !sent.plan.is_empty() => {
                failed(Failure::Refused(Vec::new()))
            }
            Wanted::Confirmation(sent) => {
                let body = book::confirmation(product, &sent);
                let then = Then::Confirmed(sent.access.clone());
                self.write(&sent.access, "/confirm", &body, then)
            }
            Wanted::Reservation(access) => self.read(&access, Then::Booking(access.clone())),
            Wanted::GivenBack(access, version) => {
                self.read(&access, Then::Left(access.clone(), version))
            }
            Wanted::Cancellation(access) => self.end(access, Failure::CutoffPassed),
            Wanted::Change(wish) => {
                let access = wish.access.clone();
                self.read(&access, Then::ToChange(wish))
            }
            // Nobody is offered these here.
            Wanted::Erasure(_) | Wanted::Place(_) | Wanted::NoPlace(_) => {
                failed(Failure::NotModifiable)
            }
        }
    }
}

fn no_place() -> Failure {
    Failure::SlotTaken {
        alternatives: Vec::new(),
    }
}

/// Answers.
impl Octo {
    pub(super) fn go_on(&self, then: Then, came: Result<Answer, NoAnswer>) -> Next {
        if let Then::Product(wanted) = then {
            let read = accepted(came).and_then(|answer| product::read(&answer, &self.config));
            return match read {
                Ok(product) => {
                    let product = Rc::new(product);
                    self.product.replace(Some(product.clone()));
                    self.with(&product, *wanted)
                }
                Err(Failure::NotFound) => failed(Failure::Misconfigured(
                    ["config.json: no venueId ", &self.config.venue_id].concat(),
                )),
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
        let read = |access: &Access| book_read::read(&accepted(came.clone())?, access, product);
        match then {
            Then::Calendar(query) => {
                let calendar =
                    accepted(came.clone()).and_then(|came| slots::calendar(&came, query));
                Next::Done(calendar.map(Reply::Calendar))
            }
            Then::Evening(query) => self.evening(product, query, slots(came, product, query.party)),
            Then::Around(query, mut evening) => {
                let around = slots(came, product, query.party).unwrap_or_default();
                evening.alternatives = slots::nearest(around, query.date);
                Next::Done(Ok(Reply::Evening(evening)))
            }
            Then::Instead(query, slot, why) => {
                let around = slots(came, product, query.party).unwrap_or_default();
                failed(slots::instead(around, query.date, slot.as_ref(), why))
            }
            Then::Taken(access, query, slot) => {
                let made = read(&access).map(book_read::just_made);
                self.taken(product, made, access, query, slot)
            }
            Then::Sought(access, why) => match read(&access) {
                Ok(booking) => told(Ok(booking)),
                // Used before, they say, and there is none: only another one helps.
                Err(Failure::NotFound) if why == Failure::NotFound => failed(Failure::KeyReused),
                Err(busy @ Failure::Busy { .. }) => failed(busy),
                Err(_) => failed(why),
            },
            Then::Extended(access) => told(read(&access).map_err(|why| match why {
                Failure::NotModifiable | Failure::Refused(_) => Failure::HoldLimit,
                why => why,
            })),
            Then::Confirmed(access) => match read(&access) {
                Err(why) if is_said(&why) => self.read(&access, Then::Refused(access.clone())),
                known => told(known),
            },
            Then::Refused(access) => self.refused(product, read(&access)),
            Then::Left(access, version) => self.left(read(&access), access, version),
            Then::Ended(access, otherwise) => match read(&access) {
                Err(why) if is_said(&why) => {
                    let then = Then::EndedBefore(access.clone(), otherwise);
                    self.read(&access, then)
                }
                known => told(known),
            },
            Then::EndedBefore(access, otherwise) => match read(&access) {
                Ok(booking) if booking.stands() || booking.status == Status::OnHold => {
                    failed(otherwise)
                }
                known => told(known),
            },
            Then::ToChange(wish) => self.change(product, &wish, &came),
            Then::Changed(access, query, slot) => match read(&access) {
                Err(why) if is_said(&why) && slot.is_some() => {
                    let then = Then::Instead(query, slot, no_place());
                    self.around(product, query, then)
                }
                known => told(known),
            },
            Then::Booking(access) => told(read(&access)),
            Then::Product(_) => failed(Failure::Unreachable),
        }
    }

    fn evening(
        &self,
        product: &Product,
        query: EveningQuery,
        came: Result<Vec<booking::Slot>, Failure>,
    ) -> Next {
        let evening = Evening {
            slots: match came {
                Ok(slots) => slots,
                Err(why) => return failed(why),
            },
            alternatives: Vec::new(),
        };
        if evening.has_room() {
            return Next::Done(Ok(Reply::Evening(evening)));
        }
        self.around(product, query, Then::Around(query, evening))
    }

    /// A lost create is asked for by its uuid before anybody tries again; a server that answers a uuid it
    /// knows with a failure is asked the same.
    fn taken(
        &self,
        product: &Product,
        made: Result<Reservation, Failure>,
        access: Access,
        query: EveningQuery,
        slot: SlotId,
    ) -> Next {
        match made {
            Err(why @ Failure::Busy { .. }) => failed(why),
            Err(why) if why.outcome_unknown() || why == Failure::NotFound => {
                self.read(&access, Then::Sought(access.clone(), why))
            }
            Err(why) if is_said(&why) => {
                self.around(product, query, Then::Instead(query, Some(slot), why))
            }
            known => told(known),
        }
    }

    /// What there is after a confirmation was refused: they say the same of one that came twice.
    fn refused(&self, product: &Product, now: Result<Reservation, Failure>) -> Next {
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
                self.around(product, query, Then::Instead(query, None, gone))
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
        now: Result<Reservation, Failure>,
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

    fn change(&self, product: &Product, wish: &Wish, came: &Result<Answer, NoAnswer>) -> Next {
        let access = &wish.access;
        let now = accepted(came.clone()).and_then(|answer| {
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
                        .map_or(booking.slot.date, |(date, _)| date),
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
    let no: &[Refusal] = &[];
    matches!(
        why,
        Failure::NotModifiable | Failure::NotFound | Failure::SlotTaken { .. }
    ) || matches!(why, Failure::Refused(all) if all == no)
}

fn slots(
    came: Result<Answer, NoAnswer>,
    product: &Product,
    party: u8,
) -> Result<Vec<booking::Slot>, Failure> {
    slots::read(&accepted(came)?, product, party)
}

#[cfg(test)]
#[path = "octo_tests.rs"]
mod tests;
