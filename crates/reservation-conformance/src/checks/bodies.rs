//! Bodies that cannot be read, and bodies from the future.

use reservation_contract::problem::ProblemType;
use serde_json::json;

use super::Check;
use crate::client::Call;
use crate::report::Outcome;
use crate::walk::{Walk, key};

/// Bytes; the contract takes 64 KiB.
const TOO_LARGE: usize = 70 * 1024;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "body-unreadable",
        title: "what is no JSON, not said to be JSON, or too large, is told apart",
        writes: true,
        provokes: &[
            ProblemType::Malformed,
            ProblemType::UnsupportedMediaType,
            ProblemType::TooLarge,
        ],
        run: unreadable,
    },
    Check {
        id: "body-unknown-fields",
        title: "fields from the future are ignored",
        writes: true,
        provokes: &[],
        run: unknown_fields,
    },
];

fn unreadable(walk: &mut Walk) -> Outcome {
    let post = || Call::post(walk.path("/reservations")).key(&key());
    walk.send(&post().text("application/json", "{\"slotId\":"))?
        .problem(ProblemType::Malformed)?;
    walk.send(&post().text("text/plain", "{}"))?
        .problem(ProblemType::UnsupportedMediaType)?;
    let large = json!({ "slotId": "x".repeat(TOO_LARGE), "partySize": 1, "locale": "en" });
    walk.send(&post().json(&large))?
        .problem(ProblemType::TooLarge)?;
    Ok(())
}

fn unknown_fields(walk: &mut Walk) -> Outcome {
    let slot = walk.seating()?;
    let body = json!({
        "slotId": slot.id,
        "partySize": walk.venue.party_size.min,
        "locale": "en",
        "someFutureField": { "any": ["thing"] },
    });
    let call = Call::post(walk.path("/reservations"))
        .key(&key())
        .json(&body);
    let answer = walk.send(&call)?;
    walk.made(&answer)?;
    Ok(())
}
