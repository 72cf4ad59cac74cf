//! The standard's schemas, and whether a value keeps to one: as much of JSON Schema as they use.

use serde_json::{Map, Value};

#[derive(Debug)]
pub struct Schemas(Map<String, Value>);

impl Schemas {
    pub fn of_the_standard() -> Self {
        let text = include_str!("../../../tests/fixtures/octo/schemas.json");
        let read: Option<Value> = serde_json::from_str(text).ok();
        let schemas = read.and_then(|mut read| match read.get_mut("schemas").map(Value::take) {
            Some(Value::Object(map)) => Some(map),
            _ => None,
        });
        Self(schemas.unwrap_or_default())
    }

    /// What is wrong with a value of this name; a list of them where it says so.
    pub fn wrong(&self, name: &str, value: &Value) -> Option<String> {
        let Some(schema) = self.0.get(name) else {
            return Some(format!("no schema {name}"));
        };
        self.against(schema, value, name)
    }

    fn against(&self, schema: &Value, value: &Value, at: &str) -> Option<String> {
        let part = |name: &str| schema.get(name);
        if value.is_null() && part("nullable") == Some(&Value::Bool(true)) {
            return None;
        }
        if let Some(name) = part("$ref").and_then(Value::as_str) {
            let name = name.rsplit('/').next().unwrap_or_default();
            let found = self.0.get(name)?;
            return self.against(found, value, at);
        }
        let all = part("allOf").and_then(Value::as_array);
        let mut all = all.into_iter().flatten();
        if let Some(wrong) = all.find_map(|schema| self.against(schema, value, at)) {
            return Some(wrong);
        }
        if let Some(words) = part("enum").and_then(Value::as_array)
            && !words.contains(value)
        {
            return Some(format!("{at}: {value} is none of {words:?}"));
        }
        let kind = part("type").and_then(Value::as_str).unwrap_or_default();
        let right = match kind {
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => true,
        };
        if !right {
            return Some(format!("{at}: {value} is no {kind}"));
        }
        self.inside(schema, value, at)
            .or_else(|| badly_formed(part("format"), value, at))
    }

    fn inside(&self, schema: &Value, value: &Value, at: &str) -> Option<String> {
        if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
            let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
            if (list.len() as u64) < least {
                return Some(format!("{at}: fewer than {least}"));
            }
            return list
                .iter()
                .find_map(|one| self.against(items, one, &format!("{at}[]")));
        }
        let map = value.as_object()?;
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !map.contains_key(name) {
                return Some(format!("{at}: {name} is missing"));
            }
        }
        let properties = schema.get("properties")?.as_object()?;
        properties.iter().find_map(|(name, schema)| {
            self.against(schema, map.get(name)?, &format!("{at}.{name}"))
        })
    }
}

fn badly_formed(format: Option<&Value>, value: &Value, at: &str) -> Option<String> {
    let (format, text) = (format?.as_str()?, value.as_str()?);
    let right = match format {
        "uuid" => {
            let parts: Vec<_> = text.split('-').map(str::len).collect();
            parts == [8, 4, 4, 4, 12] && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
        }
        "date-time" => text.parse::<jiff::Timestamp>().is_ok(),
        "email" => text.contains('@'),
        _ => true,
    };
    (!right).then(|| format!("{at}: {text} is no {format}"))
}

#[cfg(test)]
mod tests {
    use super::Schemas;
    use serde_json::json;

    #[test]
    fn what_breaks_the_standard_is_told() {
        let schemas = Schemas::of_the_standard();
        let wrong = |name, value| schemas.wrong(name, &value).unwrap_or_default();
        let right = json!({"productId": "p", "optionId": "o", "unitItems": [{"unitId": "u"}]});
        assert_eq!(wrong("BookingReservationBody", right), "");
        for (value, told) in [
            (
                json!({"optionId": "o", "unitItems": []}),
                "productId is missing",
            ),
            (
                json!({"productId": "p", "optionId": "o", "unitItems": [{}]}),
                "unitId is missing",
            ),
            (
                json!({"productId": 7, "optionId": "o", "unitItems": []}),
                "7 is no string",
            ),
            (
                json!({"productId": "p", "optionId": "o", "unitItems": [], "uuid": "me"}),
                "me is no uuid",
            ),
        ] {
            let said = wrong("BookingReservationBody", value);
            assert!(said.contains(told), "{said}");
        }
        assert!(wrong("BookingStatus", json!("NO_SHOW")).contains("is none of"));
        assert!(wrong("Nothing", json!(1)).contains("no schema"));
        assert_eq!(
            wrong("ErrorInvalidBookingUUID", json!({})),
            "ErrorInvalidBookingUUID: error is missing"
        );
    }
}
