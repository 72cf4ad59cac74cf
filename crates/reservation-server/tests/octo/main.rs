//! The server in front of a supplier's OCTO API, over real HTTP on both sides. The supplier is the double,
//! which was written from the standard alone; between the two stands what a network and a bad day do to answers.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test should stop where it is surprised"
)]

mod allowed;
mod figures;
mod front;
mod life;
mod limits;
mod lost;
mod secrets;
mod supplier;
mod tls;
mod tokens;
mod trouble;
