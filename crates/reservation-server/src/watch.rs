//! For whoever watches the server: its figures, whether it lives, whether it can take a booking. On a listener of
//! its own that only this machine reaches, so that no proxy shows it to the world by accident.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::prometheus_text;
use prometheus_client::registry::Registry;
use tokio::sync::{Mutex, watch};
use tokio::time::timeout;

use crate::metrics::{Metrics, Standing};
use crate::octo::Counter;
use crate::store::Store;

/// For how long it is believed that the database takes something, or does not: to find out is to write.
const BELIEVED: Duration = Duration::from_secs(5);

/// Whoever watches has less patience than a guest. What was begun goes on to its end.
const PATIENCE: Duration = Duration::from_secs(3);

/// What the server works with.
pub enum Backend {
    /// A database.
    Store(Box<Store>),
    /// A supplier's API.
    Supplier(Arc<Counter>),
}

impl Backend {
    fn name(&self) -> &'static str {
        match self {
            Self::Store(store) => store.kind(),
            Self::Supplier(_) => "octo",
        }
    }
}

/// What is told.
pub struct Watched {
    backend: Backend,
    all: Registry,
    /// One look at a time: a second one would find the first half told.
    standing: Mutex<Standing>,
    /// Whether the server can work, and when that was found out.
    works: Mutex<Option<(Instant, bool)>>,
    stopping: watch::Receiver<bool>,
}

type Shared = Arc<Watched>;

/// Refuses an address that others than this machine could reach.
///
/// # Errors
/// One sentence.
pub fn only_here(address: SocketAddr) -> Result<SocketAddr, String> {
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err(format!(
        "--metrics {address} could be read from outside: name an address of this machine alone, such as 127.0.0.1:{}",
        address.port()
    ))
}

impl Watched {
    /// Puts the parts together; `stopping` is what ends the server itself.
    pub fn new(backend: Backend, metrics: &Metrics, stopping: watch::Receiver<bool>) -> Self {
        let mut all = metrics.registry(backend.name());
        let standing = Standing::default();
        standing.register(&mut all);
        Self {
            backend,
            all,
            standing: Mutex::new(standing),
            works: Mutex::default(),
            stopping,
        }
    }

    /// Everything that is told here.
    pub fn into_router(self) -> Router {
        Router::new()
            .route("/metrics", get(figures))
            .route("/livez", get(async || "alive\n"))
            .route("/readyz", get(ready))
            .with_state(Arc::new(self))
    }

    async fn works(&self) -> bool {
        let store = match &self.backend {
            Backend::Store(store) => store,
            // That is believed for a while already.
            Backend::Supplier(counter) => return counter.supplier_answers().await,
        };
        let mut works = self.works.lock().await;
        if let Some((at, known)) = *works
            && at.elapsed() < BELIEVED
        {
            return known;
        }
        let store = store.clone();
        let trial = tokio::spawn(async move { store.takes().await.is_ok() });
        let known = matches!(timeout(PATIENCE, trial).await, Ok(Ok(true)));
        *works = Some((Instant::now(), known));
        known
    }
}

async fn figures(State(it): State<Shared>) -> Response {
    let standing = it.standing.lock().await;
    let works = it.works().await;
    standing.set_up(it.backend.name(), works);
    let found = match &it.backend {
        Backend::Store(store) if works => store.stands().await.ok(),
        _ => None,
    };
    standing.set(found.as_ref());
    let mut text = String::new();
    if prometheus_text::encode(&mut text, &it.all).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    (
        [(header::CONTENT_TYPE, prometheus_text::CONTENT_TYPE)],
        text,
    )
        .into_response()
}

/// Whether calls should be sent here. A supplier that is away is no reason to send them elsewhere: another
/// server in front of it would do no better, and the site is served all the same.
async fn ready(State(it): State<Shared>) -> (StatusCode, &'static str) {
    if *it.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    if matches!(it.backend, Backend::Store(_)) && !it.works().await {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database takes nothing\n",
        );
    }
    (StatusCode::OK, "ready\n")
}
