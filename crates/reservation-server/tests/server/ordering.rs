//! Token, then memory, then If-Match, then rules.

use reqwest::Method;
use serde_json::json;

use crate::harness::{Held, key, open, problem};

#[tokio::test(flavor = "multi_thread")]
async fn the_token_comes_before_everything() {
    let house = open().await;
    let held = house.held().await;
    let stranger = Held {
        token: "wrong".to_owned(),
        ..held
    };
    // No key, no If-Match, wrong type, too large: a stranger hears of none of it.
    problem(
        house
            .about(&stranger, Method::POST, "/confirm")
            .body("x".repeat(100_000)),
        "reservation-not-found",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_comes_before_the_version() {
    let house = open().await;
    let held = house.held().await;
    problem(
        house.about(&held, Method::POST, "/extend"),
        "idempotency-key-missing",
    )
    .await;
    problem(
        house
            .about(&held, Method::POST, "/extend")
            .header("idempotency-key", "short"),
        "idempotency-key-missing",
    )
    .await;
    let used = key();
    assert_eq!(
        house
            .extend_request(&held, &used)
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    // Known key, no If-Match at all: the first answer, not 428.
    let replay = house
        .about(&held, Method::POST, "/extend")
        .header("idempotency-key", &used)
        .send()
        .await
        .unwrap();
    assert_eq!(replay.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_version_comes_before_the_rules() {
    let house = open().await;
    let held = house.held().await;
    let stale = Held {
        version: 7,
        ..held.clone()
    };
    let wrong = json!({});
    let confirm = |held: &Held| {
        house
            .about(held, Method::POST, "/confirm")
            .header("idempotency-key", key())
            .json(&wrong)
    };
    problem(confirm(&held), "precondition-required").await;
    problem(
        confirm(&held).header("if-match", "\"7\""),
        "version-conflict",
    )
    .await;
    problem(
        confirm(&held).header("if-match", "W/\"1\""),
        "version-conflict",
    )
    .await;
    problem(
        confirm(&held).header("if-match", "\"1\""),
        "validation-failed",
    )
    .await;
    problem(
        confirm(&held).header("if-match", "\"7\", \"1\""),
        "validation-failed",
    )
    .await;
    house.wait(700);
    problem(house.extend_request(&stale, &key()), "version-conflict").await;
    problem(house.extend_request(&held, &key()), "hold-expired").await;
    // Who comes too late hears that, whatever else is wrong.
    problem(confirm(&held).header("if-match", "\"1\""), "hold-expired").await;
}
