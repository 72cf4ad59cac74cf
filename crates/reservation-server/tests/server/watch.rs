//! What whoever watches the server is told.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reservation_server::clock::ManualClock;
use reservation_server::server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{House, default_settings, key, open, open_with, problem};
use crate::mail::{DAY, confirm, with_mail};
use crate::operator::say;
use crate::sink::{Mood, Sink};

async fn figures(house: &House) -> String {
    until_ready(house).await;
    let url = format!("{}/metrics", house.watched);
    let response = house.client.get(url).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let kind = response.headers()["content-type"].to_str().unwrap();
    assert_eq!(kind, "text/plain; version=0.0.4; charset=utf-8");
    response.text().await.unwrap()
}

/// The value of a series, by its name and labels as they are written.
fn value(figures: &str, series: &str) -> Option<f64> {
    let found = figures
        .lines()
        .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    found.map(|value| value.parse().unwrap())
}

async fn told(house: &House, path: &str) -> (u16, String) {
    let url = format!("{}{path}", house.watched);
    let response = house.client.get(url).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

async fn until_ready(house: &House) {
    while told(house, "/readyz").await.0 != 200 {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_reservations_and_calls_is_counted_once() {
    let house = open().await;
    let held = house.held().await;
    let used = key();
    for _ in 0..2 {
        // The second is a replay: answered, and nothing has become of the reservation.
        let call = house.confirm_request(&held, &used);
        assert_eq!(call.send().await.unwrap().status(), 200);
    }
    problem(house.confirm_request(&held, &key()), "version-conflict").await;
    let cancel = house.about(&held, Method::POST, "/cancel");
    assert_eq!(cancel.send().await.unwrap().status(), 200);
    house.held().await;
    house.held_at(DAY, "21:00", 1).await;
    house.wait(3_600);
    let text = figures(&house).await;
    for (series, is) in [
        ("reservations_total{event=\"held\"}", 3.0),
        ("reservations_total{event=\"confirmed\"}", 1.0),
        ("reservations_total{event=\"cancelled\"}", 1.0),
        ("reservations_ahead{status=\"CANCELLED\"}", 1.0),
        ("reservations_ahead{status=\"EXPIRED\"}", 2.0),
        ("reservations_ahead{status=\"ON_HOLD\"}", 0.0),
        ("refusals_total{problem=\"version-conflict\"}", 1.0),
        (
            "http_requests_total{method=\"POST\",route=\"/api/v1/reservations/{id}/confirm\",status=\"2xx\"}",
            2.0,
        ),
        (
            "http_request_duration_seconds_count{method=\"POST\",route=\"/api/v1/reservations/{id}/confirm\"}",
            3.0,
        ),
        ("outbox_messages{state=\"waiting\"}", 0.0),
    ] {
        let series = format!("reservation_server_{series}");
        assert_eq!(value(&text, &series), Some(is), "{series}\n{text}");
    }
    let backend = if crate::ON_POSTGRES {
        "postgresql"
    } else {
        "sqlite"
    };
    let up = format!("reservation_server_up{{backend=\"{backend}\"}}");
    assert_eq!(value(&text, &up), Some(1.0), "{text}");
    let build = format!("reservation_server_build_info{{version=\"0.1.0\",backend=\"{backend}\"}}");
    assert_eq!(value(&text, &build), Some(1.0), "{text}");
    let open = value(&text, "reservation_server_connections");
    assert!(open.is_some_and(|open| open >= 1.0), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_makes_a_series_of_words_of_his_own() {
    let house = open().await;
    let before = figures(&house).await.lines().count();
    let call = async |method: &str, path: &str| {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let call = house
            .client
            .request(method, format!("{}{path}", house.base));
        call.send().await.unwrap();
    };
    for number in 0..40 {
        call(
            "GET",
            &format!("/api/v1/reservations/canary{number}?canary"),
        )
        .await;
        call("GET", &format!("/api/canary{number}")).await;
        call("GET", &format!("/canary{number}")).await;
        call(&format!("CANARY{number}"), "/api/v1/health").await;
    }
    let text = figures(&house).await;
    assert!(!text.to_lowercase().contains("canary"), "{text}");
    let series = text.lines().count() - before;
    assert!(series < 90, "{series} lines are new:\n{text}");
    let unknown = "reservation_server_http_requests_total{method=\"GET\",route=\"/api (unknown)\",status=\"4xx\"}";
    assert_eq!(value(&text, unknown), Some(40.0), "{text}");
    let other = "reservation_server_http_requests_total{method=\"other\",route=\"/api/v1/health\",status=\"4xx\"}";
    assert_eq!(value(&text, other), Some(40.0), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_waits_is_seen_with_its_age_and_mail_that_was_sent_is_counted() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    sink.is(Mood::Busy);
    confirm(&house, &house.held_at(DAY, "12:00", 1).await, "es").await;
    let put_back = "reservation_server_messages_total{result=\"PUT_BACK\"}";
    let mut text = figures(&house).await;
    while value(&text, put_back).is_none() {
        tokio::time::sleep(Duration::from_millis(50)).await;
        text = figures(&house).await;
    }
    house.wait(20);
    let text = figures(&house).await;
    let waiting = "reservation_server_outbox_messages{state=\"waiting\"}";
    assert_eq!(value(&text, waiting), Some(1.0), "{text}");
    let oldest = "reservation_server_outbox_oldest_age_seconds";
    assert_eq!(value(&text, oldest), Some(20.0), "{text}");
    sink.is(Mood::Takes);
    house.wait(60);
    sink.wait_for(1).await;
    let sent = "reservation_server_messages_total{result=\"SENT\"}";
    while value(&figures(&house).await, sent) != Some(1.0) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let text = figures(&house).await;
    assert_eq!(value(&text, waiting), Some(0.0), "{text}");
    assert_eq!(value(&text, oldest), Some(0.0), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_ready_while_the_database_takes_something_and_alive_anyway() {
    let house = open().await;
    until_ready(&house).await;
    assert_eq!(told(&house, "/readyz").await, (200, "ready\n".to_owned()));
    let mut pen = house.database_beside().await;
    pen.take_the_pen().await;
    // What was found out a moment ago is believed for some seconds.
    let mut ready = told(&house, "/readyz").await;
    while ready.0 == 200 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        ready = told(&house, "/readyz").await;
    }
    assert_eq!(ready, (503, "the database takes nothing\n".to_owned()));
    assert_eq!(told(&house, "/livez").await, (200, "alive\n".to_owned()));
    let health = house.get("/health").await.status();
    assert_eq!(health, 200, "it answers, and that is what health asks");
    pen.put_down().await;
    until_ready(&house).await;
    // The house's own doings are another process's: seen, and not counted here.
    let held = house.confirmed().await;
    say(&house, &format!("cancel {}", held.id)).await;
    let text = figures(&house).await;
    let event = "reservation_server_reservations_total{event=\"cancelled\"}";
    assert_eq!(value(&text, event), None, "{text}");
    let ahead = "reservation_server_reservations_ahead{status=\"CANCELLED\"}";
    assert_eq!(value(&text, ahead), Some(1.0), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_for_this_machine_alone() {
    let house = House::closed(default_settings());
    for outside in ["0.0.0.0:0", "[::]:0", "192.0.2.7:9187"] {
        let mut options = house.options(None);
        options.metrics = Some(outside.parse().unwrap());
        let clock: Arc<ManualClock> = Arc::clone(&house.clock);
        let said = server::start(options, clock).await.err().unwrap();
        assert!(said.contains(&format!("--metrics {outside}")), "{said}");
        assert!(said.contains("this machine alone"), "{said}");
    }
    let house = open().await;
    for path in ["/metrics", "/livez", "/readyz"] {
        let url = format!("{}{path}", house.base);
        let response = house.client.get(url).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path} at the site");
    }
    assert_eq!(told(&house, "/api/v1/health").await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_still_being_answered_keeps_it_alive_and_not_ready() {
    let mut house = open().await;
    let address = house.base.strip_prefix("http://").unwrap();
    let mut phone = TcpStream::connect(address).await.unwrap();
    let head = "POST /api/v1/venues/interno/link-requests HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
        content-length: 2\r\n\r\n{";
    phone.write_all(head.as_bytes()).await.unwrap();
    // The call has begun once it is the only one that is not over.
    let ask = house.client.clone();
    let (ready, figures) = (
        format!("{}/readyz", house.watched),
        format!("{}/metrics", house.watched),
    );
    let told = async |url: &str| {
        let response = ask.get(url).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    while !told(&figures)
        .await
        .1
        .contains("reservation_server_connections 1\n")
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let watcher = async {
        let mut now = told(&ready).await;
        while now.0 == 200 {
            tokio::time::sleep(Duration::from_millis(20)).await;
            now = told(&ready).await;
        }
        assert_eq!(now, (503, "stopping\n".to_owned()));
        phone.write_all(b"}").await.unwrap();
        let mut answer = String::new();
        phone.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
    };
    tokio::join!(house.stop(), watcher);
    assert!(ask.get(&ready).send().await.is_err(), "it has ended, too");
}
