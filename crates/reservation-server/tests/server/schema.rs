//! Databases of older and of newer servers.

use std::sync::Arc;

use reservation_contract::words::ReservationStatus;
use reservation_server::clock::ManualClock;
use reservation_server::secret::{Subject, TokenKey};
use reservation_server::store::Store;

use crate::harness::{Held, House, default_settings, key, open};

const FIRST: &str = include_str!("../../migrations/0001_reservations.sql");
const BOOKED: &str = "
CREATE TABLE schema_version (version BIGINT NOT NULL);
INSERT INTO schema_version (version) VALUES (1);
INSERT INTO reservations VALUES ('0a', 'KTMWRB', 'interno', 1, 'ON_HOLD', 'dinner/2026-12-05/19:00', '2026-12-05', 'dinner',
    1796515200000, 1796521800000, 1796428800000, 2, 'es', 1795186800000, 1795186800000, 1795187400000, 0, NULL);
INSERT INTO reservation_versions VALUES ('0a', 1, 'ON_HOLD', 'dinner/2026-12-05/19:00', '2026-12-05', 'dinner',
    1796515200000, 1796521800000, 1796428800000, 2, 1795186800000, 1795187400000, 0, NULL);
";

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_the_first_server_is_brought_up_to_date() {
    let mut house = House::closed(default_settings());
    std::fs::create_dir_all(house.data()).unwrap();
    std::fs::File::create(house.database()).unwrap();
    let mut database = house.database_beside().await;
    database.run(FIRST).await;
    database.run(BOOKED).await;
    house.start(None).await;
    let key_file = TokenKey::from_folder(&house.data()).unwrap();
    let held = Held {
        id: "0a".to_owned(),
        token: key_file.token(Subject::Reservation, "0a"),
        version: 1,
    };
    assert_eq!(house.read(&held).await.status, ReservationStatus::OnHold);
    let confirmed = house.confirm_request(&held, &key()).send().await.unwrap();
    assert_eq!(confirmed.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_server_is_left_alone() {
    let mut house = open().await;
    let held: Held = house.held().await;
    house.stop().await;
    let mut database = house.database_beside().await;
    database
        .run("INSERT INTO schema_version (version) VALUES (99)")
        .await;
    let clock: Arc<ManualClock> = Arc::clone(&house.clock);
    let opened = match &house.url {
        Some(url) => Store::connect(url, clock).await,
        None => Store::open(&house.database(), clock).await,
    };
    let message = opened.err().unwrap().to_string();
    assert!(
        message.contains("schema 99") && message.contains("newer server"),
        "{message}"
    );
    database
        .run("DELETE FROM schema_version WHERE version = 99")
        .await;
    house.start(None).await;
    assert_eq!(house.read(&held).await.version, 1);
}
