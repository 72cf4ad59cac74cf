//! The supplier over HTTP, for a browser on another origin: with CORS, and with what a `Date` may tell. For a
//! server in front of it, with a key.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use tokio::net::TcpListener;

use crate::{Asked, Double};

/// The double, shared with the test that looks at it.
pub type Shared = Arc<Mutex<Double>>;

/// Serves it below `/octo` until its task is dropped.
///
/// # Errors
/// The listener's.
pub async fn serve(listener: TcpListener, double: Shared) -> std::io::Result<()> {
    let app = Router::new().fallback(any).with_state(double);
    axum::serve(listener, app).await
}

async fn any(
    State(double): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let open = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PATCH"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "Content-Type, Octo-Capabilities, Authorization",
        ),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "Date, Retry-After"),
        (header::CONTENT_TYPE, "application/json"),
    ];
    if method == Method::OPTIONS {
        return (open, "").into_response();
    }
    let asked = Asked {
        method: method.as_str(),
        path: uri.path().strip_prefix("/octo").unwrap_or_default(),
        capabilities: headers
            .get("Octo-Capabilities")
            .and_then(|value| value.to_str().ok()),
        body: std::str::from_utf8(&body).unwrap_or_default(),
    };
    // A test that failed while it looked has poisoned nothing.
    let mut double = double
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let said = headers.get(header::AUTHORIZATION);
    let said = said.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if double.key.is_some() && double.key != said {
        let body = r#"{"error":"FORBIDDEN","errorMessage":"The key is wrong."}"#;
        return (StatusCode::FORBIDDEN, open, body).into_response();
    }
    let (status, body) = double.answer(asked, Timestamp::now());
    let status = StatusCode::from_u16(status).unwrap_or_default();
    (status, open, body.to_string()).into_response()
}
