//! Chromium by chromedriver.

use std::path::Path;

use serde_json::{Value, json};
use tokio::process::Command;

use super::{HEIGHT, Ports, Wishes};
use crate::{failure::Outcome, site::given};

pub fn driver(ports: Ports) -> Outcome<Command> {
    let mut command = Command::new(given("INTERNO_E2E_CHROMEDRIVER")?);
    command.arg(format!("--port={}", ports.http));
    Ok(command)
}

pub fn capabilities(wishes: Wishes, profile: &Path) -> Outcome<Value> {
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
                "webkit.webprefs.default_font_size": wishes.text,
            },
            "mobileEmulation": {
                "deviceMetrics": {
                    "width": wishes.width, "height": HEIGHT, "pixelRatio": 3, "touch": true, "mobile": true,
                },
            },
        },
    }))
}
