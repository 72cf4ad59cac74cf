//! What whoever watches a server in front of a supplier is told.

use reqwest::Method;

use crate::front::{Front, confirmation, ok, refused, uuid};
use crate::supplier::{Fate, KEY, SECRET};

async fn told(front: &Front, path: &str) -> (u16, String) {
    let url = format!("{}{path}", front.watched);
    let response = front.client.get(url).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_and_refusals_are_counted_and_nobody_is_named() {
    let front = Front::open().await;
    let held = front.held().await;
    let confirm = front.about(&held, Method::POST, "/confirm");
    ok(confirm.json(&confirmation())).await;
    let stranger = front.call(Method::GET, &format!("/bookings/{}", uuid()));
    refused(stranger, 400, "INVALID_BOOKING_UUID").await;
    let (_, text) = told(&front, "/metrics").await;
    for line in [
        "reservation_server_up{backend=\"octo\"} 1",
        "reservation_server_refusals_total{problem=\"INVALID_BOOKING_UUID\"} 1",
        "reservation_server_http_requests_total{method=\"POST\",route=\"/octo/bookings/{uuid}/confirm\",status=\"2xx\"} 1",
    ] {
        assert!(text.lines().any(|it| it == line), "{line}\n{text}");
    }
    for canary in ["Canary", "canary@mail", "990 123", KEY, SECRET] {
        assert!(
            !text.contains(canary),
            "{canary} is in the figures:\n{text}"
        );
    }
    assert!(
        !text.contains(&held.uuid) && !text.contains(&held.token),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supplier_that_is_away_is_seen_and_no_reason_to_go_elsewhere() {
    let front = Front::open().await;
    front.wait(6);
    front.supplier.next(Method::GET, Fate::Late);
    let (_, text) = told(&front, "/metrics").await;
    let down = "reservation_server_up{backend=\"octo\"} 0";
    assert!(text.lines().any(|it| it == down), "{text}");
    assert_eq!(told(&front, "/readyz").await, (200, "ready\n".to_owned()));
    assert_eq!(told(&front, "/livez").await.0, 200);
    front.wait(6);
    let (_, text) = told(&front, "/metrics").await;
    let up = "reservation_server_up{backend=\"octo\"} 1";
    assert!(text.lines().any(|it| it == up), "{text}");
}
