//! What every call about a reservation begins with: its token, its key, and a task of its own.

use std::sync::Arc;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderMap, header};
use reservation_contract::problem::ProblemType;
use tracing::Instrument;

use super::answer::Refusal;
use super::inflight::Flight;
use super::{App, Shared, body};
use crate::secret::{Subject, fingerprint};
use crate::store::{Claim, Outcome, StoreError};

pub(super) type IdPath = Result<Path<String>, PathRejection>;

/// The id of a path whose token came with the call. Everything else is one and the same 404, so that
/// nobody can find out which ids exist.
pub(super) fn authorized(
    app: &App,
    subject: Subject,
    path: IdPath,
    headers: &HeaderMap,
) -> Result<String, Refusal> {
    let Path(id) = path.map_err(|_| ProblemType::ReservationNotFound)?;
    if app.tokens.accepts(subject, &id, bearer(headers)) {
        Ok(id)
    } else {
        Err(ProblemType::ReservationNotFound.into())
    }
}

/// The token that came with a call, or nothing.
pub(crate) fn bearer(headers: &HeaderMap) -> &str {
    let value = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    value
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token.trim())
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
pub(super) async fn to_the_end<T, F, R>(
    app: &Shared,
    flight: Option<Flight>,
    write: F,
) -> Result<Outcome<T>, Refusal>
where
    T: Send + 'static,
    F: FnOnce(Shared) -> R + Send + 'static,
    R: Future<Output = Result<Option<Outcome<T>>, StoreError>> + Send + 'static,
{
    let app = Arc::clone(app);
    let task = async move {
        let outcome = write(app).await;
        drop(flight);
        outcome
    };
    let task = tokio::spawn(task.in_current_span());
    let outcome = task
        .await
        .map_err(|_| ProblemType::TemporarilyUnavailable)??;
    outcome.ok_or_else(|| ProblemType::ReservationNotFound.into())
}
