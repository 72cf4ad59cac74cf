//! Bookings that wait for the venue's word.

use reqwest::Method;
use reservation_contract::reservation::Reservation;
use reservation_contract::words::{ConfirmationMode, ReservationStatus};
use reservation_server::clock::SharedClock;
use reservation_server::record::Status;
use reservation_server::store::{Outcome, Store};
use serde_json::json;

use crate::harness::{Held, House, key, open, open_with, problem, settings};

const LUNCH: &str = r#"
[[service]]
id = "lunch"
name = { es = "Almuerzo", en = "Lunch" }
weekdays = ["saturday"]
start_times = ["12:00"]
duration_minutes = 110
places = 4
limited_from = 0
confirm_by_hand = true

[messages]"#;

const DAY: &str = "2026-12-05";

async fn house() -> House {
    let by_hand = ("\nby_hand = false", "\nby_hand = true");
    open_with(settings(&[by_hand, ("\n[messages]", LUNCH)])).await
}

/// A lunch for so many that waits for the venue.
async fn pending(house: &House, party: u32) -> Held {
    let held = house.held_at(DAY, "12:00", party).await;
    let mut body = reservation_contract::openapi::fixture("request-confirm").unwrap();
    body["dietary"] = json!([]);
    body["dishes"] = json!([]);
    let response = house
        .about(&held, Method::POST, "/confirm")
        .header("idempotency-key", key())
        .header("if-match", "\"1\"")
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let told: Reservation = response.json().await.unwrap();
    assert_eq!(told.status, ReservationStatus::Pending);
    assert_eq!((told.version, told.expires_at), (2, None));
    Held { version: 2, ..held }
}

/// The same database, as an operator's command opens it.
async fn store(house: &House) -> Store {
    let clock: SharedClock = house.clock.clone();
    match &house.url {
        Some(url) => Store::connect(url, clock).await.unwrap(),
        None => Store::open(&house.database(), clock).await.unwrap(),
    }
}

fn now_is(outcome: Option<Outcome>, status: Status, version: u64) {
    let Some(Outcome::Done(record)) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!((record.status, record.version), (status, version));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_venue_says_beforehand_what_it_decides_about() {
    let plain = open().await.json("/venues/interno").await;
    assert!(!plain["capabilities"].to_string().contains("async"));
    let house = house().await;
    let venue = house.json("/venues/interno").await;
    let offered = venue["capabilities"].as_array().unwrap();
    assert!(offered.contains(&json!("asyncConfirmation")));
    let day = house
        .json(&format!(
            "/venues/interno/availability?date={DAY}&partySize=1"
        ))
        .await;
    let modes: Vec<_> = day["slots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| (&slot["serviceId"], &slot["confirmationMode"]))
        .collect();
    assert_eq!(
        modes,
        [
            (&json!("lunch"), &json!("ASYNC")),
            (&json!("dinner"), &json!("INSTANT")),
            (&json!("dinner"), &json!("INSTANT")),
        ]
    );
    let held = house.confirmed().await;
    let dinner = house.read(&held).await;
    assert_eq!(dinner.status, ReservationStatus::Confirmed);
    assert_eq!(dinner.slot.confirmation_mode, ConfirmationMode::Instant);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_keeps_its_places_does_not_run_out_and_can_be_cancelled() {
    let house = house().await;
    let first = pending(&house, 3).await;
    house.wait(3_600);
    let found = house.read(&first).await;
    assert_eq!(found.status, ReservationStatus::Pending);
    assert_eq!(found.slot.confirmation_mode, ConfirmationMode::Async);
    let slot = found.slot.id;
    problem(house.hold_request(&slot, 2, &key()), "slot-unavailable").await;
    // The venue's calendar entry says that it is no promise.
    let file = house.about(&first, Method::GET, "/calendar.ics").send();
    let file = file.await.unwrap().text().await.unwrap();
    assert!(file.contains("STATUS:TENTATIVE"), "{file}");
    let cancelled = house.about(&first, Method::POST, "/cancel").send().await;
    let cancelled: Reservation = cancelled.unwrap().json().await.unwrap();
    assert_eq!(cancelled.status, ReservationStatus::Cancelled);
    let hold = house.hold_request(&slot, 4, &key()).send().await.unwrap();
    assert_eq!(hold.status(), 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_venue_decides_once_and_every_answer_knows_it() {
    let house = house().await;
    let store = store(&house).await;
    let (yes, no) = (pending(&house, 2).await, pending(&house, 2).await);
    for _ in 0..2 {
        now_is(store.accept(&yes.id).await.unwrap(), Status::Confirmed, 3);
        now_is(store.reject(&no.id).await.unwrap(), Status::Rejected, 3);
    }
    for (held, status) in [
        (&yes, ReservationStatus::Confirmed),
        (&no, ReservationStatus::Rejected),
    ] {
        let found = house.read(held).await;
        assert_eq!((found.status, found.version), (status, 3));
        assert!(found.guest.is_some(), "somebody has to be told");
    }
    // A verdict is not turned round, and what is over or was never asked is not decided.
    let held = house.held_at(DAY, "19:00", 1).await;
    for refused in [
        store.reject(&yes.id).await.unwrap(),
        store.accept(&no.id).await.unwrap(),
        store.accept(&held.id).await.unwrap(),
    ] {
        let Some(Outcome::Refused(kind)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(kind.slug(), "not-modifiable");
    }
    assert!(store.accept("nobody").await.unwrap().is_none());
    problem(house.about(&no, Method::POST, "/cancel"), "not-modifiable").await;
    // The places of a refused one are free again; those of an accepted one are not.
    let slot = house.slot(DAY, "12:00").await;
    problem(house.hold_request(&slot, 3, &key()), "slot-unavailable").await;
    let again = house.hold_request(&slot, 2, &key()).send().await.unwrap();
    assert_eq!(again.status(), 201);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_is_not_carried_to_what_was_not_asked_for() {
    let house = house().await;
    let store = store(&house).await;
    let lunch = house.slot(DAY, "12:00").await;
    let change = |held: &Held, version: u64, body: serde_json::Value| {
        house
            .about(held, Method::PATCH, "")
            .header("idempotency-key", key())
            .header("if-match", format!("\"{version}\""))
            .json(&body)
    };
    // While it waits it may be changed: the venue will look at what it has become.
    let waits = pending(&house, 1).await;
    let more = json!({ "partySize": 2 });
    let changed = change(&waits, 2, more.clone()).send().await.unwrap();
    let changed: Reservation = changed.json().await.unwrap();
    assert_eq!(changed.status, ReservationStatus::Pending);
    now_is(store.accept(&waits.id).await.unwrap(), Status::Confirmed, 4);
    let even_more = json!({ "partySize": 3 });
    problem(change(&waits, 4, even_more), "not-modifiable").await;
    let fewer = change(&waits, 4, json!({ "partySize": 1 })).send().await;
    assert_eq!(fewer.unwrap().status(), 200);
    // Nor is a table that was confirmed at once.
    let dinner = house.confirmed().await;
    let moved = json!({ "slotId": lunch, "partySize": 2 });
    problem(change(&dinner, dinner.version, moved), "not-modifiable").await;
    let dinner = house.read(&dinner).await;
    assert_eq!(dinner.slot.service_id, "dinner");
    store.close().await;
}
