//! A confirmation against the contract's own types, and what comes back of it.

use booking::Note;
use booking::manage::WhoComes;
use booking::{Answers, Consents, Guest, Place, Plan, PlannedDish};
use reservation_contract::reservation as contract;
use serde_json::json;

use super::*;

fn guest() -> Guest {
    Guest {
        given_name: " Lucía ".into(),
        family_name: "Pérez Ríos".into(),
        email: "lucia@example.com ".into(),
        phone: "+57 300 555 0101".into(),
    }
}

/// The first guest eats, the second tells nothing, the third eats and tells.
fn plan() -> Plan {
    let dish = |id: &str| PlannedDish {
        id: id.into(),
        name: format!("Plato {id}"),
    };
    let eats = Place {
        dishes: vec![dish("mote"), dish("enyucado")],
        ..Place::default()
    };
    let tells = Place {
        dishes: vec![dish("patacon")],
        codes: vec!["gluten".into(), "milk".into()],
        note: "Celíaca".into(),
    };
    Plan {
        set: "dinner".into(),
        places: vec![eats, Place::default(), tells],
    }
}

fn confirmation(plan: Plan, consents: Consents) -> Confirmation {
    Confirmation {
        access: access("r-1"),
        version: 3,
        key: key(),
        guest: guest(),
        answers: Answers::default(),
        note: Note::default(),
        plan,
        consents,
        language: Language::Es,
    }
}

fn sent(plan: Plan, consents: Consents) -> contract::ConfirmRequest {
    let request = native().confirm(&confirmation(plan, consents));
    serde_json::from_value(body(&request)).unwrap()
}

#[test]
fn a_confirmation_is_sent_as_the_contract_says() {
    let consents = Consents {
        privacy: true,
        ..Consents::default()
    };
    let request = native().confirm(&confirmation(Plan::default(), consents));
    assert_eq!(request.url, "/api/v1/reservations/r-1/confirm");
    let names: Vec<_> = request.headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["Authorization", "Idempotency-Key", "If-Match"]);
    let fixture: Value = serde_json::from_str(fixture!("request-confirm")).unwrap();
    assert_eq!(body(&request)["guest"], fixture["guest"]);
    // Where nobody told a need, nothing is said of that consent.
    let consents = json!({"privacy": true, "houseRules": []});
    assert_eq!(body(&request)["consents"], consents);
    assert_eq!(body(&request)["guests"], json!([]));
    assert_eq!(body(&request)["note"], json!(null));
    assert_eq!(body(&request)["dishes"], json!([]));
    assert_eq!(body(&request)["dietary"], json!([]));
}

#[test]
fn everybody_who_comes_is_sent_with_what_was_asked_the_one_who_books_first() {
    let mut told = confirmation(Plan::default(), Consents::default());
    told.note = Note(" Es nuestro aniversario. ".into());
    told.answers = Answers::of(2);
    told.answers.set(1, "document", "X-1234567".into());
    told.answers.set(1, "seat", "high".into());
    let request = native().confirm(&told);
    let request: contract::ConfirmRequest = serde_json::from_value(body(&request)).unwrap();
    let answers = |guest: usize| -> Vec<(&str, &str)> {
        let fields = request.guests[guest].fields.iter();
        fields.map(|(id, answer)| (&**id, &**answer)).collect()
    };
    assert_eq!(request.guests.len(), 2);
    assert_eq!(answers(0), []);
    assert_eq!(answers(1), [("document", "X-1234567"), ("seat", "high")]);
    assert_eq!(request.note.as_deref(), Some("Es nuestro aniversario."));
}

#[test]
fn dishes_needs_and_consents_are_the_contracts() {
    let consents = Consents {
        privacy: true,
        health: true,
        waiting: false,
        house_rules: vec!["phones".into(), "names".into()],
    };
    let sent = sent(plan(), consents);
    let dish = |id: &str| contract::Dish {
        dish_id: id.into(),
        name: format!("Plato {id}"),
    };
    let dishes = |guest, items| contract::GuestDishes {
        guest,
        set_id: "dinner".into(),
        items,
    };
    assert_eq!(
        sent.dishes,
        [
            dishes(0, vec![dish("mote"), dish("enyucado")]),
            dishes(2, vec![dish("patacon")])
        ]
    );
    let dietary = contract::Dietary {
        guest: 2,
        codes: vec!["gluten".into(), "milk".into()],
        note: Some("Celíaca".into()),
    };
    assert_eq!(sent.dietary, [dietary]);
    let consents = contract::Consents {
        privacy: true,
        health: Some(true),
        house_rules: vec!["phones".into(), "names".into()],
    };
    assert_eq!(sent.consents, consents);
}

#[test]
fn a_need_without_words_or_without_codes_is_told_too() {
    let place = |codes: &[&str], note: &str| Place {
        codes: codes.iter().map(|code| (*code).into()).collect(),
        note: note.into(),
        ..Place::default()
    };
    let places = vec![
        place(&["soya"], " "),
        place(&[], " Sin sal \n"),
        place(&[], " "),
    ];
    let plan = Plan {
        set: String::new(),
        places,
    };
    let sent = sent(plan, Consents::default());
    assert_eq!(sent.dishes, []);
    let told = |guest, codes: &[&str], note: Option<&str>| contract::Dietary {
        guest,
        codes: codes.iter().map(|code| (*code).into()).collect(),
        note: note.map(str::to_owned),
    };
    assert_eq!(
        sent.dietary,
        [told(0, &["soya"], None), told(1, &[], Some("Sin sal"))]
    );
}

/// The confirmed fixture as the contract's type, with what was sent in it.
fn answered(sent: contract::ConfirmRequest, party: u32) -> Answer {
    let mut reservation: contract::Reservation = serde_json::from_str(CONFIRMED).unwrap();
    reservation.party_size = party;
    reservation.dishes = sent.dishes;
    reservation.dietary = sent.dietary;
    answer(serde_json::to_string(&reservation).unwrap())
}

#[test]
fn what_was_sent_comes_back() {
    for (made, party) in [
        (plan(), 3),
        (plan().without_needs(), 4),
        (Plan::default(), 2),
    ] {
        let answer = answered(sent(made.clone(), Consents::default()), party);
        let read = read_reservation(&answer, Some(&access("r-1"))).unwrap();
        assert_eq!(read.plan, made);
        assert_eq!(read.plan.tells_needs(u8::MAX), made.tells_needs(u8::MAX));
    }
}

#[test]
fn a_plan_is_read_as_far_as_it_can_be() {
    let own = access("r-1");
    let read = |name: &str, value: Value| {
        let answer = with(CONFIRMED, name, Some(value));
        read_reservation(&answer, Some(&own)).unwrap().plan
    };
    let good = json!({"dishId": "mote", "name": "Mote de queso"});
    // Nobody beyond the party of two, and nobody without a number.
    for guest in [
        json!(2),
        json!(u64::MAX),
        json!(-1),
        json!("0"),
        Value::Null,
    ] {
        let entry = json!([{"guest": guest, "setId": "dinner", "items": [good]}]);
        assert_eq!(read("/dishes", entry).places[0].dishes, [], "{guest}");
        let entry = json!([{"guest": guest, "codes": ["milk"]}]);
        assert_eq!(read("/dietary", entry), Plan::default(), "{guest}");
    }
    let items = json!([good, {"dishId": "nameless"}, 7, {"name": "Sin número"}]);
    let plan = read("/dishes", json!([{"guest": 0, "items": items}]));
    let names: Vec<_> = plan.places[0]
        .dishes
        .iter()
        .map(|dish| &dish.name)
        .collect();
    assert_eq!(names, ["Mote de queso", "Sin número"]);
    let dietary = json!([{"guest": 0, "codes": ["milk", 7], "note": 7}, "odd"]);
    let plan = read("/dietary", dietary);
    assert_eq!(
        (&plan.places[0].codes[..], plan.places[0].note.as_str()),
        (&["milk".to_owned()][..], "")
    );
}

#[test]
fn a_change_carries_only_what_is_to_be_otherwise() {
    let wish = Wish {
        access: access("r-1"),
        version: 3,
        key: key(),
        slot: Some(SlotId("ZGlubmVyLzIwMjYtMTItMDUvMjE6MDA".into())),
        party: Some(3),
        guests: None,
        plan: None,
        note: Some(Note("Somos tres.".into())),
    };
    let request = native().modify(&wish);
    assert_eq!(request.method, Method::Patch);
    assert_eq!(request.url, "/api/v1/reservations/r-1");
    let names: Vec<_> = request.headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["Authorization", "Idempotency-Key", "If-Match"]);
    let sent: contract::ModifyRequest = serde_json::from_value(body(&request)).unwrap();
    let fixture = include_str!("../../crates/reservation-contract/fixtures/request-modify.json");
    let whole: contract::ModifyRequest = serde_json::from_str(fixture).unwrap();
    let part = contract::ModifyRequest {
        dietary: None,
        consents: None,
        ..whole
    };
    assert_eq!(sent, part);
    let nothing = Wish {
        slot: None,
        party: None,
        note: None,
        ..wish.clone()
    };
    assert_eq!(body(&native().modify(&nothing)), json!({}));
    // Who was there before is named, and tells nothing again.
    let mut new = Answers::of(3);
    new.set(2, "fullName", "Sol".into());
    let more = Wish {
        guests: Some(WhoComes {
            same: vec![0, 1],
            new,
        }),
        ..nothing.clone()
    };
    let guests = json!([{"sameAs": 0}, {"sameAs": 1}, {"fields": {"fullName": "Sol"}}]);
    let sent = body(&native().modify(&more));
    assert_eq!(sent, json!({ "guests": guests }));
    let read: contract::ModifyRequest = serde_json::from_value(sent).unwrap();
    assert_eq!(read.guests.unwrap()[1].same_as, Some(1));
    // Those who still come keep what they ordered, and what they cannot eat.
    let fewer = Wish {
        plan: Some(plan()),
        ..nothing
    };
    let again: contract::ModifyRequest =
        serde_json::from_value(body(&native().modify(&fewer))).unwrap();
    let confirmed = sent_plan();
    assert_eq!(again.dishes, Some(confirmed.dishes));
    assert_eq!(again.dietary, Some(confirmed.dietary));
}

fn sent_plan() -> contract::ConfirmRequest {
    sent(plan(), Consents::default())
}

#[test]
fn erasing_is_asked_for_with_the_token_alone() {
    let request = native().erase(&access("r-1"));
    assert_eq!(request.url, "/api/v1/reservations/r-1/erase");
    assert_eq!((request.method, request.body), (Method::Post, None));
    assert_eq!(
        request.headers,
        [("Authorization", "Bearer secret".to_owned())]
    );
}

#[test]
fn a_note_comes_back_with_the_reservation() {
    let fixture =
        include_str!("../../crates/reservation-contract/fixtures/reservation-confirmed.json");
    let read = read_reservation(&answer(fixture), Some(&access("r-1"))).unwrap();
    let whole: serde_json::Value = serde_json::from_str(fixture).unwrap();
    let note = whole.get("note").and_then(serde_json::Value::as_str);
    assert_eq!(read.note.0, note.unwrap_or_default());
}
