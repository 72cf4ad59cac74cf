//! The order of checks: token, memory of keys, If-Match, rules.

use reservation_contract::problem::ProblemType;
use serde_json::json;

use super::Check;
use crate::report::{Outcome, Stop};
use crate::walk::{Ours, Walk, key};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "order-token",
        title: "the token comes before everything: a stranger hears nothing else",
        writes: true,
        provokes: &[ProblemType::ReservationNotFound],
        run: token,
    },
    Check {
        id: "order-memory",
        title: "the memory of keys comes before the version",
        writes: true,
        provokes: &[],
        run: memory,
    },
    Check {
        id: "order-version",
        title: "the version comes before the rules",
        writes: true,
        provokes: &[
            ProblemType::PreconditionRequired,
            ProblemType::VersionConflict,
        ],
        run: version,
    },
];

fn token(walk: &mut Walk) -> Outcome {
    let stranger = Ours {
        token: "not-the-token".to_owned(),
        ..walk.held()?
    };
    let wrong = stranger.call("POST", "/confirm").text("text/plain", "{");
    walk.send(&wrong)?
        .problem(ProblemType::ReservationNotFound)?;
    Ok(())
}

fn memory(walk: &mut Walk) -> Outcome {
    if walk.venue.hold.max_extensions == 0 {
        return Err(Stop::NotOffered("holds cannot be made longer".to_owned()));
    }
    let ours = walk.held()?;
    let used = key();
    let extend = ours.call("POST", "/extend").key(&used);
    walk.send(&extend.clone().version(ours.version))?
        .status(200)?;
    // Known key, no version at all: the first answer.
    walk.send(&extend)?.status(200)?;
    Ok(())
}

fn version(walk: &mut Walk) -> Outcome {
    let ours = walk.held()?;
    let confirm = || ours.call("POST", "/confirm").json(&json!({}));
    walk.send(&confirm().key(&key()))?
        .problem(ProblemType::PreconditionRequired)?;
    // A stale version and a wrong body: the version is said. With the same key the client may read
    // again and repeat.
    let used = key();
    let stale = confirm().key(&used).version(ours.version + 7);
    walk.send(&stale)?.problem(ProblemType::VersionConflict)?;
    let good = ours
        .call("POST", "/confirm")
        .key(&key())
        .version(ours.version)
        .json(&json!({}));
    walk.send(&good)?.problem(ProblemType::ValidationFailed)?;
    let repeated = ours
        .call("POST", "/confirm")
        .key(&used)
        .version(ours.version)
        .json(&json!({}));
    walk.send(&repeated)?
        .problem(ProblemType::ValidationFailed)?;
    Ok(())
}
