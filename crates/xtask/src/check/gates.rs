//! Gates that hold or do not hold: formatting, lints, dependencies, the API's document.

use super::{Bench, report::Tally};
use crate::{
    program::Program,
    tools,
    trouble::{Outcome, Trouble},
};

/// Every file as rustfmt writes it.
pub fn formatting(bench: &Bench) -> Outcome<Tally> {
    gate(cargo(bench).args(["fmt", "--all", "--check"])).map_err(|_| {
        Trouble::new("Some files are not formatted: `cargo fmt --all` writes them as above.")
    })
}

/// Lints of everything that runs on this machine, the browser tests too.
pub fn clippy_native(bench: &Bench) -> Outcome<Tally> {
    let clippy = |what: &[&str]| {
        cargo(bench)
            .arg("clippy")
            .args(what)
            .args(["--", "--deny=warnings"])
            .run()
    };
    let site = [
        "--workspace",
        "--exclude",
        "e2e",
        "--features",
        "interno/ssr",
        "--all-targets",
    ];
    clippy(&site)?;
    // By name: `--all-targets` passes over a target that a plain `cargo test` must not run.
    clippy(&["-p", "e2e", "--test", "e2e", "--test", "shots"])?;
    Ok(Tally::ONE_PASSED)
}

/// Lints of what runs in the browser, with the features it has there.
pub fn clippy_wasm(bench: &Bench) -> Outcome<Tally> {
    gate(
        cargo(bench)
            .args([
                "clippy", "-p", "interno", "-p", "booking", "--lib", "--bins",
            ])
            .args(["--features", "interno/hydrate"])
            .args([
                "--target",
                "wasm32-unknown-unknown",
                "--",
                "--deny=warnings",
            ]),
    )
}

/// Licences, sources and banned crates; known vulnerabilities where their database is reached.
pub fn dependencies(bench: &Bench) -> Outcome<Tally> {
    let deny = || cargo(bench).arg("deny");
    deny()
        .args(["check", "--hide-inclusion-graph", "--allow", "duplicate"])
        .args(["bans", "licenses", "sources"])
        .run()?;
    let mut tally = Tally::ONE_PASSED;
    if deny().args(["fetch", "db"]).answer().is_some() {
        deny().args(["--offline", "check", "advisories"]).run()?;
        tally += Tally::ONE_PASSED;
    } else {
        println!("advisories: not checked, their database is not reachable from this machine");
    }
    Ok(tally)
}

/// The reservation API's document, held to the official schema of OpenAPI 3.1. That it is what the code
/// generates is a test of its own.
pub fn openapi(bench: &Bench) -> Outcome<Tally> {
    let root = bench.workspace.root();
    let validator = tools::checkers(bench.workspace)?.join(".bin/validate-api");
    gate(Program::new(validator).arg(root.join("crates/reservation-contract/openapi.json")))
}

fn cargo(bench: &Bench) -> Program {
    bench.tools.cargo().directory(bench.workspace.root())
}

fn gate(program: Program) -> Outcome<Tally> {
    program.run()?;
    Ok(Tally::ONE_PASSED)
}
