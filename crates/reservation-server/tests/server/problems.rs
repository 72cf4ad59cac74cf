//! Everything that can be wrong, each with its own type. The types that need a story of their own are
//! in the modules of that story; the last test says that none was forgotten.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Held, key, open, problem};

#[tokio::test(flavor = "multi_thread")]
async fn paths_and_methods() {
    let house = open().await;
    for path in [
        "/",
        "/nothing",
        "/venues",
        "/venues/other",
        "/venues/other/availability?date=2026-12-05&partySize=2",
        "/venues/interno/",
    ] {
        problem(house.api(Method::GET, path), "not-found").await;
    }
    problem(
        house.client.get(format!("{}/api/v2/health", house.base)),
        "not-found",
    )
    .await;
    problem(house.client.get(format!("{}/api", house.base)), "not-found").await;
    problem(
        house.client.get(format!("{}/elsewhere", house.base)),
        "not-found",
    )
    .await;
    problem(
        house.api(Method::POST, "/venues/other/reservations"),
        "not-found",
    )
    .await;
    for (method, path, allow) in [
        (Method::POST, "/venues/interno", "GET,HEAD"),
        (Method::DELETE, "/venues/interno/availability", "GET,HEAD"),
        (Method::GET, "/venues/interno/reservations", "POST"),
        (Method::PUT, "/reservations/x", "GET,HEAD,PATCH"),
        (Method::GET, "/reservations/x/cancel", "POST"),
    ] {
        let response = house.api(method.clone(), path).send().await.unwrap();
        assert_eq!(response.headers()["allow"], allow, "{method} {path}");
        crate::harness::problem_of(response, "method-not-allowed").await;
    }
    problem(house.api(Method::GET, "/venues/%ff"), "malformed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_about_days() {
    let house = open().await;
    let ask = |query: &str| {
        house.api(
            Method::GET,
            &format!("/venues/interno/availability?{query}"),
        )
    };
    let calendar = |query: &str| {
        house.api(
            Method::GET,
            &format!("/venues/interno/availability/calendar?{query}"),
        )
    };
    for (request, pointer, code) in [
        (ask("partySize=2"), "/date", "required"),
        (ask("date=2026-02-30&partySize=2"), "/date", "invalid"),
        (ask("date=tomorrow&partySize=2"), "/date", "invalid"),
        (ask("date=2026-12-05"), "/partySize", "required"),
        (
            ask("date=2026-12-05&partySize=two"),
            "/partySize",
            "invalid",
        ),
        (
            ask("date=2026-12-05&partySize=2&time=7pm"),
            "/time",
            "invalid",
        ),
        (
            ask("date=2026-12-05&partySize=2&serviceId=lunch"),
            "/serviceId",
            "unknown",
        ),
        (
            ask("date=2026-12-05&partySize=2&areaId=patio"),
            "/areaId",
            "unknown",
        ),
        (calendar("to=2026-12-05&partySize=2"), "/from", "required"),
        (
            calendar("from=2026-12-05&to=2026-12-04&partySize=2"),
            "/to",
            "invalid",
        ),
        (
            calendar("from=2026-12-01&to=2027-02-01&partySize=2"),
            "/to",
            "too-long",
        ),
        (
            calendar("from=-009999-01-01&to=9999-12-31&partySize=2"),
            "/from",
            "invalid",
        ),
    ] {
        let problem = problem(request, "validation-failed").await;
        let errors = problem.errors.unwrap();
        assert_eq!(
            (errors[0].pointer.as_str(), errors[0].code.as_str()),
            (pointer, code)
        );
    }
    assert_eq!(
        calendar("from=2026-12-01&to=2027-01-31&partySize=2")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    for party in ["0", "9", "-1", "99999999999"] {
        problem(
            ask(&format!("date=2026-12-05&partySize={party}")),
            "party-size-out-of-range",
        )
        .await;
    }
    problem(
        ask("date=2026-12-05&date=2026-12-06&partySize=2"),
        "malformed",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn holds() {
    let house = open().await;
    let slot = house.slot("2026-12-05", "19:00").await;
    let post = |body: Value| {
        house
            .api(Method::POST, "/venues/interno/reservations")
            .header("idempotency-key", key())
            .json(&body)
    };
    for party in [0, 9] {
        problem(
            house.hold_request(&slot, party, &key()),
            "party-size-out-of-range",
        )
        .await;
    }
    let soon = house.slot("2026-11-21", "19:00").await;
    problem(
        house.hold_request(&soon, 2, &key()),
        "outside-booking-window",
    )
    .await;
    for (body, pointer, code) in [
        (
            json!({ "partySize": 2, "locale": "es" }),
            "/slotId",
            "required",
        ),
        (
            json!({ "slotId": "nonsense", "partySize": 2, "locale": "es" }),
            "/slotId",
            "unknown",
        ),
        (
            json!({ "slotId": slot, "partySize": "2", "locale": "es" }),
            "/partySize",
            "invalid",
        ),
        (
            json!({ "slotId": slot, "partySize": -2, "locale": "es" }),
            "/partySize",
            "invalid",
        ),
        (
            json!({ "slotId": slot, "partySize": 2, "locale": "fr" }),
            "/locale",
            "invalid",
        ),
        (json!([1, 2]), "/partySize", "invalid"),
    ] {
        let problem = problem(post(body.clone()), "validation-failed").await;
        let errors = problem.errors.unwrap();
        if body.is_object() {
            assert_eq!(
                (errors[0].pointer.as_str(), errors[0].code.as_str()),
                (pointer, code),
                "{body}"
            );
        }
    }
    problem(
        house
            .api(Method::POST, "/venues/interno/reservations")
            .json(&json!({})),
        "idempotency-key-missing",
    )
    .await;
    let long = "k".repeat(300);
    problem(house.hold_request(&slot, 2, &long), "malformed").await;
    // A window that has passed while the guest was thinking.
    house.wait(16 * 24 * 3_600);
    problem(
        house.hold_request(&slot, 2, &key()),
        "outside-booking-window",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn confirms() {
    let house = open().await;
    let held = house.held().await;
    let confirm = |held: &Held| {
        house
            .about(held, Method::POST, "/confirm")
            .header("idempotency-key", key())
            .header("if-match", format!("\"{}\"", held.version))
    };
    let wrong = problem(
        confirm(&held).json(&json!({ "guest": { "email": "x" } })),
        "validation-failed",
    )
    .await;
    let pointers: Vec<String> = wrong
        .errors
        .unwrap()
        .into_iter()
        .map(|error| error.pointer)
        .collect();
    assert_eq!(
        pointers,
        [
            "/guest/givenName",
            "/guest/familyName",
            "/guest/email",
            "/guest/phone",
            "/guest/locale",
            "/consents/privacy"
        ]
    );
    let wrong = problem(
        confirm(&held).json(&json!({ "guests": [{ "fields": { "a": 1 } }] })),
        "validation-failed",
    )
    .await;
    assert_eq!(wrong.errors.unwrap()[0].pointer, "/guests/0/fields/a");
    problem(
        confirm(&held)
            .header("content-type", "application/xml")
            .body("<a/>"),
        "unsupported-media-type",
    )
    .await;
    problem(
        confirm(&held)
            .header("content-type", "application/json")
            .body("{"),
        "malformed",
    )
    .await;
    problem(
        confirm(&held)
            .header("content-type", "application/json")
            .body(vec![0xff, 0xfe]),
        "malformed",
    )
    .await;

    let done = house.confirmed().await;
    problem(house.confirm_request(&done, &key()), "not-modifiable").await;
    problem(house.extend_request(&done, &key()), "not-modifiable").await;
    problem(
        house
            .about(&done, Method::POST, "/cancel")
            .header("if-match", "\"1\""),
        "version-conflict",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_too_late() {
    let house = open().await;
    let done = house.confirmed().await;
    house.wait(14 * 24 * 3_600 + 9 * 3_600 + 1);
    problem(
        house.about(&done, Method::POST, "/cancel"),
        "cancellation-cutoff-passed",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn extensions_end() {
    let house = open().await;
    let mut held = house.held().await;
    for version in 2..=3 {
        assert_eq!(
            house
                .extend_request(&held, &key())
                .send()
                .await
                .unwrap()
                .status(),
            200
        );
        held.version = version;
    }
    problem(house.extend_request(&held, &key()), "hold-extension-limit").await;
}

#[test]
fn no_problem_is_without_a_test() {
    use reservation_contract::problem::ProblemType;
    let sources = concat!(
        include_str!("capacity.rs"),
        include_str!("idempotency.rs"),
        include_str!("life.rs"),
        include_str!("limits.rs"),
        include_str!("ordering.rs"),
        include_str!("problems.rs"),
        include_str!("time.rs"),
    );
    for kind in ProblemType::ALL {
        assert!(
            sources.contains(&format!("\"{}\"", kind.slug())),
            "{} is tested nowhere",
            kind.slug()
        );
    }
}
