//! Every golden fixture goes through its type and comes back the same: nothing is lost, nothing is
//! added, and no fixture is forgotten.

#![expect(
    clippy::expect_used,
    reason = "helpers of a test: a broken fixture should stop it with a name"
)]

use std::fs;
use std::path::PathBuf;

use reservation_contract::Health;
use reservation_contract::availability::{Availability, Calendar};
use reservation_contract::problem::{Problem, ProblemType};
use reservation_contract::reservation::{ConfirmRequest, HoldRequest, ModifyRequest, Reservation};
use reservation_contract::venue::Venue;
use reservation_contract::waitlist::{LinkRequest, WaitlistEntry, WaitlistRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn round_trip<T: Serialize + DeserializeOwned>(text: &str) -> (Value, Value) {
    let typed: T = serde_json::from_str(text).expect("fixture fits its type");
    (
        serde_json::from_str(text).expect("fixture is JSON"),
        serde_json::to_value(typed).expect("type serializes"),
    )
}

#[test]
fn every_fixture_survives_its_type() {
    let mut seen = 0;
    for entry in fs::read_dir(folder()).expect("fixtures folder") {
        let path = entry.expect("entry").path();
        let name = path
            .file_stem()
            .expect("name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("fixture is readable");
        let (before, after) = match name.as_str() {
            "venue" => round_trip::<Venue>(&text),
            "calendar" => round_trip::<Calendar>(&text),
            "health" => round_trip::<Health>(&text),
            "request-hold" => round_trip::<HoldRequest>(&text),
            "request-confirm" => round_trip::<ConfirmRequest>(&text),
            "request-modify" => round_trip::<ModifyRequest>(&text),
            "request-waitlist" => round_trip::<WaitlistRequest>(&text),
            "request-links" => round_trip::<LinkRequest>(&text),
            "waitlist-entry" => round_trip::<WaitlistEntry>(&text),
            n if n.starts_with("availability") => round_trip::<Availability>(&text),
            n if n.starts_with("reservation-") => round_trip::<Reservation>(&text),
            n if n.starts_with("problem-") => round_trip::<Problem>(&text),
            other => panic!("no type is known for the fixture {other}"),
        };
        assert_eq!(before, after, "{name}");
        seen += 1;
    }
    assert!(seen >= 15 + ProblemType::ALL.len(), "only {seen} fixtures");
}

#[test]
fn every_problem_has_its_fixture() {
    for kind in ProblemType::ALL {
        let path = folder().join(format!("problem-{}.json", kind.slug()));
        let text =
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
        let problem: Problem = serde_json::from_str(&text).expect("a problem");
        assert_eq!(problem.problem_type(), Some(*kind));
        assert_eq!(problem.status, kind.status());
        assert_eq!(problem.title, kind.title());
    }
}

#[test]
fn unknown_words_and_fields_are_survived() {
    let text = fs::read_to_string(folder().join("reservation-on-hold.json")).expect("fixture");
    let text = text
        .replacen("\"ON_HOLD\"", "\"TELEPORTED\"", 1)
        .replacen('{', "{\"news\": 1,", 1);
    let reservation: Reservation = serde_json::from_str(&text).expect("tolerated");
    assert_eq!(reservation.status.as_str(), "TELEPORTED");
}
