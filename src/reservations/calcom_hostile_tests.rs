//! What a network brings that is not documented: read or refused, never a panic.

use proptest::prelude::*;
use serde_json::json;

use super::super::super::spoilt::{cases, spoiling};
use super::*;
use crate::platform::network::Answer;

/// Slots, a hold, a booking, one that was moved, a refusal, as they come.
fn bodies() -> Vec<String> {
    let now = Timestamp::from_second(MORNING).unwrap();
    let mut double = Double::new(Habits::default());
    let start = "2026-11-28T00:00:00Z";
    let slots = "/v2/slots?eventTypeId=4711&start=2026-11-27&end=2026-11-28";
    let hold = json!({"eventTypeId": EVENT, "slotStart": start});
    let book = json!({
        "eventTypeId": EVENT, "start": start,
        "attendee": {"name": "x", "email": "x@y", "timeZone": "America/Bogota"},
        "bookingFieldsResponses": {"people": 2, "notes": "z"},
    });
    let later = json!({"start": "2026-11-28T02:00:00Z"});
    let mut say = |method: &str, path: &str, body: &Value| {
        let version = if path.starts_with("/v2/slots") {
            SLOTS
        } else {
            BOOKINGS
        };
        let asked = Asked {
            method,
            path,
            version: Some(version),
            body: &body.to_string(),
        };
        double.answer(asked, now).1
    };
    let free = say("GET", slots, &Value::Null);
    let kept = say("POST", "/v2/slots/reservations", &hold);
    let booked = say("POST", "/v2/bookings", &book);
    let uid = booked["data"]["uid"].as_str().unwrap();
    let moved = say("POST", &format!("/v2/bookings/{uid}/reschedule"), &later);
    let old = say("GET", &format!("/v2/bookings/{uid}"), &Value::Null);
    let none = say("GET", "/v2/bookings/nobody", &Value::Null);
    let all = [free, kept, booked, moved, old, none];
    all.map(|body| body.to_string()).into()
}

fn api() -> Provider {
    Config::read(&config("")).unwrap().provider(true).unwrap()
}

fn usual() -> Own {
    own(&Config::read(&config("")).unwrap()).unwrap()
}

/// Everything that reads, on one answer.
fn read_all(came: &Answer, api: &Provider) {
    let query = CalendarQuery {
        month: night().month(),
        party: 2,
    };
    let own = &usual();
    let _ = read::slots(came, own);
    let _ = read::calendar(came, query, own);
    let _ = read::hold(came, 2, true, own);
    let _ = read::booking(came, None, own, 0);
    let _ = read::problem(came);
    let access = |token: &str| Access {
        id: "x".into(),
        token: token.into(),
    };
    for wanted in [
        Wanted::Reservation(access("2 2026-11-28T00:00:00Z")),
        Wanted::Cancellation(access("2")),
    ] {
        // Whatever is said again and again, there is an end.
        let mut next = api.begin(wanted);
        for asked in 0.. {
            assert!(asked < 20, "it asks for ever");
            match next {
                Next::Done(_) => break,
                Next::Ask(call) => next = api.go_on(*call, Ok(came.clone())),
            }
        }
    }
}

#[test]
fn unknown_words_and_missing_parts_are_named_or_tolerated() {
    let bodies = bodies();
    let booking = |change: fn(&mut Value)| {
        let mut value: Value = serde_json::from_str(&bodies[2]).unwrap();
        change(&mut value["data"]);
        let came = answer(200, &value.to_string());
        read::booking(&came, None, &usual(), 3).map(|booking| booking.told)
    };
    assert_eq!(booking(|_| {}).unwrap().party, 2);
    let awaited = booking(|data| data["status"] = "awaiting_host".into());
    assert_eq!(awaited.unwrap().status, Status::Unknown);
    let words = booking(|data| data["bookingFieldsResponses"] = json!({"people": " 5 "}));
    assert_eq!(words.unwrap().party, 5);
    // Older servers say less, and to a stranger they say less still.
    let bare = booking(|data| {
        let map = data.as_object_mut().unwrap();
        map.retain(|name, _| ["uid", "status", "start"].contains(&name.as_str()));
    });
    let bare = bare.unwrap();
    assert_eq!((bare.party, bare.version, bare.name), (3, 0, None));
    assert_eq!(bare.reference, bare.access.id);
    for name in ["uid", "status", "start"] {
        let mut value: Value = serde_json::from_str(&bodies[2]).unwrap();
        value["data"].as_object_mut().unwrap().remove(name);
        let came = answer(200, &value.to_string());
        let read = read::booking(&came, None, &usual(), 3).map(|booking| booking.uid);
        assert_eq!(read, Err(Failure::Malformed(name.into())));
    }
    let none = read::hold(&answer(200, r#"{"status":"success"}"#), 2, false, &usual());
    assert_eq!(none.map(drop), Err(Failure::Lost));
}

#[test]
fn what_is_no_answer_at_all_is_a_failure_and_no_panic() {
    for body in [
        "",
        "null",
        "7",
        "{}",
        "[[]]",
        r#"{"status":"error"}"#,
        r#"{"status":"success","data":[]}"#,
        r#"{"status":"success","data":{"2026-11-27":[{}]}}"#,
        &"[".repeat(100_000),
    ] {
        let came = answer(200, body);
        read_all(&came, &api());
        let own = &usual();
        assert!(read::slots(&came, own).is_err(), "{body:.40}");
        assert!(read::hold(&came, 2, true, own).is_err(), "{body:.40}");
        assert!(read::booking(&came, None, own, 2).is_err(), "{body:.40}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn a_body_with_wrong_bytes_is_read_or_refused_and_never_a_panic(
        which in 0..6_usize,
        spoiling in spoiling(),
    ) {
        SPOILT.with(|(bodies, api)| {
            read_all(&answer(200, &spoiling.of(&bodies[which])), api);
        });
    }
}

thread_local! {
    static SPOILT: (Vec<String>, Provider) = (bodies(), api());
}
