//! Parts of the house: each seating has places of its own in each of them.

use reservation_contract::problem::Problem;
use serde_json::json;

use crate::harness::{House, key, open_with, problem, settings};

const AREAS: &str = r#"
[[area]]
id = "patio"
name = { es = "Patio", en = "Courtyard" }
description = { es = "Bajo el árbol.", en = "Under the tree." }
places = 4
limited_from = 1

[[area]]
id = "hall"
name = { es = "Salón", en = "Hall" }
description = { es = "Bajo techo.", en = "Under a roof." }
places = 8
limited_from = 2

[privacy]"#;

fn two_areas() -> String {
    settings(&[
        ("\nplaces = 60", ""),
        ("\nlimited_from = 12", ""),
        ("\n[privacy]", AREAS),
    ])
}

async fn slot(house: &House, area: &str) -> String {
    let path = format!(
        "/venues/interno/availability?date=2026-12-05&partySize=1&time=19:00&areaId={area}"
    );
    let answer = house.json(&path).await;
    assert_eq!(answer["slots"].as_array().unwrap().len(), 1);
    assert_eq!(answer["slots"][0]["areaId"], area);
    answer["slots"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_venue_says_its_areas_and_a_day_has_a_seating_in_each() {
    let house = open_with(two_areas()).await;
    let venue = house.json("/venues/interno").await;
    assert_eq!(venue["areas"][0]["name"]["en"], "Courtyard");
    let offered = venue["capabilities"].as_array().unwrap();
    assert!(offered.contains(&json!("areas")), "{offered:?}");
    let day = house
        .json("/venues/interno/availability?date=2026-12-05&partySize=6")
        .await;
    let told: Vec<_> = day["slots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| (slot["areaId"].clone(), slot["status"].clone()))
        .collect();
    let (patio, hall) = (
        (json!("patio"), json!("SOLD_OUT")),
        (json!("hall"), json!("AVAILABLE")),
    );
    assert_eq!(told, [patio.clone(), hall.clone(), patio, hall]);
    problem(
        house.api(
            reqwest::Method::GET,
            "/venues/interno/availability?date=2026-12-05&partySize=2&areaId=roof",
        ),
        "validation-failed",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_area_fills_by_itself_and_the_other_one_is_offered_first() {
    let house = open_with(two_areas()).await;
    let (patio, hall) = (slot(&house, "patio").await, slot(&house, "hall").await);
    let held = house
        .hold_request(&patio, 4, &key())
        .send()
        .await
        .unwrap()
        .json::<serde_json::Value>()
        .await
        .unwrap();
    assert_eq!(held["slot"]["areaId"], "patio");
    let full = house.hold_request(&patio, 1, &key()).send().await.unwrap();
    assert_eq!(full.status(), 409);
    let full: Problem = full.json().await.unwrap();
    let nearest = &full.alternatives.unwrap()[0];
    assert_eq!(
        (nearest.id.as_str(), nearest.area_id.as_deref()),
        (hall.as_str(), Some("hall"))
    );
    let day = house
        .json("/venues/interno/availability?date=2026-12-05&partySize=1&time=19:00&areaId=patio")
        .await;
    assert_eq!(
        (&day["reason"], &day["alternatives"][0]["areaId"]),
        (&json!("HELD"), &json!("hall"))
    );
    assert_eq!(
        house
            .hold_request(&hall, 8, &key())
            .send()
            .await
            .unwrap()
            .status(),
        201
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_moves_from_one_area_to_another() {
    let house = open_with(two_areas()).await;
    let held = house.confirmed().await;
    let before = house.read(&held).await;
    assert_eq!(before.slot.area_id.as_deref(), Some("patio"));
    let hall = slot(&house, "hall").await;
    let moved = house
        .about(&held, reqwest::Method::PATCH, "")
        .header("idempotency-key", key())
        .header("if-match", "\"2\"")
        .json(&json!({ "slotId": hall }))
        .send()
        .await
        .unwrap();
    assert_eq!(moved.status(), 200);
    let after = house.read(&held).await;
    assert_eq!(after.slot.area_id.as_deref(), Some("hall"));
    assert_eq!(after.slot.starts_at, before.slot.starts_at);
}

#[test]
fn places_stand_in_one_place() {
    let message = |changes: &[(&str, &str)]| {
        reservation_server::settings::Settings::parse("server.toml", &settings(changes))
            .unwrap_err()
    };
    let both = message(&[("\n[privacy]", AREAS)]);
    assert!(
        both.contains("service.0.places") && both.contains("left out"),
        "{both}"
    );
    let neither = message(&[("\nplaces = 60", "")]);
    assert!(neither.contains("service.0.places is missing"), "{neither}");
}
