//! What the store can be told to do. Each is one transaction: the memory of keys, the seatings'
//! locks, the time, what there is, the rules, and what comes of them.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use reservation_contract::problem::ProblemType;

use super::keys::{REMEMBER, remember_refusal, remembered_as, take};
use super::seats::{Party, count, find, insert, update};
use super::session::{Session, values};
use super::{Claim, NewHold, Outcome, Store, StoreError, deletions};
use crate::record::Record;
use crate::rules::{self, Decision};
use crate::secret;

/// How often a transaction is tried that another one was in the way of.
const ATTEMPTS: u32 = 10;

impl Store {
    /// Takes a hold of the seating with this key, if `rules` allow it and the places are free.
    ///
    /// # Errors
    /// If the database fails; then nothing was taken.
    pub async fn hold(
        &self,
        claim: &Claim,
        seating: Option<&str>,
        rules: impl Fn(Timestamp) -> Result<NewHold, ProblemType> + Send + Sync,
    ) -> Result<Outcome, StoreError> {
        for attempt in 1..ATTEMPTS {
            match self.try_hold(claim, seating, &rules).await {
                Err(error) if error.is_conflict() => pause(attempt).await,
                done => return self.noted(done),
            }
        }
        self.noted(self.try_hold(claim, seating, &rules).await)
    }

    async fn try_hold(
        &self,
        claim: &Claim,
        seating: Option<&str>,
        rules: &(impl Fn(Timestamp) -> Result<NewHold, ProblemType> + Send + Sync),
    ) -> Result<Outcome, StoreError> {
        let mut session = self.backend.begin().await?;
        if let Some(outcome) = take(&mut session, claim, self.clock.now()).await? {
            return session.leave(outcome).await;
        }
        session.lock(&seating.into_iter().collect()).await?;
        // Not before the lock: a decision that waited for it must not use an old clock.
        let now = self.clock.now();
        let wish = match rules(now) {
            Ok(wish) => wish,
            Err(problem) => return refuse(session, Some(claim), problem).await,
        };
        let party = Party {
            seat: &wish.seating.seat,
            places: wish.seating.places,
            on_hold_at_most: Some(wish.seating.on_hold_at_most),
            people: wish.party_size,
            id: "",
        };
        let reference = secret::new_reference().map_err(StoreError::Random)?;
        let asked = (wish.held_by.as_str(), reference.as_str());
        let counted = count(&mut session, &party, asked, now).await?;
        if let Some(seconds) = counted.is_enough(wish.holds_at_most, now) {
            return session.leave(Outcome::TooMany(seconds)).await;
        }
        if !counted.fits(&party) {
            return refuse(session, Some(claim), ProblemType::SlotUnavailable).await;
        }
        let record = insert(&mut session, claim, wish, (reference, &counted), now).await?;
        session.commit().await?;
        Ok(Outcome::Done(Box::new(record)))
    }

    /// Whether the reservations' links were made with this token key. An empty database takes it for its
    /// own.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn knows_key(&self, fingerprint: &str) -> Result<bool, StoreError> {
        let mut session = self.backend.begin().await?;
        session
            .run(
                "INSERT INTO token_key (id, fingerprint) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
                &values![fingerprint],
            )
            .await?;
        let row = session
            .row("SELECT fingerprint FROM token_key WHERE id = 1", &[])
            .await?
            .ok_or(StoreError::Damaged("key"))?;
        let known = row.text("fingerprint")? == fingerprint;
        session.commit().await?;
        Ok(known)
    }

    /// Overwrites what is left of deleted rows outside the tables, where a database leaves any. Kept
    /// for the hourly round if somebody is reading meanwhile.
    pub async fn scrub(&self) {
        self.backend.scrub().await;
    }

    /// The venue's yes to a reservation that waits for it. None if there is no such reservation.
    ///
    /// # Errors
    /// If the database fails; then nothing was changed.
    pub async fn accept(&self, id: &str) -> Result<Option<Outcome>, StoreError> {
        self.change(id, None, None, rules::accept).await
    }

    /// The venue's no.
    ///
    /// # Errors
    /// If the database fails; then nothing was changed.
    pub async fn reject(&self, id: &str) -> Result<Option<Outcome>, StoreError> {
        self.change(id, None, None, rules::reject).await
    }

    /// Changes a reservation as `rules` decide, which may take places of the seating `wished`. None
    /// if there is no such reservation.
    ///
    /// # Errors
    /// If the database fails; then nothing was changed.
    pub async fn change(
        &self,
        id: &str,
        claim: Option<&Claim>,
        wished: Option<&str>,
        rules: impl Fn(&Record, Timestamp) -> Decision + Send + Sync,
    ) -> Result<Option<Outcome>, StoreError> {
        for attempt in 1..ATTEMPTS {
            match self.try_change(id, claim, wished, &rules).await {
                Err(error) if error.is_conflict() => pause(attempt).await,
                done => return self.noted(done),
            }
        }
        self.noted(self.try_change(id, claim, wished, &rules).await)
    }

    async fn try_change(
        &self,
        id: &str,
        claim: Option<&Claim>,
        wished: Option<&str>,
        rules: &(impl Fn(&Record, Timestamp) -> Decision + Send + Sync),
    ) -> Result<Option<Outcome>, StoreError> {
        let mut session = self.backend.begin().await?;
        if let Some(claim) = claim
            && let Some(outcome) = take(&mut session, claim, self.clock.now()).await?
        {
            return session.leave(Some(outcome)).await;
        }
        let Some(record) = find_locked(&mut session, id, wished).await? else {
            return session.leave(None).await;
        };
        let now = self.clock.now();
        let new = match rules(&record, now) {
            Decision::Keep => None,
            Decision::Change(new) => Some(new),
            Decision::Take {
                record: new,
                places,
            } => {
                let party = Party {
                    seat: &new.seat,
                    places,
                    on_hold_at_most: None,
                    people: new.party_size,
                    id,
                };
                let counted = count(&mut session, &party, ("", ""), now).await?;
                if !counted.fits(&party) {
                    let problem = ProblemType::SlotUnavailable;
                    return refuse(session, claim, problem).await.map(Some);
                }
                Some(new)
            }
            Decision::TurnAway(problem) => {
                return session.leave(Some(Outcome::Refused(problem))).await;
            }
            Decision::Refuse(problem) => return refuse(session, claim, problem).await.map(Some),
        };
        let mut news = Vec::new();
        let record = if let Some(new) = new {
            let new_details = record.details != new.details;
            news = self.news(&record, &new)?;
            update(&mut session, claim, &new, new_details, &news).await?;
            let erased = self.erased(&record, &new);
            deletions::note(&mut session, &erased, self.cause, now).await?;
            *new
        } else {
            if let Some(claim) = claim {
                let values = remembered_as(claim, &record);
                session.run(REMEMBER, &values).await?;
            }
            record
        };
        session.commit().await?;
        self.wake(&news);
        Ok(Some(Outcome::Done(Box::new(record))))
    }
}

/// A reservation whose seating nobody else changes until the end of the transaction. Which seating it
/// has can only be known for sure once that is locked.
async fn find_locked(
    session: &mut Session,
    id: &str,
    wished: Option<&str>,
) -> Result<Option<Record>, StoreError> {
    let Some(seen) = find(session, id).await? else {
        return Ok(None);
    };
    let mut seatings = BTreeSet::from([seen.seat.key.as_str()]);
    seatings.extend(wished);
    if !session.lock(&seatings).await? {
        return Ok(Some(seen));
    }
    let Some(record) = find(session, id).await? else {
        return Ok(None);
    };
    if record.seat.key == seen.seat.key {
        Ok(Some(record))
    } else {
        Err(StoreError::Overtaken)
    }
}

/// Ends a transaction with a refusal, remembering it where there is a key.
async fn refuse(
    mut session: Session,
    claim: Option<&Claim>,
    problem: ProblemType,
) -> Result<Outcome, StoreError> {
    let Some(claim) = claim else {
        return session.leave(Outcome::Refused(problem)).await;
    };
    remember_refusal(&mut session, claim, problem).await?;
    session.commit().await?;
    Ok(Outcome::Refused(problem))
}

/// Longer each time, so that those in each other's way get out of step.
async fn pause(attempt: u32) {
    tokio::time::sleep(Duration::from_millis(u64::from(attempt) * 5)).await;
}
