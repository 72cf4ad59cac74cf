//! What is missing before a step can be left.

use crate::draft::{Consents, Guest, GuestField};
use crate::failure::Refusal;
use crate::party::Asked;
use crate::plan::Plan;
use crate::step::Step;
use crate::venue::{Field, HouseRule};

/// The longest name, address or number accepted, in characters; the contract's own limit.
pub const FIELD_MAX_CHARS: usize = 200;
/// The longest note accepted, in characters; the contract's own limit.
pub const NOTE_MAX_CHARS: usize = 1_000;

/// Which field an error belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldId {
    /// The dishes chosen.
    Dishes,
    /// What the guests cannot eat.
    Needs,
    /// The consent that the kitchen may read it.
    Health,
    /// What is asked of the one who books.
    Guest(GuestField),
    /// What is asked of every guest.
    Answer(Asked),
    /// What else the house should know.
    Note,
    /// A rule of the house, by its place in the venue's list.
    HouseRule(usize),
    /// The consent on the check step.
    Privacy,
    /// The consent of somebody who waits for a place.
    Waiting,
}

impl FieldId {
    /// The step it is asked on.
    pub fn step(self) -> Step {
        match self {
            Self::Dishes | Self::Needs | Self::Health => Step::Dishes,
            Self::Guest(_) | Self::Answer(_) | Self::Note => Step::Guests,
            Self::HouseRule(_) => Step::Rules,
            Self::Privacy => Step::Check,
            Self::Waiting => Step::Time,
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nothing was written.
    Missing,
    /// It cannot be what is asked for.
    Invalid,
    /// It is longer than [`FIELD_MAX_CHARS`], or [`NOTE_MAX_CHARS`].
    TooLong,
}

/// A field and what is wrong with it; the words are the page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldError {
    /// Which field.
    pub field: FieldId,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with the details of the one who books, by the fields that are asked and whether they
/// have to be answered. Light on purpose: the server decides.
pub fn guest_errors(
    asked: impl IntoIterator<Item = (GuestField, bool)>,
    guest: &Guest,
) -> Vec<FieldError> {
    let asked = asked.into_iter();
    asked
        .filter_map(|(field, required)| {
            let reason = guest_field_reason(field, required, guest.get(field))?;
            let field = FieldId::Guest(field);
            Some(FieldError { field, reason })
        })
        .collect()
}

/// What is missing for what is on order: nobody's needs are told without the consent.
pub fn plan_errors(ordered: &Plan, consents: &Consents) -> Vec<FieldError> {
    missing_unless(
        consents.health || !ordered.tells_needs(u8::MAX),
        FieldId::Health,
    )
}

/// The rules that have to be accepted and are not.
pub fn rule_errors(rules: &[HouseRule], consents: &Consents) -> Vec<FieldError> {
    let in_order = rules.iter().enumerate();
    in_order
        .flat_map(|(index, rule)| {
            missing_unless(
                !rule.must_accept || consents.accepts(&rule.id),
                FieldId::HouseRule(index),
            )
        })
        .collect()
}

/// What is missing at the end.
pub fn consent_errors(consents: &Consents) -> Vec<FieldError> {
    missing_unless(consents.privacy, FieldId::Privacy)
}

fn missing_unless(there: bool, field: FieldId) -> Vec<FieldError> {
    if there {
        return Vec::new();
    }
    let reason = Reason::Missing;
    vec![FieldError { field, reason }]
}

/// The API's refusals as field errors, each once; those of fields this site does not show are left
/// out. `asked` is what every guest is asked. The rules of the house are not among them: a refusal does
/// not say which one.
pub fn errors_from_refusals(refusals: &[Refusal], asked: &[Field]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for refusal in refusals {
        let Some(field) = refused_field(&refusal.pointer, asked) else {
            continue;
        };
        let reason = match refusal.code.as_str() {
            "required" => Reason::Missing,
            "too-long" => Reason::TooLong,
            _ => Reason::Invalid,
        };
        let error = FieldError { field, reason };
        if !errors.contains(&error) {
            errors.push(error);
        }
    }
    errors
}

fn refused_field(pointer: &str, asked: &[Field]) -> Option<FieldId> {
    let mut parts = pointer.split('/').skip(1);
    Some(match (parts.next()?, parts.next()) {
        ("guest", Some(id)) => FieldId::Guest(GuestField::from_id(id)?),
        ("guests", Some(guest)) => {
            let id = parts.nth(1)?;
            let field = asked.iter().position(|field| field.id == id)?;
            FieldId::Answer(Asked {
                guest: guest.parse().ok()?,
                field: u8::try_from(field).ok()?,
            })
        }
        ("note", None) => FieldId::Note,
        ("consents", Some("health")) => FieldId::Health,
        ("consents", Some("privacy")) => FieldId::Privacy,
        ("dishes", _) => FieldId::Dishes,
        ("dietary", _) => FieldId::Needs,
        _ => return None,
    })
}

/// What is wrong with one of them.
pub(crate) fn guest_field_reason(field: GuestField, required: bool, value: &str) -> Option<Reason> {
    let value = value.trim();
    if value.is_empty() {
        return required.then_some(Reason::Missing);
    }
    if value.chars().count() > FIELD_MAX_CHARS {
        return Some(Reason::TooLong);
    }
    let plausible = match field {
        GuestField::GivenName | GuestField::FamilyName => true,
        GuestField::Email => plausible_email(value),
        GuestField::Phone => plausible_phone(value),
    };
    (!plausible).then_some(Reason::Invalid)
}

pub(crate) fn plausible_email(value: &str) -> bool {
    value.rsplit_once('@').is_some_and(|(mailbox, host)| {
        !mailbox.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !value.contains(char::is_whitespace)
    })
}

/// Digits of any script's keyboard, five to twenty, with what people write between them.
pub(crate) fn plausible_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    (5..=20).contains(&digits)
        && value.chars().all(|c| {
            matches!(c, '0'..='9' | '+' | '-' | '(' | ')' | '.' | '/') || c.is_whitespace()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guest_errors(guest: &Guest) -> Vec<FieldError> {
        super::guest_errors(GuestField::ALL.map(|field| (field, true)), guest)
    }

    fn guest() -> Guest {
        Guest {
            given_name: "María José".into(),
            family_name: "Núñez".into(),
            email: "maria@example.org".into(),
            phone: "+57 (300) 123-4567".into(),
        }
    }

    #[test]
    fn names_of_any_script_pass() {
        for name in ["李", "O’Neill", "Мария", "ابن رشد", "X Æ A-12"] {
            let guest = Guest {
                given_name: name.into(),
                ..guest()
            };
            assert_eq!(guest_errors(&guest), [], "{name}");
        }
    }

    #[test]
    fn empty_fields_are_named_in_the_order_of_the_page() {
        let fields: Vec<_> = guest_errors(&Guest::default())
            .into_iter()
            .map(|error| error.field)
            .collect();
        assert_eq!(fields, GuestField::ALL.map(FieldId::Guest));
    }

    #[test]
    fn what_cannot_be_an_address_or_a_number_is_said() {
        for email in [
            "maria",
            "maria@",
            "@example.org",
            "a b@example.org",
            "m@example.",
        ] {
            let guest = Guest {
                email: email.into(),
                ..guest()
            };
            assert_eq!(guest_errors(&guest).len(), 1, "{email}");
        }
        for phone in ["no", "12", "+57 300 letters", "1234567890123456789012345"] {
            let guest = Guest {
                phone: phone.into(),
                ..guest()
            };
            assert_eq!(guest_errors(&guest).len(), 1, "{phone}");
        }
    }

    #[test]
    fn what_need_not_be_answered_may_stay_empty_and_is_checked_otherwise() {
        let optional = |phone: &str| {
            let guest = Guest {
                phone: phone.into(),
                ..guest()
            };
            super::guest_errors([(GuestField::Phone, false)], &guest)
        };
        assert_eq!(optional(" "), []);
        assert_eq!(optional("no").len(), 1);
        // What is not asked is not missed.
        assert_eq!(super::guest_errors([], &Guest::default()), []);
    }

    #[test]
    fn refusals_find_their_fields() {
        let field = |id: &str| Field {
            id: id.into(),
            ..Field::default()
        };
        let asked = [field("surname"), field("document")];
        let found = |pointer: &str| {
            let refusal = Refusal {
                pointer: pointer.into(),
                code: "invalid".into(),
            };
            errors_from_refusals(&[refusal], &asked)
                .first()
                .map(|error| error.field)
        };
        let answer = |guest, field| Some(FieldId::Answer(Asked { guest, field }));
        for (pointer, field) in [
            ("/guest/email", Some(FieldId::Guest(GuestField::Email))),
            ("/guests/1/fields/document", answer(1, 1)),
            ("/guests/7/fields/surname", answer(7, 0)),
            ("/note", Some(FieldId::Note)),
            ("/consents/privacy", Some(FieldId::Privacy)),
            ("/dietary/0/note", Some(FieldId::Needs)),
            ("/guest/locale", None),
            ("/guests", None),
            ("/guests/1/fields", None),
            ("/guests/-1/fields/surname", None),
            ("/guests/999/fields/surname", None),
            ("/guests/1/fields/shoeSize", None),
            ("/nobody/knows", None),
            ("", None),
        ] {
            assert_eq!(found(pointer), field, "{pointer}");
        }
    }
}
