//! One browser under WebDriver: it starts, and it ends whatever happened between.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::Value;
use thirtyfour::{Capabilities, WebDriver};
use tokio::{
    process::Child,
    time::{sleep, timeout},
};

use crate::{
    console::Console,
    engine::{Ports, Screen, Wishes, profile_in},
    failure::{Failure, Outcome},
    scratch,
    site::{free_port, terminate},
};

/// A driver with one session.
pub struct Browser {
    driver: Child,
    session: WebDriver,
    screen: Option<Screen>,
    profile: PathBuf,
}

impl Browser {
    /// Starts a driver and opens a session with a fresh profile below `folder`.
    pub async fn start(wishes: Wishes, folder: &Path) -> Outcome<(Self, Console)> {
        let screen = wishes.engine.screen(folder).await?;
        let display = screen.as_ref().map(|screen| screen.display().to_owned());
        let started = start_on(display, wishes, folder).await;
        match started {
            Ok((driver, session, console)) => {
                let profile = profile_in(folder);
                let browser = Self {
                    driver,
                    session,
                    screen,
                    profile,
                };
                Ok((browser, console))
            }
            Err(failure) => {
                if let Some(screen) = screen {
                    let _the_browser_matters_more = screen.stop().await;
                }
                Err(failure.while_doing("The browser did not start"))
            }
        }
    }

    /// The session, to be driven.
    pub fn session(&self) -> WebDriver {
        self.session.clone()
    }

    /// Ends the session first, so that the browser ends too, then the driver, then its screen.
    pub async fn quit(mut self) -> Outcome {
        let limit = Duration::from_secs(20);
        let quit = timeout(limit, self.session.clone().quit()).await;
        let mut ended = terminate(&mut self.driver).await;
        if let Some(screen) = self.screen {
            ended = ended.and(screen.stop().await);
        }
        let _a_profile_left_behind_harms_nothing = scratch::remove(&self.profile).await;
        quit??;
        ended
    }
}

async fn start_on(
    display: Option<String>,
    wishes: Wishes,
    folder: &Path,
) -> Outcome<(Child, WebDriver, Console)> {
    let profile = profile_in(folder);
    fs::create_dir_all(&profile)?;
    let log = fs::File::create(folder.join("driver.log"))?;
    let ports = Ports {
        http: free_port().await?,
        websocket: free_port().await?,
    };
    let mut command = wishes.engine.driver(ports, &profile)?;
    if let Some(display) = display {
        command.env("DISPLAY", display);
    }
    let mut driver = command
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .kill_on_drop(true)
        .spawn()?;
    let opened = async {
        let capabilities = wishes.engine.capabilities(wishes, folder)?;
        let session = open_session(ports.http, capabilities).await?;
        match Console::of(wishes, &session).await {
            Ok(console) => Ok((session, console)),
            Err(failure) => {
                let _the_first_failure_matters = session.quit().await;
                Err(failure)
            }
        }
    };
    match opened.await {
        Ok((session, console)) => Ok((driver, session, console)),
        Err(failure) => {
            let _the_session_matters_more = terminate(&mut driver).await;
            Err(failure)
        }
    }
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
