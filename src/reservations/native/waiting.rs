//! The waiting list of a full night.

use booking::wizard::Wait;
use booking::{Access, Failure};
use serde_json::Value;

use super::super::json::{get, malformed, object, parse, post, safe, text};
use super::{Native, confirm, with_key, with_token};
use crate::platform::network::{Answer, Method, Request};

impl Native {
    pub(super) fn wait(&self, wait: &Wait) -> Request {
        let consents = object([
            ("privacy", true.into()),
            ("houseRules", Value::Array(Vec::new())),
        ]);
        let body = object([
            ("date", wait.date.to_string().into()),
            ("partySize", wait.party.into()),
            ("guest", confirm::guest(&wait.guest, wait.language)),
            ("consents", consents),
        ]);
        let request = post(self.venue_url("/waitlist-entries"), Some(&body));
        with_key(request, &wait.key)
    }

    pub(super) fn place_on_list(&self, access: &Access) -> Request {
        let url = [&self.base_url, "/waitlist-entries/", &safe(&access.id)].concat();
        with_token(get(url), access)
    }

    pub(super) fn stop_waiting(&self, access: &Access) -> Request {
        Request {
            method: Method::Delete,
            ..self.place_on_list(access)
        }
    }
}

/// A word this site does not know says nothing of it.
pub fn read_still_waits(answer: &Answer) -> Result<(), Failure> {
    match text(&parse(answer)?, "status")? {
        "WAITING" => Ok(()),
        _ => Err(malformed("status")),
    }
}

/// What opens the place that was just given.
pub fn read_place_on_list(answer: &Answer) -> Result<Access, Failure> {
    let value = parse(answer)?;
    Ok(Access {
        id: text(&value, "id")?.to_owned(),
        token: text(&value, "manageToken")?.to_owned(),
    })
}
