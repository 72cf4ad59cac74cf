//! What passes, by name. A list of what must not pass would be too short on the day a supplier has a new
//! field.

use serde_json::{Map, Value};

/// What is let through of a value.
#[derive(Debug)]
pub(super) enum Shape {
    /// A text, a number, yes, no or nothing.
    One,
    /// A list of these.
    Each(&'static Shape),
    /// An object's fields, as far as they are there.
    Of(&'static [(&'static str, &'static Shape)]),
}

/// A value without what does not pass; nothing, where it is of another kind.
pub(super) fn kept(value: &Value, shape: &Shape) -> Value {
    match (shape, value) {
        (Shape::One, Value::Array(_) | Value::Object(_)) => Value::Null,
        (Shape::One, value) => value.clone(),
        (Shape::Each(shape), Value::Array(list)) => {
            list.iter().map(|value| kept(value, shape)).collect()
        }
        (Shape::Of(fields), Value::Object(map)) => {
            let known = fields.iter().filter_map(|(name, shape)| {
                let value = map.get(*name)?;
                Some(((*name).to_owned(), kept(value, shape)))
            });
            Value::Object(known.collect::<Map<_, _>>())
        }
        _ => Value::Null,
    }
}

use Shape::{Each, Of, One};

const TEXTS: Shape = Each(&One);

const UNIT: Shape = Of(&[
    ("id", &One),
    ("internalName", &One),
    ("title", &One),
    ("type", &One),
    ("requiredContactFields", &TEXTS),
    (
        "restrictions",
        &Of(&[
            ("minQuantity", &One),
            ("maxQuantity", &One),
            ("paxCount", &One),
        ]),
    ),
]);

const OPTION: Shape = Of(&[
    ("id", &One),
    ("default", &One),
    ("internalName", &One),
    ("title", &One),
    ("availabilityLocalStartTimes", &TEXTS),
    ("cancellationCutoff", &One),
    ("cancellationCutoffAmount", &One),
    ("cancellationCutoffUnit", &One),
    ("requiredContactFields", &TEXTS),
    (
        "restrictions",
        &Of(&[("minUnits", &One), ("maxUnits", &One)]),
    ),
    ("units", &Each(&UNIT)),
]);

/// A supplier: its name and its site. Who is spoken to there, and how, is between it and the house.
pub(super) const SUPPLIER: Shape = Of(&[
    ("id", &One),
    ("name", &One),
    ("contact", &Of(&[("website", &One)])),
]);

/// A product.
pub(super) const PRODUCT: Shape = Of(&[
    ("id", &One),
    ("internalName", &One),
    ("title", &One),
    ("locale", &One),
    ("timeZone", &One),
    ("instantConfirmation", &One),
    ("availabilityType", &One),
    ("options", &Each(&OPTION)),
]);

/// Days.
pub(super) const DAYS: Shape = Each(&Of(&[
    ("localDate", &One),
    ("available", &One),
    ("status", &One),
    ("vacancies", &One),
]));

const SEATING: Shape = Of(&[
    ("id", &One),
    ("localDateTimeStart", &One),
    ("localDateTimeEnd", &One),
    ("available", &One),
    ("status", &One),
    ("vacancies", &One),
    ("maxUnits", &One),
]);

/// Seatings.
pub(super) const SEATINGS: Shape = Each(&SEATING);

/// A booking. Of a guest the name and the note come back, which the page shows; address and number do not,
/// nor vouchers, tickets, prices and what else the supplier keeps with it.
pub(super) const BOOKING: Shape = Of(&[
    ("id", &One),
    ("uuid", &One),
    ("supplierReference", &One),
    ("testMode", &One),
    ("status", &One),
    ("utcCreatedAt", &One),
    ("utcUpdatedAt", &One),
    ("utcExpiresAt", &One),
    ("utcConfirmedAt", &One),
    ("productId", &One),
    ("optionId", &One),
    ("availabilityId", &One),
    ("availability", &SEATING),
    ("cancellable", &One),
    ("notes", &One),
    (
        "contact",
        &Of(&[
            ("fullName", &One),
            ("firstName", &One),
            ("lastName", &One),
            ("notes", &One),
        ]),
    ),
    (
        "unitItems",
        &Each(&Of(&[("uuid", &One), ("unitId", &One), ("status", &One)])),
    ),
]);

/// What may be asked about days and seatings.
pub(super) const ASKED_DAYS: Shape = Of(&[
    ("productId", &One),
    ("optionId", &One),
    ("localDateStart", &One),
    ("localDateEnd", &One),
    ("units", &Each(&Of(&[("id", &One), ("quantity", &One)]))),
]);

const PLACE: Shape = Of(&[("uuid", &One), ("unitId", &One)]);

/// What a hold may say.
pub(super) const ASKED_HOLD: Shape = Of(&[
    ("uuid", &One),
    ("productId", &One),
    ("optionId", &One),
    ("availabilityId", &One),
    ("expirationMinutes", &One),
    ("unitItems", &Each(&PLACE)),
]);

/// More time.
pub(super) const ASKED_EXTENSION: Shape = Of(&[("expirationMinutes", &One)]);

const CONTACT: Shape = Of(&[
    ("firstName", &One),
    ("lastName", &One),
    ("emailAddress", &One),
    ("phoneNumber", &One),
    ("locales", &TEXTS),
    ("notes", &One),
]);

/// What a confirmation may say.
pub(super) const ASKED_CONFIRMATION: Shape = Of(&[
    ("emailReceipt", &One),
    ("contact", &CONTACT),
    (
        "unitItems",
        &Each(&Of(&[
            ("uuid", &One),
            ("unitId", &One),
            ("contact", &CONTACT),
        ])),
    ),
]);

/// What a change may say.
pub(super) const ASKED_CHANGE: Shape = Of(&[
    ("optionId", &One),
    ("availabilityId", &One),
    ("notes", &One),
    ("unitItems", &Each(&PLACE)),
]);

/// What a cancellation may say: nothing, so that nobody forces one.
pub(super) const ASKED_NOTHING: Shape = Of(&[]);

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_named_passes() {
        let told = json!({
            "uuid": "u", "status": "CONFIRMED", "voucher": {"code": "x"}, "pricing": {"net": 1},
            "contact": {"firstName": "L", "emailAddress": "l@x.example"},
            "unitItems": [{"uuid": "p", "ticket": {"code": "x"}}, "odd"], "notes": ["odd"]
        });
        let left = json!({
            "uuid": "u", "status": "CONFIRMED", "contact": {"firstName": "L"},
            "unitItems": [{"uuid": "p"}, null], "notes": null
        });
        assert_eq!(kept(&told, &BOOKING), left);
        assert_eq!(kept(&json!([1]), &BOOKING), Value::Null);
        assert_eq!(kept(&json!({"force": true}), &ASKED_NOTHING), json!({}));
    }
}
