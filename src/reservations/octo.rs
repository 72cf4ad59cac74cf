//! OCTO, the open standard of tours and attractions, as a restaurant's: a product is the venue, an option
//! its evenings or a part of the house, a unit a place at a table.
//!
//! It lacks what the native contract has: keys of requests, versions, alternatives. So a wish may take
//! several requests here. What was taken under a uuid is asked for by that uuid before anything is tried
//! again; a hold is read before it is given back; where there is no place, the days around are asked for.

mod answered;
mod book;
mod book_read;
pub mod door;
mod own;
mod product;
mod slots;
mod supplier;
mod uuid;

use std::cell::RefCell;
use std::rc::Rc;

use booking::manage::Wish;
use booking::{
    Access, CalendarQuery, Date, Day, Evening, EveningQuery, Failure, Reservation, Slot, SlotId,
};
use serde_json::Value;

use self::product::{Offered, Product};
use super::json::{get, get_fresh, post};
use super::{Call, Config, Next, READ_TIMEOUT_MS, Reply, Wanted};
use crate::platform::network::{Answer, NoAnswer, Request};

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
    /// A month of nights, and the next one: those of an option, and of the ones before.
    Calendar(CalendarQuery, u8, Vec<Day>),
    /// Seatings, asked for this: those of an option, and of the ones before.
    Seatings(EveningQuery, What, u8, Vec<Slot>),
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

/// What seatings are asked for.
#[derive(Debug, Clone)]
pub enum What {
    /// A night.
    Evening,
    /// Those of the nights around it, for want of one in this.
    Around(Evening),
    /// Those of the nights around one that could not be had, for this reason.
    Instead(Option<SlotId>, Failure),
}

fn ask(request: Request, then: Then) -> Next {
    let then = super::Then::Octo(then);
    Next::Ask(Box::new(Call { request, then }))
}

fn told(came: Result<Box<Reservation>, Failure>) -> Next {
    Next::Done(came.map(Reply::Reservation))
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

    fn days(&self, at: &str, option: &Offered, days: [Date; 2], party: u8, then: Then) -> Next {
        let body = slots::body(&self.config.venue_id, option, days, party);
        let request = Request {
            timeout_ms: READ_TIMEOUT_MS,
            ..post(self.url("/availability", at), Some(&body))
        };
        ask(octo(request, None), then)
    }

    /// A month of nights, option by option from this one on.
    fn nights(&self, product: &Product, query: CalendarQuery, from: u8, known: Vec<Day>) -> Next {
        let Some((at, option)) = product.takes(query.party, from) else {
            return Next::Done(Ok(Reply::Calendar(slots::calendar(known, query))));
        };
        let days = [query.month.first_day(), query.month.next().last_day()];
        let then = Then::Calendar(query, at, known);
        self.days("/calendar", option, days, query.party, then)
    }

    /// Seatings, option by option from this one on.
    fn seatings(
        &self,
        product: &Product,
        query: EveningQuery,
        what: What,
        from: u8,
        known: Vec<Slot>,
    ) -> Next {
        let Some((at, option)) = product.takes(query.party, from) else {
            return self.seen(product, query, what, known);
        };
        let day = |days| query.date.plus_days(days).unwrap_or(query.date);
        let days = match what {
            What::Evening => [query.date, query.date],
            _ => [day(-1), day(3)],
        };
        let then = Then::Seatings(query, what, at, known);
        self.days("", option, days, query.party, then)
    }

    /// The nights around one that could not be had.
    fn instead(
        &self,
        product: &Product,
        query: EveningQuery,
        slot: Option<SlotId>,
        why: Failure,
    ) -> Next {
        self.seatings(product, query, What::Instead(slot, why), 0, Vec::new())
    }

    fn end(&self, access: Access, otherwise: Failure) -> Next {
        let body = Value::Object(serde_json::Map::new());
        let then = Then::Ended(access.clone(), otherwise);
        self.write(&access, "/cancel", &body, then)
    }

    pub(super) fn begin(&self, wanted: Wanted) -> Next {
        if let Err(why) = own::own(&self.config) {
            return failed(why);
        }
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
            Wanted::Calendar(query) => self.nights(product, query, 0, Vec::new()),
            Wanted::Evening(query) => self.seatings(product, query, What::Evening, 0, Vec::new()),
            Wanted::Hold {
                key, slot, party, ..
            } => {
                let Some((date, at, availability)) = slots::named(&slot) else {
                    return failed(no_place());
                };
                let Some(option) = product.options.get(usize::from(at)) else {
                    return failed(no_place());
                };
                let access = Access {
                    id: uuid::marked(&[&key.0], at),
                    token: String::new(),
                };
                let venue = &self.config.venue_id;
                let body = book::hold(venue, option, &access.id, availability, party);
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
            Wanted::Erasure(_) | Wanted::Place(_) | Wanted::PlaceStill(_) | Wanted::NoPlace(_) => {
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

#[cfg(test)]
#[path = "octo_tests.rs"]
mod tests;
