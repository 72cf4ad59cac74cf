//! What every answer says to browsers for safety, whatever its status, and how an observatory grades it.

use std::fs;

use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::json;

use crate::harness::{House, key, open};
use crate::observatory::{grade, points, sources};

/// What the prerenderer writes, for a site with HTTPS.
fn headers() -> String {
    include_str!("../../../prerender/src/headers.txt")
        .replace("{styles}", "'self' 'sha256-x='")
        .replace("{connect}", "'self'")
        .replace("{transport}", "Strict-Transport-Security: max-age=31536000")
}

async fn house(headers: &str) -> House {
    let mut house = open().await;
    house.stop().await;
    let site = house.folder.path().join("dist");
    fs::create_dir_all(site.join("es")).unwrap();
    for (name, text) in [
        ("_headers", headers),
        ("index.html", "<!doctype html>home"),
        ("404.html", "<!doctype html>nothing"),
        ("es/index.html", "<!doctype html>inicio"),
    ] {
        fs::write(site.join(name), text).unwrap();
    }
    house.start(Some(&site)).await;
    house
}

fn said<'a>(answer: &'a Response, name: &str) -> Option<&'a str> {
    answer
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}

/// Requests of the site, with the status each gets.
async fn of_the_site(house: &House) -> Vec<(u16, Response)> {
    let at = |method: Method, path: &str| {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        client.request(method, format!("{}{path}", house.base))
    };
    let first = at(Method::GET, "/").send().await.unwrap();
    let changed = said(&first, "last-modified").unwrap().to_owned();
    answered(vec![
        (200, at(Method::GET, "/es/")),
        (200, at(Method::HEAD, "/")),
        (206, at(Method::GET, "/").header("range", "bytes=0-3")),
        (
            304,
            at(Method::GET, "/").header("if-modified-since", changed),
        ),
        (308, at(Method::GET, "/es")),
        (404, at(Method::GET, "/nowhere")),
        (405, at(Method::POST, "/")),
        (416, at(Method::GET, "/").header("range", "bytes=900-")),
    ])
    .await
}

/// Requests of the API, with the status each gets.
async fn of_the_api(house: &House) -> Vec<(u16, Response)> {
    let venue = house.get("/venues/interno").await;
    let tag = said(&venue, "etag").unwrap().to_owned();
    let at = |method: Method, path: &str| house.api(method, path);
    let post = || at(Method::POST, "/venues/interno/reservations");
    let slot = house.slot("2026-12-05", "19:00").await;
    let held = house.held().await;
    let extend = || {
        house
            .about(&held, Method::POST, "/extend")
            .header("idempotency-key", key())
    };
    let used = key();
    answered(vec![
        (200, at(Method::GET, "/health")),
        (
            304,
            at(Method::GET, "/venues/interno").header("if-none-match", tag),
        ),
        (
            400,
            post().header("content-type", "application/json").body("{"),
        ),
        (404, at(Method::GET, "/reservations/rsv_0")),
        (201, house.hold_request(&slot, 2, &used)),
        (422, house.hold_request(&slot, 3, &used)),
        (412, extend().header("if-match", "\"99\"")),
        (428, extend()),
        (404, at(Method::GET, "/nowhere")),
        (405, at(Method::PATCH, "/health")),
        (
            413,
            post()
                .header("content-type", "application/json")
                .body("x".repeat(65 * 1024)),
        ),
        (415, post().body("text")),
        (
            422,
            post()
                .header("idempotency-key", "a-key-of-this-test")
                .json(&json!({})),
        ),
    ])
    .await
}

async fn answered(requests: Vec<(u16, RequestBuilder)>) -> Vec<(u16, Response)> {
    let mut answers = Vec::new();
    for (status, request) in requests {
        answers.push((status, request.send().await.unwrap()));
    }
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_of_every_status_is_guarded() {
    let house = house(&headers()).await;
    let site = of_the_site(&house).await.into_iter();
    let api = of_the_api(&house).await.into_iter();
    let same = site.map(|answer| ("same-origin", "same-origin", answer));
    // Who may read the API, CORS says.
    let other = api.map(|answer| ("cross-origin", "no-referrer", answer));
    for (resources, referrer, (status, answer)) in same.chain(other) {
        let about = format!("{status} {}", answer.url());
        assert_eq!(
            answer.status(),
            StatusCode::from_u16(status).unwrap(),
            "{about}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("strict-transport-security", "max-age=31536000"),
            ("cross-origin-resource-policy", resources),
            ("referrer-policy", referrer),
        ] {
            assert_eq!(said(&answer, name), Some(value), "{about}: {name}");
        }
        let policy = said(&answer, "content-security-policy").expect(&about);
        for directive in ["default-src", "frame-ancestors"] {
            assert_eq!(sources(policy, directive).unwrap(), ["'none'"], "{about}");
        }
        let permissions = said(&answer, "permissions-policy").expect(&about);
        assert!(permissions.contains("geolocation=()"), "{about}");
        assert_eq!(said(&answer, "set-cookie"), None, "{about}");
        assert_eq!(said(&answer, "server"), None, "{about}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_observatory_gives_every_page_its_best_grade() {
    let house = house(&headers()).await;
    for (status, answer) in of_the_site(&house).await {
        let points = points(|name| said(&answer, name));
        assert_eq!((points, grade(points)), (130, "A+"), "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_https_nobody_promises_it() {
    let without = headers().replace("Strict-Transport-Security: max-age=31536000", "# none");
    let house = house(&without).await;
    let site = of_the_site(&house).await.into_iter();
    for (status, answer) in site.chain(of_the_api(&house).await) {
        assert_eq!(said(&answer, "strict-transport-security"), None, "{status}");
    }
}
