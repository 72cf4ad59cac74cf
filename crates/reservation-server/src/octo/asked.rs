//! What may be asked of the supplier: made anew from what came, field by field, with no ids but those of the
//! settings.

use jiff::civil::Date;
use serde_json::Value;

use super::refusal::{AVAILABILITY, BAD_REQUEST, OPTION, PRODUCT, Refusal, UNIT};
use super::shape::{self, Shape, kept};
use crate::settings::OctoSettings;

/// Days that can be asked about at once: two months.
const DAYS: i32 = 62;
/// The longest text, and the longest list.
const TEXT: usize = 1_000;
const LIST: usize = 100;

type Asked = Result<Value, Refusal>;

/// A hold somebody asks for.
#[derive(Debug)]
pub(super) struct Hold {
    pub uuid: String,
    pub body: Value,
}

/// A uuid as it is usually written. Others of the same meaning would have tokens of their own.
pub(super) fn is_uuid(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let parts = text.split('-').map(str::len);
    parts.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || digit(byte))
}

/// Days or seatings.
pub(super) fn days(settings: &OctoSettings, bytes: &[u8]) -> Asked {
    let body = read(bytes, &shape::ASKED_DAYS)?;
    of_this_venue(settings, &body)?;
    let day = |name| text(&body, name)?.parse::<Date>().ok();
    let (Some(from), Some(to)) = (day("localDateStart"), day("localDateEnd")) else {
        return Err(BAD_REQUEST);
    };
    let days = (to - from).get_days();
    if !(0..DAYS).contains(&days) {
        return Err(BAD_REQUEST);
    }
    for unit in list(&body, "units")? {
        known_unit(settings, unit, "id")?;
        if unit.get("quantity").and_then(Value::as_u64).is_none() {
            return Err(BAD_REQUEST);
        }
    }
    Ok(body)
}

/// A hold.
pub(super) fn hold(settings: &OctoSettings, bytes: &[u8]) -> Result<Hold, Refusal> {
    let mut body = read(bytes, &shape::ASKED_HOLD)?;
    of_this_venue(settings, &body)?;
    if text(&body, "availabilityId").is_none_or(str::is_empty) {
        return Err(AVAILABILITY);
    }
    if places(settings, &body)? == 0 {
        return Err(BAD_REQUEST);
    }
    // Without one, a lost answer could never be asked for.
    let uuid = text(&body, "uuid").filter(|uuid| is_uuid(uuid));
    let uuid = uuid.ok_or(BAD_REQUEST)?.to_owned();
    at_most_minutes(settings, &mut body);
    Ok(Hold { uuid, body })
}

/// More time.
pub(super) fn extension(settings: &OctoSettings, bytes: &[u8]) -> Asked {
    let mut body = read(bytes, &shape::ASKED_EXTENSION)?;
    at_most_minutes(settings, &mut body);
    Ok(body)
}

/// A confirmation.
pub(super) fn confirmation(settings: &OctoSettings, bytes: &[u8]) -> Asked {
    let body = read(bytes, &shape::ASKED_CONFIRMATION)?;
    places(settings, &body)?;
    if !body.get("contact").is_some_and(Value::is_object) {
        return Err(BAD_REQUEST);
    }
    Ok(body)
}

/// A change.
pub(super) fn change(settings: &OctoSettings, bytes: &[u8]) -> Asked {
    let body = read(bytes, &shape::ASKED_CHANGE)?;
    if body.get("optionId").is_some() {
        known_option(settings, &body)?;
    }
    if body.get("unitItems").is_some() && places(settings, &body)? == 0 {
        return Err(BAD_REQUEST);
    }
    Ok(body)
}

/// A cancellation.
pub(super) fn cancellation(_: &OctoSettings, bytes: &[u8]) -> Asked {
    read(bytes, &shape::ASKED_NOTHING)
}

fn read(bytes: &[u8], shape: &Shape) -> Asked {
    let came: Value = serde_json::from_slice(bytes).map_err(|_| BAD_REQUEST)?;
    let body = kept(&came, shape);
    if body.is_object() && !is_too_long(&body) {
        Ok(body)
    } else {
        Err(BAD_REQUEST)
    }
}

fn is_too_long(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().count() > TEXT,
        Value::Array(list) => list.len() > LIST || list.iter().any(is_too_long),
        Value::Object(map) => map.values().any(is_too_long),
        _ => false,
    }
}

fn of_this_venue(settings: &OctoSettings, body: &Value) -> Result<(), Refusal> {
    if text(body, "productId") != Some(&settings.product) {
        return Err(PRODUCT);
    }
    known_option(settings, body)
}

fn known_option(settings: &OctoSettings, body: &Value) -> Result<(), Refusal> {
    match text(body, "optionId") {
        Some(option) if settings.options.contains(option) => Ok(()),
        _ => Err(OPTION),
    }
}

fn known_unit(settings: &OctoSettings, of: &Value, name: &str) -> Result<(), Refusal> {
    match text(of, name) {
        Some(unit) if settings.units.contains(unit) => Ok(()),
        _ => Err(UNIT),
    }
}

/// How many places a body names, each of a unit that is offered.
fn places(settings: &OctoSettings, body: &Value) -> Result<usize, Refusal> {
    let places = list(body, "unitItems")?;
    for place in places {
        known_unit(settings, place, "unitId")?;
        if place.get("uuid").is_some() && !text(place, "uuid").is_some_and(is_uuid) {
            return Err(BAD_REQUEST);
        }
    }
    Ok(places.len())
}

/// A table is nobody's for longer than the settings say.
fn at_most_minutes(settings: &OctoSettings, body: &mut Value) {
    let most = u64::from(settings.hold_minutes);
    let asked = body.get("expirationMinutes").and_then(Value::as_u64);
    let minutes = asked.unwrap_or(most).clamp(1, most);
    if let Value::Object(map) = body {
        map.insert("expirationMinutes".to_owned(), minutes.into());
    }
}

/// A list that need not be there.
fn list<'v>(body: &'v Value, name: &str) -> Result<&'v [Value], Refusal> {
    match body.get(name) {
        None => Ok(&[]),
        Some(Value::Array(list)) => Ok(list),
        Some(_) => Err(BAD_REQUEST),
    }
}

pub(super) fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}
