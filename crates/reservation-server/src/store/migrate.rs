//! Migrations: forward only, all in one transaction, refused when the database is newer than the
//! server. An older server writing into a newer schema would lose what it does not know.

use sqlx::{AssertSqlSafe, Executor, Row, SqlitePool};

use super::StoreError;

/// Schema 1 is the first, and so on. A released file is never edited.
const MIGRATIONS: &[&str] = &[include_str!("../../migrations/0001_reservations.sql")];

/// The newest schema this build knows.
pub(super) fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

pub(super) async fn run(pool: &SqlitePool) -> Result<(), StoreError> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    transaction
        .execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
        .await?;
    let row = sqlx::query("SELECT COALESCE(MAX(version), 0) AS version FROM schema_version")
        .fetch_one(&mut *transaction)
        .await?;
    let found: i64 = row.try_get("version")?;
    if found > known() {
        return Err(StoreError::NewerSchema {
            found,
            known: known(),
        });
    }
    for (version, sql) in (1_i64..)
        .zip(MIGRATIONS)
        .filter(|(version, _)| *version > found)
    {
        transaction
            .execute(sqlx::raw_sql(AssertSqlSafe(*sql)))
            .await?;
        sqlx::query("INSERT INTO schema_version (version) VALUES (?)")
            .bind(version)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}
