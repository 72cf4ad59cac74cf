//! A server in this process, with a clock that moves when told to, and a client that speaks to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::SignedDuration;
use reqwest::{Method, RequestBuilder, Response};
use reservation_contract::openapi::fixture;
use reservation_contract::problem::{PROBLEM_JSON, Problem, ProblemType};
use reservation_contract::reservation::Reservation;
use reservation_server::clock::ManualClock;
use reservation_server::server::{self, Options, Running};
use reservation_server::settings::DEFAULT;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::database::Database;

/// The moment of the golden fixtures: a Friday morning in Cartagena.
pub const NOW: &str = "2026-11-20T10:00:00-05:00";

/// A running server.
pub struct House {
    pub clock: Arc<ManualClock>,
    pub folder: TempDir,
    pub client: reqwest::Client,
    pub base: String,
    /// Where its figures are told.
    pub watched: String,
    /// The PostgreSQL of its own, where the tests are for that.
    pub url: Option<String>,
    running: Option<Running>,
    pub settings: String,
}

/// A held reservation, with what opens it.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: String,
    pub token: String,
    pub version: u64,
}

pub fn default_settings() -> String {
    DEFAULT.to_owned()
}

/// The default settings with a line replaced.
pub fn settings(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(default_settings(), |text, (from, to)| {
        assert!(text.contains(from), "the settings have no {from}");
        text.replace(from, to)
    })
}

/// A key nobody used before.
pub fn key() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("test-key-{:012}", NEXT.fetch_add(1, Ordering::Relaxed))
}

pub async fn open() -> House {
    open_with(default_settings()).await
}

pub async fn open_with(settings: String) -> House {
    let mut house = House::closed(settings);
    house.start(None).await;
    house
}

impl House {
    /// Everything a server needs, before it starts.
    pub fn closed(settings: String) -> Self {
        Self {
            clock: Arc::new(ManualClock::new(NOW.parse().unwrap())),
            folder: tempfile::tempdir().unwrap(),
            client: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
            base: String::new(),
            watched: String::new(),
            url: crate::ON_POSTGRES.then(test_database::fresh),
            running: None,
            settings,
        }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn database(&self) -> PathBuf {
        self.data().join("reservations.sqlite")
    }

    pub async fn database_beside(&self) -> Database {
        Database::open(&self.database(), self.url.as_deref()).await
    }

    pub async fn start(&mut self, site: Option<&Path>) {
        let options = self.options(site);
        let clock: Arc<ManualClock> = Arc::clone(&self.clock);
        let running = server::start(options, clock)
            .await
            .expect("the server starts");
        self.base = format!("http://{}", running.address);
        self.watched = format!("http://{}", running.watched_at().unwrap());
        self.running = Some(running);
    }

    /// What it is started with.
    pub fn options(&self, site: Option<&Path>) -> Options {
        let file = self.folder.path().join("server.toml");
        std::fs::write(&file, &self.settings).unwrap();
        Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            data: self.data(),
            site: site.map(Path::to_path_buf),
            settings: Some(file),
            token_key: None,
            database_url: self.url.clone(),
            octo_key: None,
            smtp_password: None,
            metrics: Some("127.0.0.1:0".parse().unwrap()),
        }
    }

    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    pub async fn restart(&mut self) {
        self.stop().await;
        self.start(None).await;
    }

    pub fn wait(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// A call below the API's mount.
    pub fn api(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}/api/v1{path}", self.base))
    }

    pub async fn get(&self, path: &str) -> Response {
        self.api(Method::GET, path).send().await.unwrap()
    }

    pub async fn json(&self, path: &str) -> Value {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    /// The opaque id of a seating.
    pub async fn slot(&self, date: &str, time: &str) -> String {
        let answer = self
            .json(&format!(
                "/venues/interno/availability?date={date}&partySize=1&time={time}"
            ))
            .await;
        answer["slots"][0]["id"]
            .as_str()
            .expect("a slot")
            .to_owned()
    }

    pub fn hold_request(&self, slot: &str, party: u32, key: &str) -> RequestBuilder {
        self.api(Method::POST, "/venues/interno/reservations")
            .header("idempotency-key", key)
            .json(&json!({ "slotId": slot, "partySize": party, "locale": "es" }))
    }

    /// Takes two places on 5 December at 19:00.
    pub async fn held(&self) -> Held {
        self.held_at("2026-12-05", "19:00", 2).await
    }

    pub async fn held_at(&self, date: &str, time: &str, party: u32) -> Held {
        let slot = self.slot(date, time).await;
        let response = self
            .hold_request(&slot, party, &key())
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 201);
        let reservation: Reservation = response.json().await.unwrap();
        Held {
            id: reservation.id,
            token: reservation.manage_token.unwrap(),
            version: reservation.version,
        }
    }

    /// A call about a reservation, with its token.
    pub fn about(&self, held: &Held, method: Method, action: &str) -> RequestBuilder {
        self.api(method, &format!("/reservations/{}{action}", held.id))
            .bearer_auth(&held.token)
    }

    pub fn confirm_request(&self, held: &Held, key: &str) -> RequestBuilder {
        self.about(held, Method::POST, "/confirm")
            .header("idempotency-key", key)
            .header("if-match", format!("\"{}\"", held.version))
            .json(&fixture("request-confirm").unwrap())
    }

    pub fn extend_request(&self, held: &Held, key: &str) -> RequestBuilder {
        self.about(held, Method::POST, "/extend")
            .header("idempotency-key", key)
            .header("if-match", format!("\"{}\"", held.version))
    }

    pub async fn confirmed(&self) -> Held {
        let held = self.held().await;
        let response = self.confirm_request(&held, &key()).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let reservation: Reservation = response.json().await.unwrap();
        Held {
            version: reservation.version,
            ..held
        }
    }

    pub async fn read(&self, held: &Held) -> Reservation {
        let response = self.about(held, Method::GET, "").send().await.unwrap();
        assert_eq!(response.status(), 200);
        response.json().await.unwrap()
    }
}

/// Asserts a problem of a kind and answers it.
pub async fn problem(request: RequestBuilder, slug: &str) -> Problem {
    let response = request.send().await.unwrap();
    problem_of(response, slug).await
}

pub async fn problem_of(response: Response, slug: &str) -> Problem {
    let status = response.status().as_u16();
    let kind = response
        .headers()
        .get("content-type")
        .map(|value| value.to_str().unwrap().to_owned());
    let text = response.text().await.unwrap();
    let problem: Problem =
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status} is no problem: {text}"));
    assert_eq!(
        problem.problem_type().map(ProblemType::slug),
        Some(slug),
        "{text}"
    );
    assert_eq!(kind.as_deref(), Some(PROBLEM_JSON));
    assert_eq!(problem.status, status);
    assert_eq!(
        same_keys(
            &fixture(&format!("problem-{slug}")).unwrap(),
            &serde_json::from_str(&text).unwrap()
        ),
        Ok(())
    );
    problem
}

/// Whether two values have the same keys at every depth; of a list, the first entries are compared.
pub fn same_keys(golden: &Value, real: &Value) -> Result<(), String> {
    match (golden, real) {
        (Value::Object(golden), Value::Object(real)) => {
            let (mut left, mut right): (Vec<_>, Vec<_>) =
                (golden.keys().collect(), real.keys().collect());
            left.sort();
            right.sort();
            if left != right {
                return Err(format!("{left:?} against {right:?}"));
            }
            golden.iter().try_for_each(|(key, value)| {
                same_keys(value, &real[key]).map_err(|error| format!("{key}: {error}"))
            })
        }
        (Value::Array(golden), Value::Array(real)) => match (golden.first(), real.first()) {
            (Some(golden), Some(real)) => same_keys(golden, real),
            (None, None) => Ok(()),
            _ => Err("one list is empty".to_owned()),
        },
        _ if std::mem::discriminant(golden) == std::mem::discriminant(real) => Ok(()),
        _ => Err(format!("{golden} against {real}")),
    }
}
