//! Which version of a crate `Cargo.lock` holds.

use std::path::Path;

use serde::Deserialize;

use crate::trouble::{OrSay, Outcome, Trouble};

#[derive(Deserialize)]
struct Lockfile {
    #[serde(default)]
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

/// The version of `name` in the lock file under `root`.
pub fn version_of(root: &Path, name: &str) -> Outcome<String> {
    let path = root.join("Cargo.lock");
    let text = std::fs::read_to_string(&path).or_say(|| format!("read {}", path.display()))?;
    find(&text, name)?.ok_or_else(|| {
        Trouble::new(format!(
            "Cargo.lock holds no `{name}`, so no matching tool can be chosen; is the site's \
             dependency on it still there?"
        ))
    })
}

fn find(lock: &str, name: &str) -> Outcome<Option<String>> {
    let lock: Lockfile = toml::from_str(lock).or_say(|| "understand Cargo.lock".to_owned())?;
    let mut packages = lock.package.into_iter();
    Ok(packages
        .find(|package| package.name == name)
        .map(|package| package.version))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

    #[test]
    fn finds_the_version() {
        let found = find(LOCK, "wasm-bindgen").expect("it parses");
        assert_eq!(found.as_deref(), Some("0.2.130"));
        assert_eq!(find(LOCK, "absent").expect("it parses"), None);
    }
}
