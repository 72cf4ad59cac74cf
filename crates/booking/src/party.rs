//! What a venue asks of each guest of the party, and what has been answered.

use crate::civil::Date;
use crate::draft::GuestField;
use crate::rules::{FIELD_MAX_CHARS, Reason, plausible_email, plausible_phone};
use crate::venue::{Field, FieldKind};

/// A question to one guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asked {
    /// Which guest; 0 is the one who books.
    pub guest: u8,
    /// Which of the venue's fields, by its place among them.
    pub field: u8,
}

/// What the guests have answered. Personal: lives in memory only.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Answers {
    given: Vec<Answer>,
    /// How many are asked.
    party: u8,
}

/// What a guest has answered to a field.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// Which guest; 0 is the one who books.
    pub guest: u8,
    /// The field, by its name in the API.
    pub id: String,
    /// The answer.
    pub text: String,
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Answers(…)")
    }
}

impl Answers {
    /// No answers of so many guests yet.
    pub fn of(party: u8) -> Self {
        let given = Vec::new();
        Self { given, party }
    }

    /// How many are asked; none where nothing is.
    pub fn party(&self) -> u8 {
        self.party
    }

    /// What a guest has answered to a field; empty where nothing was written.
    pub fn get(&self, guest: u8, id: &str) -> &str {
        self.of_guest(guest)
            .find(|answer| answer.id == id)
            .map_or("", |answer| &answer.text)
    }

    /// Writes a guest's answer to a field.
    pub fn set(&mut self, guest: u8, id: &str, text: String) {
        let mut given = self.given.iter_mut();
        match given.find(|answer| answer.guest == guest && answer.id == id) {
            Some(answer) => answer.text = text,
            None => self.given.push(Answer {
                guest,
                id: id.to_owned(),
                text,
            }),
        }
    }

    /// What one guest has answered.
    pub fn of_guest(&self, guest: u8) -> impl Iterator<Item = &Answer> {
        let given = self.given.iter();
        given.filter(move |answer| answer.guest == guest)
    }
}

/// Which part of a name a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamePart {
    /// What comes first in Spanish and English.
    Given,
    /// What a family shares.
    Family,
    /// All of it.
    Whole,
}

impl NamePart {
    /// The fields in which the one who books has already written it.
    pub(crate) fn of_lead(self) -> &'static [GuestField] {
        match self {
            Self::Given => &[GuestField::GivenName],
            Self::Family => &[GuestField::FamilyName],
            Self::Whole => &[GuestField::GivenName, GuestField::FamilyName],
        }
    }
}

/// Which part of a name one of a venue's fields asks for. The ids are the venue's own words, so a field is
/// only taken for what it can hardly fail to be; `None` where two might be meant.
pub fn name_part(field: &Field, among: &[Field]) -> Option<NamePart> {
    let is_name = |field: &&Field| field.kind == FieldKind::Name;
    if !is_name(&field) {
        return None;
    }
    if is_family(field) {
        return Some(NamePart::Family);
    }
    let names = || among.iter().filter(is_name);
    let others = names().filter(|field| !is_family(field)).count();
    let part = if names().any(is_family) {
        NamePart::Given
    } else {
        NamePart::Whole
    };
    (others == 1).then_some(part)
}

fn is_family(field: &Field) -> bool {
    let words = ["family", "surname", "lastname", "last_name", "apellido"];
    words.iter().any(|word| {
        let mut parts = field.id.as_bytes().windows(word.len());
        parts.any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    })
}

/// What is wrong with an answer. Light on purpose: the server decides.
pub fn answer_reason(field: &Field, answer: &str) -> Option<Reason> {
    let answer = answer.trim();
    if answer.is_empty() {
        return field.required.then_some(Reason::Missing);
    }
    if answer.chars().count() > FIELD_MAX_CHARS {
        return Some(Reason::TooLong);
    }
    let plausible = match field.kind {
        FieldKind::Text | FieldKind::Name => true,
        FieldKind::Email => plausible_email(answer),
        FieldKind::Phone => plausible_phone(answer),
        FieldKind::Date => Date::parse(answer).is_some(),
        FieldKind::Document => plausible_document(answer),
        FieldKind::Choice => field.options.iter().any(|option| option.id == answer),
    };
    (!plausible).then_some(Reason::Invalid)
}

/// Letters of any script and digits, with what people write between them.
fn plausible_document(answer: &str) -> bool {
    let counts = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii();
    answer.contains(counts)
        && answer
            .chars()
            .all(|c| counts(c) || matches!(c, ' ' | '-' | '.' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: &str, kind: FieldKind) -> Field {
        Field {
            id: id.into(),
            kind,
            required: true,
            ..Field::default()
        }
    }

    #[test]
    fn a_name_is_taken_for_what_it_can_hardly_fail_to_be() {
        use NamePart::{Family, Given, Whole};
        type Case = (&'static [&'static str], &'static [Option<NamePart>]);
        let cases: [Case; 5] = [
            (&["nombre", "apellidos"], &[Some(Given), Some(Family)]),
            (&["fullName"], &[Some(Whole)]),
            (&["familyName"], &[Some(Family)]),
            (
                &["name", "nickname", "surname"],
                &[None, None, Some(Family)],
            ),
            (&["name", "nickname"], &[None, None]),
        ];
        for (ids, parts) in cases {
            let mut fields: Vec<_> = ids.iter().map(|id| field(id, FieldKind::Name)).collect();
            let found: Vec<_> = fields.iter().map(|one| name_part(one, &fields)).collect();
            assert_eq!(found, parts, "{ids:?}");
            // What is no name is no part of one.
            fields.push(field("surnameOfPet", FieldKind::Text));
            let pet = fields.last().unwrap();
            assert_eq!(name_part(pet, &fields), None);
            assert_eq!(name_part(&fields[0], &fields), parts[0]);
        }
    }

    #[test]
    fn answers_are_checked_as_lightly_as_their_kind_allows() {
        use FieldKind::{Choice, Date, Document, Email, Name, Phone, Text};
        let mut choice = field("seat", Choice);
        choice.options = vec![crate::venue::Choice {
            id: "high".into(),
            label: crate::venue::Text::default(),
        }];
        for (kind, good, bad) in [
            (Text, &["anything", "7", "…"][..], &[][..]),
            (Name, &["李", "O’Neill", "ابن رشد"], &[]),
            (Email, &["a@b.co"], &["a", "a@b"]),
            (
                Phone,
                &["+57 300 123 4567", "(555) 010-2020"],
                &["no", "12"],
            ),
            (
                Date,
                &["1990-04-23", " 2000-02-29 "],
                &["1990-02-30", "23/04/1990", "x"],
            ),
            (
                Document,
                &["AB 123-456", "1.042.777", "Ж-12"],
                &["?", "- -", "12<3"],
            ),
            (Choice, &["high"], &["High", "low"]),
        ] {
            let mut asked = if kind == Choice {
                choice.clone()
            } else {
                field("x", kind)
            };
            for answer in good {
                assert_eq!(answer_reason(&asked, answer), None, "{kind:?} {answer}");
            }
            for answer in bad {
                let reason = answer_reason(&asked, answer);
                assert_eq!(reason, Some(Reason::Invalid), "{kind:?} {answer}");
            }
            let long = "1".repeat(FIELD_MAX_CHARS + 1);
            assert_eq!(answer_reason(&asked, &long), Some(Reason::TooLong));
            assert_eq!(answer_reason(&asked, "  "), Some(Reason::Missing));
            asked.required = false;
            assert_eq!(answer_reason(&asked, "  "), None, "{kind:?}");
        }
    }

    #[test]
    fn answers_stay_with_their_guest_and_field() {
        let mut answers = Answers::default();
        answers.set(2, "name", "Ana".into());
        answers.set(2, "name", "Ana María".into());
        answers.set(1, "name", "Luz".into());
        assert_eq!(answers.get(2, "name"), "Ana María");
        assert_eq!((answers.get(0, "name"), answers.get(2, "x")), ("", ""));
        assert_eq!(
            (answers.get(1, "name"), answers.get(9, "name")),
            ("Luz", "")
        );
        assert_eq!(format!("{answers:?}"), "Answers(…)");
    }
}
