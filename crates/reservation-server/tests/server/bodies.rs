//! Bodies that no client of ours would send; the fuzzer found what happened to them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::Method;
use reservation_contract::openapi::fixture;
use serde_json::{Value, json};

use crate::harness::{key, open, problem};

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_no_object() {
    let house = open().await;
    let held = house.held().await;
    let confirm = |body: &Value| {
        house
            .about(&held, Method::POST, "/confirm")
            .header("idempotency-key", key())
            .header("if-match", "\"1\"")
            .json(body)
    };
    let golden = fixture("request-confirm").unwrap();
    let golden_but = |name: &str, value: Value| {
        let mut body = golden.clone();
        body[name] = value;
        body
    };
    for (body, pointer) in [
        (json!([]), ""),
        (
            golden_but("guest", json!(["Ana", "Ríos", "a@b.co"])),
            "/guest",
        ),
        (golden_but("consents", json!([true])), "/consents"),
        (
            golden_but("guests", json!([{ "fields": {} }, []])),
            "/guests/1",
        ),
    ] {
        let problem = problem(confirm(&body), "validation-failed").await;
        let errors = problem.errors.unwrap();
        assert_eq!(
            (errors[0].pointer.as_str(), errors.len()),
            (pointer, 1),
            "{body}"
        );
        assert_eq!(errors[0].code, "invalid");
    }
    let done = house.confirmed().await;
    let change = house
        .about(&done, Method::PATCH, "")
        .header("idempotency-key", key())
        .header("if-match", "\"2\"")
        .json(&json!([null, null]));
    problem(change, "validation-failed").await;
    assert_eq!(confirm(&golden).send().await.unwrap().status(), 200);
}

/// A refusal that did not wait for the body had to close the connection, and a phone that was still
/// sending saw a broken connection in place of the reason.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_reaches_who_is_still_sending() {
    let house = open().await;
    let address = house.base.trim_start_matches("http://").to_owned();
    let talk = move || {
        let mut phone = TcpStream::connect(&address).unwrap();
        phone
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        // Twice on one connection: the second call is only read if the first left it in order.
        for _ in 0..2 {
            let head = "POST /api/v1/reservations/nobody/confirm HTTP/1.1\r\nhost: x\r\n\
                        content-type: application/json\r\ncontent-length: 2\r\n\r\n";
            phone.write_all(head.as_bytes()).unwrap();
            std::thread::sleep(Duration::from_millis(200));
            phone.write_all(b"{}").unwrap();
            let mut answer = vec![0; 4_096];
            let length = phone.read(&mut answer).unwrap();
            let answer = String::from_utf8_lossy(&answer[..length]);
            assert!(answer.starts_with("HTTP/1.1 404"), "{answer:?}");
        }
    };
    tokio::task::spawn_blocking(talk).await.unwrap();
}
