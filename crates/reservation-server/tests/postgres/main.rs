//! The same tests over HTTP, with a real PostgreSQL below the server.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test should stop where it is surprised"
)]

#[path = "../server/areas.rs"]
mod areas;
#[path = "../server/bodies.rs"]
mod bodies;
#[path = "../server/capacity.rs"]
mod capacity;
#[path = "../server/database.rs"]
mod database;
#[path = "../server/guard.rs"]
#[expect(dead_code, reason = "TLS has nothing to do with the database")]
mod guard;
#[path = "../server/guests.rs"]
mod guests;
#[path = "../server/harness.rs"]
mod harness;
#[path = "../server/idempotency.rs"]
mod idempotency;
#[path = "../server/life.rs"]
mod life;
#[path = "../server/limits.rs"]
mod limits;
#[path = "../server/mail.rs"]
mod mail;
#[path = "../server/mail_faults.rs"]
mod mail_faults;
#[path = "../server/messages.rs"]
mod messages;
#[path = "../server/modify.rs"]
mod modify;
#[path = "../server/operator.rs"]
mod operator;
#[path = "../server/ordering.rs"]
mod ordering;
#[path = "../server/pending.rs"]
mod pending;
#[path = "../server/privacy.rs"]
mod privacy;
#[path = "../server/schema.rs"]
mod schema;
mod several;
#[path = "../server/sink.rs"]
#[expect(dead_code, reason = "TLS has nothing to do with the database")]
mod sink;
#[path = "../server/time.rs"]
mod time;
#[path = "../server/waiting.rs"]
mod waiting;

/// The shared tests run on PostgreSQL here.
const ON_POSTGRES: bool = true;
