//! Everything there is about one person, for whoever asks what is held on her.

use jiff::Timestamp;

use super::outbox::{Posted, posted};
use super::rows::{self, instant};
use super::session::{Row, values};
use super::waiting::entry;
use super::{Store, StoreError};
use crate::record::{Details, Record, WaitlistRecord};

/// A version a reservation had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub number: u64,
    /// Its status.
    pub status: String,
    /// When the evening began, then.
    pub starts_at: Timestamp,
    /// People.
    pub party_size: u32,
    /// Since when it was so.
    pub updated_at: Timestamp,
}

const ALL: &str = "SELECT r.*, d.details FROM reservations r JOIN guest_details d ON d.reservation_id = r.id \
    ORDER BY r.starts_at, r.id";

impl Store {
    /// Every reservation that says something of whoever has this address: of who booked, or came along.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn reservations_of(&self, address: &str) -> Result<Vec<Record>, StoreError> {
        let mut session = self.backend.reader().await?;
        let rows = session.rows(ALL, &[]).await?;
        let mut all: Vec<Record> = rows.iter().map(rows::record).collect::<Result<_, _>>()?;
        all.retain(|record| {
            let details = record.details.as_ref();
            details.is_some_and(|details| names(details, address))
        });
        Ok(all)
    }

    /// Every place on a waiting list that was taken with this address.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn places_of(&self, address: &str) -> Result<Vec<WaitlistRecord>, StoreError> {
        let mut session = self.backend.reader().await?;
        let rows = session
            .rows("SELECT * FROM waitlist_entries ORDER BY day, id", &[])
            .await?;
        let mut all: Vec<_> = rows.iter().map(entry).collect::<Result<_, _>>()?;
        all.retain(|entry| same(&entry.guest.email, address));
        Ok(all)
    }

    /// What the house sends or has lately sent about one of these, or to this address.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn messages_of(
        &self,
        about: &[&str],
        address: &str,
    ) -> Result<Vec<Posted>, StoreError> {
        let mut session = self.backend.reader().await?;
        let rows = session.rows("SELECT * FROM outbox ORDER BY made_at, id", &[]);
        let mut all: Vec<_> = rows.await?.iter().map(posted).collect::<Result<_, _>>()?;
        all.retain(|it| {
            let asked = it.item.address.as_deref();
            about.contains(&it.item.about.as_str())
                || asked.is_some_and(|asked| same(asked, address))
        });
        Ok(all)
    }

    /// The versions a reservation had, which say nothing of anybody.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn versions(&self, id: &str) -> Result<Vec<Version>, StoreError> {
        let mut session = self.backend.reader().await?;
        let rows = session
            .rows(
                "SELECT * FROM reservation_versions WHERE reservation_id = $1 ORDER BY version",
                &values![id],
            )
            .await?;
        let version = |row: &Row| {
            Ok(Version {
                number: row.number("version")?,
                status: row.text("status")?,
                starts_at: instant(row.number("starts_at")?)?,
                party_size: row.number("party_size")?,
                updated_at: instant(row.number("updated_at")?)?,
            })
        };
        rows.iter().map(version).collect()
    }

    /// Forgets that somebody asked for lost links.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn forget_message(&self, id: &str) -> Result<(), StoreError> {
        let mut session = self.backend.begin().await?;
        session
            .run("DELETE FROM outbox WHERE id = $1", &values![id])
            .await?;
        session.commit().await
    }
}

fn names(details: &Details, address: &str) -> bool {
    let answers = details
        .guests
        .iter()
        .flat_map(|guest| guest.fields.values());
    same(&details.guest.email, address) || answers.into_iter().any(|it| same(it, address))
}

fn same(one: &str, other: &str) -> bool {
    let other = other.trim();
    !other.is_empty() && one.trim().to_lowercase() == other.to_lowercase()
}
