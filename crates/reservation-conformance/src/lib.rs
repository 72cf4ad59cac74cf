//! Walks the reservation contract against any server, from outside, and says what holds.
//!
//! | module | its one reason to change |
//! |---|---|
//! | [`checks`] | what the contract says |
//! | [`walk`] | what checks share: the venue, evenings to book, what has been made |
//! | [`client`] | HTTP, and what may be shown of a call |
//! | [`report`] | how the verdicts are told, to people and to machines |
//! | [`cli`] | the command line |
//!
//! What a check makes it gives back, also when it fails half-way.

pub mod checks;
pub mod cli;
pub mod client;
pub mod report;
pub mod walk;

use std::time::Duration;

/// What to check, and how far to go.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the API is mounted, without a slash at the end.
    pub base_url: String,
    /// The venue.
    pub venue: String,
    /// Whether holds and bookings may be made. Without it only what anyone may read is looked at.
    pub allow_writes: bool,
    /// How long to wait for a hold to run out.
    pub max_wait: Duration,
    /// An origin that the server lets call it from a browser.
    pub origin: Option<String>,
}

/// Runs every check.
///
/// # Errors
/// One sentence, if the venue cannot even be read.
pub fn run(options: &Options) -> Result<report::Report, String> {
    let mut walk = walk::Walk::begin(options)?;
    let mut report = report::Report::default();
    for check in checks::all() {
        let verdict = if check.writes && !options.allow_writes {
            report::Verdict::NotObservable("makes reservations: needs --allow-writes".to_owned())
        } else {
            let outcome = (check.run)(&mut walk);
            walk.give_back();
            report::Verdict::from(outcome)
        };
        report.add(check, verdict);
    }
    for (kind, why) in checks::NOT_PROVOKED {
        report.add_unseen(*kind, why);
    }
    Ok(report)
}
