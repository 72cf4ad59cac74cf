//! What a confirmation carries: guest, dishes, needs, consents. Dishes and needs come back with the
//! reservation.

use booking::message::Confirmation;
use booking::{Answers, Consents, Guest, Language, Place, Plan, PlannedDish};
use serde_json::{Map, Value};

use super::super::json::{list, number, object, shown, text};

/// The body of a confirmation.
pub fn body(confirmation: &Confirmation) -> Value {
    let plan = &confirmation.plan;
    let note = Some(confirmation.note.0.trim()).filter(|note| !note.is_empty());
    object([
        ("guest", guest(&confirmation.guest, confirmation.language)),
        ("guests", guests(&confirmation.answers)),
        ("dishes", for_each_guest(plan, dishes)),
        ("dietary", for_each_guest(plan, |_, place| dietary(place))),
        ("note", note.map_or(Value::Null, Value::from)),
        ("consents", consents(&confirmation.consents)),
    ])
}

pub fn guest(guest: &Guest, language: Language) -> Value {
    object([
        ("givenName", guest.given_name.trim().into()),
        ("familyName", guest.family_name.trim().into()),
        ("email", guest.email.trim().into()),
        ("phone", guest.phone.trim().into()),
        ("locale", language.code().into()),
    ])
}

/// Everybody who comes, the one who books first; nobody where the venue asks nothing.
fn guests(answers: &Answers) -> Value {
    let guests = (0..answers.party()).map(|guest| fields(answers, guest));
    Value::Array(guests.collect())
}

/// What one guest has answered.
pub(super) fn fields(answers: &Answers, guest: u8) -> Value {
    let mut fields = Map::new();
    for answer in answers.of_guest(guest) {
        fields.insert(answer.id.clone(), answer.text.as_str().into());
    }
    object([("fields", Value::Object(fields))])
}

/// What the guests of a reservation have answered, as far as it is told again.
pub fn read_answers(reservation: &Value, party: u8) -> Answers {
    let mut answers = Answers::of(party);
    for (guest, told) in (0..party).zip(list(reservation, "guests")) {
        let fields = told.get("fields").and_then(Value::as_object);
        for (id, value) in fields.into_iter().flatten() {
            if let Some(text) = value.as_str() {
                answers.set(guest, id, shown(text));
            }
        }
    }
    answers
}

/// Only guests of whom there is something to say, each by number.
pub(super) fn for_each_guest(plan: &Plan, tell: impl Fn(&Plan, &Place) -> Option<Value>) -> Value {
    let entries = plan.places.iter().enumerate().filter_map(|(guest, place)| {
        let mut entry = tell(plan, place)?;
        if let Value::Object(map) = &mut entry {
            map.insert("guest".to_owned(), guest.into());
        }
        Some(entry)
    });
    Value::Array(entries.collect())
}

pub(super) fn dishes(plan: &Plan, place: &Place) -> Option<Value> {
    let item = |dish: &PlannedDish| {
        object([
            ("dishId", dish.id.as_str().into()),
            ("name", dish.name.as_str().into()),
        ])
    };
    let items = Value::Array(place.dishes.iter().map(item).collect());
    (!place.dishes.is_empty())
        .then(|| object([("setId", plan.set.as_str().into()), ("items", items)]))
}

pub(super) fn dietary(place: &Place) -> Option<Value> {
    let note = Some(place.note.trim()).filter(|note| !note.is_empty());
    place.tells_needs().then(|| {
        object([
            ("codes", words(&place.codes)),
            ("note", note.map_or(Value::Null, Value::from)),
        ])
    })
}

fn consents(given: &Consents) -> Value {
    let rules = words(&given.house_rules);
    let mut consents = object([("privacy", given.privacy.into()), ("houseRules", rules)]);
    // Nobody is asked who has told no needs, and then there is nothing to say.
    if let (Value::Object(map), true) = (&mut consents, given.health) {
        map.insert("health".to_owned(), true.into());
    }
    consents
}

fn words(words: &[String]) -> Value {
    Value::Array(words.iter().map(|word| word.as_str().into()).collect())
}

/// The plan of a reservation for a party of this size. What cannot be read is left out.
pub fn read_plan(reservation: &Value, party: u8) -> Plan {
    let mut plan = Plan::default();
    for entry in list(reservation, "dishes") {
        let Some(place) = place_of(entry, &mut plan, party) else {
            continue;
        };
        place
            .dishes
            .extend(list(entry, "items").iter().filter_map(read_dish));
        if plan.set.is_empty() {
            text(entry, "setId")
                .unwrap_or_default()
                .clone_into(&mut plan.set);
        }
    }
    for entry in list(reservation, "dietary") {
        let Some(place) = place_of(entry, &mut plan, party) else {
            continue;
        };
        let codes = list(entry, "codes").iter().filter_map(Value::as_str);
        place.codes.extend(codes.map(str::to_owned));
        place.note = shown(text(entry, "note").unwrap_or_default());
    }
    plan.for_party(party)
}

/// The place of the guest an entry is about, if the guest is one of the party.
fn place_of<'p>(entry: &Value, plan: &'p mut Plan, party: u8) -> Option<&'p mut Place> {
    let guest = number(entry, "guest").and_then(|guest| u8::try_from(guest).ok())?;
    if guest >= party {
        return None;
    }
    let guest = usize::from(guest);
    if plan.places.len() <= guest {
        plan.places.resize_with(guest + 1, Place::default);
    }
    plan.places.get_mut(guest)
}

fn read_dish(item: &Value) -> Option<PlannedDish> {
    Some(PlannedDish {
        id: text(item, "dishId").unwrap_or_default().to_owned(),
        name: shown(text(item, "name").ok()?),
    })
}
