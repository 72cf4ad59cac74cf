//! The real program, to be killed, starved and listened to; and a client that books at it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::ToSpan;
use jiff::civil::Date;
use reqwest::{Client, RequestBuilder, Response};
use reservation_contract::openapi::fixture;
use reservation_server::seating::opaque;
use reservation_server::settings::DEFAULT;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder for a server's data, settings and log, and the database it shares, if any.
pub struct Home {
    pub folder: TempDir,
    pub url: Option<String>,
    data: PathBuf,
}

/// A server under way.
pub struct Process {
    pub child: Child,
    pub base: String,
}

/// A reservation, with what opens it.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: String,
    pub token: String,
}

impl Home {
    /// With the default settings, changed.
    pub fn new(url: Option<String>, changes: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let text = changes.iter().fold(DEFAULT.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "the settings have no {from}");
            text.replace(from, to)
        });
        let text = text.replace("writes_per_minute = 600", "writes_per_minute = 1000000");
        fs::write(folder.path().join("server.toml"), text).unwrap();
        let data = folder.path().join("data");
        Self { folder, url, data }
    }

    /// With its data in a folder elsewhere.
    pub fn at(self, folder: &Path) -> Self {
        let data = folder.join("data");
        Self { data, ..self }
    }

    pub fn data(&self) -> PathBuf {
        self.data.clone()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Where the server under way tells its figures: its log says so.
    pub fn figures(&self) -> String {
        let log = self.log();
        let mut lines = log.lines().rev();
        let address = lines.find_map(|line| {
            let line: Value = serde_json::from_str(line).ok()?;
            Some(line["metrics"].as_str()?.to_owned())
        });
        format!("http://{}/metrics", address.expect("it has started"))
    }

    pub fn start(&self) -> Process {
        let program = Path::new(env!("CARGO_BIN_EXE_reservation-server"));
        self.start_with(Command::new(program))
    }

    /// Starts the server by a command of one's own, which the arguments are added to.
    pub fn start_with(&self, mut command: Command) -> Process {
        let log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.folder.path().join("log"))
            .unwrap();
        command
            .args([
                "--listen",
                "127.0.0.1:0",
                "--metrics",
                "127.0.0.1:0",
                "--data",
            ])
            .arg(self.data())
            .arg("--settings")
            .arg(self.folder.path().join("server.toml"))
            .env_remove("RESERVATION_TOKEN_KEY")
            .env_remove("DATABASE_URL");
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let base = line.trim_end().strip_prefix("listening on ");
        let base = base.unwrap_or_else(|| panic!("said {line:?}: {}", self.log()));
        Process {
            base: format!("{base}/api/v1"),
            child,
        }
    }
}

impl Process {
    /// SIGKILL: nothing is flushed, nothing is said.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _it_has_ended = self.child.wait();
    }
}

/// So many days from today.
pub fn day(ahead: i64) -> Date {
    let today = jiff::Timestamp::now()
        .in_tz("America/Bogota")
        .unwrap()
        .date();
    today.saturating_add(ahead.days())
}

/// A seating some days ahead, by its number.
pub fn seating(number: i64) -> String {
    let mut date = day(7 + number);
    if date.weekday() == jiff::civil::Weekday::Monday {
        date = date.saturating_add(1.day());
    }
    opaque(&format!("dinner/{date}/19:00"))
}

/// A key nobody used before, in any run.
pub fn key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let pid = std::process::id();
    format!(
        "proof-key-{pid}-{:08}",
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}

pub fn hold(client: &Client, base: &str, slot: &str, party: u32, key: &str) -> RequestBuilder {
    client
        .post(format!("{base}/venues/interno/reservations"))
        .header("idempotency-key", key)
        .json(&json!({ "slotId": slot, "partySize": party, "locale": "es" }))
}

pub async fn held(response: Response) -> Held {
    let body: Value = response.json().await.unwrap();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    Held {
        id: text("id"),
        token: text("manageToken"),
    }
}

/// A confirm for the first version of a hold.
pub fn confirm(client: &Client, base: &str, held: &Held, key: &str) -> RequestBuilder {
    let mut body = fixture("request-confirm").unwrap();
    body["dietary"] = json!([]);
    about(client, base, held, "/confirm")
        .header("idempotency-key", key)
        .header("if-match", "\"1\"")
        .json(&body)
}

/// A POST about a reservation.
pub fn about(client: &Client, base: &str, held: &Held, action: &str) -> RequestBuilder {
    client
        .post(format!("{base}/reservations/{}{action}", held.id))
        .bearer_auth(&held.token)
}

pub async fn read(client: &Client, base: &str, held: &Held) -> Value {
    let url = format!("{base}/reservations/{}", held.id);
    let response = client
        .get(url)
        .bearer_auth(&held.token)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}
