//! Where things are: the repository, cargo's target folder, and what we keep between runs.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    program::Program,
    trouble::{OrSay, Outcome, Trouble},
};

/// The folders of this checkout.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Asks cargo, which knows every way a target folder can be set.
    pub fn find() -> Outcome<Self> {
        let text = Program::cargo()
            .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
            .output()?;
        let metadata: Value = serde_json::from_str(&text)
            .or_say(|| "read what `cargo metadata` says about this workspace".to_owned())?;
        let folder = |key: &str| {
            metadata
                .get(key)
                .and_then(Value::as_str)
                .map(PathBuf::from)
                .ok_or_else(|| Trouble::new(format!("`cargo metadata` does not tell `{key}`.")))
        };
        Ok(Self {
            root: folder("workspace_root")?,
            target: folder("target_directory")?,
        })
    }

    /// The repository's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target folder.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The site that `build` makes and `serve` shows.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The site that the tests look at. It has a folder of its own: a test run must never
    /// replace a site built for a real address by one built for this machine.
    pub fn test_dist(&self) -> PathBuf {
        self.target.join("test-dist")
    }

    /// The program as the linker left it, with its notes.
    pub fn linked(&self) -> PathBuf {
        self.target()
            .join("wasm32-unknown-unknown/wasm-release/interno.wasm")
    }

    /// What Trunk makes: the template page, the scripts and the WebAssembly.
    pub fn trunk_dist(&self) -> PathBuf {
        self.target.join("trunk")
    }

    /// What failing browser tests leave behind.
    pub fn e2e_evidence(&self) -> PathBuf {
        self.target.join("e2e")
    }

    /// The pictures that `shots` takes.
    pub fn shots(&self) -> PathBuf {
        self.target.join("shots")
    }

    /// What the fuzzer did to the reservation server.
    pub fn fuzz(&self) -> PathBuf {
        self.target.join("fuzz")
    }

    /// What `bench` measured.
    pub fn bench(&self) -> PathBuf {
        self.target.join("bench")
    }

    /// The releases that `dist` makes.
    pub fn releases(&self) -> PathBuf {
        self.target.join("dist-release")
    }

    /// A program of this workspace, built for this machine.
    pub fn binary(&self, name: &str) -> PathBuf {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        self.target.join("debug").join(file)
    }

    /// A small fact kept between runs, if it was kept.
    pub fn recall(&self, name: &str) -> Option<String> {
        let text = fs::read_to_string(self.memory(name)).ok()?;
        Some(text.trim().to_owned())
    }

    /// Keeps a small fact for the next run.
    pub fn remember(&self, name: &str, value: &str) -> Outcome {
        let path = self.memory(name);
        let doing = || format!("write {}", path.display());
        fs::create_dir_all(&self.target).or_say(doing)?;
        fs::write(&path, format!("{value}\n")).or_say(doing)
    }

    /// Forgets it again; it may never have been kept.
    pub fn forget(&self, name: &str) {
        let _absent_is_fine = fs::remove_file(self.memory(name));
    }

    fn memory(&self, name: &str) -> PathBuf {
        self.target.join(format!("interno-{name}"))
    }
}
