//! Backups that are no good, and places where none may go: one sentence, and nothing is left behind.

use std::fs;
use std::path::{Path, PathBuf};

use reservation_server::backup::{self, Order, What};
use reservation_server::secret::fingerprint;

use crate::backup::order;
use crate::harness::{Held, House, default_settings, open};

/// A house with a booking, and a backup of it.
async fn backed_up() -> (House, Held, PathBuf) {
    let house = open().await;
    let held = house.confirmed().await;
    let order = order(&house, What::Backup);
    backup::run(&order).await.unwrap();
    (house, held, order.file)
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// A folder without a database, and what a restore into it says.
async fn refused(file: &Path, why: &str) {
    let house = House::closed(default_settings());
    let order = Order {
        file: file.to_owned(),
        ..order(&house, What::Restore)
    };
    let said = backup::run(&order).await.unwrap_err();
    assert!(said.contains(why) && !said.contains('\n'), "{said}");
    let left: Vec<_> = fs::read_dir(house.data())
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(left, ["server.lock"], "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_refused_and_nothing_is_left_of_it() {
    let (_house, _, file) = backed_up().await;
    let good = fs::read(&file).unwrap();
    let sum_file = beside(&file, ".sha256");
    let sum = fs::read_to_string(&sum_file).unwrap();
    assert_eq!(sum, format!("{}  backup\n", fingerprint(&good)));
    for length in [0, 1, 4_096, good.len() / 2, good.len() - 1] {
        fs::write(&file, &good[..length]).unwrap();
        refused(&file, "is damaged (its checksum is another)").await;
    }
    for part in 0..8 {
        let mut bytes = good.clone();
        bytes[part * good.len() / 8 + 17] ^= 1;
        fs::write(&file, &bytes).unwrap();
        refused(&file, "is damaged (its checksum is another)").await;
    }
    // Somebody has made the checksum fit what is no database, or half of one.
    for bytes in [&b"none"[..], &good[..good.len() / 2]] {
        fs::write(&file, bytes).unwrap();
        fs::write(&sum_file, fingerprint(bytes)).unwrap();
        refused(&file, "is damaged (").await;
    }
    fs::write(&file, &good).unwrap();
    fs::remove_file(&sum_file).unwrap();
    refused(
        &file,
        "backup.sha256, which says whether the backup is whole",
    )
    .await;
    fs::remove_file(&file).unwrap();
    refused(&file, "backup is not there").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_without_its_key_is_refused() {
    let (_house, _, file) = backed_up().await;
    let key_file = beside(&file, ".key");
    let key = fs::read_to_string(&key_file).unwrap();
    fs::write(&key_file, "ab".repeat(32)).unwrap();
    refused(&file, "were made with another token key").await;
    fs::write(&key_file, "short").unwrap();
    refused(&file, "backup.key is damaged").await;
    fs::remove_file(&key_file).unwrap();
    refused(&file, "backup.key is not there").await;
    let house = House::closed(default_settings());
    let order = Order {
        token_key: Some(key),
        file,
        ..order(&house, What::Restore)
    };
    backup::run(&order).await.unwrap();
    let left = house.data().join("token.key");
    assert!(!left.exists(), "who keeps the key keeps it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_server_wrote_is_refused() {
    let (house, _, file) = backed_up().await;
    let mut database = house.database_beside().await;
    database
        .run("INSERT INTO schema_version (version) VALUES (99)")
        .await;
    let newer = Order {
        file: beside(&file, "-newer"),
        ..order(&house, What::Backup)
    };
    let said = backup::run(&newer).await.unwrap_err();
    assert!(said.contains("schema 99"), "{said}");
    assert!(!newer.file.exists());
    let mut copy = crate::database::Database::open(&file, None).await;
    copy.run("INSERT INTO schema_version (version) VALUES (99)")
        .await;
    drop(copy);
    let bytes = fs::read(&file).unwrap();
    fs::write(beside(&file, ".sha256"), fingerprint(&bytes)).unwrap();
    refused(&file, "schema 99").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_takes_the_place_of_nothing_and_is_its_owner_s() {
    let (mut house, held, file) = backed_up().await;
    #[cfg(unix)]
    for end in ["", ".key", ".sha256"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(beside(&file, end))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{end}");
    }
    assert!(!beside(&file, ".part").exists());
    let said = backup::run(&order(&house, What::Backup)).await.unwrap_err();
    assert!(said.contains("is there already: a backup never"), "{said}");
    let restore = order(&house, What::Restore);
    let said = backup::run(&restore).await.unwrap_err();
    assert!(said.contains("another server is serving from"), "{said}");
    house.stop().await;
    let said = backup::run(&restore).await.unwrap_err();
    assert!(
        said.contains("reservations.sqlite is there already"),
        "{said}"
    );
    house.start(None).await;
    assert_eq!(house.read(&held).await.version, held.version);
    let nobody = House::closed(default_settings());
    let said = backup::run(&order(&nobody, What::Backup))
        .await
        .unwrap_err();
    assert!(
        said.contains("no server has served from this folder"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_knows_no_guest_who_was_erased_before() {
    let house = open().await;
    let held = house.confirmed().await;
    let erase = house.about(&held, reqwest::Method::POST, "/erase");
    assert_eq!(erase.send().await.unwrap().status(), 200);
    let order = order(&house, What::Backup);
    backup::run(&order).await.unwrap();
    let bytes = fs::read(&order.file).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(
        text.contains(&held.id) && !text.contains("Luc\u{ed}a"),
        "it is there, without its guest"
    );
}
