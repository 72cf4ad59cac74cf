//! What the store can be asked.

use jiff::civil::Date;

use super::seats::{alive_after, find};
use super::session::values;
use super::{Store, StoreError};
use crate::availability::{Occupancy, Taken};
use crate::record::Record;

impl Store {
    /// Whether the database answers.
    ///
    /// # Errors
    /// If it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut session = self.backend.reader().await?;
        session
            .row("SELECT version FROM schema_version LIMIT 1", &[])
            .await?;
        Ok(())
    }

    /// A reservation as it stands.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn find(&self, id: &str) -> Result<Option<Record>, StoreError> {
        let mut session = self.backend.reader().await?;
        find(&mut session, id).await
    }

    /// What is taken of every seating of a range of days, both ends included.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn occupancy(&self, from: Date, to: Date) -> Result<Occupancy, StoreError> {
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
                    alive_after(self.clock.now())
                ],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let taken = Taken {
                    booked: row.number("booked")?,
                    held: row.number("held")?,
                };
                Ok((row.text("slot_key")?, taken))
            })
            .collect()
    }
}
