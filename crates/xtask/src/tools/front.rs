//! What the test of a release has in front of the server, and what it asks with.

use std::path::PathBuf;

use super::{apt, on_path};
use crate::trouble::{Outcome, Trouble};

/// Programs, and the packages that have them on Debian.
const NEEDS: [(&str, &str); 3] = [("nginx", "nginx"), ("curl", "curl"), ("openssl", "openssl")];

/// nginx, with curl and openssl beside it; installed where apt-get can, and told of where it cannot.
pub fn ensure() -> Outcome<PathBuf> {
    let lacking = NEEDS.iter().filter(|(program, _)| find(program).is_none());
    let missing: Vec<_> = lacking.map(|(_, package)| *package).collect();
    if !missing.is_empty() {
        apt::install(&missing, "leave the stage `dist` out with --only")?;
    }
    find("nginx").ok_or_else(|| {
        Trouble::new("nginx was installed, and there is still no nginx to be found.")
    })
}

/// Debian keeps nginx where only root's PATH looks.
fn find(program: &str) -> Option<PathBuf> {
    on_path(program).or_else(|| on_path(&["/usr/sbin/", program].concat()))
}
