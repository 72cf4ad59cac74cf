//! A hold's clock: it runs out, is not started again by a repeat, and gives the places back.

use std::thread;
use std::time::Duration;

use reservation_contract::problem::ProblemType;
use reservation_contract::reservation::Reservation;
use reservation_contract::words::ReservationStatus;

use super::Check;
use crate::report::{Outcome, Stop};
use crate::walk::{Walk, is_free, key};

/// A hold may count this much longer than it says.
const GRACE: Duration = Duration::from_secs(6);

pub(super) const CHECKS: &[Check] = &[Check {
    id: "hold-clock",
    title: "a hold runs out when it says, whatever was repeated, and its seating is offered again",
    writes: true,
    provokes: &[ProblemType::HoldExpired],
    run: runs_out,
}];

fn runs_out(walk: &mut Walk) -> Outcome {
    let ttl = Duration::from_secs(walk.venue.hold.ttl_seconds.into());
    let needed = ttl + GRACE;
    if walk.options.max_wait < needed {
        return Err(Stop::NotObservable(format!(
            "a hold takes {} seconds to run out: needs --max-wait {0}",
            needed.as_secs()
        )));
    }
    let slot = walk.seating()?;
    let party = walk.venue.party_size.min;
    let hold = walk.hold_call(&slot.id, party, &key());
    let first = walk.send(&hold)?;
    let ours = walk.made(&first)?;
    thread::sleep(ttl / 2);
    let repeat: Reservation = walk.send(&hold)?.status(201)?.json()?;
    first.must(
        repeat.expires_at == ours.reservation.expires_at,
        "a repeat should not restart the clock",
    )?;
    thread::sleep(needed.saturating_sub(ttl / 2));
    let answer = walk.send(&ours.call("GET", ""))?;
    let found: Reservation = answer.status(200)?.json()?;
    answer.must(
        found.status == ReservationStatus::Expired,
        "status should be EXPIRED",
    )?;
    for call in [
        ours.change("POST", "/extend"),
        ours.change("POST", "/confirm").json(&walk.details(party)),
    ] {
        let answer = walk.send(&call)?;
        let problem = answer.problem(ProblemType::HoldExpired)?;
        let others = problem.alternatives.unwrap_or_default();
        answer.must(others.iter().any(is_free), "should offer what is free")?;
    }
    // One tap takes the same seating again.
    walk.hold(&slot.id, party)?;
    Ok(())
}
