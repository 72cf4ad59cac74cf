//! Canaries, with the real binary: the supplier's key is found in calls to the supplier and nowhere else; names,
//! tokens and uuids are in no log.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::Method;
use serde_json::{Value, json};

use crate::front::{Front, confirmation, hold, settings, uuid};
use crate::supplier::{Fate, KEY, SECRET};

pub struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reservation-server"));
    command
        .args(["--listen", "127.0.0.1:0", "--data"])
        .arg(folder.join("data"))
        .arg("--settings")
        .arg(folder.join("octo.toml"))
        .env_remove("DATABASE_URL")
        .env_remove("OCTO_API_KEY")
        .env_remove("RESERVATION_TOKEN_KEY");
    command
}

fn key_file(folder: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let file = folder.join("octo.key");
    fs::write(&file, KEY).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
}

/// The real binary, with these in its environment.
pub fn start_with(folder: &Path, environment: &[(&str, &str)]) -> (Process, String) {
    let log = fs::File::create(folder.join("log")).unwrap();
    let mut child = command(folder)
        .envs(environment.iter().copied())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let base = line.trim_end().strip_prefix("listening on ");
    let base = base.unwrap_or_else(|| panic!("said {line:?}")).to_owned();
    (Process(child), base)
}

/// Every call that takes anything of a guest, right and wrong; answers the token, and all that was told.
async fn walk(front: &Front, base: &str, uuid: &str) -> (String, String) {
    let client = reqwest::Client::new();
    let call = |method: Method, path: &str, body: Value| {
        client
            .request(method, format!("{base}/octo{path}"))
            .json(&body)
    };
    // The supplier's clock is another's, so the moments are not looked at here.
    let held = call(Method::POST, "/bookings", hold(uuid, 2));
    let held: Value = held.send().await.unwrap().json().await.unwrap();
    let token = held["manageToken"].as_str().unwrap().to_owned();
    let at = |what: &str| format!("/bookings/{uuid}{what}");
    let mut told = Vec::new();
    for request in [
        call(Method::POST, &at("/confirm"), confirmation()).bearer_auth(&token),
        call(
            Method::POST,
            &at("/confirm"),
            json!({"contact": "CanaryGiven"}),
        )
        .bearer_auth(&token),
        call(Method::POST, &at("/confirm"), confirmation()).bearer_auth("CanaryToken"),
        call(Method::PATCH, &at(""), json!({"notes": "CanaryNote"})).bearer_auth(&token),
        call(
            Method::GET,
            "/bookings/CanaryGiven?email=canary@mail.example",
            json!({}),
        ),
        call(Method::GET, "/CanaryGiven?x=canary@mail.example", json!({})),
    ] {
        let response = request.send().await.unwrap();
        let headers = format!("{:?}", response.headers());
        told.push(headers + &response.text().await.unwrap());
    }
    for fate in [
        Fate::Said(
            401,
            format!("{{\"error\": \"UNAUTHORIZED\", \"errorMessage\": {KEY:?}}}"),
        ),
        Fate::Said(200, KEY.to_owned()),
        Fate::Sent(format!("http://127.0.0.1:9/{KEY}")),
        Fate::Late,
    ] {
        front.supplier.next(Method::GET, fate);
        let read = call(Method::GET, &at(""), json!({})).bearer_auth(&token);
        told.push(read.send().await.unwrap().text().await.unwrap());
    }
    (token, told.concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_said_to_the_supplier_alone_and_no_log_knows_a_guest() {
    let front = Front::open().await;
    let folder = front.folder.path();
    key_file(folder, 0o600);
    let named = format!("key_file = {:?}", folder.join("octo.key"));
    let own = [("# key_file = \"/etc/interno/octo.key\"", named.as_str())];
    fs::write(
        folder.join("octo.toml"),
        settings(&front.supplier.base(), &own),
    )
    .unwrap();
    let (server, base) = start_with(folder, &[]);
    let uuid = uuid();
    let (token, told) = walk(&front, &base, &uuid).await;
    drop(server);
    let log = fs::read_to_string(folder.join("log")).unwrap();
    assert!(log.contains("/octo/bookings/{uuid}/confirm"), "{log}");
    assert!(log.contains("the supplier refuses the key"), "{log}");
    assert!(told.contains("CanaryNote"), "the note is alive: {told}");
    for canary in [KEY, SECRET, "canary@mail", "990 123", "CanaryToken"] {
        assert!(!told.contains(canary), "{canary}: {told}");
        assert!(!log.contains(canary), "{canary}: {log}");
    }
    for canary in ["CanaryGiven", "CanaryFamily", "CanaryNote", &uuid, &token] {
        assert!(!log.contains(canary), "{canary}: {log}");
    }
    for entry in fs::read_dir(folder.join("data")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for canary in [KEY, "CanaryGiven", &uuid] {
            assert!(!text.contains(canary), "{canary} is in {}", path.display());
        }
    }
}

#[test]
fn what_keeps_it_from_starting_is_one_sentence_without_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    key_file(folder, 0o644);
    let named = format!("key_file = {:?}", folder.join("octo.key"));
    let sample = "# key_file = \"/etc/interno/octo.key\"";
    let base = "http://127.0.0.1:9/octo";
    for (changes, said) in [
        (vec![], "OCTO_API_KEY"),
        (vec![(sample, named.as_str())], "chmod 600"),
        (vec![(sample, "key_file = \"/nowhere\"")], "/nowhere"),
        (
            vec![("http://127.0.0.1:9", "http://api.example")],
            "octo.base_url",
        ),
        (vec![(sample, "key = \"CanaryKey-4f1d\"")], "line"),
    ] {
        fs::write(folder.join("octo.toml"), settings(base, &changes)).unwrap();
        let output = command(folder).output().unwrap();
        assert!(!output.status.success());
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(said), "{said}: {told}");
        assert!(!told.contains(KEY), "{told}");
    }
}
