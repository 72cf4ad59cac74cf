//! The native contract: requests out, answers in.

mod asked;
mod confirm;
mod fields;
mod links;
mod modify;
mod waiting;

pub(super) use asked::Then;
use waiting::{read_place_on_list, read_still_waits};

use booking::manage::Wish;
use booking::message::Confirmation;
use booking::venue::{Capabilities, HouseRule, Service};
use booking::{
    Access, Calendar, CalendarQuery, Date, Day, DayStatus, Evening, EveningQuery, Failure, Key,
    Language, LocalTime, Note, Reservation, Slot, SlotId, SlotStatus, Status, Venue, civil,
    failure::Refusal,
};
use serde_json::Value;

use super::json::{
    both, get, get_fresh, list, malformed, number, object, parse, post, safe, shown, small, text,
};
use crate::platform::network::{Answer, Method, Request};

/// A server that keeps the native contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Native {
    base_url: String,
    venue_id: String,
}

/// Requests.
impl Native {
    pub(super) fn new(base_url: String, venue_id: String) -> Self {
        Self { base_url, venue_id }
    }

    fn venue_url(&self, rest: &str) -> String {
        [&self.base_url, "/venues/", &self.venue_id, rest].concat()
    }

    fn venue(&self) -> Request {
        get(self.venue_url(""))
    }

    fn calendar(&self, query: CalendarQuery) -> Request {
        let month = query.month;
        let rest = [
            "/availability/calendar?from=",
            &month.first_day().to_string(),
            "&to=",
            &month.last_day().to_string(),
            "&partySize=",
            &query.party.to_string(),
        ];
        get_fresh(self.venue_url(&rest.concat()))
    }

    fn evening(&self, query: EveningQuery) -> Request {
        let (date, party) = (query.date.to_string(), query.party.to_string());
        let rest = ["/availability?date=", &date, "&partySize=", &party];
        get_fresh(self.venue_url(&rest.concat()))
    }

    fn hold(&self, key: &Key, slot: &SlotId, party: u8, language: Language) -> Request {
        let body = object([
            ("slotId", slot.0.as_str().into()),
            ("partySize", party.into()),
            ("locale", language.code().into()),
        ]);
        with_key(post(self.venue_url("/reservations"), Some(&body)), key)
    }

    fn extend(&self, access: &Access, version: u64, key: &Key) -> Request {
        let request = post(self.reservation_url(access, "/extend"), None);
        with_version(with_key(with_token(request, access), key), version)
    }

    fn confirm(&self, confirmation: &Confirmation) -> Request {
        let body = confirm::body(confirmation);
        let access = &confirmation.access;
        let request = post(self.reservation_url(access, "/confirm"), Some(&body));
        with_version(
            with_key(with_token(request, access), &confirmation.key),
            confirmation.version,
        )
    }

    fn reservation(&self, access: &Access) -> Request {
        with_token(get(self.reservation_url(access, "")), access)
    }

    fn cancel(&self, access: &Access) -> Request {
        with_token(post(self.reservation_url(access, "/cancel"), None), access)
    }

    fn give_back(&self, access: &Access, version: Option<u64>) -> Request {
        let request = self.cancel(access);
        match version {
            Some(version) => with_version(request, version),
            None => request,
        }
    }

    fn modify(&self, wish: &Wish) -> Request {
        let access = &wish.access;
        let url = self.reservation_url(access, "");
        let request = Request {
            method: Method::Patch,
            ..post(url, Some(&modify::body(wish)))
        };
        with_version(
            with_key(with_token(request, access), &wish.key),
            wish.version,
        )
    }

    fn erase(&self, access: &Access) -> Request {
        with_token(post(self.reservation_url(access, "/erase"), None), access)
    }

    fn reservation_url(&self, access: &Access, rest: &str) -> String {
        [&self.base_url, "/reservations/", &safe(&access.id), rest].concat()
    }
}

fn with_key(mut request: Request, key: &Key) -> Request {
    request.headers.push(("Idempotency-Key", key.0.clone()));
    request
}

fn with_token(mut request: Request, access: &Access) -> Request {
    let bearer = ["Bearer ", &access.token].concat();
    request.headers.push(("Authorization", bearer));
    request
}

fn with_version(mut request: Request, version: u64) -> Request {
    request
        .headers
        .push(("If-Match", ["\"", &version.to_string(), "\""].concat()));
    request
}

fn read_venue(answer: &Answer) -> Result<Venue, Failure> {
    let value = parse(answer)?;
    let part = |name: &str| value.get(name).unwrap_or(&Value::Null);
    let party = part("partySize");
    let can = |name: &str| list(&value, "capabilities").iter().any(|word| word == name);
    Ok(Venue {
        // A mode this site does not know is no promise of a table.
        trial: text(&value, "mode")? != "live",
        name: both(&value, "name").ok_or_else(|| malformed("name"))?,
        time_zone: text(&value, "timeZone")?.to_owned(),
        party_min: small(party, "min")?.max(1),
        party_max: small(party, "max")?.max(1),
        services: list(&value, "services")
            .iter()
            .filter_map(read_service)
            .collect(),
        areas: fields::read_areas(&value),
        lead_fields: fields::read(part("guestFields"), "lead"),
        guest_fields: fields::read(part("guestFields"), "perGuest"),
        hold_extensions: small(part("hold"), "maxExtensions").unwrap_or(0),
        cancellation_cutoff_minutes: number(part("policies"), "cancellationCutoffMinutes")
            .and_then(|minutes| u32::try_from(minutes).ok())
            .unwrap_or(0),
        house_rules: list(&value, "houseRules")
            .iter()
            .filter_map(read_rule)
            .collect(),
        capabilities: Capabilities {
            holds: can("holds"),
            areas: can("areas"),
            modify: can("modify"),
            only_moves: false,
            preorder: can("preorder"),
            waitlist: can("waitlist"),
            async_confirmation: can("asyncConfirmation"),
            messages: can("messages"),
            // The contract has no server that cannot.
            erase: true,
        },
        notice: both(&value, "notice"),
    })
}

fn read_service(value: &Value) -> Option<Service> {
    Some(Service {
        id: text(value, "id").ok()?.to_owned(),
        name: both(value, "name")?,
        start_times: list(value, "localStartTimes")
            .iter()
            .filter_map(|time| LocalTime::parse(time.as_str()?))
            .collect(),
    })
}

fn read_rule(value: &Value) -> Option<HouseRule> {
    Some(HouseRule {
        id: text(value, "id").ok()?.to_owned(),
        text: both(value, "text")?,
        must_accept: value
            .get("mustAccept")
            .and_then(Value::as_bool)
            .unwrap_or(false),
    })
}

fn read_calendar(answer: &Answer) -> Result<Calendar, Failure> {
    let value = parse(answer)?;
    let days = value
        .get("days")
        .and_then(Value::as_array)
        .ok_or_else(|| malformed("days"))?;
    Ok(Calendar {
        days: days.iter().map(read_day).collect::<Result<_, _>>()?,
        first_available: value
            .get("firstAvailable")
            .and_then(Value::as_str)
            .and_then(Date::parse),
    })
}

fn read_day(value: &Value) -> Result<Day, Failure> {
    Ok(Day {
        date: Date::parse(text(value, "date")?).ok_or_else(|| malformed("date"))?,
        status: match text(value, "status")? {
            "AVAILABLE" => DayStatus::Available,
            "LIMITED" => DayStatus::Limited,
            "SOLD_OUT" => DayStatus::SoldOut,
            "CLOSED" => DayStatus::Closed,
            "OUTSIDE_WINDOW" => DayStatus::OutsideWindow,
            _ => DayStatus::Unknown,
        },
    })
}

fn read_evening(answer: &Answer) -> Result<Evening, Failure> {
    let value = parse(answer)?;
    let slots = value
        .get("slots")
        .and_then(Value::as_array)
        .ok_or_else(|| malformed("slots"))?;
    Ok(Evening {
        slots: slots.iter().map(read_slot).collect::<Result<_, _>>()?,
        alternatives: read_alternatives(&value),
    })
}

/// Alternatives are a help: one that cannot be read is left out, not an error.
fn read_alternatives(value: &Value) -> Vec<Slot> {
    list(value, "alternatives")
        .iter()
        .filter_map(|slot| read_slot(slot).ok())
        .filter(|slot| slot.status.is_bookable())
        .collect()
}

fn read_slot(value: &Value) -> Result<Slot, Failure> {
    let starts = text(value, "startsAt")?;
    let (date, time) = civil::wall_clock(starts).ok_or_else(|| malformed("startsAt"))?;
    let ends = value.get("endsAt").and_then(Value::as_str);
    Ok(Slot {
        id: SlotId(text(value, "id")?.to_owned()),
        date,
        starts: time,
        ends: ends.and_then(civil::wall_clock).map(|(_, time)| time),
        starts_ms: civil::instant_ms(starts).ok_or_else(|| malformed("startsAt"))?,
        ends_ms: ends.and_then(civil::instant_ms),
        area: text(value, "areaId").ok().map(str::to_owned),
        // The slot of a reservation has no status: it is the guest's already.
        status: match value.get("status").and_then(Value::as_str) {
            Some("AVAILABLE") => SlotStatus::Available,
            Some("LIMITED") => SlotStatus::Limited,
            Some("SOLD_OUT") => SlotStatus::SoldOut,
            _ => SlotStatus::Closed,
        },
        confirmed_later: value
            .get("confirmationMode")
            .is_some_and(|mode| mode != "INSTANT"),
        cancellable_until_ms: instant(value, "cancellableUntil"),
    })
}

fn instant(value: &Value, name: &str) -> Option<i64> {
    value
        .get(name)
        .and_then(Value::as_str)
        .and_then(civil::instant_ms)
}

/// Reads a reservation; a new one brings its own access, an existing one is opened with ours.
fn read_reservation(answer: &Answer, access: Option<&Access>) -> Result<Reservation, Failure> {
    let value = parse(answer)?;
    let access = match access {
        Some(access) => access.clone(),
        None => Access {
            id: text(&value, "id")?.to_owned(),
            token: text(&value, "manageToken")?.to_owned(),
        },
    };
    let guest = value.get("guest").unwrap_or(&Value::Null);
    let party = small(&value, "partySize")?;
    Ok(Reservation {
        access,
        reference: shown(text(&value, "reference")?),
        status: read_status(text(&value, "status")?),
        version: number(&value, "version").ok_or_else(|| malformed("version"))?,
        slot: read_slot(value.get("slot").ok_or_else(|| malformed("slot"))?)?,
        party,
        blind: false,
        expires_ms: instant(&value, "expiresAt"),
        server_ms: instant(&value, "serverTime"),
        name: text(guest, "givenName").ok().map(|given| {
            let family = text(guest, "familyName").unwrap_or("");
            shown([given, " ", family].concat().trim())
        }),
        answers: confirm::read_answers(&value, party),
        plan: confirm::read_plan(&value, party),
        note: Note(shown(text(&value, "note").unwrap_or_default())),
    })
}

fn read_status(word: &str) -> Status {
    match word {
        "ON_HOLD" => Status::OnHold,
        "PENDING" => Status::Pending,
        "CONFIRMED" => Status::Confirmed,
        "EXPIRED" => Status::Expired,
        "CANCELLED" => Status::Cancelled,
        "REJECTED" => Status::Rejected,
        "REDEEMED" => Status::Redeemed,
        "NO_SHOW" => Status::NoShow,
        _ => Status::Unknown,
    }
}

/// What a refusal means. The status decides where the type is not one of the contract's.
fn read_problem(answer: &Answer) -> Failure {
    let value = parse(answer).unwrap_or(Value::Null);
    let slug = text(&value, "type")
        .ok()
        .and_then(|kind| kind.rsplit('/').next())
        .unwrap_or("");
    let retry_after = answer.retry_after;
    match slug {
        "slot-unavailable" => Failure::SlotTaken {
            alternatives: read_alternatives(&value),
        },
        "hold-expired" => Failure::HoldExpired {
            alternatives: read_alternatives(&value),
        },
        "hold-extension-limit" => Failure::HoldLimit,
        "party-size-out-of-range" => Failure::PartySize,
        "outside-booking-window" => Failure::OutsideWindow,
        "cancellation-cutoff-passed" => Failure::CutoffPassed,
        "not-modifiable" => Failure::NotModifiable,
        "validation-failed" => Failure::Refused(
            list(&value, "errors")
                .iter()
                .filter_map(read_refusal)
                .collect(),
        ),
        "reservation-not-found" => Failure::NotFound,
        "version-conflict" => Failure::Changed,
        "idempotency-key-reused" => Failure::KeyReused,
        "idempotency-key-in-flight" | "quota-exceeded" => Failure::Busy { retry_after },
        _ => match answer.status {
            429 => Failure::Busy { retry_after },
            500..=599 => Failure::Down,
            status => Failure::Malformed([&status.to_string(), " ", slug].concat()),
        },
    }
}

fn read_refusal(value: &Value) -> Option<Refusal> {
    Some(Refusal {
        pointer: text(value, "pointer").ok()?.to_owned(),
        code: text(value, "code").ok()?.to_owned(),
    })
}

#[cfg(test)]
#[path = "native_tests.rs"]
mod tests;
