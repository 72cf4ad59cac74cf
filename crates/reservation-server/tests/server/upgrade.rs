//! Databases as every earlier version left them: made by that version's own migrations, with all that it would
//! have known of a full house. This server starts on each, and nothing of it is lost or said otherwise.

use std::fs;
use std::path::Path;

use jiff::SignedDuration;
use reqwest::Method;
use reservation_contract::reservation::Reservation;
use reservation_contract::words::{CancelledBy, ReservationStatus};
use serde_json::Value;

use crate::database::Database;
use crate::harness::{Held, House, key, open_with};
use crate::mail::{DAY, confirm, with_mail};
use crate::operator::say;
use crate::sink::Sink;

/// Where guests of every status come from.
const STATUSES: [&str; 8] = [
    "ON_HOLD",
    "PENDING",
    "CONFIRMED",
    "EXPIRED",
    "REJECTED",
    "CANCELLED",
    "REDEEMED",
    "NO_SHOW",
];

/// The migrations of this version, in order.
fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let all = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = all.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect()
}

/// A house full of history, what opens each of its reservations, and the key of the last confirm.
struct Full {
    house: House,
    guests: Vec<Held>,
    confirmed_by: String,
}

async fn full() -> Full {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    let mut guests = Vec::new();
    for outcome in ["redeem", "no-show", "cancel", "accept", "reject", "wait"] {
        let (day, time, party) = match outcome {
            "accept" | "reject" | "wait" => (DAY, "12:00", 1),
            // Over by the time that matters.
            "redeem" | "no-show" => ("2026-11-24", "19:00", 2),
            _ => (DAY, "21:00", 2),
        };
        let held = house.held_at(day, time, party).await;
        let booked = confirm(&house, &held, "es").await;
        if matches!(outcome, "cancel" | "accept" | "reject") {
            say(&house, &format!("{outcome} {}", booked.id)).await;
        }
        guests.push(booked);
    }
    house.clock.advance(SignedDuration::from_hours(4 * 24 + 10));
    say(&house, &format!("redeem {}", guests[0].id)).await;
    say(&house, &format!("no-show {}", guests[1].id)).await;
    let by_guest = house.confirmed().await;
    let cancel = house.about(&by_guest, Method::POST, "/cancel");
    assert_eq!(cancel.send().await.unwrap().status(), 200);
    let given_back = house.held().await;
    let cancel = house.about(&given_back, Method::POST, "/cancel");
    assert_eq!(cancel.send().await.unwrap().status(), 200);
    let (last, confirmed_by) = (house.held().await, key());
    let answer = house.confirm_request(&last, &confirmed_by).send().await;
    assert_eq!(answer.unwrap().status(), 200);
    guests.extend([by_guest, given_back, house.held().await, last]);
    Full {
        house,
        guests,
        confirmed_by,
    }
}

/// What everybody is told of every reservation, without the time of day.
async fn told(full: &Full) -> Vec<Reservation> {
    let mut all = Vec::new();
    for held in &full.guests {
        let mut told = full.house.read(held).await;
        told.server_time = String::new();
        all.push(told);
    }
    all
}

async fn free(house: &House) -> Value {
    let path = "/venues/interno/availability/calendar?from=2026-11-25&to=2026-12-31&partySize=2";
    let mut told = house.json(path).await;
    told.as_object_mut().unwrap().remove("serverTime");
    told
}

/// Turns the database of a house that is stopped into one of an earlier version: its tables made by the first
/// so many migrations, its rows with the columns that those know.
async fn turn_back(house: &House, schema: usize) {
    if let Some(url) = &house.url {
        let mut database = Database::open(Path::new(""), Some(url)).await;
        database
            .run("CREATE SCHEMA old; SET search_path = old")
            .await;
        make(&mut database, schema).await;
        let columns = "SELECT table_name || ' ' || string_agg(column_name, ', ') FROM information_schema.columns \
            WHERE table_schema = 'old' GROUP BY table_name";
        let tables = database.texts(columns).await;
        for (table, columns) in in_order(&tables) {
            let copy =
                format!("INSERT INTO old.{table} ({columns}) SELECT {columns} FROM public.{table}");
            database.run(copy.leak()).await;
        }
        database
            .run("DROP SCHEMA public CASCADE; ALTER SCHEMA old RENAME TO public")
            .await;
        return;
    }
    let newer = house.folder.path().join("newer.sqlite");
    fs::rename(house.database(), &newer).unwrap();
    fs::File::create(house.database()).unwrap();
    let mut database = house.database_beside().await;
    make(&mut database, schema).await;
    let attach = format!("ATTACH '{}' AS newer", newer.display());
    database.run(attach.leak()).await;
    let columns = "SELECT m.name || ' ' || group_concat(c.name, ', ') FROM main.sqlite_schema m, \
        pragma_table_info(m.name, 'main') c WHERE m.type = 'table' GROUP BY m.name";
    let tables = database.texts(columns).await;
    for (table, columns) in in_order(&tables) {
        let copy =
            format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}");
        database.run(copy.leak()).await;
    }
    database.run("DETACH newer").await;
    drop(database);
    fs::remove_file(newer).unwrap();
}

async fn make(database: &mut Database, schema: usize) {
    database
        .run("CREATE TABLE schema_version (version BIGINT NOT NULL)")
        .await;
    for (version, sql) in (1..=schema).zip(migrations()) {
        database.run(sql.leak()).await;
        let note = format!("INSERT INTO schema_version (version) VALUES ({version})");
        database.run(note.leak()).await;
    }
}

/// Tables with their columns; what others refer to comes first, and the version is the old one's own.
fn in_order(tables: &[String]) -> Vec<(&str, &str)> {
    let mut all: Vec<_> = tables
        .iter()
        .map(|it| it.split_once(' ').unwrap())
        .collect();
    all.retain(|(table, _)| *table != "schema_version");
    all.sort_by_key(|(table, _)| *table != "reservations");
    all
}

async fn upgraded_from(schema: usize) {
    let mut full = full().await;
    let mut before = told(&full).await;
    let free_before = free(&full.house).await;
    for status in STATUSES {
        let has = |told: &Reservation| told.status == ReservationStatus::from(status);
        assert!(before.iter().any(has), "somebody is {status}");
    }
    full.house.stop().await;
    turn_back(&full.house, schema).await;
    full.house.start(None).await;
    if schema < 6 {
        // Before that nobody wrote down who cancelled.
        let all = before.iter_mut();
        for cancelled in all.filter_map(|told| told.cancellation.as_mut()) {
            cancelled.cancelled_by = CancelledBy::Guest;
        }
    }
    assert_eq!(told(&full).await, before, "from schema {schema}");
    assert_eq!(free(&full.house).await, free_before, "from schema {schema}");
    let (house, last) = (&full.house, full.guests.last().unwrap());
    let replay = house.confirm_request(last, &full.confirmed_by).send().await;
    let replay = replay.unwrap();
    assert_eq!(
        (replay.status().as_u16(), &replay.headers()["etag"]),
        (200, &"\"2\"".parse().unwrap())
    );
    let cancel = house.about(last, Method::POST, "/cancel").send().await;
    assert_eq!(cancel.unwrap().status(), 200);
    house.confirmed().await;
    // And once more, as it is now.
    full.house.restart().await;
    let now = full.house.read(full.guests.last().unwrap()).await.status;
    assert_eq!(now, ReservationStatus::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_earlier_database_is_brought_up_to_date_with_all_that_is_in_it() {
    let newest = migrations().len();
    assert!(newest >= 6);
    for schema in 1..=newest {
        upgraded_from(schema).await;
    }
}
