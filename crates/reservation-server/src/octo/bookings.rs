//! What is written, and who may: whoever has the booking's token, which only its maker was told.
//!
//! An answer to the making of a hold may get lost, and with it the token. So the same wish again says it
//! again, as long as the booking is no more than a hold, or one that ended: nobody's name is in there yet.
//! Once there is a guest in it, a uuid alone opens nothing; whoever confirmed it had the token.

use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::time::timeout;

use super::asked::{self, Hold, text};
use super::refusal::{BOOKING, DOWN, NOT_FOUND, Refusal, UNPROCESSABLE, accepted};
use super::shape::{self, kept};
use super::turns::Turn;
use super::{Answer, Client, Counter, Shared, calls};
use crate::http::{body, call};
use crate::secret::Subject;

type UuidPath = Result<Path<String>, PathRejection>;
type Booking = Result<Value, Refusal>;

/// The uuid of a path whose token came with the call. Everything else is one and the same refusal, so that
/// nobody can find out which bookings there are.
fn authorized(counter: &Counter, path: UuidPath, headers: &HeaderMap) -> Result<String, Refusal> {
    let Path(uuid) = path.map_err(|_| BOOKING)?;
    let token = call::bearer(headers);
    let opens = asked::is_uuid(&uuid) && counter.tokens.accepts(Subject::OctoBooking, &uuid, token);
    if opens { Ok(uuid) } else { Err(BOOKING) }
}

/// A write goes on to its end, also where a phone hangs up.
async fn to_the_end<R>(write: R) -> Answer
where
    R: Future<Output = Booking> + Send + 'static,
{
    let booking = tokio::spawn(write).await.map_err(|_| DOWN)??;
    Ok(calls::json(&booking))
}

pub(super) async fn read(
    State(counter): State<Shared>,
    Client(client): Client,
    path: UuidPath,
    headers: HeaderMap,
) -> Answer {
    counter.count(&counter.reads, client)?;
    let uuid = authorized(&counter, path, &headers)?;
    let booking = counter.find(&uuid).await?.ok_or(BOOKING)?;
    Ok(calls::json(&kept(&booking, &shape::BOOKING)))
}

pub(super) async fn reserve(
    State(counter): State<Shared>,
    Client(client): Client,
    request: Request,
) -> Answer {
    counter.count(&counter.writes, client)?;
    let hold = asked::hold(&counter.settings, &body::required(&request)?)?;
    to_the_end(async move { counter.take(client, hold).await }).await
}

pub(super) async fn extend(
    State(counter): State<Shared>,
    Client(client): Client,
    path: UuidPath,
    request: Request,
) -> Answer {
    let (uuid, body) = about(&counter, client, path, &request, asked::extension)?;
    to_the_end(async move { counter.lengthen(client, &uuid, &body).await }).await
}

pub(super) async fn confirm(
    State(counter): State<Shared>,
    Client(client): Client,
    path: UuidPath,
    request: Request,
) -> Answer {
    let (uuid, body) = about(&counter, client, path, &request, asked::confirmation)?;
    let at = [&uuid, "/confirm"].concat();
    to_the_end(async move { counter.write(Method::POST, &uuid, &at, &body).await }).await
}

pub(super) async fn cancel(
    State(counter): State<Shared>,
    Client(client): Client,
    path: UuidPath,
    request: Request,
) -> Answer {
    let (uuid, body) = about(&counter, client, path, &request, asked::cancellation)?;
    let at = [&uuid, "/cancel"].concat();
    to_the_end(async move { counter.write(Method::POST, &uuid, &at, &body).await }).await
}

pub(super) async fn change(
    State(counter): State<Shared>,
    Client(client): Client,
    path: UuidPath,
    request: Request,
) -> Answer {
    let (uuid, body) = about(&counter, client, path, &request, asked::change)?;
    to_the_end(async move { counter.write(Method::PATCH, &uuid, &uuid, &body).await }).await
}

/// What every write about a booking begins with: its count, its token, and what it says.
fn about(
    counter: &Counter,
    client: IpAddr,
    path: UuidPath,
    request: &Request,
    asked: fn(&crate::settings::OctoSettings, &[u8]) -> Booking,
) -> Result<(String, Value), Refusal> {
    counter.count(&counter.writes, client)?;
    let uuid = authorized(counter, path, request.headers())?;
    let body = asked(&counter.settings, &body::required(request)?)?;
    Ok((uuid, body))
}

impl Counter {
    async fn turn(&self, uuid: &str) -> Result<Turn, Refusal> {
        let patience = self.settings.patience * 2;
        timeout(patience, self.turns.wait(uuid))
            .await
            .map_err(|_| DOWN)
    }

    /// A booking of this venue; none, where the supplier knows none.
    async fn find(&self, uuid: &str) -> Result<Option<Value>, Refusal> {
        let path = ["/bookings/", uuid].concat();
        let said = self.supplier.ask(Method::GET, &path, None).await?;
        match accepted(said) {
            Ok(booking) => self.ours(uuid, booking).map(Some),
            Err(BOOKING | NOT_FOUND) => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// One call to the supplier, answered with this booking.
    async fn send(&self, method: Method, uuid: &str, path: &str, body: &Value) -> Booking {
        let said = self.supplier.ask(method, path, Some(body)).await?;
        match accepted(said) {
            Ok(booking) => self.ours(uuid, booking),
            Err(NOT_FOUND) => Err(BOOKING),
            Err(why) => Err(why),
        }
    }

    /// A reseller's key opens bookings of other products, too; this server does not.
    fn ours(&self, uuid: &str, booking: Value) -> Booking {
        let is =
            |name, ours: &str| text(&booking, name).is_some_and(|it| it.eq_ignore_ascii_case(ours));
        let option = text(&booking, "optionId");
        let option = option.is_some_and(|it| self.settings.options.contains(it));
        if is("uuid", uuid) && is("productId", &self.settings.product) && option {
            return Ok(booking);
        }
        tracing::warn!("the supplier tells of another booking, or another product's");
        Err(BOOKING)
    }

    /// A hold: read before it is written, because some suppliers make a second one of the same uuid, and
    /// some fail.
    async fn take(&self, client: IpAddr, hold: Hold) -> Booking {
        let uuid = hold.uuid.as_str();
        let _turn = self.turn(uuid).await?;
        if let Some(known) = self.find(uuid).await? {
            return self.said_again(&hold, &known);
        }
        let now = self.clock.now();
        self.holds
            .take(client, uuid, self.ends(None, now), now)
            .map_err(Refusal::too_many)?;
        let path = self.supplier.all("/bookings");
        match self.send(Method::POST, uuid, &path, &hold.body).await {
            Ok(booking) => Ok(self.with_token(uuid, &booking)),
            Err(why) if why.is_down() => match self.find(uuid).await {
                Ok(Some(known)) => self.said_again(&hold, &known),
                // It may still be on its way, so it goes on counting.
                _ => Err(why),
            },
            Err(why) => {
                self.holds.end(uuid);
                Err(why)
            }
        }
    }

    /// The answer to a wish that was carried out before, if this is that wish.
    fn said_again(&self, hold: &Hold, known: &Value) -> Booking {
        let places = |of: &Value| of.get("unitItems").and_then(Value::as_array).map(Vec::len);
        let seating = text(known, "availabilityId");
        let same = places(known) == places(&hold.body)
            && text(known, "optionId") == text(&hold.body, "optionId")
            && seating.is_none_or(|id| Some(id) == text(&hold.body, "availabilityId"));
        let hold_only = matches!(text(known, "status"), Some("ON_HOLD" | "EXPIRED"));
        if same && hold_only && is_nobodys(known) {
            Ok(self.with_token(&hold.uuid, known))
        } else {
            Err(BOOKING)
        }
    }

    fn with_token(&self, uuid: &str, booking: &Value) -> Value {
        let mut told = kept(booking, &shape::BOOKING);
        if let Value::Object(map) = &mut told {
            let token = self.tokens.token(Subject::OctoBooking, uuid);
            map.insert("manageToken".to_owned(), token.into());
        }
        told
    }

    async fn lengthen(&self, client: IpAddr, uuid: &str, body: &Value) -> Booking {
        let _turn = self.turn(uuid).await?;
        if !self.holds.may_last(uuid) {
            return Err(UNPROCESSABLE);
        }
        let path = ["/bookings/", uuid, "/extend"].concat();
        let booking = self.send(Method::POST, uuid, &path, body).await?;
        let ends = self.ends(Some(&booking), self.clock.now());
        self.holds.lasts(client, uuid, ends);
        Ok(kept(&booking, &shape::BOOKING))
    }

    /// A confirmation, a change, a cancellation.
    async fn write(self: Arc<Self>, method: Method, uuid: &str, at: &str, body: &Value) -> Booking {
        let _turn = self.turn(uuid).await?;
        let path = ["/bookings/", at].concat();
        let booking = self.send(method, uuid, &path, body).await?;
        if text(&booking, "status") != Some("ON_HOLD") {
            self.holds.end(uuid);
        }
        Ok(kept(&booking, &shape::BOOKING))
    }

    /// When a hold ends: as the supplier says, else as it was asked for.
    fn ends(&self, booking: Option<&Value>, now: Timestamp) -> Timestamp {
        let told = booking.and_then(|it| text(it, "utcExpiresAt")?.parse().ok());
        let minutes = SignedDuration::from_mins(self.settings.hold_minutes.into());
        told.unwrap_or_else(|| now.saturating_add(minutes).unwrap_or(now))
    }
}

/// Whether nobody has put a name or an address into it.
fn is_nobodys(booking: &Value) -> bool {
    let empty = |name: &str| match booking.pointer(name) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(_) => false,
    };
    let names = [
        "fullName",
        "firstName",
        "lastName",
        "emailAddress",
        "phoneNumber",
        "notes",
    ];
    let contact = names
        .iter()
        .all(|name| empty(&["/contact/", name].concat()));
    contact && empty("/notes") && empty("/utcConfirmedAt")
}
