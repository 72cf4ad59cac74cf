//! The database below a server, as its operator would look at it.

use std::path::Path;

use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};

/// A connection beside the server's own.
pub enum Database {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Database {
    /// Connects to a file, or to an address where there is one.
    pub async fn open(file: &Path, url: Option<&str>) -> Self {
        match url {
            Some(url) => Self::Postgres(PgConnection::connect(url).await.unwrap()),
            None => Self::Sqlite(
                SqliteConnection::connect(file.to_str().unwrap())
                    .await
                    .unwrap(),
            ),
        }
    }

    pub async fn run(&mut self, sql: &'static str) {
        match self {
            Self::Sqlite(connection) => connection.execute(sql).await.map(drop).unwrap(),
            Self::Postgres(connection) => connection.execute(sql).await.map(drop).unwrap(),
        }
    }

    /// The first column of every row: texts.
    pub async fn texts(&mut self, sql: &str) -> Vec<String> {
        let query = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
        match self {
            Self::Sqlite(connection) => query.fetch_all(connection).await.unwrap(),
            Self::Postgres(connection) => sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
                .fetch_all(connection)
                .await
                .unwrap(),
        }
    }

    /// A whole number.
    pub async fn number(&mut self, sql: &str) -> i64 {
        let all = self.texts(&format!("SELECT CAST(({sql}) AS TEXT)")).await;
        all[0].parse().unwrap()
    }

    /// Keeps every server from taking places, until [`put_down`](Self::put_down).
    pub async fn take_the_pen(&mut self) {
        match self {
            Self::Sqlite(_) => self.run("BEGIN IMMEDIATE").await,
            Self::Postgres(_) => {
                self.run("BEGIN; LOCK TABLE seating_locks IN EXCLUSIVE MODE")
                    .await;
            }
        }
    }

    pub async fn put_down(&mut self) {
        self.run("ROLLBACK").await;
    }
}
