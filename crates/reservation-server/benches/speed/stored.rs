//! A database with years of reservations in it, confirmed, cancelled and run out, as a house has them.

use std::io;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::date;
use jiff::tz::TimeZone;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Executor};
use tokio::runtime::Runtime;

use crate::Outcome;
use crate::home::Home;

/// Days the reservations are spread over: the weeks that can be booked, and ten times as long before.
const DAYS: u32 = 1_000;
const AHEAD: i32 = 88;

/// A server's folder, filled.
pub fn home(folder: &Path, reservations: u32) -> Outcome<Home> {
    let home = Home::new(folder.join(format!("stored-{reservations}")), None)?;
    // Its first start makes the tables.
    drop(home.start()?);
    let runtime = Runtime::new()?;
    runtime.block_on(fill(&home.database(), reservations))?;
    Ok(home)
}

/// The same rows in the words of PostgreSQL, dated by its own clock.
pub fn on_postgres(reservations: u32) -> String {
    format!(
        "WITH spread AS (SELECT n, CURRENT_DATE + {AHEAD} - {DAYS} + n % {DAYS} AS day, n / {DAYS} % 2 AS late \
           FROM generate_series(0, {reservations} - 1) AS n), \
         timed AS (SELECT *, CAST(EXTRACT(EPOCH FROM day) AS BIGINT) * 1000 AS at FROM spread) \
         INSERT INTO reservations (id, reference, venue_id, version, status, slot_key, slot_date, service_id, \
           starts_at, ends_at, cancellable_until, party_size, locale, created_at, updated_at, expires_at, extensions) \
         SELECT md5(CAST(n AS TEXT)), lpad(CAST(n AS TEXT), 6, '0'), 'interno', 2, \
           CASE n / {DAYS} % 4 WHEN 0 THEN 'CANCELLED' WHEN 1 THEN 'ON_HOLD' ELSE 'CONFIRMED' END, \
           'dinner/' || day || CASE late WHEN 0 THEN '/19:00' ELSE '/21:00' END, CAST(day AS TEXT), 'dinner', \
           at + 86400000, at + 93000000, at, 2, 'es', at - 999999, at - 999999, 1000, 0 FROM timed"
    )
}

async fn fill(file: &Path, reservations: u32) -> Outcome {
    let mut connection = SqliteConnectOptions::new().filename(file).connect().await?;
    let last = jiff::Timestamp::now()
        .to_zoned_datetime(TimeZone::UTC)
        .date()
        .saturating_add(AHEAD.days());
    let first = last.saturating_sub(i64::from(DAYS).days());
    let offset = first.since(date(1970, 1, 1))?.get_days();
    if offset < 0 {
        return Err(io::Error::other("the clock is wrong").into());
    }
    let rows = format!(
        "WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {reservations}), \
         spread AS (SELECT n, date((n % {DAYS} + {offset}) * 86400, 'unixepoch') AS day, \
           (n % {DAYS} + {offset}) * 86400000 AS at, n / {DAYS} % 2 AS late FROM numbers) \
         INSERT INTO reservations (id, reference, venue_id, version, status, slot_key, slot_date, service_id, \
           starts_at, ends_at, cancellable_until, party_size, locale, created_at, updated_at, expires_at, extensions) \
         SELECT printf('%032x', n), printf('%06d', n), 'interno', 2, \
           CASE n / {DAYS} % 4 WHEN 0 THEN 'CANCELLED' WHEN 1 THEN 'ON_HOLD' ELSE 'CONFIRMED' END, \
           'dinner/' || day || CASE late WHEN 0 THEN '/19:00' ELSE '/21:00' END, day, 'dinner', \
           at + 86400000, at + 93000000, at, 2, 'es', at - 999999, at - 999999, 1000, 0 FROM spread"
    );
    connection.execute(sqlx::AssertSqlSafe(rows)).await?;
    Ok(())
}
