//! Bookings by command, by the real program beside the real server, while many book the same seating: every
//! place is sold, and none twice.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use reqwest::Client;
use serde_json::Value;

use super::process::{Home, confirm, day, held, hold, key, seating};

const PLACES: usize = 100;
const CLIENTS: usize = 16;
const CALLERS: usize = 4;
const PAUSE: Duration = Duration::from_millis(100);

fn desk(home: &Home, arguments: &[&str]) -> Output {
    let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_reservation-server")));
    command.args(arguments).arg("--data").arg(home.data());
    command
        .arg("--settings")
        .arg(home.folder.path().join("server.toml"));
    command.env_remove("DATABASE_URL");
    if let Some(url) = &home.url {
        command.env("DATABASE_URL", url);
    }
    command.output().unwrap()
}

/// Books one place after the other until there are none.
async fn guest(client: Client, base: String, slot: String) -> usize {
    let mut booked = 0;
    loop {
        let answer = hold(&client, &base, &slot, 1, &key()).send().await.unwrap();
        if answer.status() != 201 {
            assert_eq!(answer.status(), 409);
            return booked;
        }
        let it = held(answer).await;
        let sent = confirm(&client, &base, &it, &key()).send().await.unwrap();
        assert_eq!(sent.status(), 200);
        booked += 1;
        // A command takes longer to start than a call does: nobody should have it all.
        tokio::time::sleep(PAUSE).await;
    }
}

/// The same on the telephone.
fn caller(home: &Home, date: &str) -> usize {
    let mut booked = 0;
    loop {
        let add = [
            "add", "--date", date, "--time", "19:00", "--people", "1", "--name", "Ana",
        ];
        let done = desk(home, &add);
        if !done.status.success() {
            let why = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(why.contains("no 1 places left"), "{why}");
            return booked;
        }
        booked += 1;
    }
}

async fn race(url: Option<String>) {
    let home = Home::new(
        url,
        &[
            ("places = 60", "places = 100"),
            ("limited_from = 12", "limited_from = 0"),
        ],
    );
    let server = home.start();
    let slot = seating(0);
    let mut date = day(7);
    if date.weekday() == jiff::civil::Weekday::Monday {
        date = date.tomorrow().unwrap();
    }
    let date = date.to_string();
    let client = Client::new();
    let guests: Vec<_> = (0..CLIENTS)
        .map(|_| tokio::spawn(guest(client.clone(), server.base.clone(), slot.clone())))
        .collect();
    let by_telephone: usize = tokio::task::block_in_place(|| {
        std::thread::scope(|scope| {
            let callers: Vec<_> = (0..CALLERS)
                .map(|_| scope.spawn(|| caller(&home, &date)))
                .collect();
            callers.into_iter().map(|it| it.join().unwrap()).sum()
        })
    });
    let mut by_guests = 0;
    for it in guests {
        by_guests += it.await.unwrap();
    }
    assert_eq!(
        by_guests + by_telephone,
        PLACES,
        "{by_telephone} by telephone"
    );
    let list = desk(&home, &["list", "--date", &date, "--json"]);
    let list: Value = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(list.as_array().unwrap().len(), PLACES);
    // Nobody sits at a terminal: what gives something up needs a word.
    let name = list[0]["reference"].as_str().unwrap();
    let done = desk(&home, &["cancel", name]);
    assert!(String::from_utf8_lossy(&done.stderr).contains("--yes"));
    assert!(desk(&home, &["cancel", name, "--yes"]).status.success());
    assert!(
        desk(&home, &["cancel", "--help"])
            .stdout
            .starts_with(b"Commands work")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_every_place_is_sold_once() {
    race(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql_every_place_is_sold_once() {
    race(Some(test_database::fresh())).await;
}
