//! A whole copy of a database file, while others write to it, and what a file that claims to be one holds.

use std::path::Path;

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Row};

use super::backend::BUSY;
use super::rows::instant;
use super::{StoreError, migrate};

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holds {
    /// Reservations there ever were.
    pub reservations: i64,
    /// When one of them last changed.
    pub changed: Option<Timestamp>,
    /// Tells the key of their links, where it is known.
    pub key: Option<String>,
}

/// Copies the database in `file` into `to`, which is empty, as it is at one moment. Nobody who writes waits
/// for it, and what was deleted is not in the copy. `to` has to be a text and no `file:` address.
///
/// # Errors
/// If one cannot be read or the other not written.
pub async fn copy(file: &Path, to: &str) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::new().filename(file);
    let options = options.busy_timeout(BUSY).disable_statement_logging();
    let mut from = options.connect().await?;
    let copied = sqlx::query("VACUUM INTO $1").bind(to).execute(&mut from);
    copied.await?;
    from.close().await?;
    Ok(())
}

/// Looks into a file that nobody is using, without changing it.
///
/// # Errors
/// If it is no sound database, or one that a newer server wrote.
pub async fn examine(file: &Path) -> Result<Holds, StoreError> {
    let options = SqliteConnectOptions::new().filename(file).immutable(true);
    let mut file = options.disable_statement_logging().connect().await?;
    let verdict = sqlx::query_scalar("PRAGMA integrity_check(1)");
    let verdict: String = verdict.fetch_one(&mut file).await?;
    if verdict != "ok" {
        return Err(StoreError::Damaged("page"));
    }
    let schema = number(&mut file, "SELECT MAX(version) FROM schema_version").await?;
    let (found, known) = (schema.unwrap_or_default(), migrate::known());
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    let reservations = number(&mut file, "SELECT COUNT(*) FROM reservations").await?;
    let changed = number(&mut file, "SELECT MAX(updated_at) FROM reservations").await?;
    // Older schemas know no key.
    let tables = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'token_key'";
    let key = if number(&mut file, tables).await? == Some(1) {
        let key = sqlx::query_scalar("SELECT fingerprint FROM token_key WHERE id = 1");
        key.fetch_optional(&mut file).await?
    } else {
        None
    };
    file.close().await?;
    Ok(Holds {
        reservations: reservations.unwrap_or_default(),
        changed: changed.map(instant).transpose()?,
        key,
    })
}

async fn number(
    file: &mut SqliteConnection,
    question: &'static str,
) -> Result<Option<i64>, StoreError> {
    Ok(sqlx::query(question).fetch_one(file).await?.try_get(0)?)
}
