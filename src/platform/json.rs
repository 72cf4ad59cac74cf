//! JSON by the browser's own reader and writer.

use js_sys::{Array, JSON, Object, Reflect};
use serde_json::{Map, Number, Value};
use wasm_bindgen::JsValue;

/// As deep as `serde_json` goes into lists and objects: an answer that is deeper is none.
const DEPTH: u8 = 127;

/// The largest number up to which every whole number is one of JavaScript's.
const WHOLE: f64 = 9_007_199_254_740_991.0;

/// The value of a text, if it is JSON.
pub fn read(text: &str) -> Option<Value> {
    taken(&JSON::parse(text).ok()?, DEPTH)
}

/// The text of a value.
pub fn write(value: &Value) -> Option<String> {
    JSON::stringify(&given(value)).ok()?.as_string()
}

fn taken(value: &JsValue, depth: u8) -> Option<Value> {
    if value.is_null() {
        return Some(Value::Null);
    }
    if let Some(word) = value.as_bool() {
        return Some(Value::Bool(word));
    }
    if let Some(text) = value.as_string() {
        return Some(Value::String(text));
    }
    if let Some(number) = value.as_f64() {
        return Some(number_of(number));
    }
    let depth = depth.checked_sub(1)?;
    if Array::is_array(value) {
        let list = Array::from(value);
        let list = list.iter().map(|one| taken(&one, depth));
        return list.collect::<Option<Vec<Value>>>().map(Value::Array);
    }
    let mut map = Map::new();
    for entry in Object::entries(&Object::from(value.clone())).iter() {
        let entry = Array::from(&entry);
        map.insert(entry.get(0).as_string()?, taken(&entry.get(1), depth)?);
    }
    Some(Value::Object(map))
}

fn number_of(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() <= WHOLE {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole, and small enough to be one of both kinds"
        )]
        let whole = number as i64;
        return whole.into();
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

fn given(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(word) => (*word).into(),
        Value::Number(number) => number.as_f64().map_or(JsValue::NULL, JsValue::from),
        Value::String(text) => text.as_str().into(),
        Value::Array(list) => list.iter().map(given).collect::<Array>().into(),
        Value::Object(map) => {
            let object = Object::new();
            for (name, value) in map {
                let _ = Reflect::set(&object, &name.as_str().into(), &given(value));
            }
            object.into()
        }
    }
}
