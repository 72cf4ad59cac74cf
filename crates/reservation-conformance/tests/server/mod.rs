//! Our own server, with holds of two seconds, and with a fault in front of it where one is wanted.

use std::net::SocketAddr;
use std::sync::Arc;

use reservation_server::clock::{Clock, SystemClock};
use reservation_server::http::{App, router};
use reservation_server::metrics::Metrics;
use reservation_server::secret::TokenKey;
use reservation_server::settings::{DEFAULT, Settings};
use reservation_server::store::Store;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::faults::Fault;

/// A server until it is dropped.
pub struct Server {
    address: SocketAddr,
    runtime: Runtime,
    store: Store,
    _folder: TempDir,
}

const RICH: &str = r#"
[[area]]
id = "patio"
name = { es = "Patio", en = "Courtyard" }
description = { es = "Bajo el árbol.", en = "Under the tree." }
places = 20
limited_from = 4

[[area]]
id = "hall"
name = { es = "Salón", en = "Hall" }
description = { es = "Bajo techo.", en = "Under a roof." }
places = 20
limited_from = 4

[[guest_field]]
id = "passport"
type = "document"
required = true
label = { es = "Documento", en = "Document" }
why = { es = "Para entrar.", en = "To come in." }
seen_by = { es = "La entrada.", en = "The entrance." }

[[guest_field]]
id = "chair"
type = "choice"
required = true
label = { es = "Silla", en = "Chair" }
why = { es = "Para preparar.", en = "To prepare." }
seen_by = { es = "La sala.", en = "The room." }
option = [{ id = "high", label = { es = "Alta", en = "High" } }]

[[house_rule]]
id = "photos"
text = { es = "Sin fotos.", en = "No photographs." }
must_accept = true

[[service]]
id = "supper"
name = { es = "Cena tardía", en = "Supper" }
weekdays = ["tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
start_times = ["23:00"]
duration_minutes = 45
confirm_by_hand = true

[privacy]"#;

/// Few places, so that a seating can be filled; a list to wait on; every kind of answer.
fn settings(more: &[(&str, &str)]) -> Settings {
    let changes = [
        ("ttl_seconds = 600", "ttl_seconds = 2"),
        ("\nplaces = 60", "\nplaces = 40"),
        ("offered = false", "offered = true"),
        ("\nby_hand = false", "\nby_hand = true"),
        (
            "allowed_origins = []",
            "allowed_origins = [\"https://site.example\"]",
        ),
        ("writes_per_minute = 600", "writes_per_minute = 100000"),
    ];
    let all = changes.iter().chain(more);
    let text = all.fold(DEFAULT.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the settings have no {from}");
        text.replace(from, to)
    });
    Settings::parse("server.toml", &text).expect("settings")
}

impl Server {
    /// On SQLite, or on the PostgreSQL of an address.
    pub fn start(url: Option<String>) -> Self {
        Self::serve(url, None, &[])
    }

    /// On SQLite, with everything a venue can have.
    pub fn rich() -> Self {
        Self::serve(
            None,
            None,
            &[
                ("\nplaces = 40", ""),
                ("\nlimited_from = 12", ""),
                ("\n[privacy]", RICH),
            ],
        )
    }

    /// On SQLite, with one thing wrong.
    pub fn with_fault(fault: &'static Fault) -> Self {
        Self::serve(None, Some(fault), &[])
    }

    fn serve(url: Option<String>, fault: Option<&'static Fault>, more: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = Runtime::new().expect("a runtime");
        let (address, store) = runtime.block_on(async {
            let clock: Arc<dyn Clock> = Arc::new(SystemClock);
            let file = folder.path().join("reservations.sqlite");
            let opened = match url {
                Some(url) => Store::connect(&url, Arc::clone(&clock)).await,
                None => Store::open(&file, Arc::clone(&clock)).await,
            };
            let store = opened.expect("a database");
            let key = Arc::new(TokenKey::from_folder(folder.path()).expect("a key"));
            let app = App::new(settings(more), store.clone(), key, clock).expect("a server");
            let mut router = router(Arc::new(app), None, Metrics::default());
            if let Some(fault) = fault {
                router = router.layer(axum::middleware::from_fn(|request, next| {
                    fault.between(request, next)
                }));
            }
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
                .await
                .expect("a port");
            let address = listener.local_addr().expect("its address");
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            tokio::spawn(async move { axum::serve(listener, service).await });
            (address, store)
        });
        Self {
            address,
            runtime,
            store,
            _folder: folder,
        }
    }

    /// Where its API is mounted.
    pub fn base(&self) -> String {
        format!("http://{}/api/v1", self.address)
    }

    /// Places that are held or booked.
    pub fn alive(&self) -> u32 {
        let taken = self.occupancy();
        taken
            .values()
            .map(|seating| seating.booked + seating.held)
            .sum()
    }

    /// Seatings that anything was ever taken of.
    pub fn ever_made(&self) -> usize {
        self.occupancy().len()
    }

    fn occupancy(&self) -> Arc<reservation_server::availability::Occupancy> {
        let (from, to) = ("2000-01-01", "2999-12-31");
        let day = |text: &str| text.parse().expect("a day");
        let taken = (self.store).occupancy(day(from), day(to), jiff::Timestamp::now());
        self.runtime.block_on(taken).expect("what is taken")
    }
}
