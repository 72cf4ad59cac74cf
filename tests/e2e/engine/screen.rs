//! A screen for a browser that cannot do without one.

use std::{
    fs,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use tokio::{
    process::{Child, Command},
    time::sleep,
};

use super::{HEIGHT, WIDTH};
use crate::{
    failure::{Failure, Outcome},
    site::{given, terminate},
};

/// Long enough for an X server on a busy machine.
const PATIENCE: Duration = Duration::from_secs(15);

/// An X server of the phone's size, with a window manager: without one no window has the focus,
/// and `:focus-visible` never matches.
pub struct Screen {
    server: Child,
    manager: Child,
    display: String,
}

impl Screen {
    /// Starts both, on a display that is free.
    pub async fn start(folder: &Path) -> Outcome<Self> {
        let log = fs::File::create(folder.join("screen.log"))?;
        let number = folder.join("display");
        // The server tells its display on its standard output, which is a file here: a pipe
        // would have to be read to its end.
        let mut server = Command::new(given("INTERNO_E2E_XVFB")?)
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            .args(["-screen", "0", &format!("{WIDTH}x{HEIGHT}x24")])
            .stdin(Stdio::null())
            .stdout(fs::File::create(&number)?)
            .stderr(log.try_clone()?)
            .kill_on_drop(true)
            .spawn()?;
        let Some(display) = display(&number).await else {
            let _it_may_be_gone = terminate(&mut server).await;
            return Err(Failure::new(format!(
                "Xvfb told no display in {PATIENCE:?}"
            )));
        };
        let manager = Command::new(given("INTERNO_E2E_WINDOW_MANAGER")?)
            .args(["-use_titlebar", "no"])
            .env("DISPLAY", &display)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        Ok(Self {
            server,
            manager,
            display,
        })
    }

    /// The name that programs find it by.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Ends both, the window manager first: it would complain of a lost screen.
    pub async fn stop(mut self) -> Outcome {
        let manager = terminate(&mut self.manager).await;
        let server = terminate(&mut self.server).await;
        manager.and(server)
    }
}

async fn display(number: &Path) -> Option<String> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        let told = fs::read_to_string(number).unwrap_or_default();
        if told.ends_with('\n') {
            return Some(format!(":{}", told.trim()));
        }
        sleep(Duration::from_millis(20)).await;
    }
    None
}
