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
