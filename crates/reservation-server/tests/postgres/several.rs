//! Several servers on one database behave as one.

use std::collections::BTreeMap;
use std::sync::Arc;

use reservation_server::clock::ManualClock;
use reservation_server::server;
use serde_json::Value;

use crate::harness::{House, key, open_with, problem, settings};

/// A second server on the first one's database, with its clock and its token key.
async fn beside(first: &House, settings: String) -> House {
    let mut second = House::closed(settings);
    second.clock = Arc::clone(&first.clock);
    second.url.clone_from(&first.url);
    std::fs::create_dir_all(second.data()).unwrap();
    let key = |house: &House| house.data().join("token.key");
    std::fs::copy(key(first), key(&second)).unwrap();
    second.start(None).await;
    second
}

fn ten() -> String {
    settings(&[
        ("places = 60", "places = 10"),
        ("limited_from = 12", "limited_from = 3"),
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_takers_at_two_servers_for_10_places_exactly_10_succeed() {
    let one = open_with(ten()).await;
    let two = beside(&one, ten()).await;
    let slot = one.slot("2026-12-05", "19:00").await;
    let calls: Vec<_> = (0..64)
        .map(|taker| {
            let house = if taker % 2 == 0 { &one } else { &two };
            tokio::spawn(house.hold_request(&slot, 1, &key()).send())
        })
        .collect();
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for call in calls {
        let response = call.await.unwrap().unwrap();
        *statuses.entry(response.status().as_u16()).or_default() += 1;
    }
    assert_eq!(statuses, BTreeMap::from([(201, 10), (409, 54)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reservation_of_one_server_is_confirmed_and_found_at_the_other() {
    let one = open_with(ten()).await;
    let two = beside(&one, ten()).await;
    let held = one.held().await;
    let confirmed = two.confirm_request(&held, &key()).send().await.unwrap();
    assert_eq!(confirmed.status(), 200);
    assert_eq!(one.read(&held).await.version, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_one_key_at_both_servers() {
    let one = open_with(ten()).await;
    let two = beside(&one, ten()).await;
    let slot = one.slot("2026-12-05", "19:00").await;
    for _ in 0..20 {
        let used = key();
        let calls = [&one, &two].map(|house| house.hold_request(&slot, 1, &used).send());
        let [first, second] = calls.map(tokio::spawn);
        let mut ids = Vec::new();
        for call in [first, second] {
            let response = call.await.unwrap().unwrap();
            assert_eq!(response.status(), 201);
            let value: Value = response.json().await.unwrap();
            ids.push(value["id"].clone());
        }
        assert_eq!(ids[0], ids[1], "one key, one hold");
        let cancel = format!("/reservations/{}/cancel", ids[0].as_str().unwrap());
        let again = two.hold_request(&slot, 1, &used).send().await.unwrap();
        let token = again.json::<Value>().await.unwrap()["manageToken"].clone();
        let gone = one
            .api(reqwest::Method::POST, &cancel)
            .bearer_auth(token.as_str().unwrap())
            .send()
            .await
            .unwrap();
        assert_eq!(gone.status(), 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_too_long_for_the_other_server_s_answer_is_told_to_come_back() {
    let one = open_with(ten()).await;
    let two = beside(&one, ten()).await;
    let slot = one.slot("2026-12-05", "19:00").await;
    let mut pen = one.database_beside().await;
    let used = key();
    // The other server's call, half done: its key is taken, its answer is not there yet.
    pen.run("BEGIN").await;
    let hash = reservation_server::secret::fingerprint(used.as_bytes());
    pen.texts(&format!("INSERT INTO idempotency_keys (key_hash, route, body_hash, kept_until) VALUES ('{hash}', 'hold', '', 0) RETURNING key_hash"))
        .await;
    problem(
        two.hold_request(&slot, 1, &used),
        "idempotency-key-in-flight",
    )
    .await;
    pen.put_down().await;
    let response = two.hold_request(&slot, 1, &used).send().await.unwrap();
    assert_eq!(response.status(), 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_another_token_key_is_not_let_in() {
    let one = open_with(ten()).await;
    let mut stranger = House::closed(ten());
    stranger.url.clone_from(&one.url);
    let clock: Arc<ManualClock> = Arc::clone(&stranger.clock);
    let started = server::start(stranger.options(None), clock).await;
    let said = started.err().expect("it is refused");
    assert!(said.contains("another token key"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_make_the_tables_once() {
    let url = test_database::fresh();
    let starts: Vec<_> = (0..8)
        .map(|_| {
            let url = url.clone();
            let clock = std::sync::Arc::new(reservation_server::clock::SystemClock);
            tokio::spawn(async move {
                reservation_server::store::Store::connect(&url, clock)
                    .await
                    .map(drop)
            })
        })
        .collect();
    for start in starts {
        start.await.unwrap().expect("each of them starts");
    }
}
