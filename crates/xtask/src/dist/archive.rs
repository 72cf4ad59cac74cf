//! The archive of a release: the same bytes whenever it is made from the same sources.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use super::write;
use crate::{
    program::Program,
    trouble::{OrSay, Outcome},
    workspace::Workspace,
};

const SUMS: &str = "SHA256SUMS";

/// Writes the sums of all files, by which an operator sees that nothing was lost on the way.
pub fn sums(folder: &Path) -> Outcome {
    let mut files = Vec::new();
    files_in(folder, Path::new(""), &mut files)?;
    files.retain(|file| file != Path::new(SUMS));
    files.sort();
    let sums = Program::new("sha256sum")
        .args(&files)
        .directory(folder)
        .output()?;
    write(&folder.join(SUMS), sums)
}

/// Packs a folder beside itself.
pub fn pack(workspace: &Workspace, folder: &Path) -> Outcome<PathBuf> {
    let name = folder.file_name().unwrap_or_default();
    let above = folder.parent().unwrap_or(folder);
    let mut archive = OsString::from(name);
    archive.push(".tar.gz");
    let archive = above.join(archive);
    // The order of names, the sources' own time, nobody in particular: nothing of this machine.
    Program::new("tar")
        .args(["--create", "--format=gnu", "--sort=name", "--numeric-owner"])
        .args(["--owner=0", "--group=0", "--mode=u=rwX,go=rX"])
        .arg(format!("--mtime=@{}", time_of_the_sources(workspace)))
        .args(["--use-compress-program", "gzip -n -9", "--file"])
        .arg(&archive)
        .arg("--directory")
        .arg(above)
        .arg(name)
        .run()?;
    Ok(archive)
}

fn time_of_the_sources(workspace: &Workspace) -> String {
    let told = env::var("SOURCE_DATE_EPOCH").ok();
    let committed = || {
        Program::new("git")
            .args(["log", "-1", "--format=%ct"])
            .directory(workspace.root())
            .answer()
    };
    let told = told.or_else(committed).unwrap_or_default();
    let seconds: u64 = told.trim().parse().unwrap_or_default();
    seconds.to_string()
}

fn files_in(root: &Path, below: &Path, files: &mut Vec<PathBuf>) -> Outcome {
    let folder = root.join(below);
    let doing = || format!("read {}", folder.display());
    for entry in fs::read_dir(&folder).or_say(doing)? {
        let entry = entry.or_say(doing)?;
        let path = below.join(entry.file_name());
        if entry.file_type().or_say(doing)?.is_dir() {
            files_in(root, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
