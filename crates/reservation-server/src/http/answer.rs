//! Answers: JSON, problems, and the headers each of them carries.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use reservation_contract::problem::{FieldError, PROBLEM_JSON, Problem, ProblemType};
use serde::Serialize;

use crate::secret::fingerprint;

/// Seconds after which a client may try again, where the server knows no better.
const RETRY_IN_FLIGHT: u32 = 1;
const RETRY_UNAVAILABLE: u32 = 5;

/// Why a call was refused, for the log and the figures. It goes beside the answer, and not out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Why(pub &'static str);

/// A problem on its way out.
#[derive(Debug)]
pub(crate) struct Refusal {
    problem: Box<Problem>,
    retry_after: Option<u32>,
}

impl Refusal {
    /// What is wrong.
    pub fn kind(&self) -> Option<ProblemType> {
        self.problem.problem_type()
    }

    /// With seconds to wait.
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds.max(1));
        self
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let retry_after = match problem.problem_type() {
            Some(ProblemType::IdempotencyKeyInFlight) => Some(RETRY_IN_FLIGHT),
            Some(ProblemType::TemporarilyUnavailable) => Some(RETRY_UNAVAILABLE),
            _ => None,
        };
        Self {
            problem: Box::new(problem),
            retry_after,
        }
    }
}

impl From<ProblemType> for Refusal {
    fn from(kind: ProblemType) -> Self {
        Self::from(Problem::new(kind))
    }
}

impl From<Vec<FieldError>> for Refusal {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::from(Problem {
            errors: Some(errors),
            ..Problem::new(ProblemType::ValidationFailed)
        })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.problem).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, PROBLEM_JSON)], body).into_response();
        if let Some(kind) = self.kind() {
            response.extensions_mut().insert(Why(kind.slug()));
        }
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A JSON answer.
pub(crate) fn json<T: Serialize>(status: u16, value: &T) -> Result<Response, Refusal> {
    let body = serde_json::to_vec(value)
        .map_err(|_| Refusal::from(ProblemType::TemporarilyUnavailable))?;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    Ok((status, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// A JSON answer that anyone may keep for a while.
pub(super) struct Cacheable {
    body: Bytes,
    etag: String,
    max_age: u32,
}

impl Cacheable {
    /// The value is also what the tag is made of.
    pub fn new<T: Serialize>(value: &T, max_age: u32) -> Result<Self, Refusal> {
        Self::with_tag_of(value, value, max_age)
    }

    /// The tag is made of `essence`, where the answer itself carries the time of day.
    pub fn with_tag_of<T: Serialize, E: Serialize>(
        value: &T,
        essence: &E,
        max_age: u32,
    ) -> Result<Self, Refusal> {
        let unavailable = |_| Refusal::from(ProblemType::TemporarilyUnavailable);
        let body = serde_json::to_vec(value).map_err(unavailable)?;
        let hash = fingerprint(&serde_json::to_vec(essence).map_err(unavailable)?);
        // Weak: two answers with one tag may differ in the time they tell.
        let etag = format!("W/\"{}\"", hash.get(..16).unwrap_or(&hash));
        Ok(Self {
            body: body.into(),
            etag,
            max_age,
        })
    }

    /// The answer, or 304 for who has it already.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let known = request
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        let fresh = known
            .flat_map(|value| value.split(','))
            .any(|tag| tag.trim() == "*" || opaque(tag) == opaque(&self.etag));
        let mut response = if fresh {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            (
                [(header::CONTENT_TYPE, "application/json")],
                self.body.clone(),
            )
                .into_response()
        };
        if let Ok(etag) = HeaderValue::from_str(&self.etag) {
            response.headers_mut().insert(header::ETAG, etag);
        }
        if let Ok(value) = HeaderValue::try_from(format!("public, max-age={}", self.max_age)) {
            response.headers_mut().insert(header::CACHE_CONTROL, value);
        }
        response
    }
}

/// Says of HTTPS what the site on the same host says.
pub(super) fn of_one_host(mut response: Response, transport: Option<&HeaderValue>) -> Response {
    if let Some(value) = transport {
        let headers = response.headers_mut();
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value.clone());
    }
    response
}

/// What every answer of the API carries: it is data, nothing may run in it, frame it, guess its type
/// or keep it, unless the call said otherwise.
pub(crate) async fn harden(request: Request<Body>, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    // Nobody opens an answer as a page; a browser that does gives it nothing.
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    );
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
