//! What a venue asks of its guests, as the contract says it and as others may.

use booking::venue::{Field, FieldKind};
use serde_json::json;

use super::*;

fn asked(per_guest: Value) -> Vec<Field> {
    let venue = with(VENUE, "/guestFields/perGuest", Some(per_guest));
    read_venue(&venue).unwrap().guest_fields
}

#[test]
fn the_fields_of_the_contract_are_read_with_the_venues_words() {
    let venue = read_venue(&answer(VENUE)).unwrap();
    let ids: Vec<_> = venue.lead_fields.iter().map(|field| &*field.id).collect();
    assert_eq!(ids, ["givenName", "familyName", "email", "phone"]);
    let email = &venue.lead_fields[2];
    assert_eq!((email.kind, email.required), (FieldKind::Email, true));
    assert_eq!(email.label.en, "E-mail");
    assert_eq!(email.why.es, "Para escribirle si algo cambia.");
    assert_eq!(email.seen_by.en, "The booking team.");
    assert_eq!(venue.guest_fields, []);
}

#[test]
fn every_type_of_the_contract_is_known_and_any_other_is_a_text() {
    for (word, kind) in [
        ("text", FieldKind::Text),
        ("name", FieldKind::Name),
        ("email", FieldKind::Email),
        ("phone", FieldKind::Phone),
        ("date", FieldKind::Date),
        ("document", FieldKind::Document),
        ("choice", FieldKind::Choice),
        ("shoe-size", FieldKind::Text),
    ] {
        let options = json!([{"id": "high", "label": {"es": "Alta", "en": "High"}}]);
        let fields = asked(json!([{"id": "x", "type": word, "options": options}]));
        assert_eq!(fields[0].kind, kind, "{word}");
    }
    let seat =
        json!([{"id": "x", "type": "choice", "options": [{"id": "high"}, {"label": "?"}, 7]}]);
    let options = &asked(seat)[0].options;
    assert_eq!((options.len(), &*options[0].label.en), (1, "high"));
}

#[test]
fn what_is_missing_or_odd_is_asked_as_well_as_can_be() {
    // A choice without answers can only be written.
    let fields = asked(json!([{"id": "seat", "type": "choice"}]));
    assert_eq!(fields[0].kind, FieldKind::Text);
    assert_eq!((&*fields[0].label.es, fields[0].required), ("seat", false));
    let fields = asked(json!([
        {"id": "a", "label": "Only one language", "required": "yes"},
        {"id": "a", "label": "The same again"},
        {"id": ""}, {"label": "Nameless"}, 7, null
    ]));
    assert_eq!(fields.len(), 1);
    assert_eq!(fields[0].label.es, "Only one language");
    for odd in [json!({}), json!("x"), json!(null)] {
        assert_eq!(asked(odd), []);
    }
    for pointer in ["/guestFields", "/guestFields/lead"] {
        let venue = read_venue(&with(VENUE, pointer, None)).unwrap();
        assert_eq!(venue.lead_fields, [], "the site asks the usual");
    }
    // No more than a guest's question can be counted with.
    let many: Vec<_> = (0..600).map(|n| json!({"id": format!("f{n}")})).collect();
    assert_eq!(asked(Value::Array(many)).len(), 255);
}

#[test]
fn parts_of_the_house_are_read_and_a_seating_says_which_it_is_in() {
    let areas = json!([
        {"id": "patio", "name": {"es": "Patio", "en": "Courtyard"}, "description": {"es": "Al aire libre.", "en": "Open air."}},
        {"id": "hall", "name": "Salón"},
        {"id": "nameless"}, {"name": "No id"}, 7
    ]);
    let venue = read_venue(&with(VENUE, "/areas", Some(areas))).unwrap();
    let names: Vec<_> = venue.areas.iter().map(|area| &*area.name.en).collect();
    assert_eq!(names, ["Courtyard", "Salón"]);
    assert_eq!(venue.areas[0].description.es, "Al aire libre.");
    let evening = |area| read_evening(&with(AVAILABILITY, "/slots/0/areaId", Some(area))).unwrap();
    let area_of = |area| evening(area).slots[0].area.clone();
    assert_eq!(area_of(json!("patio")).as_deref(), Some("patio"));
    assert_eq!(area_of(json!(7)), None);
    assert_eq!(
        read_evening(&answer(AVAILABILITY)).unwrap().slots[0].area,
        None
    );
}
