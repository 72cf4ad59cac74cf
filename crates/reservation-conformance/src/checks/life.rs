//! From a hold to its end.

use jiff::Timestamp;
use reservation_contract::problem::ProblemType;
use reservation_contract::reservation::Reservation;
use reservation_contract::words::{Capability, ConfirmationMode, ReservationStatus};
use serde_json::json;

use super::Check;
use super::reading::is_instant;
use crate::client::Answer;
use crate::report::{Outcome, Stop};
use crate::walk::{Walk, is_cancellable, is_free, key};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "hold",
        title: "a hold says until when, what opens it, and where it is",
        writes: true,
        provokes: &[],
        run: hold,
    },
    Check {
        id: "extend",
        title: "a hold can be made longer as often as the venue says, and no more",
        writes: true,
        provokes: &[ProblemType::HoldExtensionLimit],
        run: extend,
    },
    Check {
        id: "confirm",
        title: "a hold becomes a booking that is found again, also as a calendar entry",
        writes: true,
        provokes: &[],
        run: confirm,
    },
    Check {
        id: "async-confirmation",
        title: "what the venue decides about is PENDING, and can be cancelled",
        writes: true,
        provokes: &[],
        run: asynchronous,
    },
    Check {
        id: "modify",
        title: "a booking is changed, all of it or nothing",
        writes: true,
        provokes: &[],
        run: modify,
    },
    Check {
        id: "cancel",
        title: "cancelling is repeatable; a hold becomes EXPIRED, a booking CANCELLED",
        writes: true,
        provokes: &[],
        run: cancel,
    },
    Check {
        id: "erase",
        title: "personal data is removed and the seat's history kept",
        writes: true,
        provokes: &[],
        run: erase,
    },
];

fn hold(walk: &mut Walk) -> Outcome {
    let slot = walk.seating()?;
    let party = walk.venue.party_size.min;
    let answer = walk.send(&walk.hold_call(&slot.id, party, &key()))?;
    let ours = walk.made(&answer)?;
    let told = &ours.reservation;
    is_tagged(&answer, told.version)?;
    answer.must(
        told.status == ReservationStatus::OnHold,
        "status should be ON_HOLD",
    )?;
    answer.must(
        told.slot.id == slot.id,
        "slot.id should be the slot asked for",
    )?;
    answer.must(
        told.slot.starts_at == slot.starts_at,
        "slot.startsAt should be the slot's",
    )?;
    answer.must(
        told.party_size == party,
        "partySize should be what was asked for",
    )?;
    let location = answer.header("location").unwrap_or_default();
    answer.must(
        location.ends_with(&format!("/reservations/{}", ours.id)),
        "Location should be the reservation's path",
    )?;
    let instant = |text: &str| text.parse::<Timestamp>().ok();
    let ends = told.expires_at.as_deref().and_then(instant);
    let (Some(ends), Some(now)) = (ends, instant(&told.server_time)) else {
        return Err(answer.fail("expiresAt and serverTime should be RFC 3339"));
    };
    let ttl = i64::from(walk.venue.hold.ttl_seconds);
    answer.must(
        (ends.duration_since(now).as_secs() - ttl).abs() <= 2,
        format!("expiresAt should be {ttl} seconds after serverTime"),
    )?;
    let reference = &told.reference;
    answer.must(
        reference.len() == 6 && !reference.contains(['0', 'O', '1', 'I']),
        "reference should be six letters without 0, O, 1 and I",
    )?;
    Ok(())
}

fn extend(walk: &mut Walk) -> Outcome {
    let mut ours = walk.held()?;
    for _ in 0..walk.venue.hold.max_extensions.min(5) {
        let answer = walk.send(&ours.change("POST", "/extend"))?;
        let longer: Reservation = answer.status(200)?.json()?;
        is_tagged(&answer, longer.version)?;
        answer.must(longer.version > ours.version, "version should grow")?;
        answer.must(
            longer.expires_at > ours.reservation.expires_at,
            "expiresAt should be later",
        )?;
        (ours.version, ours.reservation) = (longer.version, longer);
    }
    if walk.venue.hold.max_extensions <= 5 {
        walk.send(&ours.change("POST", "/extend"))?
            .problem(ProblemType::HoldExtensionLimit)?;
    }
    Ok(())
}

fn confirm(walk: &mut Walk) -> Outcome {
    let held = walk.held()?;
    let body = walk.details(held.reservation.party_size);
    let answer = walk.send(&held.change("POST", "/confirm").json(&body))?;
    let booked: Reservation = answer.status(200)?.json()?;
    is_tagged(&answer, booked.version)?;
    answer.must(
        booked.status == after_confirm(&held.reservation.slot.confirmation_mode),
        "status should be CONFIRMED, or PENDING where the slot's confirmationMode is ASYNC",
    )?;
    answer.must(booked.version > held.version, "version should grow")?;
    answer.must(booked.expires_at.is_none(), "a booking should not run out")?;
    let name = booked.guest.as_ref().map(|guest| guest.given_name.as_str());
    answer.must(name == Some("Conformance"), "guest should be who was given")?;
    let answer = walk.send(&held.call("GET", ""))?;
    let found: Reservation = answer.status(200)?.json()?;
    is_tagged(&answer, found.version)?;
    answer.must(
        found
            == Reservation {
                server_time: found.server_time.clone(),
                ..booked.clone()
            },
        "reading should tell what confirming told",
    )?;
    let answer = walk.send(&held.call("GET", "/calendar.ics"))?;
    let media = answer.header("content-type").unwrap_or_default();
    answer.status(200)?.must(
        media.starts_with("text/calendar"),
        "should be text/calendar",
    )?;
    let text = answer.text();
    answer.must(
        text.starts_with("BEGIN:VCALENDAR") && text.contains("BEGIN:VEVENT"),
        "should be a calendar with an event",
    )?;
    answer.must(
        !text.contains("conformance@example.com") && !text.contains(&held.token),
        "a calendar entry should hold no guest data and no token",
    )?;
    Ok(())
}

fn after_confirm(mode: &ConfirmationMode) -> ReservationStatus {
    match mode {
        ConfirmationMode::Async => ReservationStatus::Pending,
        _ => ReservationStatus::Confirmed,
    }
}

fn asynchronous(walk: &mut Walk) -> Outcome {
    walk.needs(Capability::AsyncConfirmation)?;
    let now = Timestamp::now();
    let found = walk.seatings(1, |slot| {
        slot.confirmation_mode == ConfirmationMode::Async
            && is_free(slot)
            && is_cancellable(slot, now)
    })?;
    let Some((_, slot)) = found.into_iter().next() else {
        return Err(Stop::NotObservable(
            "no seating that the venue decides about is free".to_owned(),
        ));
    };
    let held = walk.hold(&slot.id, walk.venue.party_size.min)?;
    let pending = walk.confirm(held)?;
    let answer = walk.send(&pending.call("GET", ""))?;
    let found: Reservation = answer.status(200)?.json()?;
    answer.must(
        found.status == ReservationStatus::Pending,
        "status should be PENDING until the venue has decided",
    )?;
    answer.must(found.expires_at.is_none(), "a booking should not run out")?;
    let cancelled = walk.send(&pending.call("POST", "/cancel"))?;
    let over: Reservation = cancelled.status(200)?.json()?;
    cancelled.must(
        over.status == ReservationStatus::Cancelled,
        "what is PENDING should be cancelled like a booking",
    )?;
    Ok(())
}

fn modify(walk: &mut Walk) -> Outcome {
    walk.needs(Capability::Modify)?;
    let ours = walk.confirmed()?;
    let body = json!({ "note": "conformance", "someFutureField": true });
    let answer = walk.send(&ours.change("PATCH", "").json(&body))?;
    let changed: Reservation = answer.status(200)?.json()?;
    is_tagged(&answer, changed.version)?;
    answer.must(
        changed.note.as_deref() == Some("conformance"),
        "note should be new",
    )?;
    answer.must(changed.slot == ours.reservation.slot, "slot should stay")?;
    answer.must(changed.version > ours.version, "version should grow")?;
    // Whoever was there before stays as told, and nobody is two guests.
    let twice = json!({ "guests": [{ "sameAs": 0 }, { "sameAs": 0 }] });
    let call = ours.call("PATCH", "").key(&key()).version(changed.version);
    walk.send(&call.json(&twice))?
        .problem(ProblemType::ValidationFailed)?;
    let same: Vec<_> = (0..ours.reservation.guests.len())
        .map(|guest| json!({ "sameAs": guest }))
        .collect();
    let call = ours.call("PATCH", "").key(&key()).version(changed.version);
    let answer = walk.send(&call.json(&json!({ "guests": same })))?;
    let changed: Reservation = answer.status(200)?.json()?;
    answer.must(
        changed.guests == ours.reservation.guests,
        "guests who are the same should stay as told",
    )?;
    let refused = json!({
        "note": "refused", "partySize": walk.venue.party_size.max.saturating_add(1),
    });
    let call = ours.call("PATCH", "").key(&key()).version(changed.version);
    walk.send(&call.json(&refused))?
        .problem(ProblemType::PartySizeOutOfRange)?;
    let answer = walk.send(&ours.call("GET", ""))?;
    let found: Reservation = answer.status(200)?.json()?;
    answer.must(
        (found.version, &found.note) == (changed.version, &changed.note),
        "a refused change should leave nothing behind",
    )?;
    Ok(())
}

fn cancel(walk: &mut Walk) -> Outcome {
    let held = walk.held()?;
    let first = walk.send(&held.call("POST", "/cancel"))?;
    let ended: Reservation = first.status(200)?.json()?;
    first.must(
        ended.status == ReservationStatus::Expired,
        "a hold should become EXPIRED",
    )?;
    let booked = walk.confirmed()?;
    let first = walk.send(&booked.call("POST", "/cancel"))?;
    let ended: Reservation = first.status(200)?.json()?;
    first.must(
        ended.status == ReservationStatus::Cancelled,
        "should become CANCELLED",
    )?;
    let at = ended
        .cancellation
        .as_ref()
        .map(|it| it.cancelled_at.as_str());
    first.must(at.is_some_and(is_instant), "cancellation should say when")?;
    // Whatever version the guest has seen: the first answer may have been lost.
    let again = walk.send(&booked.call("POST", "/cancel").version(booked.version))?;
    let told: Reservation = again.status(200)?.json()?;
    again.must(
        told == Reservation {
            server_time: told.server_time.clone(),
            ..ended
        },
        "cancelling again should be answered alike",
    )?;
    Ok(())
}

fn erase(walk: &mut Walk) -> Outcome {
    let ours = walk.confirmed()?;
    let answer = walk.send(&ours.call("POST", "/erase"))?;
    let erased: Reservation = answer.status(200)?.json()?;
    answer.must(erased.guest.is_none(), "guest should be null")?;
    let text = walk.send(&ours.call("GET", ""))?.text();
    answer.must(
        !text.contains("conformance@example.com"),
        "nothing should come back",
    )?;
    answer.must(
        erased.slot == ours.reservation.slot,
        "the seat's history should stay",
    )?;
    Ok(())
}

fn is_tagged(answer: &Answer, version: u64) -> Outcome {
    let tag = format!("\"{version}\"");
    answer.must(
        answer.header("etag") == Some(tag.as_str()),
        "ETag should be the version in quotes",
    )?;
    let cache = answer.header("cache-control").unwrap_or_default();
    answer.must(
        cache.contains("no-store"),
        "a reservation should not be kept by caches",
    )?;
    Ok(())
}
