//! Migrations: forward only, all in one transaction, refused when the database is newer than the
//! server. An older server writing into a newer schema would lose what it does not know.

use std::time::Duration;

use super::StoreError;
use super::backend::Backend;
use super::session::values;

/// Schema 1 is the first, and so on. A released file is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_reservations.sql"),
    include_str!("../../migrations/0002_several_servers.sql"),
    include_str!("../../migrations/0003_waiting_list.sql"),
    include_str!("../../migrations/0004_token_key.sql"),
    include_str!("../../migrations/0005_outbox.sql"),
    include_str!("../../migrations/0006_house.sql"),
    include_str!("../../migrations/0007_deletions.sql"),
];

/// How often another server may be in the way: it does the same work, so the next try finds it done.
const ATTEMPTS: u32 = 10;
const PAUSE: Duration = Duration::from_millis(200);

/// The newest schema this build knows.
fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

pub(super) async fn run(backend: &Backend) -> Result<(), StoreError> {
    for _ in 1..ATTEMPTS {
        match attempt(backend).await {
            Err(error) if error.is_conflict() || error.is_made_twice() => {
                tokio::time::sleep(PAUSE).await;
            }
            done => return done,
        }
    }
    attempt(backend).await
}

/// Whether the schema is the one this build knows, without touching it.
pub(super) async fn check(backend: &Backend) -> Result<(), StoreError> {
    let mut session = backend.reader().await?;
    let question = "SELECT COALESCE(MAX(version), 0) AS version FROM schema_version";
    let found = match session.row(question, &[]).await {
        Ok(row) => row.map_or(Ok(0), |row| row.number("version"))?,
        // No table: nobody has served from there.
        Err(StoreError::Database(sqlx::Error::Database(_))) => 0,
        Err(error) => return Err(error),
    };
    let known = known();
    match found {
        _ if found == known => Ok(()),
        _ if found > known => Err(StoreError::NewerSchema { found, known }),
        _ => Err(StoreError::OlderSchema { found, known }),
    }
}

async fn attempt(backend: &Backend) -> Result<(), StoreError> {
    let mut session = backend.begin().await?;
    session
        .script("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
        .await?;
    let row = session
        .row(
            "SELECT COALESCE(MAX(version), 0) AS version FROM schema_version",
            &[],
        )
        .await?
        .ok_or(StoreError::Damaged("schema"))?;
    let found: i64 = row.number("version")?;
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
        session.script(sql).await?;
        session
            .run(
                "INSERT INTO schema_version (version) VALUES ($1)",
                &values![version],
            )
            .await?;
    }
    session.commit().await
}
