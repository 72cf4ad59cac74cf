//! What a tab keeps of a booking, as text in its session storage. Nothing personal goes in here.

use booking::{Access, Date, Key, Saved, SavedHold};
use serde_json::{Map, Value};

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

fn to_text(saved: &Saved) -> String {
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
    match &saved.hold {
        None => {}
        Some(SavedHold::Asked { key, slot }) => {
            put("askKey", key.0.as_str().into());
            put("slot", slot.as_str().into());
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
    Value::Object(map).to_string()
}

fn from_text(text: &str) -> Option<Saved> {
    let value: Value = serde_json::from_str(text).ok()?;
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
        }),
        _ => None,
    };
    Some(Saved {
        party: small("party"),
        date: word("date").and_then(|date| Date::parse(&date)),
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
            (text, text).prop_map(|(key, slot)| SavedHold::Asked {
                key: Key(key),
                slot
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
            proptest::option::of(hold),
        )
            .prop_map(|(party, days, hold)| Saved {
                party,
                date: days.and_then(Date::from_days_since_epoch),
                hold,
            })
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
