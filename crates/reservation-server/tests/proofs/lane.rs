//! Servers that a history runs on: their whole code but the socket, on a real database, with one clock
//! that moves when told to. PostgreSQL has two of them.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::Request;
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use reservation_server::clock::ManualClock;
use reservation_server::http::{App, router};
use reservation_server::metrics::Metrics;
use reservation_server::seating::opaque;
use reservation_server::secret::TokenKey;
use reservation_server::settings::{DEFAULT, Settings};
use reservation_server::store::Store;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use super::model::PLACES;

const NOW: &str = "2026-11-20T10:00:00-05:00";
/// Days that seatings are taken from, each with two: as many as fit into little memory.
const DAYS: u32 = 150;

/// Which database, and whether its lock is in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Sqlite,
    Postgres,
    SqliteUnlocked,
    PostgresUnlocked,
}

/// Servers for one history after another.
pub struct Lane {
    pub clock: Arc<ManualClock>,
    servers: Vec<Router>,
    used: u32,
    url: Option<String>,
    _folder: TempDir,
}

impl Drop for Lane {
    fn drop(&mut self) {
        if let Some(url) = &self.url {
            test_database::remove(url);
        }
    }
}

/// Two seatings that nobody has touched.
#[derive(Clone, Debug)]
pub struct Seatings(pub [String; 2]);

/// An answer: status and body.
pub type Answer = (u16, Value);

fn settings() -> Settings {
    let changes = [
        ("places = 60", format!("places = {PLACES}")),
        ("limited_from = 12", "limited_from = 0".to_owned()),
        ("max_days_ahead = 90", "max_days_ahead = 730".to_owned()),
        (
            "writes_per_minute = 600",
            "writes_per_minute = 1000000".to_owned(),
        ),
        (
            "weekdays = [\"tuesday\"",
            "weekdays = [\"monday\", \"tuesday\"".to_owned(),
        ),
    ];
    let text = changes.iter().fold(DEFAULT.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the settings have no {from}");
        text.replace(from, to)
    });
    Settings::parse("server.toml", &text).expect("settings")
}

impl Lane {
    pub async fn open(ground: Ground) -> Self {
        // A history proves order, not durability: memory is disk enough for it.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            tempfile::tempdir_in(memory).unwrap()
        } else {
            tempfile::tempdir().unwrap()
        };
        let clock = Arc::new(ManualClock::new(NOW.parse().unwrap()));
        let url = matches!(ground, Ground::Postgres | Ground::PostgresUnlocked)
            .then(test_database::fresh);
        let mut servers = Vec::new();
        for _ in 0..if url.is_some() { 2 } else { 1 } {
            let shared: Arc<ManualClock> = Arc::clone(&clock);
            let store = match &url {
                Some(url) => Store::connect(url, shared).await,
                None => Store::open(&folder.path().join("reservations.sqlite"), shared).await,
            };
            let store = match ground {
                Ground::Sqlite | Ground::Postgres => store.expect("a database"),
                _ => store.expect("a database").unlocked(),
            };
            let key = TokenKey::from_folder(folder.path()).expect("a key");
            let shared: Arc<ManualClock> = Arc::clone(&clock);
            let app = App::new(settings(), store, key, shared).expect("a server");
            servers.push(router(Arc::new(app), None, Metrics::default()));
        }
        Self {
            clock,
            servers,
            used: 0,
            url,
            _folder: folder,
        }
    }

    /// Whether every seating has been used.
    pub fn is_used_up(&self) -> bool {
        self.used == DAYS
    }

    /// The next two seatings.
    pub fn next(&mut self) -> Seatings {
        self.used += 1;
        let first: Date = "2026-12-01".parse().unwrap();
        let date = first.saturating_add(i64::from(self.used).days());
        Seatings(["19:00", "21:00"].map(|time| opaque(&format!("dinner/{date}/{time}"))))
    }

    /// Puts the clock back to where every history begins.
    pub fn rewind(&self) {
        use reservation_server::clock::Clock;
        let begin: Timestamp = NOW.parse().unwrap();
        let gone = begin.duration_since(self.clock.now());
        self.clock.advance(gone);
    }

    pub fn wait(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// Sends a call to one of the servers.
    pub async fn send(&self, server: u32, request: Request<Body>) -> Answer {
        let server = server as usize % self.servers.len();
        let mut request = request;
        let peer = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1)));
        request.extensions_mut().insert(peer);
        let response = self.servers[server].clone().oneshot(request).await;
        let response = response.expect("a router always answers");
        let status = response.status().as_u16();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        (status, body)
    }
}
