//! What a change carries: only what is to be otherwise.

use booking::manage::Wish;
use serde_json::{Map, Value};

use super::confirm::{dietary, dishes, for_each_guest};

/// The body of a change.
pub fn body(wish: &Wish) -> Value {
    let mut map = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            map.insert(name.to_owned(), value);
        }
    };
    let plan = wish.plan.as_ref();
    put(
        "slotId",
        wish.slot.as_ref().map(|slot| slot.0.as_str().into()),
    );
    put("partySize", wish.party.map(Value::from));
    put("dishes", plan.map(|plan| for_each_guest(plan, dishes)));
    put(
        "dietary",
        plan.map(|plan| for_each_guest(plan, |_, place| dietary(place))),
    );
    put(
        "note",
        wish.note.as_ref().map(|note| note.0.as_str().into()),
    );
    Value::Object(map)
}
