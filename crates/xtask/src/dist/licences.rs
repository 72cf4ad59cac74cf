//! The licences of what is compiled into a release, in their own words: most of them ask to come along.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{copy, write};
use crate::{
    program::Program,
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

/// The two programs of a release, in cargo's words.
const PROGRAMS: [(&str, &[&str]); 2] = [
    ("server", &["-p", "reservation-server"]),
    (
        "app",
        &[
            "-p",
            "interno",
            "--features",
            "hydrate",
            "--target",
            "wasm32-unknown-unknown",
        ],
    ),
];

/// How the files are called that have such words.
const NAMES: [&str; 6] = [
    "license",
    "licence",
    "copying",
    "copyright",
    "notice",
    "unlicense",
];

const HEAD: &str = "What is compiled into the server and into the app, and under which terms. SQLite, which is \
                    in the server, is in the public domain.\n";

/// A package that somebody else wrote.
struct Package {
    licence: String,
    folder: PathBuf,
}

/// Writes them, and those of the fonts, into a folder.
pub fn gather(workspace: &Workspace, folder: &Path) -> Outcome {
    let packages = packages(workspace)?;
    let mut text = HEAD.to_owned();
    let mut words = BTreeMap::<String, BTreeSet<&str>>::new();
    for (program, options) in PROGRAMS {
        text += &["\nIn the ", program, ":\n"].concat();
        for name in compiled_into(workspace, options)? {
            // What cargo names and does not know as somebody else's is our own.
            if let Some((name, package)) = packages.get_key_value(&name) {
                text += &["  ", name, ": ", &package.licence, "\n"].concat();
                for said in package.words()? {
                    words.entry(said).or_default().insert(name);
                }
            }
        }
    }
    for (said, names) in words {
        let names: Vec<_> = names.into_iter().collect();
        let line = "-".repeat(78);
        text += &["\n", &line, "\n", &names.join(", "), "\n", &line, "\n\n"].concat();
        text += said.trim();
        text.push('\n');
    }
    write(&folder.join("PROGRAMS.txt"), text)?;
    let fonts = workspace.root().join("public/fonts");
    let doing = || format!("read {}", fonts.display());
    for file in fs::read_dir(&fonts).or_say(doing)? {
        let file = file.or_say(doing)?.path();
        if file.extension().is_some_and(|kind| kind == "txt") {
            copy(&file, &folder.join(file.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}

/// Everybody else's packages that the lock file knows, by name and version.
fn packages(workspace: &Workspace) -> Outcome<BTreeMap<String, Package>> {
    let text = Program::cargo()
        .args(["metadata", "--locked", "--format-version=1"])
        .directory(workspace.root())
        .output()?;
    let metadata: Value =
        serde_json::from_str(&text).or_say(|| "read what `cargo metadata` says".to_owned())?;
    let all = metadata.get("packages").and_then(Value::as_array);
    let all = all.ok_or_else(|| Trouble::new("`cargo metadata` does not tell the packages."))?;
    let others = all.iter().filter_map(|package| {
        let said = |key: &str| package.get(key).and_then(Value::as_str);
        // Our own have no source.
        said("source")?;
        let name = [said("name")?, " ", said("version")?].concat();
        let folder = Path::new(said("manifest_path")?).parent()?.to_path_buf();
        let licence = said("license").unwrap_or("see below").to_owned();
        Some((name, Package { licence, folder }))
    });
    Ok(others.collect())
}

/// What ends up in a program: no build scripts, no macros, no tests.
fn compiled_into(workspace: &Workspace, options: &[&str]) -> Outcome<BTreeSet<String>> {
    let tree = Program::cargo()
        .args(["tree", "--locked", "--edges", "normal,no-proc-macro"])
        .args(["--prefix", "none", "--format", "{p}"])
        .args(options)
        .directory(workspace.root())
        .output()?;
    Ok(tree.lines().filter_map(named).collect())
}

/// Reads `serde v1.0.228 (…)`.
fn named(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    Some([name, " ", version].concat())
}

impl Package {
    /// The texts it came with.
    fn words(&self) -> Outcome<Vec<String>> {
        let doing = || format!("read {}", self.folder.display());
        let mut texts = Vec::new();
        for entry in fs::read_dir(&self.folder).or_say(doing)? {
            let file = entry.or_say(doing)?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let name = name.to_lowercase();
            if file.is_file() && NAMES.iter().any(|start| name.starts_with(start)) {
                let bytes = fs::read(&file).or_say(|| format!("read {}", file.display()))?;
                texts.push(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
            }
        }
        Ok(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn packages_are_read_from_the_tree() {
        assert_eq!(
            named("serde v1.0.228 (*)").as_deref(),
            Some("serde 1.0.228")
        );
        assert_eq!(named(""), None);
    }
}
