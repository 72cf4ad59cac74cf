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
            ],
        },
    }))
}

/// Keeps what the console of a page complains of. In the page, because the driver tells nothing of
/// it and the browser's automated windows are private ones, of which nothing is printed either.
/// In the storage, because a complaint must outlive its page.
pub const KEEP_COMPLAINTS: &str = r"
    const keep = (words) => {
        const kept = JSON.parse(localStorage.getItem('e2e.complaints') ?? '[]');
        localStorage.setItem('e2e.complaints', JSON.stringify([...kept, words]));
    };
    const told = console.error;
    console.error = (...words) => {
        keep(words.map(String).join(' '));
        told.apply(console, words);
    };
    let leaving = false;
    addEventListener('beforeunload', () => { leaving = true; });
    addEventListener('error', ({ message, target }) => {
        // What is broken off because the page is left is nobody's fault.
        if (message || !leaving) keep(message ?? `${target.src ?? target.href} could not be loaded`);
    }, true);
    addEventListener('unhandledrejection', ({ reason }) => keep(String(reason)));
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        keep(`${violatedDirective} does not allow ${blockedURI}`);
    });
    window.keepsComplaints = true;
";

/// Takes the complaints away; nothing where nobody kept them.
pub const TAKE_COMPLAINTS: &str = r"
    if (!window.keepsComplaints) return null;
    const kept = JSON.parse(localStorage.getItem('e2e.complaints') ?? '[]');
    localStorage.removeItem('e2e.complaints');
    return kept;
";
