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

/// The longest answer that is read, in bytes. The longest of the contract's own are a hundredth of that; one
/// that would not end must not take the page along.
const LONGEST: usize = 1_000_000;

/// Everything but a success is a failure, which the provider reads in its own words.
pub fn accepted(
    came: Result<Answer, NoAnswer>,
    problem: fn(&Answer) -> Failure,
) -> Result<Answer, Failure> {
    let answer = came.map_err(|NoAnswer| Failure::Unreachable)?;
    if answer.body.len() > LONGEST {
        return Err(malformed("body is too long"));
    }
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

/// A text as people read it: without what is no letter and no space, and without the marks that would
/// turn the words around it to the other side. What is written from right to left stays as it is.
pub fn shown(text: &str) -> String {
    let is_shown = |letter: &char| {
        !matches!(
            letter,
            '\0'..='\u{8}'
                | '\u{b}'..='\u{1f}'
                | '\u{7f}'..='\u{9f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
        )
    };
    text.chars().filter(is_shown).collect()
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
            es: shown(single),
            en: shown(single),
        });
    }
    let es = value.get("es").and_then(Value::as_str);
    let en = value.get("en").and_then(Value::as_str);
    Some(Text {
        es: shown(es.or(en)?),
        en: shown(en.or(es)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_turns_nothing_around_it_and_keeps_its_letters() {
        for (told, read) in [
            ("INTERNO", "INTERNO"),
            ("a\u{202e}b\u{2066}c\u{2069}\u{202c}", "abc"),
            ("a\0b\u{7}c\u{1b}[31m\u{7f}\u{9b}", "abc[31m"),
            ("one\ttwo\nthree\r\n", "one\ttwo\nthree\n"),
            ("<b>&amp;</b>", "<b>&amp;</b>"),
            // Words that are written from right to left, and marks that belong to writing.
            (
                "\u{5d0}\u{5d1} \u{627}\u{200f}!",
                "\u{5d0}\u{5d1} \u{627}\u{200f}!",
            ),
            (
                "\u{1f469}\u{200d}\u{1f373} \u{e9}e\u{301}",
                "\u{1f469}\u{200d}\u{1f373} \u{e9}e\u{301}",
            ),
        ] {
            assert_eq!(shown(told), read, "{told:?}");
        }
    }

    #[test]
    fn an_answer_without_an_end_is_not_read() {
        let answer = |length: usize| {
            let answer = Answer {
                status: 200,
                retry_after: None,
                server_ms: None,
                body: "a".repeat(length),
            };
            accepted(Ok(answer), |_| Failure::Down).map(drop)
        };
        assert_eq!(answer(LONGEST), Ok(()));
        assert_eq!(answer(LONGEST + 1), Err(malformed("body is too long")));
        assert_eq!(answer(10 << 20), Err(malformed("body is too long")));
    }
}
