//! A desk with a provider on it, and the supplier it asks.

use super::*;
use crate::platform::network::Method;

/// What becomes of a request: whether it arrives, and whether its answer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Well,
    RequestLost,
    AnswerLost,
    Answered(u16),
}

/// A provider and the supplier it asks.
pub struct Desk {
    pub api: Provider,
    pub double: Double,
    pub now: Timestamp,
    /// What becomes of the next requests; well where nothing is said.
    pub fates: Vec<Fate>,
    /// Method and path of what was sent.
    pub sent: Vec<String>,
}

pub fn config(fields: &str) -> String {
    format!(
        r#"{{"reservations":{{"provider":"octo","baseUrl":"https://octo.example/v1","venueId":"{PRODUCT}"{fields}}}}}"#
    )
}

impl Desk {
    pub fn new(habits: Habits, config: &str) -> Self {
        Self {
            api: Config::read(config).unwrap().provider(true).unwrap(),
            double: Double::new(habits),
            now: Timestamp::from_second(MORNING).unwrap(),
            fates: Vec::new(),
            sent: Vec::new(),
        }
    }

    pub fn usual() -> Self {
        Self::new(Habits::default(), &config(""))
    }

    pub fn answer(&mut self, request: &Request) -> Result<Answer, NoAnswer> {
        let method = match request.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        };
        let path = request.url.strip_prefix("https://octo.example/v1").unwrap();
        self.sent.push([method, " ", path].concat());
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
        let capabilities = request.headers.iter();
        let asked = Asked {
            method,
            path,
            capabilities: capabilities
                .filter(|(name, _)| *name == "Octo-Capabilities")
                .map(|(_, value)| value.as_str())
                .next(),
            body: request.body.as_deref().unwrap_or(""),
        };
        let (status, body) = self.double.answer(asked, self.now);
        assert_eq!(self.double.faults, [""; 0], "against the standard");
        if fate == Fate::AnswerLost {
            return Err(NoAnswer);
        }
        let answer = answer(status, &body.to_string());
        let server_ms = Some(self.now.as_millisecond());
        Ok(Answer {
            server_ms,
            ..answer
        })
    }

    pub fn ask(&mut self, wanted: Wanted) -> Result<Reply, Failure> {
        let mut next = self.api.begin(wanted);
        // A wish that asks for ever is a defect of its own.
        for _ in 0..8 {
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

    pub fn venue(&mut self) -> Venue {
        self.ask(Wanted::Venue).unwrap().venue().unwrap()
    }

    pub fn evening(&mut self, date: Date, party: u8) -> Evening {
        let wanted = Wanted::Evening(EveningQuery { date, party });
        self.ask(wanted).unwrap().evening().unwrap()
    }

    pub fn hold(&mut self, key: &str, slot: &SlotId, party: u8) -> Result<Reservation, Failure> {
        let wanted = Wanted::Hold {
            key: Key(key.into()),
            slot: slot.clone(),
            party,
            language: Language::Es,
        };
        self.ask(wanted)?.reservation()
    }

    /// The first seating of an evening, held for so many.
    pub fn held(&mut self, party: u8) -> Reservation {
        let slot = self.evening(night(), party).slots[0].id.clone();
        self.hold("key-of-the-usual-guest", &slot, party).unwrap()
    }

    pub fn confirm(
        &mut self,
        held: &Reservation,
        answers: Answers,
    ) -> Result<Reservation, Failure> {
        let wanted = Wanted::Confirmation(Box::new(Confirmation {
            access: held.access.clone(),
            version: held.version,
            key: Key("confirming-by-this-key".into()),
            guest: Guest {
                given_name: " Lucía ".into(),
                family_name: "Pérez".into(),
                email: "lucia@example.com".into(),
                phone: "+57 300 555 0100".into(),
            },
            answers,
            note: Note(" We bring a cake. ".into()),
            plan: Plan::default(),
            consents: Consents::default(),
            language: Language::En,
        }));
        self.ask(wanted)?.reservation()
    }

    pub fn read(&mut self, access: &Access) -> Result<Reservation, Failure> {
        self.ask(Wanted::Reservation(access.clone()))?.reservation()
    }

    pub fn later(&mut self, minutes: i64) {
        self.now = Timestamp::from_second(self.now.as_second() + minutes * 60).unwrap();
    }
}

pub fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status,
        retry_after: Some(7),
        server_ms: None,
        body: body.to_owned(),
    }
}
