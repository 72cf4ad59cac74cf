//! Whether somebody can be put on the waiting list.

use reservation_contract::problem::FieldError;
use reservation_contract::waitlist::WaitlistRequest;

use super::{Errors, lead};
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
