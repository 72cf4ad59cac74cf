//! Whoever has no token learns nothing, not even whether there is such a booking.

use reqwest::Method;
use serde_json::json;

use crate::front::{Front, Held, confirmation, heard, ok, refused, uuid};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_no_token_and_no_booking_are_the_same() {
    let front = Front::open().await;
    let (held, other) = (front.confirmed().await, front.held().await);
    front.supplier.calls();
    let nowhere = uuid();
    let calls = [
        (Method::GET, "", json!(null)),
        (Method::PATCH, "", json!({"notes": "x"})),
        (Method::POST, "/extend", json!({"expirationMinutes": 10})),
        (Method::POST, "/confirm", confirmation()),
        (Method::POST, "/cancel", json!({})),
    ];
    for (method, what, body) in &calls {
        let call = |uuid: &str, token: Option<&str>| {
            let call = front.call(method.clone(), &format!("/bookings/{uuid}{what}"));
            let call = if body.is_null() {
                call
            } else {
                call.json(body)
            };
            match token {
                Some(token) => call.bearer_auth(token),
                None => call,
            }
        };
        let answers = [
            call(&held.uuid, None),
            call(&held.uuid, Some("")),
            call(&held.uuid, Some(&other.token)),
            call(&held.uuid, Some(&held.token[..42])),
            call(&held.uuid.to_uppercase(), Some(&held.token)),
            call(&nowhere, Some(&held.token)),
            call(&nowhere, None),
            call("%2e%2e%2fproducts", Some(&held.token)),
        ];
        let mut told = Vec::new();
        for answer in answers.map(heard) {
            told.push(answer.await);
        }
        assert_eq!(told[0].1["error"], "INVALID_BOOKING_UUID");
        assert!(
            told.iter().all(|it| it == &told[0]),
            "{method} {what}: {told:?}"
        );
    }
    assert_eq!(
        front.supplier.calls(),
        [""; 0],
        "the supplier heard nothing"
    );
    assert_eq!(
        ok(front.about(&held, Method::GET, "")).await["status"],
        "CONFIRMED"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_outlives_the_server_and_opens_a_booking_of_this_product_only() {
    let mut front = Front::open().await;
    let held = front.confirmed().await;
    front.start().await;
    assert_eq!(
        ok(front.about(&held, Method::GET, "")).await["status"],
        "CONFIRMED"
    );
    // Another booking, by the same key of the supplier's.
    let read = || front.about(&held, Method::GET, "");
    let mut booking = ok(read()).await;
    for (name, value) in [
        ("productId", "another-product"),
        ("optionId", "another-option"),
        ("uuid", "1f0c5d2e-8b7a-89d3-a6e4-000000000000"),
    ] {
        let was = booking[name].clone();
        booking[name] = json!(value);
        let said = crate::supplier::Fate::Said(200, booking.to_string());
        front.supplier.next(Method::GET, said);
        refused(read(), 400, "INVALID_BOOKING_UUID").await;
        booking[name] = was;
    }
    let none = Held {
        uuid: uuid(),
        ..held
    };
    refused(
        front.about(&none, Method::GET, ""),
        400,
        "INVALID_BOOKING_UUID",
    )
    .await;
}
