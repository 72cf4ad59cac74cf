//! The API under calls that nobody would write: Schemathesis makes them up from the document, right and
//! wrong ones, and holds each answer to it. What it has to be told to get past the first 404 is in
//! `crates/reservation-server/tests/fuzz`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, de::DeserializeOwned};

use super::{Bench, report::Tally};
use crate::{
    program::Program,
    server::Server,
    site, tools,
    trouble::{OrSay, Outcome, Trouble},
};

/// Calls made up for each operation by chance, beside those that every run makes.
const SAMPLE: &str = "50";
const LONG: &str = "1000";

/// What Schemathesis says of a run.
#[derive(Deserialize)]
struct Report {
    test_cases: Cases,
}

#[derive(Deserialize)]
struct Cases {
    generated: u64,
}

/// What the hooks counted.
#[derive(Deserialize)]
struct Figures {
    /// Checks of answers.
    checks: u64,
    /// How often by operation and status.
    answers: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Fuzzes a server of its own, on an empty database.
pub fn api(bench: &Bench) -> Outcome<Tally> {
    let workspace = bench.workspace;
    let python = tools::fuzzer(workspace)?;
    site::native_programs(workspace)?;
    let folder = workspace.fuzz();
    let source = workspace
        .root()
        .join("crates/reservation-server/tests/fuzz");
    let settings = source.join("server.toml");
    let server = Server::start(workspace, &folder, &[("--settings", &settings)])?;
    let (report, figures) = (folder.join("report.json"), folder.join("figures.json"));
    for old in [&report, &figures] {
        let _absent_is_fine = fs::remove_file(old);
    }
    fuzzer(python, &source)
        .arg(
            workspace
                .root()
                .join("crates/reservation-contract/openapi.json"),
        )
        .args(["--url", &server.url("/api/v1"), "--no-color"])
        .args([
            "--max-examples",
            if bench.wishes.long { LONG } else { SAMPLE },
        ])
        .args(["--report", "json"])
        .files(&[("--report-json-path", &report)])
        .env("INTERNO_FUZZ_FIGURES", &figures)
        // What it keeps from run to run belongs to no checkout.
        .directory(&folder)
        .run()?;
    let cases = read::<Report>(&report)?.test_cases.generated;
    read::<Figures>(&figures)?.judge(cases)?;
    Ok(Tally::ONE_PASSED)
}

fn fuzzer(python: PathBuf, source: &Path) -> Program {
    Program::new(python)
        .args(["-m", "schemathesis.cli", "--config-file"])
        .arg(source.join("schemathesis.toml"))
        .arg("run")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SCHEMATHESIS_HOOKS", source.join("hooks.py"))
}

fn read<T: DeserializeOwned>(file: &Path) -> Outcome<T> {
    let text = fs::read_to_string(file).or_say(|| format!("read {}", file.display()))?;
    serde_json::from_str(&text).or_say(|| format!("understand {}", file.display()))
}

impl Figures {
    /// Says what was done. A fuzzer that never gets past a refusal has tried nothing.
    fn judge(&self, cases: u64) -> Outcome {
        for (operation, answers) in &self.answers {
            let each: Vec<_> = answers
                .iter()
                .map(|(status, times)| format!("{status} ×{times}"))
                .collect();
            println!("{operation}: {}", each.join(", "));
        }
        let shallow: Vec<_> = self.shallow().collect();
        if !shallow.is_empty() || self.answers.is_empty() {
            return Err(Trouble::new(format!(
                "The fuzzer was refused every time, which proves nothing: {}.",
                shallow.join(", ")
            )));
        }
        println!(
            "fuzz: {cases} calls made up, {} checks of their answers, none failed",
            self.checks
        );
        Ok(())
    }

    /// Operations that never did what they are for.
    fn shallow(&self) -> impl Iterator<Item = &str> {
        let refused =
            |answers: &BTreeMap<String, u64>| !answers.keys().any(|status| status.starts_with('2'));
        let all = self.answers.iter();
        all.filter(move |(_, answers)| refused(answers))
            .map(|(operation, _)| operation.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_never_succeeded_is_told() {
        let text = r#"{"checks": 70, "answers":
            {"hold": {"201": 4, "422": 1}, "modify": {"404": 9}}}"#;
        let figures: Figures = serde_json::from_str(text).expect("figures");
        let shallow: Vec<_> = figures.shallow().collect();
        assert_eq!(shallow, ["modify"]);
        assert!(figures.judge(5).is_err());
    }
}
