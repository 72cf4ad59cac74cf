//! In front of a supplier's OCTO API: for a venue whose bookings another system keeps.
//!
//! OCTO wants a key that opens everything of a reseller, and a browser must never hold it. So the site
//! speaks to this server, which adds the key, lets through the calls the site makes and no others, for one
//! product, and gives each booking a token of its own. It keeps nothing but counts.
//!
//! - `calls`: what is read; `bookings`: what is written, and by whom
//! - `asked`: what may be asked; `shape`: which fields pass, both ways; `refusal`: what is wrong
//! - `supplier`: the way there; `key`: what opens it
//! - `turns`: one call after the other; `holds`: how many tables one client keeps from others

mod asked;
mod bookings;
mod calls;
mod holds;
mod key;
mod refusal;
mod shape;
mod supplier;
mod turns;

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequestParts, State};
use axum::http::request::Parts;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use reservation_contract::problem::ProblemType;
use reservation_contract::{BASE_PATH, Health};
use tokio::sync::Mutex;

use crate::clock::SharedClock;
use crate::http::limits::Limits;
use crate::http::{self, answer, body, client};
use crate::metrics::Metrics;
use crate::seating;
use crate::secret::TokenKey;
use crate::settings::OctoSettings;
use crate::site::Site;
use holds::Holds;
use refusal::{METHOD, NOT_FOUND, Refusal};
use turns::Turns;

pub use key::ApiKey;
pub use supplier::Supplier;

/// For how long it is believed that the supplier answers, or does not: whoever watches this server does not
/// watch the supplier the more often.
const BELIEVED: Duration = Duration::from_secs(5);

/// What every call may need.
pub struct Counter {
    settings: OctoSettings,
    supplier: Supplier,
    tokens: TokenKey,
    clock: SharedClock,
    reads: Limits,
    writes: Limits,
    holds: Holds,
    turns: Turns,
    answers: Mutex<Option<(Timestamp, bool)>>,
}

type Shared = Arc<Counter>;
type Answer = Result<Response, Refusal>;

impl Counter {
    /// Puts the parts together.
    pub fn new(
        settings: OctoSettings,
        supplier: Supplier,
        tokens: TokenKey,
        clock: SharedClock,
    ) -> Self {
        Self {
            reads: Limits::new(settings.reads_per_minute),
            writes: Limits::new(settings.writes_per_minute),
            holds: Holds::new(settings.holds_per_client, settings.max_extensions),
            turns: Turns::default(),
            answers: Mutex::default(),
            settings,
            supplier,
            tokens,
            clock,
        }
    }

    fn count(&self, limits: &Limits, client: IpAddr) -> Result<(), Refusal> {
        limits
            .count(client, self.clock.now())
            .map_err(Refusal::too_many)
    }

    /// Whether the supplier tells of its product, which is what every booking begins with.
    pub(crate) async fn supplier_answers(&self) -> bool {
        let mut answers = self.answers.lock().await;
        let now = self.clock.now();
        if let Some((at, known)) = *answers
            && now.duration_since(at).unsigned_abs() < BELIEVED
        {
            return known;
        }
        let known = calls::told(self).await.is_ok();
        *answers = Some((now, known));
        known
    }
}

/// Everything such a server answers. The native API is not there: what it booked, nobody would know of.
pub fn router(counter: Shared, site: Option<Site>, metrics: Metrics) -> Router {
    let origins = &counter.settings.outside.allowed_origins;
    let octo = Router::new()
        .merge(paths())
        .fallback(async || NOT_FOUND)
        .method_not_allowed_fallback(async || METHOD)
        .layer(from_fn(body::heard_out))
        .layer(DefaultBodyLimit::max(body::LIMIT))
        .layer(http::cors(origins, "octo-capabilities"))
        .layer(from_fn(answer::harden));
    let prefix = BASE_PATH.strip_prefix("/api").unwrap_or(BASE_PATH);
    let api = Router::new()
        .nest(prefix, Router::new().route("/health", get(health)))
        .fallback(http::not_found)
        .method_not_allowed_fallback(http::method_not_allowed)
        .layer(from_fn(answer::harden));
    let router = Router::new().nest("/octo", octo).nest("/api", api);
    http::beside(router.with_state(counter), site, metrics)
}

/// The calls the site makes. Collections are found with a slash at their end, too, as the standard has it.
fn paths() -> Router<Shared> {
    let seatings = || post(calls::seatings);
    let reserve = || post(bookings::reserve);
    Router::new()
        .route("/supplier", get(calls::supplier))
        .route("/supplier/", get(calls::supplier))
        .route("/products/{id}", get(calls::product))
        .route("/availability/calendar", post(calls::calendar))
        .route("/availability", seatings())
        .route("/availability/", seatings())
        .route("/bookings", reserve())
        .route("/bookings/", reserve())
        .route(
            "/bookings/{uuid}",
            get(bookings::read).patch(bookings::change),
        )
        .route("/bookings/{uuid}/extend", post(bookings::extend))
        .route("/bookings/{uuid}/confirm", post(bookings::confirm))
        .route("/bookings/{uuid}/cancel", post(bookings::cancel))
}

async fn health(State(counter): State<Shared>) -> Result<Response, answer::Refusal> {
    if !counter.supplier_answers().await {
        return Err(ProblemType::TemporarilyUnavailable.into());
    }
    let health = Health {
        status: "ok".to_owned(),
        server_time: seating::told(&TimeZone::UTC, counter.clock.now()),
    };
    Ok(answer::json(200, &health)?.into_response())
}

/// Whose call it is.
struct Client(IpAddr);

impl FromRequestParts<Shared> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, counter: &Shared) -> Result<Self, Infallible> {
        let trusted = &counter.settings.outside.trusted_proxies;
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Whoever has no address is one client with all who have none.
        let nobody = SocketAddr::from(([0, 0, 0, 0], 0));
        let peer = peer.map_or(nobody, |ConnectInfo(peer)| *peer);
        Ok(Self(client::of(peer, &parts.headers, trusted)))
    }
}
