//! One conversation with a database, in SQL that SQLite and PostgreSQL both understand: placeholders
//! `$1`, texts, whole numbers, and NULL.

use std::collections::BTreeSet;

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Postgres, Row as _, Sqlite, Transaction};

use super::StoreError;
use super::pen::Turn;

/// A connection, or a transaction: what is not committed when it is dropped has not happened.
pub(super) enum Session {
    Sqlite(PoolConnection<Sqlite>),
    SqliteWork(Turn),
    SqliteView(Transaction<'static, Sqlite>),
    Postgres(PoolConnection<Postgres>),
    PostgresWork(Transaction<'static, Postgres>),
}

/// What a placeholder stands for.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(Option<String>),
    Number(Option<i64>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(Some(text.clone()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(Some(number.into()))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

/// `values![a, b]`: what the placeholders of a statement stand for, in order.
macro_rules! values {
    ($($value:expr),* $(,)?) => { [$($crate::store::session::Value::from($value)),*] };
}
pub(super) use values;

/// A statement with its values, for whichever database the connection is of.
macro_rules! bound {
    ($sql:expr, $values:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text.clone()),
                Value::Number(number) => query.bind(*number),
            };
        }
        query
    }};
}

impl Session {
    /// Every row a question has.
    pub async fn rows(
        &mut self,
        sql: &'static str,
        values: &[Value],
    ) -> Result<Vec<Row>, StoreError> {
        self.all(&[(sql, values)]).await
    }

    /// One statement after the other, and the rows of all of them. SQLite's thread gets them in one go.
    pub async fn all(&mut self, all: &[Statement<'_>]) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        if let Self::SqliteWork(turn) = self {
            let (work, before) = turn.work()?;
            let (sql, values) = joined(before, all);
            let query = bound!(AssertSqlSafe(sql), &values);
            rows = sqlite(query.fetch_all(&mut **work)).await?;
            turn.said();
            return Ok(rows);
        }
        for (sql, values) in all {
            rows.extend(match self {
                Self::Sqlite(connection) => {
                    sqlite(bound!(*sql, *values).fetch_all(&mut **connection)).await?
                }
                Self::SqliteView(view) => {
                    sqlite(bound!(*sql, *values).fetch_all(&mut **view)).await?
                }
                Self::Postgres(connection) => {
                    postgres(bound!(*sql, *values).fetch_all(&mut **connection)).await?
                }
                Self::PostgresWork(work) => {
                    postgres(bound!(*sql, *values).fetch_all(&mut **work)).await?
                }
                Self::SqliteWork(_) => Vec::new(),
            });
        }
        Ok(rows)
    }

    /// The first row a question has, if any.
    pub async fn row(
        &mut self,
        sql: &'static str,
        values: &[Value],
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Does something, and answers how many rows it touched.
    pub async fn run(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, StoreError> {
        self.begin_turn().await?;
        Ok(match self {
            Self::Sqlite(connection) => {
                let done = bound!(sql, values).execute(&mut **connection).await?;
                done.rows_affected()
            }
            Self::SqliteWork(turn) => {
                let (work, _) = turn.work()?;
                let done = bound!(sql, values).execute(&mut **work).await?;
                turn.said();
                done.rows_affected()
            }
            Self::SqliteView(view) => {
                let done = bound!(sql, values).execute(&mut **view).await?;
                done.rows_affected()
            }
            Self::Postgres(connection) => {
                let done = bound!(sql, values).execute(&mut **connection).await?;
                done.rows_affected()
            }
            Self::PostgresWork(work) => {
                let done = bound!(sql, values).execute(&mut **work).await?;
                done.rows_affected()
            }
        })
    }

    /// Several statements without values, as a migration has them.
    pub async fn script(&mut self, sql: &'static str) -> Result<(), StoreError> {
        self.begin_turn().await?;
        match self {
            Self::Sqlite(connection) => sqlx::raw_sql(sql)
                .execute(&mut **connection)
                .await
                .map(drop),
            Self::SqliteWork(turn) => {
                let (work, _) = turn.work()?;
                let done = sqlx::raw_sql(sql).execute(&mut **work).await;
                if done.is_ok() {
                    turn.said();
                }
                done.map(drop)
            }
            Self::SqliteView(view) => sqlx::raw_sql(sql).execute(&mut **view).await.map(drop),
            Self::Postgres(connection) => sqlx::raw_sql(sql)
                .execute(&mut **connection)
                .await
                .map(drop),
            Self::PostgresWork(work) => sqlx::raw_sql(sql).execute(&mut **work).await.map(drop),
        }?;
        Ok(())
    }

    /// Says what a turn begins with, where the next statement's own answer is needed.
    async fn begin_turn(&mut self) -> Result<(), StoreError> {
        let Self::SqliteWork(turn) = self else {
            return Ok(());
        };
        let (work, before) = turn.work()?;
        if !before.is_empty() {
            sqlx::query(before).execute(&mut **work).await?;
        }
        turn.said();
        Ok(())
    }

    /// Waits until nobody else changes what is taken of these seatings, and keeps others waiting
    /// until the end of the transaction. In one order for everybody, so that no two wait for each
    /// other. SQLite's one writer has waited already. Answers whether anybody may have changed
    /// something while this waited.
    pub async fn lock(&mut self, seatings: &BTreeSet<&str>) -> Result<bool, StoreError> {
        if !matches!(self, Self::PostgresWork(_)) {
            return Ok(false);
        }
        for key in seatings {
            self.run(
                "INSERT INTO seating_locks (slot_key) VALUES ($1) ON CONFLICT (slot_key) DO NOTHING",
                &values![*key],
            )
            .await?;
            self.row(
                "SELECT slot_key FROM seating_locks WHERE slot_key = $1 FOR UPDATE",
                &values![*key],
            )
            .await?;
        }
        Ok(true)
    }

    /// Makes it so.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) | Self::Postgres(_) => {}
            Self::SqliteWork(turn) => turn.keep().await?,
            Self::SqliteView(view) => view.commit().await?,
            Self::PostgresWork(work) => work.commit().await?,
        }
        Ok(())
    }

    /// Takes back what was written, and tells `told` once what it is told for cannot be undone by others.
    pub async fn leave<T>(self, told: T) -> Result<T, StoreError> {
        match self {
            Self::Sqlite(_) | Self::Postgres(_) => {}
            Self::SqliteWork(turn) => turn.leave().await?,
            Self::SqliteView(view) => view.rollback().await?,
            Self::PostgresWork(work) => work.rollback().await?,
        }
        Ok(told)
    }
}

/// SQL, and what its placeholders stand for.
pub(super) type Statement<'a> = (&'static str, &'a [Value]);

/// Statements as one text, with placeholders that count on from one to the next.
fn joined(before: &str, all: &[Statement<'_>]) -> (String, Vec<Value>) {
    let mut text = before.to_owned();
    let mut values: Vec<Value> = Vec::new();
    for (sql, own) in all {
        let mut parts = sql.split('$');
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.len()
                - part
                    .trim_start_matches(|it: char| it.is_ascii_digit())
                    .len();
            let (number, rest) = part.split_at(digits);
            let number = number.parse::<usize>().unwrap_or_default() + values.len();
            text.push('$');
            text.push_str(&number.to_string());
            text.push_str(rest);
        }
        text.push_str("; ");
        values.extend_from_slice(own);
    }
    (text, values)
}

type Fetched<R> = Result<Vec<R>, sqlx::Error>;

async fn sqlite(rows: impl Future<Output = Fetched<SqliteRow>>) -> Result<Vec<Row>, StoreError> {
    Ok(rows.await?.into_iter().map(Row::Sqlite).collect())
}

async fn postgres(rows: impl Future<Output = Fetched<PgRow>>) -> Result<Vec<Row>, StoreError> {
    Ok(rows.await?.into_iter().map(Row::Postgres).collect())
}

/// A row of either database.
pub(super) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub fn text(&self, name: &str) -> Result<String, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(name)?,
            Self::Postgres(row) => row.try_get(name)?,
        })
    }

    pub fn maybe_text(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(name)?,
            Self::Postgres(row) => row.try_get(name)?,
        })
    }

    pub fn maybe_number(&self, name: &str) -> Result<Option<i64>, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(name)?,
            Self::Postgres(row) => row.try_get(name)?,
        })
    }

    /// A number in the range of its type.
    pub fn number<T: TryFrom<i64>>(&self, name: &str) -> Result<T, StoreError> {
        let number = self.maybe_number(name)?;
        number
            .and_then(|number| T::try_from(number).ok())
            .ok_or(StoreError::Damaged("number"))
    }
}
