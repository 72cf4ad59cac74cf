//! The lists of full nights.

use booking::Date;
use serde_json::Value;

use super::{Asked, Outcome, ROOM, Seating, Sender, Server, words};
use crate::platform::network::{Answer, Method};

/// A place on a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Which tab asked for it.
    pub sender: Sender,
    /// Which night.
    pub date: Date,
    /// For how many.
    pub party: u8,
    /// When it was given up, if it was.
    pub left_ms: Option<i64>,
}

impl Server {
    /// Others have taken all there is of the first two nights that can be booked.
    pub fn fill(&mut self, today: Date, now_ms: i64) {
        for date in (1..3).filter_map(|days| today.plus_days(days)) {
            for hour in [19, 21] {
                let seating = Seating { date, hour };
                (0..ROOM).for_each(|_| self.other_guest(seating, now_ms));
            }
        }
    }

    /// Whoever asks is put on the list: full or not, it is the site that offers it.
    pub(super) fn join(&mut self, asked: &Asked) -> Outcome {
        let at = |pointer: &str| asked.body.pointer(pointer);
        let date = at("/date").and_then(Value::as_str).and_then(Date::parse);
        let party = at("/partySize").and_then(Value::as_u64);
        let party = party.and_then(|party| u8::try_from(party).ok());
        let (Some(date), Some(party)) = (date, party) else {
            return Outcome::Refused(422, "/date", None);
        };
        if at("/consents/privacy") != Some(&Value::Bool(true)) {
            return Outcome::Refused(422, "/consents/privacy", None);
        }
        if at("/guest/phone").and_then(Value::as_str) == Some(super::BAD_PHONE) {
            return Outcome::Refused(422, "/guest/phone", None);
        }
        self.entries.push(Entry {
            id: format!("w{}", self.entries.len()),
            sender: asked.sender,
            date,
            party,
            left_ms: None,
        });
        Outcome::Listed(self.entries.len() - 1)
    }

    /// A call about a place on a list.
    pub(super) fn place(&mut self, asked: &Asked, path: &str) -> Answer {
        let id = path.strip_prefix("/waitlist-entries/").unwrap_or_default();
        let at = self.entries.iter().position(|entry| entry.id == id);
        let bearer = format!("Bearer token-of-{id}");
        let (Some(at), true) = (at, asked.header("Authorization") == Some(&bearer)) else {
            return words::problem(404, "reservation-not-found", "");
        };
        if asked.request.method == Method::Get {
            return self.told_place(at, false);
        }
        if let Some(entry) = self.entries.get_mut(at) {
            entry.left_ms = entry.left_ms.or(Some(asked.now_ms));
        }
        Answer {
            status: 204,
            ..words::ok(String::new())
        }
    }

    /// Of one that was given up nothing is left to tell.
    pub(super) fn told_place(&self, at: usize, new: bool) -> Answer {
        match self.entries.get(at).filter(|entry| entry.left_ms.is_none()) {
            Some(entry) => words::place(entry, new),
            None => words::problem(404, "reservation-not-found", ""),
        }
    }
}
