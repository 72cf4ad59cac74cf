//! Somebody else's API: the OCTO double of `crates/octo-double`, on an origin of its own.

use std::{
    fs::File,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use octo_double::{Double, Habits, OPTION, PATIO, PRODUCT, Shared};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::failure::{Failure, Outcome};

/// What opens a supplier that a server of ours stands in front of. No page and no log has it.
pub const KEY: &str = "canary-key-of-the-supplier";

/// A supplier that a site books with.
pub struct Supplier {
    double: Shared,
    port: u16,
    serving: JoinHandle<()>,
}

impl Supplier {
    /// Starts one on a free port of the loopback.
    pub async fn start(habits: Habits) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let double = Arc::new(Mutex::new(Double::new(habits)));
        let shared = Arc::clone(&double);
        let serving = tokio::spawn(async move {
            let _ended_with_the_flow = octo_double::serve(listener, shared).await;
        });
        Ok(Self {
            double,
            port,
            serving,
        })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The `config.json` that names it, where it is heard at this port.
    pub fn config(&self, port: u16) -> String {
        let both = format!(
            r#","options":[{{"id":"{OPTION}","area":{{"es":"Salón","en":"Hall"}}}},{{"id":"{PATIO}","area":"Patio"}}]"#
        );
        let options = if self.double().habits.patio {
            both
        } else {
            String::new()
        };
        config(&address(port), &options)
    }

    /// The settings of our server in front of it, which alone knows the key from now on, and the `config.json`
    /// that names that server.
    pub fn fronted(&self, folder: &Path) -> Outcome<(String, String)> {
        self.double().key = Some(KEY);
        let file = folder.join("octo.key");
        let mut options = File::options();
        options.write(true).create(true).truncate(true).mode(0o600);
        options.open(&file)?.write_all(KEY.as_bytes())?;
        let sample = include_str!("../../crates/reservation-server/octo.toml");
        let settings = sample
            .replace("https://api.example/octo", &address(self.port))
            .replace("\"dinner\"", &format!("{PRODUCT:?}"))
            .replace(
                "# key_file = \"/etc/interno/octo.key\"",
                &format!("key_file = '{}'", file.display()),
            )
            .replace("per_minute = 60", "per_minute = 600");
        Ok((settings, config("/octo", "")))
    }

    /// Somebody takes places of a seating.
    pub fn take(&self, seating: &str, places: u64) {
        self.double().taken.insert(seating.to_owned(), places);
    }

    /// The status of a booking.
    pub fn status(&self, uuid: &str) -> Option<&'static str> {
        self.double().status(uuid, Timestamp::now())
    }

    /// The seating a booking is of.
    pub fn seating(&self, uuid: &str) -> Option<String> {
        self.double().seating_of(uuid).map(str::to_owned)
    }

    /// The option a booking is of.
    pub fn option(&self, uuid: &str) -> Option<&'static str> {
        self.double().option_of(uuid)
    }

    /// How many bookings stand, or are on hold.
    pub fn standing(&self) -> usize {
        self.double().standing(Timestamp::now())
    }

    /// Fails if anything that was asked or answered was against the standard.
    pub fn kept_the_standard(&self) -> Outcome {
        match &self.double().faults[..] {
            [] => Ok(()),
            faults => Err(Failure::new(faults.join("\n"))),
        }
    }

    fn double(&self) -> MutexGuard<'_, Double> {
        self.double.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}/octo")
}

fn config(base: &str, options: &str) -> String {
    format!(
        r#"{{"reservations":{{"provider":"octo","baseUrl":"{base}","venueId":"{PRODUCT}"{options}}}}}"#
    )
}

impl Drop for Supplier {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
