//! Waiting for a place, and for a lost link.

use jiff::ToSpan;
use reservation_contract::problem::ProblemType;
use reservation_contract::waitlist::WaitlistEntry;
use reservation_contract::words::Capability;
use serde_json::json;

use super::Check;
use crate::client::Call;
use crate::report::Outcome;
use crate::walk::{Walk, key};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "waitlist",
        title: "somebody can wait, is found again, and can stop waiting",
        writes: true,
        provokes: &[],
        run: waitlist,
    },
    Check {
        id: "link-requests",
        title: "asking for lost links is answered alike for everyone with an address",
        writes: true,
        provokes: &[],
        run: links,
    },
];

fn waitlist(walk: &mut Walk) -> Outcome {
    walk.needs(Capability::Waitlist)?;
    let window = &walk.venue.booking_window;
    let date = walk
        .today()?
        .saturating_add(i64::from(window.max_days_ahead).days());
    let details = walk.details(0);
    let body = json!({
        "date": date.to_string(),
        "partySize": walk.venue.party_size.min,
        "guest": details.get("guest"),
        "consents": { "privacy": true },
    });
    let call = Call::post(walk.path("/waitlist-entries"))
        .key(&key())
        .json(&body);
    let answer = walk.send(&call)?;
    let entry: WaitlistEntry = answer.status(201)?.json()?;
    let token = entry.manage_token.clone();
    let token = token.ok_or_else(|| answer.fail("an entry should answer with its manageToken"))?;
    let path = format!("/waitlist-entries/{}", entry.id);
    walk.give_back_by(Call::new("DELETE", &path).token(&token));
    let again: WaitlistEntry = walk.send(&call)?.status(201)?.json()?;
    answer.must(
        again.id == entry.id,
        "a repeat should be answered as the first time",
    )?;
    walk.send(&Call::get(&path))?
        .problem(ProblemType::ReservationNotFound)?;
    walk.send(&Call::get(&path).token(&token))?.status(200)?;
    let gone = walk.send(&Call::new("DELETE", &path).token(&token))?;
    gone.must(gone.status < 300, "an entry should be deleted")?;
    walk.send(&Call::get(&path).token(&token))?
        .problem(ProblemType::ReservationNotFound)?;
    Ok(())
}

fn links(walk: &mut Walk) -> Outcome {
    walk.confirmed()?;
    let ask = |email: &str| {
        let body = json!({ "email": email });
        walk.send(&Call::post(walk.path("/link-requests")).json(&body))
    };
    let known = ask("conformance@example.com")?;
    let stranger = ask("nobody@example.com")?;
    known.status(202)?;
    stranger.status(202)?.must(
        stranger.text() == known.text(),
        "should be the same for everyone",
    )?;
    ask("nobody")?.problem(ProblemType::ValidationFailed)?;
    Ok(())
}
