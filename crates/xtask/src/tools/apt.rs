//! Debian's packages, where we may install them.

use std::fs;

use super::on_path;
use crate::{
    program::{Program, step},
    trouble::{OrSay, Outcome, Trouble},
};

/// Installs these packages, or says which are missing and what else would help.
pub fn install(packages: &[&str], otherwise: &str) -> Outcome {
    let list = packages.join(" ");
    if on_path("apt-get").is_none() || !is_root() {
        return Err(Trouble::new(format!(
            "The tests need more than there is on this machine: install it (on Debian, as root: \
             apt-get install --no-install-recommends {list}), or {otherwise}."
        )));
    }
    let what = format!("Installing {list} for the tests (usually 1 or 2 minutes)");
    step(&what, || {
        apt().args(["update", "-qq"]).run()?;
        apt()
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages)
            .run()
    })
}

/// Makes the system know a locale.
pub fn generate_locale(locale: &str) -> Outcome {
    const KNOWN: &str = "/etc/locale.gen";
    if !is_root() || on_path("locale-gen").is_none() {
        return Err(Trouble::new(format!(
            "WebKitGTK needs the locale {locale} (on Debian, as root: add the line \
             `{locale} UTF-8` to {KNOWN} and run locale-gen), or name other engines with --engine."
        )));
    }
    step(
        &format!("Generating the locale {locale} (usually 5 seconds)"),
        || {
            let doing = || format!("add {locale} to {KNOWN}");
            let known = fs::read_to_string(KNOWN).or_say(doing)?;
            let line = format!("{locale} UTF-8");
            if !known.lines().any(|its| its.trim() == line) {
                fs::write(KNOWN, format!("{}\n{line}\n", known.trim_end())).or_say(doing)?;
            }
            Program::new("locale-gen").run()
        },
    )
}

fn apt() -> Program {
    Program::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive")
}

fn is_root() -> bool {
    Program::new("id").arg("-u").answer().as_deref() == Some("0")
}
