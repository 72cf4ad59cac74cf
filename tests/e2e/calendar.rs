//! Somebody else's calendar: the Cal.com double of `crates/calcom-double`, on an origin of its own.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use calcom_double::{Double, EVENT, Habits, PARTY_FIELD, ROOM, Shared, seatings};
use jiff::{Timestamp, civil::Date};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::failure::{Failure, Outcome};

/// A calendar that a site books with.
pub struct Calendar {
    double: Shared,
    port: u16,
    serving: JoinHandle<()>,
}

impl Calendar {
    /// Starts one on a free port of the loopback.
    pub async fn start(habits: Habits) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let double = Arc::new(Mutex::new(Double::new(habits)));
        let shared = Arc::clone(&double);
        let serving = tokio::spawn(async move {
            let _ended_with_the_flow = calcom_double::serve(listener, shared).await;
        });
        Ok(Self {
            double,
            port,
            serving,
        })
    }

    /// The `config.json` that names it.
    pub fn config(&self) -> String {
        let base = format!("http://127.0.0.1:{}/calcom", self.port);
        let zone = self.double().habits.zone();
        format!(
            r#"{{"reservations":{{"provider":"calcom","baseUrl":"{base}","eventTypeId":{EVENT},"partyField":"{PARTY_FIELD}","timeZone":"{zone}"}}}}"#
        )
    }

    /// Nobody is heard at its address any more.
    pub fn ends(&self) {
        self.serving.abort();
    }

    /// Somebody takes all tables of a night's early seating.
    pub fn take_early(&self, night: &str) -> Outcome {
        let date: Date = night.parse()?;
        let early = seatings(date).first().copied();
        let early = early.ok_or_else(|| Failure::new("There is no seating on that night."))?;
        self.double().taken.insert(early, ROOM);
        Ok(())
    }

    /// When a night's early seating begins, by the clocks of its house.
    pub fn early_there(&self, night: &str) -> Outcome<String> {
        let date: Date = night.parse()?;
        let early = seatings(date).first().copied();
        let early = early.ok_or_else(|| Failure::new("There is no seating on that night."))?;
        let there = early.in_tz(self.double().habits.zone())?;
        Ok(there.strftime("%H:%M").to_string())
    }

    /// The next booking is made, and a proxy says that it knows nothing.
    pub fn lose_the_next_create(&self) {
        self.double().lost_creates = 1;
    }

    /// The status of a booking.
    pub fn status(&self, uid: &str) -> Option<&'static str> {
        self.double().status(uid)
    }

    /// How many slots are reserved, and how many bookings stand.
    pub fn standing(&self) -> (usize, usize) {
        let double = self.double();
        (double.held(Timestamp::now()), double.booked())
    }

    /// Fails if anything that was asked is not documented.
    pub fn was_asked_as_documented(&self) -> Outcome {
        match &self.double().faults[..] {
            [] => Ok(()),
            faults => Err(Failure::new(faults.join("\n"))),
        }
    }

    fn double(&self) -> MutexGuard<'_, Double> {
        self.double.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Calendar {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
