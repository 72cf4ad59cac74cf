//! The contract on the wire: routes, the order of checks, headers.

pub(crate) mod answer;
pub(crate) mod body;
pub(crate) mod call;
pub(crate) mod client;
mod inflight;
mod kept;
pub(crate) mod limits;
mod log;
mod modify;
mod reservations;
mod told;
mod venue;
mod waiting;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use reservation_contract::problem::{Problem, ProblemType};
use reservation_contract::{BASE_PATH, Health, OPENAPI_JSON};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::clock::SharedClock;
use crate::metrics::Metrics;
use crate::seating;
use crate::secret::TokenKey;
use crate::settings::Settings;
use crate::site::Site;
use crate::store::{Store, StoreError};

use answer::Refusal;

/// What every call may need.
pub struct App {
    settings: Settings,
    store: Store,
    tokens: Arc<TokenKey>,
    clock: SharedClock,
    in_flight: inflight::InFlight,
    limits: limits::Limits,
    venue: answer::Cacheable,
    kept: kept::Kept,
}

type Shared = Arc<App>;
type Answer = Result<Response, Refusal>;

impl App {
    /// Puts the parts together.
    ///
    /// # Errors
    /// If the settings cannot be told as JSON, which no settings can cause.
    pub fn new(
        settings: Settings,
        store: Store,
        tokens: impl Into<Arc<TokenKey>>,
        clock: SharedClock,
    ) -> Result<Self, String> {
        let venue = answer::Cacheable::new(&venue::describe(&settings), venue::VENUE_AGE)
            .map_err(|_| "cannot describe the venue".to_owned())?;
        let limits = limits::Limits::new(settings.writes_per_minute);
        Ok(Self {
            settings,
            store,
            tokens: tokens.into(),
            clock,
            in_flight: inflight::InFlight::default(),
            limits,
            venue,
            kept: kept::Kept::default(),
        })
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// Everything this server answers.
pub fn router(app: Shared, site: Option<Site>, metrics: Metrics) -> Router {
    beside(Router::new().nest("/api", api(&app)), site, metrics)
}

/// An API, and the site beside it.
pub(crate) fn beside(api: Router, site: Option<Site>, metrics: Metrics) -> Router {
    // What the site tells a browser for good, the API on its host tells it too.
    let transport = site.as_ref().and_then(Site::transport);
    let router = api.layer(map_response(move |answer| {
        std::future::ready(answer::of_one_host(answer, transport.as_ref()))
    }));
    let router = match site {
        Some(site) => router.fallback_service(site.into_service()),
        None => router.fallback(not_found),
    };
    router.layer(from_fn_with_state(log::Calls::new(metrics), log::log))
}

fn api(app: &Shared) -> Router {
    let prefix = BASE_PATH.strip_prefix("/api").unwrap_or(BASE_PATH);
    let calls = Router::new()
        .route("/health", get(health))
        .route("/openapi.json", get(openapi))
        .route("/venues/{venue}", get(venue::read))
        .route(
            "/venues/{venue}/availability/calendar",
            get(venue::calendar),
        )
        .route("/venues/{venue}/availability", get(venue::availability))
        .route("/venues/{venue}/reservations", post(reservations::hold))
        .route(
            "/reservations/{id}",
            get(reservations::read).patch(modify::modify),
        )
        .route(
            "/reservations/{id}/calendar.ics",
            get(reservations::calendar_file),
        )
        .route("/reservations/{id}/extend", post(reservations::extend))
        .route("/reservations/{id}/confirm", post(reservations::confirm))
        .route("/reservations/{id}/cancel", post(reservations::cancel))
        .route("/reservations/{id}/erase", post(reservations::erase))
        .route("/venues/{venue}/waitlist-entries", post(waiting::wait))
        .route(
            "/waitlist-entries/{id}",
            get(waiting::read).delete(waiting::stop),
        )
        .route("/venues/{venue}/link-requests", post(waiting::links));
    Router::new()
        .nest(prefix, calls)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(Arc::clone(app), limits::enforce))
        .layer(from_fn(body::heard_out))
        .layer(axum::extract::DefaultBodyLimit::max(body::LIMIT))
        .layer(cors(
            &app.settings.outside.allowed_origins,
            "idempotency-key",
        ))
        .layer(from_fn(answer::harden))
        .with_state(Arc::clone(app))
}

/// Only origins the operator named, no cookies; what a client must read is exposed. Each API has a header of
/// its own.
pub(crate) fn cors(origins: &[String], own: &'static str) -> CorsLayer {
    let origins: Vec<HeaderValue> = origins
        .iter()
        .filter_map(|origin| origin.parse().ok())
        .collect();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PATCH,
            Method::DELETE,
        ])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            HeaderName::from_static(own),
        ])
        .expose_headers([
            header::ETAG,
            header::LOCATION,
            header::RETRY_AFTER,
            header::DATE,
        ])
        .max_age(std::time::Duration::from_hours(24))
}

async fn health(State(app): State<Shared>) -> Answer {
    app.store.ping().await?;
    let health = Health {
        status: "ok".to_owned(),
        server_time: seating::told(&app.settings.zone, app.now()),
    };
    Ok(answer::json(200, &health)?.into_response())
}

async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], OPENAPI_JSON).into_response()
}

pub(crate) async fn not_found() -> Refusal {
    Refusal::from(ProblemType::NotFound)
}

pub(crate) async fn method_not_allowed() -> Refusal {
    Refusal::from(ProblemType::MethodNotAllowed)
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        // The reason is for the operator; the guest hears that it will pass.
        tracing::error!(%error, "the store failed");
        Self::from(Problem::new(ProblemType::TemporarilyUnavailable))
    }
}
