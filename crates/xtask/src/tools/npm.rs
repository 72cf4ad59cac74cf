//! Tools that come from npm: only wasm-opt so far.
//!
//! The versions are held by `crates/xtask/npm/package-lock.json`; its hash names the folder in
//! the cache, so a changed lock file means a new installation and an old checkout keeps its own.

use std::{fs, path::PathBuf};

use super::cache::Cache;
use crate::{
    program::{Program, step},
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

const FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// The folder with wasm-opt.
///
/// What PATH holds is not asked: Debian's binaryen is too old, and npm's is quick to install.
pub fn binaryen(cache: &Cache, workspace: &Workspace) -> Outcome<Option<PathBuf>> {
    let source = workspace.root().join("crates/xtask/npm");
    let lock = source.join("package-lock.json");
    let bytes = fs::read(&lock).or_say(|| format!("read {}", lock.display()))?;
    let name = format!("npm-{:016x}", fingerprint(&bytes));
    let folder = cache.place(&name).join("node_modules/.bin");
    if folder.join("wasm-opt").exists() {
        return Ok(Some(folder));
    }
    if Program::new("npm").arg("--version").answer().is_none() {
        return Err(Trouble::new(
            "npm is missing, which brings wasm-opt: install Node.js 20 or newer with npm.",
        ));
    }
    step(
        "Installing binaryen (wasm-opt) from npm (usually 10 seconds)",
        || {
            cache.install(&name, |draft| {
                for file in FILES {
                    let from = source.join(file);
                    fs::copy(&from, draft.join(file))
                        .or_say(|| format!("copy {}", from.display()))?;
                }
                Program::new("npm")
                    .args(["ci", "--ignore-scripts"])
                    .directory(draft)
                    .run()
            })
        },
    )?;
    Ok(Some(folder))
}

/// FNV-1a: tells lock files apart and is the same on every machine; nothing trusts it.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn fingerprints_are_those_of_fnv() {
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
