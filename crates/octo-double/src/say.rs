//! What the supplier says, as the standard has it.

use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};

use crate::{Booking, Double, OPTION, PATIO, PRODUCT, Place, ROOM, begins, is_open, seatings_of};

/// What the ids of the patio's units begin with.
const OUTSIDE: &str = "patio-";

/// Whether a unit is one of an option's.
pub fn is_unit_of(option: &str, unit: &str) -> bool {
    unit.starts_with(OUTSIDE) == (option == PATIO)
}

/// Whether a seating is on the patio.
pub fn patio(seating: &str) -> bool {
    seating.contains(" patio ")
}

fn unit(id: &str, kind: &str, name: &str) -> Value {
    json!({
        "id": id, "internalName": name, "title": name, "reference": null, "type": kind,
        "restrictions": {
            "minAge": 0, "maxAge": 99, "idRequired": false, "minQuantity": null,
            "maxQuantity": ROOM, "paxCount": 1, "accompaniedBy": []
        },
        "requiredContactFields": []
    })
}

impl Double {
    pub(crate) fn supplier() -> Value {
        json!({
            "id": "interno", "name": "INTERNO", "endpoint": "http://127.0.0.1",
            "contact": {
                "website": "https://interno.example", "email": "mesa@interno.example",
                "telephone": null, "address": null
            }
        })
    }

    pub(crate) fn option(&self, id: &str) -> Value {
        let patio = id == PATIO;
        let mut units = vec![unit("adult", "ADULT", "Adulto")];
        if self.habits.children {
            units.insert(0, unit("child", "CHILD", "Menor de 12"));
        }
        if patio {
            for unit in &mut units {
                let id = unit.get("id").and_then(Value::as_str).unwrap_or_default();
                let id = [OUTSIDE, id].concat();
                put(unit, "id", id.into());
            }
        }
        json!({
            "id": id, "default": !patio, "internalName": if patio { "Patio" } else { "Evening" },
            "reference": null,
            "availabilityLocalStartTimes": ["19:00", "21:00"],
            "cancellationCutoff": "24 hours", "cancellationCutoffAmount": 24,
            "cancellationCutoffUnit": "hour",
            "requiredContactFields": ["firstName", "lastName", "emailAddress", "phoneNumber"],
            "restrictions": {"minUnits": 1, "maxUnits": ROOM},
            "units": units
        })
    }

    pub(crate) fn product(&self) -> Value {
        let options = if self.habits.patio {
            &[OPTION, PATIO][..]
        } else {
            &[OPTION]
        };
        let options: Vec<_> = options.iter().map(|id| self.option(id)).collect();
        json!({
            "id": PRODUCT, "internalName": "Cena", "reference": null, "locale": "es-CO",
            "timeZone": "America/Bogota", "allowFreesale": false, "instantConfirmation": true,
            "instantDelivery": true, "availabilityRequired": true,
            "availabilityType": "START_TIME", "deliveryFormats": [], "deliveryMethods": [],
            "redemptionMethod": "MANIFEST", "options": options,
            "novelty": {"of": ["some", {"supplier": null}]}
        })
    }

    fn room(&self, free: u64, open: bool, wanted: u64) -> Value {
        let status = match free {
            _ if !open => "CLOSED",
            free if free < wanted.max(1) => "SOLD_OUT",
            free if free * 2 < ROOM => "LIMITED",
            _ => "AVAILABLE",
        };
        let told = if self.habits.silent {
            Value::Null
        } else {
            free.into()
        };
        json!({
            "available": matches!(status, "AVAILABLE" | "LIMITED"), "status": status,
            "vacancies": told, "capacity": ROOM, "openingHours": []
        })
    }

    pub(crate) fn day(
        &self,
        option: &str,
        date: Date,
        wanted: u64,
        now: Timestamp,
    ) -> Option<Value> {
        let open = is_open(date, now);
        if !open && self.habits.silent {
            return None;
        }
        let free = seatings_of(option, date).map(|id| self.free(&id, None, now));
        let free = free.into_iter().max().unwrap_or(0);
        let mut day = self.room(free, open, wanted);
        put(&mut day, "localDate", date.to_string().into());
        Some(day)
    }

    pub(crate) fn seating(&self, id: &str, wanted: u64, now: Timestamp) -> Value {
        let date = id.get(..10).and_then(|date| date.parse::<Date>().ok());
        let open = date.is_some_and(|date| is_open(date, now));
        let mut seating = self.room(self.free(id, None, now), open, wanted);
        put(&mut seating, "id", id.into());
        let id = begins(id);
        let starts = id.parse::<Timestamp>().unwrap_or(now);
        put(&mut seating, "localDateTimeStart", id.as_str().into());
        let ends = if id.contains("T19") {
            "T20:50"
        } else {
            "T22:50"
        };
        let from = if ends == "T20:50" { "T19:00" } else { "T21:00" };
        let ends = id.replace(from, ends);
        put(&mut seating, "localDateTimeEnd", ends.into());
        put(&mut seating, "utcCutoffAt", starts.to_string().into());
        put(&mut seating, "allDay", false.into());
        put(&mut seating, "maxUnits", Value::Null);
        seating
    }

    pub(crate) fn booking(&self, uuid: &str, booking: &Booking, now: Timestamp) -> Value {
        let status = booking.status(now);
        let said = |booking: &Booking, place: &Place| {
            json!({
                "uuid": place.uuid, "resellerReference": null, "supplierReference": null,
                "unitId": place.unit, "status": booking.status(now), "utcRedeemedAt": null,
                "contact": nobody(), "ticket": null
            })
        };
        let units: Vec<_> = booking
            .units
            .iter()
            .map(|place| said(booking, place))
            .collect();
        let confirmed = (status == "CONFIRMED").then(|| booking.updated.to_string());
        let cancelled = (status == "CANCELLED").then(|| {
            json!({"refund": "FULL", "reason": null, "utcCancelledAt": booking.updated.to_string()})
        });
        let expires = (status == "ON_HOLD").then(|| booking.expires.to_string());
        let reference = format!("RS{}", uuid.get(..4).unwrap_or_default().to_uppercase());
        json!({
            "id": format!("b-{uuid}"), "uuid": uuid, "testMode": true, "resellerReference": null,
            "supplierReference": reference, "status": status,
            "utcCreatedAt": booking.created.to_string(), "utcUpdatedAt": booking.updated.to_string(),
            "utcExpiresAt": expires, "utcRedeemedAt": null, "utcConfirmedAt": confirmed,
            "productId": PRODUCT, "optionId": booking.option,
            "cancellable": matches!(status, "ON_HOLD" | "CONFIRMED"), "cancellation": cancelled,
            "freesale": false, "availabilityId": booking.seating,
            "availability": self.seating(&booking.seating, 0, now), "contact": booking.contact,
            "notes": booking.notes, "deliveryMethods": [], "voucher": null, "unitItems": units
        })
    }
}

/// One field more, or another value in it.
pub fn put(value: &mut Value, name: &str, field: Value) {
    if let Value::Object(map) = value {
        map.insert(name.to_owned(), field);
    }
}

/// A contact that nobody has filled in.
pub fn nobody() -> Value {
    json!({
        "fullName": null, "firstName": null, "lastName": null, "emailAddress": null,
        "phoneNumber": null, "locales": [], "postalCode": null, "country": null, "notes": null
    })
}
