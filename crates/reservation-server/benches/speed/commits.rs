//! Sixty-four guests who hold and confirm, each at seatings of their own.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use reservation_contract::openapi::fixture;
use serde_json::{Value, json};

use crate::home::Server;
use crate::wire::Wire;

/// Guests at once.
pub const CLIENTS: usize = 64;

/// What calls, or commits, came to.
#[derive(Default)]
pub struct Times {
    /// How long each took, sorted.
    times: Vec<Duration>,
    over: Duration,
}

impl Times {
    /// Of those that came one after the other.
    pub fn in_turn(times: Vec<Duration>) -> Self {
        let over = times.iter().sum();
        Self { times, over }
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        u32::try_from(self.times.len()).unwrap_or(u32::MAX)
    }

    pub fn rate(&self) -> f64 {
        f64::from(self.count()) / self.over.as_secs_f64()
    }

    /// The time that so many of a hundred calls stayed within.
    pub fn within(&self, hundredths: usize) -> Duration {
        let place = self.times.len() * hundredths / 100;
        let last = self.times.len().saturating_sub(1);
        self.times.get(place.min(last)).copied().unwrap_or_default()
    }

    /// Together with another round.
    pub fn and(mut self, other: Self) -> Self {
        self.times.extend(other.times);
        self.times.sort_unstable();
        self.over += other.over;
        self
    }
}

/// Lets them book for so long.
pub fn book(server: &Server, seatings: &[String], time: Duration) -> io::Result<Times> {
    let seatings: Arc<[String]> = seatings.into();
    let start = Instant::now();
    let guests: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let wire = server.wire()?;
            let seatings = Arc::clone(&seatings);
            Ok(thread::spawn(move || {
                guest(wire, &seatings, number, start + time)
            }))
        })
        .collect::<io::Result<_>>()?;
    let mut booked = Times::default();
    for guest in guests {
        let ended = guest.join();
        let times = ended.map_err(|_| io::Error::other("a guest gave up"))??;
        booked.times.extend(times);
    }
    booked.over = start.elapsed();
    booked.times.sort_unstable();
    Ok(booked)
}

/// A key nobody used before.
fn key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("speed-{:012}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Holds two places.
pub fn hold(wire: &mut Wire, slot: &str) -> io::Result<(Value, Duration)> {
    let wish = json!({ "slotId": slot, "partySize": 2, "locale": "es" });
    let path = "/api/v1/venues/interno/reservations";
    let header = format!("idempotency-key: {}\r\n", key());
    let held = wire.post(path, &header, &wish)?;
    Ok((held.json(201)?, held.took))
}

fn guest(
    mut wire: Wire,
    seatings: &[String],
    number: usize,
    until: Instant,
) -> io::Result<Vec<Duration>> {
    let confirm = fixture("request-confirm")?;
    let mut times = Vec::new();
    for round in 0.. {
        if Instant::now() >= until {
            break;
        }
        let place = (number + round * CLIENTS) % seatings.len();
        let slot = seatings.get(place).cloned().unwrap_or_default();
        let (told, took) = hold(&mut wire, &slot)?;
        times.push(took);
        let word = |name: &str| told.get(name).and_then(Value::as_str).unwrap_or_default();
        let headers = format!(
            "idempotency-key: {}\r\nif-match: \"1\"\r\nauthorization: Bearer {}\r\n",
            key(),
            word("manageToken")
        );
        let path = format!("/api/v1/reservations/{}/confirm", word("id"));
        let booked = wire.post(&path, &headers, &confirm)?;
        booked.json(200)?;
        times.push(booked.took);
    }
    Ok(times)
}
