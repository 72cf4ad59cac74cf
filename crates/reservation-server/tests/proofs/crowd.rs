//! Sixty-four clients over real HTTP: while they book, change and cancel, nobody who looks ever sees a
//! seating oversold, and afterwards every answered booking is there.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::Client;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection, SqliteConnection};

use super::dice::Dice;
use super::process::{Held, Home, about, confirm, held, hold, key, read, seating};

const CLIENTS: u64 = 64;
const ROUNDS: u32 = 6;
const SEATINGS: i64 = 3;
const PLACES: i64 = 20;

/// Looks at the database of the servers.
enum Watcher {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

const TAKEN: &str = "SELECT CAST(COALESCE(MAX(taken), 0) AS BIGINT) FROM (SELECT SUM(party_size) AS taken FROM reservations \
    WHERE status IN ('ON_HOLD', 'CONFIRMED') GROUP BY slot_key) AS seatings";

impl Watcher {
    async fn open(home: &Home) -> Self {
        if let Some(url) = &home.url {
            return Self::Postgres(PgConnection::connect(url).await.unwrap());
        }
        let file = home.data().join("reservations.sqlite");
        Self::Sqlite(
            SqliteConnection::connect(file.to_str().unwrap())
                .await
                .unwrap(),
        )
    }

    /// People in the fullest seating.
    async fn fullest(&mut self) -> i64 {
        match self {
            Self::Sqlite(connection) => sqlx::query_scalar(TAKEN).fetch_one(connection).await,
            Self::Postgres(connection) => sqlx::query_scalar(TAKEN).fetch_one(connection).await,
        }
        .unwrap()
    }
}

/// One client's evening; answers the bookings it has in the end.
async fn client(bases: Vec<String>, seed: u64) -> Vec<Held> {
    let client = Client::new();
    let mut dice = Dice::new(seed);
    let mut booked = Vec::new();
    for _ in 0..ROUNDS {
        let base = dice.one_of(&bases).unwrap().clone();
        let slot = seating(i64::from(dice.below(3)));
        let party = dice.between(1, 4);
        let response = hold(&client, &base, &slot, party, &key())
            .send()
            .await
            .unwrap();
        if response.status() != 201 {
            assert_eq!(response.status(), 409);
            continue;
        }
        let it = held(response).await;
        let base = dice.one_of(&bases).unwrap().clone();
        let response = confirm(&client, &base, &it, &key()).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let moved = client
            .patch(format!("{base}/reservations/{}", it.id))
            .bearer_auth(&it.token)
            .header("idempotency-key", key())
            .header("if-match", "\"2\"")
            .json(&json!({ "slotId": seating(i64::from(dice.below(3))), "partySize": dice.between(1, 4) }))
            .send()
            .await
            .unwrap();
        assert!([200, 409].contains(&moved.status().as_u16()));
        if dice.below(3) == 0 {
            booked.push(it);
        } else {
            let response = about(&client, &base, &it, "/cancel").send().await.unwrap();
            assert_eq!(response.status(), 200);
        }
    }
    booked
}

async fn evening(url: Option<String>) {
    let places = format!("places = {PLACES}");
    let changes = [
        ("places = 60", places.as_str()),
        ("limited_from = 12", "limited_from = 0"),
    ];
    let home = Home::new(url, &changes);
    let servers: Vec<_> = (0..if home.url.is_some() { 2 } else { 1 })
        .map(|_| home.start())
        .collect();
    let bases: Vec<String> = servers.iter().map(|server| server.base.clone()).collect();
    let over = Arc::new(AtomicBool::new(false));
    let mut watcher = Watcher::open(&home).await;
    let ended = Arc::clone(&over);
    let watching = tokio::spawn(async move {
        let (mut looks, mut most) = (0_u32, 0);
        while !ended.load(Ordering::Relaxed) {
            most = watcher.fullest().await.max(most);
            looks += 1;
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        (looks, most)
    });
    let clients: Vec<_> = (0..CLIENTS)
        .map(|seed| tokio::spawn(client(bases.clone(), seed)))
        .collect();
    let mut booked = Vec::new();
    for client in clients {
        booked.extend(client.await.unwrap());
    }
    over.store(true, Ordering::Relaxed);
    let (looks, most) = watching.await.unwrap();
    assert!(most <= PLACES, "{most} people where {PLACES} fit");
    // It was full, or nobody was ever in anybody's way.
    assert!(
        most >= PLACES - 3 && looks > 20,
        "{most} seen in {looks} looks"
    );
    let reader = Client::new();
    let mut people = 0;
    for it in &booked {
        let found: Value = read(&reader, &bases[0], it).await;
        assert_eq!(found["status"], "CONFIRMED");
        people += found["partySize"].as_i64().unwrap();
    }
    assert!(people <= PLACES * SEATINGS && !booked.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_at_one_server_on_sqlite() {
    evening(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_at_two_servers_on_postgresql() {
    evening(Some(test_database::fresh())).await;
}
