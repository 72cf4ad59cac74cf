//! Whether a change can be kept: the booking as it would be afterwards is checked, not the wish alone,
//! so that a smaller party cannot leave dishes behind for a guest who no longer comes.

use reservation_contract::problem::FieldError;
use reservation_contract::reservation::ModifyRequest;

use super::{Errors, NOTE_LENGTH, at_most, dietary, dishes, guests, health};
use crate::record::Details;
use crate::seating;
use crate::settings::Settings;

/// What is wrong with a change that leads to `after`, for a party that was of one size and is of another.
pub fn modify(
    settings: &Settings,
    (known, party): (u32, u32),
    wish: &ModifyRequest,
    after: &Details,
) -> Vec<FieldError> {
    let mut errors = Errors::new();
    let unknown = |id: &String| seating::find(settings, id).is_none();
    if wish.slot_id.as_ref().is_some_and(unknown) {
        errors.push(FieldError::new("/slotId", "unknown"));
    }
    who_they_were(known, wish, &mut errors);
    // What the guest does not touch was right when it was confirmed, unless the party has changed.
    if wish.guests.is_some() || wish.party_size.is_some() {
        guests(settings, party, &after.guests, &mut errors);
    }
    dishes(party, &after.dishes, &mut errors);
    dietary(party, &after.dietary, &mut errors);
    if let Some(note) = &wish.note {
        at_most("/note", note, NOTE_LENGTH, &mut errors);
    }
    health(&after.dietary, after.consents.health, &mut errors);
    errors
}

/// Nobody is two guests, and nobody was there who was not one of the party.
fn who_they_were(known: u32, wish: &ModifyRequest, errors: &mut Errors) {
    let mut named = Vec::new();
    for (index, guest) in wish.guests.iter().flatten().enumerate() {
        let Some(same) = guest.same_as else { continue };
        if same >= known || named.contains(&same) {
            let pointer = format!("/guests/{index}/sameAs");
            errors.push(FieldError::new(pointer, "invalid"));
        }
        named.push(same);
    }
}

#[cfg(test)]
mod tests {
    use reservation_contract::openapi::fixture;
    use reservation_contract::reservation::{
        ChangedGuest, ConfirmRequest, Dietary, GuestDishes, ModifyConsents,
    };

    use super::*;
    use crate::settings::DEFAULT;

    fn told(party: u32, wish: &ModifyRequest) -> Vec<(String, String)> {
        let settings = Settings::parse("default", DEFAULT).unwrap();
        let confirmed: ConfirmRequest =
            serde_json::from_value(fixture("request-confirm").unwrap()).unwrap();
        let mut before = Details::from(confirmed);
        before.consents.health = None;
        before.dietary.clear();
        modify(
            &settings,
            (2, party),
            wish,
            &before.amended(&settings, wish),
        )
        .into_iter()
        .map(|error| (error.pointer, error.code))
        .collect()
    }

    fn one(pointer: &str, code: &str) -> Vec<(String, String)> {
        vec![(pointer.to_owned(), code.to_owned())]
    }

    #[test]
    fn a_new_diet_needs_the_agreement_that_the_confirm_did_not_carry() {
        let mut wish = ModifyRequest {
            dietary: Some(vec![Dietary::default()]),
            ..ModifyRequest::default()
        };
        assert_eq!(told(2, &wish), one("/consents/health", "required"));
        wish.consents = Some(ModifyConsents { health: Some(true) });
        assert_eq!(told(2, &wish), []);
    }

    #[test]
    fn nobody_is_left_at_the_table_who_does_not_come() {
        let two = vec![
            GuestDishes::default(),
            GuestDishes {
                guest: 1,
                ..GuestDishes::default()
            },
        ];
        let mut wish = ModifyRequest {
            dishes: Some(two),
            ..ModifyRequest::default()
        };
        assert_eq!(told(2, &wish), []);
        assert_eq!(told(1, &wish), one("/dishes", "too-many"));
        wish.dishes.as_mut().unwrap().remove(0);
        assert_eq!(told(1, &wish), one("/dishes/0/guest", "invalid"));
    }

    #[test]
    fn nobody_is_two_guests_and_nobody_is_somebody_who_was_not_there() {
        let guests = |same: &[u32]| ModifyRequest {
            guests: Some(same.iter().map(|same| was(*same)).collect()),
            ..ModifyRequest::default()
        };
        assert_eq!(told(2, &guests(&[1, 0])), []);
        assert_eq!(
            told(2, &guests(&[0, 0])),
            one("/guests/1/sameAs", "invalid")
        );
        assert_eq!(
            told(2, &guests(&[0, 2])),
            one("/guests/1/sameAs", "invalid")
        );
    }

    fn was(same: u32) -> ChangedGuest {
        ChangedGuest {
            same_as: Some(same),
            ..ChangedGuest::default()
        }
    }

    #[test]
    fn wrong_fields_are_named() {
        let wish = ModifyRequest {
            slot_id: Some("nonsense".to_owned()),
            note: Some("x".repeat(1_001)),
            ..ModifyRequest::default()
        };
        let mut both = one("/slotId", "unknown");
        both.extend(one("/note", "too-long"));
        assert_eq!(told(2, &wish), both);
    }
}
