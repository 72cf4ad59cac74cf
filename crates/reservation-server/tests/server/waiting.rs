//! The waiting list, where it is offered, and the request for lost links, which tells nobody anything.

use reqwest::{Method, RequestBuilder};
use reservation_contract::openapi::fixture;
use reservation_contract::waitlist::WaitlistEntry;
use serde_json::{Value, json};

use crate::harness::{House, key, open, open_with, problem, same_keys, settings};

async fn with_a_list() -> House {
    let changes = [
        ("offered = false", "offered = true"),
        ("\nby_hand = false", "\nby_hand = true"),
    ];
    open_with(settings(&changes)).await
}

fn wait(house: &House, key: &str, body: &Value) -> RequestBuilder {
    house
        .api(Method::POST, "/venues/interno/waitlist-entries")
        .header("idempotency-key", key)
        .json(body)
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_not_there_unless_it_is_offered() {
    let house = open().await;
    let venue = house.json("/venues/interno").await;
    assert!(!venue["capabilities"].to_string().contains("waitlist"));
    let wish = fixture("request-waitlist").unwrap();
    problem(wait(&house, &key(), &wish), "not-found").await;
    problem(house.api(Method::GET, "/waitlist-entries/x"), "not-found").await;
    let house = with_a_list().await;
    let venue = house.json("/venues/interno").await;
    assert!(venue["capabilities"].to_string().contains("waitlist"));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_waits_is_found_and_stops_waiting() {
    let house = with_a_list().await;
    let (used, wish) = (key(), fixture("request-waitlist").unwrap());
    let response = wait(&house, &used, &wish).send().await.unwrap();
    assert_eq!(response.status(), 201);
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let value: Value = response.json().await.unwrap();
    assert_eq!(
        same_keys(&fixture("waitlist-entry").unwrap(), &value),
        Ok(())
    );
    let made: WaitlistEntry = serde_json::from_value(value.clone()).unwrap();
    let path = format!("/waitlist-entries/{}", made.id);
    assert_eq!(location, format!("/api/v1{path}"));
    let replay = wait(&house, &used, &wish).send().await.unwrap();
    assert_eq!(replay.status(), 201);
    assert_eq!(replay.json::<Value>().await.unwrap(), value);

    let token = made.manage_token.unwrap();
    let about = |method: Method| house.api(method, &path).bearer_auth(&token);
    let found: WaitlistEntry = about(Method::GET)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(found.guest.email, "lucia@example.com");
    assert_eq!(found.manage_token, None);
    problem(house.api(Method::GET, &path), "reservation-not-found").await;
    // A token opens one kind of thing only.
    let reservation = format!("/reservations/{}", made.id);
    problem(
        house.api(Method::GET, &reservation).bearer_auth(&token),
        "reservation-not-found",
    )
    .await;

    for _ in 0..2 {
        assert_eq!(about(Method::DELETE).send().await.unwrap().status(), 204);
    }
    problem(about(Method::GET), "reservation-not-found").await;
    problem(wait(&house, &used, &wish), "reservation-not-found").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_waited_for_is_said() {
    let house = with_a_list().await;
    for (field, value, slug) in [
        ("partySize", json!(9), "party-size-out-of-range"),
        ("date", json!("2026-11-19"), "outside-booking-window"),
        ("date", json!("2027-12-05"), "outside-booking-window"),
        ("date", json!("soon"), "validation-failed"),
        ("serviceId", json!("lunch"), "validation-failed"),
        ("areaId", json!("roof"), "validation-failed"),
        ("consents", json!({}), "validation-failed"),
        ("guest", json!({}), "validation-failed"),
    ] {
        let mut wish = fixture("request-waitlist").unwrap();
        wish[field] = value;
        problem(wait(&house, &key(), &wish), slug).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waited_is_forgotten_when_the_day_is_over() {
    let mut house = with_a_list().await;
    let wish = fixture("request-waitlist").unwrap();
    wait(&house, &key(), &wish).send().await.unwrap();
    let mut database = house.database_beside().await;
    house.wait(17 * 24 * 3_600);
    house.restart().await;
    for _ in 0..1_500 {
        if database
            .number("SELECT COUNT(*) FROM waitlist_entries")
            .await
            == 0
        {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("still on the list");
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_links_tells_nobody_who_has_booked() {
    let house = open().await;
    house.confirmed().await;
    let ask = |email: &str| {
        house
            .api(Method::POST, "/venues/interno/link-requests")
            .json(&json!({ "email": email }))
    };
    let mut answers = Vec::new();
    for email in [
        "lucia@example.com",
        "nobody@example.com",
        "o'hara+x@sub.example.com",
    ] {
        let response = ask(email).send().await.unwrap();
        let mut headers: Vec<String> = response
            .headers()
            .iter()
            .filter(|(name, _)| *name != "date")
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        headers.sort();
        let status = response.status().as_u16();
        answers.push((status, headers, response.text().await.unwrap()));
    }
    assert_eq!(answers[0].0, 202);
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_not_asked_for_with_what_cannot_be_an_address() {
    let house = open().await;
    let long = format!("{}@example.com", "a".repeat(250));
    for (body, code) in [
        (json!({}), "required"),
        (json!({ "email": "" }), "required"),
        (json!({ "email": "  " }), "required"),
        (json!({ "email": "no address" }), "invalid"),
        (json!({ "email": "lucia@example" }), "invalid"),
        (
            json!({ "email": "lucia@example.com, b@example.com" }),
            "invalid",
        ),
        (json!({ "email": "lucia@exa\u{0}mple.com" }), "invalid"),
        (json!({ "email": long }), "too-long"),
    ] {
        let asked = house.api(Method::POST, "/venues/interno/link-requests");
        let told = problem(asked.json(&body), "validation-failed").await;
        let errors = told.errors.unwrap();
        let told: Vec<_> = errors
            .iter()
            .map(|error| (error.pointer.as_str(), error.code.as_str()))
            .collect();
        assert_eq!(told, [("/email", code)], "{body}");
    }
}
