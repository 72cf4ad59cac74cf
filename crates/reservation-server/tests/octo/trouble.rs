//! A supplier that is slow, down, or says something else: one clear refusal, and nothing hangs.

use std::time::{Duration, Instant};

use octo_double::{Habits, PRODUCT};
use reqwest::Method;
use reservation_server::settings::OCTO_SAMPLE;
use tokio::net::TcpListener;

use crate::front::{Front, ok, read, refused};
use crate::supplier::{Fate, KEY};

fn product() -> String {
    format!("/products/{PRODUCT}")
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_no_answer_is_said_alike() {
    let front = Front::open().await;
    let mut huge = "[\"".to_owned();
    huge.push_str(&"x".repeat(10 * 1024 * 1024));
    huge.push_str("\"]");
    for fate in [
        Fate::Late,
        Fate::Failed,
        Fate::Said(200, "<!doctype html><title>Welcome</title>".into()),
        Fate::Said(200, huge),
        Fate::Said(200, String::new()),
        Fate::Said(200, "{\"id\": \"another\"}".into()),
        Fate::Said(200, "[".repeat(100_000)),
        Fate::Said(502, "<h1>Bad gateway</h1>".into()),
        Fate::Said(
            401,
            format!("{{\"error\": \"UNAUTHORIZED\", \"errorMessage\": {KEY:?}}}"),
        ),
        Fate::Said(403, String::new()),
        Fate::Said(
            400,
            format!("{{\"error\": \"FORBIDDEN\", \"errorMessage\": {KEY:?}}}"),
        ),
    ] {
        let began = Instant::now();
        front.supplier.next(Method::GET, fate);
        let response = front.call(Method::GET, &product()).send().await.unwrap();
        assert_eq!(response.headers()["retry-after"], "5");
        let (status, told) = read(response).await;
        assert_eq!(
            (status, told["error"].as_str()),
            (503, Some("SERVICE_UNAVAILABLE"))
        );
        assert!(
            began.elapsed() < Duration::from_millis(3_500),
            "{:?}",
            began.elapsed()
        );
        // It has harmed nobody who comes after.
        ok(front.call(Method::GET, &product())).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_not_followed_with_the_key() {
    let front = Front::open().await;
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = format!(
        "http://{}/octo{}",
        elsewhere.local_addr().unwrap(),
        product()
    );
    for to in [
        target,
        format!("{}/products/{PRODUCT}", front.supplier.base()),
    ] {
        front.supplier.next(Method::GET, Fate::Sent(to));
        refused(
            front.call(Method::GET, &product()),
            503,
            "SERVICE_UNAVAILABLE",
        )
        .await;
    }
    let came = tokio::time::timeout(Duration::from_millis(200), elsewhere.accept()).await;
    assert!(came.is_err(), "somebody came");
    assert_eq!(front.supplier.calls().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn health_tells_whether_the_supplier_answers() {
    let front = Front::open().await;
    let health = || front.client.get(format!("{}/api/v1/health", front.base));
    ok(health()).await;
    front.supplier.next(Method::GET, Fate::Failed);
    // It is believed for a moment.
    ok(health()).await;
    front.wait(6);
    let response = health().send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "5");
    let (status, told) = read(response).await;
    assert_eq!(
        (status, told["type"].as_str()),
        (503, Some("/problems/temporarily-unavailable"))
    );
    front.wait(6);
    ok(health()).await;
    assert_eq!(front.supplier.calls().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_there() {
    // Nobody listens on a port that was free a moment ago.
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/octo", free.local_addr().unwrap());
    drop(free);
    let front = Front::with(Habits::default(), &[]).await;
    let text = crate::front::settings(&base, &[]);
    assert_ne!(text, OCTO_SAMPLE);
    let front = front.of(text).await;
    refused(
        front.call(Method::GET, &product()),
        503,
        "SERVICE_UNAVAILABLE",
    )
    .await;
    refused(
        front.take(&crate::front::uuid(), 2),
        503,
        "SERVICE_UNAVAILABLE",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_calls_than_it_gets_at_once_wait_for_their_turn() {
    let one = ("calls_at_once = 32", "calls_at_once = 1");
    let front = Front::with(Habits::default(), &[one]).await;
    let all = (0..8).map(|_| ok(front.call(Method::GET, &product())));
    assert_eq!(futures_util::future::join_all(all).await.len(), 8);
    // Who would wait too long is told so.
    front.supplier.next(Method::GET, Fate::Late);
    let slow = front.call(Method::GET, &product());
    let next = front.call(Method::GET, &product());
    let down = |call| refused(call, 503, "SERVICE_UNAVAILABLE");
    tokio::join!(down(slow), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let (status, _) = crate::front::heard(next).await;
        assert!([200, 503].contains(&status));
    });
}
