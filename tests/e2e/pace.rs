//! How soon the site answers, for `cargo xtask bench`: the wizard on a weak network, each of its steps under a
//! finger, and the menu as it is filtered. No test: a clock differs from machine to machine, and from run to
//! run.
//!
//! In Chromium with its processor slowed down four times, as a phone of some years.

#![expect(
    dead_code,
    unused_imports,
    reason = "most of the harness is for the tests alone"
)]

mod altered;
mod api;
mod bidi;
mod calendar;
mod computed;
mod console;
mod driver;
mod engine;
mod failure;
mod find;
mod flow;
mod ledger;
mod name;
mod page;
mod proxy;
mod scratch;
mod site;
mod supplier;
mod flows {
    pub mod walk;
    pub mod words;
}
mod pace_of {
    pub mod menu;
    pub mod ready;
    pub mod steps;
}

use std::{fs, process::ExitCode};

use failure::Outcome;
use page::Page;
use serde_json::json;
use site::given;

/// How much slower than this machine.
const SLOWER: u8 = 4;

#[tokio::main]
async fn main() -> ExitCode {
    match measure().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn measure() -> Outcome {
    let parts = [
        pace_of::ready::report().await?,
        pace_of::steps::report().await?,
        pace_of::menu::report().await?,
    ];
    Ok(fs::write(given("INTERNO_PACE")?, parts.join("\n"))?)
}

/// From now on the page's processor is that of a phone.
async fn slow_down(page: &Page) -> Outcome {
    let cdp = page.driver().cdp();
    let slower = json!({ "rate": SLOWER });
    cdp.send_raw("Emulation.setCPUThrottlingRate", slower)
        .await?;
    Ok(())
}

/// The middle of some figures, and the largest.
fn middle_and_most(mut figures: Vec<f64>) -> (f64, f64) {
    figures.sort_by(f64::total_cmp);
    let at = |place: usize| figures.get(place).copied().unwrap_or(f64::NAN);
    (at(figures.len() / 2), at(figures.len().saturating_sub(1)))
}
