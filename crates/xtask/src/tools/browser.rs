//! The browser of the tests.

use std::{env, path::PathBuf};

use crate::{
    program::{Program, step},
    trouble::{Outcome, Trouble},
};

/// Chromium and the driver that matches it.
pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

impl Browser {
    /// Finds both, or installs both where apt-get can.
    pub fn ensure() -> Outcome<Self> {
        if let Some(browser) = Self::find() {
            return Ok(browser);
        }
        install()?;
        Self::find().ok_or_else(|| {
            Trouble::new("apt-get installed no Chromium and chromedriver that PATH would find.")
        })
    }

    fn find() -> Option<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        Some(Self {
            chromium: names.into_iter().find_map(on_path)?,
            chromedriver: on_path("chromedriver")?,
        })
    }
}

fn install() -> Outcome {
    let user = Program::new("id").arg("-u").answer();
    if on_path("apt-get").is_none() || user.as_deref() != Some("0") {
        return Err(Trouble::new(
            "The browser tests need Chromium and its matching chromedriver on PATH: install \
             them (on Debian, as root: apt-get install chromium chromium-driver).",
        ));
    }
    let apt = || Program::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
    step(
        "Installing Chromium for the tests (usually 1 minute)",
        || {
            apt().args(["update", "-qq"]).run()?;
            apt()
                .args(["install", "-y", "-qq", "--no-install-recommends"])
                .args(["chromium", "chromium-driver"])
                .run()
        },
    )
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}
