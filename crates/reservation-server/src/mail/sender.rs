//! The task that sends: woken by a change, and looking by itself for what other processes wrote and for what
//! is to be tried again.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, watch};

use super::Mailer;
use super::body::envelope;
use super::letter::{Desk, Letter, suits};
use super::smtp::{Fault, Line};
use crate::availability::outside_window;
use crate::news::Kind;
use crate::seating::{self, parse_date};
use crate::store::{Ending, Item, StoreError};

/// How often the outbox is looked into when nobody says that something is in it.
const LOOK: Duration = Duration::from_secs(2);
/// The same while the database is in trouble: it has been said.
const TROUBLED: Duration = Duration::from_secs(30);
/// After so long nobody wants to read it any more.
const GIVE_UP: SignedDuration = SignedDuration::from_hours(72);
/// Seconds until the next attempt, where one message is not taken.
const LATER: [i64; 4] = [30, 120, 600, 3_600];
/// The same where the server is away: when it is back, guests should hear soon.
const AWAY: [i64; 3] = [30, 120, 300];

/// What a look at a message came to.
enum Done {
    /// The next one.
    Next,
    /// There is no use in trying others now.
    Stop,
}

/// What a message became.
enum Made {
    Letter(Box<Letter>),
    Ended(Ending),
    /// It was no message, and is done.
    Nothing,
}

impl Mailer {
    /// Sends until told to stop; what is under way then is ended first.
    pub async fn run(self, wake: Arc<Notify>, mut stopped: watch::Receiver<bool>) {
        if let Err(error) = self.store.release_messages().await {
            tracing::error!(%error, "messages of a server that is gone could not be taken over");
        }
        loop {
            let rest = if Box::pin(self.round(&stopped)).await {
                LOOK
            } else {
                TROUBLED
            };
            tokio::select! {
                _ = stopped.wait_for(|stop| *stop) => return,
                () = wake.notified() => {}
                () = tokio::time::sleep(rest) => {}
            }
        }
    }

    /// Everything that is due. Answers whether the outbox could be read and written.
    async fn round(&self, stopped: &watch::Receiver<bool>) -> bool {
        let over = AtomicBool::new(false);
        let lane = || self.lane(stopped, &over);
        // So many lines at most; each is open only once it has something to say.
        let (a, b, c, d) = tokio::join!(lane(), lane(), lane(), lane());
        a && b && c && d
    }

    /// One message after the other, on a line of its own, until all of them are over.
    async fn lane(&self, stopped: &watch::Receiver<bool>, over: &AtomicBool) -> bool {
        let (mut line, mut well) = (Line::default(), true);
        while !*stopped.borrow() && !over.load(Ordering::Relaxed) {
            let done = match self.store.take_message().await {
                Ok(None) => break,
                Ok(Some(item)) => self.treat(&item, &mut line).await,
                Err(error) => Err(error),
            };
            match done {
                Ok(Done::Next) => {}
                Ok(Done::Stop) => over.store(true, Ordering::Relaxed),
                Err(error) => {
                    tracing::error!(%error, "the outbox failed");
                    well = false;
                    over.store(true, Ordering::Relaxed);
                }
            }
        }
        self.server.leave(line).await;
        well
    }

    async fn treat(&self, item: &Item, line: &mut Line) -> Result<Done, StoreError> {
        let letter = match self.letter(item).await? {
            Made::Letter(letter) => letter,
            Made::Nothing => return Ok(Done::Next),
            Made::Ended(ending) => {
                self.store.message_done(&item.id, ending, None).await?;
                return Ok(Done::Next);
            }
        };
        // Asked for again, links have a message of their own.
        let half = item.id.get(..32).unwrap_or(&item.id);
        let id = format!("{half}.{}", item.made_at.as_millisecond());
        let Some((to, bytes)) = envelope(&letter, &self.sender, &id) else {
            let fault = "what the guest wrote is no address";
            self.give_up(item, fault).await?;
            return Ok(Done::Next);
        };
        let pair = (&self.sender.from.email, &to);
        match self.server.send(line, pair, &bytes).await {
            Ok(()) => {
                let waited_ms = self.clock.now().duration_since(item.made_at).as_millis();
                let (kind, attempts) = (item.kind.word(), item.attempts);
                tracing::info!(kind, attempts, waited_ms = %waited_ms, "a message was handed over");
                self.store
                    .message_done(&item.id, Ending::Sent, None)
                    .await?;
                Ok(Done::Next)
            }
            Err(Fault::Never(fault)) => {
                self.give_up(item, &fault).await?;
                Ok(Done::Next)
            }
            Err(Fault::Later(fault)) => {
                self.put_back(item, &LATER, &fault).await?;
                Ok(Done::Next)
            }
            Err(Fault::Away(fault)) => {
                self.put_back(item, &AWAY, &fault).await?;
                Ok(Done::Stop)
            }
        }
    }

    async fn give_up(&self, item: &Item, fault: &str) -> Result<(), StoreError> {
        let (kind, id, attempts) = (item.kind.word(), &item.id, item.attempts);
        tracing::error!(kind, id, attempts, fault, "a message was given up");
        self.store
            .message_done(&item.id, Ending::GivenUp, Some(fault))
            .await
    }

    async fn put_back(&self, item: &Item, pauses: &[i64], fault: &str) -> Result<(), StoreError> {
        let now = self.clock.now();
        if now.duration_since(item.made_at) >= GIVE_UP {
            return self.give_up(item, fault).await;
        }
        let (kind, attempts) = (item.kind.word(), item.attempts);
        tracing::warn!(kind, attempts, fault, "a message has to wait");
        let pause = pause(item, pauses);
        let at = now.checked_add(pause).unwrap_or(Timestamp::MAX);
        self.store.message_later(&item.id, at, fault).await
    }

    /// What a message says today: the booking as it is, not as it was when the message was written down.
    async fn letter(&self, item: &Item) -> Result<Made, StoreError> {
        let desk = Desk {
            settings: &self.settings,
            messages: &self.messages,
            words: &self.words,
            tokens: &self.tokens,
        };
        let now = self.clock.now();
        let letter = match item.kind {
            Kind::Freed => {
                self.offer(item, now).await?;
                return Ok(Made::Nothing);
            }
            Kind::Place => {
                let entry = self.store.waiting(&item.about).await?;
                entry
                    .filter(|entry| !entry.guest.email.trim().is_empty())
                    .map(|it| desk.about_place(&it))
            }
            Kind::Links => match item.address.as_deref() {
                Some(address) => desk.links(address, &self.store.bookings_of(address).await?),
                // Given up once, and the address with it.
                None => None,
            },
            kind => match self.store.find(&item.about).await? {
                Some(record) if record.version > item.version && record.details.is_some() => {
                    return Ok(Made::Ended(Ending::Overtaken));
                }
                Some(record) if matches!(kind, Kind::HouseNew | Kind::HouseChanged) => {
                    let to = self.messages.venue_copy.as_deref();
                    to.and_then(|to| desk.to_house(kind, to, &record))
                }
                Some(record) => desk.about_booking(kind, &record, now),
                None => None,
            },
        };
        Ok(letter.map_or(Made::Ended(Ending::Nothing), |it| {
            Made::Letter(Box::new(it))
        }))
    }

    /// Places of a day became free: those who wait for it are told, first come first, as long as what is free
    /// would do for all who are.
    async fn offer(&self, item: &Item, now: Timestamp) -> Result<(), StoreError> {
        let Some(day) = parse_date(&item.about) else {
            return self
                .store
                .message_done(&item.id, Ending::Nothing, None)
                .await;
        };
        let taken = self.store.occupancy(day, day, now).await?;
        let seatings = seating::on(&self.settings, day).into_iter();
        let open: Vec<_> = seatings
            .filter(|it| outside_window(&self.settings, it, now).is_none())
            .collect();
        let mut free: HashMap<&str, u32> = HashMap::new();
        for seating in &open {
            let key = seating.seat.key.as_str();
            let taken = taken.get(key).copied().unwrap_or_default();
            let taken = taken.booked.saturating_add(taken.held);
            free.insert(key, seating.places.saturating_sub(taken));
        }
        let waiting = self.store.waiting_for(day).await?;
        let mut lucky = Vec::new();
        for entry in &waiting {
            let found = open
                .iter()
                .filter(|seating| suits(entry, seating))
                .find_map(|seating| {
                    let left = free.get_mut(seating.seat.key.as_str())?;
                    *left = left.checked_sub(entry.party_size)?;
                    Some(())
                });
            lucky.extend(found.map(|()| entry.id.as_str()));
        }
        self.store.tell_of_places(&item.id, &lucky).await
    }
}

/// Longer each time, and not at the same moment for all. An id is random already.
fn pause(item: &Item, pauses: &[i64]) -> SignedDuration {
    let tries = usize::try_from(item.attempts)
        .unwrap_or(usize::MAX)
        .saturating_sub(1);
    let last = pauses.len().saturating_sub(1);
    let seconds = pauses.get(tries.min(last)).copied().unwrap_or(60);
    let digit = item.id.bytes().next().unwrap_or_default();
    SignedDuration::from_secs(seconds + seconds * i64::from(digit % 16) / 64)
}
