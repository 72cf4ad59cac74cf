//! The supplier's side: the double, behind answers that come late, wrong or not at all.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use octo_double::{Asked, Double, Habits};
use reservation_server::clock::{Clock, ManualClock};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What opens the supplier. It must be found nowhere but in calls to it.
pub const KEY: &str = "CanaryKey-4f1d";
/// What the supplier tells and nobody should hear.
pub const SECRET: &str = "CanarySupplier";

/// What becomes of one call.
#[derive(Clone, Debug)]
pub enum Fate {
    /// Carried out, and answered too late.
    Late,
    /// Carried out, and answered after a while.
    Slow,
    /// Carried out, and answered with a failure.
    Failed,
    /// Not carried out, and answered with this.
    Said(u16, String),
    /// A redirect to there.
    Sent(String),
    /// Told to come back in so many seconds.
    Busy(u32),
}

/// A call that came.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: Method,
    pub path: String,
    pub authorization: String,
    pub body: Value,
}

/// The supplier.
pub struct Supplier {
    pub double: Mutex<Double>,
    pub clock: Arc<ManualClock>,
    /// The next call of this method has this fate.
    pub fates: Mutex<Vec<(Method, Fate)>>,
    pub seen: Mutex<Vec<Seen>>,
    pub address: SocketAddr,
}

impl Supplier {
    pub async fn start(habits: Habits, clock: Arc<ManualClock>) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let supplier = Arc::new(Self {
            double: Mutex::new(Double::new(habits)),
            clock,
            fates: Mutex::default(),
            seen: Mutex::default(),
            address: listener.local_addr().unwrap(),
        });
        let app = Router::new()
            .fallback(any)
            .with_state(Arc::clone(&supplier));
        tokio::spawn(async move { axum::serve(listener, app).await });
        supplier
    }

    pub fn base(&self) -> String {
        format!("http://{}/octo", self.address)
    }

    /// What becomes of the next call of this method.
    pub fn next(&self, method: Method, fate: Fate) {
        self.fates.lock().unwrap().push((method, fate));
    }

    /// The calls that came since this was asked last, as "POST /bookings".
    pub fn calls(&self) -> Vec<String> {
        let seen = std::mem::take(&mut *self.seen.lock().unwrap());
        let told = seen.iter().map(|it| format!("{} {}", it.method, it.path));
        told.collect()
    }

    pub fn last(&self) -> Seen {
        self.seen.lock().unwrap().last().unwrap().clone()
    }

    /// How many bookings stand, or are on hold.
    pub fn standing(&self) -> usize {
        let now = self.clock.now();
        self.double.lock().unwrap().standing(now)
    }

    pub fn kept_the_standard(&self) {
        assert_eq!(self.double.lock().unwrap().faults, [""; 0]);
    }

    fn fate(&self, method: &Method) -> Option<Fate> {
        let mut fates = self.fates.lock().unwrap();
        let at = fates.iter().position(|(its, _)| its == method)?;
        Some(fates.remove(at).1)
    }

    fn answer(&self, seen: &Seen, headers: &HeaderMap, body: &str) -> (u16, Value) {
        if seen.authorization != format!("Bearer {KEY}") {
            let error = json!({"error": "FORBIDDEN", "errorMessage": seen.authorization});
            return (403, error);
        }
        let asked = Asked {
            method: seen.method.as_str(),
            path: &seen.path,
            capabilities: headers
                .get("octo-capabilities")
                .and_then(|value| value.to_str().ok()),
            body,
        };
        let now = self.clock.now();
        let (status, mut said) = self.double.lock().unwrap().answer(asked, now);
        // A supplier that tells more than it should, deep down too.
        talkative(&mut said);
        (status, said)
    }
}

fn talkative(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(talkative),
        Value::Object(map) => {
            map.values_mut().for_each(talkative);
            map.insert("voucher".into(), json!({"deliveryValue": SECRET}));
            map.insert("resellerKey".into(), json!([KEY]));
            if map.contains_key("errorMessage") {
                map.insert("errorMessage".into(), json!(format!("{KEY} {SECRET}")));
            }
        }
        _ => {}
    }
}

async fn any(
    State(supplier): State<Arc<Supplier>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let text = std::str::from_utf8(&body).unwrap_or_default();
    let authorization = headers.get(header::AUTHORIZATION);
    let seen = Seen {
        method: method.clone(),
        path: uri.path().strip_prefix("/octo").unwrap_or("?").to_owned(),
        authorization: authorization
            .map_or("", |it| it.to_str().unwrap())
            .to_owned(),
        body: serde_json::from_str(text).unwrap_or_default(),
    };
    supplier.seen.lock().unwrap().push(seen.clone());
    let fate = supplier.fate(&method);
    let (status, said) = match fate {
        Some(Fate::Said(status, text)) => {
            return (StatusCode::from_u16(status).unwrap(), text).into_response();
        }
        Some(Fate::Sent(to)) => {
            return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response();
        }
        Some(Fate::Busy(seconds)) => {
            let later = [(header::RETRY_AFTER, seconds.to_string())];
            return (StatusCode::TOO_MANY_REQUESTS, later, "{}").into_response();
        }
        Some(slow @ (Fate::Late | Fate::Slow)) => {
            let said = supplier.answer(&seen, &headers, text);
            let late = matches!(slow, Fate::Late);
            let while_ms = if late { 4_000 } else { 200 };
            tokio::time::sleep(Duration::from_millis(while_ms)).await;
            said
        }
        Some(Fate::Failed) => {
            supplier.answer(&seen, &headers, text);
            (
                500,
                json!({"error": "INTERNAL_SERVER_ERROR", "errorMessage": KEY}),
            )
        }
        None => supplier.answer(&seen, &headers, text),
    };
    let status = StatusCode::from_u16(status).unwrap();
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, said.to_string()).into_response()
}
