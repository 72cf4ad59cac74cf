//! What has to be told to somebody, as rows: written with the change it is about, taken by whoever sends it.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

use super::rows::{self, instant, millis, signed};
use super::session::{Row, Session, Value, values};
use super::waiting::entry;
use super::{Store, StoreError};
use crate::news::{self, Kind};
use crate::record::{Record, WaitlistRecord};
use crate::secret;

/// How long whoever takes a message has it before another may. Longer than any attempt.
const TAKEN: SignedDuration = SignedDuration::from_mins(4);
/// How long it is known what became of a message.
pub(super) const REMEMBERED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How often one address is sent its links.
const LINKS_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// That messages are sent, and which.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// Told when there is something to send.
    pub wake: Arc<Notify>,
    /// Whether the house hears of its bookings.
    pub house: bool,
    /// Whether somebody may wait for a place.
    pub waitlist: bool,
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Random; the message's own id.
    pub id: String,
    /// What.
    pub kind: Kind,
    /// The id of a reservation or an entry of the waiting list, or a day.
    pub about: String,
    /// The reservation's version.
    pub version: u64,
    /// Who asks for links.
    pub address: Option<String>,
    /// When it was written.
    pub made_at: Timestamp,
    /// How often sending was begun, this time included.
    pub attempts: u32,
}

/// What became of something to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Handed over.
    Sent,
    /// What it says is no longer so, and a later message says what is.
    Overtaken,
    /// There was nobody to tell, or nothing.
    Nothing,
    /// Never handed over.
    GivenUp,
}

impl Ending {
    /// How it is kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sent => "SENT",
            Self::Overtaken => "OVERTAKEN",
            Self::Nothing => "NOTHING",
            Self::GivenUp => "GIVEN_UP",
        }
    }
}

/// A message as an operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The message.
    pub item: Item,
    /// When it is tried next.
    pub next_at: Timestamp,
    /// What became of it, if it is done.
    pub outcome: Option<String>,
    /// What was in the way last.
    pub fault: Option<String>,
}

/// A row that is written with a change.
pub(super) type News = Vec<[Value; 5]>;

pub(super) const TELL: &str = "INSERT INTO outbox (id, kind, about, version, made_at, next_at, attempts, taken_until) \
    VALUES ($1, $2, $3, $4, $5, $5, 0, 0)";

/// Not while another one about the same is under way: what is said of a booking is said in its order.
const NEXT: &str = "SELECT * FROM outbox WHERE done_at IS NULL AND next_at <= $1 AND taken_until <= $1 \
    AND about NOT IN (SELECT about FROM outbox WHERE done_at IS NULL AND taken_until > $1 AND about <> '') \
    ORDER BY next_at, made_at, id LIMIT 1";

const TAKE: &str = "UPDATE outbox SET taken_until = $1, attempts = attempts + 1 \
    WHERE id = $2 AND done_at IS NULL AND taken_until <= $3";

const DONE: &str =
    "UPDATE outbox SET done_at = $1, outcome = $2, fault = $3, address = NULL WHERE id = $4";

const LATER: &str = "UPDATE outbox SET next_at = $1, taken_until = 0, fault = $2 WHERE id = $3";

/// Who asks again too soon changes nothing; who asks again later gets a new message in the old row.
const ASK: &str = "INSERT INTO outbox (id, kind, about, version, address, made_at, next_at, attempts, taken_until) \
    VALUES ($1, 'links', '', 0, $2, $3, $3, 0, 0) ON CONFLICT (id) DO UPDATE SET address = excluded.address, \
    made_at = excluded.made_at, next_at = excluded.next_at, attempts = 0, taken_until = 0, done_at = NULL, \
    outcome = NULL, fault = NULL WHERE outbox.made_at <= $4";

const BOOKINGS: &str = "SELECT r.*, d.details FROM reservations r JOIN guest_details d ON d.reservation_id = r.id \
    WHERE r.ends_at > $1 AND r.status IN ('CONFIRMED', 'PENDING') ORDER BY r.starts_at, r.id";

impl Store {
    /// From now on, changes are written down for whoever sends messages.
    #[must_use]
    pub fn with_post(self, post: Post) -> Self {
        Self {
            post: Some(post),
            ..self
        }
    }

    /// What is to be told of a change.
    pub(super) fn news(&self, before: &Record, after: &Record) -> Result<News, StoreError> {
        let Some(post) = &self.post else {
            return Ok(Vec::new());
        };
        let guest = news::for_guest(before, after);
        let house = news::for_house(before, after).filter(|_| post.house);
        let mut all = Vec::new();
        for kind in [guest, house].into_iter().flatten() {
            all.push(told(
                kind,
                &after.id,
                signed(after.version),
                after.updated_at,
            )?);
        }
        if post.waitlist && news::frees(before, after) {
            let day = before.seat.date.to_string();
            all.push(told(Kind::Freed, &day, 0, after.updated_at)?);
        }
        Ok(all)
    }

    /// Says that there may be something to send.
    pub(super) fn wake(&self, news: &News) {
        if let (Some(post), false) = (&self.post, news.is_empty()) {
            post.wake.notify_one();
        }
    }

    /// Keeps that somebody asks for the links of an address, whoever it is; `id` names the address to nobody.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn ask_for_links(&self, id: &str, address: &str) -> Result<(), StoreError> {
        let now = self.clock.now();
        let lately = now.checked_sub(LINKS_EVERY).unwrap_or(Timestamp::MIN);
        let mut session = self.backend.begin().await?;
        let asked = values![id, address, millis(now), millis(lately)];
        session.run(ASK, &asked).await?;
        session.commit().await?;
        if let Some(post) = &self.post {
            post.wake.notify_one();
        }
        Ok(())
    }

    /// Takes the next message that is due, for as long as an attempt may last.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn take_message(&self) -> Result<Option<Item>, StoreError> {
        loop {
            let now = self.clock.now();
            let mut session = self.backend.reader().await?;
            let Some(row) = session.row(NEXT, &values![millis(now)]).await? else {
                return Ok(None);
            };
            drop(session);
            let mut item = item(&row)?;
            let until = now.checked_add(TAKEN).unwrap_or(Timestamp::MAX);
            let mut session = self.backend.begin().await?;
            let take = values![millis(until), &item.id, millis(now)];
            let taken = session.run(TAKE, &take).await?;
            session.commit().await?;
            // Otherwise another server was quicker.
            if taken == 1 {
                item.attempts += 1;
                return Ok(Some(item));
            }
        }
    }

    /// Lets every message be taken that a server which is gone had in its hands. Where others may be sending,
    /// theirs are left to them.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn release_messages(&self) -> Result<(), StoreError> {
        if self.backend.written().is_none() {
            return Ok(());
        }
        let mut session = self.backend.begin().await?;
        session
            .run(
                "UPDATE outbox SET taken_until = 0 WHERE taken_until > 0",
                &[],
            )
            .await?;
        session.commit().await
    }

    /// Ends a message.
    ///
    /// # Errors
    /// If the database fails; then it may be sent again.
    pub async fn message_done(
        &self,
        id: &str,
        ending: Ending,
        fault: Option<&str>,
    ) -> Result<(), StoreError> {
        let fault = fault.map(str::to_owned);
        let done = values![millis(self.clock.now()), ending.word(), fault, id];
        let mut session = self.backend.begin().await?;
        session.run(DONE, &done).await?;
        session.commit().await?;
        self.metrics.sent(ending.word());
        Ok(())
    }

    /// Puts a message back until later.
    ///
    /// # Errors
    /// If the database fails; then it is free again once its time is up.
    pub async fn message_later(
        &self,
        id: &str,
        at: Timestamp,
        fault: &str,
    ) -> Result<(), StoreError> {
        let mut session = self.backend.begin().await?;
        session.run(LATER, &values![millis(at), fault, id]).await?;
        session.commit().await?;
        self.metrics.sent("PUT_BACK");
        Ok(())
    }

    /// Every message of the last days, the newest last.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn messages(&self) -> Result<Vec<Posted>, StoreError> {
        let mut session = self.backend.reader().await?;
        let rows = session.rows("SELECT * FROM outbox ORDER BY made_at, id", &[]);
        rows.await?.iter().map(posted).collect()
    }

    /// The bookings to come that were made with an address.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn bookings_of(&self, address: &str) -> Result<Vec<Record>, StoreError> {
        let mut session = self.backend.reader().await?;
        let now = values![millis(self.clock.now())];
        let all: Vec<Record> = session
            .rows(BOOKINGS, &now)
            .await?
            .iter()
            .map(rows::record)
            .collect::<Result<_, _>>()?;
        let wanted = address.trim().to_lowercase();
        let is_theirs = |record: &Record| {
            let details = record.details.as_ref();
            details.is_some_and(|it| it.guest.email.trim().to_lowercase() == wanted)
        };
        Ok(all.into_iter().filter(is_theirs).collect())
    }

    /// Who waits for a place on a day and has not been told of one, first come first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn waiting_for(&self, day: Date) -> Result<Vec<WaitlistRecord>, StoreError> {
        let mut session = self.backend.reader().await?;
        let rows = session
            .rows(
                "SELECT * FROM waitlist_entries WHERE day = $1 AND told_at IS NULL ORDER BY created_at, id",
                &values![day.to_string()],
            )
            .await?;
        rows.iter().map(entry).collect()
    }

    /// Ends the news that places became free by telling these of it, each once.
    ///
    /// # Errors
    /// If the database fails; then nobody is told yet.
    pub async fn tell_of_places(&self, id: &str, entries: &[&str]) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut session = self.backend.begin().await?;
        for entry in entries {
            let first = session
                .run(
                    "UPDATE waitlist_entries SET told_at = $1 WHERE id = $2 AND told_at IS NULL",
                    &values![millis(now), *entry],
                )
                .await?;
            if first == 1 {
                let row = told(Kind::Place, entry, 0, now)?;
                session.run(TELL, &row).await?;
            }
        }
        let none: Option<String> = None;
        let done = values![millis(now), Ending::Nothing.word(), none, id];
        session.run(DONE, &done).await?;
        session.commit().await
    }
}

/// Forgets what became of messages long done, and that somebody asked for links of bookings there never were:
/// anybody may ask for any address. Answers how many.
pub(super) async fn forget(session: &mut Session, now: Timestamp) -> Result<u64, StoreError> {
    let before = now.checked_sub(REMEMBERED).unwrap_or(Timestamp::MIN);
    session
        .run(
            "DELETE FROM outbox WHERE done_at <= $1 OR (kind = 'links' AND outcome = 'NOTHING')",
            &values![millis(before)],
        )
        .await
}

pub(super) fn told(
    kind: Kind,
    about: &str,
    version: i64,
    now: Timestamp,
) -> Result<[Value; 5], StoreError> {
    let id = secret::new_id().map_err(StoreError::Random)?;
    Ok(values![id, kind.word(), about, version, millis(now)])
}

fn item(row: &Row) -> Result<Item, StoreError> {
    Ok(Item {
        id: row.text("id")?,
        kind: Kind::parse(&row.text("kind")?).ok_or(StoreError::Damaged("message"))?,
        about: row.text("about")?,
        version: row.number("version")?,
        address: row.maybe_text("address")?,
        made_at: instant(row.number("made_at")?)?,
        attempts: row.number("attempts")?,
    })
}

pub(super) fn posted(row: &Row) -> Result<Posted, StoreError> {
    Ok(Posted {
        item: item(row)?,
        next_at: instant(row.number("next_at")?)?,
        outcome: row.maybe_text("outcome")?,
        fault: row.maybe_text("fault")?,
    })
}
