//! What is let through, and that nothing else is.

use octo_double::{Habits, OPTION, PATIO, PRODUCT, on_the_patio};
use reqwest::Method;
use serde_json::{Value, json};

use crate::front::{Front, confirmation, hold, ok, refused, uuid};

#[tokio::test(flavor = "multi_thread")]
async fn what_the_site_never_asks_for_is_not_there() {
    let front = Front::open().await;
    let held = front.confirmed().await;
    front.supplier.calls();
    let id = &held.uuid;
    for (status, method, path) in [
        (405, Method::GET, "/bookings".to_owned()),
        (
            405,
            Method::GET,
            "/bookings/?supplierReference=RS1F0C".to_owned(),
        ),
        (405, Method::DELETE, format!("/bookings/{id}")),
        (405, Method::PUT, format!("/bookings/{id}")),
        (405, Method::GET, format!("/bookings/{id}/cancel")),
        (404, Method::POST, format!("/bookings/{id}/redeem")),
        (404, Method::GET, format!("/bookings/{id}/")),
        (404, Method::GET, "/products".to_owned()),
        (404, Method::GET, "/products/".to_owned()),
        (404, Method::GET, "/suppliers".to_owned()),
        (405, Method::POST, "/supplier".to_owned()),
        (404, Method::GET, "/capabilities".to_owned()),
        (404, Method::POST, "/orders".to_owned()),
        (404, Method::POST, "/webhooks".to_owned()),
        (404, Method::GET, "/products/a/b".to_owned()),
        (405, Method::GET, "/availability".to_owned()),
        (405, Method::POST, format!("/products/{PRODUCT}")),
    ] {
        let word = if status == 404 {
            "NOT_FOUND"
        } else {
            "METHOD_NOT_ALLOWED"
        };
        let call = front.call(method, &path).bearer_auth(&held.token);
        refused(call, status, word).await;
    }
    assert_eq!(
        front.supplier.calls(),
        [""; 0],
        "the supplier heard nothing"
    );
}

/// A supplier with places for children, which are not offered here.
async fn open_with_children() -> Front {
    let children = Habits {
        children: true,
        ..Habits::default()
    };
    Front::with(children, &[]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_are_those_of_the_settings() {
    let front = open_with_children().await;
    let with = |name: &str, value: Value| {
        let mut body = hold(&uuid(), 2);
        body[name] = value;
        body
    };
    for (body, word) in [
        (with("productId", json!("lunch")), "INVALID_PRODUCT_ID"),
        (with("productId", json!([PRODUCT])), "INVALID_PRODUCT_ID"),
        (with("optionId", json!("noon")), "INVALID_OPTION_ID"),
        (
            with("unitItems", json!([{"unitId": "child"}])),
            "INVALID_UNIT_ID",
        ),
        (with("unitItems", json!([null])), "INVALID_UNIT_ID"),
        (with("unitItems", json!([])), "BAD_REQUEST"),
        (
            with("unitItems", json!(vec![json!({"unitId": "adult"}); 101])),
            "BAD_REQUEST",
        ),
        (with("availabilityId", json!("")), "INVALID_AVAILABILITY_ID"),
        (
            with("availabilityId", json!("x".repeat(1_001))),
            "BAD_REQUEST",
        ),
        (with("uuid", json!("me")), "BAD_REQUEST"),
        (with("uuid", json!(uuid().to_uppercase())), "BAD_REQUEST"),
        (with("uuid", Value::Null), "BAD_REQUEST"),
        (json!([hold(&uuid(), 2)]), "BAD_REQUEST"),
    ] {
        refused(front.post("/bookings", &body), 400, word).await;
    }
    assert_eq!(front.supplier.calls(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_asked_for_by_the_ids_of_the_settings_and_two_months_at_most() {
    let front = open_with_children().await;
    let days = |from: &str, to: &str, unit: &str, product: &str| {
        json!({"productId": product, "optionId": OPTION, "localDateStart": from, "localDateEnd": to,
               "units": [{"id": unit, "quantity": 2}]})
    };
    for (body, word) in [
        (
            days("2026-11-27", "2026-11-27", "adult", "x"),
            "INVALID_PRODUCT_ID",
        ),
        (
            days("2026-11-27", "2026-11-27", "child", PRODUCT),
            "INVALID_UNIT_ID",
        ),
        (
            days("2026-11-27", "2026-11-26", "adult", PRODUCT),
            "BAD_REQUEST",
        ),
        (
            days("2026-11-27", "2027-01-28", "adult", PRODUCT),
            "BAD_REQUEST",
        ),
        (
            days("2026-11-27", "tomorrow", "adult", PRODUCT),
            "BAD_REQUEST",
        ),
    ] {
        refused(front.post("/availability", &body), 400, word).await;
        refused(front.post("/availability/calendar", &body), 400, word).await;
    }
    refused(
        front.call(Method::GET, "/products/lunch"),
        400,
        "INVALID_PRODUCT_ID",
    )
    .await;
    refused(
        front.call(Method::GET, "/products/..%2Fbookings"),
        400,
        "INVALID_PRODUCT_ID",
    )
    .await;
    assert_eq!(front.supplier.calls(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_put_on_another_unit_later() {
    let front = open_with_children().await;
    let held = front.held().await;
    front.supplier.calls();
    let change = front.about(&held, Method::PATCH, "");
    let child = json!({"unitItems": [{"unitId": "child"}]});
    refused(change.json(&child), 400, "INVALID_UNIT_ID").await;
    let confirm = front.about(&held, Method::POST, "/confirm");
    let child = json!({"contact": {}, "unitItems": [{"unitId": "child"}]});
    refused(confirm.json(&child), 400, "INVALID_UNIT_ID").await;
    assert_eq!(front.supplier.calls(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_the_supplier_is_is_told_without_whom_to_speak_to() {
    let front = Front::open().await;
    for path in ["/supplier", "/supplier/"] {
        let told = ok(front.call(Method::GET, path)).await;
        let left = json!({
            "id": "interno", "name": "INTERNO", "contact": {"website": "https://interno.example"}
        });
        assert_eq!(told, left, "{path}");
    }
    front.supplier.kept_the_standard();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_moves_among_the_options_of_the_settings_alone() {
    let patio = Habits {
        patio: true,
        ..Habits::default()
    };
    let both = format!("options = [\"evening\", {PATIO:?}]");
    let units = "units = [\"adult\", \"patio-adult\"]";
    let named = [
        ("options = [\"evening\"]", both.as_str()),
        ("units = [\"adult\"]", units),
    ];
    let [early, _] = on_the_patio("2026-11-27".parse().unwrap());
    let out = json!({
        "optionId": PATIO, "availabilityId": early,
        "unitItems": [{"unitId": "patio-adult"}, {"unitId": "patio-adult"}]
    });
    for (settings, allowed) in [(&named[..], true), (&[], false)] {
        let front = Front::with(patio, settings).await;
        let held = front.confirmed().await;
        front.supplier.calls();
        let change = front.about(&held, Method::PATCH, "").json(&out);
        if allowed {
            let moved = ok(change).await;
            assert_eq!(moved["optionId"], PATIO);
            assert_eq!(front.supplier.last().body, out);
        } else {
            refused(change, 400, "INVALID_OPTION_ID").await;
            assert_eq!(front.supplier.calls(), [""; 0]);
        }
        front.supplier.kept_the_standard();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_is_made_anew_and_a_hold_is_no_longer_than_the_settings_say() {
    let front = Front::open().await;
    let uuid = uuid();
    let mut body = hold(&uuid, 1);
    body["expirationMinutes"] = json!(50_000);
    body["freesale"] = json!(true);
    body["resellerReference"] = json!("x");
    body["unitItems"][0]["contact"] = json!({"firstName": "x"});
    let told = ok(front.post("/bookings", &body)).await;
    assert_eq!(front.supplier.last().body, hold(&uuid, 1));
    let held = crate::front::token_of(&uuid, &told);
    let more = front.about(&held, Method::POST, "/extend");
    ok(more.json(&json!({"expirationMinutes": 500}))).await;
    assert_eq!(front.supplier.last().body, json!({"expirationMinutes": 10}));
    let mut sent = confirmation();
    sent["contact"]["passport"] = json!("X1");
    sent["resellerReference"] = json!("x");
    let confirm = front.about(&held, Method::POST, "/confirm");
    ok(confirm.json(&sent)).await;
    assert_eq!(front.supplier.last().body, confirmation());
    let cancel = front.about(&held, Method::POST, "/cancel");
    ok(cancel.json(&json!({"force": true, "reason": "x"}))).await;
    assert_eq!(front.supplier.last().body, json!({}));
    front.supplier.kept_the_standard();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_json_is_refused_in_the_same_shape() {
    let front = Front::open().await;
    let post = || front.call(Method::POST, "/bookings");
    let json = |text: String| post().header("content-type", "application/json").body(text);
    refused(json("{".to_owned()), 400, "BAD_REQUEST").await;
    refused(json("7".to_owned()), 400, "BAD_REQUEST").await;
    refused(json("x".repeat(65 * 1024)), 413, "BAD_REQUEST").await;
    refused(post().body("{}"), 415, "BAD_REQUEST").await;
    refused(json("[".repeat(60_000)), 400, "BAD_REQUEST").await;
    assert_eq!(front.supplier.calls(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_named_origins_may_call() {
    let named = (
        "allowed_origins = []",
        "allowed_origins = [\"https://site.example\"]",
    );
    let front = Front::with(Habits::default(), &[named]).await;
    for (origin, allowed) in [
        ("https://site.example", true),
        ("https://evil.example", false),
    ] {
        let ask = front.call(Method::OPTIONS, "/bookings");
        let asked = ask
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "octo-capabilities")
            .send()
            .await
            .unwrap();
        let said = |name: &str| asked.headers().get(name).map(|it| it.to_str().unwrap());
        let answered = said("access-control-allow-origin");
        assert_eq!(answered, allowed.then_some(origin));
        let headers = said("access-control-allow-headers").unwrap();
        assert!(headers.contains("octo-capabilities"), "{headers}");
        assert_eq!(said("access-control-allow-credentials"), None);
    }
}
