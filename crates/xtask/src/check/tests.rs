//! Tests that cargo runs, counted from what they print.

use std::fs;

use super::{Bench, ran::Ran, report::Tally};
use crate::{
    program::Program,
    tools::{self, engines, postgres},
    trouble::{OrSay, Outcome, Trouble},
};

/// How many flows are under way at once, each in all its engines; how many browsers there are at
/// once is the tests' own affair.
const FLOWS: &str = "--test-threads=3";

/// Unit, property and HTTP tests: everything but the browser.
pub fn native(bench: &Bench) -> Outcome<Tally> {
    let (variable, folder) = postgres::ensure()?;
    let mut tally = counted(
        cargo_test(bench)
            .args(["--workspace", "--exclude", "e2e"])
            .args(["--features", "interno/ssr", "--no-fail-fast"])
            .env(variable, &folder)
            .env("INTERNO_PROOFS", extent(false))
            .env("INTERNO_HOSTILE_CASES", hostile(bench.wishes.long)),
    )?;
    if bench.wishes.long {
        // As the server is shipped: fifty times as much takes minutes then, and not an afternoon.
        tally += counted(
            cargo_test(bench)
                .args(["--release", "-p", "reservation-server"])
                .args(["--test", "proofs", "--no-fail-fast"])
                .env(variable, folder)
                .env("INTERNO_PROOFS", extent(true)),
        )?;
    }
    Ok(tally)
}

/// The site in real browsers, against a real server.
pub fn in_the_browser(bench: &Bench) -> Outcome<Tally> {
    let workspace = bench.workspace;
    let (site, server) = (
        workspace.test_dist(),
        workspace.binary("reservation-server"),
    );
    if !site.join("index.html").exists() || !server.exists() {
        return Err(Trouble::new(
            "The browser tests have no site to look at: run the stage `site` first, or all.",
        ));
    }
    let wishes = bench.wishes;
    let evidence = workspace.e2e_evidence();
    let ledger = evidence.join("ran.txt");
    fs::create_dir_all(&evidence).or_say(|| format!("create {}", evidence.display()))?;
    let _absent_is_fine = fs::remove_file(&ledger);
    let engines = wishes.engines();
    let names: Vec<_> = engines.iter().map(|engine| engine.name()).collect();
    let mut test = cargo_test(bench)
        .args(["-p", "e2e", "--test", "e2e", "--", FLOWS])
        .args(&wishes.flow)
        .env("INTERNO_E2E_SITE", site)
        .env("INTERNO_E2E_SERVER", server)
        .env("INTERNO_E2E_EVIDENCE", &evidence)
        .env("INTERNO_E2E_AXE", tools::axe(workspace)?)
        .env("INTERNO_E2E_ENGINES", names.join(" "))
        .env("INTERNO_E2E_FLOWS", extent(wishes.every_flow()))
        .env("INTERNO_E2E_PAGES", extent(wishes.long));
    for (variable, program) in engines::ensure(engines)? {
        test = test.env(variable, program);
    }
    let tests = counted(test)?;
    if tests.failed > 0 {
        println!("What the failed tests saw is in {}", evidence.display());
    }
    let ran = Ran::read(&ledger)?;
    print!("{ran}");
    Ok(Tally {
        // A flow in three engines is three; a test that left its engines out is none.
        passed: ran.passed(),
        failed: ran.failed().max(tests.failed),
    })
}

/// How many spoilt answers of somebody else's API are read.
fn hostile(long: bool) -> &'static str {
    if long { "1000000" } else { "20000" }
}

fn extent(whole: bool) -> &'static str {
    if whole { "all" } else { "sample" }
}

fn cargo_test(bench: &Bench) -> Program {
    let cargo = bench.tools.cargo().arg("test");
    cargo.directory(bench.workspace.root())
}

fn counted(test: Program) -> Outcome<Tally> {
    let mut tally = Tally::default();
    let succeeded = test.watch(|line| {
        println!("{line}");
        if let Some(counts) = counts(line) {
            tally += counts;
        }
    })?;
    if !succeeded && tally.failed == 0 {
        return Err(Trouble::new(
            "The tests did not run to their end: they did not compile, or one ended the process.",
        ));
    }
    if tally.passed + tally.failed == 0 {
        return Err(Trouble::new("No test was run, which proves nothing."));
    }
    Ok(tally)
}

/// Reads `test result: ok. 3 passed; 0 failed; …`.
fn counts(line: &str) -> Option<Tally> {
    let (_verdict, rest) = line
        .trim()
        .strip_prefix("test result: ")?
        .split_once(". ")?;
    let count = |what: &str| {
        let mut parts = rest.split(';').map(str::trim);
        parts.find_map(|part| part.strip_suffix(what)?.trim().parse().ok())
    };
    Some(Tally {
        passed: count("passed")?,
        failed: count("failed")?,
    })
}

#[cfg(test)]
mod counting {
    use super::*;

    #[test]
    fn reads_what_cargo_test_prints() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered \
                    out; finished in 0.10s";
        let tally = counts(line).expect("it is a result");
        assert_eq!((tally.passed, tally.failed), (12, 3));
        assert_eq!(counts("test result_is_read ... ok"), None);
        assert_eq!(counts("running 3 tests"), None);
    }
}
