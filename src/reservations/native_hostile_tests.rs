//! What a network brings that is not the contract: named, tolerated or refused, never a panic.

use proptest::prelude::*;
use serde_json::json;

use super::super::super::spoilt::{cases, spoiling};
use super::*;

#[test]
fn what_is_missing_or_of_another_kind_is_named() {
    let named = |result: Result<(), Failure>, name: &str| {
        assert_eq!(result, Err(Failure::Malformed(name.into())));
    };
    for (pointer, name) in [
        ("/mode", "mode"),
        ("/name", "name"),
        ("/timeZone", "timeZone"),
        ("/partySize/min", "min"),
        ("/partySize/max", "max"),
    ] {
        for value in [None, Some(json!([1])), Some(Value::Null)] {
            named(read_venue(&with(VENUE, pointer, value)).map(drop), name);
        }
    }
    for name in [
        "reference",
        "status",
        "version",
        "slot",
        "partySize",
        "id",
        "manageToken",
    ] {
        let lacking = with(ON_HOLD, &format!("/{name}"), None);
        named(read_reservation(&lacking, None).map(drop), name);
    }
    let odd = with(ON_HOLD, "/slot/startsAt", Some(json!("soon")));
    named(read_reservation(&odd, None).map(drop), "startsAt");
    let odd = with(ON_HOLD, "/version", Some(json!(-1)));
    named(read_reservation(&odd, None).map(drop), "version");
    named(
        read_calendar(&with(CALENDAR, "/days", Some(json!({})))).map(drop),
        "days",
    );
    let odd = with(CALENDAR, "/days/0/date", Some(json!("2026-02-30")));
    named(read_calendar(&odd).map(drop), "date");
    named(
        read_evening(&with(AVAILABILITY, "/slots", None)).map(drop),
        "slots",
    );
}

#[test]
fn what_the_contract_does_not_know_is_tolerated() {
    let odd = Some(json!({"deep": [1, {"er": null}]}));
    assert!(read_venue(&with(VENUE, "/novelty", odd.clone())).is_ok());
    assert!(read_calendar(&with(CALENDAR, "/days/0/reason", odd.clone())).is_ok());
    assert!(read_evening(&with(AVAILABILITY, "/alternatives", odd.clone())).is_ok());
    assert!(read_reservation(&with(ON_HOLD, "/dishes", odd), None).is_ok());
}

#[test]
fn what_is_no_answer_at_all_is_a_failure_and_no_panic() {
    let nested = format!("{}1{}", "[".repeat(10), "]".repeat(10));
    let objects = format!("{}null{}", r#"{"slot":"#.repeat(10), "}".repeat(10));
    let endless = "[".repeat(100_000);
    for body in [
        "",
        "null",
        "true",
        "7",
        "-1e999",
        "\"ok\"",
        "[]",
        "{}",
        "<html>",
        "{\"slots\":",
        &nested,
        &objects,
        &endless,
    ] {
        let answer = answer(body);
        assert!(read_venue(&answer).is_err(), "{body:.40}");
        assert!(read_calendar(&answer).is_err());
        assert!(read_evening(&answer).is_err());
        assert!(read_reservation(&answer, None).is_err());
        assert!(read_reservation(&answer, Some(&access("r"))).is_err());
        assert!(is_malformed(&read_problem(&answer)));
    }
    for cut in 0..ON_HOLD.trim_end().len() {
        let cut = ON_HOLD.get(..cut).unwrap_or_default();
        assert!(read_reservation(&answer(cut), None).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn a_fixture_with_something_wrong_is_read_or_refused_and_never_a_panic(
        which in 0..6_usize,
        spoiling in spoiling(),
    ) {
        let fixtures = [VENUE, CALENDAR, AVAILABILITY, AVAILABILITY_FULL, ON_HOLD, CONFIRMED];
        let answer = answer(spoiling.of(fixtures[which]));
        let _ = read_venue(&answer);
        let _ = read_calendar(&answer);
        let _ = read_evening(&answer);
        let _ = read_reservation(&answer, None);
        let _ = read_reservation(&answer, Some(&access("r")));
        let _ = read_place_on_list(&answer);
        let _ = read_still_waits(&answer);
        let _ = read_problem(&answer);
    }
}
