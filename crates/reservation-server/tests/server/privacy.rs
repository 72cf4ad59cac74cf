//! What is deleted when and how it is told, and what is held on somebody who asks.

use jiff::SignedDuration;
use reqwest::Method;
use reservation_contract::openapi::fixture;
use reservation_server::settings::Settings;
use reservation_server::store::Store;
use serde_json::{Value, json};

use crate::harness::{House, key, open, open_with, settings};
use crate::mail::{confirm, with_mail};
use crate::operator::{asked, json_of, refused, say};
use crate::sink::{Mood, Sink};

const EMAIL: &str = "lucia@example.com";

/// So many of a kind that were deleted for this reason.
fn deleted(report: &Value, kind: &str, cause: &str) -> u64 {
    let all = report["deleted"].as_array().unwrap().iter();
    let fits = all.filter(|it| it["kind"] == kind && it["cause"] == cause);
    fits.map(|it| it["number"].as_u64().unwrap()).sum()
}

fn rule<'a>(report: &'a Value, kind: &str) -> &'a Value {
    let mut all = report["rules"].as_array().unwrap().iter();
    all.find(|it| it["kind"] == kind).unwrap()
}

/// The report, once a pass has deleted so many of a kind.
async fn report_of(house: &House, kind: &str, number: u64) -> Value {
    for _ in 0..1_500 {
        let report = json_of(house, "retention").await;
        if deleted(&report, kind, "retention") == number {
            return report;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{number} of {kind} were not deleted");
}

/// A house that asks everybody for a document, with a booking of two.
async fn with_documents() -> (House, crate::harness::Held) {
    let field = "[[guest_field]]\nid = \"passport\"\ntype = \"document\"\nrequired = true\n\
        label = { es = \"a\", en = \"a\" }\nwhy = { es = \"a\", en = \"a\" }\nseen_by = { es = \"a\", en = \"a\" }\n[privacy]";
    let text = settings(&[
        ("[privacy]", field),
        ("mode = \"trial\"", "mode = \"live\""),
        ("# note_days = 30", "note_days = 7"),
    ]);
    let house = open_with(text).await;
    let held = house.held().await;
    let mut body = fixture("request-confirm").unwrap();
    let guest = |number: &str| json!({ "fields": { "passport": number } });
    body["guests"] = json!([guest("AB 1234"), guest("CD 5678")]);
    let sent = house.about(&held, Method::POST, "/confirm");
    let sent = sent
        .header("idempotency-key", key())
        .header("if-match", format!("\"{}\"", held.version))
        .json(&body);
    assert_eq!(sent.send().await.unwrap().status(), 200);
    (house, held)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_goes_at_its_time_and_the_report_says_so() {
    let (mut house, held) = with_documents().await;
    let report = json_of(&house, "retention").await;
    assert_eq!(report["deleted"], json!([]));
    for (kind, kept, number, next) in [
        (
            "contact",
            "30 days after the evening",
            1,
            "2027-01-04T20:50:00-05:00",
        ),
        (
            "documents",
            "1 day after the evening",
            2,
            "2026-12-06T20:50:00-05:00",
        ),
        (
            "dietary",
            "1 day after the evening",
            1,
            "2026-12-06T20:50:00-05:00",
        ),
        (
            "note",
            "7 days after the evening",
            1,
            "2026-12-12T20:50:00-05:00",
        ),
    ] {
        let rule = rule(&report, kind);
        assert_eq!(rule["kept"], kept, "{kind}");
        assert_eq!(
            (&rule["held"], &rule["next"]),
            (&json!(number), &json!(next)),
            "{kind}"
        );
    }
    assert_eq!(rule(&report, "keys")["held"], json!(2));
    assert_eq!(rule(&report, "waitlist")["next"], Value::Null);
    // From 20 November at ten to the evening after the evening.
    house.wait(17 * 24 * 3_600);
    house.restart().await;
    let report = report_of(&house, "documents", 2).await;
    assert_eq!(deleted(&report, "dietary", "retention"), 1);
    assert_eq!(deleted(&report, "keys", "retention"), 2);
    assert_eq!(deleted(&report, "contact", "retention"), 0);
    assert_eq!(rule(&report, "documents")["held"], json!(0));
    let told = house.read(&held).await;
    assert!(told.guest.is_some() && told.dietary.is_empty() && told.note.is_some());
    assert!(told.guests.iter().all(|guest| guest.fields.is_empty()));
    house.wait(40 * 24 * 3_600);
    house.restart().await;
    let report = report_of(&house, "contact", 1).await;
    assert_eq!(deleted(&report, "note", "retention"), 1);
    assert_eq!(deleted(&report, "documents", "retention"), 2, "once");
    let text = say(&house, "retention").await;
    assert!(text.contains("past its time"), "{text}");
    for secret in ["Luc", EMAIL, "AB 1234", "1234", &held.id] {
        assert!(!text.contains(secret) && !report.to_string().contains(secret));
    }
    // What was deleted long ago is no news.
    house.wait(100 * 24 * 3_600);
    let text = say(&house, "retention").await;
    assert!(
        text.contains("deleted in the last 90 days: nothing"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_taken_during_a_pass_counts_everything_once() {
    let (house, _held) = with_documents().await;
    let rules = Settings::parse("server.toml", &house.settings)
        .unwrap()
        .retention;
    let clock = house.clock.clone();
    let store = match &house.url {
        Some(url) => Store::connect(url, clock).await.unwrap(),
        None => Store::open(&house.database(), clock).await.unwrap(),
    };
    let mut database = house.database_beside().await;
    let keep = "CREATE TABLE before AS SELECT * FROM guest_details";
    database.run(keep).await;
    house.wait(60 * 24 * 3_600);
    for round in 0..40 {
        let passing = {
            let (store, rules) = (store.clone(), rules.clone());
            tokio::spawn(async move { store.forget(&rules).await.unwrap() })
        };
        loop {
            let over = passing.is_finished();
            let report = json_of(&house, "retention").await;
            let held = rule(&report, "documents")["held"].as_u64().unwrap();
            let gone = deleted(&report, "documents", "retention");
            assert_eq!(held + gone, 2, "round {round}: {report}");
            if over {
                assert_eq!(gone, 2);
                break;
            }
        }
        let again = "DELETE FROM deletions; INSERT INTO guest_details SELECT * FROM before";
        database.run(again).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_guests_erase_is_counted_as_theirs() {
    let house = open_with(with_mail(&Sink::open().await, "")).await;
    let held = house.confirmed().await;
    for _ in 0..2 {
        let sent = house.about(&held, Method::POST, "/erase");
        assert_eq!(sent.send().await.unwrap().status(), 200);
    }
    let place = waits(&house).await;
    let path = format!("/waitlist-entries/{}", place["id"].as_str().unwrap());
    let token = place["manageToken"].as_str().unwrap();
    for _ in 0..2 {
        let left = house.api(Method::DELETE, &path).bearer_auth(token);
        assert_eq!(left.send().await.unwrap().status(), 204);
    }
    let report = json_of(&house, "retention").await;
    for kind in ["contact", "dietary", "note", "waitlist"] {
        assert_eq!(deleted(&report, kind, "guest"), 1, "{kind}: {report}");
        assert_eq!(rule(&report, kind)["held"], json!(0), "{kind}");
    }
}

/// Somebody on the waiting list, as the contract answers.
async fn waits(house: &House) -> Value {
    let mut wish = fixture("request-waitlist").unwrap();
    wish["serviceId"] = Value::Null;
    wish["areaId"] = Value::Null;
    let sent = house
        .api(Method::POST, "/venues/interno/waitlist-entries")
        .header("idempotency-key", key())
        .json(&wish);
    sent.send().await.unwrap().json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_held_on_somebody_is_handed_over_and_nothing_of_others() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    let first = confirm(&house, &house.held().await, "es").await;
    let second = house.confirmed().await;
    say(
        &house,
        "add --date 2026-12-05 --time 19:00 --people 1 --name Somebody --email other@example.com",
    )
    .await;
    let place = waits(&house).await;
    sink.wait_for(3).await;
    // The request is still to be sent, and says by whom; a line may be open.
    sink.is(Mood::Busy);
    let asked_for = house.api(Method::POST, "/venues/interno/link-requests");
    let asked_for = asked_for.json(&json!({ "email": EMAIL }));
    assert_eq!(asked_for.send().await.unwrap().status(), 202);
    let told = json_of(&house, "subject --email LUCIA@example.com").await;
    let ids: Vec<_> = told["bookings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 2, "{told}");
    assert!(ids.contains(&first.id.as_str()) && ids.contains(&second.id.as_str()));
    let booking = &told["bookings"][0];
    assert_eq!(booking["history"].as_array().unwrap().len(), 2, "{booking}");
    assert_eq!(booking["details"]["guest"]["email"], json!(EMAIL));
    assert_eq!(booking["details"]["consents"]["privacy"], json!(true));
    assert_eq!(told["waitlist"][0]["id"], place["id"]);
    let kinds: Vec<_> = told["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["kind"].as_str().unwrap(), it["to"].as_str()))
        .collect();
    assert_eq!(kinds.iter().filter(|it| it.0 == "confirmed").count(), 2);
    assert!(kinds.contains(&("links", Some(EMAIL))), "{kinds:?}");
    let text = say(&house, "subject --email lucia@example.com").await;
    for part in ["Lucía", "+57 300 555 0101", "gluten", "aniversario"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    for secret in [&first.token, "other@example.com", "Somebody"] {
        assert!(!text.contains(secret) && !told.to_string().contains(secret));
    }
    let one = json_of(&house, &format!("subject {}", first.id)).await;
    assert_eq!(one["bookings"].as_array().unwrap().len(), 1);
    let nobody = say(&house, "subject --email nobody@example.com").await;
    assert_eq!(nobody, "nothing is held on this person\n");
    refused(&house, "subject", "needs --email, or the reference").await;
    refused(&house, "subject A --email a@b.co", "not both").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_told_by_its_end() {
    let (house, held) = with_documents().await;
    let told = json_of(&house, &format!("subject {}", held.id)).await;
    let guests = told["bookings"][0]["details"]["guests"].to_string();
    assert!(
        guests.contains("34") && !guests.contains("1234"),
        "{guests}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_house_erases_for_who_asks_and_the_seat_s_history_stays() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    let held = house.confirmed().await;
    waits(&house).await;
    sink.wait_for(1).await;
    let no = asked(&house, "erase --email lucia@example.com", false).await;
    assert_eq!(no.unwrap_err(), "nothing was changed");
    assert!(house.read(&held).await.guest.is_some());
    let told = json_of(&house, "erase --email lucia@example.com").await;
    assert_eq!(told, json!({ "bookings": 1, "waitlist": 1 }));
    let left = house.read(&held).await;
    assert_eq!((left.guest, left.party_size), (None, 2));
    let report = json_of(&house, "retention").await;
    for kind in ["contact", "dietary", "note", "waitlist"] {
        assert_eq!(deleted(&report, kind, "house"), 1, "{kind}: {report}");
    }
    let why = "nothing is held on this person";
    refused(&house, "erase --email lucia@example.com", why).await;
    refused(&house, &format!("erase {}", held.id), why).await;
    let mut database = house.database_beside().await;
    let versions = format!(
        "SELECT COUNT(*) FROM reservation_versions WHERE reservation_id = '{}'",
        held.id
    );
    assert_eq!(database.number(&versions).await, 3);
    house.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(
        house.read(&held).await.status,
        reservation_contract::words::ReservationStatus::Confirmed
    );
    let silent = open().await;
    refused(&silent, "erase --email lucia@example.com", why).await;
}
