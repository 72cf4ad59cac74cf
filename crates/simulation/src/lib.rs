//! Seeded evenings of bookings: the real wizard against a small server, a bad network and hurried guests.
//!
//! [`play`] plays one evening. The wizard is the app's, and so is everything around it that decides:
//! which effect is which request, what the bytes of an answer mean, what a tab keeps. Only the browser,
//! the network, the server and the guests are made up, and all of their chance comes from the seed.
//!
//! - `evening`: time, and what happens in it; `phone`: a tab; `network`: what becomes of a request
//! - `server`: keeps the contract, in a few hundred lines of its own
//! - `guest`: what people do; `checks`: what must hold whatever they did; `ending`: the way on
//!
//! The site's sources are compiled here a second time, by their paths: as a dependency the site would
//! bring Leptos along, and be compiled without the optimizer that a hundred thousand evenings need.

mod checks;
mod checks_list;
mod checks_sent;
mod dice;
mod ending;
mod evening;
mod guest;
mod network;
mod phone;
mod server;
mod trace;

#[path = "../../../src/booking/errand.rs"]
pub mod errand;
#[path = "../../../src/json.rs"]
pub mod json;
#[path = "../../../src/reservations/mod.rs"]
pub mod reservations;
#[path = "../../../src/booking/saved.rs"]
pub mod saved;

/// What the site's sources ask of the browser.
#[path = "../../../src/platform"]
pub mod platform {
    pub mod network;
    pub mod parts;
    pub mod storage;
    pub mod zone;
}

pub use booking::sabotage::Sabotage;
pub use evening::{Played, play};

/// Plays evenings until one fails, with the wizard sabotaged or whole. Says how it failed, or what was
/// played.
///
/// # Errors
/// The first failure, with its seed and what happened before it.
pub fn play_all(
    seeds: impl Iterator<Item = u64>,
    sabotage: Option<Sabotage>,
) -> Result<Played, String> {
    booking::sabotage::set(sabotage);
    let mut all = Played::default();
    for seed in seeds {
        all += play(seed)?;
    }
    Ok(all)
}
