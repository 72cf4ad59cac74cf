//! What is told of a booking, and what a refusal means.

use booking::{Access, Answers, Failure, Note, Plan, Reservation, Status, civil};
use serde_json::Value;

use super::super::config::wrong;
use super::super::json::{malformed, parse, shown, text};
use super::product::Product;
use super::slots;
use crate::platform::network::Answer;

fn instant(value: &Value, name: &str) -> Option<i64> {
    civil::instant_ms(text(value, name).ok()?)
}

/// Reads a booking. Its version is the moment of its last change, which is all there is.
pub fn read(
    answer: &Answer,
    access: &Access,
    product: &Product,
) -> Result<Box<Reservation>, Failure> {
    let value = parse(answer)?;
    let places = value
        .get("unitItems")
        .and_then(Value::as_array)
        .and_then(|places| u8::try_from(places.len()).ok())
        .ok_or_else(|| malformed("unitItems"))?;
    let availability = value.get("availability").unwrap_or(&Value::Null);
    let mut slot = slots::slot(availability, product, product.at(&value), places)?;
    if value.get("cancellable") == Some(&Value::Bool(false)) {
        slot.cancellable_until_ms = Some(i64::MIN);
    }
    let updated = instant(&value, "utcUpdatedAt").ok_or_else(|| malformed("utcUpdatedAt"))?;
    let contact = value.get("contact").unwrap_or(&Value::Null);
    let note = text(&value, "notes").or_else(|_| text(contact, "notes"));
    let reference = text(&value, "supplierReference").or_else(|_| text(&value, "id"));
    let token = text(&value, "manageToken").unwrap_or(&access.token);
    Ok(Box::new(Reservation {
        access: Access {
            id: access.id.clone(),
            token: token.to_owned(),
        },
        reference: shown(reference.unwrap_or(&access.id)),
        status: status(text(&value, "status")?),
        version: u64::try_from(updated).map_err(|_| malformed("utcUpdatedAt"))?,
        slot,
        party: places,
        blind: false,
        expires_ms: instant(&value, "utcExpiresAt"),
        server_ms: answer.server_ms,
        name: name(contact),
        plan: Plan::default(),
        note: Note(shown(note.unwrap_or_default())),
        // A supplier tells nothing again of what guests answered.
        answers: Answers::default(),
    }))
}

/// A hold that was just made was made now, by the server's clock; where that is not told otherwise.
pub fn just_made(mut booking: Box<Reservation>) -> Box<Reservation> {
    let made = i64::try_from(booking.version).ok();
    booking.server_ms = booking.server_ms.or(made);
    booking
}

fn name(contact: &Value) -> Option<String> {
    let part = |name| text(contact, name).unwrap_or_default();
    let name = [part("firstName"), " ", part("lastName")].concat();
    let name = match name.trim() {
        "" => part("fullName").trim(),
        name => name,
    };
    (!name.is_empty()).then(|| shown(name))
}

fn status(word: &str) -> Status {
    match word {
        "ON_HOLD" => Status::OnHold,
        "PENDING" => Status::Pending,
        "CONFIRMED" => Status::Confirmed,
        "EXPIRED" => Status::Expired,
        "CANCELLED" => Status::Cancelled,
        "REJECTED" => Status::Rejected,
        "REDEEMED" => Status::Redeemed,
        _ => Status::Unknown,
    }
}

/// What a refusal means. Everything is refused with the same status, so its word decides.
pub fn problem(answer: &Answer) -> Failure {
    let value = parse(answer).unwrap_or(Value::Null);
    let word = text(&value, "error").unwrap_or_default();
    let status = answer.status;
    match word {
        "INVALID_BOOKING_UUID" => Failure::NotFound,
        "INVALID_AVAILABILITY_ID" => Failure::SlotTaken {
            alternatives: Vec::new(),
        },
        "UNPROCESSABLE_ENTITY" => Failure::NotModifiable,
        "BAD_REQUEST" => Failure::Refused(Vec::new()),
        "INVALID_PRODUCT_ID" => wrong(&["venueId is refused: ", word]),
        "INVALID_OPTION_ID" => wrong(&["optionId is refused: ", word]),
        "INVALID_UNIT_ID" => wrong(&["unitId is refused: ", word]),
        "UNAUTHORIZED" | "FORBIDDEN" => Failure::Misconfigured(["the API says ", word].concat()),
        "INTERNAL_SERVER_ERROR" => Failure::Down,
        _ => match status {
            404 => Failure::NotFound,
            429 => Failure::Busy {
                retry_after: answer.retry_after,
            },
            401 | 403 => {
                let wrong = ["the API says ", &status.to_string()].concat();
                Failure::Misconfigured(wrong)
            }
            500..=599 => Failure::Down,
            _ => Failure::Malformed([&status.to_string(), " ", word].concat()),
        },
    }
}
