//! `cargo xtask test`: everything CI runs, in stages from cheap to dear.
//!
//! The first stage that fails ends the run. Whatever happens, the last line states the counts.

pub mod budget;
mod dist;
mod fuzz;
mod gates;
mod ran;
mod report;
mod tests;

use std::{process::ExitCode, time::Instant};

use report::{Report, Tally};

use crate::{
    site,
    tools::{self, Engine, Toolbox, engines, front, postgres},
    trouble::{Outcome, Trouble},
    workspace::Workspace,
};

/// What a stage works with.
struct Bench<'a> {
    workspace: &'a Workspace,
    wishes: &'a Wishes,
    tools: Toolbox,
}

struct Stage {
    name: &'static str,
    run: fn(&Bench) -> Outcome<Tally>,
}

const STAGES: [Stage; 11] = [
    Stage {
        name: "fmt",
        run: gates::formatting,
    },
    Stage {
        name: "deny",
        run: gates::dependencies,
    },
    Stage {
        name: "openapi",
        run: gates::openapi,
    },
    Stage {
        name: "clippy",
        run: gates::clippy_native,
    },
    Stage {
        name: "clippy-wasm",
        run: gates::clippy_wasm,
    },
    Stage {
        name: "tests",
        run: tests::native,
    },
    Stage {
        name: "fuzz",
        run: fuzz::api,
    },
    Stage {
        name: "site",
        run: build_site,
    },
    Stage {
        name: "budget",
        run: budget::check,
    },
    Stage {
        name: "dist",
        run: dist::release,
    },
    Stage {
        name: "e2e",
        run: tests::in_the_browser,
    },
];

/// Which part of it was asked for.
#[derive(Default)]
pub struct Wishes {
    only: Vec<&'static str>,
    /// A part of the name of the browser tests to run.
    pub flow: Option<String>,
    engines: Vec<Engine>,
    /// Every flow, page and scheme in every engine, where a run otherwise takes a sample.
    pub long: bool,
}

impl Wishes {
    /// Asks for a stage by its name.
    pub fn only(&mut self, name: &str) -> Outcome {
        let mut names = STAGES.iter().map(|stage| stage.name);
        let Some(known) = names.find(|known| *known == name) else {
            let all: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
            return Err(Trouble::new(format!(
                "There is no stage `{name}`; there are {}.",
                all.join(", ")
            )));
        };
        self.only.push(known);
        Ok(())
    }

    /// Asks for an engine by its name.
    pub fn engine(&mut self, name: &str) -> Outcome {
        let Some(engine) = Engine::named(name) else {
            let all = Engine::ALL.map(Engine::name).join(", ");
            return Err(Trouble::new(format!(
                "There is no engine `{name}`; there are {all}."
            )));
        };
        self.engines.push(engine);
        Ok(())
    }

    /// The engines asked for: all of them, unless some are named.
    fn engines(&self) -> &[Engine] {
        if self.engines.is_empty() {
            return &Engine::ALL;
        }
        &self.engines
    }

    /// Whoever names a flow or an engine wants it played, sample or not.
    fn every_flow(&self) -> bool {
        self.long || self.flow.is_some() || !self.engines.is_empty()
    }

    fn ask_for(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.contains(&name)
    }
}

/// Runs the stages that were asked for and says how they went.
pub fn run(workspace: &Workspace, wishes: &Wishes) -> ExitCode {
    let mut report = Report::default();
    run_stages(workspace, wishes, &mut report);
    print!("{report}");
    if report.is_green() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn run_stages(workspace: &Workspace, wishes: &Wishes, report: &mut Report) {
    let start = Instant::now();
    let tools = match set_up(workspace, wishes) {
        Ok(tools) => tools,
        Err(trouble) => return report.failed("set-up", &trouble, start.elapsed()),
    };
    report.add("set-up", Tally::default(), start.elapsed());
    let bench = Bench {
        workspace,
        wishes,
        tools,
    };
    for stage in STAGES.iter().filter(|stage| wishes.ask_for(stage.name)) {
        if !report.is_green() {
            report.not_run(stage.name);
            continue;
        }
        println!("\n==> {}", stage.name);
        let start = Instant::now();
        match (stage.run)(&bench) {
            Ok(tally) => report.add(stage.name, tally, start.elapsed()),
            Err(trouble) => report.failed(stage.name, &trouble, start.elapsed()),
        }
    }
}

fn set_up(workspace: &Workspace, wishes: &Wishes) -> Outcome<Toolbox> {
    if wishes.ask_for("e2e") {
        // Asked for first: a missing browser is better known before an hour of other stages.
        engines::ensure(wishes.engines())?;
    }
    if wishes.ask_for("e2e") || wishes.ask_for("openapi") {
        tools::checkers(workspace)?;
    }
    if wishes.ask_for("fuzz") {
        tools::fuzzer(workspace)?;
    }
    if wishes.ask_for("dist") {
        front::ensure()?;
    }
    if wishes.ask_for("tests") {
        postgres::ensure()?;
    }
    Toolbox::for_tests(workspace)
}

fn build_site(bench: &Bench) -> Outcome<Tally> {
    site::build_for_tests(bench.workspace, &bench.tools)?;
    Ok(Tally::ONE_PASSED)
}

#[cfg(test)]
mod stage_tests {
    use super::*;

    #[test]
    fn only_the_stages_asked_for() {
        let mut wishes = Wishes::default();
        assert!(wishes.ask_for("fmt"));
        wishes.only("e2e").expect("a stage");
        assert!(!wishes.ask_for("fmt"));
        assert!(wishes.ask_for("e2e"));
        assert!(wishes.only("lint").is_err());
    }

    #[test]
    fn a_named_engine_leaves_the_others_out() {
        let mut wishes = Wishes::default();
        assert_eq!(wishes.engines(), Engine::ALL);
        assert!(!wishes.every_flow());
        wishes.engine("webkit").expect("an engine");
        assert_eq!(wishes.engines(), [Engine::WebKit]);
        assert!(wishes.every_flow());
        assert!(wishes.engine("opera").is_err());
    }
}
