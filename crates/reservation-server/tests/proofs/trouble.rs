//! Databases in trouble: a clear 503 with the time to wait, nothing that was answered is lost, and when the
//! trouble is over the same call with the same key goes through, without a restart.

use std::process::Command;
use std::time::{Duration, Instant};

use reqwest::{Client, Response};
use reservation_contract::problem::{Problem, ProblemType};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use test_database::Cluster;

use super::process::{Held, Home, Process, confirm, held, hold, key, read, seating};

/// What somebody has booked before the trouble begins.
pub async fn booked(client: &Client, server: &Process) -> Held {
    let slot = seating(1);
    let it = hold(client, &server.base, &slot, 2, &key())
        .send()
        .await
        .unwrap();
    let it = held(it).await;
    let confirmed = confirm(client, &server.base, &it, &key())
        .send()
        .await
        .unwrap();
    assert_eq!(confirmed.status(), 200);
    it
}

pub async fn is_unavailable(response: Response) {
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["retry-after"], "5");
    let problem: Problem = response.json().await.unwrap();
    assert_eq!(
        problem.problem_type(),
        Some(ProblemType::TemporarilyUnavailable)
    );
    assert_eq!((problem.detail, problem.errors), (None, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_and_nothing_is_lost() {
    let home = Home::new(None, &[("places = 60", "places = 5000")]);
    // Files may not grow past this: what a write to a full disk meets, for this process alone.
    let mut starved = Command::new("sh");
    starved
        .args(["-c", "trap '' XFSZ; ulimit -S -f 800; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_reservation-server"));
    let server = home.start_with(starved);
    let client = Client::new();
    let before = booked(&client, &server).await;
    let slot = seating(2);
    // A new connection finds a little room where the log was: the disk is full when it stays full.
    let (mut answered, mut refused) = (Vec::new(), Vec::new());
    while refused.len() < 20 {
        let used = key();
        let call = hold(&client, &server.base, &slot, 1, &used);
        let response = call.send().await.unwrap();
        if response.status() == 201 {
            answered.push(held(response).await);
            refused.clear();
            assert!(answered.len() < 2_000, "the disk is never full");
        } else {
            is_unavailable(response).await;
            refused.push(used);
        }
    }
    assert!(!answered.is_empty());
    for it in answered.iter().chain([&before]) {
        read(&client, &server.base, it).await;
    }

    let freed = Command::new("prlimit")
        .args(["--fsize=unlimited:unlimited", "--pid"])
        .arg(server.child.id().to_string())
        .status()
        .unwrap();
    assert!(freed.success());
    let call = hold(&client, &server.base, &slot, 1, &refused[0]);
    let again = call.send().await.unwrap();
    assert_eq!(again.status(), 201, "the same call with the same key");
    let again = held(again).await;
    server.kill();
    let server = home.start();
    for it in answered.iter().chain([&again]) {
        assert_eq!(read(&client, &server.base, it).await["status"], "ON_HOLD");
    }
    assert_eq!(
        read(&client, &server.base, &before).await["status"],
        "CONFIRMED"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_may_only_be_read_is_said() {
    let url = test_database::fresh();
    let name = url.rsplit('/').next().unwrap().to_owned();
    let home = Home::new(Some(url.clone()), &[]);
    let server = home.start();
    let client = Client::new();
    let before = booked(&client, &server).await;
    let mut operator = PgConnection::connect(&url.replace(&name, "postgres"))
        .await
        .unwrap();
    let mut set = async |value: &str| {
        // Sessions under way would go on as they began.
        let sql = format!(
            "ALTER DATABASE {name} SET default_transaction_read_only = {value}; \
             SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        );
        let ran: Result<_, sqlx::Error> = operator.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await;
        ran.unwrap();
    };
    set("on").await;
    let (slot, used) = (seating(2), key());
    is_unavailable(
        hold(&client, &server.base, &slot, 1, &used)
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(
        read(&client, &server.base, &before).await["status"],
        "CONFIRMED"
    );
    let health = || client.get(format!("{}/health", server.base)).send();
    is_unavailable(health().await.unwrap()).await;
    set("off").await;
    assert_eq!(health().await.unwrap().status(), 200);
    let again = hold(&client, &server.base, &slot, 1, &used)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_comes_back() {
    let mut cluster = tokio::task::spawn_blocking(Cluster::start).await.unwrap();
    let home = Home::new(Some(cluster.fresh()), &[]);
    let server = home.start();
    let client = Client::new();
    let before = booked(&client, &server).await;
    let slot = seating(2);
    let held_before = hold(&client, &server.base, &slot, 1, &key())
        .send()
        .await
        .unwrap();
    let held_before = held(held_before).await;
    cluster.kill();
    let (hold_key, confirm_key) = (key(), key());
    let started = Instant::now();
    let calls = [
        hold(&client, &server.base, &slot, 1, &hold_key),
        confirm(&client, &server.base, &held_before, &confirm_key),
        client.get(format!("{}/health", server.base)),
    ];
    for call in calls {
        is_unavailable(call.send().await.unwrap()).await;
    }
    assert!(started.elapsed() < Duration::from_secs(20), "said in time");
    let watched = async || {
        let started = Instant::now();
        let figures = client.get(home.figures()).send().await.unwrap();
        let figures = figures.text().await.unwrap();
        assert!(started.elapsed() < Duration::from_secs(8), "told in time");
        figures
    };
    let figures = watched().await;
    assert!(figures.contains("reservation_server_up{backend=\"postgresql\"} 0"));
    assert!(!figures.contains("reservation_server_outbox_messages{"));

    cluster.restart();
    assert_eq!(
        read(&client, &server.base, &before).await["status"],
        "CONFIRMED"
    );
    let again = confirm(&client, &server.base, &held_before, &confirm_key);
    assert_eq!(again.send().await.unwrap().status(), 200);
    let again = hold(&client, &server.base, &slot, 1, &hold_key);
    assert_eq!(again.send().await.unwrap().status(), 201);
    let up = "reservation_server_up{backend=\"postgresql\"} 1";
    while !watched().await.contains(up) {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    assert!(
        watched()
            .await
            .contains("reservation_server_outbox_messages{")
    );
}

/// Somebody else has the database in hand for longer than anybody waits: a copy being made, an operator who
/// went for a coffee. Whoever asked hears of it in time, and what is free can still be read.
async fn in_other_hands(home: Home, take: &'static str, other: &mut impl Operator) {
    let server = home.start();
    let client = Client::new();
    let before = booked(&client, &server).await;
    let (slot, used) = (seating(2), key());
    other.say(take).await;
    let started = Instant::now();
    let calls = [&used, &key(), &key()].map(|used| {
        let call = hold(&client, &server.base, &slot, 1, used);
        tokio::spawn(call.send())
    });
    for call in calls {
        is_unavailable(call.await.unwrap().unwrap()).await;
    }
    assert!(started.elapsed() < Duration::from_secs(25), "said in time");
    let found = read(&client, &server.base, &before).await;
    assert_eq!(found["status"], "CONFIRMED");
    other.say("ROLLBACK").await;
    let again = hold(&client, &server.base, &slot, 1, &used);
    assert_eq!(again.send().await.unwrap().status(), 201);
    let health = client.get(format!("{}/health", server.base));
    assert_eq!(health.send().await.unwrap().status(), 200);
}

/// Somebody else at the database.
trait Operator {
    async fn say(&mut self, sql: &'static str);
}

impl Operator for SqliteConnection {
    async fn say(&mut self, sql: &'static str) {
        self.execute(sql).await.unwrap();
    }
}

impl Operator for PgConnection {
    async fn say(&mut self, sql: &'static str) {
        self.execute(sqlx::raw_sql(sql)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_other_hands_is_said() {
    let home = Home::new(None, &[]);
    drop(home.start());
    let file = home.data().join("reservations.sqlite");
    let mut other = SqliteConnection::connect(file.to_str().unwrap())
        .await
        .unwrap();
    in_other_hands(home, "BEGIN IMMEDIATE", &mut other).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgresql_in_other_hands_is_said() {
    let url = test_database::fresh();
    let home = Home::new(Some(url.clone()), &[]);
    drop(home.start());
    let mut other = PgConnection::connect(&url).await.unwrap();
    let take = "BEGIN; LOCK TABLE seating_locks IN EXCLUSIVE MODE";
    in_other_hands(home, take, &mut other).await;
}

/// What PostgreSQL says when its disk is full; its own disk is everybody's.
#[tokio::test(flavor = "multi_thread")]
async fn a_postgresql_without_room_is_said() {
    let url = test_database::fresh();
    let home = Home::new(Some(url.clone()), &[]);
    let server = home.start();
    let client = Client::new();
    let before = booked(&client, &server).await;
    let mut operator = PgConnection::connect(&url).await.unwrap();
    operator
        .say(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$; \
             CREATE TRIGGER full_disk BEFORE INSERT ON reservation_versions EXECUTE FUNCTION full_disk()",
        )
        .await;
    let (slot, used) = (seating(2), key());
    for used in [&used, &key()] {
        let call = hold(&client, &server.base, &slot, 1, used);
        is_unavailable(call.send().await.unwrap()).await;
    }
    let found = read(&client, &server.base, &before).await;
    assert_eq!(found["status"], "CONFIRMED");
    operator
        .say("DROP TRIGGER full_disk ON reservation_versions")
        .await;
    let again = hold(&client, &server.base, &slot, 1, &used);
    assert_eq!(again.send().await.unwrap().status(), 201);
}
