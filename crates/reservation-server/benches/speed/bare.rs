//! What the database itself can do: one row, one commit, one after the other, with the server's own
//! settings of durability.

use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Database, Executor, IntoArguments};
use tokio::runtime::Runtime;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS bare (row TEXT NOT NULL)";
const ROW: &str = "INSERT INTO bare (row) VALUES ('about as long as a reservation without its guest: \
    0123456789abcdef0123456789abcdef KTMWRB CONFIRMED dinner/2026-12-05/19:00 2026-12-05')";

/// How long each of the commits took that there was time for.
pub fn commits(
    file: &Path,
    url: Option<&str>,
    time: Duration,
) -> Result<Vec<Duration>, sqlx::Error> {
    let runtime = Runtime::new().map_err(sqlx::Error::Io)?;
    runtime.block_on(async {
        if let Some(url) = url {
            return in_turn(PgConnectOptions::from_str(url)?.connect().await?, time).await;
        }
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON");
        in_turn(options.connect().await?, time).await
    })
}

/// The tests' PostgreSQL syncs nothing to disk; this one does, as it would anywhere else.
pub fn durable(url: String) -> Result<String, sqlx::Error> {
    let runtime = Runtime::new().map_err(sqlx::Error::Io)?;
    runtime.block_on(async {
        let mut connection = PgConnectOptions::from_str(&url)?.connect().await?;
        for wish in [
            "ALTER SYSTEM SET fsync = on",
            "ALTER SYSTEM SET full_page_writes = on",
            "SELECT pg_reload_conf()",
        ] {
            connection.execute(wish).await?;
        }
        Ok(url)
    })
}

async fn in_turn<C>(mut connection: C, time: Duration) -> Result<Vec<Duration>, sqlx::Error>
where
    C: Connection,
    for<'c> &'c mut C: Executor<'c, Database = C::Database>,
    <C::Database as Database>::Arguments: IntoArguments<C::Database>,
{
    connection.execute(TABLE).await?;
    let start = Instant::now();
    let mut times = Vec::new();
    while start.elapsed() < time {
        let began = Instant::now();
        sqlx::query(ROW).execute(&mut connection).await?;
        times.push(began.elapsed());
    }
    Ok(times)
}
