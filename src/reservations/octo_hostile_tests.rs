//! What a network brings that is not the standard: read or refused, never a panic.

use proptest::prelude::*;
use serde_json::Value;

use super::super::super::json::parse;
use super::super::super::spoilt::{cases, spoiling};
use super::*;

fn product() -> Product {
    let (_, body) = Double::new(Habits::default()).answer(
        Asked {
            method: "GET",
            path: &["/products/", PRODUCT].concat(),
            capabilities: Some(""),
            body: "",
        },
        Timestamp::from_second(MORNING).unwrap(),
    );
    let config = Config::read(&config("")).unwrap();
    product::read(&answer(200, &body.to_string()), &config).unwrap()
}

/// A product, a month, an evening, a booking, a refusal, as they come.
fn bodies() -> Vec<String> {
    let now = Timestamp::from_second(MORNING).unwrap();
    let mut double = Double::new(Habits::default());
    let days = json!({
        "productId": PRODUCT, "optionId": OPTION,
        "localDateStart": "2026-11-27", "localDateEnd": "2026-11-28"
    });
    let hold = json!({
        "uuid": uuid::of(&["x"]), "productId": PRODUCT, "optionId": OPTION,
        "availabilityId": "2026-11-27T19:00:00-05:00", "unitItems": [{"unitId": "adult"}]
    });
    let path = ["/products/", PRODUCT].concat();
    [
        ("GET", path.as_str(), Value::Null),
        ("POST", "/availability/calendar", days.clone()),
        ("POST", "/availability", days),
        ("POST", "/bookings", hold),
        ("GET", "/bookings/nobody", Value::Null),
    ]
    .map(|(method, path, body)| {
        let asked = Asked {
            method,
            path,
            capabilities: Some(""),
            body: &body.to_string(),
        };
        double.answer(asked, now).1.to_string()
    })
    .into()
}

fn calendar(came: &Answer, query: CalendarQuery) -> Result<booking::Calendar, Failure> {
    let mut nights = Vec::new();
    slots::nights(came, query.party, &mut nights)?;
    Ok(slots::calendar(nights, query))
}

fn evening(came: &Answer, product: &Product) -> Result<Vec<Slot>, Failure> {
    let mut slots = Vec::new();
    slots::read(came, product, 0, 2, &mut slots)?;
    Ok(slots)
}

/// Everything that reads, on one answer.
fn read_all(came: &Answer, product: &Product) {
    let config = Config::read(&config("")).unwrap();
    let access = Access {
        id: "x".into(),
        token: String::new(),
    };
    let query = CalendarQuery {
        month: night().month(),
        party: 2,
    };
    let _ = product::read(came, &config);
    let _ = calendar(came, query);
    let _ = evening(came, product).map(|slots| slots::nearest(slots, night()));
    let _ = supplier::read(Ok(came.clone()));
    let _ = book_read::read(came, &access, product);
    let _ = book_read::problem(came);
    if let Ok(now) = parse(came) {
        let wish = Wish {
            access,
            version: 1,
            key: Key("k".into()),
            slot: None,
            party: Some(3),
            guests: None,
            plan: None,
            note: None,
        };
        let _ = book::change(product, &wish, &now);
    }
}

#[test]
fn unknown_words_missing_days_and_bare_times_are_read() {
    let product = product();
    let slot = |starts: &str, status: &str| {
        let body = json!([{"id": "a", "localDateTimeStart": starts, "status": status}]);
        evening(&answer(200, &body.to_string()), &product)
    };
    for starts in [
        "2026-11-27T19:00:00-05:00",
        "2026-11-27T19:00:00",
        "2026-11-28T00:00:00Z",
        "2026-11-28T01:00:00+01:00",
    ] {
        let [slot] = &slot(starts, "FREESALE").unwrap()[..] else {
            panic!("{starts}");
        };
        assert_eq!(
            (slot.date, slot.starts.to_string()),
            (night(), "19:00".into())
        );
        assert_eq!(slot.starts_ms, 1_795_824_000_000, "{starts}");
        assert_eq!(slot.status, SlotStatus::Available);
    }
    assert!(slot("soon", "AVAILABLE").is_err());
    let odd = slot("2026-11-27T19:00:00-05:00", "HAUNTED").unwrap();
    assert!(!odd[0].status.is_bookable());
    let query = CalendarQuery {
        month: night().month(),
        party: 2,
    };
    let days = r#"[{"localDate":"2026-11-27","status":"HAUNTED","vacancies":null,"x":[1]},
        {"localDate":"2026-11-29","status":"AVAILABLE","available":false}]"#;
    let told = calendar(&answer(200, days), query).unwrap();
    let status = |at: usize| told.days[at].status;
    assert_eq!(
        (status(0), status(1)),
        (DayStatus::Unknown, DayStatus::SoldOut)
    );
    assert_eq!(told.first_available, None);
    assert_eq!(calendar(&answer(200, "[]"), query).unwrap().days, []);
}

#[test]
fn a_wall_elsewhere_is_read_as_it_is_written() {
    let mut product = product();
    product.venue.time_zone = "Europe/Madrid".into();
    let body = json!([{"id": "a", "localDateTimeStart": "2026-12-05T21:30:00+01:00", "status": "LIMITED"}]);
    let slots = evening(&answer(200, &body.to_string()), &product).unwrap();
    assert_eq!(slots[0].starts.to_string(), "21:30");
    assert_eq!(slots[0].starts_ms, 1_796_502_600_000);
}

#[test]
fn refusals_say_what_they_mean() {
    let problem = |status, word: &str| {
        let body = json!({"error": word, "errorMessage": "<script>"});
        book_read::problem(&answer(status, &body.to_string()))
    };
    for (word, meaning) in [
        ("INVALID_BOOKING_UUID", Failure::NotFound),
        ("INVALID_AVAILABILITY_ID", no_place()),
        ("UNPROCESSABLE_ENTITY", Failure::NotModifiable),
        ("BAD_REQUEST", Failure::Refused(Vec::new())),
        ("INTERNAL_SERVER_ERROR", Failure::Down),
    ] {
        assert_eq!(problem(400, word), meaning, "{word}");
    }
    for word in [
        "INVALID_PRODUCT_ID",
        "INVALID_OPTION_ID",
        "INVALID_UNIT_ID",
        "UNAUTHORIZED",
        "FORBIDDEN",
    ] {
        let meaning = problem(400, word);
        assert!(matches!(&meaning, Failure::Misconfigured(words) if words.contains(word)));
    }
    assert_eq!(problem(502, "?"), Failure::Down);
    assert_eq!(problem(404, ""), Failure::NotFound);
    assert!(matches!(problem(401, ""), Failure::Misconfigured(_)));
    assert!(problem(418, "TEAPOT").outcome_unknown());
}

#[test]
fn what_is_no_answer_at_all_is_a_failure_and_no_panic() {
    let product = product();
    for body in [
        "",
        "null",
        "7",
        "{}",
        "[[]]",
        "[{}]",
        "{\"options\":7}",
        &"[".repeat(100_000),
    ] {
        let came = answer(200, body);
        read_all(&came, &product);
        let config = Config::read(&config("")).unwrap();
        assert!(product::read(&came, &config).is_err(), "{body:.40}");
        assert!(evening(&came, &product).is_err(), "{body:.40}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn a_body_with_wrong_bytes_is_read_or_refused_and_never_a_panic(
        which in 0..5_usize,
        spoiling in spoiling(),
    ) {
        SPOILT.with(|(bodies, product)| {
            read_all(&answer(200, &spoiling.of(&bodies[which])), product);
        });
    }
}

thread_local! {
    static SPOILT: (Vec<String>, Product) = (bodies(), product());
}
