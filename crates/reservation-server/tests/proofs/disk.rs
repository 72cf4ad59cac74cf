//! Disks in trouble: one that is really full, and files that may only be read.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::{Client, Response};
use tempfile::TempDir;

use super::process::{Held, Home, Process, confirm, held, hold, key, read, seating};
use super::trouble::{booked, is_unavailable};

/// Room for a database and little more.
const SIZE: &str = "size=2m";

/// A small file system of its own, seen by whoever is started inside. It is gone with its keeper.
struct Small {
    keeper: Child,
    place: TempDir,
}

impl Small {
    /// None where the system lets nobody mount anything.
    fn mount() -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let mut keeper = Command::new("unshare")
            .args(["--mount", "sh", "-c"])
            .arg(r#"mount -t tmpfs -o "$1" tmpfs "$2" && echo mounted && exec cat"#)
            .args(["sh", SIZE])
            .arg(place.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(keeper.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let small = Self { keeper, place };
        (line == "mounted\n").then_some(small)
    }

    /// The server's program, to be started inside.
    fn server(&self) -> Command {
        let mut command = Command::new("nsenter");
        command
            .arg("--mount")
            .args(["--target", &self.keeper.id().to_string()])
            .arg("--")
            .arg(env!("CARGO_BIN_EXE_reservation-server"));
        command
    }

    /// A path inside, as it is seen from outside.
    fn inside(&self, name: &str) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.keeper.id()));
        let place = self.place.path().strip_prefix("/").unwrap();
        root.join(place).join(name)
    }

    /// Takes every byte that is left.
    fn fill(&self) {
        let mut file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.inside("filler"))
            .unwrap();
        for size in [4096, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn empty(&self) {
        fs::remove_file(self.inside("filler")).unwrap();
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _it_may_have_ended = self.keeper.kill();
        let _it_has_ended = self.keeper.wait();
    }
}

async fn health(client: &Client, server: &Process) -> Response {
    let call = client.get(format!("{}/health", server.base));
    call.send().await.unwrap()
}

/// What was asked until nothing more could be written.
struct Full {
    answered: Vec<Held>,
    /// The key of a hold that was refused.
    refused: String,
}

/// A new connection, and a log that is folded meanwhile, find a little room: the disk is full when it stays
/// full for longer than the log waits to be folded, and the server says so of itself.
async fn until_it_stays_full(client: &Client, server: &Process, slot: &str) -> Full {
    let (mut answered, mut refused, mut well) = (Vec::new(), Vec::new(), 0);
    loop {
        let used = key();
        let call = hold(client, &server.base, slot, 1, &used);
        let response = call.send().await.unwrap();
        if response.status() == 201 {
            answered.push(held(response).await);
            refused.clear();
            assert!(answered.len() < 2_000, "the disk is never full");
            continue;
        }
        is_unavailable(response).await;
        refused.push(used);
        tokio::time::sleep(Duration::from_millis(30)).await;
        if refused.len() < 10 {
            continue;
        }
        let told = health(client, server).await;
        if told.status() == 200 {
            well += 1;
            assert!(
                well < 10,
                "nothing can be held, and the server calls itself well"
            );
            refused.clear();
            continue;
        }
        is_unavailable(told).await;
        let refused = refused.swap_remove(0);
        return Full { answered, refused };
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_system_without_a_byte_left_is_said_and_nothing_is_lost() {
    let Some(small) = Small::mount() else {
        println!("nobody may mount anything here: only a limit on files stands for a full disk");
        return;
    };
    let home = Home::new(None, &[("places = 60", "places = 5000")]).at(small.place.path());
    let server = home.start_with(small.server());
    let client = Client::new();
    let before = booked(&client, &server).await;
    let (slot, mut answered) = (seating(2), Vec::new());
    for round in 0..3 {
        small.fill();
        let full = until_it_stays_full(&client, &server, &slot).await;
        answered.extend(full.answered);
        let found = read(&client, &server.base, &before).await;
        assert_eq!(found["status"], "CONFIRMED", "round {round}");
        small.empty();
        assert_eq!(
            health(&client, &server).await.status(),
            200,
            "round {round}"
        );
        let call = hold(&client, &server.base, &slot, 1, &full.refused);
        let again = held(call.send().await.unwrap()).await;
        let confirmed = confirm(&client, &server.base, &again, &key()).send().await;
        assert_eq!(confirmed.unwrap().status(), 200, "round {round}");
        answered.push(again);
    }
    server.kill();
    let server = home.start_with(small.server());
    for it in answered.iter().chain([&before]) {
        read(&client, &server.base, it).await;
    }
}

/// Files that nobody may write, whoever has them open, until this is dropped.
struct Sealed(Vec<PathBuf>);

impl Sealed {
    /// None where the system or the file system knows no such thing.
    fn seal(folder: &Path) -> Option<Self> {
        // Not the index of the log: it is memory, and the system ends whoever writes to memory that is sealed.
        let files = ["reservations.sqlite", "reservations.sqlite-wal"];
        let sealed = Self(files.map(|name| folder.join(name)).to_vec());
        sealed.mark("+i").then_some(sealed)
    }

    fn mark(&self, mark: &str) -> bool {
        let mut chattr = Command::new("chattr");
        let ran = chattr
            .arg(mark)
            .args(&self.0)
            .stderr(Stdio::null())
            .status();
        ran.is_ok_and(|status| status.success())
    }
}

impl Drop for Sealed {
    fn drop(&mut self) {
        self.mark("-i");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_may_only_be_read_are_said_and_nothing_is_lost() {
    let home = Home::new(None, &[]);
    let server = home.start();
    let client = Client::new();
    let before = booked(&client, &server).await;
    let limit = |most: &str| {
        let mut limit = Command::new("prlimit");
        limit.arg(format!("--fsize={most}:unlimited"));
        limit.arg("--pid").arg(server.child.id().to_string());
        assert!(limit.status().unwrap().success());
    };
    let sealed = Sealed::seal(&home.data());
    if sealed.is_none() {
        println!("no file can be sealed here: a limit of no byte stands for it");
        limit("0");
    }
    let (slot, mut refused) = (seating(2), Vec::new());
    for _ in 0..5 {
        let used = key();
        let call = hold(&client, &server.base, &slot, 1, &used);
        is_unavailable(call.send().await.unwrap()).await;
        refused.push(used);
    }
    is_unavailable(health(&client, &server).await).await;
    let found = read(&client, &server.base, &before).await;
    assert_eq!(found["status"], "CONFIRMED");
    if sealed.is_some() {
        drop(sealed);
    } else {
        limit("unlimited");
    }
    assert_eq!(health(&client, &server).await.status(), 200);
    let mut answered = vec![before];
    for used in &refused {
        let call = hold(&client, &server.base, &slot, 1, used);
        let response = call.send().await.unwrap();
        assert_eq!(response.status(), 201, "the same call with the same key");
        answered.push(held(response).await);
    }
    server.kill();
    let server = home.start();
    for it in &answered {
        read(&client, &server.base, it).await;
    }
}
