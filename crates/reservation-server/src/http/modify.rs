//! A booking changed by its guest.

use axum::extract::{Request, State};
use axum::http::header;
use reservation_contract::problem::{FieldError, ProblemType};
use reservation_contract::reservation::ModifyRequest;

use super::call::{IdPath, authorized, claim, to_the_end};
use super::told::{refusal, told};
use super::{Answer, App, Shared, body};
use crate::record::Seat;
use crate::seating;
use crate::secret::Subject;
use crate::store::{Outcome, StoreError};
use crate::{rules, validate};

pub(super) async fn modify(State(app): State<Shared>, path: IdPath, request: Request) -> Answer {
    let id = authorized(&app, Subject::Reservation, path, request.headers())?;
    let headers = request.headers().clone();
    let bytes = body::required(&request)?;
    let (claim, flight) = claim(&app, &headers, format!("modify {id}"), &bytes)?;
    let wish: ModifyRequest = body::parse(&bytes)?;
    let if_match = body::text(&headers, header::IF_MATCH);
    let (wanted, asked) = (id.clone(), wish.clone());
    let wished_seat = wished(&app, &wish);
    let wished = wished_seat.as_ref().map(|seat| seat.key.clone());
    let outcome = to_the_end(&app, flight, async move |app| {
        app.store
            .change(&wanted, Some(&claim), wished.as_deref(), |record, now| {
                rules::modify(&app.settings, record, if_match.as_deref(), &asked, now)
            })
            .await
    })
    .await?;
    match outcome {
        Outcome::Refused(ProblemType::ValidationFailed) => {
            Err(wrong_fields(&app, &id, &wish).await?.into())
        }
        Outcome::Refused(problem @ ProblemType::SlotUnavailable) => {
            let record = app.store.find(&id).await?;
            let kept = record.map(|record| (record.seat, record.party_size));
            let (seat, party) = kept.map_or((None, 1), |(seat, party)| (Some(seat), party));
            let around = wished_seat.or(seat).map(|seat| (seat.date, seat.key));
            Err(refusal(&app, problem, around, wish.party_size.unwrap_or(party)).await)
        }
        outcome => told(&app, &id, outcome).await,
    }
}

fn wished(app: &App, wish: &ModifyRequest) -> Option<Seat> {
    let id = wish.slot_id.as_ref()?;
    seating::find(&app.settings, id).map(|seating| seating.seat)
}

/// Same body, same errors: they need not be remembered to be said again.
async fn wrong_fields(
    app: &App,
    id: &str,
    wish: &ModifyRequest,
) -> Result<Vec<FieldError>, StoreError> {
    let Some(record) = app.store.find(id).await? else {
        return Ok(Vec::new());
    };
    let before = record.party_size;
    let sizes = (before, wish.party_size.unwrap_or(before));
    let after = record
        .details
        .map(|details| details.amended(&app.settings, wish));
    Ok(after.map_or_else(Vec::new, |after| {
        validate::modify(&app.settings, sizes, wish, &after)
    }))
}
