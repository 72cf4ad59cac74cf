//! What the rules refuse.

use reservation_contract::problem::ProblemType;
use reservation_contract::words::AvailabilityStatus;
use serde_json::json;

use super::Check;
use crate::report::{Outcome, Stop};
use crate::walk::{Walk, key};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "rules-hold",
        title: "a hold of an unknown seating, or for a party of another size, is refused",
        writes: true,
        provokes: &[],
        run: hold,
    },
    Check {
        id: "rules-window",
        title: "a seating outside the booking window cannot be held",
        writes: true,
        provokes: &[ProblemType::OutsideBookingWindow],
        run: window,
    },
    Check {
        id: "rules-confirm",
        title: "a confirm names every field that is missing, and diets need an agreement",
        writes: true,
        provokes: &[],
        run: confirm,
    },
    Check {
        id: "rules-status",
        title: "what has ended, or is booked already, cannot go back",
        writes: true,
        provokes: &[ProblemType::NotModifiable],
        run: status,
    },
];

fn hold(walk: &mut Walk) -> Outcome {
    let slot = walk.seating()?;
    let call = walk.hold_call("no-such-seating", walk.venue.party_size.min, &key());
    let answer = walk.send(&call)?;
    let errors = answer.problem(ProblemType::ValidationFailed)?.errors;
    let named = errors.is_some_and(|all| all.iter().any(|error| error.pointer == "/slotId"));
    answer.must(named, "errors should name /slotId")?;
    let too_many = walk.venue.party_size.max.saturating_add(1);
    walk.send(&walk.hold_call(&slot.id, too_many, &key()))?
        .problem(ProblemType::PartySizeOutOfRange)?;
    Ok(())
}

fn window(walk: &mut Walk) -> Outcome {
    let outside = |slot: &reservation_contract::availability::Slot| {
        slot.status == AvailabilityStatus::OutsideWindow
    };
    let found = walk.seatings(1, outside)?;
    let Some((_, slot)) = found.first() else {
        return Err(Stop::NotObservable(
            "no seating is shown as OUTSIDE_WINDOW".to_owned(),
        ));
    };
    walk.send(&walk.hold_call(&slot.id, walk.venue.party_size.min, &key()))?
        .problem(ProblemType::OutsideBookingWindow)?;
    Ok(())
}

fn confirm(walk: &mut Walk) -> Outcome {
    let ours = walk.held()?;
    let answer = walk.send(&ours.change("POST", "/confirm").json(&json!({})))?;
    let errors = answer.problem(ProblemType::ValidationFailed)?.errors;
    let pointers: Vec<String> = errors
        .unwrap_or_default()
        .into_iter()
        .map(|error| error.pointer)
        .collect();
    let lead = &walk.venue.guest_fields.lead;
    let mut expected: Vec<String> = lead
        .iter()
        .filter(|field| field.required)
        .map(|field| format!("/guest/{}", field.id))
        .collect();
    expected.push("/consents/privacy".to_owned());
    for pointer in expected {
        answer.must(
            pointers.contains(&pointer),
            format!("errors should name {pointer}"),
        )?;
    }
    let mut body = walk.details(ours.reservation.party_size);
    if let Some(map) = body.as_object_mut() {
        map.insert(
            "dietary".to_owned(),
            json!([{ "guest": 0, "codes": ["nuts"] }]),
        );
    }
    let answer = walk.send(&ours.change("POST", "/confirm").json(&body))?;
    let errors = answer.problem(ProblemType::ValidationFailed)?.errors;
    let health = |all: Vec<_>| {
        let mut all = all.into_iter();
        all.any(|error: reservation_contract::problem::FieldError| {
            error.pointer == "/consents/health"
        })
    };
    answer.must(
        errors.is_some_and(health),
        "errors should name /consents/health",
    )?;
    Ok(())
}

fn status(walk: &mut Walk) -> Outcome {
    let ours = walk.confirmed()?;
    let body = walk.details(ours.reservation.party_size);
    walk.send(&ours.change("POST", "/confirm").json(&body))?
        .problem(ProblemType::NotModifiable)?;
    walk.send(&ours.change("POST", "/extend"))?
        .problem(ProblemType::NotModifiable)?;
    Ok(())
}
