//! Answers that never came: what was wished for once is there once, and its maker gets at it. Nobody else does.

use octo_double::{Habits, seatings};
use reqwest::Method;
use serde_json::json;

use crate::front::{Front, Held, confirmation, heard, hold, ok, refused, token_of, uuid};
use crate::supplier::Fate;

fn habits(breaks_on_known_uuid: bool) -> Habits {
    Habits {
        breaks_on_known_uuid,
        ..Habits::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_wish_again_is_answered_as_the_first_time() {
    for breaks in [false, true] {
        let mut front = Front::with(habits(breaks), &[]).await;
        let uuid = uuid();
        // What is free beside it the double counts before and after.
        let wish = async |front: &Front| {
            let mut told = ok(front.take(&uuid, 2)).await;
            told["availability"]["vacancies"] = json!(null);
            told
        };
        let first = wish(&front).await;
        let held = token_of(&uuid, &first);
        // The browser heard nothing. By its uuid alone it gets nothing either.
        let bare = front.call(Method::GET, &format!("/bookings/{uuid}"));
        refused(bare, 400, "INVALID_BOOKING_UUID").await;
        front.supplier.calls();
        assert_eq!(wish(&front).await, first);
        // Not even where the server was started anew meanwhile.
        front.start().await;
        front.wait(30);
        assert_eq!(wish(&front).await, first);
        let reads = [
            format!("GET /bookings/{uuid}"),
            format!("GET /bookings/{uuid}"),
        ];
        assert_eq!(front.supplier.calls(), reads);
        assert_eq!(front.supplier.standing(), 1);
        // What has ended has ended, and is said.
        front.wait(700);
        let over = ok(front.take(&uuid, 2)).await;
        assert_eq!(over["status"], "EXPIRED");
        assert_eq!(token_of(&uuid, &over), held);
        front.supplier.kept_the_standard();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_the_supplier_lost_is_asked_for() {
    for breaks in [false, true] {
        let front = Front::with(habits(breaks), &[]).await;
        for fate in [Fate::Failed, Fate::Late, Fate::Said(200, "<html>".into())] {
            let carried_out = !matches!(fate, Fate::Said(..));
            let before = front.supplier.standing();
            let uuid = uuid();
            front.supplier.next(Method::POST, fate.clone());
            let (status, told) = heard(front.take(&uuid, 1)).await;
            if carried_out {
                assert_eq!(status, 200, "{fate:?}: {told}");
                let held = token_of(&uuid, &told);
                assert_eq!(
                    ok(front.about(&held, Method::GET, "")).await["status"],
                    "ON_HOLD"
                );
            } else {
                assert_eq!(
                    (status, &told["error"]),
                    (503, &json!("SERVICE_UNAVAILABLE"))
                );
            }
            token_of(&uuid, &ok(front.take(&uuid, 1)).await);
            assert_eq!(front.supplier.standing(), before + 1, "{fate:?}");
            front.supplier.kept_the_standard();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_where_nobody_could_say_what_there_is() {
    let front = Front::open().await;
    front.supplier.next(Method::GET, Fate::Failed);
    let uuid = uuid();
    refused(front.take(&uuid, 2), 503, "SERVICE_UNAVAILABLE").await;
    assert_eq!(front.supplier.calls(), [format!("GET /bookings/{uuid}")]);
    assert_eq!(front.supplier.standing(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_the_same_moment_are_one() {
    for breaks in [false, true] {
        let front = Front::with(habits(breaks), &[]).await;
        let uuid = uuid();
        // Each reads that there is none, if it is let.
        for _ in 0..6 {
            front.supplier.next(Method::GET, Fate::Slow);
        }
        let all = (0..6).map(|_| front.take(&uuid, 2)).map(ok);
        let told = futures_util::future::join_all(all).await;
        let first = token_of(&uuid, &told[0]);
        assert!(told.iter().all(|it| token_of(&uuid, it) == first));
        assert_eq!(front.supplier.standing(), 1);
        let posts = front.supplier.calls();
        let posts = posts.iter().filter(|call| call.starts_with("POST"));
        assert_eq!(posts.count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_knows_a_uuid_from_a_link_gets_nothing_by_wishing_for_it() {
    let front = Front::open().await;
    let booked = front.confirmed().await;
    let wish = || front.take(&booked.uuid, 2);
    refused(wish(), 400, "INVALID_BOOKING_UUID").await;
    let cancel = front.about(&booked, Method::POST, "/cancel");
    ok(cancel.json(&json!({}))).await;
    refused(wish(), 400, "INVALID_BOOKING_UUID").await;
    // A supplier that calls ended what a guest is in.
    let mut told = ok(front.about(&booked, Method::GET, "")).await;
    for (field, value) in [
        ("/contact/firstName", json!("L")),
        ("/contact", json!({"emailAddress": "l@x.example"})),
        ("/notes", json!("a cake")),
    ] {
        told["status"] = json!("EXPIRED");
        told["contact"] = json!({"firstName": null});
        told["notes"] = json!(null);
        told["utcConfirmedAt"] = json!(null);
        let said = |it: &serde_json::Value| Fate::Said(200, it.to_string());
        front.supplier.next(Method::GET, said(&told));
        assert_eq!(ok(wish()).await["status"], "EXPIRED", "the control");
        *told.pointer_mut(field).unwrap() = value;
        front.supplier.next(Method::GET, said(&told));
        refused(wish(), 400, "INVALID_BOOKING_UUID").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_wish_under_a_known_uuid_is_none() {
    let front = Front::open().await;
    let held: Held = front.held().await;
    let [_, late] = seatings("2026-11-27".parse().unwrap());
    let mut other = hold(&held.uuid, 2);
    other["availabilityId"] = json!(late);
    for body in [hold(&held.uuid, 3), other] {
        refused(front.post("/bookings", &body), 400, "INVALID_BOOKING_UUID").await;
    }
    assert_eq!(front.supplier.standing(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_confirmation_is_read_with_the_token() {
    let front = Front::open().await;
    let held = front.held().await;
    front.supplier.next(Method::POST, Fate::Failed);
    let confirm = || {
        front
            .about(&held, Method::POST, "/confirm")
            .json(&confirmation())
    };
    refused(confirm(), 503, "SERVICE_UNAVAILABLE").await;
    assert_eq!(
        ok(front.about(&held, Method::GET, "")).await["status"],
        "CONFIRMED"
    );
    refused(confirm(), 400, "UNPROCESSABLE_ENTITY").await;
    assert_eq!(front.supplier.standing(), 1);
}
