//! The real binary: durability, logs, its one line on stdout, and what it says when it cannot start.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reservation_contract::openapi::fixture;
use serde_json::{Value, json};

use crate::database::Database;
use crate::harness::{key, settings};

pub struct Process {
    pub child: Child,
    pub base: String,
}

impl Process {
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, command(folder))
    }

    /// Started by a command of one's own.
    pub fn start_with(folder: &Path, mut command: Command) -> Self {
        let log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(folder.join("log"))
            .unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let base = line
            .trim_end()
            .strip_prefix("listening on ")
            .unwrap_or_else(|| panic!("said {line:?}"))
            .to_owned();
        Self { child, base }
    }

    /// SIGKILL: nothing is flushed, nothing is said.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reservation-server"));
    command
        .args(["--listen", "127.0.0.1:0", "--data"])
        .arg(folder.join("data"))
        .env_remove("DATABASE_URL")
        .env_remove("RESERVATION_TOKEN_KEY");
    command
}

pub async fn first_slot(client: &reqwest::Client, base: &str) -> String {
    let today = jiff::Timestamp::now()
        .in_tz("America/Bogota")
        .unwrap()
        .date();
    let date = today.saturating_add(jiff::ToSpan::days(9));
    let url = format!("{base}/api/v1/venues/interno/availability?date={date}&partySize=2");
    let day: Value = client.get(url).send().await.unwrap().json().await.unwrap();
    let slots = if day["slots"].as_array().unwrap().is_empty() {
        &day["alternatives"]
    } else {
        &day["slots"]
    };
    slots[0]["id"].as_str().unwrap().to_owned()
}

fn confirm(
    client: &reqwest::Client,
    base: &str,
    held: &Value,
    key: &str,
    body: &Value,
) -> reqwest::RequestBuilder {
    client
        .post(format!(
            "{base}/api/v1/reservations/{}/confirm",
            held["id"].as_str().unwrap()
        ))
        .bearer_auth(held["manageToken"].as_str().unwrap())
        .header("idempotency-key", key)
        .header("if-match", "\"1\"")
        .json(body)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answered_confirm_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let client = reqwest::Client::new();
    let body = fixture("request-confirm").unwrap();
    for _ in 0..5 {
        let server = Process::start(folder.path());
        let slot = first_slot(&client, &server.base).await;
        let held: Value = client
            .post(format!(
                "{}/api/v1/venues/interno/reservations",
                server.base
            ))
            .header("idempotency-key", key())
            .json(&json!({ "slotId": slot, "partySize": 2, "locale": "es" }))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let confirm_key = key();
        let response = confirm(&client, &server.base, &held, &confirm_key, &body)
            .send()
            .await
            .unwrap();
        server.kill();
        assert_eq!(response.status(), 200);

        let server = Process::start(folder.path());
        let url = format!(
            "{}/api/v1/reservations/{}",
            server.base,
            held["id"].as_str().unwrap()
        );
        let found: Value = client
            .get(url)
            .bearer_auth(held["manageToken"].as_str().unwrap())
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        assert_eq!(
            (&found["status"], &found["version"]),
            (&json!("CONFIRMED"), &json!(2))
        );
        let replay = confirm(&client, &server.base, &held, &confirm_key, &body)
            .send()
            .await
            .unwrap();
        assert_eq!(replay.status(), 200);
        assert_eq!(replay.headers()["etag"], "\"2\"");
        let replay: Value = replay.json().await.unwrap();
        assert_eq!(replay["guest"], body["guest"]);
        assert_eq!(replay["updatedAt"], found["updatedAt"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_know_no_guest_no_token_and_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let client = reqwest::Client::new();
    let server = Process::start(folder.path());
    let slot = first_slot(&client, &server.base).await;
    let post = |key: &'static str, slot: &str| {
        client
            .post(format!(
                "{}/api/v1/venues/interno/reservations?note=CanaryQuery",
                server.base
            ))
            .header("idempotency-key", key)
            .json(&json!({ "slotId": slot, "partySize": 2, "locale": "es" }))
            .send()
    };
    let held: Value = post("CanaryKeyCanaryKey", &slot)
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    post("CanaryKeyCanaryKey", "CanarySlot").await.unwrap();
    let mut body = fixture("request-confirm").unwrap();
    body["guest"]["givenName"] = json!("CanaryName");
    body["guest"]["email"] = json!("canary@mail.example");
    body["guest"]["phone"] = json!("+99 1234 987 650");
    body["note"] = json!("CanaryNote");
    let wrong = confirm(
        &client,
        &server.base,
        &held,
        "CanaryKey2CanaryKey2",
        &json!({ "guest": { "email": "CanaryWrong" } }),
    )
    .send()
    .await
    .unwrap();
    assert!(
        !wrong.text().await.unwrap().contains("Canary"),
        "problems repeat no values"
    );
    confirm(&client, &server.base, &held, "CanaryKey3CanaryKey3", &body)
        .send()
        .await
        .unwrap();
    client
        .get(format!(
            "{}/api/v1/reservations/{}",
            server.base,
            held["id"].as_str().unwrap()
        ))
        .bearer_auth("CanaryToken")
        .send()
        .await
        .unwrap();
    client
        .get(format!("{}/CanaryPath?token=CanaryQuery", server.base))
        .send()
        .await
        .unwrap();
    server.kill();
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.lines().count() >= 7, "{log}");
    for line in log.lines() {
        serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("not structured: {line}"));
    }
    for canary in [
        "Canary",
        "canary@",
        "987 650",
        held["id"].as_str().unwrap(),
        held["manageToken"].as_str().unwrap(),
        held["reference"].as_str().unwrap(),
    ] {
        assert!(!log.contains(canary), "{canary} is in the log");
    }
}

#[cfg(unix)]
#[test]
fn it_stops_on_a_signal_and_says_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Process::start(folder.path());
    let status = Command::new("kill")
        .args(["-TERM", &server.child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
    let started = Instant::now();
    assert!(server.child.wait().unwrap().success());
    assert!(started.elapsed() < Duration::from_secs(5));
    let mut rest = String::new();
    server
        .child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut rest)
        .unwrap();
    assert_eq!(rest, "");
    assert!(
        !folder.path().join("data/reservations.sqlite-wal").exists(),
        "the log was folded into the file"
    );
}

/// What it says when it cannot start; always one line, always exit code 1.
pub fn refused(command: &mut Command) -> String {
    let output = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let said: Vec<&str> = said.lines().filter(|line| !line.starts_with('{')).collect();
    assert_eq!(output.status.code(), Some(1), "{said:?}");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(output.stdout.is_empty());
    said[0].to_owned()
}

#[test]
fn what_is_wrong_at_start_is_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let busy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = busy.local_addr().unwrap().to_string();
    let said = refused(command(path).args(["--listen", &address]));
    assert!(
        said.contains(&format!("cannot listen on {address}")),
        "{said}"
    );

    fs::write(path.join("file"), "").unwrap();
    let said = refused(command(path).arg("--data").arg(path.join("file/data")));
    assert!(
        said.contains("cannot write to the data folder") && said.contains("file/data"),
        "{said}"
    );

    fs::write(
        path.join("bad.toml"),
        settings(&[("party_max = 8", "party_max = 0")]),
    )
    .unwrap();
    let said = refused(command(path).arg("--settings").arg(path.join("bad.toml")));
    assert!(
        said.contains("bad.toml, line") && said.contains("booking.party_max"),
        "{said}"
    );

    let said = refused(command(path).arg("--settings").arg(path.join("none.toml")));
    assert!(said.contains("none.toml"), "{said}");
    let said = refused(command(path).arg("--site").arg(path.join("nowhere")));
    assert!(said.contains("nowhere"), "{said}");
    let config = r#"{"reservations":{"provider":"octo","baseUrl":"/octo","apiKey":"sesame"}}"#;
    fs::write(path.join("config.json"), config).unwrap();
    let said = refused(command(path).arg("--site").arg(path));
    assert!(
        said.contains("config.json") && said.contains("apiKey") && !said.contains("sesame"),
        "{said}"
    );
    let said = refused(command(path).env("RESERVATION_TOKEN_KEY", "short"));
    assert!(
        said.contains("RESERVATION_TOKEN_KEY") && !said.contains("short"),
        "{said}"
    );
    for url in [
        "mysql://root:secret@localhost/x",
        "postgres://u:secret@127.0.0.1:1/x",
    ] {
        let said = refused(command(path).env("DATABASE_URL", url));
        assert!(
            said.contains("DATABASE_URL") && !said.contains("secret"),
            "{said}"
        );
    }
    drop(Process::start(path));
    let said = refused(command(path).env("RESERVATION_TOKEN_KEY", "ab".repeat(32)));
    assert!(said.contains("another token key"), "{said}");
    let said = refused(command(path).arg("--sight"));
    assert!(said.contains("--sight"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_on_the_same_file_is_refused_and_the_first_one_serves_on() {
    let folder = tempfile::tempdir().unwrap();
    let first = Process::start(folder.path());
    let said = refused(&mut command(folder.path()));
    let data = folder.path().join("data").display().to_string();
    assert!(
        said.contains("another server is serving from") && said.contains(&data),
        "{said}"
    );
    let health = reqwest::get(format!("{}/api/v1/health", first.base)).await;
    assert_eq!(health.unwrap().status(), 200);
    // Whoever only looks after the database is no server.
    let file = folder.path().join("data/reservations.sqlite");
    let mut database = Database::open(&file, None).await;
    database.run("DELETE FROM idempotency_keys").await;
    // However the first one ends, the next one may begin.
    first.kill();
    drop(Process::start(folder.path()));
}
