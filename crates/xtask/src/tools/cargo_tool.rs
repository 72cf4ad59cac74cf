//! Tools that come from the crate registry.
//!
//! Trunk would download wasm-bindgen by itself, from a place that many build machines do not
//! reach; the registry is reached wherever this workspace builds at all.

use std::path::{Path, PathBuf};

use super::cache::{self, Cache};
use crate::{
    program::{Program, step},
    trouble::Outcome,
};

/// A program that `cargo install` can make.
pub struct CargoTool {
    /// The crate to install.
    pub krate: &'static str,
    /// The program asked for its version.
    pub program: &'static str,
    /// The only version that will do.
    pub version: String,
    /// Which features, in cargo's words.
    pub features: &'static [&'static str],
    /// Whether the crate was published with a lock file that some registries cannot serve.
    pub lock_may_be_unusable: bool,
    /// How long two free cores take.
    pub usually: &'static str,
}

/// wasm-bindgen's command line, which must be of exactly the version of the library.
pub fn wasm_bindgen(version: &str) -> CargoTool {
    CargoTool {
        krate: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: version.to_owned(),
        features: &[],
        lock_may_be_unusable: true,
        usually: "1 minute",
    }
}

impl CargoTool {
    /// The folder to put on PATH, or none where PATH has the right version already.
    pub fn ensure(&self, cache: &Cache) -> Outcome<Option<PathBuf>> {
        if self.is_right(Program::new(self.program)) {
            return Ok(None);
        }
        let name = format!("{}-{}", self.program, self.version);
        let folder = cache.place(&name).join("bin");
        if self.is_right(Program::new(folder.join(self.program))) {
            return Ok(Some(folder));
        }
        let what = format!(
            "Installing {} {} from source, once for this machine (usually about {})",
            self.krate, self.version, self.usually
        );
        let bench = cache.workbench(&name);
        let place = step(&what, || {
            cache.install(&name, |draft| self.compile(draft, &bench))
        })?;
        cache::remove(&bench)?;
        Ok(Some(place.join("bin")))
    }

    fn compile(&self, root: &Path, bench: &Path) -> Outcome {
        let locked = self.install(root, bench).arg("--locked").run();
        if locked.is_err() && self.lock_may_be_unusable {
            println!("    trying again without the crate's own lock file");
            return self.install(root, bench).run();
        }
        locked
    }

    fn install(&self, root: &Path, bench: &Path) -> Program {
        // These tools run for seconds and compile for minutes: the optimizer is told to hurry.
        // Compiled dependencies are kept aside until the end, so that a second try goes on
        // where an interrupted one stopped.
        Program::cargo()
            .args(["install", self.krate, "--version", &self.version])
            .args(self.features)
            .arg("--root")
            .arg(root)
            .directory(root)
            .env("CARGO_TARGET_DIR", bench)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
    }

    fn is_right(&self, program: Program) -> bool {
        let answer = program.arg("--version").answer();
        answer.is_some_and(|answer| {
            let version = answer.split_whitespace().nth(1);
            version == Some(self.version.as_str())
        })
    }
}
