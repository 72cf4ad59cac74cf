//! Waiting for a place, and for a lost link.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use reservation_contract::BASE_PATH;
use reservation_contract::problem::{FieldError, ProblemType};
use reservation_contract::waitlist::{LinkRequest, WaitlistEntry, WaitlistRequest};
use reservation_contract::words::WaitlistStatus;

use super::answer::{self, Refusal};
use super::call::{IdPath, authorized, claim, to_the_end};
use super::told::too_many;
use super::{Answer, App, Shared, body, venue};
use crate::record::WaitlistRecord;
use crate::seating::{self, parse_date};
use crate::secret::{Subject, new_id};
use crate::store::{Outcome, StoreError};
use crate::{rules, validate};

pub(super) async fn wait(State(app): State<Shared>, path: IdPath, request: Request) -> Answer {
    venue::known(&app, path)?;
    offered(&app)?;
    let headers = request.headers().clone();
    let bytes = body::required(&request)?;
    let route = format!("wait {}", app.settings.venue_id);
    let (claim, flight) = claim(&app, &headers, route, &bytes)?;
    let wish: WaitlistRequest = body::parse(&bytes)?;
    let mut errors = validate::wait(&app.settings, &wish);
    let Some(date) = parse_date(&wish.date) else {
        errors.insert(0, FieldError::new("/date", "invalid"));
        return Err(errors.into());
    };
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let id = new_id().map_err(StoreError::Random)?;
    let outcome = to_the_end(&app, flight, async move |app| {
        let entry = |now| {
            rules::wait(&app.settings, date, wish.party_size, now)?;
            Ok(WaitlistRecord {
                id: id.clone(),
                venue_id: app.settings.venue_id.clone(),
                date,
                party_size: wish.party_size,
                service_id: wish.service_id.clone(),
                area_id: wish.area_id.clone(),
                guest: wish.guest.clone(),
                created_at: now,
            })
        };
        app.store.wait(&claim, entry).await.map(Some)
    })
    .await?;
    match outcome {
        Outcome::Done(entry) => made(&app, &entry),
        Outcome::Refused(problem) => Err(problem.into()),
        Outcome::TooMany(seconds) => Err(too_many(seconds)),
    }
}

pub(super) async fn read(State(app): State<Shared>, path: IdPath, headers: HeaderMap) -> Answer {
    offered(&app)?;
    let id = authorized(&app, Subject::WaitlistEntry, path, &headers)?;
    let entry = app.store.waiting(&id).await?;
    let entry = entry.ok_or(ProblemType::ReservationNotFound)?;
    answer::json(200, &wire(&app, &entry))
}

/// Who has the token has had the entry: gone already is as good as gone now.
pub(super) async fn stop(State(app): State<Shared>, path: IdPath, headers: HeaderMap) -> Answer {
    offered(&app)?;
    let id = authorized(&app, Subject::WaitlistEntry, path, &headers)?;
    app.store.stop_waiting(&id).await?;
    app.store.scrub().await;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The same for everyone, whoever has booked here and whoever has not; only what nobody can have booked
/// with is refused. Nothing is looked up before the answer, so not even the time it takes tells anything.
pub(super) async fn links(State(app): State<Shared>, path: IdPath, request: Request) -> Answer {
    venue::known(&app, path)?;
    let bytes = body::required(&request)?;
    let wish: LinkRequest = body::parse(&bytes)?;
    let errors = validate::links(&wish);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    if app.settings.messages.is_some() {
        let email = wish.email.trim();
        app.store
            .ask_for_links(&app.tokens.unnamed(email), email)
            .await?;
    }
    Ok(StatusCode::ACCEPTED.into_response())
}

fn offered(app: &App) -> Result<(), Refusal> {
    if app.settings.waitlist {
        Ok(())
    } else {
        Err(ProblemType::NotFound.into())
    }
}

fn made(app: &App, entry: &WaitlistRecord) -> Answer {
    let mut wire = wire(app, entry);
    wire.manage_token = Some(app.tokens.token(Subject::WaitlistEntry, &entry.id));
    let mut response: Response = answer::json(201, &wire)?;
    let path = format!("{BASE_PATH}/waitlist-entries/{}", entry.id);
    if let Ok(location) = HeaderValue::try_from(path) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

fn wire(app: &App, entry: &WaitlistRecord) -> WaitlistEntry {
    let zone = &app.settings.zone;
    WaitlistEntry {
        id: entry.id.clone(),
        status: WaitlistStatus::Waiting,
        venue_id: entry.venue_id.clone(),
        date: entry.date.to_string(),
        party_size: entry.party_size,
        service_id: entry.service_id.clone(),
        area_id: entry.area_id.clone(),
        guest: entry.guest.clone(),
        created_at: seating::told(zone, entry.created_at),
        server_time: seating::told(zone, app.now()),
        manage_token: None,
    }
}
