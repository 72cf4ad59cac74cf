//! The waiting list as rows.

use jiff::Timestamp;
use reservation_contract::problem::ProblemType;

use super::keys::{Before, before, remember_entry, remember_refusal};
use super::rows::{instant, millis};
use super::session::{Row, Session, values};
use super::{Claim, Outcome, Store, StoreError, deletions};
use crate::record::WaitlistRecord;
use crate::retention::{Counts, Kind};
use crate::seating::parse_date;

impl Store {
    /// Puts somebody on the waiting list, if `rules` allow it.
    ///
    /// # Errors
    /// If the database fails; then nobody was put there.
    pub async fn wait(
        &self,
        claim: &Claim,
        rules: impl Fn(Timestamp) -> Result<WaitlistRecord, ProblemType> + Send + Sync,
    ) -> Result<Outcome<WaitlistRecord>, StoreError> {
        let mut session = self.backend.begin().await?;
        let now = self.clock.now();
        match before(&mut session, claim, now).await? {
            Before::Nothing => {}
            Before::Refused(problem) => return session.leave(Outcome::Refused(problem)).await,
            Before::Done(row) => {
                let entry = find(&mut session, &row.text("entry_id")?).await?;
                // Deleted since: nothing of it is kept to answer with.
                let told = entry.map_or(
                    Outcome::Refused(ProblemType::ReservationNotFound),
                    |entry| Outcome::Done(Box::new(entry)),
                );
                return session.leave(told).await;
            }
        }
        let entry = match rules(now) {
            Ok(entry) => entry,
            Err(problem) => {
                remember_refusal(&mut session, claim, problem).await?;
                session.commit().await?;
                return Ok(Outcome::Refused(problem));
            }
        };
        insert(&mut session, &entry).await?;
        remember_entry(&mut session, claim, &entry.id).await?;
        session.commit().await?;
        Ok(Outcome::Done(Box::new(entry)))
    }

    /// A place on the waiting list, unless it is deleted.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn waiting(&self, id: &str) -> Result<Option<WaitlistRecord>, StoreError> {
        let mut session = self.backend.reader().await?;
        find(&mut session, id).await
    }

    /// Deletes a place on the waiting list, and everything personal in it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn stop_waiting(&self, id: &str) -> Result<(), StoreError> {
        let mut session = self.backend.begin().await?;
        let left = session
            .run("DELETE FROM waitlist_entries WHERE id = $1", &values![id])
            .await?;
        let mut counts = Counts::default();
        counts.add(Kind::Waitlist, left);
        deletions::note(&mut session, &counts, self.cause, self.clock.now()).await?;
        session.commit().await
    }
}

async fn insert(session: &mut Session, entry: &WaitlistRecord) -> Result<(), StoreError> {
    let guest = serde_json::to_string(&entry.guest).map_err(|_| StoreError::Damaged("guest"))?;
    session
        .run(
            "INSERT INTO waitlist_entries (id, venue_id, day, party_size, service_id, area_id, guest, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &values![
                &entry.id,
                &entry.venue_id,
                entry.date.to_string(),
                entry.party_size,
                entry.service_id.clone(),
                entry.area_id.clone(),
                guest,
                millis(entry.created_at),
            ],
        )
        .await?;
    Ok(())
}

async fn find(session: &mut Session, id: &str) -> Result<Option<WaitlistRecord>, StoreError> {
    let row = session
        .row("SELECT * FROM waitlist_entries WHERE id = $1", &values![id])
        .await?;
    row.as_ref().map(entry).transpose()
}

pub(super) fn entry(row: &Row) -> Result<WaitlistRecord, StoreError> {
    let guest = serde_json::from_str(&row.text("guest")?);
    Ok(WaitlistRecord {
        id: row.text("id")?,
        venue_id: row.text("venue_id")?,
        date: parse_date(&row.text("day")?).ok_or(StoreError::Damaged("date"))?,
        party_size: row.number("party_size")?,
        service_id: row.maybe_text("service_id")?,
        area_id: row.maybe_text("area_id")?,
        guest: guest.map_err(|_| StoreError::Damaged("guest"))?,
        created_at: instant(row.number("created_at")?)?,
    })
}
