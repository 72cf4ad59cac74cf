//! What is read: the supplier, the product, days, seatings. Each is a call to the supplier, so each is counted.

use std::net::IpAddr;

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::asked::{self, text};
use super::refusal::{DOWN, PRODUCT, Refusal, accepted};
use super::shape::{self, Shape, kept};
use super::{Answer, Client, Counter, Shared};
use crate::http::{answer, body};

/// An answer as it goes out.
pub(super) fn json(value: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, value.to_string()).into_response()
}

/// Who the supplier is, for whoever runs the site.
pub(super) async fn supplier(State(counter): State<Shared>, Client(client): Client) -> Answer {
    counter.count(&counter.reads, client)?;
    let path = counter.supplier.all("/supplier");
    let said = counter.supplier.ask(Method::GET, &path, None).await?;
    Ok(json(&kept(&accepted(said)?, &shape::SUPPLIER)))
}

pub(super) async fn product(
    State(counter): State<Shared>,
    Client(client): Client,
    path: Result<Path<String>, PathRejection>,
) -> Answer {
    counter.count(&counter.reads, client)?;
    match path {
        Ok(Path(id)) if id == counter.settings.product => Ok(json(&told(&counter).await?)),
        _ => Err(PRODUCT),
    }
}

/// The product, with nothing of it but what can be booked here.
pub(super) async fn told(counter: &Counter) -> Result<Value, Refusal> {
    let settings = &counter.settings;
    let path = ["/products/", &settings.product].concat();
    let said = counter.supplier.ask(Method::GET, &path, None).await?;
    let mut product = kept(&accepted(said)?, &shape::PRODUCT);
    if text(&product, "id") != Some(&settings.product) {
        tracing::warn!("the supplier tells of another product");
        return Err(DOWN);
    }
    if let Some(Value::Array(options)) = product.get_mut("options") {
        options.retain(|it| text(it, "id").is_some_and(|id| settings.options.contains(id)));
        for option in options {
            if let Some(Value::Array(units)) = option.get_mut("units") {
                units.retain(|it| text(it, "id").is_some_and(|id| settings.units.contains(id)));
            }
        }
    }
    Ok(product)
}

pub(super) async fn calendar(
    State(counter): State<Shared>,
    Client(client): Client,
    request: Request,
) -> Answer {
    let path = "/availability/calendar".to_owned();
    days(
        &counter,
        client,
        body::required(&request),
        path,
        &shape::DAYS,
    )
    .await
}

pub(super) async fn seatings(
    State(counter): State<Shared>,
    Client(client): Client,
    request: Request,
) -> Answer {
    let path = counter.supplier.all("/availability");
    days(
        &counter,
        client,
        body::required(&request),
        path,
        &shape::SEATINGS,
    )
    .await
}

async fn days(
    counter: &Counter,
    client: IpAddr,
    came: Result<Bytes, answer::Refusal>,
    path: String,
    shape: &'static Shape,
) -> Answer {
    counter.count(&counter.reads, client)?;
    let body = asked::days(&counter.settings, &came?)?;
    let said = counter
        .supplier
        .ask(Method::POST, &path, Some(&body))
        .await?;
    let told = kept(&accepted(said)?, shape);
    if !told.is_array() {
        tracing::warn!("the supplier tells no list");
        return Err(DOWN);
    }
    Ok(json(&told))
}
