//! What a build or a test run needs on this machine, installed where it is missing.
//!
//! Everything goes into a cache of this user, a folder a tool and version; nothing of the system
//! is changed, except that the wasm target is added to the Rust toolchain and, for tests on
//! Debian, browsers, PostgreSQL, nginx and Python are installed. A tool is put together beside its place and moved there in one
//! step, so an interrupted set-up leaves either the whole tool or none of it.

mod apt;
mod cache;
mod cargo_tool;
pub mod engines;
pub mod front;
mod npm;
pub mod postgres;
mod rustup;
mod schemathesis;

use std::{
    env,
    path::{Path, PathBuf},
};

use cache::Cache;
use cargo_tool::CargoTool;
pub use engines::Engine;

use crate::{lockfile, program::Program, trouble::Outcome, workspace::Workspace};

const TRUNK: &str = "0.21.14";
const CARGO_DENY: &str = "0.20.2";

/// The tools of a build, found or installed.
pub struct Toolbox {
    folders: Vec<PathBuf>,
}

/// The `node_modules` folder with what only tests and measurements need, found or installed.
pub fn checkers(workspace: &Workspace) -> Outcome<PathBuf> {
    npm::checkers(&Cache::open()?, workspace)
}

/// The Python that has the fuzzer of the API.
pub fn fuzzer(workspace: &Workspace) -> Outcome<PathBuf> {
    schemathesis::ensure(&Cache::open()?, workspace)
}

/// The script with which axe looks at a page.
pub fn axe(workspace: &Workspace) -> Outcome<PathBuf> {
    Ok(checkers(workspace)?.join("axe-core/axe.min.js"))
}

impl Toolbox {
    /// What a build of the site needs.
    pub fn for_build(workspace: &Workspace) -> Outcome<Self> {
        let cache = Cache::open()?;
        rustup::wasm_target(workspace)?;
        let wasm_bindgen = lockfile::version_of(workspace.root(), "wasm-bindgen")?;
        let mut folders = Vec::new();
        folders.extend(trunk().ensure(&cache)?);
        folders.extend(cargo_tool::wasm_bindgen(&wasm_bindgen).ensure(&cache)?);
        folders.push(npm::shrinkers(&cache, workspace)?);
        Ok(Self { folders })
    }

    /// What the tests need beyond that.
    pub fn for_tests(workspace: &Workspace) -> Outcome<Self> {
        rustup::components(workspace)?;
        let mut toolbox = Self::for_build(workspace)?;
        let cache = Cache::open()?;
        toolbox.folders.extend(cargo_deny().ensure(&cache)?);
        Ok(toolbox)
    }

    /// A program that finds these tools first.
    pub fn program(&self, name: &str) -> Program {
        Program::new(name).with_path(&self.folders)
    }

    /// Cargo, which finds these tools as its subcommands.
    pub fn cargo(&self) -> Program {
        Program::cargo().with_path(&self.folders)
    }
}

/// A program on PATH; a whole path is only asked whether it is there.
fn on_path(name: &str) -> Option<PathBuf> {
    if Path::new(name).is_absolute() {
        return Some(PathBuf::from(name)).filter(|file| file.is_file());
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

fn trunk() -> CargoTool {
    CargoTool {
        krate: "trunk",
        program: "trunk",
        version: TRUNK.to_owned(),
        // Trunk cannot be built without a TLS library; its update check is of no use here.
        features: &["--no-default-features", "--features", "rustls"],
        lock_may_be_unusable: false,
        usually: "4 minutes",
    }
}

fn cargo_deny() -> CargoTool {
    CargoTool {
        krate: "cargo-deny",
        program: "cargo-deny",
        version: CARGO_DENY.to_owned(),
        features: &["--no-default-features"],
        lock_may_be_unusable: false,
        usually: "2 minutes",
    }
}
