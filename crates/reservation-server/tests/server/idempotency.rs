//! The memory of keys.

use reqwest::Method;
use reservation_contract::reservation::Reservation;
use serde_json::{Value, json};

use crate::harness::{Held, House, key, open, open_with, problem, problem_of, settings};

/// Everything but the time of the answer.
async fn essence(response: reqwest::Response) -> Essence {
    let status = response.status().as_u16();
    let etag = response
        .headers()
        .get("etag")
        .map(|value| value.to_str().unwrap().to_owned());
    let mut body: Value = response.json().await.unwrap();
    if let Some(body) = body.as_object_mut() {
        body.remove("serverTime");
    }
    (status, etag, body)
}

async fn count(house: &House, table: &str) -> i64 {
    let mut database = house.database_beside().await;
    database
        .number(&format!("SELECT COUNT(*) FROM {table}"))
        .await
}

type Essence = (u16, Option<String>, Value);

async fn hold(house: &House, slot: &str, key: &str) -> Essence {
    essence(house.hold_request(slot, 2, key).send().await.unwrap()).await
}

async fn extend(house: &House, held: &Held, key: &str) -> Essence {
    essence(house.extend_request(held, key).send().await.unwrap()).await
}

async fn confirm(house: &House, held: &Held, key: &str) -> Essence {
    essence(house.confirm_request(held, key).send().await.unwrap()).await
}

fn held_of(answer: &Essence) -> Held {
    let text = |name: &str| answer.2[name].as_str().unwrap().to_owned();
    Held {
        id: text("id"),
        token: text("manageToken"),
        version: 1,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_answers_as_the_first_time_and_restarts_no_clock() {
    let house = open().await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let (hold_key, extend_key, confirm_key) = (key(), key(), key());
    let first = hold(&house, &slot, &hold_key).await;
    assert_eq!(first.0, 201);
    house.wait(120);
    assert_eq!(hold(&house, &slot, &hold_key).await, first);
    assert_eq!(count(&house, "reservations").await, 1);

    let held = held_of(&first);
    let extended = extend(&house, &held, &extend_key).await;
    assert_eq!(extend(&house, &held, &extend_key).await, extended);
    assert_eq!(house.read(&held).await.version, 2);

    // The answer is lost, and the phone asks again with the version it knows: no 412.
    let held = Held { version: 2, ..held };
    let confirmed = confirm(&house, &held, &confirm_key).await;
    assert_eq!((confirmed.0, confirmed.1.as_deref()), (200, Some("\"3\"")));
    assert_eq!(confirm(&house, &held, &confirm_key).await, confirmed);
}

#[tokio::test(flavor = "multi_thread")]
async fn later_changes_and_a_restart_do_not_change_first_answers() {
    let mut house = open().await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let (hold_key, extend_key, confirm_key) = (key(), key(), key());
    let first = hold(&house, &slot, &hold_key).await;
    let held = held_of(&first);
    let later = Held {
        version: 2,
        ..held.clone()
    };
    let extended = extend(&house, &held, &extend_key).await;
    let confirmed = confirm(&house, &later, &confirm_key).await;
    house
        .about(&held, Method::POST, "/cancel")
        .send()
        .await
        .unwrap();
    house.restart().await;
    assert_eq!(hold(&house, &slot, &hold_key).await, first);
    assert_eq!(extend(&house, &held, &extend_key).await, extended);
    assert_eq!(confirm(&house, &later, &confirm_key).await, confirmed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_belongs_to_one_call_and_one_body() {
    let house = open().await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let used = key();
    assert_eq!(
        house
            .hold_request(&slot, 2, &used)
            .send()
            .await
            .unwrap()
            .status(),
        201
    );
    problem(
        house.hold_request(&slot, 3, &used),
        "idempotency-key-reused",
    )
    .await;
    let held = house.held().await;
    problem(house.extend_request(&held, &used), "idempotency-key-reused").await;
    problem(
        house.confirm_request(&held, &used),
        "idempotency-key-reused",
    )
    .await;
    // Same empty body, another reservation: still another call.
    let extended = key();
    assert_eq!(
        house
            .extend_request(&held, &extended)
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    problem(
        house.extend_request(&house.held().await, &extended),
        "idempotency-key-reused",
    )
    .await;
    // A day later it is forgotten.
    house.wait(24 * 3_600);
    assert_eq!(
        house
            .hold_request(&slot, 3, &used)
            .send()
            .await
            .unwrap()
            .status(),
        201
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_by_rules_are_remembered_and_others_are_not() {
    let house = open_with(settings(&[
        ("places = 60", "places = 2"),
        ("limited_from = 12", "limited_from = 0"),
    ]))
    .await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let held = house.held().await;
    let refused = key();
    problem(house.hold_request(&slot, 2, &refused), "slot-unavailable").await;
    house
        .about(&held, Method::POST, "/cancel")
        .send()
        .await
        .unwrap();
    problem(house.hold_request(&slot, 2, &refused), "slot-unavailable").await;
    assert_eq!(
        house
            .hold_request(&slot, 2, &key())
            .send()
            .await
            .unwrap()
            .status(),
        201
    );

    // Told that the version is stale, the client reads again and repeats with the same key.
    let held = house.held_at("2026-12-05", "21:00", 2).await;
    let stale = key();
    problem(
        house.confirm_request(
            &Held {
                version: 9,
                ..held.clone()
            },
            &stale,
        ),
        "version-conflict",
    )
    .await;
    assert_eq!(
        house
            .confirm_request(&held, &stale)
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tap_while_the_first_is_on_its_way_is_told_to_wait() {
    let house = open().await;
    let slot = house.slot("2026-12-05", "19:00").await;
    // Somebody else holds the database's pen, so that the first call has to wait for it.
    let mut pen = house.database_beside().await;
    pen.take_the_pen().await;
    let used = key();
    // Whichever arrives second is answered first.
    let one = house.hold_request(&slot, 2, &used).send();
    let two = house.hold_request(&slot, 2, &used).send();
    let (mut one, mut two) = (Box::pin(one), Box::pin(two));
    let (early, late) = tokio::select! {
        response = &mut one => (response, two),
        response = &mut two => (response, one),
    };
    let early = early.unwrap();
    assert_eq!(early.headers()["retry-after"], "1");
    problem_of(early, "idempotency-key-in-flight").await;
    pen.put_down().await;
    let done = essence(late.await.unwrap()).await;
    assert_eq!(done.0, 201);
    assert_eq!(
        essence(house.hold_request(&slot, 2, &used).send().await.unwrap()).await,
        done
    );
    assert_eq!(count(&house, "reservations").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_memory_holds_no_key_and_no_guest() {
    let house = open().await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let secret = "canary-key-0123456789";
    let response = house.hold_request(&slot, 2, secret).send().await.unwrap();
    let reservation: Reservation = response.json().await.unwrap();
    let held = Held {
        id: reservation.id,
        token: reservation.manage_token.unwrap(),
        version: 1,
    };
    house.confirm_request(&held, &key()).send().await.unwrap();
    let mut database = house.database_beside().await;
    let rows = database
        .texts("SELECT key_hash || '|' || route || '|' || body_hash || '|' || COALESCE(reservation_id, '') || '|' || COALESCE(problem, '') FROM idempotency_keys")
        .await;
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert!(
            !row.contains(secret)
                && !row.contains("Luc")
                && !row.contains("lucia@")
                && !row.contains(&held.token),
            "{row}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_stored_for_what_cannot_be_read() {
    let house = open().await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let post = || {
        house
            .api(Method::POST, "/venues/interno/reservations")
            .header("idempotency-key", key())
    };
    let body = json!({ "slotId": slot, "partySize": 2, "locale": "es" }).to_string();
    problem(
        post()
            .header("content-type", "text/plain")
            .body(body.clone()),
        "unsupported-media-type",
    )
    .await;
    problem(
        post()
            .header("content-type", "application/json")
            .body(format!("{body}}}")),
        "malformed",
    )
    .await;
    problem(
        post().json(
            &json!({ "slotId": slot, "partySize": 2, "locale": "es", "pad": "x".repeat(70_000) }),
        ),
        "too-large",
    )
    .await;
    problem(post().json(&json!({ "slotId": slot })), "validation-failed").await;
    assert_eq!(count(&house, "reservations").await, 0);
    assert_eq!(count(&house, "idempotency_keys").await, 0);
}
