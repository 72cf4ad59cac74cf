//! What checks share: the venue, evenings to book, and everything that was made and must be given back.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use reservation_contract::availability::{Availability, Slot};
use reservation_contract::reservation::Reservation;
use reservation_contract::venue::{GuestField, Venue};
use reservation_contract::words::{AvailabilityStatus, Capability, FieldType};
use serde_json::{Map, Value, json};

use crate::Options;
use crate::client::{Answer, Call, Client};
use crate::report::Stop;

/// Nobody's document.
pub const DOCUMENT: &str = "CONFORMANCE-0042";

/// Days that are looked through for an evening.
const DAYS: usize = 62;

/// The walk through one server.
pub struct Walk {
    /// To the server.
    pub client: Client,
    /// What was asked for.
    pub options: Options,
    /// The venue as it describes itself.
    pub venue: Venue,
    made: Vec<Call>,
}

/// A reservation of ours, with what opens it.
#[derive(Clone, Debug)]
pub struct Ours {
    /// Id.
    pub id: String,
    /// Token.
    pub token: String,
    /// The version we know.
    pub version: u64,
    /// As it was answered.
    pub reservation: Reservation,
}

impl Ours {
    /// A call about it, with its token.
    pub fn call(&self, method: &'static str, action: &str) -> Call {
        Call::new(method, format!("/reservations/{}{action}", self.id)).token(&self.token)
    }

    /// A call that changes it: token, a fresh key, the version we know.
    pub fn change(&self, method: &'static str, action: &str) -> Call {
        self.call(method, action).key(&key()).version(self.version)
    }
}

impl Walk {
    /// Reads the venue.
    ///
    /// # Errors
    /// One sentence, if that is not possible.
    pub fn begin(options: &Options) -> Result<Self, String> {
        let client = Client::new(&options.base_url);
        let call = Call::get(format!("/venues/{}", options.venue));
        let read = |call: &Call| {
            let answer = client.send(call)?;
            answer.status(200)?.json::<Venue>()
        };
        let venue = read(&call).map_err(|stop| match stop {
            Stop::Fail(why) | Stop::NotOffered(why) | Stop::NotObservable(why) => {
                format!("cannot read the venue {}: {why}", options.venue)
            }
        })?;
        Ok(Self {
            client,
            options: options.clone(),
            venue,
            made: Vec::new(),
        })
    }

    /// Makes a call.
    ///
    /// # Errors
    /// If no answer comes.
    pub fn send(&self, call: &Call) -> Result<Answer, Stop> {
        self.client.send(call)
    }

    /// A path of the venue.
    pub fn path(&self, rest: &str) -> String {
        format!("/venues/{}{rest}", self.options.venue)
    }

    /// Goes on only where the venue has it.
    ///
    /// # Errors
    /// That it is not offered.
    pub fn needs(&self, capability: Capability) -> Result<(), Stop> {
        if self.venue.capabilities.contains(&capability) {
            return Ok(());
        }
        Err(Stop::NotOffered(format!(
            "the venue does not list the capability {}",
            capability.as_str()
        )))
    }

    /// Today at the venue, by our clock.
    ///
    /// # Errors
    /// If the venue's time zone is none.
    pub fn today(&self) -> Result<Date, Stop> {
        let zone = TimeZone::get(&self.venue.time_zone).map_err(|_| {
            Stop::Fail(format!(
                "timeZone {} is no IANA time zone",
                self.venue.time_zone
            ))
        })?;
        Ok(Timestamp::now().to_zoned_datetime(zone).date())
    }

    /// The seatings of a day.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn day(&self, date: Date, party: u32) -> Result<Availability, Stop> {
        let query = format!("/availability?date={date}&partySize={party}");
        self.send(&Call::get(self.path(&query)))?
            .status(200)?
            .json()
    }

    /// The first free seatings for a party of the smallest size that satisfy a wish, at most so many.
    ///
    /// # Errors
    /// If days cannot be read.
    pub fn seatings(
        &self,
        at_most: usize,
        wish: impl Fn(&Slot) -> bool,
    ) -> Result<Vec<(Date, Slot)>, Stop> {
        let mut found = Vec::new();
        let mut date = self.today()?;
        for _ in 0..=DAYS.min(self.venue.booking_window.max_days_ahead as usize) {
            for slot in self.day(date, self.venue.party_size.min)?.slots {
                if wish(&slot) {
                    found.push((date, slot));
                }
                if found.len() == at_most {
                    return Ok(found);
                }
            }
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        Ok(found)
    }

    /// A free seating that can still be cancelled by its guest.
    ///
    /// # Errors
    /// If there is none.
    pub fn seating(&self) -> Result<Slot, Stop> {
        let now = Timestamp::now();
        let found = self.seatings(1, |slot| is_free(slot) && is_cancellable(slot, now))?;
        found
            .into_iter()
            .next()
            .map(|(_, slot)| slot)
            .ok_or_else(|| {
                Stop::NotObservable("no seating is free that can be cancelled again".to_owned())
            })
    }

    /// The call that holds a seating.
    pub fn hold_call(&self, slot: &str, party: u32, key: &str) -> Call {
        Call::post(self.path("/reservations"))
            .key(key)
            .json(&json!({
                "slotId": slot, "partySize": party, "locale": "en",
            }))
    }

    /// Remembers what an answer to a hold has made.
    ///
    /// # Errors
    /// If the answer is no hold.
    pub fn made(&mut self, answer: &Answer) -> Result<Ours, Stop> {
        answer.status(201)?;
        let reservation: Reservation = answer.json()?;
        let token = reservation.manage_token.clone();
        let token =
            token.ok_or_else(|| answer.fail("a hold should answer with its manageToken"))?;
        let ours = Ours {
            id: reservation.id.clone(),
            token,
            version: reservation.version,
            reservation,
        };
        self.made.push(ours.call("POST", "/cancel"));
        Ok(ours)
    }

    /// Remembers a call that gives something back.
    pub fn give_back_by(&mut self, call: Call) {
        self.made.push(call);
    }

    /// Holds a seating for the smallest party.
    ///
    /// # Errors
    /// If that fails.
    pub fn held(&mut self) -> Result<Ours, Stop> {
        let slot = self.seating()?;
        self.hold(&slot.id, self.venue.party_size.min)
    }

    /// Holds this seating.
    ///
    /// # Errors
    /// If that fails.
    pub fn hold(&mut self, slot: &str, party: u32) -> Result<Ours, Stop> {
        let answer = self.send(&self.hold_call(slot, party, &key()))?;
        self.made(&answer)
    }

    /// Holds a seating and confirms it.
    ///
    /// # Errors
    /// If that fails.
    pub fn confirmed(&mut self) -> Result<Ours, Stop> {
        let held = self.held()?;
        self.confirm(held)
    }

    /// Confirms a hold.
    ///
    /// # Errors
    /// If that fails.
    pub fn confirm(&self, held: Ours) -> Result<Ours, Stop> {
        let body = self.details(held.reservation.party_size);
        let answer = self.send(&held.change("POST", "/confirm").json(&body))?;
        answer.status(200)?;
        let reservation: Reservation = answer.json()?;
        Ok(Ours {
            version: reservation.version,
            reservation,
            ..held
        })
    }

    /// A confirm's body with everything this venue asks for.
    pub fn details(&self, party: u32) -> Value {
        let fields = &self.venue.guest_fields;
        let guests: Vec<Value> = (0..party)
            .filter(|_| !fields.per_guest.is_empty())
            .map(|_| {
                let answers: Map<String, Value> = fields
                    .per_guest
                    .iter()
                    .map(|field| (field.id.clone(), answer_to(field).into()))
                    .collect();
                json!({ "fields": answers })
            })
            .collect();
        let rules: Vec<&str> = self
            .venue
            .house_rules
            .iter()
            .map(|rule| rule.id.as_str())
            .collect();
        json!({
            "guest": {
                "givenName": "Conformance",
                "familyName": "Check",
                "email": "conformance@example.com",
                "phone": "+1 555 010 0100",
                "locale": "en",
            },
            "guests": guests,
            "consents": { "privacy": true, "houseRules": rules },
        })
    }

    /// Gives back everything that was made, as well as that goes: what has ended has ended.
    pub fn give_back(&mut self) {
        for call in self.made.drain(..).rev() {
            let _gone_already_is_fine = self.client.send(&call);
        }
    }
}

impl Drop for Walk {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// Whether the smallest party can have it.
pub fn is_free(slot: &Slot) -> bool {
    matches!(
        slot.status,
        AvailabilityStatus::Available | AvailabilityStatus::Limited
    )
}

/// Whether its guest could cancel it by herself.
pub fn is_cancellable(slot: &Slot, now: Timestamp) -> bool {
    let until = slot.cancellable_until.parse::<Timestamp>();
    until.is_ok_and(|until| until.duration_since(now).as_secs() > 300)
}

/// A key nobody used before.
pub fn key() -> String {
    use std::fmt::Write as _;
    let mut bytes = [0_u8; 16];
    // Without randomness keys would repeat, and the server would say so.
    let _ = getrandom::fill(&mut bytes);
    bytes
        .iter()
        .fold(String::from("conformance-"), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn answer_to(field: &GuestField) -> String {
    match field.kind {
        FieldType::Email => "conformance@example.com".to_owned(),
        FieldType::Phone => "+1 555 010 0100".to_owned(),
        FieldType::Date => "1990-01-31".to_owned(),
        FieldType::Document => DOCUMENT.to_owned(),
        FieldType::Choice => field
            .options
            .first()
            .map_or_else(String::new, |option| option.id.clone()),
        _ => "Conformance".to_owned(),
    }
}
