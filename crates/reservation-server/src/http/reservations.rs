//! The life of a reservation on the wire. Each call keeps the order: token, memory of keys,
//! `If-Match`, rules. The last three happen inside the store's transaction.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use reservation_contract::BASE_PATH;
use reservation_contract::problem::{FieldError, Problem, ProblemType};
use reservation_contract::reservation::{
    Cancellation, ConfirmRequest, HoldRequest, Reservation, ReservedSlot,
};
use reservation_contract::words::{CancelledBy, ConfirmationMode};

use super::answer::{self, Refusal};
use super::inflight::Flight;
use super::{Answer, App, Shared, body, venue};
use crate::availability::{Book, Question};
use crate::record::{Details, Record, Status};
use crate::secret::{fingerprint, new_id};
use crate::store::{Claim, NewHold, Outcome, StoreError};
use crate::{ics, rules, seating, validate};

pub(super) type IdPath = Result<Path<String>, PathRejection>;

pub(super) async fn hold(State(app): State<Shared>, path: IdPath, request: Request) -> Answer {
    venue::known(&app, path)?;
    let headers = request.headers().clone();
    let bytes = body::required(request).await?;
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
    let seating_key = slot.as_ref().map(|slot| slot.seat.key.clone());
    let outcome = to_the_end(&app, flight, async move |app| {
        app.store
            .hold(&claim, seating_key.as_deref().unwrap_or_default(), |now| {
                let seating = rules::hold(&app.settings, slot.as_ref(), party, now)?;
                let expires_at = now
                    .checked_add(app.settings.hold_ttl)
                    .map_err(|_| ProblemType::OutsideBookingWindow)?;
                Ok(NewHold {
                    id: id.clone(),
                    venue_id: app.settings.venue_id.clone(),
                    seating,
                    party_size: party,
                    locale: wish.locale.clone(),
                    expires_at,
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
    }
}

pub(super) async fn extend(State(app): State<Shared>, path: IdPath, request: Request) -> Answer {
    let id = authorized(&app, path, request.headers())?;
    let headers = request.headers().clone();
    let bytes = body::optional(request).await?;
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
    let id = authorized(&app, path, request.headers())?;
    let headers = request.headers().clone();
    let bytes = body::required(request).await?;
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
    let id = authorized(&app, path, request.headers())?;
    let if_match = body::text(request.headers(), header::IF_MATCH);
    body::optional(request).await?;
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
    }
}

pub(super) async fn read(State(app): State<Shared>, path: IdPath, headers: HeaderMap) -> Answer {
    let id = authorized(&app, path, &headers)?;
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
    let id = authorized(&app, path, &headers)?;
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

/// The id of a path whose token came with the call. Everything else is one and the same 404, so that
/// nobody can find out which ids exist.
pub(super) fn authorized(app: &App, path: IdPath, headers: &HeaderMap) -> Result<String, Refusal> {
    let Path(id) = path.map_err(|_| ProblemType::ReservationNotFound)?;
    let value = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let token = value
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token.trim());
    if app.tokens.accepts(&id, token) {
        Ok(id)
    } else {
        Err(ProblemType::ReservationNotFound.into())
    }
}

pub(super) fn claim(
    app: &App,
    headers: &HeaderMap,
    route: String,
    bytes: &[u8],
) -> Result<(Claim, Option<Flight>), Refusal> {
    let key_hash = fingerprint(body::idempotency_key(headers)?.as_bytes());
    let flight = app
        .in_flight
        .start(&key_hash)
        .ok_or(ProblemType::IdempotencyKeyInFlight)?;
    Ok((
        Claim {
            key_hash,
            route,
            body_hash: fingerprint(bytes),
        },
        Some(flight),
    ))
}

/// Runs a write in a task of its own: a phone that hangs up half-way does not stop it half-way, and
/// its key stays in flight until the write has ended.
pub(super) async fn to_the_end<F, R>(
    app: &Shared,
    flight: Option<Flight>,
    write: F,
) -> Result<Outcome, Refusal>
where
    F: FnOnce(Shared) -> R + Send + 'static,
    R: Future<Output = Result<Option<Outcome>, StoreError>> + Send + 'static,
{
    let app = Arc::clone(app);
    let task = tokio::spawn(async move {
        let outcome = write(app).await;
        drop(flight);
        outcome
    });
    let outcome = task
        .await
        .map_err(|_| ProblemType::TemporarilyUnavailable)??;
    outcome.ok_or_else(|| ProblemType::ReservationNotFound.into())
}

/// The answer to extend and confirm.
pub(super) async fn told(app: &App, id: &str, outcome: Outcome) -> Answer {
    match outcome {
        Outcome::Done(record) => {
            let wire = wire(app, &record, record.status, app.now());
            Ok(tagged(answer::json(200, &wire)?, record.version))
        }
        Outcome::Refused(problem) => {
            let record = app.store.find(id).await?;
            let party = record.as_ref().map_or(1, |record| record.party_size);
            // The lost seating itself may be free: after expiry one tap takes it again.
            let around = record.map(|record| (record.seat.date, String::new()));
            Err(refusal(app, problem, around, party).await)
        }
    }
}

/// The answer to cancel and to reading: the status as time has made it.
fn now_told(app: &App, record: &Record) -> Answer {
    let now = app.now();
    let wire = wire(app, record, record.status_at(now), now);
    Ok(tagged(answer::json(200, &wire)?, record.version))
}

/// The answer to a hold, now or on its replay.
fn held(app: &App, record: &Record) -> Answer {
    let mut wire = wire(app, record, record.status, app.now());
    wire.manage_token = Some(app.tokens.token(&record.id));
    let mut response = tagged(answer::json(201, &wire)?, record.version);
    if let Ok(location) = HeaderValue::try_from(format!("{BASE_PATH}/reservations/{}", record.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// A problem, with seatings that are free where it is about a lost one.
pub(super) async fn refusal(
    app: &App,
    kind: ProblemType,
    around: Option<(Date, String)>,
    party: u32,
) -> Refusal {
    let mut problem = Problem::new(kind);
    if matches!(
        kind,
        ProblemType::SlotUnavailable | ProblemType::HoldExpired
    ) {
        let alternatives = match (around, venue::look(app).await) {
            (Some((date, key)), Ok((now, taken))) => {
                let question = Question {
                    party,
                    service_id: None,
                    time: None,
                };
                Book {
                    settings: &app.settings,
                    now,
                    taken: &taken,
                }
                .alternatives(date, Some(&key), &question)
            }
            // The refusal stands even when nothing else can be read.
            _ => Vec::new(),
        };
        problem.alternatives = Some(alternatives);
    }
    problem.into()
}

pub(super) fn tagged(mut response: Response, version: u64) -> Response {
    if let Ok(etag) = HeaderValue::try_from(rules::etag(version)) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response
}

fn wire(app: &App, record: &Record, status: Status, now: Timestamp) -> Reservation {
    let zone = &app.settings.zone;
    let seat = &record.seat;
    let details = record.details.clone();
    let hold = matches!(status, Status::OnHold | Status::Expired);
    let (guest, guests, dishes, dietary, note) = details.map_or_else(Default::default, |all| {
        (
            Some(all.guest),
            all.guests,
            all.dishes,
            all.dietary,
            all.note,
        )
    });
    Reservation {
        id: record.id.clone(),
        reference: record.reference.clone(),
        status: status.word(),
        version: record.version,
        venue_id: record.venue_id.clone(),
        slot: ReservedSlot {
            id: seating::opaque(&seat.key),
            starts_at: seating::told(zone, seat.starts_at),
            ends_at: seating::told(zone, seat.ends_at),
            service_id: seat.service_id.clone(),
            area_id: None,
            confirmation_mode: ConfirmationMode::Instant,
            cancellable_until: seating::told(zone, seat.cancellable_until),
        },
        party_size: record.party_size,
        guest,
        guests,
        dishes,
        dietary,
        note,
        created_at: seating::told(zone, record.created_at),
        updated_at: seating::told(zone, record.updated_at),
        expires_at: hold.then(|| seating::told(zone, record.expires_at)),
        cancellation: record.cancelled_at.map(|at| Cancellation {
            cancelled_at: seating::told(zone, at),
            cancelled_by: CancelledBy::Guest,
        }),
        server_time: seating::told(zone, now),
        manage_token: None,
    }
}
