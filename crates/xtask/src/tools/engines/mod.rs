//! The browsers of the tests: three engines, each with its driver and what that needs.

use std::path::PathBuf;

use super::{apt, cache::Cache, cargo_tool::CargoTool, on_path};
use crate::{
    program::Program,
    trouble::{Outcome, Trouble},
};

/// The release that the flows were written with; Debian has none.
const GECKODRIVER: &str = "0.37.1";

/// The locale of `WebKitGTK`'s browser, which has no other way to learn a language.
const LOCALE: &str = "en_US.UTF-8";

/// A browser's engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// One thing that an engine needs, and what brings it on Debian.
struct Need {
    /// How the tests are told where it is.
    variable: &'static str,
    /// The names it may have: programs on PATH, or whole paths.
    names: &'static [&'static str],
    packages: &'static [&'static str],
}

const CHROMIUM: [Need; 3] = [
    Need {
        variable: "INTERNO_E2E_CHROMIUM",
        names: &["chromium", "chromium-browser", "google-chrome"],
        packages: &["chromium"],
    },
    Need {
        variable: "INTERNO_E2E_CHROMEDRIVER",
        names: &["chromedriver"],
        packages: &["chromium-driver"],
    },
    // What every phone has: a face as wide as the one our fallback is fitted to. Without it the
    // page moves when its own fonts come, as it does nowhere else.
    Need {
        variable: "INTERNO_E2E_FONT",
        names: &[
            "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
            "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
            "/usr/share/fonts/liberation-sans/LiberationSans-Regular.ttf",
            "/usr/share/fonts/liberation/LiberationSans-Regular.ttf",
        ],
        packages: &["fonts-liberation"],
    },
];

const FIREFOX: [Need; 1] = [Need {
    variable: "INTERNO_E2E_FIREFOX",
    names: &["firefox-esr", "firefox"],
    packages: &["firefox-esr"],
}];

const WEBKIT: [Need; 4] = [
    Need {
        variable: "INTERNO_E2E_WEBKITDRIVER",
        names: &["WebKitWebDriver"],
        packages: &["webkit2gtk-driver"],
    },
    Need {
        variable: "INTERNO_E2E_MINIBROWSER",
        names: &[
            "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
            "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
            "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
        ],
        packages: &["webkit2gtk-driver"],
    },
    Need {
        variable: "INTERNO_E2E_XVFB",
        names: &["Xvfb"],
        packages: &["xvfb", "xauth"],
    },
    Need {
        variable: "INTERNO_E2E_WINDOW_MANAGER",
        names: &["matchbox-window-manager"],
        packages: &["matchbox-window-manager"],
    },
];

impl Engine {
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// As the command line and the tests have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// As people have it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    fn needs(self) -> &'static [Need] {
        match self {
            Self::Chromium => &CHROMIUM,
            Self::Firefox => &FIREFOX,
            Self::WebKit => &WEBKIT,
        }
    }
}

/// The variables that tell the tests where these engines are; what is missing is installed where
/// apt-get can, and told of where it cannot. No engine is left out because it is missing.
pub fn ensure(engines: &[Engine]) -> Outcome<Vec<(&'static str, PathBuf)>> {
    let missing = missing(engines);
    if !missing.is_empty() {
        apt::install(&missing, "name the engines that are there with --engine")?;
    }
    if engines.contains(&Engine::WebKit) && !has_locale() {
        apt::generate_locale(LOCALE)?;
    }
    let mut found = Vec::new();
    for need in engines.iter().flat_map(|engine| engine.needs()) {
        let path = need.find().ok_or_else(|| {
            Trouble::new(format!(
                "{} was installed, and there is still no {} to be found.",
                need.packages.join(" and "),
                need.names.join(" or ")
            ))
        })?;
        found.push((need.variable, path));
    }
    if engines.contains(&Engine::Firefox) {
        found.push(("INTERNO_E2E_GECKODRIVER", geckodriver()?));
    }
    Ok(found)
}

/// Chromium itself, for what drives it without WebDriver.
pub fn chromium() -> Outcome<PathBuf> {
    let found = ensure(&[Engine::Chromium])?;
    let mut programs = found.into_iter().map(|(_, program)| program);
    programs
        .next()
        .ok_or_else(|| Trouble::new("There is no Chromium."))
}

/// Debian's packages for what is not there.
fn missing(engines: &[Engine]) -> Vec<&'static str> {
    let needs = engines.iter().flat_map(|engine| engine.needs());
    let lacking = needs.filter(|need| need.find().is_none());
    let mut packages: Vec<_> = lacking.flat_map(|need| need.packages).copied().collect();
    if engines.contains(&Engine::WebKit) && !has_locale() && on_path("locale-gen").is_none() {
        packages.push("locales");
    }
    packages.sort_unstable();
    packages.dedup();
    packages
}

impl Need {
    fn find(&self) -> Option<PathBuf> {
        self.names.iter().find_map(|name| on_path(name))
    }
}

fn geckodriver() -> Outcome<PathBuf> {
    let tool = CargoTool {
        krate: "geckodriver",
        program: "geckodriver",
        version: GECKODRIVER.to_owned(),
        features: &[],
        lock_may_be_unusable: true,
        usually: "2 minutes",
    };
    let folder = tool.ensure(&Cache::open()?)?;
    let program = folder.map(|folder| folder.join("geckodriver"));
    program.or_else(|| on_path("geckodriver")).ok_or_else(|| {
        Trouble::new("geckodriver answers on PATH, and there is no such file on it.")
    })
}

fn has_locale() -> bool {
    let known = Program::new("locale")
        .arg("-a")
        .answer()
        .unwrap_or_default();
    // It writes the same name in its own way.
    known.lines().any(|line| line == "en_US.utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_go_by_their_names() {
        for engine in Engine::ALL {
            assert_eq!(Engine::named(engine.name()), Some(engine));
        }
        assert_eq!(Engine::named("Safari"), None);
    }
}
