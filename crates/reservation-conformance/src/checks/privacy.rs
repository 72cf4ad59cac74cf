//! Tokens open one reservation, and stand nowhere else.

use reservation_contract::problem::ProblemType;
use reservation_contract::reservation::Reservation;
use reservation_contract::words::FieldType;

use super::Check;
use crate::client::Call;
use crate::report::{Outcome, Stop};
use crate::walk::{DOCUMENT, Walk};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "token-needed",
        title: "no token, a wrong one, another's and an unknown id are the same 404",
        writes: true,
        provokes: &[ProblemType::ReservationNotFound],
        run: needed,
    },
    Check {
        id: "documents",
        title: "of a document's number the last two characters come back, and no more",
        writes: true,
        provokes: &[],
        run: documents,
    },
    Check {
        id: "token-private",
        title: "a token is told by the hold alone, and stands in no address",
        writes: true,
        provokes: &[],
        run: private,
    },
];

fn needed(walk: &mut Walk) -> Outcome {
    let (ours, other) = (walk.confirmed()?, walk.held()?);
    let path = format!("/reservations/{}", ours.id);
    let unknown = format!("/reservations/{}", "0".repeat(ours.id.len()));
    let calls = [
        Call::get(&path),
        Call::get(&path).token("not-the-token"),
        Call::get(&path).token(&other.token),
        Call::get(&path).token(&ours.reservation.reference),
        Call::get(format!("{path}?token={}", ours.token)),
        Call::get(&unknown).token(&ours.token),
    ];
    let mut first: Option<String> = None;
    for call in calls {
        let answer = walk.send(&call)?;
        answer.problem(ProblemType::ReservationNotFound)?;
        let text = answer.text();
        let same = first.as_ref().is_none_or(|first| *first == text);
        answer.must(
            same,
            "a wrong token and an unknown id should be the same answer",
        )?;
        first = Some(text);
    }
    Ok(())
}

fn documents(walk: &mut Walk) -> Outcome {
    let mut fields = walk.venue.guest_fields.per_guest.iter();
    let asked = fields.find(|field| field.kind == FieldType::Document);
    let Some(id) = asked.map(|field| field.id.clone()) else {
        return Err(Stop::NotOffered(
            "the venue asks for no documents".to_owned(),
        ));
    };
    let ours = walk.confirmed()?;
    let answer = walk.send(&ours.call("GET", ""))?;
    let found: Reservation = answer.status(200)?.json()?;
    let told = found.guests.first().and_then(|guest| guest.fields.get(&id));
    let told = told.map(String::as_str).unwrap_or_default();
    let (hidden, shown) = DOCUMENT.split_at(DOCUMENT.len() - 2);
    answer.must(
        told.ends_with(shown),
        "its last two characters should come back",
    )?;
    answer.must(!answer.text().contains(hidden), "the rest of it should not")?;
    Ok(())
}

fn private(walk: &mut Walk) -> Outcome {
    let slot = walk.seating()?;
    let call = walk.hold_call(&slot.id, walk.venue.party_size.min, &crate::walk::key());
    let answer = walk.send(&call)?;
    let ours = walk.made(&answer)?;
    let location = answer.header("location").unwrap_or_default();
    answer.must(
        !location.contains(&ours.token),
        "Location should hold no token",
    )?;
    answer.must(
        answer.header("set-cookie").is_none(),
        "no cookie should be set",
    )?;
    let read = walk.send(&ours.call("GET", ""))?;
    read.status(200)?.must(
        !read.text().contains(&ours.token),
        "reading should not tell the token",
    )?;
    let wrong = walk.send(&ours.call("GET", "").header("if-none-match", "\"x\""))?;
    wrong.must(!wrong.text().contains(&ours.token), "nor any other answer")?;
    Ok(())
}
