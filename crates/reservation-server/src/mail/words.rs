//! The words of messages: a file of the operator's, or the one built in.

use std::path::Path;

use serde::Deserialize;

use crate::news::Kind;
use crate::record::{Record, Status};
use crate::settings::{line_at, line_of};

/// The words built into the binary.
pub const DEFAULT: &str = include_str!("../../messages.toml");

/// What may stand in braces where a message is about a booking, about a day, or about neither.
const OF_A_BOOKING: &[&str] = &["venue", "name", "date", "time", "people", "reference"];
const OF_A_DAY: &[&str] = &["venue", "date", "people"];
const OF_NOTHING: &[&str] = &["venue"];

/// The words of every message.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// For guests who read Spanish.
    pub es: Language,
    /// For guests who read English.
    pub en: Language,
    /// For the house.
    pub house: House,
}

/// The words of one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Before everything, to somebody with a name.
    pub hello: String,
    /// The same to somebody without.
    pub hello_nobody: String,
    /// Before the subject in a trial.
    pub trial_subject: String,
    /// Said first in a trial.
    pub trial: String,
    /// Label of the evening.
    pub when: String,
    /// The evening.
    pub when_text: String,
    /// Label of the part of the house.
    #[serde(rename = "where")]
    pub place: String,
    /// Label of the party.
    pub people: String,
    /// Label of the reference.
    pub reference: String,
    /// Label of the end of cancelling.
    pub until: String,
    /// What the manage link does.
    pub manage: String,
    /// Who has it.
    pub manage_note: String,
    /// What the booking link does.
    pub book: String,
    /// Below everything.
    pub sign: String,
    confirmed: Message,
    pending: Message,
    accepted: Message,
    rejected: Message,
    changed: Message,
    changed_pending: Message,
    cancelled: Message,
    cancelled_by_house: Message,
    #[serde(rename = "place")]
    a_place: Message,
    links: Message,
}

/// One message.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Its subject.
    pub subject: String,
    /// Its paragraphs.
    pub text: Vec<String>,
}

/// The words for the house.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct House {
    /// A new booking.
    pub confirmed: String,
    /// A booking that waits for an answer.
    pub pending: String,
    /// A change.
    pub changed: String,
    /// A cancellation.
    pub cancelled: String,
    /// Label of who booked.
    pub name: String,
    /// Label of the number.
    pub phone: String,
}

impl Words {
    /// Reads a file, or the built-in words.
    ///
    /// # Errors
    /// One sentence with the file, the line and what is wrong there.
    pub fn load(path: Option<&Path>) -> Result<Self, String> {
        let Some(path) = path else {
            return Self::parse("the built-in messages", DEFAULT);
        };
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("cannot read the messages {name}: {error}"))?;
        Self::parse(&name, &text)
    }

    /// Reads words from a text; `name` stands in the complaint.
    ///
    /// # Errors
    /// One sentence with name, line and what is wrong there.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let words: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_at(text, span.start));
            format!("{name}, line {line}: {}", error.message().trim())
        })?;
        for (code, language) in [("es", &words.es), ("en", &words.en)] {
            for (key, sentence, known) in language.sentences() {
                if let Some(unknown) = unknown(sentence, known) {
                    let key = format!("{code}.{key}");
                    let line = line_of(text, &key);
                    return Err(format!(
                        "{name}, line {line}: {key} says {{{unknown}}}, which is not known there; it may say {}",
                        known.join(", ")
                    ));
                }
            }
        }
        Ok(words)
    }

    /// The words of a language code.
    pub fn of(&self, locale: &str) -> &Language {
        if locale == "es" { &self.es } else { &self.en }
    }
}

impl Language {
    /// The message of a kind, about a booking that stands so.
    pub fn message(&self, kind: Kind, about: Option<&Record>) -> &Message {
        match kind {
            Kind::Confirmed => &self.confirmed,
            Kind::Pending => &self.pending,
            Kind::Accepted => &self.accepted,
            Kind::Rejected => &self.rejected,
            Kind::Changed if about.is_some_and(|it| it.status == Status::Pending) => {
                &self.changed_pending
            }
            Kind::Changed | Kind::HouseNew | Kind::HouseChanged => &self.changed,
            Kind::Cancelled if about.is_some_and(|it| it.cancelled_by_house) => {
                &self.cancelled_by_house
            }
            Kind::Cancelled => &self.cancelled,
            Kind::Place | Kind::Freed => &self.a_place,
            Kind::Links => &self.links,
        }
    }

    /// Every sentence with something to fill in, with its key and what is known there.
    fn sentences(&self) -> Vec<(String, &str, &'static [&'static str])> {
        let mut all: Vec<(String, &str, &'static [&'static str])> = vec![
            ("hello".to_owned(), &self.hello, &["name"]),
            ("when_text".to_owned(), &self.when_text, &["date", "time"]),
            ("sign".to_owned(), &self.sign, OF_NOTHING),
        ];
        for (key, message, known) in [
            ("confirmed", &self.confirmed, OF_A_BOOKING),
            ("pending", &self.pending, OF_A_BOOKING),
            ("accepted", &self.accepted, OF_A_BOOKING),
            ("rejected", &self.rejected, OF_A_BOOKING),
            ("changed", &self.changed, OF_A_BOOKING),
            ("changed_pending", &self.changed_pending, OF_A_BOOKING),
            ("cancelled", &self.cancelled, OF_A_BOOKING),
            ("cancelled_by_house", &self.cancelled_by_house, OF_A_BOOKING),
            ("place", &self.a_place, OF_A_DAY),
            ("links", &self.links, OF_NOTHING),
        ] {
            all.push((format!("{key}.subject"), &message.subject, known));
            let text = message.text.iter();
            all.extend(text.map(|it| (format!("{key}.text"), it.as_str(), known)));
        }
        all
    }
}

/// A sentence with its braces filled in.
pub fn fill(sentence: &str, with: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            // No file of words has such a sentence.
            filled.push('{');
            rest = after;
            break;
        };
        let value = with.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The first thing in braces that is not known.
fn unknown<'a>(sentence: &'a str, known: &[&str]) -> Option<&'a str> {
    let named = sentence.split('{').skip(1);
    let mut named = named.map(|part| part.split_once('}').map_or(part, |(name, _)| name));
    named.find(|name| !known.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_are_right() {
        assert!(Words::load(None).is_ok());
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let line = |of: &str| line_at(DEFAULT, DEFAULT.find(of).unwrap());
        for (from, to, says) in [
            (
                "Su mesa está reservada.",
                "Mesa de {nombre}.",
                "es.confirmed.text says {nombre}",
            ),
            (
                "{venue}: your bookings",
                "{date}: your bookings",
                "en.links.subject says {date}",
            ),
            ("hello = \"Hola", "helo = \"Hola", "helo"),
        ] {
            let message =
                Words::parse("messages.toml", &DEFAULT.replacen(from, to, 1)).unwrap_err();
            assert!(message.contains(says), "{message}");
            let at = format!("messages.toml, line {}:", line(from));
            assert!(message.starts_with(&at), "{message}");
        }
    }

    #[test]
    fn what_a_guest_says_is_not_filled_in_again() {
        assert_eq!(
            fill("{name} at {time}", &[("name", "{time}"), ("time", "7")]),
            "{time} at 7"
        );
        assert_eq!(fill("open { end", &[]), "open { end");
    }
}
