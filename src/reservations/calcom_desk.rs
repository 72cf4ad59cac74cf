//! A desk with a provider on it, and the calendar it asks.

use super::*;
use crate::platform::network::{Answer, NoAnswer};

/// What becomes of a request: whether it arrives, and whether its answer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Well,
    RequestLost,
    AnswerLost,
    Answered(u16),
}

/// A provider and the calendar it asks.
pub struct Desk {
    pub api: Provider,
    pub double: Double,
    pub now: Timestamp,
    /// What becomes of the next requests; well where nothing is said.
    pub fates: Vec<Fate>,
    /// Method and path of what was sent, and the last body.
    pub sent: Vec<String>,
    pub body: Value,
}

pub fn config(fields: &str) -> String {
    format!(
        r#"{{"reservations":{{"provider":"calcom","eventTypeId":{EVENT},"partyField":"{PARTY_FIELD}"{fields}}}}}"#
    )
}

impl Desk {
    pub fn new(habits: Habits) -> Self {
        let config = Config::read(&config("")).unwrap();
        Self {
            api: config.provider(true).unwrap(),
            double: Double::new(habits),
            now: Timestamp::from_second(MORNING).unwrap(),
            fates: Vec::new(),
            sent: Vec::new(),
            body: Value::Null,
        }
    }

    pub fn usual() -> Self {
        Self::new(Habits::default())
    }

    pub fn answer(&mut self, request: &Request) -> Result<Answer, NoAnswer> {
        let method = match request.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        };
        let path = request.url.strip_prefix(HOME).unwrap();
        self.sent.push([method, " ", path].concat());
        let body = request.body.as_deref().unwrap_or("null");
        self.body = serde_json::from_str(body).unwrap();
        let fate = if self.fates.is_empty() {
            Fate::Well
        } else {
            self.fates.remove(0)
        };
        if let Fate::Answered(status) = fate {
            return Ok(answer(status, "<html>"));
        }
        if fate == Fate::RequestLost {
            return Err(NoAnswer);
        }
        // Another header would not pass the browser's question beforehand.
        let [("cal-api-version", version)] = &request.headers[..] else {
            panic!("{:?}", request.headers);
        };
        let asked = Asked {
            method,
            path,
            version: Some(version),
            body: request.body.as_deref().unwrap_or(""),
        };
        let (status, body) = self.double.answer(asked, self.now);
        assert_eq!(self.double.faults, [""; 0], "against the documentation");
        if fate == Fate::AnswerLost {
            return Err(NoAnswer);
        }
        Ok(answer(status, &body.to_string()))
    }

    pub fn ask(&mut self, wanted: Wanted) -> Result<Reply, Failure> {
        self.sent.clear();
        let mut next = self.api.begin(wanted);
        // A wish that asks for ever is a defect of its own.
        for _ in 0..20 {
            match next {
                Next::Done(reply) => return reply,
                Next::Ask(call) => {
                    let came = self.answer(&call.request);
                    next = self.api.go_on(*call, came);
                }
            }
        }
        panic!("it asks for ever: {:?}", self.sent);
    }

    pub fn evening(&mut self, date: Date) -> Evening {
        let wanted = Wanted::Evening(EveningQuery { date, party: 2 });
        self.ask(wanted).unwrap().evening().unwrap()
    }

    pub fn hold(&mut self, slot: &SlotId, party: u8) -> Result<Reservation, Failure> {
        let wanted = Wanted::Hold {
            key: Key("a-key".into()),
            slot: slot.clone(),
            party,
            language: Language::Es,
        };
        self.ask(wanted)?.reservation()
    }

    /// The first seating of the night, held for two.
    pub fn held(&mut self) -> Reservation {
        let slot = self.evening(night()).slots[0].id.clone();
        self.hold(&slot, 2).unwrap()
    }

    pub fn confirm_as(&mut self, held: &Reservation, phone: &str) -> Result<Reservation, Failure> {
        let wanted = Wanted::Confirmation(Box::new(Confirmation {
            access: held.access.clone(),
            version: held.version,
            key: Key("confirming-by-this-key".into()),
            guest: Guest {
                given_name: " Lucía ".into(),
                family_name: "Pérez".into(),
                email: "lucia@example.com".into(),
                phone: phone.into(),
            },
            answers: Answers::default(),
            note: Note(" We bring a cake. ".into()),
            plan: Plan::default(),
            consents: Consents::default(),
            language: Language::En,
        }));
        self.ask(wanted)?.reservation()
    }

    pub fn confirm(&mut self, held: &Reservation) -> Result<Reservation, Failure> {
        self.confirm_as(held, "+57 300 555 0100")
    }

    pub fn booked(&mut self) -> Reservation {
        let held = self.held();
        self.confirm(&held).unwrap()
    }

    pub fn read(&mut self, access: &Access) -> Result<Reservation, Failure> {
        self.ask(Wanted::Reservation(access.clone()))?.reservation()
    }

    pub fn move_to(&mut self, from: &Reservation, to: &SlotId) -> Result<Reservation, Failure> {
        let wish = Wish {
            access: from.access.clone(),
            version: from.version,
            key: Key("change".into()),
            slot: Some(to.clone()),
            party: None,
            guests: None,
            plan: None,
            note: None,
        };
        self.ask(Wanted::Change(Box::new(wish)))?.reservation()
    }

    pub fn cancel(&mut self, access: &Access) -> Result<Reservation, Failure> {
        self.ask(Wanted::Cancellation(access.clone()))?
            .reservation()
    }

    pub fn later(&mut self, minutes: i64) {
        self.now = Timestamp::from_second(self.now.as_second() + minutes * 60).unwrap();
    }

    /// All but so many tables of the night's early seating are somebody else's.
    pub fn leave(&mut self, tables: usize) {
        let early = calcom_double::seatings("2026-11-27".parse().unwrap())[0];
        self.double.taken.insert(early, ROOM - tables);
    }
}

pub fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status,
        retry_after: None,
        // No page may read what time it is there.
        server_ms: None,
        body: body.to_owned(),
    }
}
