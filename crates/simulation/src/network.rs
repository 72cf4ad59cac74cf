//! What becomes of a request on its way, and of its answer.

use crate::dice::Dice;
use crate::platform::network::{Answer, NoAnswer};

/// What came, or that nothing did.
pub type Came = Result<Answer, NoAnswer>;

/// What goes wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// It never arrives.
    RequestLost,
    /// It is carried out, and nobody hears of it.
    AnswerLost,
    /// It arrives when nobody waits for it any more.
    Late,
    /// It arrives twice.
    Twice,
    /// The server takes its time; meanwhile the same key is turned away.
    Slow,
    /// 500, 503 or a page of a proxy, before anything was done.
    Refused(u8),
    /// The same, when it was done.
    Broken(u8),
}

impl Fault {
    /// All that can go wrong, each as often as the others.
    const ALL: [Self; 17] = [
        Self::RequestLost,
        Self::AnswerLost,
        Self::AnswerLost,
        Self::Late,
        Self::Twice,
        Self::Slow,
        Self::Refused(0),
        Self::Refused(1),
        Self::Refused(2),
        Self::Refused(3),
        Self::Broken(0),
        Self::Broken(1),
        Self::Broken(2),
        Self::Broken(4),
        Self::Broken(5),
        Self::Broken(6),
        Self::Broken(7),
    ];

    /// What goes wrong once in `odds` times.
    pub fn of(dice: &mut Dice, odds: u32) -> Self {
        if dice.one_in(odds) {
            dice.pick(&Self::ALL).unwrap_or(Self::None)
        } else {
            Self::None
        }
    }
}

/// An answer that was spoilt on its way.
pub fn spoilt(mut answer: Answer, how: u8) -> Answer {
    match how {
        0 => page(500, "{\"title\":\"Internal Server Error\"}"),
        1 => page(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
        2 => page(
            503,
            "{\"type\":\"https://x/problems/temporarily-unavailable\"}",
        ),
        3 => Answer {
            retry_after: Some(7),
            ..page(429, "{\"type\":\"https://x/problems/quota-exceeded\"}")
        },
        4 => page(200, ""),
        5 => page(200, "<html>Sign in to the airport's Wi-Fi</html>"),
        6 => {
            let half = answer.body.len() / 2;
            answer.body.truncate(half);
            answer
        }
        _ => {
            answer.body = answer
                .body
                .replace("\"status\":\"", "\"status\":7,\"x\":\"")
                .replace("\"version\":", "\"version\":\"\",\"y\":")
                .replace("\"slots\":[", "\"slots\":{},\"z\":[")
                .replace("\"partySize\":{", "\"partySize\":[],\"w\":{");
            answer
        }
    }
}

fn page(status: u16, body: &str) -> Answer {
    Answer {
        status,
        retry_after: None,
        server_ms: None,
        body: body.to_owned(),
    }
}
