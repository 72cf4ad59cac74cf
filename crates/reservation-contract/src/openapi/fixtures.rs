//! The golden fixtures, compiled in: examples of the document, and shapes for tests of others.

use std::io;

use serde_json::Value;

/// A fixture by its file name without `.json`.
///
/// # Errors
/// If there is none of that name, or it is not JSON.
pub fn fixture(name: &str) -> io::Result<Value> {
    let text = FIXTURES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text);
    let text = text.ok_or_else(|| io::Error::other(format!("no fixture is named {name}")))?;
    Ok(serde_json::from_str(text)?)
}

/// Name and text of every fixture.
pub const FIXTURES: &[(&str, &str)] = &[
    (
        "availability",
        include_str!("../../fixtures/availability.json"),
    ),
    (
        "availability-full",
        include_str!("../../fixtures/availability-full.json"),
    ),
    ("calendar", include_str!("../../fixtures/calendar.json")),
    ("health", include_str!("../../fixtures/health.json")),
    (
        "problem-cancellation-cutoff-passed",
        include_str!("../../fixtures/problem-cancellation-cutoff-passed.json"),
    ),
    (
        "problem-hold-expired",
        include_str!("../../fixtures/problem-hold-expired.json"),
    ),
    (
        "problem-hold-extension-limit",
        include_str!("../../fixtures/problem-hold-extension-limit.json"),
    ),
    (
        "problem-idempotency-key-in-flight",
        include_str!("../../fixtures/problem-idempotency-key-in-flight.json"),
    ),
    (
        "problem-idempotency-key-missing",
        include_str!("../../fixtures/problem-idempotency-key-missing.json"),
    ),
    (
        "problem-idempotency-key-reused",
        include_str!("../../fixtures/problem-idempotency-key-reused.json"),
    ),
    (
        "problem-malformed",
        include_str!("../../fixtures/problem-malformed.json"),
    ),
    (
        "problem-method-not-allowed",
        include_str!("../../fixtures/problem-method-not-allowed.json"),
    ),
    (
        "problem-not-found",
        include_str!("../../fixtures/problem-not-found.json"),
    ),
    (
        "problem-not-modifiable",
        include_str!("../../fixtures/problem-not-modifiable.json"),
    ),
    (
        "problem-outside-booking-window",
        include_str!("../../fixtures/problem-outside-booking-window.json"),
    ),
    (
        "problem-party-size-out-of-range",
        include_str!("../../fixtures/problem-party-size-out-of-range.json"),
    ),
    (
        "problem-precondition-required",
        include_str!("../../fixtures/problem-precondition-required.json"),
    ),
    (
        "problem-quota-exceeded",
        include_str!("../../fixtures/problem-quota-exceeded.json"),
    ),
    (
        "problem-reservation-not-found",
        include_str!("../../fixtures/problem-reservation-not-found.json"),
    ),
    (
        "problem-slot-unavailable",
        include_str!("../../fixtures/problem-slot-unavailable.json"),
    ),
    (
        "problem-temporarily-unavailable",
        include_str!("../../fixtures/problem-temporarily-unavailable.json"),
    ),
    (
        "problem-too-large",
        include_str!("../../fixtures/problem-too-large.json"),
    ),
    (
        "problem-unsupported-media-type",
        include_str!("../../fixtures/problem-unsupported-media-type.json"),
    ),
    (
        "problem-validation-failed",
        include_str!("../../fixtures/problem-validation-failed.json"),
    ),
    (
        "problem-version-conflict",
        include_str!("../../fixtures/problem-version-conflict.json"),
    ),
    (
        "request-confirm",
        include_str!("../../fixtures/request-confirm.json"),
    ),
    (
        "request-hold",
        include_str!("../../fixtures/request-hold.json"),
    ),
    (
        "request-links",
        include_str!("../../fixtures/request-links.json"),
    ),
    (
        "request-modify",
        include_str!("../../fixtures/request-modify.json"),
    ),
    (
        "request-waitlist",
        include_str!("../../fixtures/request-waitlist.json"),
    ),
    (
        "reservation-cancelled",
        include_str!("../../fixtures/reservation-cancelled.json"),
    ),
    (
        "reservation-confirmed",
        include_str!("../../fixtures/reservation-confirmed.json"),
    ),
    (
        "reservation-expired",
        include_str!("../../fixtures/reservation-expired.json"),
    ),
    (
        "reservation-on-hold",
        include_str!("../../fixtures/reservation-on-hold.json"),
    ),
    (
        "waitlist-entry",
        include_str!("../../fixtures/waitlist-entry.json"),
    ),
    ("venue", include_str!("../../fixtures/venue.json")),
];
