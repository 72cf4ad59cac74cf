//! Answers that were spoilt on their way, for the tests of every provider.

use proptest::prelude::*;
use serde_json::{Value, json};

/// Twenty thousand in a test run; a long one names more.
pub fn cases() -> u32 {
    let told = std::env::var("INTERNO_HOSTILE_CASES").ok();
    told.and_then(|cases| cases.parse().ok()).unwrap_or(20_000)
}

/// How one body is spoilt.
#[derive(Debug, Clone)]
pub enum Spoiling {
    /// Some of its bytes are others.
    Bytes(Vec<(prop::sample::Index, u8)>),
    /// Whole JSON with one value set to something else, which reaches further than broken text.
    Value(prop::sample::Index, Value),
}

/// Every way there is.
pub fn spoiling() -> impl Strategy<Value = Spoiling> {
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6);
    prop_oneof![
        changes.prop_map(Spoiling::Bytes),
        (any::<prop::sample::Index>(), odd()).prop_map(|(at, odd)| Spoiling::Value(at, odd)),
    ]
}

impl Spoiling {
    /// The body, spoilt.
    pub fn of(self, body: &str) -> String {
        match self {
            Self::Bytes(changes) => {
                let mut bytes = body.as_bytes().to_vec();
                for (at, byte) in changes {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
                String::from_utf8_lossy(&bytes).into_owned()
            }
            Self::Value(at, odd) => {
                let mut value: Value = serde_json::from_str(body).unwrap();
                let mut places = Vec::new();
                leaves(&value, &mut String::new(), &mut places);
                *value.pointer_mut(&places[at.index(places.len())]).unwrap() = odd;
                value.to_string()
            }
        }
    }
}

fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+Z-]{0,14}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([{"id": 7}, null])),
    ]
}

/// A pointer to everything there is.
fn leaves(value: &Value, at: &mut String, places: &mut Vec<String>) {
    places.push(at.clone());
    let length = at.len();
    let mut go = |name: &str, value: &Value| {
        at.push('/');
        at.push_str(name);
        leaves(value, at, places);
        at.truncate(length);
    };
    match value {
        Value::Array(list) => {
            for (number, value) in list.iter().enumerate() {
                go(&number.to_string(), value);
            }
        }
        Value::Object(map) => {
            for (name, value) in map {
                go(name, value);
            }
        }
        _ => {}
    }
}
