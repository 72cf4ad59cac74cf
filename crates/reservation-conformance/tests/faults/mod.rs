//! Servers that do one thing wrong, as real ones do.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use reservation_contract::problem::{PROBLEM_JSON, Problem, ProblemType};
use tokio::time::sleep;

/// One thing that is wrong.
pub struct Fault {
    pub name: &'static str,
    /// The check that must find it.
    pub found_by: &'static str,
    kind: Kind,
}

enum Kind {
    /// Every call has a key of its own: nothing is remembered.
    ForgetsKeys,
    /// `If-Match` is not looked at.
    IgnoresVersions,
    /// Who brings a token hears whether there is such a reservation.
    TellsTokensApart,
    /// Whoever comes while somebody else is served hears that all is taken.
    RefusesCrowds,
    /// A word of every answer is replaced.
    Says(&'static str, &'static str),
    /// A header of every answer is missing.
    Lacks(header::HeaderName),
    /// A call of this path is answered with this status, and no more.
    Answers(&'static str, u16),
}

pub const ALL: &[Fault] = &[
    Fault {
        name: "forgets keys",
        found_by: "key-replay",
        kind: Kind::ForgetsKeys,
    },
    Fault {
        name: "ignores versions",
        found_by: "order-version",
        kind: Kind::IgnoresVersions,
    },
    Fault {
        name: "problems without their type",
        found_by: "rules-status",
        kind: Kind::Says("/problems/not-modifiable", "about:blank"),
    },
    Fault {
        name: "a cancelled hold stays on hold",
        found_by: "cancel",
        kind: Kind::Says("\"EXPIRED\"", "\"ON_HOLD\""),
    },
    Fault {
        name: "no version in the answer",
        found_by: "hold",
        kind: Kind::Lacks(header::ETAG),
    },
    Fault {
        name: "nothing is exposed to browsers",
        found_by: "cors",
        kind: Kind::Lacks(header::ACCESS_CONTROL_EXPOSE_HEADERS),
    },
    Fault {
        name: "a wrong token is told apart",
        found_by: "token-needed",
        kind: Kind::TellsTokensApart,
    },
    Fault {
        name: "free places are refused when many come at once",
        found_by: "parallel",
        kind: Kind::RefusesCrowds,
    },
    Fault {
        name: "erasing is not there",
        found_by: "erase",
        kind: Kind::Answers("/erase", 501),
    },
    Fault {
        name: "a booking is confirmed and said to wait",
        found_by: "confirm",
        kind: Kind::Says("\"CONFIRMED\"", "\"PENDING\""),
    },
    Fault {
        name: "links are promised to what is no address",
        found_by: "link-requests",
        kind: Kind::Answers("/link-requests", 202),
    },
];

impl Fault {
    /// Between the call and the server.
    pub async fn between(&self, mut request: Request, next: Next) -> Response {
        match &self.kind {
            Kind::ForgetsKeys => {
                static NEXT: AtomicU32 = AtomicU32::new(0);
                if request.headers().contains_key("idempotency-key") {
                    let key = format!("another-key-{:08}", NEXT.fetch_add(1, Ordering::Relaxed));
                    let key = HeaderValue::from_str(&key).expect("a header");
                    request.headers_mut().insert("idempotency-key", key);
                }
                next.run(request).await
            }
            Kind::IgnoresVersions => {
                let any = HeaderValue::from_static("*");
                request.headers_mut().insert(header::IF_MATCH, any);
                next.run(request).await
            }
            Kind::TellsTokensApart if request.headers().contains_key(header::AUTHORIZATION) => {
                let title = "No reservation answers to this id and token";
                replaced(next.run(request).await, title, "Wrong token").await
            }
            Kind::RefusesCrowds => {
                static UNDER_WAY: AtomicU32 = AtomicU32::new(0);
                let others = UNDER_WAY.fetch_add(1, Ordering::SeqCst);
                if is_a_hold(&request) {
                    if others > 0 {
                        UNDER_WAY.fetch_sub(1, Ordering::SeqCst);
                        return refused();
                    }
                    // As slow as a server that waits for its disk: a faster one serves a crowd one by one,
                    // and may refuse nobody.
                    sleep(Duration::from_millis(50)).await;
                }
                let response = next.run(request).await;
                UNDER_WAY.fetch_sub(1, Ordering::SeqCst);
                response
            }
            Kind::TellsTokensApart => next.run(request).await,
            Kind::Says(word, other) => replaced(next.run(request).await, word, other).await,
            Kind::Lacks(name) => {
                let mut response = next.run(request).await;
                response.headers_mut().remove(name);
                response
            }
            Kind::Answers(path, status) => {
                if request.uri().path().ends_with(path) {
                    let status = StatusCode::from_u16(*status).expect("a status");
                    return status.into_response();
                }
                next.run(request).await
            }
        }
    }
}

fn is_a_hold(request: &Request) -> bool {
    request
        .uri()
        .path()
        .ends_with("/venues/interno/reservations")
}

fn refused() -> Response {
    let problem = Problem::new(ProblemType::SlotUnavailable);
    let body = serde_json::to_vec(&problem).expect("JSON");
    (
        StatusCode::CONFLICT,
        [(header::CONTENT_TYPE, PROBLEM_JSON)],
        body,
    )
        .into_response()
}

async fn replaced(response: Response, word: &str, other: &str) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    let text = String::from_utf8_lossy(&bytes).replace(word, other);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(text))
}
