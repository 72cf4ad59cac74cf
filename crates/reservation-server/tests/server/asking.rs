//! What the settings let a venue ask: dishes in advance, rules to accept.

use reqwest::Method;
use reservation_contract::openapi::fixture;
use reservation_contract::reservation::Reservation;
use serde_json::{Value, json};

use crate::harness::{House, default_settings, key, open, open_with, problem, settings};

const RULES: &str = r#"
[[house_rule]]
id = "read"
text = { es = "Lea esto.", en = "Read this." }
must_accept = false

[[house_rule]]
id = "phones"
text = { es = "Sin teléfonos.", en = "No phones." }
must_accept = true
"#;

async fn venue(house: &House) -> Value {
    house.json("/venues/interno").await
}

#[tokio::test(flavor = "multi_thread")]
async fn dishes_are_taken_in_advance_where_the_settings_say_so() {
    for (line, capabilities) in [
        ("preorder = true\n", json!(["holds", "modify", "preorder"])),
        ("preorder = false\n", json!(["holds", "modify"])),
        // Settings written before there was such a line.
        ("", json!(["holds", "modify"])),
    ] {
        let house = open_with(settings(&[("preorder = true\n", line)])).await;
        assert_eq!(venue(&house).await["capabilities"], capabilities, "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dishes_and_needs_are_kept_as_they_were_sent() {
    let house = open().await;
    let held = house.held().await;
    let mut body = fixture("request-confirm").unwrap();
    body["dishes"] = json!([
        { "guest": 0, "setId": "dinner", "items": [{ "dishId": "mote", "name": "Mote de queso" }] },
    ]);
    body["dietary"] = json!([{ "guest": 1, "codes": ["milk"], "note": "Alergia" }]);
    let request = house.confirm_request(&held, &key()).json(&body);
    assert_eq!(request.send().await.unwrap().status(), 200);
    let response = house.about(&held, Method::GET, "").send().await.unwrap();
    let kept: Value = response.json().await.unwrap();
    assert_eq!(
        (&kept["dishes"], &kept["dietary"]),
        (&body["dishes"], &body["dietary"])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_of_the_house_are_told_and_accepted() {
    let house = open_with(default_settings() + RULES).await;
    let rules = venue(&house).await["houseRules"].clone();
    assert_eq!(rules[0]["id"], "read");
    assert_eq!(rules[1]["text"]["es"], "Sin teléfonos.");
    assert_eq!(rules[1]["mustAccept"], true);
    let held = house.held().await;
    let mut body = fixture("request-confirm").unwrap();
    let refused = house.confirm_request(&held, &key()).json(&body);
    let problem = problem(refused, "validation-failed").await;
    let errors = problem.errors.unwrap();
    assert_eq!(errors[0].pointer, "/consents/houseRules");
    body["consents"]["houseRules"] = json!(["phones"]);
    let accepted = house.confirm_request(&held, &key()).json(&body);
    let confirmed: Reservation = accepted.send().await.unwrap().json().await.unwrap();
    assert_eq!(confirmed.version, held.version + 1);
}
