//! One line per call, and its part of the figures, with nothing in them that belongs to a guest: the route's
//! pattern stands for the path, so ids are not there either; queries, headers, bodies and addresses never are.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use super::answer::Why;
use crate::metrics::{self, Metrics};
use crate::secret;

/// Calls as they are written down. Each has an id, which is in every line that is about it: what failed, and
/// the call that it failed for. It is told to nobody.
pub(super) struct Calls {
    metrics: Metrics,
    /// Tells one run of the server from another.
    run: String,
    count: AtomicU64,
}

impl Calls {
    pub fn new(metrics: Metrics) -> Arc<Self> {
        let run = secret::new_id().unwrap_or_default();
        Arc::new(Self {
            metrics,
            run: run.get(..8).unwrap_or_default().to_owned(),
            count: AtomicU64::new(1),
        })
    }

    fn next(&self) -> String {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        format!("{}-{number}", self.run)
    }
}

pub(super) async fn log(
    State(calls): State<Arc<Calls>>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let started = Instant::now();
    let method = metrics::method(request.method());
    let unknown = ["/api", "/octo"].into_iter().find(|api| {
        let rest = request.uri().path().strip_prefix(api);
        rest.is_some_and(|rest| rest.starts_with('/'))
    });
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let span = tracing::info_span!("call", id = calls.next());
    let response = next.run(request).instrument(span.clone()).await;
    let unknown = unknown.map_or("site".to_owned(), |api| format!("{api} (unknown)"));
    let route = route.as_deref().unwrap_or(&unknown);
    let status = response.status().as_u16();
    let took = started.elapsed();
    let problem = response.extensions().get::<Why>().map(|why| why.0);
    calls.metrics.answered(method, route, status, took);
    if let Some(problem) = problem {
        calls.metrics.refused(problem);
    }
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(method, route, status, ms, problem, "call"));
    response
}
