//! What is deleted by itself, what is held on somebody who asks, and erasing it for her.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Value, json};

use super::{Desk, failed, patiently, tell};
use crate::record::{Record, WaitlistRecord, masked};
use crate::retention::Kind;
use crate::rules;
use crate::seating;
use crate::store::{Deleted, Held, Posted, Version};

/// Whom a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whoever has this address.
    Email(String),
    /// Whoever made this booking.
    Booking(String),
}

/// How far back it is told what was deleted.
const DAYS: i32 = 90;

/// Everything there is about somebody.
struct Subject {
    bookings: Vec<(Record, Vec<Version>)>,
    places: Vec<WaitlistRecord>,
    messages: Vec<Posted>,
}

impl Desk<'_> {
    pub(super) async fn retention(&self) -> Result<String, String> {
        let rules = &self.settings.retention;
        let today = self.clock.now().to_zoned_datetime(TimeZone::UTC).date();
        let since = today.saturating_sub(DAYS.days());
        let told = self.store.kept_and_deleted(rules, since).await;
        let (held, deleted) = told.map_err(failed)?;
        Ok(if self.json {
            let held = held.iter().map(|held| self.rule(held));
            tell::lines(&json!({
                "rules": held.collect::<Vec<_>>(),
                "deleted": deleted.iter().map(gone).collect::<Vec<_>>(),
            }))
        } else {
            self.report(&held, &deleted)
        })
    }

    fn at(&self, instant: Timestamp) -> String {
        let zoned = instant.to_zoned_datetime(self.settings.zone.clone());
        zoned.strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn rule(&self, held: &Held) -> Value {
        json!({
            "kind": held.kind.word(),
            "kept": self.kept(held.kind),
            "held": held.number,
            "next": held.next.map(|next| seating::told(&self.settings.zone, next)),
        })
    }

    fn kept(&self, kind: Kind) -> String {
        let after = self.settings.retention.keeps(kind);
        let days = after.map(|time| time.as_secs() / SignedDuration::from_hours(24).as_secs());
        match (kind, days) {
            (_, Some(1)) => "1 day after the evening".to_owned(),
            (_, Some(days)) => format!("{days} days after the evening"),
            (Kind::Waitlist, _) => "until the day is over".to_owned(),
            (Kind::Outbox, _) => "7 days after it was sent or given up".to_owned(),
            (Kind::Keys, _) => "24 hours".to_owned(),
            _ => "as long as the hold".to_owned(),
        }
    }

    fn report(&self, held: &[Held], deleted: &[Deleted]) -> String {
        let labels = format!("{:<10} {:>6}  {:<37} next goes\n", "kind", "held", "kept");
        let rule = |it: &Held| {
            let next = it.next.map_or("-".to_owned(), |next| self.at(next));
            let (kind, kept) = (it.kind.word(), self.kept(it.kind));
            format!("{kind:<10} {:>6}  {kept:<37} {next}\n", it.number)
        };
        let gone = |it: &Deleted| {
            let cause = match it.cause.as_str() {
                "guest" => "by guests",
                "house" => "by the house, for guests who asked",
                _ => "past its time",
            };
            let (day, kind) = (&it.day, &it.kind);
            format!("{day}  {kind:<10} {:>6}  {cause}\n", it.number)
        };
        let none = if deleted.is_empty() { ": nothing" } else { "" };
        let between = format!("\ndeleted in the last {DAYS} days{none}\n");
        let rules: Vec<String> = held.iter().map(rule).collect();
        let deleted: Vec<String> = deleted.iter().map(gone).collect();
        [labels, rules.concat(), between, deleted.concat()].concat()
    }

    async fn about(&self, who: &Who) -> Result<Subject, String> {
        let (records, address) = match who {
            Who::Email(address) => {
                let records = self.store.reservations_of(address).await.map_err(failed)?;
                (records, address.as_str())
            }
            Who::Booking(name) => (vec![self.named(name).await?], ""),
        };
        let places = self.store.places_of(address).await.map_err(failed)?;
        let ids = records.iter().map(|it| it.id.as_str());
        let ids: Vec<&str> = ids.chain(places.iter().map(|it| it.id.as_str())).collect();
        let messages = self.store.messages_of(&ids, address).await;
        let messages = messages.map_err(failed)?;
        let mut bookings = Vec::new();
        for record in records {
            let versions = self.store.versions(&record.id).await.map_err(failed)?;
            bookings.push((record, versions));
        }
        Ok(Subject {
            bookings,
            places,
            messages,
        })
    }

    /// Everything held on somebody, to be handed over.
    pub(super) async fn subject(&self, who: &Who) -> Result<String, String> {
        let subject = self.about(who).await?;
        let told = json!({
            "asOf": seating::told(&self.settings.zone, self.clock.now()),
            "bookings": subject.bookings.iter().map(|it| self.booking(it)).collect::<Vec<_>>(),
            "waitlist": subject.places.iter().map(|it| self.place(it)).collect::<Vec<_>>(),
            "messages": subject.messages.iter().map(|it| self.message(it)).collect::<Vec<_>>(),
        });
        if self.json {
            return Ok(tell::lines(&told));
        }
        if subject.is_empty() {
            return Ok("nothing is held on this person\n".to_owned());
        }
        Ok(told_in_words(&told))
    }

    fn booking(&self, (record, versions): &(Record, Vec<Version>)) -> Value {
        let zone = &self.settings.zone;
        let history = versions.iter().map(|it| {
            json!({
                "since": seating::told(zone, it.updated_at), "version": it.number, "status": it.status,
                "startsAt": seating::told(zone, it.starts_at), "people": it.party_size,
            })
        });
        let details = record.details.as_ref().map(|details| {
            json!({
                "guest": details.guest,
                "guests": masked(&self.settings, details.guests.clone()),
                "dishes": details.dishes,
                "dietary": details.dietary,
                "note": details.note,
                "consents": details.consents,
            })
        });
        json!({
            "reference": record.reference,
            "id": record.id,
            "status": tell::status(self, record),
            "madeAt": seating::told(zone, record.created_at),
            "startsAt": seating::told(zone, record.seat.starts_at),
            "service": record.seat.service_id,
            "area": record.seat.area_id,
            "people": record.party_size,
            "language": record.locale,
            "details": details,
            "history": history.collect::<Vec<_>>(),
        })
    }

    fn place(&self, entry: &WaitlistRecord) -> Value {
        json!({
            "id": entry.id, "date": entry.date.to_string(), "people": entry.party_size, "guest": entry.guest,
            "madeAt": seating::told(&self.settings.zone, entry.created_at),
        })
    }

    fn message(&self, posted: &Posted) -> Value {
        json!({
            "kind": posted.item.kind.word(), "about": posted.item.about, "to": posted.item.address,
            "madeAt": seating::told(&self.settings.zone, posted.item.made_at), "outcome": posted.outcome,
        })
    }

    /// Erases what is held on somebody. Seats stay taken, and their history stays, without a person in it.
    pub(super) async fn erase(&mut self, who: &Who) -> Result<String, String> {
        let subject = self.about(who).await?;
        let told = |it: &&(Record, Vec<Version>)| it.0.details.is_some();
        let named: Vec<String> = subject
            .bookings
            .iter()
            .filter(told)
            .map(|(record, _)| tell::line(self, record))
            .collect();
        let (bookings, places) = (named.len(), subject.places.len());
        if subject.is_empty() || (bookings, places) == (0, 0) && subject.asked().next().is_none() {
            return Err("nothing is held on this person; nothing was changed".to_owned());
        }
        let question = format!(
            "{}\nErase what {bookings} bookings say of this person, and {places} places on the waiting list? Tables \
             stay booked without a name: cancel first what is not wanted.",
            named.join("\n")
        );
        self.sure(question.trim_start())?;
        for (record, _) in &subject.bookings {
            patiently(async || {
                self.store
                    .change(&record.id, None, None, rules::erase)
                    .await
            })
            .await?;
        }
        for entry in &subject.places {
            patiently(async || self.store.stop_waiting(&entry.id).await).await?;
        }
        for posted in subject.asked() {
            patiently(async || self.store.forget_message(&posted.item.id).await).await?;
        }
        self.store.scrub().await;
        if self.json {
            return Ok(tell::lines(
                &json!({ "bookings": bookings, "waitlist": places }),
            ));
        }
        Ok(format!(
            "erased: {bookings} bookings, {places} places on the waiting list\n"
        ))
    }
}

impl Subject {
    fn is_empty(&self) -> bool {
        self.bookings.is_empty() && self.places.is_empty() && self.messages.is_empty()
    }

    /// Requests for links that still say whose.
    fn asked(&self) -> impl Iterator<Item = &Posted> {
        self.messages.iter().filter(|it| it.item.address.is_some())
    }
}

fn gone(it: &Deleted) -> Value {
    json!({ "day": it.day, "kind": it.kind, "cause": it.cause, "number": it.number })
}

/// Each booking, place and message under a heading of its own.
fn told_in_words(told: &Value) -> String {
    let mut text = String::new();
    written(&mut text, "as of", &told["asOf"]);
    for (section, name) in [
        ("bookings", "booking"),
        ("waitlist", "place on a waiting list"),
        ("messages", "message"),
    ] {
        let all = told[section].as_array().map_or(&[][..], Vec::as_slice);
        for (number, thing) in (1_usize..).zip(all) {
            text.extend(["\n", name, " ", &number.to_string(), "\n"]);
            written(&mut text, "", thing);
        }
    }
    text.push_str("\nof the number of a document only the end is written here\n");
    text
}

/// A value as lines, a thing a line, each with where it belongs.
fn written(text: &mut String, at: &str, value: &Value) {
    let below = |name: &str| {
        if at.is_empty() {
            name.to_owned()
        } else {
            format!("{at} / {name}")
        }
    };
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                written(text, &below(name), value);
            }
        }
        Value::Array(all) => {
            for (number, value) in (1_usize..).zip(all) {
                written(text, &below(&number.to_string()), value);
            }
        }
        Value::String(told) if told.trim().is_empty() => {}
        Value::String(told) => text.extend([at, ": ", &tell::clean(told), "\n"]),
        other => text.extend([at, ": ", &other.to_string(), "\n"]),
    }
}
