//! SQLite's one pen, shared. Those who wait for it write one after the other into one transaction, and one
//! sync of the disk is for all of them.
//!
//! Each writes behind a savepoint of its own, so that what one takes back is nobody else's. All see what
//! was written before them, and nobody is answered before that is on disk, whether he wrote something
//! himself or was refused for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use sqlx::{Sqlite, SqlitePool, Transaction};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::StoreError;
use super::log::Log;

/// How long somebody waits for a turn: who waits longer for a stuck disk should hear of it.
const WAIT: Duration = Duration::from_secs(10);

/// What a turn's first statement says before itself. Said alone it would be one more journey to SQLite's
/// thread and back, and a turn is made of little else.
const SAVE: &str = "SAVEPOINT turn; ";
/// The same after a turn that was kept. A commit needs no release.
const SAVE_NEXT: &str = "RELEASE turn; SAVEPOINT turn; ";
const TAKE_BACK: &str = "ROLLBACK TO turn; RELEASE turn";

/// Gives turns.
#[derive(Clone)]
pub(super) struct Pen {
    pool: SqlitePool,
    desk: Arc<Mutex<Desk>>,
    /// Grows with every transaction that is on disk.
    written: Arc<AtomicU64>,
    doubt: Doubt,
    log: Log,
}

/// Whether the connection should be thrown away before it is used again. SQLite ends a transaction by itself
/// when its disk is full, and the driver goes on believing in it; and a file that was opened while it could
/// only be read stays so for that connection.
#[derive(Clone, Default)]
pub(super) struct Doubt(Arc<AtomicBool>);

impl Doubt {
    fn cast(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Asked by whoever would replace the connection.
    pub fn clear(&self) -> bool {
        self.0.swap(false, Ordering::AcqRel)
    }
}

/// The transaction under way.
#[derive(Default)]
struct Desk {
    work: Option<Transaction<'static, Sqlite>>,
    /// Who has had a turn and waits for the disk.
    waiting: Vec<oneshot::Sender<Fate>>,
    /// There is a savepoint, of this turn or of the last one that was kept.
    saved: bool,
    /// Somebody left in the middle of a turn.
    torn: bool,
    /// Somebody left in the middle of a statement, or one failed: SQLite may have ended the transaction.
    broken: bool,
}

/// What becomes of a transaction.
#[derive(Clone)]
enum Fate {
    OnDisk,
    /// Another's fault undid it: it may be tried again.
    Undone,
    Failed(String),
}

/// A turn: what is not kept when it is dropped has not happened.
pub(super) struct Turn {
    pen: Pen,
    desk: OwnedMutexGuard<Desk>,
}

impl Pen {
    pub fn new(pool: SqlitePool, doubt: Doubt, log: Log) -> Self {
        Self {
            pool,
            doubt,
            log,
            desk: Arc::default(),
            written: Arc::default(),
        }
    }

    /// How many transactions are on disk.
    pub fn written(&self) -> u64 {
        self.written.load(Ordering::Acquire)
    }

    /// Waits for a turn, first come, first served.
    pub async fn turn(&self) -> Result<Turn, StoreError> {
        let desk = Arc::clone(&self.desk).lock_owned();
        let desk = tokio::time::timeout(WAIT, desk).await;
        let mut turn = Turn {
            pen: self.clone(),
            desk: desk.map_err(|_| sqlx::Error::PoolTimedOut)?,
        };
        turn.desk.tidy(&self.doubt).await;
        if turn.desk.work.is_none() {
            let work = self.pool.begin_with("BEGIN IMMEDIATE").await;
            turn.desk.work = Some(work.inspect_err(|_| self.doubt.cast())?);
            turn.desk.saved = false;
        }
        Ok(turn)
    }

    /// Ends the transaction, after everybody who was waiting for a turn when this was called.
    async fn fold(self) {
        let mut desk = self.desk.lock().await;
        desk.tidy(&self.doubt).await;
        let Some(work) = desk.work.take() else { return };
        if desk.waiting.is_empty() {
            // Dropped, it is rolled back: there is nothing in it.
            return;
        }
        let fate = match work.commit().await {
            Ok(()) => Fate::OnDisk,
            Err(error) => {
                self.doubt.cast();
                Fate::Failed(error.to_string())
            }
        };
        self.written.fetch_add(1, Ordering::Release);
        self.log.has_grown();
        desk.tell(&fate);
    }
}

impl Desk {
    /// Takes back what a turn left behind.
    async fn tidy(&mut self, doubt: &Doubt) {
        if self.torn && !self.broken && self.take_back().await.is_err() {
            self.broken = true;
        }
        if self.broken {
            doubt.cast();
            // Dropped, it is rolled back before its connection does anything else.
            self.work = None;
            self.tell(&Fate::Undone);
        }
        (self.torn, self.broken) = (false, false);
    }

    async fn take_back(&mut self) -> Result<(), StoreError> {
        self.broken = true;
        let work = self.work.as_mut().ok_or(StoreError::Overtaken)?;
        sqlx::query(TAKE_BACK).execute(&mut **work).await?;
        (self.broken, self.saved, self.torn) = (false, false, false);
        Ok(())
    }

    fn tell(&mut self, fate: &Fate) {
        for waiting in self.waiting.drain(..) {
            // Who has gone does not want to know.
            let _ = waiting.send(fate.clone());
        }
    }
}

impl Turn {
    /// The transaction, and what has to be said before the next statement, in one go with it. Until
    /// [`Self::said`] it counts as broken.
    pub fn work(
        &mut self,
    ) -> Result<(&mut Transaction<'static, Sqlite>, &'static str), StoreError> {
        let before = match (self.desk.torn, self.desk.saved) {
            (true, _) => "",
            (false, true) => SAVE_NEXT,
            (false, false) => SAVE,
        };
        (self.desk.broken, self.desk.saved, self.desk.torn) = (true, true, true);
        let work = self.desk.work.as_mut().ok_or(StoreError::Overtaken)?;
        Ok((work, before))
    }

    /// The statement went well.
    pub fn said(&mut self) {
        self.desk.broken = false;
    }

    /// Keeps what was written in this turn, and waits until it is on disk.
    pub async fn keep(mut self) -> Result<(), StoreError> {
        self.desk.torn = false;
        self.on_disk().await
    }

    /// Takes back what was written in this turn, and waits until what it saw is on disk.
    pub async fn leave(mut self) -> Result<(), StoreError> {
        if self.desk.torn {
            self.desk.take_back().await?;
        }
        if self.desk.waiting.is_empty() {
            // Nothing was written before, either.
            if let Some(work) = self.desk.work.take() {
                work.rollback().await?;
            }
            return Ok(());
        }
        self.on_disk().await
    }

    async fn on_disk(mut self) -> Result<(), StoreError> {
        let (tell, told) = oneshot::channel();
        let first = self.desk.waiting.is_empty();
        self.desk.waiting.push(tell);
        if first {
            // In a task of its own: whoever hangs up must not leave the others waiting.
            tokio::spawn(self.pen.clone().fold());
        }
        drop(self);
        match told.await {
            Ok(Fate::OnDisk) => Ok(()),
            Ok(Fate::Failed(error)) => Err(sqlx::Error::Io(std::io::Error::other(error)).into()),
            Ok(Fate::Undone) | Err(_) => Err(StoreError::Overtaken),
        }
    }
}

impl Drop for Turn {
    /// Somebody left in the middle, and perhaps nobody comes after: the transaction must not stay open.
    fn drop(&mut self) {
        if (self.desk.torn || self.desk.broken)
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(self.pen.clone().fold());
        }
    }
}

#[cfg(test)]
mod tests;
