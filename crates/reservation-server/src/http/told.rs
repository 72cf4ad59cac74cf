//! Reservations as they travel.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use reservation_contract::BASE_PATH;
use reservation_contract::problem::{Problem, ProblemType};
use reservation_contract::reservation::{Cancellation, Reservation, ReservedSlot};
use reservation_contract::words::CancelledBy;

use super::answer::{self, Refusal};
use super::{Answer, App, venue};
use crate::availability::{Book, Question};
use crate::record::{Record, Status, masked};
use crate::secret::Subject;
use crate::store::Outcome;
use crate::{rules, seating};

/// The answer to extend and confirm.
pub(super) async fn told(app: &App, id: &str, outcome: Outcome) -> Answer {
    match outcome {
        Outcome::Done(record) => {
            let wire = wire(app, &record, record.status, app.now());
            Ok(tagged(answer::json(200, &wire)?, record.version))
        }
        Outcome::TooMany(seconds) => Err(too_many(seconds)),
        Outcome::Refused(problem) => {
            let record = app.store.find(id).await?;
            let party = record.as_ref().map_or(1, |record| record.party_size);
            // The lost seating itself may be free: after expiry one tap takes it again.
            let around = record.map(|record| (record.seat.date, String::new()));
            Err(refusal(app, problem, around, party).await)
        }
    }
}

/// The answer to cancel and to reading: the status as time has made it.
pub(super) fn now_told(app: &App, record: &Record) -> Answer {
    let now = app.now();
    let wire = wire(app, record, record.status_at(now), now);
    Ok(tagged(answer::json(200, &wire)?, record.version))
}

/// The answer to a hold, now or on its replay.
pub(super) fn held(app: &App, record: &Record) -> Answer {
    let mut wire = wire(app, record, record.status, app.now());
    wire.manage_token = Some(app.tokens.token(Subject::Reservation, &record.id));
    let mut response = tagged(answer::json(201, &wire)?, record.version);
    if let Ok(location) = HeaderValue::try_from(format!("{BASE_PATH}/reservations/{}", record.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// A problem, with seatings that are free where it is about a lost one.
pub(super) async fn refusal(
    app: &App,
    kind: ProblemType,
    around: Option<(Date, String)>,
    party: u32,
) -> Refusal {
    let mut problem = Problem::new(kind);
    if matches!(
        kind,
        ProblemType::SlotUnavailable | ProblemType::HoldExpired
    ) {
        let alternatives = match (around, venue::look(app).await) {
            (Some((date, key)), Ok((now, taken))) => {
                let question = Question {
                    party,
                    service_id: None,
                    area_id: None,
                    time: None,
                };
                Book {
                    settings: &app.settings,
                    now,
                    taken: &taken,
                }
                .alternatives(date, Some(&key), &question)
            }
            // The refusal stands even when nothing else can be read.
            _ => Vec::new(),
        };
        problem.alternatives = Some(alternatives);
    }
    problem.into()
}

pub(super) fn tagged(mut response: Response, version: u64) -> Response {
    if let Ok(etag) = HeaderValue::try_from(rules::etag(version)) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response
}

fn wire(app: &App, record: &Record, status: Status, now: Timestamp) -> Reservation {
    let zone = &app.settings.zone;
    let seat = &record.seat;
    let details = record.details.clone();
    let hold = matches!(status, Status::OnHold | Status::Expired);
    let (guest, guests, dishes, dietary, note) = details.map_or_else(Default::default, |all| {
        (
            Some(all.guest),
            masked(&app.settings, all.guests),
            all.dishes,
            all.dietary,
            all.note,
        )
    });
    Reservation {
        id: record.id.clone(),
        reference: record.reference.clone(),
        status: status.word(),
        version: record.version,
        venue_id: record.venue_id.clone(),
        slot: ReservedSlot {
            id: seating::opaque(&seat.key),
            starts_at: seating::told(zone, seat.starts_at),
            ends_at: seating::told(zone, seat.ends_at),
            service_id: seat.service_id.clone(),
            area_id: seat.area_id.clone(),
            confirmation_mode: app.settings.confirmation(&seat.service_id),
            cancellable_until: seating::told(zone, seat.cancellable_until),
        },
        party_size: record.party_size,
        guest,
        guests,
        dishes,
        dietary,
        note,
        created_at: seating::told(zone, record.created_at),
        updated_at: seating::told(zone, record.updated_at),
        expires_at: hold.then(|| seating::told(zone, record.expires_at)),
        cancellation: record.cancelled_at.map(|at| Cancellation {
            cancelled_at: seating::told(zone, at),
            cancelled_by: if record.cancelled_by_house {
                CancelledBy::Venue
            } else {
                CancelledBy::Guest
            },
        }),
        server_time: seating::told(zone, now),
        manage_token: None,
    }
}

/// More than this client may have for now.
pub(super) fn too_many(seconds: u32) -> Refusal {
    Refusal::from(ProblemType::QuotaExceeded).retry_after(seconds)
}
