//! Firefox by geckodriver.

use std::path::Path;

use serde_json::{Value, json};
use tokio::process::Command;

use super::{HEIGHT, Ports, WIDTH, Wishes};
use crate::{bidi::BiDi, failure::Outcome, site::given};

pub fn driver(ports: Ports, profile: &Path) -> Outcome<Command> {
    let mut command = Command::new(given("INTERNO_E2E_GECKODRIVER")?);
    command
        .args(["--host", "127.0.0.1"])
        .args(["--port", &ports.http.to_string()])
        // A fixed one by default, which two browsers at once would fight for.
        .args(["--websocket-port", &ports.websocket.to_string()])
        .arg("--profile-root")
        .arg(profile);
    Ok(command)
}

pub fn capabilities(wishes: Wishes) -> Outcome<Value> {
    Ok(json!({
        "browserName": "firefox",
        "webSocketUrl": true,
        "moz:firefoxOptions": {
            "binary": given("INTERNO_E2E_FIREFOX")?,
            "args": ["-headless"],
            "prefs": {
                "javascript.enabled": wishes.javascript,
                // Nothing of the browser's own may reach out: a test talks to this machine only.
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
                "services.settings.server": "data:,",
                // Its offer to keep the guest's address takes the keyboard from the page, which a
                // test cannot answer.
                "extensions.formautofill.addresses.enabled": false,
                "browser.formfill.enable": false,
            },
        },
    }))
}

/// No window of Firefox is as narrow as a phone; a page's viewport can be, also in a new tab.
pub async fn narrow(bidi: &BiDi) -> Outcome {
    let size = json!({
        "userContexts": ["default"],
        "viewport": { "width": WIDTH, "height": HEIGHT },
    });
    bidi.send("browsingContext.setViewport", size).await?;
    Ok(())
}
