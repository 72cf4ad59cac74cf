//! What is wrong, in OCTO's shape: a word for programs, a sentence for people. Neither has anything in it
//! that somebody sent, and nothing of the supplier's own sentences, which nobody here has read.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use reservation_contract::problem::ProblemType;
use serde_json::{Value, json};

use super::supplier::{Said, Silence};
use crate::http::answer;

/// Seconds after which a client may try again, where nobody knows better.
const RETRY: u32 = 5;

/// A refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    status: u16,
    error: &'static str,
    message: &'static str,
    retry_after: Option<u32>,
}

const fn no(error: &'static str, message: &'static str) -> Refusal {
    with(400, error, message)
}

const fn with(status: u16, error: &'static str, message: &'static str) -> Refusal {
    Refusal {
        status,
        error,
        message,
        retry_after: None,
    }
}

pub(super) const BAD_REQUEST: Refusal = no("BAD_REQUEST", "The request cannot be understood");
pub(super) const PRODUCT: Refusal = no("INVALID_PRODUCT_ID", "There is no such product here");
pub(super) const OPTION: Refusal = no("INVALID_OPTION_ID", "There is no such option here");
pub(super) const UNIT: Refusal = no("INVALID_UNIT_ID", "There is no such unit here");
pub(super) const AVAILABILITY: Refusal =
    no("INVALID_AVAILABILITY_ID", "There is no such availability");
/// There is none, or the token is another's: nobody can tell which.
pub(super) const BOOKING: Refusal = no(
    "INVALID_BOOKING_UUID",
    "No booking answers to this uuid and token",
);
pub(super) const UNPROCESSABLE: Refusal =
    no("UNPROCESSABLE_ENTITY", "This cannot be done with it now");
pub(super) const NOT_FOUND: Refusal = with(404, "NOT_FOUND", "There is no such call here");
pub(super) const METHOD: Refusal = with(405, "METHOD_NOT_ALLOWED", "This is not allowed here");
const TOO_LARGE: Refusal = with(413, "BAD_REQUEST", "The body is too large");
const MEDIA_TYPE: Refusal = with(415, "BAD_REQUEST", "The body must be application/json");
/// The supplier gives no answer that could be used.
pub(super) const DOWN: Refusal = Refusal {
    retry_after: Some(RETRY),
    ..with(
        503,
        "SERVICE_UNAVAILABLE",
        "The supplier cannot be reached for the moment",
    )
};

impl Refusal {
    /// Too many calls, or holds, of one client.
    pub const fn too_many(seconds: u32) -> Self {
        Self {
            retry_after: Some(seconds),
            ..with(429, "TOO_MANY_REQUESTS", "Too many requests")
        }
    }

    /// Whether nobody knows what became of it.
    pub fn is_down(self) -> bool {
        self.status >= 500
    }
}

impl From<answer::Refusal> for Refusal {
    fn from(refusal: answer::Refusal) -> Self {
        match refusal.kind() {
            Some(ProblemType::TooLarge) => TOO_LARGE,
            Some(ProblemType::UnsupportedMediaType) => MEDIA_TYPE,
            _ => BAD_REQUEST,
        }
    }
}

impl From<Silence> for Refusal {
    fn from(_: Silence) -> Self {
        DOWN
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = json!({ "error": self.error, "errorMessage": self.message }).to_string();
        let kind = [(header::CONTENT_TYPE, "application/json")];
        let mut response = (status, kind, body).into_response();
        response.extensions_mut().insert(answer::Why(self.error));
        if let Some(seconds) = self.retry_after {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What the supplier's answer says, or what its refusal means.
pub(super) fn accepted(said: Said) -> Result<Value, Refusal> {
    if said.status.is_success() {
        return Ok(said.body);
    }
    let word = said.body.get("error").and_then(Value::as_str);
    let known = [
        BAD_REQUEST,
        PRODUCT,
        OPTION,
        UNIT,
        AVAILABILITY,
        BOOKING,
        UNPROCESSABLE,
    ];
    let known = known.into_iter().find(|it| Some(it.error) == word);
    Err(match (said.status.as_u16(), known) {
        (400..=499, Some(known)) => known,
        (401 | 403, _) => {
            tracing::error!("the supplier refuses the key");
            DOWN
        }
        (400..=499, _) if matches!(word, Some("UNAUTHORIZED" | "FORBIDDEN")) => {
            tracing::error!("the supplier refuses the key");
            DOWN
        }
        (404, _) => NOT_FOUND,
        (429, _) => Refusal::too_many(said.retry_after.unwrap_or(RETRY)),
        (409 | 410 | 422, _) => UNPROCESSABLE,
        (400..=499, _) => BAD_REQUEST,
        (status, _) => {
            tracing::warn!(status, "the supplier has failed");
            DOWN
        }
    })
}
