//! When one client has had enough.

use octo_double::{Habits, PRODUCT};
use reqwest::Method;
use serde_json::json;

use crate::front::{Front, confirmation, heard, ok, read, refused, uuid};
use crate::supplier::Fate;

#[tokio::test(flavor = "multi_thread")]
async fn reads_and_writes_are_counted_apart() {
    let few = [
        ("reads_per_minute = 300", "reads_per_minute = 3"),
        ("writes_per_minute = 60", "writes_per_minute = 2"),
    ];
    let front = Front::with(Habits::default(), &few).await;
    let product = || front.call(Method::GET, &format!("/products/{PRODUCT}"));
    for _ in 0..3 {
        ok(product()).await;
    }
    let response = product().send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "20");
    let (status, told) = read(response).await;
    assert_eq!((status, &told["error"]), (429, &json!("TOO_MANY_REQUESTS")));
    // A wrong token is counted, too.
    let guess = format!("/bookings/{}", uuid());
    refused(front.call(Method::GET, &guess), 429, "TOO_MANY_REQUESTS").await;
    let held = front.held().await;
    let cancel = || front.about(&held, Method::POST, "/cancel").json(&json!({}));
    ok(cancel()).await;
    let response = cancel().send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "30");
    assert_eq!(read(response).await.0, 429);
    front.wait(30);
    refused(cancel(), 400, "UNPROCESSABLE_ENTITY").await;
    ok(product()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_client_cannot_hold_the_house() {
    let two = ("holds_per_client = 5", "holds_per_client = 2");
    let front = Front::with(Habits::default(), &[two]).await;
    let first = front.held().await;
    front.wait(60);
    front.held().await;
    let third = uuid();
    let response = front.take(&third, 1).send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "541");
    assert_eq!(read(response).await.0, 429);
    assert_eq!(front.supplier.standing(), 2);
    // The same wish is no other, and a booking is no hold.
    ok(front.take(&first.uuid, 2)).await;
    let confirm = front.about(&first, Method::POST, "/confirm");
    ok(confirm.json(&confirmation())).await;
    // What was refused was none either.
    front
        .supplier
        .double
        .lock()
        .unwrap()
        .taken
        .insert(crate::front::seating(), 8);
    refused(front.take(&third, 1), 400, "UNPROCESSABLE_ENTITY").await;
    front.supplier.double.lock().unwrap().taken.clear();
    ok(front.take(&third, 1)).await;
    assert_eq!(heard(front.take(&uuid(), 1)).await.0, 429);
    front.wait(700);
    ok(front.take(&uuid(), 1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_made_longer_so_often_and_no_more() {
    let front = Front::open().await;
    let held = front.held().await;
    let more = || {
        let more = front.about(&held, Method::POST, "/extend");
        more.json(&json!({"expirationMinutes": 10}))
    };
    ok(more()).await;
    ok(more()).await;
    front.supplier.calls();
    refused(more(), 400, "UNPROCESSABLE_ENTITY").await;
    assert_eq!(front.supplier.calls(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supplier_that_has_had_enough_says_until_when() {
    let front = Front::open().await;
    for (told, said) in [(7, "7"), (90_000, "300"), (0, "1")] {
        front.supplier.next(Method::GET, Fate::Busy(told));
        let product = front.call(Method::GET, &format!("/products/{PRODUCT}"));
        let response = product.send().await.unwrap();
        assert_eq!(response.headers()["retry-after"], said);
        assert_eq!(read(response).await.0, 429);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_call_it_is_a_trusted_proxy_says_and_nobody_else() {
    let one = ("reads_per_minute = 300", "reads_per_minute = 1");
    let trusted = ("trusted_proxies = []", "trusted_proxies = [\"127.0.0.1\"]");
    for (changes, second) in [(vec![one], 429), (vec![one, trusted], 200)] {
        let front = Front::with(Habits::default(), &changes).await;
        let from = |address: &str| {
            let product = front.call(Method::GET, &format!("/products/{PRODUCT}"));
            product.header("x-forwarded-for", address)
        };
        ok(from("10.0.0.1")).await;
        assert_eq!(heard(from("10.0.0.2")).await.0, second);
        assert_eq!(heard(from("10.0.0.1")).await.0, 429);
    }
}
