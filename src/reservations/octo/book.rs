//! What is sent of a booking.

use booking::manage::Wish;
use booking::message::Confirmation;
use booking::{Answers, Guest, GuestField};
use serde_json::{Map, Value};

use super::super::json::{list, object};
use super::product::{CONTACT, KIND, Offered, Product};
use super::uuid;

/// For how long a place is kept, and by how much longer it is on request. Some take the latter for "from
/// now": so it is never shorter than what is left.
const HOLD_MINUTES: u8 = 10;

pub fn minutes() -> Value {
    object([("expirationMinutes", HOLD_MINUTES.into())])
}

/// A place, by a name that the same booking always gives it.
fn place(booking: &str, number: usize, unit: &str) -> Value {
    object([
        ("uuid", uuid::of(&[booking, &number.to_string()]).into()),
        ("unitId", unit.into()),
    ])
}

pub fn hold(venue: &str, option: &Offered, id: &str, availability: &str, party: u8) -> Value {
    let places = (0..usize::from(party)).map(|number| place(id, number, option.unit("")));
    object([
        ("uuid", id.into()),
        ("productId", venue.into()),
        ("optionId", option.id.as_str().into()),
        ("availabilityId", availability.into()),
        ("expirationMinutes", HOLD_MINUTES.into()),
        ("unitItems", Value::Array(places.collect())),
    ])
}

pub fn confirmation(product: &Product, sent: &Confirmation) -> Value {
    let mut contact = contact(|ours| of_lead(&sent.guest, ours));
    let language = Value::from(sent.language.code());
    contact.insert("locales".to_owned(), Value::Array(vec![language]));
    put(&mut contact, "notes", sent.note.0.trim());
    let mut body = Map::new();
    body.insert("emailReceipt".to_owned(), true.into());
    body.insert("contact".to_owned(), Value::Object(contact));
    let options = &product.options;
    let option = options.get(usize::from(uuid::mark(&sent.access.id)));
    if let Some(option) = option.filter(|_| sent.answers.party() > 0) {
        let places = (0..sent.answers.party())
            .map(|guest| told(option, &sent.access.id, guest, &sent.answers));
        body.insert("unitItems".to_owned(), Value::Array(places.collect()));
    }
    Value::Object(body)
}

fn of_lead<'g>(guest: &'g Guest, ours: &str) -> &'g str {
    GuestField::from_id(ours).map_or("", |field| guest.get(field).trim())
}

/// A place, and what its guest has told.
fn told(option: &Offered, booking: &str, guest: u8, answers: &Answers) -> Value {
    let unit = option.unit(answers.get(guest, KIND));
    let contact = contact(|ours| answers.get(guest, ours));
    let mut place = place(booking, usize::from(guest), unit);
    if let (Value::Object(map), false) = (&mut place, contact.is_empty()) {
        map.insert("contact".to_owned(), Value::Object(contact));
    }
    place
}

/// Only what there is: an empty address would be a wrong one.
fn contact<'g>(get: impl Fn(&str) -> &'g str) -> Map<String, Value> {
    let mut contact = Map::new();
    for (theirs, ours) in CONTACT {
        put(&mut contact, theirs, get(ours));
    }
    contact
}

fn put(map: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        map.insert(name.to_owned(), text.into());
    }
}

/// What is to be otherwise. Who still comes keeps the place, with what was told of it: a place that is
/// left out is given up. In another option each kind of place has another unit.
pub fn change(product: &Product, wish: &Wish, now: &Value) -> Value {
    let mut body = Map::new();
    let options = &product.options;
    let from = product.at(now);
    let mut to = from;
    if let Some((_, option, id)) = wish.slot.as_ref().and_then(super::slots::named) {
        to = option;
        put(&mut body, "availabilityId", id);
    }
    if let Some(note) = &wish.note {
        body.insert("notes".to_owned(), note.0.as_str().into());
    }
    let places = list(now, "unitItems");
    let moves = from != to;
    if let Some(option) = options
        .get(usize::from(to))
        .filter(|_| moves || wish.party.is_some())
    {
        if moves {
            put(&mut body, "optionId", &option.id);
        }
        let before = options.get(usize::from(from)).filter(|_| moves);
        let party = wish.party.map_or(places.len(), usize::from);
        let mut places: Vec<_> = places
            .iter()
            .map(|place| kept(place, before, option))
            .collect();
        places.truncate(party);
        for number in places.len()..party {
            places.push(place(&wish.access.id, number, option.unit("")));
        }
        body.insert("unitItems".to_owned(), Value::Array(places));
    }
    Value::Object(body)
}

fn kept(place: &Value, before: Option<&Offered>, option: &Offered) -> Value {
    let part = |name: &str| place.get(name).cloned().unwrap_or_default();
    let unit = part("unitId");
    let unit = match before {
        Some(before) => option
            .unit(before.kind(unit.as_str().unwrap_or_default()))
            .into(),
        None => unit,
    };
    object([("uuid", part("uuid")), ("unitId", unit)])
}
