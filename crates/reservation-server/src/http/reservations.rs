//! The life of a reservation on the wire. Each call keeps the order: token, memory of keys,
//! `If-Match`, rules. The last three happen inside the store's transaction.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use reservation_contract::problem::{FieldError, ProblemType};
use reservation_contract::reservation::{ConfirmRequest, HoldRequest};

use super::call::{IdPath, authorized, claim, to_the_end};
use super::told::{held, now_told, refusal, tagged, told, too_many};
use super::{Answer, Shared, body, client, venue};
use crate::record::Details;
use crate::secret::{Subject, new_id};
use crate::store::{NewHold, Outcome, StoreError};
use crate::{ics, rules, seating, validate};

pub(super) async fn hold(
    State(app): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    path: IdPath,
    request: Request,
) -> Answer {
    venue::known(&app, path)?;
    let headers = request.headers().clone();
    let bytes = body::required(&request)?;
    let (claim, flight) = claim(
        &app,
        &headers,
        format!("hold {}", app.settings.venue_id),
        &bytes,
    )?;
    let wish: HoldRequest = body::parse(&bytes)?;
    let errors = validate::hold(&wish);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let slot = seating::find(&app.settings, &wish.slot_id);
    let around = slot
        .as_ref()
        .map(|slot| (slot.seat.date, slot.seat.key.clone()));
    let party = wish.party_size;
    let id = new_id().map_err(StoreError::Random)?;
    let client = client::of(peer, &headers, &app.settings.outside.trusted_proxies);
    let held_by = app.tokens.pseudonym(client);
    let seating_key = slot.as_ref().map(|slot| slot.seat.key.clone());
    let outcome = to_the_end(&app, flight, async move |app| {
        app.store
            .hold(&claim, seating_key.as_deref(), |now| {
                let (seating, expires_at) = rules::hold(&app.settings, slot.as_ref(), party, now)?;
                Ok(NewHold {
                    id: id.clone(),
                    venue_id: app.settings.venue_id.clone(),
                    seating,
                    party_size: party,
                    locale: wish.locale.clone(),
                    expires_at,
                    held_by: held_by.clone(),
                    holds_at_most: app.settings.holds_per_client,
                })
            })
            .await
            .map(Some)
    })
    .await?;
    match outcome {
        Outcome::Done(record) => held(&app, &record),
        Outcome::Refused(ProblemType::ValidationFailed) => {
            Err(vec![FieldError::new("/slotId", "unknown")].into())
        }
        Outcome::Refused(problem) => Err(refusal(&app, problem, around, party).await),
        Outcome::TooMany(seconds) => Err(too_many(seconds)),
    }
}

pub(super) async fn extend(State(app): State<Shared>, path: IdPath, request: Request) -> Answer {
    let id = authorized(&app, Subject::Reservation, path, request.headers())?;
    let headers = request.headers().clone();
    let bytes = body::optional(&request)?;
    let (claim, flight) = claim(&app, &headers, format!("extend {id}"), &bytes)?;
    let if_match = body::text(&headers, header::IF_MATCH);
    let (shared, wanted) = (Arc::clone(&app), id.clone());
    let outcome = to_the_end(&app, flight, async move |app| {
        app.store
            .change(&wanted, Some(&claim), None, |record, now| {
                rules::extend(&shared.settings, record, if_match.as_deref(), now)
            })
            .await
    })
    .await?;
    told(&app, &id, outcome).await
}

pub(super) async fn confirm(State(app): State<Shared>, path: IdPath, request: Request) -> Answer {
    let id = authorized(&app, Subject::Reservation, path, request.headers())?;
    let headers = request.headers().clone();
    let bytes = body::required(&request)?;
    let (claim, flight) = claim(&app, &headers, format!("confirm {id}"), &bytes)?;
    let wish: ConfirmRequest = body::parse(&bytes)?;
    let if_match = body::text(&headers, header::IF_MATCH);
    let (shared, wanted, asked) = (Arc::clone(&app), id.clone(), wish.clone());
    let outcome = to_the_end(&app, flight, async move |app| {
        app.store
            .change(&wanted, Some(&claim), None, |record, now| {
                let valid =
                    validate::confirm(&shared.settings, record.party_size, &asked).is_empty();
                rules::confirm(
                    &shared.settings,
                    record,
                    if_match.as_deref(),
                    valid,
                    Details::from(asked.clone()),
                    now,
                )
            })
            .await
    })
    .await?;
    if matches!(outcome, Outcome::Refused(ProblemType::ValidationFailed)) {
        // Same body, same errors: they need not be remembered to be said again.
        let record = app
            .store
            .find(&id)
            .await?
            .ok_or(ProblemType::ReservationNotFound)?;
        return Err(validate::confirm(&app.settings, record.party_size, &wish).into());
    }
    told(&app, &id, outcome).await
}

pub(super) async fn cancel(State(app): State<Shared>, path: IdPath, request: Request) -> Answer {
    let id = authorized(&app, Subject::Reservation, path, request.headers())?;
    let if_match = body::text(request.headers(), header::IF_MATCH);
    body::optional(&request)?;
    let wanted = id.clone();
    let outcome = to_the_end(&app, None, async move |app| {
        app.store
            .change(&wanted, None, None, |record, now| {
                rules::cancel(record, if_match.as_deref(), now)
            })
            .await
    })
    .await?;
    // What the reservation is now, because a hold may have run out without a new version.
    match outcome {
        Outcome::Done(record) => now_told(&app, &record),
        Outcome::Refused(problem) => Err(problem.into()),
        Outcome::TooMany(seconds) => Err(too_many(seconds)),
    }
}

pub(super) async fn erase(State(app): State<Shared>, path: IdPath, request: Request) -> Answer {
    let id = authorized(&app, Subject::Reservation, path, request.headers())?;
    body::optional(&request)?;
    let wanted = id.clone();
    let outcome = to_the_end(&app, None, async move |app| {
        let outcome = app.store.change(&wanted, None, None, rules::erase).await;
        app.store.scrub().await;
        outcome
    })
    .await?;
    match outcome {
        Outcome::Done(record) => now_told(&app, &record),
        Outcome::Refused(problem) => Err(problem.into()),
        Outcome::TooMany(seconds) => Err(too_many(seconds)),
    }
}

pub(super) async fn read(State(app): State<Shared>, path: IdPath, headers: HeaderMap) -> Answer {
    let id = authorized(&app, Subject::Reservation, path, &headers)?;
    let record = app
        .store
        .find(&id)
        .await?
        .ok_or(ProblemType::ReservationNotFound)?;
    now_told(&app, &record)
}

pub(super) async fn calendar_file(
    State(app): State<Shared>,
    path: IdPath,
    headers: HeaderMap,
) -> Answer {
    let id = authorized(&app, Subject::Reservation, path, &headers)?;
    let record = app
        .store
        .find(&id)
        .await?
        .ok_or(ProblemType::ReservationNotFound)?;
    let text = ics::calendar(&app.settings, &record, app.now());
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"reservation.ics\"",
        ),
    ];
    Ok(tagged((headers, text).into_response(), record.version))
}
