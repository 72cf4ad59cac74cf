//! What is missing before a step can be left, and in which order steps come.

use crate::draft::{Consents, Guest, GuestField};
use crate::failure::Refusal;

/// The longest name, address or number accepted, in characters; the contract's own limit.
pub const FIELD_MAX_CHARS: usize = 200;

/// Which field an error belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldId {
    /// A field of the guests step.
    Guest(GuestField),
    /// The consent on the check step.
    Privacy,
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

/// What is wrong with the consents.
pub fn consent_errors(consents: Consents) -> Vec<FieldError> {
    if consents.privacy {
        return Vec::new();
    }
    vec![FieldError {
        field: FieldId::Privacy,
        reason: Reason::Missing,
    }]
}

/// The API's refusals as field errors; those of fields this page does not show are left out.
pub fn errors_from_refusals(refusals: &[Refusal]) -> Vec<FieldError> {
    refusals
        .iter()
        .filter_map(|refusal| {
            let field = match refusal.pointer.as_str() {
                "/guest/givenName" => FieldId::Guest(GuestField::GivenName),
                "/guest/familyName" => FieldId::Guest(GuestField::FamilyName),
                "/guest/email" => FieldId::Guest(GuestField::Email),
                "/guest/phone" => FieldId::Guest(GuestField::Phone),
                "/consents/privacy" => FieldId::Privacy,
                _ => return None,
            };
            let reason = match refusal.code.as_str() {
                "required" => Reason::Missing,
                "too-long" => Reason::TooLong,
                _ => Reason::Invalid,
            };
            Some(FieldError { field, reason })
        })
        .collect()
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
        && value
            .chars()
            .all(|c| c.is_ascii_digit() || "+-(). /".contains(c) || c.is_whitespace())
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
