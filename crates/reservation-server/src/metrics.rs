//! What is counted, for whoever watches the server.
//!
//! A label is a word of this program, never one that somebody sent: a route's pattern stands for its path, an
//! unknown path and an unknown method are one word each. So nothing of a guest can be in them, and there are
//! never more of them than the program has words.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::Method;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::record::Status;

/// Stands before every figure's name.
const PREFIX: &str = "reservation_server";

/// Seconds: a file is a millisecond, a booking is a sync of the disk, and who waits ten is told to come back.
const BUCKETS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0,
];

type Label = (&'static str, &'static str);

/// Everything counted while the server runs. All copies count the same.
#[derive(Clone, Debug)]
pub struct Metrics {
    calls: Family<Call, Counter>,
    times: Family<Route, Histogram, fn() -> Histogram>,
    refusals: Family<[Label; 1], Counter>,
    reservations: Family<[Label; 1], Counter>,
    messages: Family<[Label; 1], Counter>,
    connections: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    method: &'static str,
    route: String,
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: &'static str,
    route: String,
}

/// A connection that is open for as long as this lives.
#[derive(Debug)]
pub struct Open(Gauge);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            calls: Family::default(),
            times: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            refusals: Family::default(),
            reservations: Family::default(),
            messages: Family::default(),
            connections: Gauge::default(),
        }
    }
}

impl Metrics {
    /// A call was answered. The route is a pattern of this program's.
    pub fn answered(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let route = route.to_owned();
        let of = Route { method, route };
        self.times.get_or_create(&of).observe(took.as_secs_f64());
        let call = Call {
            method,
            route: of.route,
            status: class(status),
        };
        self.calls.get_or_create(&call).inc();
    }

    /// The answer to a call was no, for this reason.
    pub fn refused(&self, problem: &'static str) {
        self.refusals.get_or_create(&[("problem", problem)]).inc();
    }

    /// This became of a reservation.
    pub fn happened(&self, event: &'static str) {
        self.reservations.get_or_create(&[("event", event)]).inc();
    }

    /// This became of a message, or of an attempt to send it.
    pub fn sent(&self, result: &'static str) {
        self.messages.get_or_create(&[("result", result)]).inc();
    }

    /// A connection begins.
    pub fn connected(&self) -> Open {
        self.connections.inc();
        Open(self.connections.clone())
    }

    /// Everything with its name and what it means, for a server on this kind of backend.
    pub fn registry(&self, backend: &'static str) -> Registry {
        let mut all = Registry::default();
        let start: Gauge = Gauge::default();
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let since = since.unwrap_or_default().as_secs();
        start.set(i64::try_from(since).unwrap_or_default());
        let what = "When the process began, since 1970";
        all.register_with_unit("process_start_time", what, Unit::Seconds, start);
        let ours = all.sub_registry_with_prefix(PREFIX);
        let build = [("version", env!("CARGO_PKG_VERSION")), ("backend", backend)];
        ours.register("build", "What runs, and on what", Info::new(build));
        let what = "Calls, by the pattern of their path";
        ours.register("http_requests", what, self.calls.clone());
        let what = "How long their answers took";
        ours.register_with_unit(
            "http_request_duration",
            what,
            Unit::Seconds,
            self.times.clone(),
        );
        let what = "Calls that were refused, by the contract's word for it";
        ours.register("refusals", what, self.refusals.clone());
        let what = "What became of reservations by calls to this server";
        ours.register("reservations", what, self.reservations.clone());
        let what = "Messages and attempts to send them, by what became of them";
        ours.register("messages", what, self.messages.clone());
        ours.register("connections", "Open connections", self.connections.clone());
        all
    }
}

/// Figures that are asked for when somebody looks: what stands in a database is not this process's alone.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    up: Family<[Label; 1], Gauge>,
    ahead: Family<[(&'static str, String); 1], Gauge>,
    outbox: Family<[Label; 1], Gauge>,
    oldest: Family<[Label; 0], Gauge>,
}

/// What stands in a database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stands {
    /// Reservations of today and later, by status as time has made it.
    pub ahead: Vec<(Status, i64)>,
    /// Messages that wait.
    pub waiting: i64,
    /// Seconds that the oldest of them has waited.
    pub oldest: i64,
    /// Messages of the last days that were given up.
    pub given_up: i64,
}

impl Standing {
    /// Adds them to the others.
    pub fn register(&self, all: &mut Registry) {
        let ours = all.sub_registry_with_prefix(PREFIX);
        let what =
            "1 while the server can work: its database takes bookings, or its supplier answers";
        ours.register("up", what, self.up.clone());
        let what = "Reservations of today and later, by status";
        ours.register("reservations_ahead", what, self.ahead.clone());
        let what = "Messages that wait, and those of the last seven days that were given up";
        ours.register("outbox_messages", what, self.outbox.clone());
        let what = "How long the oldest message that waits has waited";
        ours.register_with_unit(
            "outbox_oldest_age",
            what,
            Unit::Seconds,
            self.oldest.clone(),
        );
    }

    /// Whether the server can work.
    pub fn set_up(&self, backend: &'static str, up: bool) {
        let gauge = self.up.get_or_create(&[("backend", backend)]);
        gauge.set(i64::from(up));
    }

    /// What was found; nothing, where nobody could look: an old figure would say that all is well.
    pub fn set(&self, found: Option<&Stands>) {
        self.ahead.clear();
        self.outbox.clear();
        self.oldest.clear();
        let Some(found) = found else { return };
        for (status, count) in &found.ahead {
            let status = status.word().as_str().to_owned();
            let gauge = self.ahead.get_or_create(&[("status", status)]);
            gauge.set(*count);
        }
        for (state, count) in [("waiting", found.waiting), ("given_up", found.given_up)] {
            self.outbox.get_or_create(&[("state", state)]).set(count);
        }
        self.oldest.get_or_create(&[]).set(found.oldest);
    }
}

/// A method's name; those nobody serves have one for all.
pub fn method(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT"];
    let known = KNOWN.into_iter().find(|known| *known == method.as_str());
    known.unwrap_or("other")
}

fn class(status: u16) -> &'static str {
    match status {
        0..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}
