//! The supplier over the network: one call, with an end to how long it takes and how much comes back.
//!
//! Nothing is tried a second time here, and no redirect is followed: the key would travel along.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::key::ApiKey;
use crate::settings::OctoSettings;

/// How long a connection that nobody uses is kept.
const IDLE: Duration = Duration::from_secs(30);
/// What the site asks for: titles in words for people.
const CAPABILITIES: &str = "octo/content";
/// The longest a client is told to wait on the supplier's word.
const LONGEST_WAIT: u32 = 300;

/// Whom this server stands in front of.
pub struct Supplier {
    client: Client<HttpsConnector<HttpConnector>, Body>,
    base: String,
    /// What paths of collections end in.
    slash: &'static str,
    key: ApiKey,
    patience: Duration,
    largest: usize,
    places: Semaphore,
}

/// What it said.
#[derive(Debug)]
pub(super) struct Said {
    pub status: StatusCode,
    pub body: Value,
    /// Seconds, where it names some.
    pub retry_after: Option<u32>,
}

/// Why there is no answer one could read.
#[derive(Debug)]
pub(super) enum Silence {
    Late,
    Gone(String),
    TooLarge,
    Elsewhere,
    NoJson(u16),
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Late => f.write_str("no answer in time"),
            Self::Gone(why) => f.write_str(why),
            Self::TooLarge => f.write_str("the answer is too large"),
            Self::Elsewhere => f.write_str("a redirect, which is not followed"),
            Self::NoJson(status) => write!(f, "status {status}, and no JSON"),
        }
    }
}

impl Supplier {
    /// Gets ready; calls nobody yet.
    ///
    /// # Errors
    /// If the system has no certificates to trust.
    pub fn new(settings: &OctoSettings, key: ApiKey) -> Result<Self, String> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(settings.connect_patience));
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(trust(&settings.base_url)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let mut client = Client::builder(TokioExecutor::new());
        client.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE);
        let base = settings.base_url.trim_end_matches('/');
        let slash = base.len() < settings.base_url.len();
        Ok(Self {
            client: client.build(connector),
            base: base.to_owned(),
            slash: if slash { "/" } else { "" },
            key,
            patience: settings.patience,
            largest: settings.largest_answer,
            places: Semaphore::new(settings.calls_at_once as usize),
        })
    }

    /// A collection's path, as this supplier ends it.
    pub(super) fn all(&self, path: &str) -> String {
        [path, self.slash].concat()
    }

    /// One call, answered or not when the patience ends.
    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Said, Silence> {
        let asking = async {
            let _place = self.places.acquire().await;
            self.call(method, path, body).await
        };
        let said = timeout(self.patience, asking).await;
        let said = said.unwrap_or(Err(Silence::Late));
        if let Err(why) = &said {
            tracing::warn!(%why, "the supplier gives no answer");
        }
        said
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Said, Silence> {
        let gone = |error: &dyn Error| Silence::Gone(reasons(error));
        let request = Request::builder()
            .method(method)
            .uri([&self.base, path].concat())
            .header(header::AUTHORIZATION, self.key.header())
            .header(header::ACCEPT, "application/json")
            .header("octo-capabilities", CAPABILITIES)
            .header(header::USER_AGENT, "interno");
        let request = match body {
            Some(body) => request
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        let request = request.map_err(|error| gone(&error))?;
        let answer = self.client.request(request).await;
        let (parts, body) = answer.map_err(|error| gone(&error))?.into_parts();
        if parts.status.is_redirection() {
            return Err(Silence::Elsewhere);
        }
        let bytes = to_bytes(Body::new(body), self.largest).await;
        let bytes = bytes.map_err(|error| match reasons(&error) {
            why if why.contains("length limit") => Silence::TooLarge,
            why => Silence::Gone(why),
        })?;
        let retry_after = parts.headers.get(header::RETRY_AFTER).and_then(seconds);
        match serde_json::from_slice(&bytes) {
            Ok(body) => Ok(Said {
                status: parts.status,
                body,
                retry_after,
            }),
            // A refusal without words is one all the same.
            Err(_) if !parts.status.is_success() => Ok(Said {
                status: parts.status,
                body: Value::Null,
                retry_after,
            }),
            Err(_) => Err(Silence::NoJson(parts.status.as_u16())),
        }
    }
}

/// Whom to trust: the system's certificates, where there is TLS at all.
fn trust(base_url: &str) -> Result<rustls::ClientConfig, String> {
    let ring = rustls::crypto::ring::default_provider();
    let builder = rustls::ClientConfig::builder_with_provider(ring.into())
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("no TLS: {error}"))?;
    let builder = if base_url.starts_with("https:") {
        builder
            .with_native_roots()
            .map_err(|error| format!("no certificates to trust the supplier's by: {error}"))?
    } else {
        builder.with_root_certificates(rustls::RootCertStore::empty())
    };
    Ok(builder.with_no_client_auth())
}

/// An error with what is behind it: the first words are mostly "client error".
fn reasons(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut behind = error.source();
    while let Some(why) = behind {
        told = [&told, ": ", &why.to_string()].concat();
        behind = why.source();
    }
    told
}

fn seconds(value: &HeaderValue) -> Option<u32> {
    let seconds: u32 = value.to_str().ok()?.trim().parse().ok()?;
    Some(seconds.clamp(1, LONGEST_WAIT))
}
