//! From the product to the cancellation, as the site asks for it.

use octo_double::{Habits, OPTION, PRODUCT, seatings};
use reqwest::Method;
use serde_json::{Value, json};

use crate::front::{Front, confirmation, heard, ok, refused};
use crate::supplier::KEY;

fn asked_days(from: &str, to: &str) -> Value {
    json!({
        "productId": PRODUCT, "optionId": OPTION, "localDateStart": from, "localDateEnd": to,
        "units": [{"id": "adult", "quantity": 2}],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_found_held_lengthened_booked_changed_and_cancelled() {
    let front = Front::open().await;
    let product = ok(front.call(Method::GET, &format!("/products/{PRODUCT}"))).await;
    assert_eq!(product["timeZone"], "America/Bogota");
    assert_eq!(product["options"][0]["units"][0]["id"], "adult");
    let month = asked_days("2026-11-01", "2026-12-31");
    let days = ok(front.post("/availability/calendar", &month)).await;
    assert!(
        days.as_array()
            .unwrap()
            .iter()
            .any(|day| day["status"] == "AVAILABLE")
    );
    let night = asked_days("2026-11-27", "2026-11-27");
    let evening = ok(front.post("/availability", &night)).await;
    assert_eq!(evening.as_array().unwrap().len(), 2);
    assert!(
        evening[0]["localDateTimeStart"]
            .as_str()
            .unwrap()
            .contains("T19:00")
    );

    let held = front.held().await;
    let read = ok(front.about(&held, Method::GET, "")).await;
    assert_eq!(
        (&read["status"], &read["manageToken"]),
        (&json!("ON_HOLD"), &Value::Null)
    );
    front.wait(60);
    let more = front.about(&held, Method::POST, "/extend");
    let longer = ok(more.json(&json!({"expirationMinutes": 10}))).await;
    assert!(longer["utcExpiresAt"].as_str() > read["utcExpiresAt"].as_str());
    let confirm = front.about(&held, Method::POST, "/confirm");
    let booked = ok(confirm.json(&confirmation())).await;
    assert_eq!(booked["status"], "CONFIRMED");
    assert_eq!(booked["contact"]["firstName"], "CanaryGiven");
    let told = front.supplier.last();
    assert_eq!(told.body, confirmation());
    assert_eq!(told.authorization, format!("Bearer {KEY}"));

    let [_, late] = seatings("2026-11-27".parse().unwrap());
    let change = front.about(&held, Method::PATCH, "");
    let changed = ok(change.json(&json!({"availabilityId": late, "notes": "Later."}))).await;
    assert_eq!(
        (&changed["availabilityId"], &changed["notes"]),
        (&json!(late), &json!("Later."))
    );
    let over = || front.about(&held, Method::POST, "/cancel").json(&json!({}));
    assert_eq!(ok(over()).await["status"], "CANCELLED");
    refused(over(), 400, "UNPROCESSABLE_ENTITY").await;
    assert_eq!(
        ok(front.about(&held, Method::GET, "")).await["status"],
        "CANCELLED"
    );
    assert_eq!(front.supplier.standing(), 0);
    front.supplier.kept_the_standard();
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_end_as_the_suppliers_do() {
    let slashes = Habits {
        slashes: true,
        ..Habits::default()
    };
    let slash = ("hold_minutes", "hold_minutes");
    let front = Front::with(slashes, &[("/octo\"", "/octo/\""), slash]).await;
    front.held().await;
    let night = asked_days("2026-11-27", "2026-11-27");
    for path in ["/availability", "/availability/"] {
        ok(front.post(path, &night)).await;
    }
    front.supplier.kept_the_standard();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_shows_what_can_be_booked_and_nothing_else() {
    let children = Habits {
        children: true,
        ..Habits::default()
    };
    let product = format!("/products/{PRODUCT}");
    let units = |product: &Value| {
        let units = product["options"][0]["units"].as_array().unwrap().iter();
        units
            .map(|unit| unit["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let front = Front::with(children, &[]).await;
    let told = ok(front.call(Method::GET, &product)).await;
    assert_eq!(units(&told), ["adult"]);
    assert_eq!(told["novelty"], Value::Null);
    let both = ("[\"adult\"]", "[\"adult\", \"child\"]");
    let front = Front::with(children, &[both]).await;
    assert_eq!(
        units(&ok(front.call(Method::GET, &product)).await),
        ["child", "adult"]
    );
    let none = ("[\"evening\"]", "[\"morning\"]");
    let front = Front::with(children, &[none]).await;
    assert_eq!(
        ok(front.call(Method::GET, &product)).await["options"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_native_api_is_not_beside_it_and_health_is() {
    let front = Front::open().await;
    let api = |path: &str| front.client.get(format!("{}/api/v1{path}", front.base));
    assert_eq!(heard(api("/health")).await.1["status"], "ok");
    for path in ["/venues/interno", "/openapi.json"] {
        let (status, told) = heard(api(path)).await;
        assert_eq!(
            (status, &told["type"]),
            (404, &json!("/problems/not-found"))
        );
    }
}
