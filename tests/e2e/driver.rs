//! Browsers under WebDriver: how each one starts and ends.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};
use tokio::{
    process::{Child, Command},
    time::{sleep, timeout},
};

use crate::{
    failure::{Failure, Outcome},
    site::{free_port, given, terminate},
};

/// The phone that every flow is seen on.
const WIDTH: u32 = 390;
const HEIGHT: u32 = 844;

/// A browser's engine. Firefox and `WebKitGTK` will be further variants: each method below
/// is one question that an engine answers for itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    #[default]
    Chromium,
}

/// How the browser of one flow is set up.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    pub engine: Engine,
    pub javascript: bool,
}

impl Engine {
    fn driver(self, port: u16) -> Outcome<Command> {
        match self {
            Self::Chromium => {
                let mut command = Command::new(given("INTERNO_E2E_CHROMEDRIVER")?);
                command.arg(format!("--port={port}"));
                Ok(command)
            }
        }
    }

    fn capabilities(self, wishes: Wishes, profile: &Path) -> Outcome<Value> {
        match self {
            Self::Chromium => chromium(wishes, profile),
        }
    }
}

fn chromium(wishes: Wishes, profile: &Path) -> Outcome<Value> {
    let profile = format!("--user-data-dir={}", profile.display());
    // 1 allows, 2 blocks.
    let javascript = if wishes.javascript { 1 } else { 2 };
    Ok(json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": given("INTERNO_E2E_CHROMIUM")?,
            "args": [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                // Nothing of the browser's own may reach out: a test talks to this machine only.
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                profile,
            ],
            "prefs": {
                "profile.managed_default_content_settings.javascript": javascript,
            },
            "mobileEmulation": {
                "deviceMetrics": {
                    "width": WIDTH, "height": HEIGHT, "pixelRatio": 3, "touch": true, "mobile": true,
                },
            },
        },
    }))
}

/// A driver with one session.
pub struct Browser {
    driver: Child,
    session: WebDriver,
    profile: PathBuf,
}

impl Browser {
    /// Starts a driver and opens a session with a fresh profile below `folder`.
    pub async fn start(wishes: Wishes, folder: &Path) -> Outcome<Self> {
        let profile = folder.join("profile");
        fs::create_dir_all(&profile)?;
        let log = fs::File::create(folder.join("driver.log"))?;
        let port = free_port().await?;
        let mut driver = wishes
            .engine
            .driver(port)?
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        let capabilities = wishes.engine.capabilities(wishes, &profile)?;
        match open_session(port, capabilities).await {
            Ok(session) => Ok(Self {
                driver,
                session,
                profile,
            }),
            Err(failure) => {
                let _the_session_matters_more = terminate(&mut driver).await;
                Err(failure.while_doing("The browser did not start"))
            }
        }
    }

    /// The session, to be driven.
    pub fn session(&self) -> WebDriver {
        self.session.clone()
    }

    /// Ends the session first, so that the browser ends too, and then the driver.
    pub async fn quit(mut self) -> Outcome {
        let limit = Duration::from_secs(20);
        let quit = timeout(limit, self.session.clone().quit()).await;
        let ended = terminate(&mut self.driver).await;
        let _a_profile_left_behind_harms_nothing = fs::remove_dir_all(&self.profile);
        quit??;
        ended
    }
}

/// Has a script run at the start of every document. Chromium's own protocol; elsewhere it will be
/// `BiDi`'s preload scripts.
pub async fn script_on_every_load(session: &WebDriver, script: &str) -> Outcome {
    let command = "Page.addScriptToEvaluateOnNewDocument";
    let source = json!({ "source": script });
    session.cdp().send_raw(command, source).await?;
    Ok(())
}

async fn open_session(port: u16, capabilities: Value) -> Outcome<WebDriver> {
    let url = format!("http://127.0.0.1:{port}");
    let start = Instant::now();
    while tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .is_err()
    {
        if start.elapsed() > Duration::from_secs(15) {
            return Err(Failure::new("its driver does not listen"));
        }
        sleep(Duration::from_millis(50)).await;
    }
    let Value::Object(capabilities) = capabilities else {
        return Err(Failure::new("capabilities must be an object"));
    };
    Ok(WebDriver::new(url, Capabilities::from(capabilities)).await?)
}
