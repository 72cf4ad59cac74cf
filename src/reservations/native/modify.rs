//! What a change carries: only what is to be otherwise.

use booking::manage::{WhoComes, Wish};
use serde_json::{Map, Value};

use super::super::json::object;
use super::confirm::{dietary, dishes, fields, for_each_guest};

/// Everybody who comes: who was there before by the number then, and what the others were asked.
fn guests(who: &WhoComes) -> Value {
    let same = who.same.iter();
    let mut guests: Vec<_> = same
        .map(|same| object([("sameAs", (*same).into())]))
        .collect();
    let told = u8::try_from(guests.len()).unwrap_or(u8::MAX);
    guests.extend((told..who.new.party()).map(|guest| fields(&who.new, guest)));
    Value::Array(guests)
}

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
    put("guests", wish.guests.as_ref().map(guests));
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
