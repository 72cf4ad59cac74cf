//! Schemathesis, which makes calls up from an OpenAPI document, in a Python environment of its own.
//!
//! The versions and hashes are those of `crates/xtask/python/requirements.txt`, made from
//! `requirements.in` by `pip-compile --generate-hashes`. Its hash and Python's version name the folder
//! in the cache: what is compiled for one Python does not run on another.

use std::{fs, path::PathBuf};

use super::{
    apt,
    cache::{Cache, fingerprint},
};
use crate::{
    program::{Program, step},
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

const PYTHON: &str = "python3";
/// The oldest Python that the requirements were made for.
const OLDEST: &str = "3.11";

/// Prints the version, if this Python is new enough and can make environments.
const SUITABLE: &str = "import ensurepip, sys, venv; \
    v = sys.version_info; v >= (3, 11) or sys.exit(1); print(f'{v.major}.{v.minor}')";

/// The Python that has it: `-m schemathesis.cli` is the program.
pub fn ensure(cache: &Cache, workspace: &Workspace) -> Outcome<PathBuf> {
    let version = python()?;
    let requirements = workspace
        .root()
        .join("crates/xtask/python/requirements.txt");
    let bytes = fs::read(&requirements).or_say(|| format!("read {}", requirements.display()))?;
    let name = format!("schemathesis-{version}-{:016x}", fingerprint(&bytes));
    // Scripts name the folder they were made in, a draft; Python itself finds its environment anywhere.
    let program = cache.place(&name).join("bin/python");
    if program.exists() {
        return Ok(program);
    }
    let what = "Installing Schemathesis from the Python package index (usually 20 seconds)";
    step(what, || {
        cache.install(&name, |draft| {
            Program::new(PYTHON).args(["-m", "venv"]).arg(draft).run()?;
            Program::new(draft.join("bin/python"))
                .args(["-m", "pip", "install", "--quiet", "--no-input"])
                .args(["--disable-pip-version-check", "--require-hashes"])
                .args(["--only-binary", ":all:", "--requirement"])
                .arg(&requirements)
                .run()
        })
    })?;
    Ok(program)
}

/// The version of a Python that will do, which Debian's package is where there is none.
fn python() -> Outcome<String> {
    let suitable = || Program::new(PYTHON).args(["-c", SUITABLE]).answer();
    if let Some(version) = suitable() {
        return Ok(version);
    }
    let otherwise = format!("put a {PYTHON} of version {OLDEST} or newer, with venv, on PATH");
    apt::install(&["python3", "python3-venv"], &otherwise)?;
    suitable().ok_or_else(|| {
        Trouble::new(format!(
            "The fuzzer needs Python {OLDEST} or newer with venv, and {PYTHON} is not that even with \
             Debian's packages python3 and python3-venv installed."
        ))
    })
}
