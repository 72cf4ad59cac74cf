//! A small server that keeps the contract: the order of its checks, its memory of keys, its holds. On some
//! evenings the same house is behind another API (`octo`, `calcom`), which has less of all that.
//!
//! It knows nothing of `crates/reservation-server`, so that both can be wrong only each for itself.

mod calcom;
mod list;
mod octo;
mod rules;
mod seating;
mod words;

use std::collections::HashMap;

use serde_json::Value;

pub use self::list::Entry;
pub use self::rules::BAD_PHONE;
use self::seating::DAY_MS;
pub use self::seating::{Seating, WALL_MS, wall_day};
use crate::platform::network::{Answer, Method, Request};

/// A hold counts this much longer than was said.
const GRACE_MS: i64 = 5_000;
/// How long a hold is kept.
pub const HOLD_MS: i64 = 600_000;
/// By how much it is lengthened.
const EXTENSION_MS: i64 = 300_000;
/// How often.
const EXTENSIONS: u8 = 2;
/// The parties a seating has room for.
const ROOM: u8 = 2;

/// Where a reservation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Kept while the guest types.
    OnHold,
    /// The house will answer.
    Pending,
    /// Booked.
    Confirmed,
    /// Over, or given back.
    Expired,
    /// Given up.
    Cancelled,
}

impl State {
    /// Whether the guest has a table or will hear of one.
    pub fn is_booked(self) -> bool {
        matches!(self, Self::Confirmed | Self::Pending)
    }
}

/// A reservation.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// The id of the hold it was; one API gives a booking another.
    pub held: String,
    /// Which wish asked for it.
    pub wish: u32,
    /// Where it stands, unless its time has run out.
    pub state: State,
    version: u64,
    /// Which seating.
    pub seating: Seating,
    /// For how many.
    pub party: u8,
    /// When it ends.
    pub expires_ms: i64,
    extensions: u8,
    /// When it was booked, and by which tab's request.
    pub booked: Option<(i64, Sender)>,
    /// What was ordered, as it was sent.
    details: Option<Value>,
    /// Which tab gave it back when it was booked already, where nothing but an answer kept it from doing so.
    pub given_back: Option<usize>,
}

impl Record {
    /// Whether one tab gave it back in the very moment another one booked it. Between the question what it
    /// is and the call that ends it nothing but a condition would stand, and OCTO has none: of all that is
    /// checked this is the one thing that may go wrong there, and nowhere else.
    pub fn was_lost_to_another_tab(&self) -> bool {
        let both = self.given_back.zip(self.booked);
        both.is_some_and(|(tab, (_, sender))| tab != sender.phone)
    }

    /// Where it stands now.
    pub fn state_at(&self, now_ms: i64) -> State {
        match self.state {
            State::OnHold if now_ms > self.expires_ms + GRACE_MS => State::Expired,
            state => state,
        }
    }
}

/// Which API a house is behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Speaks {
    /// The contract.
    #[default]
    Native,
    /// The standard of tours and attractions.
    Octo,
    /// A calendar of appointments.
    Calcom,
}

/// Who sent a request: what no server knows, and the checks need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender {
    /// Which tab.
    pub phone: usize,
    /// Which booking of that tab.
    pub booking: u32,
    /// Which wish.
    pub wish: u32,
}

#[derive(Debug, Clone)]
struct Memory {
    route: String,
    body: Option<String>,
    outcome: Outcome,
}

#[derive(Debug, Clone)]
enum Outcome {
    /// The version that was made.
    Made(u16, Box<Record>),
    Refused(u16, &'static str, Option<Seating>),
    /// A place on a list, by its number.
    Listed(usize),
}

/// The server.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "most are what kind of house it is"
)]
pub struct Server {
    /// Whether the house takes dishes in advance.
    pub preorder: bool,
    /// Whether it has rules.
    pub rules: bool,
    /// Whether it asks everybody who comes for a name.
    pub asks: bool,
    /// Whether it answers later.
    pub answers_later: bool,
    /// Whether it has a list for full nights.
    pub waitlist: bool,
    /// What it speaks, and whether it answers a uuid of OCTO's it knows with a failure.
    pub speaks: Speaks,
    pub breaks_on_known_uuid: bool,
    /// Whether our own server stands in front of it.
    pub fronted: bool,
    /// Every reservation there was.
    pub records: Vec<Record>,
    /// Every place on a list there was.
    pub entries: Vec<Entry>,
    others: HashMap<Seating, u8>,
    memory: HashMap<String, Memory>,
    in_flight: Vec<String>,
    /// Until when it sends everybody away.
    pub busy_until_ms: i64,
    /// Until when nobody reaches it.
    pub down_until_ms: i64,
    /// A key came with another body.
    pub key_reused: bool,
}

/// A request as it is read.
struct Asked<'a> {
    request: &'a Request,
    body: Value,
    now_ms: i64,
    sender: Sender,
}

impl Asked<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        header(self.request, name)
    }
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut headers = request.headers.iter();
    let found = headers.find(|(known, _)| *known == name)?;
    Some(found.1.as_str()).filter(|value| !value.is_empty())
}

/// The key of a request.
pub fn key_of(request: &Request) -> Option<&str> {
    header(request, "Idempotency-Key")
}

impl Server {
    /// The server of a house.
    #[expect(
        clippy::fn_params_excessive_bools,
        reason = "independent habits of a house, each thrown by the dice"
    )]
    pub fn new(preorder: bool, rules: bool, asks: bool, answers_later: bool) -> Self {
        Self {
            preorder,
            rules,
            asks,
            answers_later,
            ..Self::default()
        }
    }

    /// How a seating is called by the provider that speaks to this server.
    pub fn slot_id(&self, seating: Seating) -> String {
        match self.speaks {
            Speaks::Native => seating.id(),
            Speaks::Octo => format!("{} {}", seating.date, seating.id()),
            Speaks::Calcom => calcom::slot_id(seating),
        }
    }

    /// Begins to work on a request that will take a while; another with its key is turned away meanwhile.
    pub fn begin(&mut self, request: &Request) {
        self.in_flight.extend(key_of(request).map(str::to_owned));
    }

    /// The work is over; answers whether it was still being done.
    pub fn end(&mut self, request: &Request) -> bool {
        let key = key_of(request);
        let before = self.in_flight.len();
        self.in_flight
            .retain(|working| Some(working.as_str()) != key);
        before > self.in_flight.len()
    }

    /// Stops and starts: what was committed stays, what was under way is gone.
    pub fn restart(&mut self, until_ms: i64) {
        self.in_flight.clear();
        self.down_until_ms = until_ms;
    }

    /// Somebody else takes a place.
    pub fn other_guest(&mut self, seating: Seating, now_ms: i64) {
        if self.free(seating, now_ms) > 0 {
            *self.others.entry(seating).or_default() += 1;
        }
    }

    /// The reservation with an id.
    pub fn record(&self, id: &str) -> Option<&Record> {
        self.records.iter().find(|record| record.id == id)
    }

    fn free(&self, seating: Seating, now_ms: i64) -> u8 {
        let own = self.records.iter().filter(|record| {
            let state = record.state_at(now_ms);
            record.seating == seating && (state == State::OnHold || state.is_booked())
        });
        let taken = usize::from(self.others.get(&seating).copied().unwrap_or(0)) + own.count();
        ROOM.saturating_sub(u8::try_from(taken).unwrap_or(ROOM))
    }

    /// Answers a request.
    pub fn answer(&mut self, request: &Request, sender: Sender, now_ms: i64) -> Answer {
        if now_ms < self.busy_until_ms {
            let left = u32::try_from((self.busy_until_ms - now_ms) / 1_000).unwrap_or(0) + 1;
            return words::too_many(left);
        }
        let body = request.body.as_deref().unwrap_or("null");
        let asked = Asked {
            request,
            body: serde_json::from_str(body).unwrap_or(Value::Null),
            now_ms,
            sender,
        };
        let path = request.url.strip_prefix("/api/v1").unwrap_or_default();
        match self.speaks {
            Speaks::Native => {}
            Speaks::Octo => return self.speak_octo(&asked, path),
            Speaks::Calcom => return self.speak_calcom(&asked, path),
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        match (request.method, path.strip_prefix("/venues/interno")) {
            (Method::Get, Some("")) => words::ok(words::venue(self)),
            (Method::Get, Some("/availability/calendar")) => self.calendar(query, now_ms),
            (Method::Get, Some("/availability")) => self.evening(query, now_ms),
            (Method::Post, Some("/reservations")) => {
                self.once(&asked, path, |server| Ok(server.hold(&asked)))
            }
            (Method::Post, Some("/waitlist-entries")) if self.waitlist => {
                self.once(&asked, path, |server| Ok(server.join(&asked)))
            }
            (_, None) if path.starts_with("/waitlist-entries/") => self.place(&asked, path),
            (_, None) => self.reservation(&asked, path),
            _ => words::problem(404, "not-found", ""),
        }
    }

    /// A call about one reservation: first its token, then the memory, then the rules.
    fn reservation(&mut self, asked: &Asked, path: &str) -> Answer {
        let rest = path.strip_prefix("/reservations/").unwrap_or_default();
        let (id, what) = rest.split_once('/').unwrap_or((rest, ""));
        let bearer = format!("Bearer token-of-{id}");
        let at = self.records.iter().position(|record| record.id == id);
        let (Some(at), true) = (at, asked.header("Authorization") == Some(&bearer)) else {
            return words::problem(404, "reservation-not-found", "");
        };
        match (asked.request.method, what) {
            (Method::Get, "") => self.told_now(at, asked.now_ms),
            (Method::Post, "extend") => self.once(asked, path, |server| server.extend(asked, at)),
            (Method::Post, "confirm") => self.once(asked, path, |server| server.confirm(asked, at)),
            (Method::Post, "cancel") => self.cancel(asked, at),
            _ => words::problem(404, "not-found", ""),
        }
    }

    fn told_now(&self, at: usize, now_ms: i64) -> Answer {
        match self.records.get(at) {
            Some(record) => words::ok(words::record(
                record,
                record.state_at(now_ms),
                now_ms,
                false,
            )),
            None => words::problem(404, "reservation-not-found", ""),
        }
    }

    /// Carries a write out once for each key, and answers it as the first time.
    fn once(
        &mut self,
        asked: &Asked,
        route: &str,
        work: impl FnOnce(&mut Self) -> Result<Outcome, Answer>,
    ) -> Answer {
        let Some(key) = key_of(asked.request).filter(|key| key.len() >= 16) else {
            return words::problem(400, "idempotency-key-missing", "");
        };
        if self.in_flight.iter().any(|working| working == key) {
            return words::in_flight();
        }
        if let Some(known) = self.memory.get(key) {
            if known.route != route || known.body != asked.request.body {
                // Whom to tell is not kept over a reload: only the guest knows whether she wrote the same.
                self.key_reused |= !route.ends_with("/waitlist-entries");
                return words::problem(422, "idempotency-key-reused", "");
            }
            let outcome = known.outcome.clone();
            return self.say(&outcome, asked.now_ms);
        }
        match work(self) {
            Ok(outcome) => {
                let answer = self.say(&outcome, asked.now_ms);
                let memory = Memory {
                    route: route.to_owned(),
                    body: asked.request.body.clone(),
                    outcome,
                };
                self.memory.insert(key.to_owned(), memory);
                answer
            }
            Err(turned_away) => turned_away,
        }
    }

    fn say(&self, outcome: &Outcome, now_ms: i64) -> Answer {
        match outcome {
            Outcome::Made(status, record) => Answer {
                status: *status,
                retry_after: None,
                server_ms: None,
                body: words::record(record, record.state, now_ms, *status == 201),
            },
            Outcome::Refused(status, slug, around) => {
                let others =
                    around.map_or(String::new(), |seating| self.alternatives(seating, now_ms));
                words::problem(*status, slug, &others)
            }
            Outcome::Listed(at) => self.told_place(*at, true),
        }
    }
}
