//! Never two parties at one table, never an empty chair refused.

use std::collections::BTreeMap;

use reqwest::Method;
use reservation_contract::problem::Problem;
use serde_json::Value;

use crate::harness::{key, open_with, problem, settings};

fn ten() -> String {
    settings(&[
        ("places = 60", "places = 10"),
        ("limited_from = 12", "limited_from = 3"),
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_parallel_takers_for_10_places_exactly_10_succeed() {
    let house = open_with(ten()).await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let calls: Vec<_> = (0..64)
        .map(|_| tokio::spawn(house.hold_request(&slot, 1, &key()).send()))
        .collect();
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for call in calls {
        let response = call.await.unwrap().unwrap();
        let status = response.status().as_u16();
        *statuses.entry(status).or_default() += 1;
        if status == 409 {
            let problem: Problem = response.json().await.unwrap();
            let alternatives = problem.alternatives.unwrap();
            assert_eq!(alternatives.len(), 4);
            assert_eq!(alternatives[0].starts_at, "2026-12-05T21:00:00-05:00");
        }
    }
    assert_eq!(statuses, BTreeMap::from([(201, 10), (409, 54)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn parties_fill_a_seating_to_the_last_chair() {
    let house = open_with(ten()).await;
    let slot = house.slot("2026-12-05", "19:00").await;
    for (party, status) in [(4, 201), (4, 201), (3, 409), (2, 201), (1, 409)] {
        let response = house
            .hold_request(&slot, party, &key())
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), status, "{party}");
    }
    let day = house
        .json("/venues/interno/availability?date=2026-12-05&partySize=2")
        .await;
    assert_eq!(day["slots"][0]["status"], "SOLD_OUT");
    assert_eq!(day["slots"][1]["status"], "AVAILABLE");
    assert!(day.get("reason").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_back_can_be_taken_again() {
    let house = open_with(settings(&[
        ("places = 60", "places = 8"),
        ("limited_from = 12", "limited_from = 3"),
    ]))
    .await;
    let held = house.held_at("2026-12-05", "19:00", 8).await;
    let slot = house.slot("2026-12-05", "19:00").await;
    problem(house.hold_request(&slot, 1, &key()), "slot-unavailable").await;
    assert_eq!(
        house
            .confirm_request(&held, &key())
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    problem(house.hold_request(&slot, 1, &key()), "slot-unavailable").await;
    house
        .about(&held, Method::POST, "/cancel")
        .send()
        .await
        .unwrap();
    assert_eq!(
        house
            .hold_request(&slot, 8, &key())
            .send()
            .await
            .unwrap()
            .status(),
        201
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn takers_and_givers_at_once_never_oversell() {
    let house = open_with(ten()).await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let rounds: Vec<_> = (0..24_u32)
        .map(|taker| {
            let (client, base, slot) = (house.client.clone(), house.base.clone(), slot.clone());
            tokio::spawn(async move {
                let body = serde_json::json!({ "slotId": slot, "partySize": 1 + taker % 3, "locale": "en" });
                for _ in 0..4 {
                    let response = client.post(format!("{base}/api/v1/venues/interno/reservations")).header("idempotency-key", key()).json(&body).send().await.unwrap();
                    if response.status() == 201 {
                        let held: Value = response.json().await.unwrap();
                        let url = format!("{base}/api/v1/reservations/{}/cancel", held["id"].as_str().unwrap());
                        if taker % 2 == 0 {
                            client.post(url).bearer_auth(held["manageToken"].as_str().unwrap()).send().await.unwrap();
                        }
                    }
                }
            })
        })
        .collect();
    for round in rounds {
        round.await.unwrap();
    }
    let mut database = house.database_beside().await;
    let taken = database
        .number("SELECT SUM(party_size) FROM reservations WHERE status = 'ON_HOLD'")
        .await;
    // The last chair was taken by somebody: nobody was refused for nothing.
    assert!((8..=10).contains(&taken), "{taken}");
    if crate::ON_POSTGRES {
        // Its rows have no order in which they were written.
        return;
    }
    // Replay the history: at no version were more than ten places taken.
    let events = database
        .texts("SELECT status || ' ' || party_size FROM reservation_versions ORDER BY rowid")
        .await;
    let mut taken = 0;
    for event in &events {
        let (status, party) = event.split_once(' ').unwrap();
        let party: i64 = party.parse().unwrap();
        taken += if status == "ON_HOLD" { party } else { -party };
        assert!((0..=10).contains(&taken), "{taken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_day_says_so_and_offers_the_nearest() {
    let house = open_with(settings(&[
        ("places = 60", "places = 2"),
        ("limited_from = 12", "limited_from = 0"),
    ]))
    .await;
    house.held_at("2026-11-28", "19:00", 2).await;
    let held = house.held_at("2026-11-28", "21:00", 2).await;
    let path = "/venues/interno/availability?date=2026-11-28&partySize=2";
    assert_eq!(house.json(path).await["reason"], "HELD");
    house.confirm_request(&held, &key()).send().await.unwrap();
    let day = house.json(path).await;
    assert_eq!(day["alternatives"].as_array().unwrap().len(), 4);
    assert_eq!(
        day["alternatives"][0]["startsAt"],
        "2026-11-27T19:00:00-05:00"
    );
    house.wait(700);
    assert_eq!(house.json(path).await["slots"][0]["status"], "AVAILABLE");
}
