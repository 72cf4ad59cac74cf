//! What the house asks and does at its own desk, beside a server that may be running.

use std::path::Path;

use jiff::civil::Date;

use super::backend::Backend;
use super::deletions::Cause;
use super::outbox::{TELL, told};
use super::rows::{self, millis};
use super::seats::find;
use super::session::values;
use super::{Store, StoreError, migrate};
use crate::clock::SharedClock;
use crate::news::Kind;
use crate::record::Record;

/// Places of a seating that are out of sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The seating's key.
    pub seating: String,
    /// How many.
    pub places: u32,
}

const OF_DAY: &str = "SELECT r.*, d.details FROM reservations r LEFT JOIN guest_details d ON d.reservation_id = r.id \
    WHERE r.slot_date = $1 AND r.status NOT IN ('ON_HOLD', 'EXPIRED') ORDER BY r.starts_at, r.reference";

const BLOCK: &str = "INSERT INTO blocks (slot_key, slot_date, places) VALUES ($1, $2, $3) \
    ON CONFLICT (slot_key) DO UPDATE SET places = excluded.places";

impl Store {
    /// Opens the database file of a server that has been, and may be, running: it must be there, and as this
    /// version leaves it. Nothing is changed by opening it.
    ///
    /// # Errors
    /// If it cannot be opened, or another version wrote it.
    pub async fn beside(file: &Path, clock: SharedClock) -> Result<Self, StoreError> {
        Self::as_it_is(Backend::file(file).await?, clock).await
    }

    /// The same for a PostgreSQL.
    ///
    /// # Errors
    /// If it is not there, or another version wrote it.
    pub async fn connect_beside(url: &str, clock: SharedClock) -> Result<Self, StoreError> {
        Self::as_it_is(Backend::url(url).await?, clock).await
    }

    async fn as_it_is(backend: Backend, clock: SharedClock) -> Result<Self, StoreError> {
        migrate::check(&backend).await?;
        Ok(Self {
            cause: Cause::House,
            ..Self::on(backend, clock)
        })
    }

    /// A reservation by its reference, or by its id.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn named(&self, name: &str) -> Result<Option<Record>, StoreError> {
        let mut session = self.backend.reader().await?;
        let row = session
            .row(
                "SELECT id FROM reservations WHERE reference = $1",
                &values![name.to_uppercase()],
            )
            .await?;
        let id = row.map_or(Ok(name.to_owned()), |row| row.text("id"))?;
        find(&mut session, &id).await
    }

    /// Every booking there ever was of a day; holds are none.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn of_day(&self, day: Date) -> Result<Vec<Record>, StoreError> {
        let mut session = self.backend.reader().await?;
        let rows = session.rows(OF_DAY, &values![day.to_string()]).await?;
        rows.iter().map(rows::record).collect()
    }

    /// Takes places of seatings of a day out of sale. Who has booked there keeps the booking.
    ///
    /// # Errors
    /// If the database fails; then nothing was changed.
    pub async fn block(&self, day: Date, blocks: &[Block]) -> Result<(), StoreError> {
        let mut session = self.backend.begin().await?;
        for block in blocks {
            let row = values![&block.seating, day.to_string(), block.places];
            session.run(BLOCK, &row).await?;
        }
        session.commit().await
    }

    /// Puts these seatings of a day back on sale, and answers how many were not. Who waits for a place there
    /// hears of it.
    ///
    /// # Errors
    /// If the database fails; then nothing was changed.
    pub async fn unblock(&self, day: Date, seatings: &[String]) -> Result<u64, StoreError> {
        let mut session = self.backend.begin().await?;
        let mut count = 0;
        for key in seatings {
            let sql = "DELETE FROM blocks WHERE slot_key = $1";
            count += session.run(sql, &values![key]).await?;
        }
        if count > 0 && self.post.as_ref().is_some_and(|post| post.waitlist) {
            let row = told(Kind::Freed, &day.to_string(), 0, self.clock.now())?;
            session.run(TELL, &row).await?;
        }
        session.commit().await?;
        Ok(count)
    }

    /// What is out of sale from a day on.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn blocks(&self, from: Date) -> Result<Vec<Block>, StoreError> {
        let mut session = self.backend.reader().await?;
        let rows = session
            .rows(
                "SELECT slot_key, places FROM blocks WHERE slot_date >= $1 ORDER BY slot_date, slot_key",
                &values![from.to_string()],
            )
            .await?;
        let block = |row: &super::session::Row| {
            Ok(Block {
                seating: row.text("slot_key")?,
                places: row.number("places")?,
            })
        };
        rows.iter().map(block).collect()
    }

    /// Tries a message again that was given up. Answers whether there was one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn retry_message(&self, id: &str) -> Result<bool, StoreError> {
        let again = "UPDATE outbox SET done_at = NULL, outcome = NULL, next_at = $1, taken_until = 0 \
            WHERE id = $2 AND outcome = 'GIVEN_UP'";
        let mut session = self.backend.begin().await?;
        let now = millis(self.clock.now());
        let found = session.run(again, &values![now, id]).await?;
        session.commit().await?;
        Ok(found > 0)
    }
}
