//! PostgreSQL for the tests of the reservation server. They start it themselves; here is only seen
//! to it that its programs are there.

use std::{fs, path::PathBuf};

use super::{apt, on_path};
use crate::trouble::{Outcome, Trouble};

/// What the tests read.
const VARIABLE: &str = "INTERNO_POSTGRES";
/// Where Debian keeps a folder a version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// The variable that tells the tests where the programs are, and the folder; installed where apt-get
/// can, and told of where it cannot. The tests of this database are not left out because it is missing.
pub fn ensure() -> Outcome<(&'static str, PathBuf)> {
    if find().is_none() {
        apt::install(&["postgresql"], "put its initdb on PATH")?;
    }
    let folder = find().ok_or_else(|| {
        Trouble::new("postgresql was installed, and there is still no initdb to be found.")
    })?;
    Ok((VARIABLE, folder))
}

/// The same, only where it is already there: a figure more is no reason to install a database.
pub fn installed() -> Option<(&'static str, PathBuf)> {
    Some((VARIABLE, find()?))
}

/// The folder with `initdb` and `postgres`: the newest of Debian's, or the one on PATH.
fn find() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).into_iter().flatten();
    let folders = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
    let usable =
        |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let newest = folders.filter(usable).max();
    newest.or_else(|| Some(on_path("initdb")?.parent()?.to_path_buf()).filter(usable))
}
