//! Every page of the site as pictures, for eyes: `cargo xtask shots`.
//!
//! It is no test and finds no fault by itself; it shares the tests' harness, so what it shows is
//! what a visitor gets from the real server. Steps of the wizard are photographed on a walk
//! through a booking, because by their bare address they lead back to the first question.
//!
//! Two flows run side by side, one a language. Each photographs its pages in every size and
//! scheme, then lays the pictures of a page on one sheet. At the end `index.html` lists all that
//! is there.

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

mod album;

use std::process::ExitCode;

use album::Album;
use failure::{Failure, Outcome};

#[tokio::main]
async fn main() -> ExitCode {
    match shoot().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn shoot() -> Outcome {
    let album = Album::wished()?;
    let (spanish, english) = tokio::join!(
        album.fill("shots_es", &flows::words::ES),
        album.fill("shots_en", &flows::words::EN),
    );
    album.write_index()?;
    let faults: Vec<_> = [spanish, english]
        .into_iter()
        .filter_map(Result::err)
        .map(|failure| failure.to_string())
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::new(faults.join("\n")))
}
