//! What is deleted by itself, when, and how much of it was.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::outbox::{self, REMEMBERED};
use super::rows::{instant, millis, signed};
use super::seats::alive_after;
use super::session::{Row, Session, values};
use super::{Store, StoreError};
use crate::record::{Details, GRACE, Record};
use crate::retention::{Counts, Kind, Left, Retention};
use crate::seating::parse_date;

/// By what something was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The time it may be kept is over.
    Retention,
    /// The guest wanted it.
    Guest,
    /// The house did it, for a guest who asked.
    House,
}

impl Cause {
    fn word(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::Guest => "guest",
            Self::House => "house",
        }
    }
}

/// So many of a kind that were deleted on a day, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// UTC.
    pub day: String,
    /// What.
    pub kind: String,
    /// `retention`, `guest` or `house`.
    pub cause: String,
    /// How many.
    pub number: u64,
}

/// What there is of a kind, and when the first of it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// What.
    pub kind: Kind,
    /// How many.
    pub number: u64,
    /// When the next pass after that deletes the first of it.
    pub next: Option<Timestamp>,
}

/// How long it is known how much was deleted.
const REPORTED: SignedDuration = SignedDuration::from_hours(400 * 24);

const NOTE: &str = "INSERT INTO deletions (day, kind, cause, number) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (day, kind, cause) DO UPDATE SET number = deletions.number + excluded.number";

const OVER: &str = "SELECT d.reservation_id, d.details, r.ends_at FROM guest_details d \
    JOIN reservations r ON r.id = d.reservation_id WHERE r.ends_at <= $1";

const GONE: &str = "DELETE FROM guest_details WHERE reservation_id = $1";

/// Nothing is written over what somebody else has just changed or erased.
const LESS: &str =
    "UPDATE guest_details SET details = $1 WHERE reservation_id = $2 AND details = $3";

fn utc(now: Timestamp) -> Date {
    now.to_zoned_datetime(TimeZone::UTC).date()
}

/// Writes down that so much was deleted.
pub(super) async fn note(
    session: &mut Session,
    counts: &Counts,
    cause: Cause,
    now: Timestamp,
) -> Result<(), StoreError> {
    for (kind, number) in counts.told() {
        let row = values![
            utc(now).to_string(),
            kind.word(),
            cause.word(),
            signed(number)
        ];
        session.run(NOTE, &row).await?;
    }
    Ok(())
}

impl Store {
    /// Counts by these rules from now on what is erased on request.
    #[must_use]
    pub fn with_retention(self, retention: Retention) -> Self {
        Self {
            retention: Some(retention),
            ..self
        }
    }

    /// What goes when everything personal of a reservation is erased.
    pub(super) fn erased(&self, before: &Record, after: &Record) -> Counts {
        match (&before.details, &after.details, &self.retention) {
            (Some(details), None, Some(rules)) => rules.count(details),
            _ => Counts::default(),
        }
    }

    /// Forgets what has been kept long enough: of an evening that is over each kind of what is personal at its
    /// own time, keys after a day, who held once it is no hold, who waited once the day is over, and what became of
    /// messages. Answers how many of each, which is also written down.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn forget(&self, rules: &Retention) -> Result<Counts, StoreError> {
        let now = self.clock.now();
        // A day is over everywhere once it is over in the last time zone.
        let yesterday = utc(now).saturating_sub(1.day()).to_string();
        let mut session = self.backend.begin().await?;
        let mut counts = forget_details(&mut session, rules, now).await?;
        for (kind, sql, value) in [
            (
                Kind::Keys,
                "DELETE FROM idempotency_keys WHERE kept_until <= $1",
                values![millis(now)],
            ),
            // Who held is nobody's business once it is no hold any more.
            (
                Kind::Holders,
                "UPDATE reservations SET held_by = NULL WHERE held_by IS NOT NULL AND expires_at <= $1",
                values![alive_after(now)],
            ),
            (
                Kind::Waitlist,
                "DELETE FROM waitlist_entries WHERE day < $1",
                values![yesterday],
            ),
        ] {
            counts.add(kind, session.run(sql, &value).await?);
        }
        counts.add(Kind::Outbox, outbox::forget(&mut session, now).await?);
        note(&mut session, &counts, Cause::Retention, now).await?;
        let long_ago = now.checked_sub(REPORTED).unwrap_or(Timestamp::MIN);
        session
            .run(
                "DELETE FROM deletions WHERE day < $1",
                &values![utc(long_ago).to_string()],
            )
            .await?;
        session.commit().await?;
        self.backend.scrub().await;
        Ok(counts)
    }

    /// What there is of each kind and when the first of it goes by these rules, and what was deleted from a day
    /// on, the newest first. Both of one moment: what a pass deletes meanwhile is in one of them, never in both.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn kept_and_deleted(
        &self,
        rules: &Retention,
        since: Date,
    ) -> Result<(Vec<Held>, Vec<Deleted>), StoreError> {
        let mut view = self.backend.view().await?;
        let held = held(&mut view, rules).await?;
        let deleted = deleted(&mut view, since).await?;
        view.leave((held, deleted)).await
    }
}

async fn deleted(session: &mut Session, since: Date) -> Result<Vec<Deleted>, StoreError> {
    let rows = session
        .rows(
            "SELECT day, kind, cause, number FROM deletions WHERE day >= $1 ORDER BY day DESC, kind, cause",
            &values![since.to_string()],
        )
        .await?;
    let deleted = |row: &Row| {
        Ok(Deleted {
            day: row.text("day")?,
            kind: row.text("kind")?,
            cause: row.text("cause")?,
            number: row.number("number")?,
        })
    };
    rows.iter().map(deleted).collect()
}

async fn held(session: &mut Session, rules: &Retention) -> Result<Vec<Held>, StoreError> {
    let mut all = Kind::ALL.map(|kind| Held {
        kind,
        number: 0,
        next: None,
    });
    for row in &session.rows(OVER, &values![i64::MAX]).await? {
        let (details, ends_at) = of_evening(row)?;
        let counts = rules.count(&details);
        for held in &mut all {
            let Some(time) = rules.keeps(held.kind) else {
                continue;
            };
            let number = counts.of(held.kind);
            held.number += number;
            let next = ends_at.checked_add(time).ok().filter(|_| number > 0);
            held.next = [held.next, next].into_iter().flatten().min();
        }
    }
    for held in &mut all {
        if let Some(sql) = counting(held.kind) {
            let row = session.row(sql, &[]).await?;
            let row = row.ok_or(StoreError::Damaged("count"))?;
            held.number = row.number("number")?;
            held.next = goes_at(held.kind, &row)?;
        }
    }
    Ok(all.to_vec())
}

/// Of evenings that are over, each kind of what is personal at its time.
async fn forget_details(
    session: &mut Session,
    rules: &Retention,
    now: Timestamp,
) -> Result<Counts, StoreError> {
    let over = now.checked_sub(rules.shortest()).unwrap_or(Timestamp::MIN);
    let mut counts = Counts::default();
    for row in session.rows(OVER, &values![millis(over)]).await? {
        let id = row.text("reservation_id")?;
        let (details, ends_at) = of_evening(&row)?;
        let (left, gone) = rules.apply(&details, now.duration_since(ends_at));
        let touched = match left {
            Left::All => continue,
            Left::Nothing => session.run(GONE, &values![id]).await?,
            Left::Some(less) => {
                let text = serde_json::to_string(&less).map_err(|_| damaged())?;
                let before = row.text("details")?;
                session.run(LESS, &values![text, id, before]).await?
            }
        };
        if touched > 0 {
            counts.add_all(&gone);
        }
    }
    Ok(counts)
}

fn of_evening(row: &Row) -> Result<(Details, Timestamp), StoreError> {
    let details = serde_json::from_str(&row.text("details")?).map_err(|_| damaged())?;
    Ok((details, instant(row.number("ends_at")?)?))
}

fn damaged() -> StoreError {
    StoreError::Damaged("guest")
}

/// How many there are of a kind that has rows of its own, and what its first one goes by.
fn counting(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Waitlist => {
            Some("SELECT COUNT(*) AS number, MIN(day) AS first FROM waitlist_entries")
        }
        Kind::Outbox => Some("SELECT COUNT(*) AS number, MIN(done_at) AS first FROM outbox"),
        Kind::Keys => {
            Some("SELECT COUNT(*) AS number, MIN(kept_until) AS first FROM idempotency_keys")
        }
        Kind::Holders => Some(
            "SELECT COUNT(*) AS number, MIN(expires_at) AS first FROM reservations WHERE held_by IS NOT NULL",
        ),
        Kind::Contact | Kind::Documents | Kind::Dietary | Kind::Note => None,
    }
}

fn goes_at(kind: Kind, row: &Row) -> Result<Option<Timestamp>, StoreError> {
    if kind == Kind::Waitlist {
        let day = row.maybe_text("first")?.as_deref().and_then(parse_date);
        let over = day.map(|day| day.saturating_add(2.days()).at(0, 0, 0, 0));
        return Ok(over.and_then(|over| TimeZone::UTC.to_timestamp(over).ok()));
    }
    let first = row.maybe_number("first")?.map(instant).transpose()?;
    let after = match kind {
        Kind::Outbox => REMEMBERED,
        Kind::Holders => GRACE,
        _ => SignedDuration::ZERO,
    };
    Ok(first.and_then(|first| first.checked_add(after).ok()))
}
