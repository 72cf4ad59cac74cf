//! `WebKitGTK`'s small browser by `WebKitWebDriver`.

use std::path::Path;

use serde_json::{Value, json};
use tokio::process::Command;

use super::{Ports, Wishes};
use crate::{failure::Outcome, site::given};

pub fn driver(ports: Ports, profile: &Path) -> Outcome<Command> {
    let mut command = Command::new(given("INTERNO_E2E_WEBKITDRIVER")?);
    command
        .arg(format!("--port={}", ports.http))
        // Without a language of the system the browser's is "C", which no page has to know.
        .env("LANG", "en_US.UTF-8")
        .env_remove("LC_ALL")
        // It has no option for a profile: what it keeps goes where the system says.
        .env("HOME", profile)
        .env("XDG_CACHE_HOME", profile.join("cache"))
        .env("XDG_CONFIG_HOME", profile.join("config"))
        .env("XDG_DATA_HOME", profile.join("data"));
    Ok(command)
}

pub fn capabilities(wishes: Wishes) -> Outcome<Value> {
    let javascript = format!("--enable-javascript={}", wishes.javascript);
    Ok(json!({
        "browserName": "MiniBrowser",
        "webkitgtk:browserOptions": {
            "binary": given("INTERNO_E2E_MINIBROWSER")?,
            "args": [
                "--automation",
                "--full-screen",
                javascript,
                // The only account of the console that begins with the document.
                "--enable-write-console-messages-to-stdout=true",
            ],
        },
    }))
}
