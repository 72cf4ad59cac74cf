//! The life cycle, and that real answers are what the golden fixtures show.

use reqwest::Method;
use reservation_contract::openapi::fixture;
use reservation_contract::reservation::Reservation;
use reservation_contract::words::ReservationStatus;
use serde_json::Value;

use crate::harness::{Held, key, open, problem, same_keys};

async fn typed(response: reqwest::Response, golden: &str) -> Reservation {
    let value: Value = response.json().await.unwrap();
    assert_eq!(
        same_keys(&fixture(golden).unwrap(), &value),
        Ok(()),
        "{golden}"
    );
    let reservation: Reservation = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(
        serde_json::to_value(&reservation).unwrap(),
        value,
        "nothing is lost in the type"
    );
    reservation
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_held_confirmed_found_and_cancelled() {
    let mut house = open().await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let response = house.hold_request(&slot, 2, &key()).send().await.unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["etag"], "\"1\"");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let reservation = typed(response, "reservation-on-hold").await;
    assert_eq!(location, format!("/api/v1/reservations/{}", reservation.id));
    assert_eq!(reservation.status, ReservationStatus::OnHold);
    assert_eq!(reservation.slot.starts_at, "2026-12-05T19:00:00-05:00");
    assert_eq!(
        reservation.expires_at.as_deref(),
        Some("2026-11-20T10:10:00-05:00")
    );
    assert_eq!(reservation.server_time, "2026-11-20T10:00:00-05:00");
    let held = Held {
        id: reservation.id,
        token: reservation.manage_token.unwrap(),
        version: 1,
    };

    house.wait(60);
    let response = house.extend_request(&held, &key()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["etag"], "\"2\"");
    let longer: Reservation = response.json().await.unwrap();
    assert_eq!(
        longer.expires_at.as_deref(),
        Some("2026-11-20T10:15:00-05:00")
    );
    assert_eq!(longer.manage_token, None);
    let held = Held { version: 2, ..held };

    let response = house.confirm_request(&held, &key()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let confirmed = typed(response, "reservation-confirmed").await;
    assert_eq!(confirmed.status, ReservationStatus::Confirmed);
    assert_eq!(confirmed.expires_at, None);
    assert_eq!(confirmed.guest.as_ref().unwrap().given_name, "Lucía");
    assert_eq!(confirmed.dietary[0].codes, ["gluten"]);

    house.restart().await;
    let found = house.read(&held).await;
    assert_eq!(
        found,
        Reservation {
            server_time: found.server_time.clone(),
            ..confirmed
        }
    );

    let response = house
        .about(&held, Method::POST, "/cancel")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let cancelled = typed(response, "reservation-cancelled").await;
    assert_eq!(cancelled.status, ReservationStatus::Cancelled);
    house.wait(60);
    // The version the guest saw is stale by now, and still the answer is the same.
    let again = house
        .about(&held, Method::POST, "/cancel")
        .header("if-match", "\"3\"")
        .send()
        .await
        .unwrap();
    let again: Reservation = again.json().await.unwrap();
    assert_eq!(
        again,
        Reservation {
            server_time: again.server_time.clone(),
            ..cancelled
        }
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_given_back_is_expired_and_free_at_once() {
    let house = open().await;
    let held = house.held_at("2026-12-05", "19:00", 8).await;
    house.wait(10);
    let response = house
        .about(&held, Method::POST, "/cancel")
        .send()
        .await
        .unwrap();
    let reservation = typed(response, "reservation-expired").await;
    assert_eq!(reservation.status, ReservationStatus::Expired);
    assert_eq!(
        reservation.expires_at.as_deref(),
        Some("2026-11-20T10:00:10-05:00")
    );
    problem(
        house.confirm_request(&Held { version: 2, ..held }, &key()),
        "hold-expired",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_and_an_unknown_id_are_the_same_404() {
    let house = open().await;
    let held = house.confirmed().await;
    let other = house.held().await;
    let calls = [
        ("", Method::GET),
        ("", Method::PATCH),
        ("/calendar.ics", Method::GET),
        ("/extend", Method::POST),
        ("/confirm", Method::POST),
        ("/cancel", Method::POST),
        ("/erase", Method::POST),
    ];
    for (action, method) in calls {
        let path = format!("/reservations/{}{action}", held.id);
        let mut answers = Vec::new();
        let unknown = Held {
            id: "0".repeat(32),
            ..held.clone()
        };
        let tries = [
            house.api(method.clone(), &path),
            house.api(method.clone(), &path).bearer_auth(&other.token),
            house.api(method.clone(), &path).bearer_auth("nonsense"),
            house
                .api(method.clone(), &path)
                .header("authorization", format!("Basic {}", held.token)),
            house
                .api(method.clone(), &path)
                .header("authorization", &held.token),
            house.about(&unknown, method.clone(), action),
        ];
        for request in tries {
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 404);
            let mut headers: Vec<String> = response
                .headers()
                .iter()
                .filter(|(name, _)| *name != "date")
                .map(|(name, value)| format!("{name}: {value:?}"))
                .collect();
            headers.sort();
            answers.push((headers, response.text().await.unwrap()));
        }
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{action}: {answers:?}"
        );
    }
    assert_eq!(house.read(&held).await.status, ReservationStatus::Confirmed);
}
