//! What anyone may read: the venue and what is free. No custom header is needed, so that a phone
//! pays no CORS preflight.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use reservation_contract::availability::Availability;
use reservation_contract::problem::{FieldError, ProblemType};
use reservation_contract::venue::{
    Area, BookingWindow, GuestFields, HoldPolicy, PartySize, Policies, Service, Venue,
};
use reservation_contract::words::{Capability, ConfirmationMode, Weekday};

use super::answer::{Cacheable, Refusal};
use super::body::Query;
use super::{Answer, App, Shared};
use crate::availability::{Book, Occupancy, Question};
use crate::seating::{self, parse_date, parse_time};
use crate::settings::Settings;

/// Seconds an answer may be kept. Availability is as short as a second look at the same day.
pub(super) const VENUE_AGE: u32 = 60;
const CALENDAR_AGE: u32 = 15;
const AVAILABILITY_AGE: u32 = 5;
/// Days a calendar may span: two months.
const CALENDAR_DAYS: i32 = 62;

pub(super) async fn read(
    State(app): State<Shared>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Answer {
    known(&app, path)?;
    Ok(app.venue.answer(&headers))
}

pub(super) async fn calendar(
    State(app): State<Shared>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    known(&app, path)?;
    kept(&app, "calendar", query.as_deref(), &headers, async |now| {
        days(&app, query.as_deref(), now).await
    })
    .await
}

async fn days(app: &App, query: Option<&str>, now: Timestamp) -> Result<Cacheable, Refusal> {
    let query = Query::parse(query)?;
    let mut errors = Vec::new();
    let from: Option<Date> = query.read("from", true, &mut errors, parse_date);
    let to: Option<Date> = query.read("to", true, &mut errors, parse_date);
    if let (Some(from), Some(to)) = (from, to) {
        if to < from {
            errors.push(FieldError::new("/to", "invalid"));
        } else if from
            .until(to)
            .map_or(true, |span| span.get_days() >= CALENDAR_DAYS)
        {
            errors.push(FieldError::new("/to", "too-long"));
        }
    }
    let question = question(app, &query, None, &mut errors)?;
    let (Some(from), Some(to), true) = (from, to, errors.is_empty()) else {
        return Err(errors.into());
    };
    let taken = taken(app, now).await?;
    let calendar = Book {
        settings: &app.settings,
        now,
        taken: &taken,
    }
    .calendar(from, to, &question);
    Cacheable::new(&calendar, CALENDAR_AGE)
}

pub(super) async fn availability(
    State(app): State<Shared>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    known(&app, path)?;
    kept(&app, "day", query.as_deref(), &headers, async |now| {
        day(&app, query.as_deref(), now).await
    })
    .await
}

async fn day(app: &App, query: Option<&str>, now: Timestamp) -> Result<Cacheable, Refusal> {
    let query = Query::parse(query)?;
    let mut errors = Vec::new();
    let date: Option<Date> = query.read("date", true, &mut errors, parse_date);
    let time = query.read("time", false, &mut errors, parse_time);
    let question = question(app, &query, time, &mut errors)?;
    let (Some(date), true) = (date, errors.is_empty()) else {
        return Err(errors.into());
    };
    let taken = taken(app, now).await?;
    let answer = Book {
        settings: &app.settings,
        now,
        taken: &taken,
    }
    .availability(date, &question);
    let essence = Availability {
        server_time: String::new(),
        ..answer.clone()
    };
    Cacheable::with_tag_of(&answer, &essence, AVAILABILITY_AGE)
}

/// The answer to a question about what is free: the one that was given in the same second, if nothing was
/// written since, or a new one.
async fn kept(
    app: &App,
    kind: &str,
    query: Option<&str>,
    headers: &HeaderMap,
    answer: impl AsyncFnOnce(Timestamp) -> Result<Cacheable, Refusal>,
) -> Answer {
    let now = whole(app.now());
    // Read before the answer is made: what is written meanwhile makes it old, not wrong for ever.
    let state = app.store.state(now);
    let question = format!("{kind}?{}", query.unwrap_or_default());
    if let Some(known) = app.kept.find(state, &question) {
        return Ok(known.answer(headers));
    }
    let made = Arc::new(answer(now).await?);
    app.kept.keep(state, question, &made);
    Ok(made.answer(headers))
}

/// The second an instant is in. What is free is told for whole seconds, like the time beside it.
fn whole(instant: Timestamp) -> Timestamp {
    Timestamp::from_second(instant.as_second()).unwrap_or(instant)
}

/// The venue of a path, or 404.
pub(super) fn known(app: &App, path: Result<Path<String>, PathRejection>) -> Result<(), Refusal> {
    let Path(id) = path.map_err(|_| ProblemType::Malformed)?;
    if id == app.settings.venue_id {
        Ok(())
    } else {
        Err(ProblemType::NotFound.into())
    }
}

/// The present, and what is taken of every seating that can be booked.
pub(super) async fn look(app: &App) -> Result<(Timestamp, Arc<Occupancy>), Refusal> {
    let now = whole(app.now());
    Ok((now, taken(app, now).await?))
}

async fn taken(app: &App, now: Timestamp) -> Result<Arc<Occupancy>, Refusal> {
    let taken = app
        .store
        .occupancy(
            seating::today(&app.settings, now),
            seating::last_day(&app.settings, now),
            now,
        )
        .await?;
    Ok(taken)
}

fn question<'a>(
    app: &App,
    query: &'a Query,
    time: Option<Time>,
    errors: &mut Vec<FieldError>,
) -> Result<Question<'a>, Refusal> {
    let party: Option<i64> = query.read("partySize", true, errors, |text| text.parse().ok());
    let service_id = query.get("serviceId");
    if service_id.is_some_and(|id| !app.settings.services.iter().any(|service| service.id == id)) {
        errors.push(FieldError::new("/serviceId", "unknown"));
    }
    let area_id = query.get("areaId");
    if area_id.is_some_and(|id| !app.settings.areas.iter().any(|area| area.id == id)) {
        errors.push(FieldError::new("/areaId", "unknown"));
    }
    let in_range = party
        .and_then(|party| u32::try_from(party).ok())
        .filter(|party| (app.settings.party_min..=app.settings.party_max).contains(party));
    match in_range {
        Some(party) => Ok(Question {
            party,
            service_id,
            area_id,
            time,
        }),
        None if errors.is_empty() => Err(ProblemType::PartySizeOutOfRange.into()),
        None => Err(std::mem::take(errors).into()),
    }
}

/// The venue as the settings describe it.
pub(super) fn describe(settings: &Settings) -> Venue {
    let minutes =
        |duration: jiff::SignedDuration| u32::try_from(duration.as_mins()).unwrap_or(u32::MAX);
    let seconds =
        |duration: jiff::SignedDuration| u32::try_from(duration.as_secs()).unwrap_or(u32::MAX);
    Venue {
        id: settings.venue_id.clone(),
        mode: settings.mode.clone(),
        name: settings.name.clone(),
        time_zone: settings.zone_name.clone(),
        currency: settings.currency.clone(),
        party_size: PartySize {
            min: settings.party_min,
            max: settings.party_max,
        },
        booking_window: BookingWindow {
            min_notice_minutes: minutes(settings.min_notice),
            max_days_ahead: settings.max_days_ahead,
        },
        hold: HoldPolicy {
            ttl_seconds: seconds(settings.hold_ttl),
            max_extensions: settings.max_extensions,
            extension_seconds: seconds(settings.extension),
        },
        services: settings
            .services
            .iter()
            .map(|service| Service {
                id: service.id.clone(),
                name: service.name.clone(),
                weekdays: service.weekdays.iter().map(|day| weekday(*day)).collect(),
                local_start_times: service
                    .start_times
                    .iter()
                    .map(|time| time.strftime("%H:%M").to_string())
                    .collect(),
                duration_minutes: minutes(service.duration),
            })
            .collect(),
        areas: settings
            .areas
            .iter()
            .map(|area| Area {
                id: area.id.clone(),
                name: area.name.clone(),
                description: area.description.clone(),
            })
            .collect(),
        guest_fields: GuestFields {
            lead: settings.lead_fields.clone(),
            per_guest: settings.guest_fields.clone(),
        },
        house_rules: settings.house_rules.clone(),
        policies: Policies {
            cancellation_cutoff_minutes: minutes(settings.cancellation_cutoff),
        },
        capabilities: capabilities(settings),
        notice: settings.notice.clone(),
    }
}

fn capabilities(settings: &Settings) -> Vec<Capability> {
    let mut all = vec![Capability::Holds, Capability::Modify];
    all.extend((!settings.areas.is_empty()).then_some(Capability::Areas));
    all.extend(settings.waitlist.then_some(Capability::Waitlist));
    all.extend(settings.preorder.then_some(Capability::Preorder));
    let mut services = settings.services.iter();
    let by_hand = services.any(|service| service.confirmation == ConfirmationMode::Async);
    all.extend(by_hand.then_some(Capability::AsyncConfirmation));
    // Somebody who need not tell an address is not written to.
    let mut asked = settings.lead_fields.iter();
    let addressed = asked.any(|field| field.id == "email" && field.required);
    all.extend((addressed && settings.messages.is_some()).then_some(Capability::Messages));
    all
}

fn weekday(day: jiff::civil::Weekday) -> Weekday {
    match day {
        jiff::civil::Weekday::Monday => Weekday::Monday,
        jiff::civil::Weekday::Tuesday => Weekday::Tuesday,
        jiff::civil::Weekday::Wednesday => Weekday::Wednesday,
        jiff::civil::Weekday::Thursday => Weekday::Thursday,
        jiff::civil::Weekday::Friday => Weekday::Friday,
        jiff::civil::Weekday::Saturday => Weekday::Saturday,
        jiff::civil::Weekday::Sunday => Weekday::Sunday,
    }
}
