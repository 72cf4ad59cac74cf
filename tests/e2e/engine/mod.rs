//! Browser engines: all that differs between them is below this module and in [`crate::console`].

mod chromium;
pub mod firefox;
mod screen;
pub mod webkit;

use std::{
    env, fmt,
    path::{Path, PathBuf},
};

use serde_json::Value;
use tokio::process::Command;

pub use screen::Screen;

use crate::failure::{Failure, Outcome};

/// The phone that every flow is seen on.
pub const WIDTH: u32 = 390;
/// Its height.
pub const HEIGHT: u32 = 844;

/// A browser's engine: each method is one question that an engine answers for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// How the browser of one flow is set up.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    pub engine: Engine,
    pub javascript: bool,
    /// The window's width in CSS pixels, and the size of text the visitor chose. Chromium only.
    pub width: u32,
    pub text: u32,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Engine {
    const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// As `cargo xtask test --engine` and the folders of evidence have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Those that this run is about: words in `INTERNO_E2E_ENGINES`.
    pub fn of_this_run() -> Outcome<Vec<Self>> {
        let names = env::var("INTERNO_E2E_ENGINES").map_err(|_| {
            Failure::new(
                "INTERNO_E2E_ENGINES is not set: run browser tests with `cargo xtask test`.",
            )
        })?;
        let known = |name: &str| Self::ALL.into_iter().find(|engine| engine.name() == name);
        names
            .split_whitespace()
            .map(|name| known(name).ok_or_else(|| Failure::new(format!("{name} is no engine."))))
            .collect()
    }

    /// The screen that a browser without a headless mode needs; it ends with its drop.
    pub async fn screen(self, folder: &Path) -> Outcome<Option<Screen>> {
        match self {
            Self::Chromium | Self::Firefox => Ok(None),
            Self::WebKit => Screen::start(folder).await.map(Some),
        }
    }

    /// The driver's command line.
    pub fn driver(self, ports: Ports, profile: &Path) -> Outcome<Command> {
        match self {
            Self::Chromium => chromium::driver(ports),
            Self::Firefox => firefox::driver(ports, profile),
            Self::WebKit => webkit::driver(ports, profile),
        }
    }

    /// What a page of the site runs before the app, whatever the flow is about.
    pub fn before_the_app(self) -> Option<&'static str> {
        match self {
            Self::Chromium | Self::Firefox => None,
            Self::WebKit => Some(webkit::KEEP_COMPLAINTS),
        }
    }

    /// What a new session is asked to be.
    pub fn capabilities(self, wishes: Wishes, folder: &Path) -> Outcome<Value> {
        match self {
            Self::Chromium => chromium::capabilities(wishes, &profile_in(folder)),
            Self::Firefox => firefox::capabilities(wishes),
            Self::WebKit => webkit::capabilities(wishes),
        }
    }
}

/// Where the browser of a flow keeps its things.
pub fn profile_in(folder: &Path) -> PathBuf {
    folder.join("profile")
}

/// Where a driver listens.
#[derive(Clone, Copy, Debug)]
pub struct Ports {
    pub http: u16,
    /// For `BiDi`, where the driver does not take it on the other port.
    pub websocket: u16,
}
