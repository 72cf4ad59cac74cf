//! What is missing before a step can be left.

use crate::draft::{Consents, Guest, GuestField};
use crate::failure::Refusal;
use crate::plan::Plan;
use crate::step::Step;
use crate::venue::HouseRule;

/// The longest name, address or number accepted, in characters; the contract's own limit.
pub const FIELD_MAX_CHARS: usize = 200;

/// Which field an error belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldId {
    /// The dishes chosen.
    Dishes,
    /// What the guests cannot eat.
    Needs,
    /// The consent that the kitchen may read it.
    Health,
    /// A field of the guests step.
    Guest(GuestField),
    /// A rule of the house, by its place in the venue's list.
    HouseRule(usize),
    /// The consent on the check step.
    Privacy,
}

impl FieldId {
    /// The step it is asked on.
    pub fn step(self) -> Step {
        match self {
            Self::Dishes | Self::Needs | Self::Health => Step::Dishes,
            Self::Guest(_) => Step::Guests,
            Self::HouseRule(_) => Step::Rules,
            Self::Privacy => Step::Check,
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
    /// It is longer than [`FIELD_MAX_CHARS`].
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

/// What is wrong with the guest's details. Light on purpose: the server decides.
pub fn guest_errors(guest: &Guest) -> Vec<FieldError> {
    GuestField::ALL
        .into_iter()
        .filter_map(|field| {
            guest_field_reason(field, guest.get(field)).map(|reason| FieldError {
                field: FieldId::Guest(field),
                reason,
            })
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
/// out. The rules of the house are not among them: a refusal does not say which one.
pub fn errors_from_refusals(refusals: &[Refusal]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for refusal in refusals {
        let Some(field) = refused_field(&refusal.pointer) else {
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

fn refused_field(pointer: &str) -> Option<FieldId> {
    Some(match pointer {
        "/guest/givenName" => FieldId::Guest(GuestField::GivenName),
        "/guest/familyName" => FieldId::Guest(GuestField::FamilyName),
        "/guest/email" => FieldId::Guest(GuestField::Email),
        "/guest/phone" => FieldId::Guest(GuestField::Phone),
        "/consents/health" => FieldId::Health,
        "/consents/privacy" => FieldId::Privacy,
        _ => match pointer.split('/').nth(1) {
            Some("dishes") => FieldId::Dishes,
            Some("dietary") => FieldId::Needs,
            _ => return None,
        },
    })
}

fn guest_field_reason(field: GuestField, value: &str) -> Option<Reason> {
    let value = value.trim();
    if value.is_empty() {
        return Some(Reason::Missing);
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

fn plausible_email(value: &str) -> bool {
    value.rsplit_once('@').is_some_and(|(mailbox, host)| {
        !mailbox.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !value.contains(char::is_whitespace)
    })
}

/// Digits of any script's keyboard, five to twenty, with what people write between them.
fn plausible_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    (5..=20).contains(&digits)
        && value.chars().all(|c| {
            matches!(c, '0'..='9' | '+' | '-' | '(' | ')' | '.' | '/') || c.is_whitespace()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn refusals_find_their_fields() {
        let refusals = [
            Refusal {
                pointer: "/guest/email".into(),
                code: "invalid".into(),
            },
            Refusal {
                pointer: "/nobody/knows".into(),
                code: "required".into(),
            },
        ];
        assert_eq!(
            errors_from_refusals(&refusals),
            [FieldError {
                field: FieldId::Guest(GuestField::Email),
                reason: Reason::Invalid
            }]
        );
    }
}
