//! The built site with one script more, or with another API: how a test looks at a page before the app does, in every
//! engine alike. The pages and their policy stay as they are; only `boot.js` begins differently.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::failure::{Failure, Outcome};

/// Copies the site into `folder`, with `scripts` at the beginning of its `boot.js`, and this
/// `config.json`.
pub fn site(
    original: &Path,
    folder: &Path,
    scripts: &[&str],
    config: Option<&str>,
) -> Outcome<PathBuf> {
    let copy = folder.join("site");
    link_all(original, &copy)?;
    if let Some(config) = config {
        for name in ["config.json", "config.json.br", "config.json.gz"] {
            // Removed first, as below.
            let _was_not_there = fs::remove_file(copy.join(name));
        }
        fs::write(copy.join("config.json"), config)?;
    }
    let mut altered = 0;
    for file in fs::read_dir(copy.join("assets"))? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !name.starts_with("boot") {
            continue;
        }
        let own = path.extension().is_some_and(|extension| extension == "js");
        let text = own.then(|| fs::read_to_string(&path)).transpose()?;
        // Removed first: the file is the original's too. Compressed copies stay away, they hold
        // the old words.
        fs::remove_file(&path)?;
        if let Some(text) = text {
            // In braces: each has names of its own.
            let scripts = scripts.join("}\n{");
            fs::write(&path, format!("{{{scripts}}}\n{text}"))?;
            altered += 1;
        }
    }
    if altered == 1 {
        return Ok(copy);
    }
    Err(Failure::new(format!(
        "There are {altered} of boot.js in {}, not one.",
        original.display()
    )))
}

fn link_all(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            link_all(&from, &to)?;
        } else if fs::hard_link(&from, &to).is_err() {
            // Another file system.
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}
