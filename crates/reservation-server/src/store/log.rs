//! SQLite's log, folded into its file while others write. Left to SQLite, whoever happens to commit when the
//! log is long does it for all, and all wait: two more syncs of the disk, some ten times a second under load.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::SqlitePool;
use tokio::sync::Mutex;

/// How long after something was written the log is folded: for everything that is written until then.
const PAUSE: Duration = Duration::from_millis(100);

/// Until all of the log is folded everybody who writes waits: no longer than for those who read a moment. While
/// a backup reads, the log stays for the hourly round.
const SCRUB: &str =
    "PRAGMA busy_timeout = 200; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 5000";

/// The log, and who folds it.
#[derive(Clone)]
pub(super) struct Log {
    readers: SqlitePool,
    /// SQLite lets only one at it, and sends others away.
    folding: Arc<Mutex<()>>,
    planned: Arc<AtomicBool>,
}

impl Log {
    pub fn new(readers: SqlitePool) -> Self {
        Self {
            readers,
            folding: Arc::default(),
            planned: Arc::default(),
        }
    }

    /// Something was written.
    pub fn has_grown(&self) {
        if self.planned.swap(true, Ordering::AcqRel) {
            return;
        }
        let log = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(PAUSE).await;
            log.planned.store(false, Ordering::Release);
            let _alone = log.folding.lock().await;
            let folded = sqlx::raw_sql("PRAGMA wal_checkpoint(PASSIVE)").execute(&log.readers);
            if let Err(error) = folded.await {
                // Whoever commits when it is long enough tries again.
                tracing::debug!(%error, "the database's log stays long");
            }
        });
    }

    /// Folds all of it and leaves nothing: deleted rows are overwritten in the file, and still stand in the log.
    pub async fn scrub(&self, writer: &SqlitePool) {
        let _alone = self.folding.lock().await;
        let folded = sqlx::raw_sql(SCRUB).execute(writer);
        if let Err(error) = folded.await {
            tracing::warn!(%error, "the database's log could not be folded");
        }
    }
}
