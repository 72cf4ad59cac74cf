//! What the store can be asked.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;

use super::seats::{alive_after, find};
use super::session::values;
use super::{Seen, State, Store, StoreError};
use crate::availability::{Occupancy, Taken};
use crate::record::Record;

/// No seating has such a key.
const PROBE: &str = "health";
/// Rows of a trial, and letters of each: more than a booking writes. A log that is full may still have room
/// for a word.
const PROBES: u32 = 32;
const PROBE_LETTERS: usize = 500;

impl Store {
    /// Whether the database answers, and takes something again if it lately did not: a full disk can
    /// still be read.
    ///
    /// # Errors
    /// If it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        if self.troubled.load(Ordering::Relaxed) {
            return self.noted(self.try_to_write(PROBES).await);
        }
        let mut session = self.backend.reader().await?;
        session
            .row("SELECT version FROM schema_version LIMIT 1", &[])
            .await?;
        Ok(())
    }

    /// Whether the database takes something now. Tried with a word, and with as much as a booking is where a
    /// write lately failed.
    ///
    /// # Errors
    /// If it does not.
    pub async fn takes(&self) -> Result<(), StoreError> {
        if self.troubled.load(Ordering::Relaxed) {
            return self.ping().await;
        }
        self.try_to_write(1).await
    }

    async fn try_to_write(&self, probes: u32) -> Result<(), StoreError> {
        let mut session = self.backend.begin().await?;
        for sql in [
            "INSERT INTO seating_locks (slot_key) VALUES ($1) ON CONFLICT (slot_key) DO NOTHING",
            "DELETE FROM seating_locks WHERE slot_key = $1",
        ] {
            for number in 0..probes {
                let key = format!("{PROBE}/{number:0>PROBE_LETTERS$}");
                session.run(sql, &values![key]).await?;
            }
        }
        session.commit().await
    }

    /// A reservation as it stands.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn find(&self, id: &str) -> Result<Option<Record>, StoreError> {
        let mut session = self.backend.reader().await?;
        find(&mut session, id).await
    }

    /// Which state of the database a question at `now` would see, where only this server writes it and an
    /// answer may be told again to who asks while nothing has changed. A second is the longest: holds run
    /// out by themselves.
    pub fn state(&self, now: Timestamp) -> Option<State> {
        let written = self.backend.written()?;
        Some(State {
            written,
            second: now.as_second(),
        })
    }

    /// What is taken at `now` of every seating of a range of days, both ends included.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn occupancy(
        &self,
        from: Date,
        to: Date,
        now: Timestamp,
    ) -> Result<Arc<Occupancy>, StoreError> {
        // Before the question: an answer that is newer than its state is merely asked for again.
        let at = self.state(now).map(|state| (state, from, to));
        if let Some(seen) = &*self.seen.lock().unwrap_or_else(PoisonError::into_inner)
            && at == Some(seen.at)
        {
            return Ok(Arc::clone(&seen.taken));
        }
        let taken = Arc::new(self.count(from, to, now).await?);
        if let Some(at) = at {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = Arc::clone(&taken);
            *seen = Some(Seen { at, taken });
        }
        Ok(taken)
    }

    async fn count(&self, from: Date, to: Date, now: Timestamp) -> Result<Occupancy, StoreError> {
        let mut session = self.backend.reader().await?;
        let rows = session
            .rows(
                "SELECT slot_key, CAST(SUM(CASE WHEN status = 'ON_HOLD' THEN 0 ELSE party_size END) AS BIGINT) AS booked, \
                 CAST(SUM(CASE WHEN status = 'ON_HOLD' THEN party_size ELSE 0 END) AS BIGINT) AS held FROM reservations \
                 WHERE slot_date BETWEEN $1 AND $2 AND (status IN ('CONFIRMED', 'PENDING', 'REDEEMED', 'NO_SHOW') \
                 OR (status = 'ON_HOLD' AND expires_at > $3)) GROUP BY slot_key",
                &values![
                    from.to_string(),
                    to.to_string(),
                    alive_after(now)
                ],
            )
            .await?;
        let blocks = session
            .rows(
                "SELECT slot_key, places FROM blocks WHERE slot_date BETWEEN $1 AND $2",
                &values![from.to_string(), to.to_string()],
            )
            .await?;
        let mut taken: Occupancy = rows
            .iter()
            .map(|row| {
                let taken = Taken {
                    booked: row.number("booked")?,
                    held: row.number("held")?,
                };
                Ok((row.text("slot_key")?, taken))
            })
            .collect::<Result<_, StoreError>>()?;
        for row in &blocks {
            let places: u32 = row.number("places")?;
            let seating = taken.entry(row.text("slot_key")?).or_default();
            seating.booked = seating.booked.saturating_add(places);
        }
        Ok(taken)
    }
}
