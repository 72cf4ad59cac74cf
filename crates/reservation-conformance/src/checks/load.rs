//! Many at once: every place goes to exactly one party, and none is refused that is free.

use std::thread;

use jiff::Timestamp;
use reservation_contract::availability::Slot;
use reservation_contract::problem::ProblemType;
use reservation_contract::reservation::Reservation;
use reservation_contract::words::Capability;

use super::Check;
use crate::client::Answer;
use crate::report::{Outcome, Stop};
use crate::walk::{Walk, is_cancellable, is_free, key};

/// Holds at most, so that a check stays a check.
const HOLDS: usize = 120;
/// Takers beyond the places there are.
const MORE: usize = 12;
/// Calls under way at once.
const AT_ONCE: usize = 16;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "full",
        title: "a full seating is refused with others that are free",
        writes: true,
        provokes: &[ProblemType::SlotUnavailable],
        run: full,
    },
    Check {
        id: "modify-full",
        title: "a change into a full seating is refused, and the old one stays",
        writes: true,
        provokes: &[ProblemType::SlotUnavailable],
        run: modify_full,
    },
    Check {
        id: "parallel",
        title: "of many parallel takers exactly as many succeed as there are places",
        writes: true,
        provokes: &[],
        run: parallel,
    },
];

/// The seating with the fewest places left among those that can be given back, as well as can be
/// seen: LIMITED ones first.
fn small(walk: &Walk) -> Result<Slot, Stop> {
    let now = Timestamp::now();
    let wish = |slot: &Slot| is_free(slot) && is_cancellable(slot, now);
    let mut found = walk.seatings(12, wish)?;
    found.sort_by_key(|(_, slot)| slot.status.as_str() != "LIMITED");
    let slot = found.into_iter().next().map(|(_, slot)| slot);
    slot.ok_or_else(|| Stop::NotObservable("no seating is free".to_owned()))
}

/// Holds a seating until it is full, and answers how many holds that were, with the refusal.
fn fill(walk: &mut Walk, slot: &str, party: u32) -> Result<(usize, Answer), Stop> {
    for count in 0..=HOLDS {
        let answer = walk.send(&walk.hold_call(slot, party, &key()))?;
        if answer.status == 409 {
            return Ok((count, answer));
        }
        walk.made(&answer)?;
    }
    Err(Stop::NotObservable(format!(
        "after {HOLDS} holds the seating was still free"
    )))
}

fn full(walk: &mut Walk) -> Outcome {
    let slot = small(walk)?;
    let party = walk.venue.party_size.max;
    let (_, refusal) = fill(walk, &slot.id, party)?;
    let problem = refusal.problem(ProblemType::SlotUnavailable)?;
    let others = problem.alternatives.unwrap_or_default();
    refusal.must(!others.is_empty(), "a refusal should offer alternatives")?;
    refusal.must(
        others
            .iter()
            .all(|other| is_free(other) && other.id != slot.id),
        "alternatives should be free, and other seatings",
    )?;
    Ok(())
}

fn modify_full(walk: &mut Walk) -> Outcome {
    walk.needs(Capability::Modify)?;
    let ours = walk.confirmed()?;
    let now = Timestamp::now();
    let other = |slot: &Slot| {
        is_free(slot) && is_cancellable(slot, now) && slot.id != ours.reservation.slot.id
    };
    let other = walk.seatings(1, other)?;
    let Some((_, slot)) = other.into_iter().next() else {
        return Err(Stop::NotObservable("no other seating is free".to_owned()));
    };
    fill(walk, &slot.id, walk.venue.party_size.max)?;
    // What the largest parties have left.
    fill(walk, &slot.id, walk.venue.party_size.min)?;
    let body = serde_json::json!({ "slotId": slot.id, "note": "moved" });
    let answer = walk.send(&ours.change("PATCH", "").json(&body))?;
    answer.problem(ProblemType::SlotUnavailable)?;
    let answer = walk.send(&ours.call("GET", ""))?;
    let found: Reservation = answer.status(200)?.json()?;
    answer.must(
        found
            == Reservation {
                server_time: found.server_time.clone(),
                ..ours.reservation
            },
        "a refused change should leave all as it was",
    )?;
    Ok(())
}

fn parallel(walk: &mut Walk) -> Outcome {
    let slot = small(walk)?;
    let party = walk.venue.party_size.max;
    let (places, _) = fill(walk, &slot.id, party)?;
    walk.give_back();
    let calls: Vec<_> = (0..places + MORE)
        .map(|_| walk.hold_call(&slot.id, party, &key()))
        .collect();
    let mut answers = Vec::new();
    for wave in calls.chunks(calls.len().div_ceil(AT_ONCE)) {
        answers.push(wave.to_vec());
    }
    let client = &walk.client;
    let answers: Vec<Result<Answer, Stop>> = thread::scope(|scope| {
        let takers: Vec<_> = answers
            .iter()
            .map(|calls| scope.spawn(move || calls.iter().map(|call| client.send(call)).collect()))
            .collect();
        let told = takers.into_iter().filter_map(|taker| taker.join().ok());
        told.collect::<Vec<Vec<_>>>()
            .into_iter()
            .flatten()
            .collect()
    });
    let mut taken = 0;
    let mut trouble = Ok(());
    for answer in answers {
        // Every hold is remembered before anything is said of another: all must be given back.
        let seen = answer.and_then(|answer| {
            if answer.status == 409 {
                return answer.problem(ProblemType::SlotUnavailable).map(drop);
            }
            walk.made(&answer)?;
            taken += 1;
            Ok(())
        });
        trouble = trouble.and(seen);
    }
    trouble?;
    if taken == places {
        return Ok(());
    }
    Err(Stop::Fail(format!(
        "one after the other {places} parties of {party} were seated, at once {taken}"
    )))
}
