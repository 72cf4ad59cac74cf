//! What a tab keeps of a booking, as text in its session storage. Nothing personal goes in here.

use booking::{
    Access, Date, Dishes, Key, Language, Left, PlannedDish, Saved, SavedHold, SavedWait, WaitKept,
};
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
    if let Some(party) = saved.party {
        put(&mut map, "party", party.into());
    }
    if let Some(date) = saved.date {
        put(&mut map, "date", date.to_string().into());
    }
    if saved.dishes != Dishes::default() {
        put(&mut map, "dishes", write_dishes(&saved.dishes));
    }
    match &saved.hold {
        None => {}
        Some(SavedHold::Asked {
            key,
            slot,
            language,
        }) => {
            write_asked(&mut map, key, *language);
            put(&mut map, "slot", slot.as_str().into());
        }
        Some(SavedHold::Made {
            access,
            confirm_key,
            extensions_left,
        }) => {
            write_access(&mut map, access);
            put(&mut map, "extensions", (*extensions_left).into());
            if let Some(key) = confirm_key {
                put(&mut map, "confirmKey", key.0.as_str().into());
            }
        }
    }
    if let Some(trial) = saved.trial {
        put(&mut map, "trial", trial.into());
    }
    let left = saved.left.iter().map(write_left);
    put(&mut map, "left", Value::Array(left.collect()));
    let waits = saved.waits.iter().map(write_wait);
    put(&mut map, "waits", Value::Array(waits.collect()));
    json::write(&Value::Object(map))
}

/// One by one: building the map at once would bring a sorting algorithm along.
fn put(map: &mut Map<String, Value>, name: &str, value: Value) {
    map.insert(name.to_owned(), value);
}

fn write_access(map: &mut Map<String, Value>, access: &Access) {
    put(map, "id", access.id.as_str().into());
    put(map, "token", access.token.as_str().into());
}

fn write_asked(map: &mut Map<String, Value>, key: &Key, language: Language) {
    put(map, "askKey", key.0.as_str().into());
    put(map, "language", language.code().into());
}

fn write_left(left: &Left) -> Value {
    let mut map = Map::new();
    write_access(&mut map, &left.access);
    put(&mut map, "inDoubt", left.in_doubt.into());
    Value::Object(map)
}

fn write_wait(wait: &SavedWait) -> Value {
    let mut map = Map::new();
    put(&mut map, "date", wait.date.to_string().into());
    put(&mut map, "party", wait.party.into());
    match &wait.wait {
        WaitKept::Sent { key, language } => write_asked(&mut map, key, *language),
        WaitKept::Listed { access, leaving } => {
            write_access(&mut map, access);
            put(&mut map, "leaving", (*leaving).into());
        }
    }
    Value::Object(map)
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

fn word(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn small(value: &Value, name: &str) -> Option<u8> {
    let number = value.get(name).and_then(Value::as_u64)?;
    u8::try_from(number).ok()
}

fn is(value: &Value, name: &str) -> Option<bool> {
    value.get(name).and_then(Value::as_bool)
}

fn date(value: &Value) -> Option<Date> {
    Date::parse(&word(value, "date")?)
}

fn language(value: &Value) -> Language {
    let code = word(value, "language");
    code.as_deref()
        .map_or_else(Language::default, Language::from_code)
}

fn access(value: &Value) -> Option<Access> {
    Some(Access {
        id: word(value, "id")?,
        token: word(value, "token")?,
    })
}

fn read_left(value: &Value) -> Option<Left> {
    Some(Left {
        access: access(value)?,
        in_doubt: is(value, "inDoubt")?,
    })
}

fn read_wait(value: &Value) -> Option<SavedWait> {
    let sent = || {
        Some(WaitKept::Sent {
            key: Key(word(value, "askKey")?),
            language: language(value),
        })
    };
    let listed = access(value).map(|access| WaitKept::Listed {
        access,
        leaving: is(value, "leaving").unwrap_or(false),
    });
    Some(SavedWait {
        date: date(value)?,
        party: small(value, "party")?,
        wait: listed.or_else(sent)?,
    })
}

/// What cannot be read is left out; each guest keeps the place.
fn read_dishes(value: &Value) -> Dishes {
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
    let hold = match (access(&value), word(&value, "askKey"), word(&value, "slot")) {
        (Some(access), _, _) => Some(SavedHold::Made {
            access,
            confirm_key: word(&value, "confirmKey").map(Key),
            extensions_left: small(&value, "extensions").unwrap_or(0),
        }),
        (_, Some(key), Some(slot)) => Some(SavedHold::Asked {
            key: Key(key),
            slot,
            language: language(&value),
        }),
        _ => None,
    };
    let listed = |name| list(value.get(name)).iter();
    Some(Saved {
        party: small(&value, "party"),
        date: date(&value),
        dishes: value.get("dishes").map(read_dishes).unwrap_or_default(),
        hold,
        trial: is(&value, "trial"),
        left: listed("left").filter_map(read_left).collect(),
        waits: listed("waits").filter_map(read_wait).collect(),
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
            any::<Option<bool>>(),
            proptest::collection::vec(left(), 0..3),
            proptest::collection::vec(wait(), 0..3),
        )
            .prop_map(|(party, days, dishes, hold, trial, left, waits)| Saved {
                party,
                date: days.and_then(Date::from_days_since_epoch),
                dishes,
                hold,
                trial,
                left,
                waits,
            })
    }

    fn opened() -> impl Strategy<Value = Access> {
        (".{0,20}", ".{0,40}").prop_map(|(id, token)| Access { id, token })
    }

    fn left() -> impl Strategy<Value = Left> {
        (opened(), any::<bool>()).prop_map(|(access, in_doubt)| Left { access, in_doubt })
    }

    fn wait() -> impl Strategy<Value = SavedWait> {
        let sent = (".{0,40}", any::<bool>()).prop_map(|(key, english)| WaitKept::Sent {
            key: Key(key),
            language: if english { Language::En } else { Language::Es },
        });
        let listed = (opened(), any::<bool>())
            .prop_map(|(access, leaving)| WaitKept::Listed { access, leaving });
        let how = prop_oneof![sent, listed];
        let wait = (-700_000..2_900_000, any::<u8>(), how);
        wait.prop_filter_map("a day", |(days, party, wait)| {
            let date = Date::from_days_since_epoch(days)?;
            Some(SavedWait { date, party, wait })
        })
    }

    #[test]
    fn what_was_left_or_waited_for_and_cannot_be_read_is_left_out() {
        let text = r#"{"left":[7,{"id":"r1"},{"id":"r1","token":"t","inDoubt":true}],
            "waits":[{"date":"2026-12-05","party":2},{"date":"soon","party":2,"askKey":"k"},
                {"date":"2026-12-05","party":2,"askKey":"k","language":"en"}]}"#;
        let saved = from_text(text).unwrap();
        assert_eq!((saved.left.len(), saved.waits.len()), (1, 1));
        assert!(saved.left[0].in_doubt);
        let key = matches!(&saved.waits[0].wait, WaitKept::Sent { key, language }
            if key.0 == "k" && *language == Language::En);
        assert!(key, "{:?}", saved.waits);
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
