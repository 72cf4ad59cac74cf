//! Tools that come from npm: wasm-opt and esbuild for builds; axe, Lighthouse and a validator of OpenAPI documents
//! for tests and measurements.
//!
//! The versions are held by `crates/xtask/npm/package-lock.json`; its hash names the folders in
//! the cache, so a changed lock file means a new installation and an old checkout keeps its own.
//! What only tests need is a development dependency there, so that a build does not wait for it.
//! Lighthouse's own dependencies ask for the "latest" of two packages. `overrides` hold them: npm
//! would otherwise refuse the lock file, for builds too, on the day one of them is published.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::cache::{Cache, fingerprint};
use crate::{
    program::{Program, step},
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

const FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// A set of packages that is installed together.
struct Packages {
    name: &'static str,
    /// What the person waiting is told.
    what: &'static str,
    /// A file that is there when the installation is.
    proof: &'static str,
    /// What npm is told beyond `ci`.
    options: &'static [&'static str],
}

const BUILD: Packages = Packages {
    name: "npm-build",
    what: "Installing binaryen (wasm-opt) and esbuild from npm (usually 10 seconds)",
    proof: ".bin/wasm-opt",
    options: &["--omit=dev"],
};

const CHECKS: Packages = Packages {
    name: "npm-checks",
    what: "Installing axe, Lighthouse and a validator of OpenAPI from npm (usually 20 seconds)",
    proof: ".bin/lighthouse",
    options: &[],
};

/// The folder with wasm-opt and esbuild.
///
/// What PATH holds is not asked: Debian's binaryen is too old, and npm's is quick to install.
pub fn shrinkers(cache: &Cache, workspace: &Workspace) -> Outcome<PathBuf> {
    Ok(BUILD.ensure(cache, workspace)?.join(".bin"))
}

/// The `node_modules` folder with `axe-core`, `lighthouse` and `.bin/validate-api`.
pub fn checkers(cache: &Cache, workspace: &Workspace) -> Outcome<PathBuf> {
    CHECKS.ensure(cache, workspace)
}

impl Packages {
    /// The `node_modules` folder, filled.
    fn ensure(&self, cache: &Cache, workspace: &Workspace) -> Outcome<PathBuf> {
        let source = workspace.root().join("crates/xtask/npm");
        let lock = source.join("package-lock.json");
        let bytes = fs::read(&lock).or_say(|| format!("read {}", lock.display()))?;
        let name = format!("{}-{:016x}", self.name, fingerprint(&bytes));
        let folder = cache.place(&name).join("node_modules");
        if folder.join(self.proof).exists() {
            return Ok(folder);
        }
        if Program::new("npm").arg("--version").answer().is_none() {
            return Err(Trouble::new(
                "npm is missing, which brings wasm-opt and the checkers: install Node.js 20 or \
                 newer with npm.",
            ));
        }
        step(self.what, || {
            cache.install(&name, |draft| self.install(&source, draft))
        })?;
        Ok(folder)
    }

    fn install(&self, source: &Path, draft: &Path) -> Outcome {
        for file in FILES {
            let from = source.join(file);
            fs::copy(&from, draft.join(file)).or_say(|| format!("copy {}", from.display()))?;
        }
        Program::new("npm")
            .args(["ci", "--ignore-scripts"])
            .args(self.options)
            .directory(draft)
            .run()
    }
}
