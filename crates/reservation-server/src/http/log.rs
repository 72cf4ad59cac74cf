//! One line per call, with nothing in it that belongs to a guest: the route's pattern stands for the
//! path, so ids are not there either; queries, headers and bodies never are.

use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

pub(super) async fn log(request: Request<Body>, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let unknown = ["/api", "/octo"].into_iter().find(|api| {
        let rest = request.uri().path().strip_prefix(api);
        rest.is_some_and(|rest| rest.starts_with('/'))
    });
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let unknown = unknown.map_or("site".to_owned(), |api| format!("{api} (unknown)"));
    let route = route.as_deref().unwrap_or(&unknown);
    let status = response.status().as_u16();
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, route, status, ms, "call");
    response
}
