//! How soon the site answers a finger. Measured by a program of the package tests/e2e, in the browser
//! that the tests use.

use std::{fs, path::Path};

use crate::{
    program::{Program, step},
    tools::{Engine, engines},
    trouble::{OrSay, Outcome},
    workspace::Workspace,
};

/// Measures the built site, and gives back what goes into the report.
pub fn report(workspace: &Workspace, site: &Path) -> Outcome<String> {
    let browser = engines::ensure(&[Engine::Chromium])?;
    let folder = workspace.bench();
    fs::create_dir_all(&folder).or_say(|| format!("create {}", folder.display()))?;
    let file = folder.join("pace.md");
    let mut program = Program::cargo()
        .args(["test", "--quiet", "-p", "e2e", "--test", "pace"])
        .directory(workspace.root())
        .env("INTERNO_E2E_SITE", site)
        .env("INTERNO_E2E_SERVER", workspace.binary("reservation-server"))
        .env("INTERNO_E2E_EVIDENCE", workspace.e2e_evidence())
        .env("INTERNO_E2E_ENGINES", Engine::Chromium.name())
        .env("INTERNO_PACE", &file);
    for (variable, browser) in browser {
        program = program.env(variable, browser);
    }
    step(
        "Measuring how soon the site answers (about 4 minutes)",
        || program.run(),
    )?;
    fs::read_to_string(&file).or_say(|| format!("read {}", file.display()))
}
