//! Reading bodies, paths, queries and keys, each wrong one with its own problem.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use reservation_contract::problem::{FieldError, ProblemType};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::Refusal;

/// The largest body, bytes.
pub(crate) const LIMIT: usize = 64 * 1024;
/// How long a body may take to arrive: a slow phone, not somebody who wants to hold a connection.
const PATIENCE: Duration = Duration::from_secs(30);
const KEY_MIN: usize = 16;
const KEY_MAX: usize = 255;

/// A body as it came, or what was wrong with it.
#[derive(Clone)]
struct Heard(Result<Bytes, ProblemType>);

/// Hears a call out before anybody refuses it. A connection whose last request is only half read has to
/// be closed, and then the phone that is still sending may never read why it was refused. What is wrong
/// with the body is told where it is asked for: others come first.
pub(crate) async fn heard_out(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let heard = Heard(read(Request::from_parts(parts.clone(), body)).await);
    let mut request = Request::from_parts(parts, Body::empty());
    request.extensions_mut().insert(heard);
    next.run(request).await
}

async fn read(request: Request) -> Result<Bytes, ProblemType> {
    match tokio::time::timeout(PATIENCE, Bytes::from_request(request, &())).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(rejection)) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(ProblemType::TooLarge)
        }
        Ok(Err(_)) | Err(_) => Err(ProblemType::Malformed),
    }
}

/// The bytes of a JSON body.
pub(crate) fn required(request: &Request) -> Result<Bytes, Refusal> {
    json_type(request.headers())?;
    heard(request)
}

/// The bytes of a body a call does not need: empty, or JSON nobody reads.
pub(super) fn optional(request: &Request) -> Result<Bytes, Refusal> {
    let bytes = heard(request)?;
    if !bytes.is_empty() {
        json_type(request.headers())?;
        serde_json::from_slice::<serde::de::IgnoredAny>(&bytes)
            .map_err(|_| Refusal::from(ProblemType::Malformed))?;
    }
    Ok(bytes)
}

fn heard(request: &Request) -> Result<Bytes, Refusal> {
    match request.extensions().get::<Heard>() {
        Some(Heard(heard)) => heard.clone().map_err(Refusal::from),
        None => Ok(Bytes::new()),
    }
}

fn json_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(ProblemType::UnsupportedMediaType.into())
    }
}

/// A body as a type. What is not JSON is malformed; JSON of another shape names the field.
pub(super) fn parse<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, Refusal> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let error = match serde_path_to_error::deserialize(&mut json) {
        Ok(value) => {
            json.end().map_err(|_| ProblemType::Malformed)?;
            by_name(&value, bytes)?;
            return Ok(value);
        }
        Err(error) => error,
    };
    if !error.inner().is_data() || serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_err() {
        return Err(ProblemType::Malformed.into());
    }
    let mut pointer = pointer(error.path());
    let message = error.inner().to_string();
    let missing = message
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    let code = if let Some(field) = missing {
        pointer = format!("{pointer}/{field}");
        "required"
    } else {
        "invalid"
    };
    Err(vec![FieldError::new(pointer, code)].into())
}

/// Objects have to come as objects: the reader also takes a list of their fields in order, which would
/// read anything into anything on the day a field is added.
fn by_name<T: Serialize>(value: &T, bytes: &[u8]) -> Result<(), Refusal> {
    let malformed = |_| Refusal::from(ProblemType::Malformed);
    let meant = serde_json::to_value(value).map_err(malformed)?;
    let came = serde_json::from_slice(bytes).map_err(malformed)?;
    match list_for_object(&meant, &came) {
        Some(pointer) => Err(vec![FieldError::new(pointer, "invalid")].into()),
        None => Ok(()),
    }
}

/// Where a list came and an object was meant.
fn list_for_object(meant: &Value, came: &Value) -> Option<String> {
    match (meant, came) {
        (Value::Object(_), Value::Array(_)) => Some(String::new()),
        (Value::Object(meant), Value::Object(came)) => meant.iter().find_map(|(name, meant)| {
            let inner = list_for_object(meant, came.get(name)?)?;
            Some(format!("/{}{inner}", escaped(name)))
        }),
        (Value::Array(meant), Value::Array(came)) => {
            let mut pairs = meant.iter().zip(came).enumerate();
            pairs.find_map(|(index, (meant, came))| {
                Some(format!("/{index}{}", list_for_object(meant, came)?))
            })
        }
        _ => None,
    }
}

/// RFC 6901.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        let part = match segment {
            Segment::Map { key } => escaped(key),
            Segment::Seq { index } => index.to_string(),
            Segment::Enum { .. } | Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&part);
    }
    pointer
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The call's Idempotency-Key.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut all = headers.get_all("idempotency-key").iter();
    let key = all
        .next()
        .and_then(|value| value.to_str().ok())
        .map(str::trim)
        .unwrap_or_default();
    if key.len() < KEY_MIN {
        return Err(ProblemType::IdempotencyKeyMissing.into());
    }
    // Two keys, or an essay: nobody knows which was meant.
    if key.len() > KEY_MAX || all.next().is_some() {
        return Err(ProblemType::Malformed.into());
    }
    Ok(key)
}

/// One header's text, if there is exactly that.
pub(super) fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

/// The parameters of a query, each at most once.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query; unknown parameters are ignored.
    pub fn parse(query: Option<&str>) -> Result<Self, Refusal> {
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(query.unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        let twice = pairs
            .iter()
            .enumerate()
            .any(|(index, (name, _))| pairs.iter().skip(index + 1).any(|(other, _)| other == name));
        if twice {
            Err(ProblemType::Malformed.into())
        } else {
            Ok(Self(pairs))
        }
    }

    /// A parameter, unless absent or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// A parameter through a parser; what is wrong is added to `errors`.
    pub fn read<T>(
        &self,
        name: &str,
        required: bool,
        errors: &mut Vec<FieldError>,
        parser: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let Some(text) = self.get(name) else {
            if required {
                errors.push(FieldError::new(format!("/{name}"), "required"));
            }
            return None;
        };
        let value = parser(text);
        if value.is_none() {
            errors.push(FieldError::new(format!("/{name}"), "invalid"));
        }
        value
    }
}
