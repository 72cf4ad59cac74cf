//! How long a backup takes, and the way back, where a house has years of guests: by this program's own commands
//! for a file, by PostgreSQL's tools for a PostgreSQL.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use tokio::runtime::Runtime;

use crate::home::Home;
use crate::{Outcome, megabytes, milliseconds, row, stored};

/// Reservations of the house.
const MANY: u32 = 100_000;

/// What a guest tells, as long as it usually is.
const DETAILS: &str = r#"{"guest":{"givenName":"Lucía","familyName":"Pérez Ríos","email":"lucia.perez@mail.example","phone":"+57 300 555 0101","locale":"es"},"guests":[],"dishes":[{"guest":0,"setId":"menu","items":[{"dishId":"ceviche","name":"Ceviche de corvina"}]}],"dietary":[{"guest":1,"codes":["gluten"],"note":"celíaca"}],"note":"Es nuestro aniversario.","consents":{"privacy":true,"health":true,"houseRules":[]}}"#;

/// Both versions of each, a guest for each that stands, and a key for each.
fn beside_them() -> String {
    let columns = "status, slot_key, slot_date, service_id, starts_at, ends_at, cancellable_until, party_size, \
        updated_at, expires_at, extensions";
    let versions = [1, 2].map(|version| {
        format!(
            "INSERT INTO reservation_versions (reservation_id, version, {columns}) SELECT id, {version}, {columns} \
             FROM reservations; "
        )
    });
    let guests = format!(
        "INSERT INTO guest_details SELECT id, '{DETAILS}' FROM reservations WHERE status = 'CONFIRMED'; \
         INSERT INTO idempotency_keys (key_hash, route, body_hash, kept_until, reservation_id, version) \
         SELECT id || id, 'confirm ' || id, id || id, 9000000000000, id, 2 FROM reservations"
    );
    versions.concat() + &guests
}

/// A file, by `backup` and `restore`.
pub fn of_sqlite(folder: &Path) -> Outcome<String> {
    let home = stored::home(folder, MANY)?;
    let fill = async {
        let mut database = SqliteConnectOptions::new()
            .filename(home.database())
            .connect()
            .await?;
        database.execute(AssertSqlSafe(beside_them())).await?;
        database.close().await?;
        Outcome::Ok(())
    };
    Runtime::new()?.block_on(fill)?;
    let _serving = home.start()?;
    let (copy, again) = (folder.join("copy"), folder.join("again"));
    for left in [
        copy.clone(),
        folder.join("copy.key"),
        folder.join("copy.sha256"),
    ] {
        let _none_was_left = fs::remove_file(left);
    }
    let command = |what: &str, data: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reservation-server"));
        command.arg(what).arg(&copy).arg("--data").arg(data);
        command
            .env_remove("RESERVATION_TOKEN_KEY")
            .env_remove("DATABASE_URL");
        command
    };
    let data = home.database();
    let made = timed(command("backup", data.parent().unwrap_or(folder)))?;
    let _none_was_left = fs::remove_dir_all(&again);
    let restored = timed(command("restore", &again))?;
    rows(made, restored, &copy)
}

/// A PostgreSQL, by `pg_dump` and `pg_restore`.
pub fn of_postgres(folder: &Path) -> Outcome<String> {
    let (url, again) = (test_database::fresh(), test_database::fresh());
    // Its first start makes the tables.
    drop(Home::new(folder.join("tables"), Some(url.clone()))?.start()?);
    let fill = async {
        let mut database = PgConnection::connect(&url).await?;
        database
            .execute(AssertSqlSafe(stored::on_postgres(MANY)))
            .await?;
        database
            .execute(sqlx::raw_sql(AssertSqlSafe(beside_them())))
            .await?;
        database.close().await?;
        Outcome::Ok(())
    };
    Runtime::new()?.block_on(fill)?;
    let copy = folder.join("dump");
    let mut dump = test_database::program("pg_dump");
    dump.arg("--format=custom").arg("--file").arg(&copy);
    let made = timed_with(dump.arg("--dbname").arg(&url))?;
    let mut restore = test_database::program("pg_restore");
    restore.args(["--exit-on-error", "--single-transaction", "--no-owner"]);
    let restored = timed_with(restore.arg("--dbname").arg(&again).arg(&copy))?;
    rows(made, restored, &copy)
}

fn rows(made: Duration, restored: Duration, copy: &Path) -> Outcome<String> {
    let mut rows = String::new();
    let what = "a backup of 100 000 reservations";
    row(&mut rows, what, &milliseconds(made), "")?;
    row(&mut rows, "restored", &milliseconds(restored), "")?;
    let size = megabytes(fs::metadata(copy)?.len());
    row(&mut rows, "its size", &format!("{size:.0} MB"), "")?;
    Ok(rows)
}

fn timed(mut command: Command) -> io::Result<Duration> {
    timed_with(&mut command)
}

fn timed_with(command: &mut Command) -> io::Result<Duration> {
    let started = Instant::now();
    let output = command.output()?;
    let took = started.elapsed();
    if output.status.success() {
        return Ok(took);
    }
    Err(io::Error::other(
        String::from_utf8_lossy(&output.stderr).into_owned(),
    ))
}
