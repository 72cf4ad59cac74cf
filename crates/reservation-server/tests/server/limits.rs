//! When the server has had enough, or its database has: said with the time to wait, and not remembered.

use crate::harness::{key, open, open_with, settings};

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls() {
    let house = open_with(settings(&[(
        "writes_per_minute = 600",
        "writes_per_minute = 6",
    )]))
    .await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let limited = key();
    for _ in 0..6 {
        assert_eq!(
            house
                .hold_request(&slot, 1, &key())
                .send()
                .await
                .unwrap()
                .status(),
            201
        );
    }
    let response = house.hold_request(&slot, 1, &limited).send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "10");
    crate::harness::problem_of(response, "quota-exceeded").await;
    // Reading goes on, and the refusal is not remembered.
    assert_eq!(house.get("/venues/interno").await.status(), 200);
    house.wait(10);
    assert_eq!(
        house
            .hold_request(&slot, 1, &limited)
            .send()
            .await
            .unwrap()
            .status(),
        201
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stuck_database_is_said_and_not_remembered() {
    let house = open().await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let mut other = house.database_beside().await;
    other.take_the_pen().await;
    let used = key();
    let response = house.hold_request(&slot, 2, &used).send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "5");
    crate::harness::problem_of(response, "temporarily-unavailable").await;
    other.put_down().await;
    assert_eq!(
        house
            .hold_request(&slot, 2, &used)
            .send()
            .await
            .unwrap()
            .status(),
        201
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_client_cannot_hold_the_house() {
    let house = open_with(settings(&[(
        "# holds_per_client = 5",
        "holds_per_client = 2",
    )]))
    .await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let first = house.held().await;
    house.wait(60);
    house.held().await;
    let limited = key();
    let response = house.hold_request(&slot, 1, &limited).send().await.unwrap();
    // Until the first one has run out, with its grace.
    assert_eq!(response.headers()["retry-after"], "546");
    crate::harness::problem_of(response, "quota-exceeded").await;
    // A booking is no hold, and the refusal is not remembered.
    assert_eq!(
        house
            .confirm_request(&first, &key())
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    let again = house.hold_request(&slot, 1, &limited).send().await.unwrap();
    assert_eq!(again.status(), 201);
    let mut database = house.database_beside().await;
    let names = database
        .texts("SELECT DISTINCT COALESCE(held_by, status) FROM reservations")
        .await;
    assert_eq!(
        names.len(),
        2,
        "one client with holds, one booking: {names:?}"
    );
    assert!(!names.concat().contains("127.0.0.1"), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn holds_cannot_take_a_whole_seating() {
    let house = open_with(settings(&[
        ("places = 60", "places = 20"),
        ("# held_percent = 60", "held_percent = 50"),
    ]))
    .await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let held = house.held_at("2026-12-05", "19:00", 8).await;
    house.held().await;
    let path = "/venues/interno/availability?date=2026-12-05&partySize=1&time=19:00";
    let day = house.json(path).await;
    assert_eq!(
        (day["slots"][0]["status"].as_str(), day["reason"].as_str()),
        (Some("SOLD_OUT"), Some("HELD"))
    );
    crate::harness::problem(house.hold_request(&slot, 1, &key()), "slot-unavailable").await;
    // Booked places count for the house, and no longer for the holds.
    let confirmed = house.confirm_request(&held, &key()).send().await.unwrap();
    assert_eq!(confirmed.status(), 200);
    assert_eq!(house.json(path).await["slots"][0]["status"], "LIMITED");
    let more = house.hold_request(&slot, 8, &key()).send().await.unwrap();
    assert_eq!(more.status(), 201);
}
