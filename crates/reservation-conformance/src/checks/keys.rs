//! The memory of keys.

use std::thread;

use reservation_contract::problem::ProblemType;
use reservation_contract::reservation::Reservation;

use super::Check;
use crate::client::Answer;
use crate::report::{Outcome, Stop};
use crate::walk::{Walk, key};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "key-replay",
        title: "a repeated hold, extension and confirm answer as the first time",
        writes: true,
        provokes: &[],
        run: replay,
    },
    Check {
        id: "key-refusal",
        title: "a refusal by the rules is remembered like an answer",
        writes: true,
        provokes: &[],
        run: refusal,
    },
    Check {
        id: "key-missing",
        title: "a call without a key, or with a short one, is refused",
        writes: true,
        provokes: &[ProblemType::IdempotencyKeyMissing],
        run: missing,
    },
    Check {
        id: "key-reused",
        title: "a key belongs to one call and one body",
        writes: true,
        provokes: &[ProblemType::IdempotencyKeyReused],
        run: reused,
    },
    Check {
        id: "key-in-flight",
        title: "two taps at once make one hold",
        writes: true,
        provokes: &[ProblemType::IdempotencyKeyInFlight],
        run: in_flight,
    },
];

/// Everything but the time of the answer.
fn same(first: &Answer, again: &Answer) -> Outcome {
    again.status(first.status)?;
    let (one, two): (Reservation, Reservation) = (first.json()?, again.json()?);
    again.must(
        two == Reservation {
            server_time: two.server_time.clone(),
            ..one
        },
        "a repeat should be answered as the first time",
    )?;
    again.must(
        first.header("etag") == again.header("etag"),
        "also its ETag",
    )?;
    Ok(())
}

fn replay(walk: &mut Walk) -> Outcome {
    let slot = walk.seating()?;
    let party = walk.venue.party_size.min;
    let hold = walk.hold_call(&slot.id, party, &key());
    let first = walk.send(&hold)?;
    let mut ours = walk.made(&first)?;
    thread::sleep(std::time::Duration::from_millis(1_100));
    same(&first, &walk.send(&hold)?)?;
    if walk.venue.hold.max_extensions > 0 {
        let extend = ours.change("POST", "/extend");
        let first = walk.send(&extend)?;
        ours.version = first.status(200)?.json::<Reservation>()?.version;
        same(&first, &walk.send(&extend)?)?;
    }
    let confirm = ours.change("POST", "/confirm").json(&walk.details(party));
    let first = walk.send(&confirm)?;
    first.status(200)?;
    // The answer was lost: the repeat has the old version, and is no conflict.
    same(&first, &walk.send(&confirm)?)
}

fn refusal(walk: &mut Walk) -> Outcome {
    let slot = walk.seating()?;
    let too_many = walk.venue.party_size.max.saturating_add(1);
    let call = walk.hold_call(&slot.id, too_many, &key());
    for _ in 0..2 {
        walk.send(&call)?
            .problem(ProblemType::PartySizeOutOfRange)?;
    }
    Ok(())
}

fn missing(walk: &mut Walk) -> Outcome {
    let slot = walk.seating()?;
    let call = walk.hold_call(&slot.id, walk.venue.party_size.min, "too-short");
    walk.send(&call)?
        .problem(ProblemType::IdempotencyKeyMissing)?;
    let ours = walk.held()?;
    let call = ours.call("POST", "/extend").version(ours.version);
    walk.send(&call)?
        .problem(ProblemType::IdempotencyKeyMissing)?;
    Ok(())
}

fn reused(walk: &mut Walk) -> Outcome {
    let slot = walk.seating()?;
    let range = &walk.venue.party_size;
    if range.min == range.max {
        return Err(Stop::NotObservable(
            "all parties have one size here".to_owned(),
        ));
    }
    let (used, min) = (key(), range.min);
    let first = walk.send(&walk.hold_call(&slot.id, min, &used))?;
    let ours = walk.made(&first)?;
    walk.send(&walk.hold_call(&slot.id, min + 1, &used))?
        .problem(ProblemType::IdempotencyKeyReused)?;
    let other = ours
        .call("POST", "/extend")
        .key(&used)
        .version(ours.version);
    walk.send(&other)?
        .problem(ProblemType::IdempotencyKeyReused)?;
    Ok(())
}

/// Told to come back, or answered alike: never two holds.
fn in_flight(walk: &mut Walk) -> Outcome {
    let slot = walk.seating()?;
    let mut told_to_wait = false;
    for _ in 0..5 {
        let call = walk.hold_call(&slot.id, walk.venue.party_size.min, &key());
        let answers: Vec<_> = thread::scope(|scope| {
            let taps: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| walk.client.send(&call)))
                .collect();
            taps.into_iter().filter_map(|tap| tap.join().ok()).collect()
        });
        let mut ids = Vec::new();
        for answer in answers {
            let answer = answer?;
            if answer.status == 409 {
                answer.problem(ProblemType::IdempotencyKeyInFlight)?;
                let later = answer.header("retry-after").is_some();
                answer.must(later, "in flight should say Retry-After")?;
                told_to_wait = true;
            } else {
                ids.push(walk.made(&answer)?.id);
            }
        }
        ids.dedup();
        if ids.len() != 1 {
            return Err(Stop::Fail(format!(
                "four calls with one key made {} holds",
                ids.len()
            )));
        }
        walk.give_back();
    }
    if told_to_wait {
        return Ok(());
    }
    Err(Stop::NotObservable(
        "one key made one hold every time; the server was too quick to be met in flight".to_owned(),
    ))
}
