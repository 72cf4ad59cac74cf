//! Who the supplier is. Nobody needs it to book, so it is asked for on the operator's page alone.

use booking::Failure;

use super::super::Coming;
use super::super::json::{get, parse, shown, text};
use super::{Octo, accepted, octo};
use crate::platform::network::{self, Answer, NoAnswer, Request};

/// Asks, and reads what comes of it.
pub fn who(api: &Octo) -> Coming<String> {
    let question = question(api);
    Box::pin(async move { read(network::send(question).await) })
}

/// The question.
pub fn question(api: &Octo) -> Request {
    octo(get(api.url("/supplier", "")), None)
}

/// Its name, and how it is reached as far as it says so.
pub fn read(came: Result<Answer, NoAnswer>) -> Result<String, Failure> {
    let value = parse(&accepted(came)?)?;
    let mut said = shown(text(&value, "name")?);
    let contact = value.get("contact").unwrap_or(&value);
    for name in ["website", "email", "telephone"] {
        if let Ok(way) = text(contact, name) {
            said.push_str(" · ");
            said.push_str(&shown(way));
        }
    }
    Ok(said)
}
