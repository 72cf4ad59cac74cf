//! A limit on writing calls per client, so that nobody can hold every table or fill the disk.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use reservation_contract::problem::ProblemType;

use super::answer::Refusal;
use super::{Shared, client};

/// Clients remembered before those with nothing to remember are dropped.
const REMEMBERED: usize = 10_000;
const MINUTE: f64 = 60.0;

/// Per client: a bucket that holds a minute's calls and fills evenly.
#[derive(Debug)]
pub(crate) struct Limits {
    per_minute: f64,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Debug)]
struct Bucket {
    left: f64,
    filled_at: Timestamp,
}

impl Limits {
    /// So many calls a minute for each client.
    pub fn new(per_minute: u32) -> Self {
        Self {
            per_minute: f64::from(per_minute),
            buckets: Mutex::default(),
        }
    }

    /// Counts a call.
    ///
    /// # Errors
    /// Seconds to wait, if it is one too many.
    pub fn count(&self, client: IpAddr, now: Timestamp) -> Result<(), u32> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|_, bucket| bucket.level(self.per_minute, now) < self.per_minute);
        }
        let bucket = buckets.entry(client).or_insert(Bucket {
            left: self.per_minute,
            filled_at: now,
        });
        bucket.left = bucket.level(self.per_minute, now);
        bucket.filled_at = now;
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        let seconds = ((1.0 - bucket.left) * MINUTE / self.per_minute)
            .ceil()
            .clamp(1.0, MINUTE);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 1..=60 the line above"
        )]
        Err(seconds as u32)
    }
}

impl Bucket {
    fn level(&self, per_minute: f64, now: Timestamp) -> f64 {
        // A clock that steps back fills nothing.
        let seconds = now.duration_since(self.filled_at).as_secs_f64().max(0.0);
        (self.left + seconds * per_minute / MINUTE).min(per_minute)
    }
}

pub(super) async fn enforce(
    State(app): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
    next: Next,
) -> Response {
    if !request.method().is_safe() {
        let client = client::of(
            peer,
            request.headers(),
            &app.settings.outside.trusted_proxies,
        );
        if let Err(seconds) = app.limits.count(client, app.now()) {
            return Refusal::from(ProblemType::QuotaExceeded)
                .retry_after(seconds)
                .into_response();
        }
    }
    next.run(request).await
}
