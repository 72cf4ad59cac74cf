//! What stands in the database, for whoever watches it.

use jiff::tz::TimeZone;

use super::rows::millis;
use super::seats::alive_after;
use super::session::values;
use super::{Store, StoreError};
use crate::metrics::Stands;
use crate::record::Status;

/// Of a day and later: old ones are many, and nobody waits for them.
const AHEAD: &str = "SELECT CASE WHEN status = 'ON_HOLD' AND expires_at <= $2 THEN 'EXPIRED' ELSE status END AS stands, \
    COUNT(*) AS count FROM reservations WHERE slot_date >= $1 GROUP BY 1";

const OUTBOX: &str = "SELECT CAST(COALESCE(SUM(CASE WHEN done_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting, \
    CAST(COALESCE(SUM(CASE WHEN outcome = 'GIVEN_UP' THEN 1 ELSE 0 END), 0) AS BIGINT) AS given_up, \
    MIN(CASE WHEN done_at IS NULL THEN made_at END) AS oldest FROM outbox";

impl Store {
    /// Counts what stands.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn stands(&self) -> Result<Stands, StoreError> {
        let now = self.clock.now();
        // West of Greenwich it may still be yesterday.
        let today = now.to_zoned_datetime(TimeZone::UTC).date();
        let from = today.yesterday().unwrap_or(today).to_string();
        let mut session = self.backend.reader().await?;
        let rows = session
            .rows(AHEAD, &values![from, alive_after(now)])
            .await?;
        let mut found = Stands {
            ahead: Status::ALL.map(|status| (status, 0)).to_vec(),
            ..Stands::default()
        };
        for row in &rows {
            let word = row.text("stands")?;
            let counted = found.ahead.iter_mut();
            for (_, count) in counted.filter(|(status, _)| status.word().as_str() == word) {
                *count = row.number("count")?;
            }
        }
        if let Some(row) = session.row(OUTBOX, &[]).await? {
            found.waiting = row.number("waiting")?;
            found.given_up = row.number("given_up")?;
            let oldest = row.maybe_number("oldest")?;
            found.oldest = oldest.map_or(0, |at| ((millis(now) - at) / 1_000).max(0));
        }
        Ok(found)
    }
}
