//! The calendar over HTTP, for a browser on another origin: a page may send some headers, and read none.

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

/// What a page may send: a browser asks beforehand, and sends nothing that is not among these.
const HEADERS: &str = "x-cal-client-id,x-cal-secret-key,x-cal-platform-embed,cal-api-version,Accept,\
                       Authorization,Content-Type,Origin";
const METHODS: &str = "GET,PATCH,DELETE,HEAD,POST,PUT,OPTIONS";

/// Serves it below `/calcom` until its task is dropped.
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
    let open = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    if method == Method::OPTIONS {
        let allowed = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS),
            (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        ];
        return (StatusCode::NO_CONTENT, open, allowed).into_response();
    }
    let path = uri.path_and_query().map_or("", |path| path.as_str());
    let asked = Asked {
        method: method.as_str(),
        path: path.strip_prefix("/calcom").unwrap_or_default(),
        version: headers
            .get("cal-api-version")
            .and_then(|value| value.to_str().ok()),
        body: std::str::from_utf8(&body).unwrap_or_default(),
    };
    // A test that failed while it looked has poisoned nothing.
    let mut double = double
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if headers.contains_key(header::AUTHORIZATION) {
        double
            .faults
            .push("a secret was sent from a page".to_owned());
    }
    let (status, body) = double.answer(asked, Timestamp::now());
    let status = StatusCode::from_u16(status).unwrap_or_default();
    let json = [(header::CONTENT_TYPE, "application/json")];
    let body = match body {
        serde_json::Value::Null => "<html><h1>502 Bad Gateway</h1></html>".to_owned(),
        body => body.to_string(),
    };
    (status, open, json, body).into_response()
}
