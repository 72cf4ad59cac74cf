//! A backup that is taken while guests book, and a server that starts from it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::Method;
use reservation_contract::reservation::Reservation;
use reservation_contract::words::ReservationStatus;
use reservation_server::backup::{self, Order, What};

use crate::harness::{Held, House, key, open_with, settings};
use crate::mail::DAY;

const GUESTS: usize = 16;
/// Of the slowest machine.
const PATIENCE: Duration = Duration::from_mins(2);

fn roomy() -> String {
    settings(&[
        ("places = 60", "places = 100000"),
        ("writes_per_minute = 600", "writes_per_minute = 1000000"),
    ])
}

/// A hold that was answered CONFIRMED, with the key of that answer.
type Booked = (Held, String);

/// Books until told to stop.
async fn guest(
    house: Arc<House>,
    slot: String,
    booked: Arc<Mutex<Vec<Booked>>>,
    stop: Arc<AtomicBool>,
) {
    while !stop.load(Ordering::Relaxed) {
        let held = house.hold_request(&slot, 2, &key()).send().await.unwrap();
        assert_eq!(held.status(), 201);
        let held: Reservation = held.json().await.unwrap();
        let held = Held {
            id: held.id,
            token: held.manage_token.unwrap(),
            version: held.version,
        };
        let used = key();
        let answer = house.confirm_request(&held, &used).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        booked.lock().unwrap().push((held, used));
    }
}

async fn until_there_are(booked: &Mutex<Vec<Booked>>, count: usize) {
    let wait = async {
        while booked.lock().unwrap().len() < count {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.unwrap();
}

/// A command about a house's data, as its operator gives it.
pub fn order(house: &House, what: What) -> Order {
    Order {
        data: house.data(),
        token_key: None,
        database_url: house.url.clone(),
        what,
        file: house.folder.path().join("backup"),
    }
}

/// Makes a backup by the means there are for that database.
async fn back_up(house: &House) {
    let order = order(house, What::Backup);
    let Some(url) = &house.url else {
        let said = backup::run(&order).await.unwrap();
        assert!(said.contains(" reservations are in "), "{said}");
        return;
    };
    let said = backup::run(&order).await.unwrap_err();
    assert!(said.contains("pg_dump --format=custom"), "{said}");
    assert!(!said.contains(url), "{said}");
    let mut dump = test_database::program("pg_dump");
    dump.arg("--format=custom").arg("--file").arg(&order.file);
    dump.arg("--dbname").arg(url);
    let done = tokio::task::spawn_blocking(move || dump.status().unwrap());
    assert!(done.await.unwrap().success());
}

/// A house that a backup of another one was restored into.
async fn restored(from: &House) -> House {
    let house = House::closed(roomy());
    let mut order = order(&house, What::Restore);
    order.file = from.folder.path().join("backup");
    let Some(url) = &house.url else {
        let said = backup::run(&order).await.unwrap();
        assert!(
            said.contains("a server that starts there serves them"),
            "{said}"
        );
        return house;
    };
    let said = backup::run(&order).await.unwrap_err();
    assert!(said.contains("pg_restore --exit-on-error"), "{said}");
    let mut restore = test_database::program("pg_restore");
    restore.args(["--exit-on-error", "--single-transaction", "--no-owner"]);
    restore.arg("--dbname").arg(url).arg(&order.file);
    assert!(restore.status().unwrap().success());
    std::fs::create_dir_all(house.data()).unwrap();
    let own = |house: &House| house.data().join("token.key");
    std::fs::copy(own(from), own(&house)).unwrap();
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_confirmed_before_a_backup_began_stands_opens_and_is_replayed_after_it() {
    let house = Arc::new(open_with(roomy()).await);
    let slot = house.slot(DAY, "19:00").await;
    let (booked, stop) = (Arc::default(), Arc::new(AtomicBool::new(false)));
    let guests: Vec<_> = (0..GUESTS)
        .map(|_| {
            let (house, slot) = (Arc::clone(&house), slot.clone());
            tokio::spawn(guest(house, slot, Arc::clone(&booked), Arc::clone(&stop)))
        })
        .collect();
    until_there_are(&booked, 3 * GUESTS).await;
    let before = booked.lock().unwrap().clone();
    back_up(&house).await;
    // Nobody stands still for it.
    let count = booked.lock().unwrap().len();
    until_there_are(&booked, count + GUESTS).await;
    stop.store(true, Ordering::Relaxed);
    for guest in guests {
        guest.await.unwrap();
    }
    let mut again = restored(&house).await;
    again.clock = Arc::clone(&house.clock);
    again.start(None).await;
    for (held, used) in &before {
        let found = again.read(held).await;
        assert_eq!(found.status, ReservationStatus::Confirmed);
        assert_eq!(found.guest.unwrap().given_name, "Lucía");
        let replay = again.confirm_request(held, used).send().await.unwrap();
        assert_eq!(replay.status(), 200);
        assert_eq!(replay.headers()["etag"], "\"2\"");
        let replay: Reservation = replay.json().await.unwrap();
        assert_eq!(
            (&replay.id, replay.updated_at),
            (&held.id, found.updated_at)
        );
    }
    for (held, _) in &before {
        let cancel = again.about(held, Method::POST, "/cancel").send().await;
        assert_eq!(cancel.unwrap().status(), 200);
        let status = again.read(held).await.status;
        assert_eq!(status, ReservationStatus::Cancelled);
    }
}
