//! A message as its words and facts, and as plain text and HTML with the same.

use jiff::Timestamp;
use jiff::civil::Date;
use reservation_contract::Text;
use reservation_contract::words::Mode;

use super::words::{Language, Words, fill};
use crate::ics;
use crate::news::Kind;
use crate::record::{Record, Status, WaitlistRecord};
use crate::seating;
use crate::secret::{Subject, TokenKey};
use crate::settings::{Messages, Settings};

/// Letters of a name that somebody is called by.
const NAME: usize = 40;

/// A message, before it is put in an envelope.
#[derive(Debug, PartialEq, Eq)]
pub struct Letter {
    /// Whom it goes to.
    pub to: String,
    /// Its language.
    pub locale: String,
    /// Its subject.
    pub subject: String,
    /// What it says, from top to bottom.
    pub parts: Vec<Part>,
    /// The calendar file.
    pub calendar: Option<String>,
}

/// Something a message says.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph.
    Paragraph(String),
    /// Labels and what they stand for.
    Facts(Vec<(String, String)>),
    /// A link, with what it does.
    Link {
        /// What it does.
        label: String,
        /// Where it leads.
        url: String,
    },
}

/// What letters are written with.
pub struct Desk<'a> {
    /// Settings.
    pub settings: &'a Settings,
    /// How mail is sent.
    pub messages: &'a Messages,
    /// Words.
    pub words: &'a Words,
    /// Makes the links.
    pub tokens: &'a TokenKey,
}

impl Desk<'_> {
    /// The letter to a guest about a booking. None where there is no address any more.
    pub fn about_booking(&self, kind: Kind, record: &Record, now: Timestamp) -> Option<Letter> {
        let guest = &record.details.as_ref()?.guest;
        let locale = guest.locale.as_str();
        let words = self.words.of(locale);
        let message = words.message(kind, Some(record));
        let facts = Facts::of(self, record, locale);
        let name = called(&guest.given_name);
        let mut with = facts.pairs();
        with.push(("name", name));
        let mut parts = self.opening(words, name);
        let paragraphs = message
            .text
            .iter()
            .map(|it| Part::Paragraph(fill(it, &with)));
        parts.extend(paragraphs);
        parts.push(Part::Facts(facts.lines(words, record)));
        if matches!(record.status, Status::Pending | Status::Confirmed) {
            parts.push(self.manage(words, record, locale));
            parts.push(Part::Paragraph(words.manage_note.clone()));
        }
        parts.push(self.signed(words, locale));
        let quiet: Vec<_> = with.into_iter().filter(|(key, _)| *key != "name").collect();
        Some(Letter {
            to: guest.email.trim().to_owned(),
            locale: locale.to_owned(),
            subject: self.subject(words, fill(&message.subject, &quiet)),
            parts,
            calendar: Some(ics::mailed(self.settings, record, now)),
        })
    }

    /// The letter to somebody who waits for a place.
    pub fn about_place(&self, entry: &WaitlistRecord) -> Letter {
        let locale = entry.guest.locale.as_str();
        let words = self.words.of(locale);
        let message = words.message(Kind::Place, None);
        let (date, people) = (day(entry.date, locale), people(entry.party_size, locale));
        let venue = in_language(&self.settings.name, locale);
        let with = [("venue", venue), ("date", &date), ("people", &people)];
        let mut parts = self.opening(words, called(&entry.guest.given_name));
        let paragraphs = message
            .text
            .iter()
            .map(|it| Part::Paragraph(fill(it, &with)));
        parts.extend(paragraphs);
        parts.push(Part::Facts(vec![
            (words.when.clone(), date.clone()),
            (words.people.clone(), entry.party_size.to_string()),
        ]));
        let query = if locale == "es" {
            format!("personas={}&fecha={}", entry.party_size, entry.date)
        } else {
            format!("party={}&date={}", entry.party_size, entry.date)
        };
        let page = in_language(&self.messages.booking_url, locale);
        parts.push(Part::Link {
            label: words.book.clone(),
            url: format!("{page}?{query}"),
        });
        parts.push(self.signed(words, locale));
        Letter {
            to: entry.guest.email.trim().to_owned(),
            locale: locale.to_owned(),
            subject: self.subject(words, fill(&message.subject, &with)),
            parts,
            calendar: None,
        }
    }

    /// The letter with the links of somebody's bookings. None if there are none.
    pub fn links(&self, address: &str, records: &[Record]) -> Option<Letter> {
        let locale = records.last()?.locale.as_str();
        let words = self.words.of(locale);
        let message = words.message(Kind::Links, None);
        let with = [("venue", in_language(&self.settings.name, locale))];
        // Whoever reads the mailbox may not be who asked: no name.
        let mut parts = self.opening(words, "");
        let paragraphs = message
            .text
            .iter()
            .map(|it| Part::Paragraph(fill(it, &with)));
        parts.extend(paragraphs);
        for record in records {
            let facts = Facts::of(self, record, locale);
            parts.push(Part::Facts(facts.lines(words, record)));
            parts.push(self.manage(words, record, locale));
        }
        parts.push(Part::Paragraph(words.manage_note.clone()));
        parts.push(self.signed(words, locale));
        Some(Letter {
            to: address.to_owned(),
            locale: locale.to_owned(),
            subject: self.subject(words, fill(&message.subject, &with)),
            parts,
            calendar: None,
        })
    }

    /// The letter to the house about one of its bookings: enough to call back, and no more.
    pub fn to_house(&self, kind: Kind, to: &str, record: &Record) -> Option<Letter> {
        let guest = &record.details.as_ref()?.guest;
        let (words, house) = (&self.words.es, &self.words.house);
        let subject = match record.status {
            Status::Pending => &house.pending,
            Status::Cancelled => &house.cancelled,
            _ if kind == Kind::HouseChanged => &house.changed,
            _ => &house.confirmed,
        };
        let facts = Facts::of(self, record, "es");
        let mut lines = facts.lines(words, record);
        let name = format!("{} {}", guest.given_name, guest.family_name);
        lines.push((house.name.clone(), name.trim().to_owned()));
        if !guest.phone.is_empty() {
            lines.push((house.phone.clone(), guest.phone.clone()));
        }
        let trial = self.trial().then(|| Part::Paragraph(words.trial.clone()));
        Some(Letter {
            to: to.to_owned(),
            locale: "es".to_owned(),
            subject: self.subject(words, fill(subject, &facts.pairs())),
            parts: trial.into_iter().chain([Part::Facts(lines)]).collect(),
            calendar: None,
        })
    }

    fn trial(&self) -> bool {
        self.settings.mode == Mode::Trial
    }

    fn opening(&self, words: &Language, name: &str) -> Vec<Part> {
        let hello = if name.is_empty() {
            words.hello_nobody.clone()
        } else {
            fill(&words.hello, &[("name", name)])
        };
        let trial = self.trial().then(|| Part::Paragraph(words.trial.clone()));
        [Part::Paragraph(hello)].into_iter().chain(trial).collect()
    }

    fn subject(&self, words: &Language, subject: String) -> String {
        if self.trial() {
            format!("{}{subject}", words.trial_subject)
        } else {
            subject
        }
    }

    fn manage(&self, words: &Language, record: &Record, locale: &str) -> Part {
        let page = in_language(&self.messages.manage_url, locale);
        let token = self.tokens.token(Subject::Reservation, &record.id);
        Part::Link {
            label: words.manage.clone(),
            url: format!("{page}#r={}&t={token}", record.id),
        }
    }

    fn signed(&self, words: &Language, locale: &str) -> Part {
        let venue = in_language(&self.settings.name, locale);
        Part::Paragraph(fill(&words.sign, &[("venue", venue)]))
    }
}

/// What a message may say of a booking.
struct Facts<'a> {
    venue: &'a str,
    area: Option<&'a str>,
    date: String,
    time: String,
    until: (String, String),
    people: String,
    reference: &'a str,
}

impl<'a> Facts<'a> {
    fn of(desk: &Desk<'a>, record: &'a Record, locale: &str) -> Self {
        let settings = desk.settings;
        let at = |instant: Timestamp| {
            let local = instant.to_zoned_datetime(settings.zone.clone());
            (
                day(local.date(), locale),
                local.strftime("%H:%M").to_string(),
            )
        };
        let (date, time) = at(record.seat.starts_at);
        let mut areas = settings.areas.iter();
        let area = areas.find(|area| Some(&area.id) == record.seat.area_id.as_ref());
        Self {
            venue: in_language(&settings.name, locale),
            area: area.map(|area| in_language(&area.name, locale)),
            date,
            time,
            until: at(record.seat.cancellable_until),
            people: people(record.party_size, locale),
            reference: &record.reference,
        }
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        vec![
            ("venue", self.venue),
            ("date", &self.date),
            ("time", &self.time),
            ("people", &self.people),
            ("reference", self.reference),
        ]
    }

    fn lines(&self, words: &Language, record: &Record) -> Vec<(String, String)> {
        let when =
            |date: &str, time: &str| fill(&words.when_text, &[("date", date), ("time", time)]);
        let mut lines = vec![(words.when.clone(), when(&self.date, &self.time))];
        lines.extend(self.area.map(|area| (words.place.clone(), area.to_owned())));
        lines.push((words.people.clone(), record.party_size.to_string()));
        lines.push((words.reference.clone(), self.reference.to_owned()));
        if matches!(record.status, Status::Pending | Status::Confirmed) {
            lines.push((words.until.clone(), when(&self.until.0, &self.until.1)));
        }
        lines
    }
}

/// A name to call somebody by, or none: whoever books with the address of somebody else must not be able to
/// write to them through this server.
fn called(name: &str) -> &str {
    let name = name.trim();
    let harmless = |letter: char| letter.is_alphabetic() || " -'’".contains(letter);
    if name.chars().all(harmless) && name.chars().count() <= NAME {
        name
    } else {
        ""
    }
}

fn in_language<'a>(text: &'a Text, locale: &str) -> &'a str {
    if locale == "es" { &text.es } else { &text.en }
}

fn people(count: u32, locale: &str) -> String {
    let word = match (locale, count) {
        ("es", 1) => "persona",
        ("es", _) => "personas",
        (_, 1) => "person",
        _ => "people",
    };
    format!("{count} {word}")
}

const DAYS: [[&str; 2]; 7] = [
    ["lunes", "Monday"],
    ["martes", "Tuesday"],
    ["miércoles", "Wednesday"],
    ["jueves", "Thursday"],
    ["viernes", "Friday"],
    ["sábado", "Saturday"],
    ["domingo", "Sunday"],
];

const MONTHS: [[&str; 2]; 12] = [
    ["enero", "January"],
    ["febrero", "February"],
    ["marzo", "March"],
    ["abril", "April"],
    ["mayo", "May"],
    ["junio", "June"],
    ["julio", "July"],
    ["agosto", "August"],
    ["septiembre", "September"],
    ["octubre", "October"],
    ["noviembre", "November"],
    ["diciembre", "December"],
];

/// A day in words, with its year: a mail may be read long after.
pub fn day(date: Date, locale: &str) -> String {
    let word = |words: &[[&'static str; 2]], number: i8| {
        let found = usize::try_from(number).ok().and_then(|it| words.get(it));
        found.map_or("", |[es, en]| if locale == "es" { es } else { en })
    };
    let weekday = word(&DAYS, date.weekday().to_monday_zero_offset());
    let month = word(&MONTHS, date.month() - 1);
    if locale == "es" {
        format!("{weekday} {} de {month} de {}", date.day(), date.year())
    } else {
        format!("{weekday} {} {month} {}", date.day(), date.year())
    }
}

/// Whether somebody who waits could sit there.
pub fn suits(entry: &WaitlistRecord, seating: &seating::Seating) -> bool {
    let same = |wish: &Option<String>, is: Option<&String>| wish.is_none() || wish.as_ref() == is;
    same(&entry.service_id, Some(&seating.seat.service_id))
        && same(&entry.area_id, seating.seat.area_id.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_no_message() {
        for name in ["Lucía", " María José ", "O'Neil", "Anne-Marie", "李"] {
            assert_eq!(called(name), name.trim(), "{name}");
        }
        for name in [
            "www.evil.example",
            "win at evil/now",
            "call 300 555",
            "a\nb",
            &"a".repeat(41),
        ] {
            assert_eq!(called(name), "", "{name}");
        }
    }

    #[test]
    fn days_are_told_in_words() {
        let date = jiff::civil::date(2026, 12, 5);
        assert_eq!(day(date, "es"), "sábado 5 de diciembre de 2026");
        assert_eq!(day(date, "en"), "Saturday 5 December 2026");
        assert_eq!(
            day(jiff::civil::date(2027, 1, 4), "es"),
            "lunes 4 de enero de 2027"
        );
    }
}
