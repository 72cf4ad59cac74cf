//! Whether a confirm can be kept. Every wrong field is named at once; values never are.
//!
//! Checks of names, addresses and numbers are light on purpose: a guest with an unusual name is a
//! guest, and a mistyped address looks as good as a right one to any pattern.

mod modify;
mod waiting;

use std::collections::BTreeMap;

use reservation_contract::problem::FieldError;
use reservation_contract::reservation::{
    ConfirmRequest, Dietary, Guest, GuestDishes, HoldRequest, PartyGuest,
};
use reservation_contract::words::FieldType;

use crate::seating::parse_date;
use crate::settings::Settings;

/// Languages the venue writes in.
const LOCALES: [&str; 2] = ["es", "en"];

const NAME_LENGTH: usize = 100;
const EMAIL_LENGTH: usize = 254;
const PHONE_LENGTH: usize = 40;
const DOCUMENT_LENGTH: usize = 40;
const TEXT_LENGTH: usize = 500;
const NOTE_LENGTH: usize = 1_000;
const ID_LENGTH: usize = 64;
const CODES: usize = 30;
const DISHES_A_GUEST: usize = 30;
const RULES: usize = 100;

type Errors = Vec<FieldError>;

pub use modify::modify;
pub use waiting::{links, wait};

/// What is wrong with a hold's body, apart from the slot and the party, which have problems of
/// their own.
pub fn hold(request: &HoldRequest) -> Errors {
    let mut errors = Errors::new();
    locale("/locale", &request.locale, &mut errors);
    errors
}

/// What is wrong with a confirm's body, for a party of this size.
pub fn confirm(settings: &Settings, party: u32, request: &ConfirmRequest) -> Errors {
    let mut errors = Errors::new();
    lead(settings, &request.guest, &mut errors);
    guests(settings, party, &request.guests, &mut errors);
    dishes(party, &request.dishes, &mut errors);
    dietary(party, &request.dietary, &mut errors);
    if let Some(note) = &request.note {
        at_most("/note", note, NOTE_LENGTH, &mut errors);
    }
    consents(settings, request, &mut errors);
    errors
}

fn lead(settings: &Settings, guest: &Guest, errors: &mut Errors) {
    let asked = [
        ("givenName", FieldType::Name, &guest.given_name),
        ("familyName", FieldType::Name, &guest.family_name),
        ("email", FieldType::Email, &guest.email),
        ("phone", FieldType::Phone, &guest.phone),
    ];
    for (id, kind, value) in asked {
        let required = settings
            .lead_fields
            .iter()
            .any(|field| field.id == id && field.required);
        field(&format!("/guest/{id}"), &kind, required, value, errors);
    }
    locale("/guest/locale", &guest.locale, errors);
}

fn guests(settings: &Settings, party: u32, guests: &[PartyGuest], errors: &mut Errors) {
    let asked = &settings.guest_fields;
    if over(guests.len(), party) {
        errors.push(FieldError::new("/guests", "too-many"));
        return;
    }
    let none = BTreeMap::new();
    let count = if asked.iter().any(|field| field.required) {
        party as usize
    } else {
        guests.len()
    };
    for index in 0..count {
        let fields = guests.get(index).map_or(&none, |guest| &guest.fields);
        for asked in asked {
            let value = fields.get(&asked.id).map_or("", String::as_str);
            let pointer = format!("/guests/{index}/fields/{}", asked.id);
            field(&pointer, &asked.kind, asked.required, value, errors);
            let mut options = asked.options.iter();
            let offered = value.is_empty() || options.any(|option| option.id == value);
            if asked.kind == FieldType::Choice && !offered {
                errors.push(FieldError::new(pointer, "unknown"));
            }
        }
        // Only what was asked is kept: an unknown field may hold anything.
        if fields
            .keys()
            .any(|id| !asked.iter().any(|field| field.id == *id))
        {
            errors.push(FieldError::new(
                format!("/guests/{index}/fields"),
                "unknown",
            ));
        }
    }
}

fn dishes(party: u32, dishes: &[GuestDishes], errors: &mut Errors) {
    if over(dishes.len(), party) {
        errors.push(FieldError::new("/dishes", "too-many"));
        return;
    }
    for (index, entry) in dishes.iter().enumerate() {
        let at = format!("/dishes/{index}");
        if entry.guest >= party {
            errors.push(FieldError::new(format!("{at}/guest"), "invalid"));
        }
        at_most(&format!("{at}/setId"), &entry.set_id, ID_LENGTH, errors);
        if entry.items.len() > DISHES_A_GUEST {
            errors.push(FieldError::new(format!("{at}/items"), "too-many"));
            continue;
        }
        for (item, dish) in entry.items.iter().enumerate() {
            at_most(
                &format!("{at}/items/{item}/dishId"),
                &dish.dish_id,
                ID_LENGTH,
                errors,
            );
            at_most(
                &format!("{at}/items/{item}/name"),
                &dish.name,
                TEXT_LENGTH,
                errors,
            );
        }
    }
}

fn dietary(party: u32, dietary: &[Dietary], errors: &mut Errors) {
    if over(dietary.len(), party) {
        errors.push(FieldError::new("/dietary", "too-many"));
        return;
    }
    for (index, entry) in dietary.iter().enumerate() {
        let at = format!("/dietary/{index}");
        if entry.guest >= party {
            errors.push(FieldError::new(format!("{at}/guest"), "invalid"));
        }
        if entry.codes.len() > CODES {
            errors.push(FieldError::new(format!("{at}/codes"), "too-many"));
        }
        for (code, text) in entry.codes.iter().enumerate().take(CODES) {
            at_most(&format!("{at}/codes/{code}"), text, ID_LENGTH, errors);
        }
        if let Some(note) = &entry.note {
            at_most(&format!("{at}/note"), note, TEXT_LENGTH, errors);
        }
    }
}

fn consents(settings: &Settings, request: &ConfirmRequest, errors: &mut Errors) {
    let consents = &request.consents;
    if !consents.privacy {
        errors.push(FieldError::new("/consents/privacy", "required"));
    }
    health(&request.dietary, consents.health, errors);
    if consents.house_rules.len() > RULES {
        errors.push(FieldError::new("/consents/houseRules", "too-many"));
    } else if settings
        .house_rules
        .iter()
        .any(|rule| rule.must_accept && !consents.house_rules.contains(&rule.id))
    {
        errors.push(FieldError::new("/consents/houseRules", "required"));
    } else if consents
        .house_rules
        .iter()
        .any(|id| !settings.house_rules.iter().any(|rule| rule.id == *id))
    {
        errors.push(FieldError::new("/consents/houseRules", "unknown"));
    }
}

/// What guests cannot eat is health data: none without an agreement to keep it.
fn health(dietary: &[Dietary], agreed: Option<bool>, errors: &mut Errors) {
    if !dietary.is_empty() && agreed != Some(true) {
        errors.push(FieldError::new("/consents/health", "required"));
    }
}

fn field(pointer: &str, kind: &FieldType, required: bool, value: &str, errors: &mut Errors) {
    let value = value.trim();
    if value.is_empty() {
        if required {
            errors.push(FieldError::new(pointer, "required"));
        }
        return;
    }
    let (limit, plausible) = match kind {
        FieldType::Name => (NAME_LENGTH, value.chars().any(char::is_alphabetic)),
        FieldType::Email => (EMAIL_LENGTH, email(value)),
        FieldType::Phone => (PHONE_LENGTH, phone(value)),
        FieldType::Date => (10, parse_date(value).is_some()),
        FieldType::Document => (DOCUMENT_LENGTH, value.chars().any(char::is_alphanumeric)),
        _ => (TEXT_LENGTH, true),
    };
    if value.chars().count() > limit {
        errors.push(FieldError::new(pointer, "too-long"));
    } else if !plausible || value.chars().any(char::is_control) {
        errors.push(FieldError::new(pointer, "invalid"));
    }
}

fn locale(pointer: &str, value: &str, errors: &mut Errors) {
    if value.is_empty() {
        errors.push(FieldError::new(pointer, "required"));
    } else if !LOCALES.contains(&value) {
        errors.push(FieldError::new(pointer, "invalid"));
    }
}

fn at_most(pointer: &str, value: &str, limit: usize, errors: &mut Errors) {
    if value.chars().count() > limit {
        errors.push(FieldError::new(pointer, "too-long"));
    } else if value.contains('\0') {
        // Some databases cannot keep it, and nobody types it.
        errors.push(FieldError::new(pointer, "invalid"));
    }
}

fn over(length: usize, party: u32) -> bool {
    u32::try_from(length).map_or(true, |length| length > party)
}

/// Something, one `@`, something with a dot inside, no spaces.
fn email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else {
        return false;
    };
    let domain_ok =
        domain.split('.').count() >= 2 && domain.split('.').all(|label| !label.is_empty());
    !local.is_empty()
        && !local.contains('@')
        && domain_ok
        && !value.chars().any(char::is_whitespace)
}

/// Six digits or more among `+ ( ) - . /` and spaces, in any script's digits.
fn phone(value: &str) -> bool {
    let digits = value.chars().filter(|letter| letter.is_numeric()).count();
    digits >= 6
        && value
            .chars()
            .all(|letter| letter.is_numeric() || letter == ' ' || "+()-./\u{a0}".contains(letter))
}

#[cfg(test)]
mod tests {
    use reservation_contract::openapi::fixture;

    use super::*;
    use crate::settings::DEFAULT;

    fn good() -> ConfirmRequest {
        serde_json::from_value(fixture("request-confirm").unwrap()).unwrap()
    }

    fn told(change: impl FnOnce(&mut ConfirmRequest)) -> Vec<(String, String)> {
        let settings = Settings::parse("default", DEFAULT).unwrap();
        let mut request = good();
        change(&mut request);
        confirm(&settings, 2, &request)
            .into_iter()
            .map(|error| (error.pointer, error.code))
            .collect()
    }

    fn one(pointer: &str, code: &str) -> Vec<(String, String)> {
        vec![(pointer.to_owned(), code.to_owned())]
    }

    #[test]
    fn people_with_unusual_names_and_numbers_are_guests() {
        assert_eq!(told(|_| ()), []);
        for name in [
            "李",
            "محمد",
            "O’Neill-Đặng",
            "J.",
            "María José de los Ángeles",
        ] {
            assert_eq!(
                told(|request| request.guest.given_name = name.to_owned()),
                [],
                "{name}"
            );
        }
        for phone in [
            "+57 300 555 0101",
            "(555) 010-2020",
            "0033/1.23.45.67",
            "٠١٢٣٤٥٦٧٨",
        ] {
            assert_eq!(
                told(|request| request.guest.phone = phone.to_owned()),
                [],
                "{phone}"
            );
        }
        for email in ["a@b.co", "o'hara+x@sub.example.com", "josé@exámple.com"] {
            assert_eq!(
                told(|request| request.guest.email = email.to_owned()),
                [],
                "{email}"
            );
        }
    }

    #[test]
    fn wrong_fields_are_named() {
        assert_eq!(
            told(|request| request.guest.given_name = "  ".to_owned()),
            one("/guest/givenName", "required")
        );
        assert_eq!(
            told(|request| request.guest.family_name = "7".to_owned()),
            one("/guest/familyName", "invalid")
        );
        assert_eq!(
            told(|request| request.guest.given_name = "a".repeat(101)),
            one("/guest/givenName", "too-long")
        );
        for email in ["a", "a@b", "@b.co", "a b@c.co", "a@b@c.co", "a@b..co"] {
            assert_eq!(
                told(|request| request.guest.email = email.to_owned()),
                one("/guest/email", "invalid"),
                "{email}"
            );
        }
        assert_eq!(
            told(|request| request.guest.phone = "call me".to_owned()),
            one("/guest/phone", "invalid")
        );
        assert_eq!(
            told(|request| request.guest.locale = "fr".to_owned()),
            one("/guest/locale", "invalid")
        );
        assert_eq!(
            told(|request| request.note = Some("x".repeat(1_001))),
            one("/note", "too-long")
        );
        assert_eq!(
            told(|request| request.consents.privacy = false),
            one("/consents/privacy", "required")
        );
        assert_eq!(
            told(|request| request.consents.health = None),
            one("/consents/health", "required")
        );
        assert_eq!(
            told(|request| request.dietary[0].guest = 2),
            one("/dietary/0/guest", "invalid")
        );
        assert_eq!(
            told(|request| request.consents.house_rules = vec!["x".to_owned()]),
            one("/consents/houseRules", "unknown")
        );
        let three = vec![reservation_contract::reservation::PartyGuest::default(); 3];
        assert_eq!(
            told(|request| request.guests = three),
            one("/guests", "too-many")
        );
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        assert_eq!(
            told(|request| *request = ConfirmRequest::default()).len(),
            6
        );
    }
}
