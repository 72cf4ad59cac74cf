//! A booking changed by its guest: all of the change, or nothing of it.

use reqwest::{Method, RequestBuilder};
use reservation_contract::openapi::fixture;
use reservation_contract::problem::Problem;
use reservation_contract::reservation::Reservation;
use reservation_contract::words::ReservationStatus;
use serde_json::{Value, json};

use crate::harness::{Held, House, key, open, open_with, problem, same_keys, settings};

impl House {
    fn modify_request(&self, held: &Held, key: &str, wish: &Value) -> RequestBuilder {
        self.about(held, Method::PATCH, "")
            .header("idempotency-key", key)
            .header("if-match", format!("\"{}\"", held.version))
            .json(wish)
    }

    async fn modified(&self, held: &mut Held, wish: &Value) -> Reservation {
        let response = self
            .modify_request(held, &key(), wish)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200, "{wish}");
        assert_eq!(
            response.headers()["etag"],
            format!("\"{}\"", held.version + 1)
        );
        held.version += 1;
        response.json().await.unwrap()
    }

    /// Whether a party of this size still fits on 5 December.
    async fn free(&self, time: &str, party: u32) -> bool {
        let path =
            format!("/venues/interno/availability?date=2026-12-05&partySize={party}&time={time}");
        self.json(&path).await["slots"][0]["status"] != "SOLD_OUT"
    }
}

fn eight_places() -> String {
    settings(&[
        ("places = 60", "places = 8"),
        ("limited_from = 12", "limited_from = 0"),
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn the_golden_change_is_kept_and_found_again() {
    let mut house = open().await;
    let mut held = house.confirmed().await;
    house.wait(60);
    let wish = fixture("request-modify").unwrap();
    let changed = house.modified(&mut held, &wish).await;
    assert_eq!(
        same_keys(
            &fixture("reservation-confirmed").unwrap(),
            &serde_json::to_value(&changed).unwrap()
        ),
        Ok(())
    );
    assert_eq!(changed.status, ReservationStatus::Confirmed);
    assert_eq!(changed.slot.starts_at, "2026-12-05T21:00:00-05:00");
    assert_eq!(
        changed.slot.cancellable_until, "2026-12-04T21:00:00-05:00",
        "the terms are the new seating's"
    );
    assert_eq!(changed.party_size, 3);
    assert_eq!(changed.dietary[1].codes, ["nuts"]);
    assert_eq!(changed.note.as_deref(), Some("Somos tres."));
    assert_eq!(changed.guest.as_ref().unwrap().given_name, "Lucía");
    assert_eq!(changed.updated_at, "2026-11-20T10:01:00-05:00");
    house.restart().await;
    let found = house.read(&held).await;
    assert_eq!(
        found,
        Reservation {
            server_time: found.server_time.clone(),
            ..changed
        }
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn dishes_and_a_note_change_alone_and_nothing_else_does() {
    let house = open().await;
    let mut held = house.confirmed().await;
    let before = house.read(&held).await;
    let dishes = json!([{ "guest": 0, "setId": "coast", "items": [{ "dishId": "ceviche", "name": "Ceviche" }] }]);
    let changed = house
        .modified(&mut held, &json!({ "dishes": dishes, "future": 1 }))
        .await;
    assert_eq!(changed.dishes[0].items[0].name, "Ceviche");
    assert_eq!((&changed.slot, &changed.note), (&before.slot, &before.note));
    let changed = house
        .modified(&mut held, &json!({ "note": "", "dietary": null }))
        .await;
    assert_eq!(changed.note, None);
    assert_eq!(changed.dietary, before.dietary);
    assert_eq!(changed.dishes.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_change_leaves_the_old_places_taken_and_the_new_ones_alone() {
    let house = open_with(eight_places()).await;
    let mut held = house.confirmed().await;
    house.held_at("2026-12-05", "21:00", 7).await;
    let late = house.slot("2026-12-05", "21:00").await;
    let refused = key();
    let wish = json!({ "slotId": late, "note": "new" });
    let problem = problem(
        house.modify_request(&held, &refused, &wish),
        "slot-unavailable",
    )
    .await;
    let nearest = &problem.alternatives.unwrap()[0];
    assert_eq!(
        nearest.starts_at, "2026-12-05T19:00:00-05:00",
        "around the seating that was wished for"
    );
    let kept = house.read(&held).await;
    assert_eq!((kept.version, kept.party_size), (2, 2));
    assert_eq!(kept.note.as_deref(), Some("Es nuestro aniversario."));
    assert!(house.free("19:00", 6).await && !house.free("19:00", 7).await);
    assert!(house.free("21:00", 1).await && !house.free("21:00", 2).await);

    // One fewer fits, and gives the old places back in the same moment.
    house
        .modified(
            &mut held,
            &json!({ "slotId": late, "partySize": 1, "dietary": [] }),
        )
        .await;
    assert!(house.free("19:00", 8).await);
    assert!(!house.free("21:00", 1).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_s_own_places_are_not_in_one_s_way() {
    let house = open_with(eight_places()).await;
    let mut held = house.confirmed().await;
    house.modified(&mut held, &json!({ "partySize": 8 })).await;
    assert!(!house.free("19:00", 1).await);
    house.modified(&mut held, &json!({ "partySize": 2 })).await;
    house.held_at("2026-12-05", "19:00", 6).await;
    problem(
        house.modify_request(&held, &key(), &json!({ "partySize": 3 })),
        "slot-unavailable",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_parallel_changes_into_ten_places_exactly_those_that_fit_succeed() {
    let house = open_with(settings(&[
        ("places = 60", "places = 10"),
        ("limited_from = 12", "limited_from = 3"),
    ]))
    .await;
    let late = house.slot("2026-12-05", "21:00").await;
    let mut bookings = Vec::new();
    for date in ["2026-12-02", "2026-12-03", "2026-12-04"] {
        for _ in 0..5 {
            let held = house.held_at(date, "19:00", 2).await;
            let response = house.confirm_request(&held, &key()).send().await.unwrap();
            assert_eq!(response.status(), 200);
            bookings.push(Held { version: 2, ..held });
        }
    }
    let calls: Vec<_> = bookings
        .iter()
        .map(|held| {
            let wish = json!({ "slotId": late });
            tokio::spawn(house.modify_request(held, &key(), &wish).send())
        })
        .collect();
    let mut moved = 0;
    for call in calls {
        let response = call.await.unwrap().unwrap();
        if response.status() == 200 {
            moved += 1;
        } else {
            assert_eq!(response.status(), 409);
            let problem: Problem = response.json().await.unwrap();
            assert_eq!(problem.alternatives.map(|all| all.len()), Some(4));
        }
    }
    assert_eq!(moved, 5, "ten places for parties of two");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_changes_nothing_twice() {
    let house = open().await;
    let held = house.confirmed().await;
    let used = key();
    let wish = json!({ "partySize": 4 });
    let request = || house.modify_request(&held, &used, &wish);
    let first: Reservation = request().send().await.unwrap().json().await.unwrap();
    house.wait(30);
    let response = request().send().await.unwrap();
    assert_eq!(response.headers()["etag"], "\"3\"");
    let again: Reservation = response.json().await.unwrap();
    assert_eq!(
        again,
        Reservation {
            server_time: again.server_time.clone(),
            ..first
        }
    );
    assert_eq!(house.read(&held).await.version, 3);
    problem(
        house.modify_request(&held, &used, &json!({ "partySize": 5 })),
        "idempotency-key-reused",
    )
    .await;
    // Wishing for what is there already is no new version.
    let held = Held { version: 3, ..held };
    let response = house
        .modify_request(&held, &key(), &wish)
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["etag"], "\"3\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_of_checks_is_kept() {
    let house = open().await;
    let held = house.confirmed().await;
    let patch = || house.about(&held, Method::PATCH, "").json(&json!({}));
    problem(patch(), "idempotency-key-missing").await;
    problem(
        patch().header("idempotency-key", key()),
        "precondition-required",
    )
    .await;
    let stale = Held {
        version: 1,
        ..held.clone()
    };
    let nine = json!({ "partySize": 9 });
    problem(
        house.modify_request(&stale, &key(), &nine),
        "version-conflict",
    )
    .await;
    problem(
        house.modify_request(&held, &key(), &nine),
        "party-size-out-of-range",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_kept_is_named() {
    let house = open().await;
    let held = house.confirmed().await;
    let soon = house.slot("2026-11-21", "19:00").await;
    problem(
        house.modify_request(&held, &key(), &json!({ "slotId": soon })),
        "outside-booking-window",
    )
    .await;
    for (wish, pointer, code) in [
        (json!({ "slotId": "nonsense" }), "/slotId", "unknown"),
        (json!({ "partySize": "2" }), "/partySize", "invalid"),
        // The guest with the diet would no longer be at the table.
        (json!({ "partySize": 1 }), "/dietary/0/guest", "invalid"),
        (json!({ "guests": [{}, {}, {}] }), "/guests", "too-many"),
        (
            json!({ "guests": [{ "fields": { "passport": "1" } }] }),
            "/guests/0/fields",
            "unknown",
        ),
    ] {
        let problem = problem(
            house.modify_request(&held, &key(), &wish),
            "validation-failed",
        )
        .await;
        let errors = problem.errors.unwrap();
        assert_eq!(
            (errors[0].pointer.as_str(), errors[0].code.as_str()),
            (pointer, code),
            "{wish}"
        );
    }
    assert_eq!(house.read(&held).await.version, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_booking_can_be_changed_and_an_allergy_until_the_start() {
    let house = open().await;
    let on_hold = house.held().await;
    let wish = json!({ "partySize": 3 });
    problem(
        house.modify_request(&on_hold, &key(), &wish),
        "not-modifiable",
    )
    .await;
    house.wait(700);
    problem(
        house.modify_request(&on_hold, &key(), &wish),
        "hold-expired",
    )
    .await;
    let cancelled = house.confirmed().await;
    house
        .about(&cancelled, Method::POST, "/cancel")
        .send()
        .await
        .unwrap();
    let cancelled = Held {
        version: 3,
        ..cancelled
    };
    problem(
        house.modify_request(&cancelled, &key(), &wish),
        "not-modifiable",
    )
    .await;

    let mut held = house.confirmed().await;
    house.wait(14 * 24 * 3_600 + 9 * 3_600 + 1);
    for wish in [&wish, &json!({ "dishes": [] }), &json!({ "guests": [] })] {
        problem(
            house.modify_request(&held, &key(), wish),
            "cancellation-cutoff-passed",
        )
        .await;
    }
    let told = house
        .modified(
            &mut held,
            &json!({ "dietary": [{ "guest": 0, "codes": ["fish"] }] }),
        )
        .await;
    assert_eq!(told.dietary[0].codes, ["fish"]);
    house.wait(24 * 3_600);
    problem(
        house.modify_request(&held, &key(), &json!({ "note": "late" })),
        "not-modifiable",
    )
    .await;
}
