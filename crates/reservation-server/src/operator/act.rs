//! What changes something.

use jiff::SignedDuration;
use jiff::civil::Date;
use lettre::Address;
use reservation_contract::reservation::{Consents, Guest};

use super::{Add, Desk, Which, failed, patiently, tell};
use crate::record::{Details, Record};
use crate::rules::house::{self, Action};
use crate::seating::{self, Seating};
use crate::secret::{fingerprint, new_id};
use crate::store::{Block, Claim, NewHold, Outcome};

/// Places of a seating that is blocked as a whole, whatever the settings say it has.
pub(super) const ALL: u32 = 1_000_000;
/// How long the places are held between taking them and writing down whose they are.
const HOLD: SignedDuration = SignedDuration::from_mins(1);

impl Desk<'_> {
    pub(super) async fn named(&self, name: &str) -> Result<Record, String> {
        let found = self.store.named(name).await.map_err(failed)?;
        found.ok_or_else(|| format!("there is no booking {name}"))
    }

    fn refused(&self, action: Action, record: &Record) -> Option<String> {
        let why = house::why_not(&self.settings, action, record, self.clock.now())?;
        let (name, status) = (&record.reference, record.status.word());
        Some(format!(
            "the booking {name} {why} ({}); nothing was changed",
            status.as_str()
        ))
    }

    pub(super) async fn act(&mut self, action: Action, name: &str) -> Result<String, String> {
        let record = self.named(name).await?;
        if let Some(why) = self.refused(action, &record) {
            return Err(why);
        }
        let verb = match action {
            Action::Accept | Action::Redeem => "",
            Action::Reject => "Refuse",
            Action::Cancel => "Cancel",
            Action::NoShow => "Nobody came for",
        };
        if !verb.is_empty() {
            self.sure(&format!("{verb} {}?", tell::line(self, &record)))?;
        }
        let (settings, store) = (&self.settings, &self.store);
        let outcome = patiently(async || {
            let act = |record: &Record, now| house::act(settings, action, record, now);
            store.change(&record.id, None, None, act).await
        });
        if let Some(Outcome::Done(record)) = outcome.await? {
            return Ok(tell::done(self, &record));
        }
        // Somebody was quicker.
        let record = self.named(&record.id).await?;
        let why = self.refused(action, &record);
        Err(why.unwrap_or_else(|| "nothing was changed; try again".to_owned()))
    }

    pub(super) fn sure(&mut self, question: &str) -> Result<(), String> {
        if (self.ask)(question)? {
            Ok(())
        } else {
            Err("nothing was changed".to_owned())
        }
    }

    /// The seatings of a day that are meant.
    fn seatings(
        &self,
        date: Date,
        (time, (area, service)): &Which,
    ) -> Result<Vec<Seating>, String> {
        let all = seating::on(&self.settings, date);
        let there = tell::seatings(&all);
        let is_meant = |seating: &Seating| {
            time.is_none_or(|time| time == seating.time)
                && (area.is_none() || *area == seating.seat.area_id)
                && service
                    .as_ref()
                    .is_none_or(|id| *id == seating.seat.service_id)
        };
        let found: Vec<_> = all.into_iter().filter(is_meant).collect();
        if found.is_empty() {
            return Err(format!(
                "there is no such seating on {date}; there is {there}"
            ));
        }
        if found
            .iter()
            .all(|seating| seating.seat.starts_at <= self.clock.now())
        {
            return Err(format!("{date} is past; nothing was changed"));
        }
        Ok(found)
    }

    pub(super) async fn add(&mut self, wish: &Add) -> Result<String, String> {
        let which = (Some(wish.time), (wish.area.clone(), wish.service.clone()));
        let found = self.seatings(wish.date, &which)?;
        let [seating] = found.as_slice() else {
            let there = tell::seatings(&found);
            return Err(format!(
                "which one? There is {there}; --area or --service says it"
            ));
        };
        let details = details(wish)?;
        let id = new_id().map_err(|error| format!("the system has no randomness: {error}"))?;
        let claim = Claim {
            key_hash: fingerprint(id.as_bytes()),
            route: "add".to_owned(),
            body_hash: String::new(),
        };
        let (store, venue) = (&self.store, &self.settings.venue_id);
        let held = patiently(async || {
            let hold = |now: jiff::Timestamp| {
                let mut seating = seating.clone();
                // The house is no stranger who might hold every table.
                seating.on_hold_at_most = seating.places;
                Ok(NewHold {
                    id: id.clone(),
                    venue_id: venue.clone(),
                    seating,
                    party_size: wish.people,
                    locale: wish.locale.clone(),
                    expires_at: now.checked_add(HOLD).unwrap_or(now),
                    held_by: "house".to_owned(),
                    holds_at_most: u32::MAX,
                })
            };
            store.hold(&claim, Some(&seating.seat.key), hold).await
        });
        let Outcome::Done(held) = held.await? else {
            let (people, date, time) = (wish.people, wish.date, wish.time.strftime("%H:%M"));
            return Err(format!(
                "there are no {people} places left on {date} at {time}; nothing was booked"
            ));
        };
        let booked = patiently(async || {
            let book = |record: &Record, now| house::book(record, &details, now);
            store.change(&held.id, None, None, book).await
        });
        match booked.await? {
            Some(Outcome::Done(record)) => Ok(tell::done(self, &record)),
            _ => Err(
                "it took too long, and the places are free again; nothing was booked".to_owned(),
            ),
        }
    }

    pub(super) async fn block(
        &mut self,
        date: Date,
        which: &Which,
        places: Option<u32>,
    ) -> Result<String, String> {
        let found = self.seatings(date, which)?;
        let named = tell::seatings(&found);
        let how = places.map_or("all places".to_owned(), |count| {
            format!("{count} places each")
        });
        self.sure(&format!("Take out of sale on {date}: {named}, {how}?"))?;
        let block = |seating: &Seating| Block {
            seating: seating.seat.key.clone(),
            places: places.unwrap_or(ALL),
        };
        let blocks: Vec<Block> = found.iter().map(block).collect();
        patiently(async || self.store.block(date, &blocks).await).await?;
        let booked = self.store.of_day(date).await.map_err(failed)?;
        let keys: Vec<_> = found
            .iter()
            .map(|seating| seating.seat.key.as_str())
            .collect();
        let staying = booked.iter().filter(|it| {
            let there = keys.contains(&it.seat.key.as_str());
            there && tell::stands(it)
        });
        let staying = staying.count();
        Ok(tell::blocked(self, &blocks, staying))
    }

    pub(super) async fn unblock(&mut self, date: Date, which: &Which) -> Result<String, String> {
        let found = self.seatings(date, which)?;
        let keys: Vec<String> = found.into_iter().map(|seating| seating.seat.key).collect();
        let count = patiently(async || self.store.unblock(date, &keys).await).await?;
        if count == 0 {
            return Err(format!(
                "nothing of that is out of sale on {date}; nothing was changed"
            ));
        }
        Ok(tell::unblocked(self, count))
    }

    pub(super) async fn blocks(&self) -> Result<String, String> {
        let today = seating::today(&self.settings, self.clock.now());
        let blocks = self.store.blocks(today).await.map_err(failed)?;
        Ok(tell::blocks(self, &blocks))
    }

    pub(super) async fn retry(&self, id: &str) -> Result<String, String> {
        if patiently(async || self.store.retry_message(id).await).await? {
            Ok(tell::retried(self, id))
        } else {
            Err(format!("no message {id} was given up; nothing was changed"))
        }
    }
}

/// What is known of somebody who calls.
fn details(wish: &Add) -> Result<Details, String> {
    if !wish.email.is_empty() && wish.email.parse::<Address>().is_err() {
        return Err(format!("--email {} is no address", wish.email));
    }
    if !matches!(wish.locale.as_str(), "es" | "en") {
        return Err(format!("--locale {} is none; it is es or en", wish.locale));
    }
    Ok(Details {
        guest: Guest {
            given_name: wish.name.clone(),
            family_name: wish.family.clone(),
            email: wish.email.clone(),
            phone: wish.phone.clone(),
            locale: wish.locale.clone(),
        },
        guests: Vec::new(),
        dishes: Vec::new(),
        dietary: Vec::new(),
        note: wish.note.clone().filter(|note| !note.trim().is_empty()),
        consents: Consents {
            privacy: true,
            ..Consents::default()
        },
    })
}
