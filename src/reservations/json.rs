//! Reading JSON field by field: unknown ones are tolerated, missing ones are named.

use booking::Failure;
use booking::venue::Text;
use serde_json::{Map, Value};

use super::{READ_TIMEOUT_MS, WRITE_TIMEOUT_MS};
use crate::json;
use crate::platform::network::{Answer, Method, NoAnswer, Request};

/// A reading request.
pub fn get(url: String) -> Request {
    Request {
        method: Method::Get,
        url,
        headers: Vec::new(),
        body: None,
        fresh: false,
        timeout_ms: READ_TIMEOUT_MS,
    }
}

/// A reading request whose answer must be of this moment: a seating just lost must not look free.
pub fn get_fresh(url: String) -> Request {
    Request {
        fresh: true,
        ..get(url)
    }
}

/// A writing request.
pub fn post(url: String, body: Option<&Value>) -> Request {
    Request {
        method: Method::Post,
        url,
        headers: Vec::new(),
        body: body.map(json::write),
        fresh: false,
        timeout_ms: WRITE_TIMEOUT_MS,
    }
}

/// An object with these fields.
pub fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    // One by one: building the map at once would bring a sorting algorithm along.
    let mut map = Map::new();
    for (name, value) in fields {
        map.insert(name.to_owned(), value);
    }
    Value::Object(map)
}

/// Everything but a success is a failure, which the provider reads in its own words.
pub fn accepted(
    came: Result<Answer, NoAnswer>,
    problem: fn(&Answer) -> Failure,
) -> Result<Answer, Failure> {
    let answer = came.map_err(|NoAnswer| Failure::Unreachable)?;
    match answer.status {
        200..=299 => Ok(answer),
        _ => Err(problem(&answer)),
    }
}

/// An id may come from a link somebody typed: it must not lead anywhere but to what it is an id of.
pub fn safe(id: &str) -> String {
    id.chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect()
}

/// The answer's body as JSON.
pub fn parse(answer: &Answer) -> Result<Value, Failure> {
    json::read(&answer.body).ok_or_else(|| malformed("body"))
}

/// The error for a field that is missing or of another kind.
pub fn malformed(field: &str) -> Failure {
    Failure::Malformed(field.to_owned())
}

/// A text that has to be there.
pub fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str, Failure> {
    value
        .get(name)
        .and_then(Value::as_str)
        .ok_or_else(|| malformed(name))
}

/// A list; absent or null is empty.
pub fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// A whole number from 0, if it is there.
pub fn number(value: &Value, name: &str) -> Option<u64> {
    value.get(name).and_then(Value::as_u64)
}

/// A small whole number that has to be there.
pub fn small(value: &Value, name: &str) -> Result<u8, Failure> {
    number(value, name)
        .and_then(|number| u8::try_from(number).ok())
        .ok_or_else(|| malformed(name))
}

/// A text in both languages; one that comes in a single language serves for both.
pub fn both(value: &Value, name: &str) -> Option<Text> {
    let value = value.get(name)?;
    if let Some(single) = value.as_str() {
        return Some(Text {
            es: single.to_owned(),
            en: single.to_owned(),
        });
    }
    let es = value.get("es").and_then(Value::as_str);
    let en = value.get("en").and_then(Value::as_str);
    Some(Text {
        es: es.or(en)?.to_owned(),
        en: en.or(es)?.to_owned(),
    })
}
