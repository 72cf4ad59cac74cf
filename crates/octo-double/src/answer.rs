//! The calls, each held to its schemas on the way in and out.

use jiff::{Timestamp, ToSpan, civil::Date};
use serde_json::{Value, json};

use crate::{Asked, Booking, Double, OPTION, PATIO, PRODUCT, Place, is_open, say, seatings_of};

/// What was answered: a status, a body, and which schema that body keeps.
struct Said(u16, Value, &'static str);

fn error(code: &str) -> Said {
    let body = json!({"error": code, "errorMessage": "Read the code, not the message."});
    Said(400, body, "BaseError")
}

fn no_such_booking(uuid: &str) -> Said {
    let mut said = error("INVALID_BOOKING_UUID");
    say::put(&mut said.1, "uuid", uuid.into());
    said.2 = "ErrorInvalidBookingUUID";
    said
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}

impl Double {
    /// Answers a request: a status and a body.
    pub fn answer(&mut self, asked: Asked, now: Timestamp) -> (u16, Value) {
        if asked.capabilities.is_none() {
            self.fault(&asked, "Octo-Capabilities is missing");
        }
        let body = match asked.body {
            "" => Value::Null,
            body => serde_json::from_str(body).unwrap_or(Value::Null),
        };
        let Said(status, body, schema) = self.called(&asked, &body, now);
        let many = body.as_array().map_or(&[][..], Vec::as_slice);
        let single = if body.is_array() { None } else { Some(&body) };
        let mut all = single.into_iter().chain(many);
        if let Some(wrong) = all.find_map(|one| self.schemas.wrong(schema, one)) {
            self.fault(&asked, &format!("the answer: {wrong}"));
        }
        (status, body)
    }

    fn fault(&mut self, asked: &Asked, what: &str) {
        let fault = format!("{} {}: {what}", asked.method, asked.path);
        self.faults.push(fault);
    }

    fn called(&mut self, asked: &Asked, body: &Value, now: Timestamp) -> Said {
        let slash = if self.habits.slashes { "/" } else { "" };
        let path = asked.path;
        let is = |name: &str| path.strip_prefix(name) == Some(slash);
        let keeps = match (asked.method, path) {
            ("POST", "/availability/calendar") => "AvailabilityCalendarBody",
            ("POST", _) if is("/availability") => "AvailabilityCheckBody",
            ("POST", _) if is("/bookings") => "BookingReservationBody",
            ("POST", path) if path.ends_with("/extend") => "ExtendReservationBody",
            ("POST", path) if path.ends_with("/confirm") => "BookingConfirmationBody",
            ("POST", path) if path.ends_with("/cancel") => "BookingCancellationBody",
            ("PATCH", _) => "BookingUpdateBody",
            ("GET", _) => "",
            _ => {
                return Said(
                    404,
                    json!({"error": "NOT_FOUND", "errorMessage": ""}),
                    "BaseError",
                );
            }
        };
        if !keeps.is_empty()
            && let Some(wrong) = self.schemas.wrong(keeps, body)
        {
            self.fault(asked, &wrong);
            return error("BAD_REQUEST");
        }
        match keeps {
            "AvailabilityCalendarBody" | "AvailabilityCheckBody" => {
                self.availability(body, keeps, now)
            }
            "BookingReservationBody" => self.reserve(body, now),
            "" if is("/supplier") => Said(200, Self::supplier(), "Supplier"),
            "" if is("/products") => Said(200, json!([self.product()]), "Product"),
            "" if path.starts_with("/products/") => match path.rsplit('/').next() {
                Some(PRODUCT) => Said(200, self.product(), "Product"),
                _ => error("INVALID_PRODUCT_ID"),
            },
            _ => self.about(path.strip_prefix("/bookings/"), asked.method, body, now),
        }
    }

    fn availability(&self, body: &Value, keeps: &str, now: Timestamp) -> Said {
        let option = match self.offered(body) {
            Ok(option) => option,
            Err(wrong) => return wrong,
        };
        let day = |name| text(body, name)?.parse::<Date>().ok();
        let (Some(from), Some(to)) = (day("localDateStart"), day("localDateEnd")) else {
            return error("BAD_REQUEST");
        };
        let units = body.get("units").and_then(Value::as_array);
        let quantity = |unit: &Value| unit.get("quantity").and_then(Value::as_u64);
        let wanted = units.into_iter().flatten().filter_map(quantity).sum();
        let mut named = units.into_iter().flatten();
        if named.any(|unit| !say::is_unit_of(option, text(unit, "id").unwrap_or_default())) {
            return error("INVALID_UNIT_ID");
        }
        let dates = || from.series(1.day()).take_while(|date| *date <= to);
        if keeps == "AvailabilityCalendarBody" {
            let days = dates().filter_map(|date| self.day(option, date, wanted, now));
            return Said(200, Value::Array(days.collect()), "AvailabilityCalendar");
        }
        let open = dates().filter(|date| is_open(*date, now));
        let seatings = open.flat_map(|date| seatings_of(option, date));
        let seatings = seatings.map(|id| self.seating(&id, wanted, now));
        Said(200, Value::Array(seatings.collect()), "Availability")
    }

    fn reserve(&mut self, body: &Value, now: Timestamp) -> Said {
        let option = match self.offered(body) {
            Ok(option) => option,
            Err(wrong) => return wrong,
        };
        let uuid = text(body, "uuid").unwrap_or("7c9b4a52-0000-4000-8000-000000000000");
        if let Some(known) = self.bookings.get(uuid) {
            if self.habits.breaks_on_known_uuid {
                let body =
                    json!({"error": "INTERNAL_SERVER_ERROR", "errorMessage": "duplicate key"});
                return Said(500, body, "BaseError");
            }
            return Said(200, self.booking(uuid, known, now), "Booking");
        }
        let seating = text(body, "availabilityId").unwrap_or_default();
        let date = seating.get(..10).and_then(|date| date.parse::<Date>().ok());
        let Some(date) =
            date.filter(|date| seatings_of(option, *date).iter().any(|id| id == seating))
        else {
            return error("INVALID_AVAILABILITY_ID");
        };
        let units = places(body);
        if units
            .iter()
            .any(|place| !say::is_unit_of(option, &place.unit))
        {
            return error("INVALID_UNIT_ID");
        }
        let room = self.free(seating, None, now);
        if !is_open(date, now) || units.is_empty() || (units.len() as u64) > room {
            return error("UNPROCESSABLE_ENTITY");
        }
        let booking = Booking {
            option,
            seating: seating.to_owned(),
            units,
            status: "ON_HOLD",
            created: now,
            updated: now,
            expires: now + minutes(body).minutes(),
            contact: say::nobody(),
            notes: None,
        };
        let said = self.booking(uuid, &booking, now);
        self.bookings.insert(uuid.to_owned(), booking);
        Said(200, said, "Booking")
    }

    /// A call about one booking.
    fn about(&mut self, rest: Option<&str>, method: &str, body: &Value, now: Timestamp) -> Said {
        let rest = rest.unwrap_or_default();
        let (uuid, what) = rest.split_once('/').unwrap_or((rest, ""));
        let Some(mut booking) = self.bookings.get(uuid).cloned() else {
            return no_such_booking(uuid);
        };
        let status = booking.status(now);
        let no = match (method, what, status) {
            ("GET", "", _)
            | ("POST", "cancel", "ON_HOLD" | "CONFIRMED")
            | ("POST", "extend" | "confirm", "ON_HOLD")
            | ("PATCH", "", "ON_HOLD" | "CONFIRMED") => None,
            // As the standard says of a booking that expired before it was confirmed.
            ("POST", "confirm", "EXPIRED") => Some(no_such_booking(uuid)),
            _ => Some(error("UNPROCESSABLE_ENTITY")),
        };
        if let Some(no) = no {
            return no;
        }
        match (method, what) {
            ("POST", "extend") => booking.expires += minutes(body).minutes(),
            ("POST", "confirm") => {
                booking.status = "CONFIRMED";
                booking.contact = contact(body);
            }
            ("POST", "cancel") => {
                booking.status = if status == "ON_HOLD" {
                    "EXPIRED"
                } else {
                    "CANCELLED"
                }
            }
            _ => {}
        }
        if let Err(no) = self.placed(&mut booking, uuid, body, now) {
            return no;
        }
        if method != "GET" {
            booking.updated = now;
        }
        let said = self.booking(uuid, &booking, now);
        self.bookings.insert(uuid.to_owned(), booking);
        Said(200, said, "Booking")
    }
}

impl Double {
    /// Which option, seating and places a booking has now, if there are such.
    fn placed(
        &self,
        booking: &mut Booking,
        uuid: &str,
        body: &Value,
        now: Timestamp,
    ) -> Result<(), Said> {
        if body.get("optionId").is_some() {
            let named = json!({"productId": PRODUCT, "optionId": body.get("optionId")});
            booking.option = self.offered(&named)?;
        }
        if let Some(id) = text(body, "availabilityId") {
            id.clone_into(&mut booking.seating);
        }
        if body.get("unitItems").is_some() {
            booking.units = places(body);
        }
        if let Some(notes) = text(body, "notes") {
            booking.notes = Some(notes.to_owned());
        }
        let strange = |place: &Place| !say::is_unit_of(booking.option, &place.unit);
        if booking.units.iter().any(strange) {
            return Err(error("INVALID_UNIT_ID"));
        }
        if say::patio(&booking.seating) != (booking.option == PATIO) {
            return Err(error("INVALID_AVAILABILITY_ID"));
        }
        if (booking.units.len() as u64) > self.free(&booking.seating, Some(uuid), now) {
            return Err(error("UNPROCESSABLE_ENTITY"));
        }
        Ok(())
    }

    /// The option a body names, of the product it names.
    fn offered(&self, body: &Value) -> Result<&'static str, Said> {
        match (text(body, "productId"), text(body, "optionId")) {
            (Some(PRODUCT), Some(OPTION)) => Ok(OPTION),
            (Some(PRODUCT), Some(PATIO)) if self.habits.patio => Ok(PATIO),
            (Some(PRODUCT), _) => Err(error("INVALID_OPTION_ID")),
            _ => Err(error("INVALID_PRODUCT_ID")),
        }
    }
}

fn minutes(body: &Value) -> i64 {
    let told = body.get("expirationMinutes").and_then(Value::as_i64);
    told.unwrap_or(30).clamp(1, 60)
}

fn places(body: &Value) -> Vec<Place> {
    let items = body.get("unitItems").and_then(Value::as_array);
    let mut number = 0;
    let place = |item: &Value| {
        number += 1;
        let own = || format!("00000000-0000-4000-8000-{number:012}");
        Some(Place {
            unit: text(item, "unitId")?.to_owned(),
            uuid: text(item, "uuid").map_or_else(own, str::to_owned),
        })
    };
    items.into_iter().flatten().filter_map(place).collect()
}

fn contact(body: &Value) -> Value {
    let mut contact = say::nobody();
    let told = body.get("contact").and_then(Value::as_object);
    for (name, value) in told.into_iter().flatten() {
        say::put(&mut contact, name, value.clone());
    }
    contact
}
