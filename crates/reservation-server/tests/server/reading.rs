//! What anyone may read: shapes, caching, CORS, headers.

use reqwest::Method;
use reservation_contract::Health;
use reservation_contract::availability::{Availability, Calendar};
use reservation_contract::openapi::fixture;
use reservation_contract::venue::Venue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::harness::{House, open, open_with, same_keys, settings};

async fn shape<T: Serialize + DeserializeOwned>(house: &House, path: &str, golden: &str) -> T {
    let value = house.json(path).await;
    assert_eq!(
        same_keys(&fixture(golden).unwrap(), &value),
        Ok(()),
        "{golden}"
    );
    let typed: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(
        serde_json::to_value(&typed).unwrap(),
        value,
        "nothing is lost in the type"
    );
    typed
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_what_the_fixtures_show() {
    let house = open().await;
    let venue: Venue = shape(&house, "/venues/interno", "venue").await;
    assert_eq!(
        serde_json::to_value(&venue).unwrap(),
        fixture("venue").unwrap()
    );
    let health: Health = shape(&house, "/health", "health").await;
    assert_eq!(health.server_time, "2026-11-20T10:00:00-05:00");
    let calendar: Calendar = shape(
        &house,
        "/venues/interno/availability/calendar?from=2026-11-20&to=2026-12-05&partySize=2",
        "calendar",
    )
    .await;
    assert_eq!(calendar.days.len(), 16);
    assert_eq!(calendar.first_available.as_deref(), Some("2026-11-22"));
    let free: Availability = shape(
        &house,
        "/venues/interno/availability?date=2026-12-05&partySize=2",
        "availability",
    )
    .await;
    assert_eq!(
        serde_json::to_value(&free.slots[1]).unwrap(),
        fixture("availability").unwrap()["slots"][1]
    );
    let fewer = open_with(settings(&[
        ("places = 60", "places = 1"),
        ("limited_from = 12", "limited_from = 1"),
        (
            "start_times = [\"19:00\", \"21:00\"]",
            "start_times = [\"19:00\"]",
        ),
    ]))
    .await;
    fewer.held_at("2026-11-28", "19:00", 1).await;
    shape::<Availability>(
        &fewer,
        "/venues/interno/availability?date=2026-11-28&partySize=1",
        "availability-full",
    )
    .await;
    let openapi = house.json("/openapi.json").await;
    assert_eq!(openapi["openapi"], "3.1.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_with_nothing_free_leads_on() {
    let house = open().await;
    let calendar = house
        .json("/venues/interno/availability/calendar?from=2026-10-01&to=2026-10-31&partySize=2")
        .await;
    assert!(
        calendar["days"]
            .as_array()
            .unwrap()
            .iter()
            .all(|day| day["status"] == "OUTSIDE_WINDOW")
    );
    assert_eq!(calendar["firstAvailable"], "2026-11-22");
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_may_keep_answers_and_ask_again() {
    let house = open().await;
    for (path, age) in [
        ("/venues/interno", 60),
        (
            "/venues/interno/availability/calendar?from=2026-12-01&to=2026-12-31&partySize=2",
            15,
        ),
        (
            "/venues/interno/availability?date=2026-12-05&partySize=2",
            5,
        ),
    ] {
        let response = house.get(path).await;
        assert_eq!(
            response.headers()["cache-control"],
            format!("public, max-age={age}")
        );
        let etag = response.headers()["etag"].clone();
        house.wait(3);
        let again = house
            .api(Method::GET, path)
            .header("if-none-match", &etag)
            .send()
            .await
            .unwrap();
        assert_eq!(again.status(), 304, "{path}");
        assert_eq!(again.headers()["etag"], etag);
        assert_eq!(again.text().await.unwrap(), "");
    }
    let path = "/venues/interno/availability?date=2026-12-05&partySize=2";
    let etag = house.get(path).await.headers()["etag"].clone();
    for _ in 0..7 {
        house.held_at("2026-12-05", "19:00", 8).await;
    }
    let changed = house
        .api(Method::GET, path)
        .header("if-none-match", &etag)
        .send()
        .await
        .unwrap();
    assert_eq!(changed.status(), 200);
    let changed: Value = changed.json().await.unwrap();
    assert_eq!(changed["slots"][0]["status"], "LIMITED");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_carry_their_own_security_headers() {
    let house = open().await;
    for path in ["/health", "/nothing", "/reservations/x"] {
        let response = house.get(path).await;
        let headers = response.headers();
        assert_eq!(
            headers["content-security-policy"],
            "default-src 'none'; frame-ancestors 'none'"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(headers.contains_key("date"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_named_origins_may_call() {
    let house = open_with(settings(&[(
        "allowed_origins = []",
        "allowed_origins = [\"https://site.example\"]",
    )]))
    .await;
    let ask = |origin: &'static str| {
        house
            .api(Method::GET, "/venues/interno")
            .header("origin", origin)
            .send()
    };
    let known = ask("https://site.example").await.unwrap();
    assert_eq!(
        known.headers()["access-control-allow-origin"],
        "https://site.example"
    );
    assert!(
        !known
            .headers()
            .contains_key("access-control-allow-credentials")
    );
    let exposed = known.headers()["access-control-expose-headers"]
        .to_str()
        .unwrap()
        .to_lowercase();
    for name in ["etag", "location", "retry-after", "date"] {
        assert!(exposed.contains(name));
    }
    assert!(
        known.headers().get_all("vary").iter().any(|value| value
            .to_str()
            .unwrap()
            .to_lowercase()
            .contains("origin"))
    );
    assert!(
        !ask("https://other.example")
            .await
            .unwrap()
            .headers()
            .contains_key("access-control-allow-origin")
    );
    // A browser that is let in may read what is wrong, too.
    let refused = house
        .api(Method::GET, "/nothing")
        .header("origin", "https://site.example")
        .send()
        .await
        .unwrap();
    assert_eq!(
        refused.headers()["access-control-allow-origin"],
        "https://site.example"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preflight_lets_through_what_the_contract_needs() {
    let house = open_with(settings(&[(
        "allowed_origins = []",
        "allowed_origins = [\"https://site.example\"]",
    )]))
    .await;
    let preflight = house
        .api(Method::OPTIONS, "/reservations/x/confirm")
        .header("origin", "https://site.example")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,content-type,idempotency-key,if-match",
        )
        .send()
        .await
        .unwrap();
    assert_eq!(preflight.status(), 200);
    let allowed = preflight.headers()["access-control-allow-headers"]
        .to_str()
        .unwrap()
        .to_lowercase();
    for name in [
        "authorization",
        "content-type",
        "idempotency-key",
        "if-match",
    ] {
        assert!(allowed.contains(name), "{name}");
    }
    assert_eq!(preflight.headers()["access-control-max-age"], "86400");
}
