//! What is asked of every guest, and what becomes of the answers.

use reqwest::Method;
use reservation_contract::openapi::fixture;
use serde_json::{Value, json};

use crate::harness::{Held, House, key, open, open_with, problem, settings};

const FIELDS: &str = r#"
[[guest_field]]
id = "passport"
type = "document"
required = true
label = { es = "Documento", en = "Document" }
why = { es = "Para entrar.", en = "To come in." }
seen_by = { es = "La entrada.", en = "The entrance." }

[[guest_field]]
id = "seat"
type = "choice"
required = false
label = { es = "Silla", en = "Chair" }
why = { es = "Para preparar.", en = "To prepare." }
seen_by = { es = "La sala.", en = "The room." }
option = [{ id = "high", label = { es = "Alta", en = "High" } }]

[[house_rule]]
id = "photos"
text = { es = "Sin fotos.", en = "No photographs." }
must_accept = true

[privacy]"#;

async fn house() -> House {
    let live = ("mode = \"trial\"", "mode = \"live\"");
    open_with(settings(&[("\n[privacy]", FIELDS), live])).await
}

fn body(documents: [&str; 2]) -> Value {
    let mut body = fixture("request-confirm").unwrap();
    body["guests"] = documents
        .map(|number| json!({ "fields": { "passport": number, "seat": "high" } }))
        .to_vec()
        .into();
    body["consents"]["houseRules"] = json!(["photos"]);
    body
}

fn confirm(house: &House, held: &Held, body: &Value) -> reqwest::RequestBuilder {
    house
        .about(held, Method::POST, "/confirm")
        .header("idempotency-key", key())
        .header("if-match", format!("\"{}\"", held.version))
        .json(body)
}

async fn stored(house: &House) -> String {
    let mut database = house.database_beside().await;
    database.texts("SELECT details FROM guest_details").await[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_guest_answers_and_what_is_missing_is_named() {
    let house = house().await;
    let held = house.held().await;
    let mut wrong = body(["", "X-1234567"]);
    wrong["guests"][1]["fields"]["seat"] = json!("low");
    wrong["consents"]["houseRules"] = json!([]);
    let problem = problem(confirm(&house, &held, &wrong), "validation-failed").await;
    let told: Vec<_> = problem
        .errors
        .unwrap()
        .into_iter()
        .map(|error| format!("{} {}", error.pointer, error.code))
        .collect();
    assert_eq!(
        told,
        [
            "/guests/0/fields/passport required",
            "/guests/1/fields/seat unknown",
            "/consents/houseRules required",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_trial_nobody_has_to_tell_a_document() {
    let house = open_with(settings(&[("\n[privacy]", FIELDS)])).await;
    let venue = house.json("/venues/interno").await;
    let passport = &venue["guestFields"]["perGuest"][0];
    assert_eq!(passport["required"], json!(false));
    let held = house.held().await;
    let answer = confirm(&house, &held, &body(["", ""]))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_told_by_its_end_only_and_survives_being_sent_back() {
    let house = house().await;
    let mut held = house.held().await;
    let response = confirm(&house, &held, &body(["CC-98765432", "X7"]))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["guests"][0]["fields"]["passport"], "…32");
    assert_eq!(answer["guests"][1]["fields"]["passport"], "…");
    assert_eq!(answer["guests"][0]["fields"]["seat"], "high");
    assert!(!answer.to_string().contains("98765432"));
    held.version = 2;

    let mut guests = answer["guests"].clone();
    guests[1]["fields"]["passport"] = json!("AB-555");
    let changed = house
        .about(&held, Method::PATCH, "")
        .header("idempotency-key", key())
        .header("if-match", "\"2\"")
        .json(&json!({ "guests": guests }))
        .send()
        .await
        .unwrap();
    assert_eq!(changed.status(), 200);
    let kept = stored(&house).await;
    assert!(
        kept.contains("CC-98765432") && kept.contains("AB-555"),
        "{kept}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_still_comes_tells_nothing_again_when_one_goes_and_another_comes() {
    let house = house().await;
    let mut held = house.held().await;
    let response = confirm(&house, &held, &body(["CC-98765432", "X-1234567"]))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    held.version = 2;
    let change = |guests: Value| {
        house
            .about(&held, Method::PATCH, "")
            .header("idempotency-key", key())
            .header("if-match", "\"2\"")
            .json(&json!({ "guests": guests }))
    };
    let twice = json!([{ "sameAs": 1 }, { "sameAs": 1 }]);
    let told = problem(change(twice), "validation-failed").await;
    let error = &told.errors.unwrap()[0];
    assert_eq!(
        (&*error.pointer, &*error.code),
        ("/guests/1/sameAs", "invalid")
    );
    // The first goes, the second leads, and somebody new comes.
    let new = json!({ "fields": { "passport": "AB-555" } });
    let changed = change(json!([{ "sameAs": 1, "fields": { "seat": "" } }, new]))
        .send()
        .await
        .unwrap();
    assert_eq!(changed.status(), 200);
    let told: Value = changed.json().await.unwrap();
    assert_eq!(told["guests"][0]["fields"]["passport"], "…67");
    let kept = stored(&house).await;
    assert!(
        kept.contains("X-1234567") && kept.contains("AB-555") && !kept.contains("98765432"),
        "{kept}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_keeps_nobody_waiting_while_somebody_reads_for_long() {
    let house = open().await;
    let held = house.confirmed().await;
    let mut reader = house.database_beside().await;
    // What a backup does, and whoever looks at every reservation there is.
    reader.run("BEGIN; SELECT COUNT(*) FROM reservations").await;
    house.held().await;
    let started = std::time::Instant::now();
    let erase = house.about(&held, Method::POST, "/erase").send().await;
    assert_eq!(erase.unwrap().status(), 200);
    house.held().await;
    let took = started.elapsed();
    assert!(took < std::time::Duration::from_secs(4), "{took:?}");
    reader.put_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_removes_the_guest_and_keeps_the_seat() {
    let house = house().await;
    let mut held = house.held().await;
    let used = key();
    let request = || {
        house
            .about(&held, Method::POST, "/confirm")
            .header("idempotency-key", &used)
            .header("if-match", "\"1\"")
            .json(&body(["CC-98765432", "X-1234567"]))
    };
    assert_eq!(request().send().await.unwrap().status(), 200);
    let erased = house
        .about(&held, Method::POST, "/erase")
        .send()
        .await
        .unwrap();
    assert_eq!(erased.status(), 200);
    assert_eq!(erased.headers()["etag"], "\"3\"");
    let first: Value = erased.json().await.unwrap();
    assert_eq!(
        (&first["guest"], &first["note"], &first["guests"]),
        (&Value::Null, &Value::Null, &json!([]))
    );
    assert_eq!(
        (&first["status"], &first["partySize"]),
        (&json!("CONFIRMED"), &json!(2))
    );
    // The replay of the confirm has nothing left to say either.
    let replay: Value = request().send().await.unwrap().json().await.unwrap();
    assert_eq!(
        (&replay["version"], &replay["guest"]),
        (&json!(2), &Value::Null)
    );
    let again = house
        .about(&held, Method::POST, "/erase")
        .send()
        .await
        .unwrap();
    assert_eq!(again.json::<Value>().await.unwrap(), first);
    held.version = 3;
    problem(
        house
            .about(&held, Method::PATCH, "")
            .header("idempotency-key", key())
            .header("if-match", "\"3\"")
            .json(&json!({ "note": "back" })),
        "not-modifiable",
    )
    .await;
    if crate::ON_POSTGRES {
        return;
    }
    for file in ["reservations.sqlite", "reservations.sqlite-wal"] {
        let bytes = std::fs::read(house.data().join(file)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        for trace in ["98765432", "lucia@example.com", "aniversario"] {
            assert!(!text.contains(trace), "{trace} is still in {file}");
        }
    }
}
