//! What a tab keeps of a booking, as text in its session storage. Nothing personal goes in here.

use booking::{Access, Date, Dishes, Key, Language, PlannedDish, Saved, SavedHold};
use serde_json::{Map, Value};

use crate::json;
use crate::platform::storage;

const NAME: &str = "interno.booking";

/// What this tab kept; nothing on the first visit, and nothing when it cannot be read.
pub fn read() -> Saved {
    storage::read_tab(NAME)
        .and_then(|text| from_text(&text))
        .unwrap_or_default()
}

/// Keeps it.
pub fn write(saved: &Saved) {
    storage::write_tab(NAME, &to_text(saved));
}

/// What is kept, as text.
pub fn to_text(saved: &Saved) -> String {
    let mut map = Map::new();
    let mut put = |name: &str, value: Value| {
        map.insert(name.to_owned(), value);
    };
    if let Some(party) = saved.party {
        put("party", party.into());
    }
    if let Some(date) = saved.date {
        put("date", date.to_string().into());
    }
    if saved.dishes != Dishes::default() {
        put("dishes", write_dishes(&saved.dishes));
    }
    match &saved.hold {
        None => {}
        Some(SavedHold::Asked {
            key,
            slot,
            language,
        }) => {
            put("askKey", key.0.as_str().into());
            put("slot", slot.as_str().into());
            put("language", language.code().into());
        }
        Some(SavedHold::Made {
            access,
            confirm_key,
            extensions_left,
        }) => {
            put("id", access.id.as_str().into());
            put("token", access.token.as_str().into());
            put("extensions", (*extensions_left).into());
            if let Some(key) = confirm_key {
                put("confirmKey", key.0.as_str().into());
            }
        }
    }
    json::write(&Value::Object(map))
}

fn write_dishes(dishes: &Dishes) -> Value {
    let dish = |dish: &PlannedDish| {
        let mut map = Map::new();
        map.insert("id".to_owned(), dish.id.as_str().into());
        map.insert("name".to_owned(), dish.name.as_str().into());
        Value::Object(map)
    };
    let places = dishes
        .places
        .iter()
        .map(|place| Value::Array(place.iter().map(dish).collect()));
    let mut map = Map::new();
    map.insert("set".to_owned(), dishes.set.as_str().into());
    map.insert("places".to_owned(), Value::Array(places.collect()));
    Value::Object(map)
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// What cannot be read is left out; each guest keeps the place.
fn read_dishes(value: &Value) -> Dishes {
    let word = |value: &Value, name| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let dish = |value: &Value| {
        Some(PlannedDish {
            id: word(value, "id")?,
            name: word(value, "name")?,
        })
    };
    let places = list(value.get("places"));
    Dishes {
        set: word(value, "set").unwrap_or_default(),
        places: places
            .iter()
            .map(|place| list(Some(place)).iter().filter_map(dish).collect())
            .collect(),
    }
}

/// What a text keeps; nothing where it cannot be read.
pub fn from_text(text: &str) -> Option<Saved> {
    let value = json::read(text)?;
    let word = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let small = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_u64)
            .and_then(|number| u8::try_from(number).ok())
    };
    let hold = match (word("id"), word("token"), word("askKey"), word("slot")) {
        (Some(id), Some(token), _, _) => Some(SavedHold::Made {
            access: Access { id, token },
            confirm_key: word("confirmKey").map(Key),
            extensions_left: small("extensions").unwrap_or(0),
        }),
        (_, _, Some(key), Some(slot)) => Some(SavedHold::Asked {
            key: Key(key),
            slot,
            language: word("language")
                .as_deref()
                .map_or_else(Language::default, Language::from_code),
        }),
        _ => None,
    };
    Some(Saved {
        party: small("party"),
        date: word("date").and_then(|date| Date::parse(&date)),
        dishes: value.get("dishes").map(read_dishes).unwrap_or_default(),
        hold,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn saved() -> impl Strategy<Value = Saved> {
        let text = ".{0,40}";
        let hold = prop_oneof![
            (text, text, any::<bool>()).prop_map(|(key, slot, english)| SavedHold::Asked {
                key: Key(key),
                slot,
                language: if english { Language::En } else { Language::Es },
            }),
            (text, text, proptest::option::of(text), any::<u8>()).prop_map(
                |(id, token, key, extensions_left)| SavedHold::Made {
                    access: Access { id, token },
                    confirm_key: key.map(Key),
                    extensions_left
                }
            ),
        ];
        (
            proptest::option::of(any::<u8>()),
            proptest::option::of(-700_000..2_900_000),
            dishes(),
            proptest::option::of(hold),
        )
            .prop_map(|(party, days, dishes, hold)| Saved {
                party,
                date: days.and_then(Date::from_days_since_epoch),
                dishes,
                hold,
            })
    }

    fn dishes() -> impl Strategy<Value = Dishes> {
        let dish = (".{0,20}", ".{0,40}").prop_map(|(id, name)| PlannedDish { id, name });
        let place = proptest::collection::vec(dish, 0..4);
        let places = proptest::collection::vec(place, 0..4);
        (".{0,20}", places).prop_map(|(set, places)| Dishes { set, places })
    }

    #[test]
    fn dishes_that_cannot_be_read_are_left_out_and_the_others_stay_with_their_guests() {
        let text = r#"{"party":2,"dishes":{"set":7,"places":[
            "odd",
            [{"id":"mote","name":"Mote de queso"},{"id":"nameless"},null],
            {"id":"mote"}
        ]}}"#;
        let saved = from_text(text).unwrap();
        let mote = PlannedDish {
            id: "mote".into(),
            name: "Mote de queso".into(),
        };
        assert_eq!(saved.party, Some(2));
        assert_eq!(saved.dishes.places, [vec![], vec![mote], vec![]]);
        for odd in ["7", "null", "[]", "\"x\"", "{\"places\":{}}"] {
            let text = format!("{{\"party\":2,\"dishes\":{odd}}}");
            let saved = from_text(&text).unwrap();
            assert_eq!((saved.party, saved.dishes), (Some(2), Dishes::default()));
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(saved in saved()) {
            prop_assert_eq!(from_text(&to_text(&saved)), Some(saved));
        }

        #[test]
        fn what_someone_else_wrote_does_no_harm(text in ".{0,200}") {
            let _ = from_text(&text);
        }
    }
}
