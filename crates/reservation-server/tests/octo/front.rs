//! The server in front, in this process, and a browser's calls to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::SignedDuration;
use octo_double::{Habits, OPTION, PRODUCT, seatings};
use reqwest::{Method, RequestBuilder, Response};
use reservation_server::clock::ManualClock;
use reservation_server::server::{self, Options, Running};
use reservation_server::settings::OCTO_SAMPLE;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::supplier::{KEY, SECRET, Supplier};

/// A Friday morning in Cartagena.
const NOW: &str = "2026-11-20T10:00:00-05:00";
/// A key of tokens that outlives a server.
const TOKENS: &str = "abababababababababababababababababababababababababababababababab";

pub struct Front {
    pub supplier: Arc<Supplier>,
    pub clock: Arc<ManualClock>,
    pub client: reqwest::Client,
    pub base: String,
    /// Where its figures are told.
    pub watched: String,
    pub folder: TempDir,
    settings: String,
    running: Option<Running>,
}

/// A hold, with what opens it.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub uuid: String,
    pub token: String,
}

/// The settings for a supplier at this address, with other changes.
pub fn settings(base: &str, changes: &[(&str, &str)]) -> String {
    let own = [
        ("https://api.example/octo", base),
        ("\"dinner\"", &format!("{PRODUCT:?}")),
        ("connect_seconds = 4", "connect_seconds = 1"),
        ("answer_seconds = 10", "answer_seconds = 2"),
    ];
    let all = own.iter().chain(changes);
    all.fold(OCTO_SAMPLE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the settings have no {from}");
        text.replace(from, to)
    })
}

pub fn uuid() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!(
        "1f0c5d2e-8b7a-89d3-a6e4-{:012x}",
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}

/// The first seating a week from now.
pub fn seating() -> String {
    let [early, _] = seatings("2026-11-27".parse().unwrap());
    early
}

pub fn hold(uuid: &str, party: usize) -> Value {
    json!({
        "uuid": uuid, "productId": PRODUCT, "optionId": OPTION, "availabilityId": seating(),
        "expirationMinutes": 10, "unitItems": vec![json!({"unitId": "adult"}); party],
    })
}

pub fn confirmation() -> Value {
    json!({
        "emailReceipt": true,
        "contact": {
            "firstName": "CanaryGiven", "lastName": "CanaryFamily",
            "emailAddress": "canary@mail.example", "phoneNumber": "+99 990 123 4567",
            "locales": ["es"], "notes": "CanaryNote",
        },
    })
}

impl Front {
    pub async fn open() -> Self {
        Self::with(Habits::default(), &[]).await
    }

    pub async fn with(habits: Habits, changes: &[(&str, &str)]) -> Self {
        let clock = Arc::new(ManualClock::new(NOW.parse().unwrap()));
        let supplier = Supplier::start(habits, Arc::clone(&clock)).await;
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let mut front = Self {
            settings: settings(&supplier.base(), changes),
            supplier,
            clock,
            client,
            base: String::new(),
            watched: String::new(),
            folder: tempfile::tempdir().unwrap(),
            running: None,
        };
        front.start().await;
        front
    }

    /// The same with other settings.
    pub async fn of(mut self, settings: String) -> Self {
        self.settings = settings;
        self.start().await;
        self
    }

    /// Starts it (again), with nothing in its memory.
    pub async fn start(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
        let file = self.folder.path().join("octo.toml");
        std::fs::write(&file, &self.settings).unwrap();
        let options = Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            data: self.folder.path().join("data"),
            site: None,
            settings: Some(file),
            token_key: Some(TOKENS.to_owned()),
            database_url: None,
            octo_key: Some(KEY.to_owned()),
            smtp_password: None,
            metrics: Some("127.0.0.1:0".parse().unwrap()),
        };
        let clock: Arc<ManualClock> = Arc::clone(&self.clock);
        let running = server::start(options, clock).await.expect("it starts");
        self.base = format!("http://{}", running.address);
        self.watched = format!("http://{}", running.watched_at().unwrap());
        self.running = Some(running);
    }

    pub fn wait(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/octo{path}", self.base);
        let call = self.client.request(method, url);
        call.header("octo-capabilities", "octo/content")
    }

    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.call(Method::POST, path).json(body)
    }

    pub fn take(&self, uuid: &str, party: usize) -> RequestBuilder {
        self.post("/bookings", &hold(uuid, party))
    }

    pub async fn held(&self) -> Held {
        let uuid = uuid();
        let told = ok(self.take(&uuid, 2)).await;
        token_of(&uuid, &told)
    }

    pub fn about(&self, held: &Held, method: Method, what: &str) -> RequestBuilder {
        let call = self.call(method, &format!("/bookings/{}{what}", held.uuid));
        call.bearer_auth(&held.token)
    }

    pub async fn confirmed(&self) -> Held {
        let held = self.held().await;
        let confirm = self.about(&held, Method::POST, "/confirm");
        let told = ok(confirm.json(&confirmation())).await;
        assert_eq!(told["status"], "CONFIRMED");
        held
    }
}

pub fn token_of(uuid: &str, told: &Value) -> Held {
    assert_eq!(told["uuid"], uuid);
    Held {
        uuid: uuid.to_owned(),
        token: told["manageToken"].as_str().expect("a token").to_owned(),
    }
}

/// The answer, with nothing of the supplier's secrets in it, and guarded like every other.
pub async fn heard(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    read(response).await
}

pub async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert!(header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
    let headers = format!("{:?}", response.headers());
    let text = response.text().await.unwrap();
    for canary in [KEY, SECRET, "canary@mail", "990 123"] {
        assert!(
            !text.contains(canary) && !headers.contains(canary),
            "{canary}: {headers} {text}"
        );
    }
    (status, serde_json::from_str(&text).unwrap_or_default())
}

pub async fn ok(request: RequestBuilder) -> Value {
    let (status, told) = heard(request).await;
    assert_eq!(status, 200, "{told}");
    told
}

/// A refusal in OCTO's shape, by its status and word.
pub async fn refused(request: RequestBuilder, status: u16, word: &str) {
    let (said, told) = heard(request).await;
    assert_eq!((said, &told["error"]), (status, &json!(word)), "{told}");
    let message = told["errorMessage"].as_str().unwrap();
    assert!(!message.is_empty());
    assert_eq!(told.as_object().unwrap().len(), 2, "{told}");
}
