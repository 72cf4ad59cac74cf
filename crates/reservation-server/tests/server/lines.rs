//! What the real program writes down of each call, and what it tells systemd.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::process::{Process, command};

fn lines(folder: &Path) -> Vec<Value> {
    let log = fs::read_to_string(folder.join("log")).unwrap();
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
    log.lines().map(read).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_says_what_became_of_a_call_and_what_else_was_about_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = Process::start(folder.path());
    let client = reqwest::Client::new();
    for path in [
        "/api/v1/health?token=x",
        "/api/v1/reservations/0a",
        "/elsewhere",
    ] {
        let call = client.get(format!("{}{path}", server.base));
        call.send().await.unwrap();
    }
    server.kill();
    let lines = lines(folder.path());
    let calls: Vec<&Value> = lines
        .iter()
        .filter(|line| line["message"] == "call")
        .collect();
    let told: Vec<_> = calls
        .iter()
        .map(|line| {
            (
                &line["method"],
                &line["route"],
                &line["status"],
                &line["problem"],
            )
        })
        .collect();
    let (get, none) = (&json!("GET"), &Value::Null);
    assert_eq!(
        told,
        [
            (get, &json!("/api/v1/health"), &json!(200), none),
            (
                get,
                &json!("/api/v1/reservations/{id}"),
                &json!(404),
                &json!("reservation-not-found"),
            ),
            (get, &json!("site"), &json!(404), &json!("not-found")),
        ]
    );
    for line in &calls {
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'), "{line}");
        assert_eq!(line["level"], "INFO");
        assert!(line["ms"].is_u64(), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_found_by_the_call_it_fails_for() {
    let folder = tempfile::tempdir().unwrap();
    let server = Process::start(folder.path());
    let client = reqwest::Client::new();
    // A table that is not there.
    let file = folder.path().join("data/reservations.sqlite");
    let mut database = crate::database::Database::open(&file, None).await;
    database.run("ALTER TABLE blocks RENAME TO gone").await;
    let call = format!(
        "{}/api/v1/venues/interno/availability/calendar",
        server.base
    );
    let call = client.get(format!("{call}?from=2026-12-01&to=2026-12-02&partySize=1"));
    for _ in 0..2 {
        let call = call.try_clone().unwrap();
        assert_eq!(call.send().await.unwrap().status(), 503);
    }
    server.kill();
    let lines = lines(folder.path());
    let ids = |message: &str| -> Vec<&str> {
        let about = lines.iter().filter(|line| line["message"] == message);
        about
            .map(|line| line["span"]["id"].as_str().unwrap())
            .collect()
    };
    let calls = ids("call");
    assert_eq!(calls, ids("the store failed"));
    assert_ne!(calls[0], calls[1], "each call has an id of its own");
}

#[test]
fn lines_for_eyes_are_no_json() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(folder.path());
    command.args(["--log-format", "text"]);
    Process::start_with(folder.path(), command).kill();
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    let line = log.lines().next().unwrap();
    assert!(line.contains(" INFO started address=127.0.0.1:"), "{line}");
}

#[cfg(unix)]
#[test]
fn systemd_is_told_when_it_serves_and_when_it_stops() {
    use std::os::unix::net::UnixDatagram;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notify");
    let systemd = UnixDatagram::bind(&path).unwrap();
    systemd
        .set_read_timeout(Some(std::time::Duration::from_secs(20)))
        .unwrap();
    let hear = || {
        let mut said = [0; 64];
        let length = systemd.recv(&mut said).unwrap();
        String::from_utf8(said[..length].to_vec()).unwrap()
    };
    let mut command = command(folder.path());
    command.env("NOTIFY_SOCKET", &path);
    let mut server = Process::start_with(folder.path(), command);
    assert_eq!(hear(), "READY=1\n");
    let pid = server.child.id().to_string();
    let killed = Command::new("kill").arg(pid).status().unwrap();
    assert!(killed.success());
    assert_eq!(hear(), "STOPPING=1\n");
    assert!(server.child.wait().unwrap().success());
}
