//! The native provider against the contract's own fixtures, and against everything else a network brings.

use serde_json::json;

use super::*;
use crate::platform::network::Method;

#[path = "native_hostile_tests.rs"]
mod hostile;

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!(
            "../../crates/reservation-contract/fixtures/",
            $name,
            ".json"
        ))
    };
}

#[path = "native_confirm_tests.rs"]
mod confirming;
#[path = "native_fields_tests.rs"]
mod fields;
#[path = "native_waiting_tests.rs"]
mod waiting;

const VENUE: &str = fixture!("venue");
const CALENDAR: &str = fixture!("calendar");
const AVAILABILITY: &str = fixture!("availability");
const AVAILABILITY_FULL: &str = fixture!("availability-full");
const ON_HOLD: &str = fixture!("reservation-on-hold");
const CONFIRMED: &str = fixture!("reservation-confirmed");

type IsRight = fn(&Failure) -> bool;

/// Every problem of the contract: its status, its document, and what the wizard makes of it.
const PROBLEMS: [(u16, &str, IsRight); 22] = [
    (
        409,
        fixture!("problem-slot-unavailable"),
        |f| matches!(f, Failure::SlotTaken { alternatives } if alternatives.len() == 4),
    ),
    (
        410,
        fixture!("problem-hold-expired"),
        |f| matches!(f, Failure::HoldExpired { alternatives } if alternatives.len() == 4),
    ),
    (409, fixture!("problem-hold-extension-limit"), |f| {
        *f == Failure::HoldLimit
    }),
    (422, fixture!("problem-party-size-out-of-range"), |f| {
        *f == Failure::PartySize
    }),
    (422, fixture!("problem-outside-booking-window"), |f| {
        *f == Failure::OutsideWindow
    }),
    (409, fixture!("problem-cancellation-cutoff-passed"), |f| {
        *f == Failure::CutoffPassed
    }),
    (409, fixture!("problem-not-modifiable"), |f| {
        *f == Failure::NotModifiable
    }),
    (422, fixture!("problem-validation-failed"), |f| {
        matches!(f, Failure::Refused(refusals)
            if refusals.len() == 4 && refusals[1].pointer == "/guest/email" && refusals[1].code == "invalid")
    }),
    (404, fixture!("problem-reservation-not-found"), |f| {
        *f == Failure::NotFound
    }),
    (412, fixture!("problem-version-conflict"), |f| {
        *f == Failure::Changed
    }),
    (422, fixture!("problem-idempotency-key-reused"), |f| {
        *f == Failure::KeyReused
    }),
    (409, fixture!("problem-idempotency-key-in-flight"), is_busy),
    (429, fixture!("problem-quota-exceeded"), is_busy),
    (503, fixture!("problem-temporarily-unavailable"), |f| {
        *f == Failure::Down
    }),
    (428, fixture!("problem-precondition-required"), is_malformed),
    (
        400,
        fixture!("problem-idempotency-key-missing"),
        is_malformed,
    ),
    (400, fixture!("problem-malformed"), is_malformed),
    (
        415,
        fixture!("problem-unsupported-media-type"),
        is_malformed,
    ),
    (413, fixture!("problem-too-large"), is_malformed),
    (404, fixture!("problem-not-found"), is_malformed),
    (405, fixture!("problem-method-not-allowed"), is_malformed),
    (502, "<html><h1>Bad Gateway</h1></html>", |f| {
        *f == Failure::Down
    }),
];

fn is_busy(failure: &Failure) -> bool {
    *failure
        == Failure::Busy {
            retry_after: Some(7),
        }
}

fn is_malformed(failure: &Failure) -> bool {
    matches!(failure, Failure::Malformed(_))
}

fn native() -> Native {
    Native::new("/api/v1".into(), "interno".into())
}

fn answer(body: impl Into<String>) -> Answer {
    Answer {
        status: 200,
        retry_after: None,
        server_ms: None,
        body: body.into(),
    }
}

fn access(id: &str) -> Access {
    Access {
        id: id.into(),
        token: "secret".into(),
    }
}

fn key() -> Key {
    Key("0123456789abcdef".into())
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A fixture with one field set to something else, or taken away.
fn with(fixture: &str, pointer: &str, value: Option<Value>) -> Answer {
    let mut document: Value = serde_json::from_str(fixture).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    match value {
        Some(value) => parent[name] = value,
        None => drop(parent.as_object_mut().unwrap().remove(name).unwrap()),
    }
    answer(document.to_string())
}

fn body(request: &Request) -> Value {
    serde_json::from_str(request.body.as_deref().unwrap()).unwrap()
}

#[test]
fn reading_needs_no_header_and_so_no_preflight() {
    let month = day("2026-12-05").month();
    let requests = [
        (native().venue(), "/api/v1/venues/interno"),
        (
            native().calendar(CalendarQuery { month, party: 4 }),
            "/api/v1/venues/interno/availability/calendar?from=2026-12-01&to=2026-12-31&partySize=4",
        ),
        (
            native().evening(EveningQuery {
                date: day("2026-12-05"),
                party: 2,
            }),
            "/api/v1/venues/interno/availability?date=2026-12-05&partySize=2",
        ),
    ];
    for (request, url) in requests {
        assert_eq!((request.method, request.url.as_str()), (Method::Get, url));
        assert_eq!((request.headers, request.body), (vec![], None));
    }
}

#[test]
fn a_hold_is_asked_for_as_the_contract_says() {
    let slot = SlotId("ZGlubmVyLzIwMjYtMTItMDUvMTk6MDA".into());
    let request = native().hold(&key(), &slot, 2, Language::Es);
    assert_eq!(request.method, Method::Post);
    assert_eq!(request.url, "/api/v1/venues/interno/reservations");
    assert_eq!(request.headers, [("Idempotency-Key", key().0)]);
    let fixture: Value = serde_json::from_str(fixture!("request-hold")).unwrap();
    assert_eq!(body(&request), fixture);
}

#[test]
fn calls_on_a_reservation_carry_token_key_and_version() {
    let bearer = ("Authorization", "Bearer secret".to_owned());
    let key_header = ("Idempotency-Key", key().0);
    let version = ("If-Match", "\"3\"".to_owned());
    let extend = native().extend(&access("r-1"), 3, &key());
    assert_eq!(extend.url, "/api/v1/reservations/r-1/extend");
    let all = [bearer.clone(), key_header, version];
    assert_eq!(
        (extend.method, &extend.headers[..]),
        (Method::Post, &all[..])
    );
    assert_eq!(extend.body, None);
    let read = native().reservation(&access("r-1"));
    assert_eq!(
        (read.method, read.url.as_str()),
        (Method::Get, "/api/v1/reservations/r-1")
    );
    assert_eq!(read.headers, std::slice::from_ref(&bearer));
    let cancel = native().cancel(&access("r-1"));
    assert_eq!(cancel.url, "/api/v1/reservations/r-1/cancel");
    assert_eq!(
        (cancel.method, cancel.headers),
        (Method::Post, vec![bearer])
    );
    // Giving a hold back must not cancel what has become a reservation meanwhile.
    let back = native().give_back(&access("r-1"), Some(3));
    assert_eq!(back.url, cancel.url);
    assert!(back.headers.contains(&("If-Match", "\"3\"".to_owned())));
}

#[test]
fn a_hostile_id_from_a_link_cannot_leave_the_reservations() {
    for id in [
        "../../venues/interno",
        "..",
        "a/../../b?x=1#y",
        "%2e%2e%2f",
        "r\\..\\..",
        "r\r\nHost: evil",
        "//evil.example",
        "ñandú",
        "",
    ] {
        for request in [
            native().reservation(&access(id)),
            native().cancel(&access(id)),
        ] {
            let rest = request.url.strip_prefix("/api/v1/reservations/").unwrap();
            let id = rest.strip_suffix("/cancel").unwrap_or(rest);
            let harmless = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
            assert!(id.chars().all(harmless), "{}", request.url);
        }
    }
}

#[test]
fn the_venue_is_read() {
    let venue = read_venue(&answer(VENUE)).unwrap();
    assert!(venue.trial);
    let capabilities = Capabilities {
        holds: true,
        modify: true,
        preorder: true,
        erase: true,
        ..Capabilities::default()
    };
    assert_eq!(venue.capabilities, capabilities);
    assert_eq!(venue.time_zone, "America/Bogota");
    assert_eq!(
        (venue.party_min, venue.party_max, venue.hold_extensions),
        (1, 8, 2)
    );
    assert_eq!(venue.cancellation_cutoff_minutes, 1_440);
    let dinner = &venue.services[0];
    assert_eq!(
        (dinner.name.en.as_str(), dinner.start_times.len()),
        ("Dinner", 2)
    );
    assert!(venue.notice.unwrap().es.starts_with("Prueba"));
    // Only the word "live" promises a table.
    let live = with(VENUE, "/mode", Some(json!("live")));
    assert!(!read_venue(&live).unwrap().trial);
    let odd = with(VENUE, "/mode", Some(json!("livestream")));
    assert!(read_venue(&odd).unwrap().trial);
}

#[test]
fn a_month_of_nights_is_read() {
    let calendar = read_calendar(&answer(CALENDAR)).unwrap();
    assert_eq!(
        (calendar.days.len(), calendar.first_available),
        (16, Some(day("2026-11-22")))
    );
    for (date, status) in [
        ("2026-11-20", DayStatus::OutsideWindow),
        ("2026-11-22", DayStatus::Available),
        ("2026-11-23", DayStatus::Closed),
        ("2026-11-27", DayStatus::Limited),
        ("2026-11-28", DayStatus::SoldOut),
    ] {
        assert_eq!(calendar.day(day(date)).unwrap().status, status, "{date}");
    }
    let odd = with(
        CALENDAR,
        "/days",
        Some(json!([{"date": "2026-12-05", "status": "MAYBE"}])),
    );
    assert!(!read_calendar(&odd).unwrap().days[0].status.is_bookable());
    let nothing = with(CALENDAR, "/firstAvailable", Some(Value::Null));
    assert_eq!(read_calendar(&nothing).unwrap().first_available, None);
}

#[test]
fn an_evening_is_read_in_venue_time() {
    let evening = read_evening(&answer(AVAILABILITY)).unwrap();
    let first = &evening.slots[0];
    assert_eq!(first.id.0, "ZGlubmVyLzIwMjYtMTItMDUvMTk6MDA");
    assert_eq!(
        (first.date, first.starts.to_string()),
        (day("2026-12-05"), "19:00".into())
    );
    assert_eq!(first.ends.unwrap().to_string(), "20:50");
    assert_eq!(
        first.starts_ms,
        civil::instant_ms("2026-12-06T00:00:00Z").unwrap()
    );
    assert_eq!(
        (first.status, first.confirmed_later),
        (SlotStatus::Limited, false)
    );
    assert!(evening.has_room());
    let full = read_evening(&answer(AVAILABILITY_FULL)).unwrap();
    assert!(!full.has_room());
    assert_eq!((full.slots.len(), full.alternatives.len()), (2, 4));
}

#[test]
fn a_reservation_is_read_in_every_status() {
    let held = read_reservation(&answer(ON_HOLD), None).unwrap();
    assert_eq!(
        held.access.token,
        "q7Yl0u3Zk4fH2mB8sXcV1nR6tE9wJ5aPdGoKiLyUxQs"
    );
    assert_eq!(
        (held.status, held.version, held.party),
        (Status::OnHold, 1, 2)
    );
    assert_eq!(held.expires_ms.unwrap() - held.server_ms.unwrap(), 600_000);
    assert_eq!((held.reference.as_str(), held.name), ("KTMWRB", None));
    let own = access("mine");
    for (fixture, status) in [
        (CONFIRMED, Status::Confirmed),
        (fixture!("reservation-cancelled"), Status::Cancelled),
        (fixture!("reservation-expired"), Status::Expired),
    ] {
        let read = read_reservation(&answer(fixture), Some(&own)).unwrap();
        assert_eq!((read.status, read.access), (status, own.clone()));
    }
    let read = read_reservation(&answer(CONFIRMED), Some(&own)).unwrap();
    assert_eq!(read.name.as_deref(), Some("Lucía Pérez Ríos"));
    for (word, status) in [
        ("PENDING", Status::Pending),
        ("REJECTED", Status::Rejected),
        ("REDEEMED", Status::Redeemed),
        ("NO_SHOW", Status::NoShow),
        ("WAITING_FOR_GODOT", Status::Unknown),
        ("confirmed", Status::Unknown),
    ] {
        let answer = with(CONFIRMED, "/status", Some(word.into()));
        assert_eq!(
            read_reservation(&answer, Some(&own)).unwrap().status,
            status
        );
    }
}

#[test]
fn every_problem_of_the_contract_has_its_meaning() {
    for (status, document, is_right) in PROBLEMS {
        let failure = read_problem(&Answer {
            status,
            retry_after: Some(7),
            server_ms: None,
            body: document.to_owned(),
        });
        assert!(is_right(&failure), "{document}: {failure:?}");
    }
}
