//! Whether somebody can be put on the waiting list, or asked for by an address.

use reservation_contract::problem::FieldError;
use reservation_contract::waitlist::{LinkRequest, WaitlistRequest};
use reservation_contract::words::FieldType;

use super::{Errors, field, lead};
use crate::settings::Settings;

/// What is wrong with a wish to wait, apart from the day and the party.
pub fn wait(settings: &Settings, request: &WaitlistRequest) -> Vec<FieldError> {
    let mut errors = Errors::new();
    let service = request.service_id.as_deref();
    if service.is_some_and(|id| !settings.services.iter().any(|service| service.id == id)) {
        errors.push(FieldError::new("/serviceId", "unknown"));
    }
    let area = request.area_id.as_deref();
    if area.is_some_and(|id| !settings.areas.iter().any(|area| area.id == id)) {
        errors.push(FieldError::new("/areaId", "unknown"));
    }
    lead(settings, &request.guest, &mut errors);
    if !request.consents.privacy {
        errors.push(FieldError::new("/consents/privacy", "required"));
    }
    errors
}

/// What is wrong with the address that lost links are asked for with: nobody can have booked with it.
pub fn links(request: &LinkRequest) -> Vec<FieldError> {
    let mut errors = Errors::new();
    let email = &request.email;
    field("/email", &FieldType::Email, true, email, &mut errors);
    errors
}
