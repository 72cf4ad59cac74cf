//! What the browser complains about.

use std::{
    fs,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use serde_json::{Value, json};
use thirtyfour::WebDriver;

use crate::{
    bidi::BiDi,
    engine::{Engine, firefox},
    failure::{Failure, Outcome},
};

/// A complaint that belongs to a flow: browsers report an answer that is no success, however
/// well the page deals with it.
#[derive(Clone, Copy, Debug)]
pub enum Complaint {
    /// The server answered with this status.
    Status(u16),
    /// No server answered.
    NoAnswer,
}

/// The console of one browser, read by its own way.
pub struct Console {
    engine: Engine,
    source: Source,
    /// Everything told so far, for the evidence.
    told: Mutex<Vec<String>>,
}

enum Source {
    /// Chromium tells them through its log endpoint.
    Log(WebDriver),
    /// Firefox tells them as events.
    Events(Box<BiDi>),
    /// `WebKit`'s browser prints them, among the driver's own words.
    Printed { log: PathBuf, read: Mutex<usize> },
}

impl Console {
    /// Listens to the console of a session that has just begun.
    pub async fn of(engine: Engine, session: &WebDriver, log: PathBuf) -> Outcome<Self> {
        let source = match engine {
            Engine::Chromium => Source::Log(session.clone()),
            Engine::Firefox => {
                let bidi = BiDi::of(session).await?;
                firefox::narrow(&bidi).await?;
                let log = json!({ "events": ["log.entryAdded"] });
                bidi.send("session.subscribe", log).await?;
                Source::Events(Box::new(bidi))
            }
            Engine::WebKit => Source::Printed {
                log,
                read: Mutex::default(),
            },
        };
        Ok(Self {
            engine,
            source,
            told: Mutex::default(),
        })
    }

    /// The errors since the last look, as the browser words them. Looking takes them away.
    pub async fn errors(&self) -> Outcome<Vec<String>> {
        let errors = match &self.source {
            Source::Log(session) => logged(session).await?,
            Source::Events(bidi) => bidi.events().await?.iter().filter_map(error_in).collect(),
            Source::Printed { log, read } => {
                let text = fs::read_to_string(log)?;
                let mut read = read.lock().unwrap_or_else(PoisonError::into_inner);
                let fresh = text.get(*read..).unwrap_or_default();
                // The last line may still be in the making.
                let whole = fresh.rfind('\n').map_or(0, |end| end + 1);
                *read += whole;
                printed(fresh.get(..whole).unwrap_or_default())
            }
        };
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.extend(errors.iter().cloned());
        Ok(errors)
    }

    /// Every error there was, looked at or not.
    pub async fn everything(&self) -> Outcome<Vec<String>> {
        self.errors().await?;
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(told.clone())
    }

    /// Takes the errors away if each of them is this complaint.
    pub async fn only(&self, complaint: Complaint) -> Outcome {
        let words = self.words(complaint);
        let errors = self.errors().await?;
        let is_known = |error: &String| words.iter().any(|words| error.contains(words.as_str()));
        match errors.iter().find(|error| !is_known(error)) {
            None => Ok(()),
            Some(other) => Err(Failure::new(format!(
                "The console shows another error than {complaint:?}:\n{other}"
            ))),
        }
    }

    fn words(&self, complaint: Complaint) -> Vec<String> {
        match (self.engine, complaint) {
            (Engine::Chromium | Engine::WebKit, Complaint::Status(code)) => {
                vec![format!("status of {code}")]
            }
            (Engine::Chromium, Complaint::NoAnswer) => vec!["net::ERR_".to_owned()],
            (Engine::WebKit, Complaint::NoAnswer) => vec![
                "Could not connect".to_owned(),
                "due to access control checks".to_owned(),
            ],
            // Its events are about scripts only.
            (Engine::Firefox, _) => Vec::new(),
        }
    }
}

async fn logged(session: &WebDriver) -> Outcome<Vec<String>> {
    let entries = session.browser_log().await?;
    Ok(entries
        .into_iter()
        .filter(|entry| entry.level == "SEVERE")
        .map(|entry| entry.message)
        .collect())
}

/// The words of a `log.entryAdded`, if it is an error.
fn error_in(event: &Value) -> Option<String> {
    let entry = event.get("params")?;
    let is_error = entry.get("level")? == "error";
    let text = entry.get("text").and_then(Value::as_str);
    is_error.then(|| text.map_or_else(|| entry.to_string(), str::to_owned))
}

/// `http://…/app.js:3:7: CONSOLE JS ERROR ReferenceError: …`, with any source but `JS` too.
fn printed(lines: &str) -> Vec<String> {
    let is_error = |line: &&str| {
        let (_, rest) = line.split_once("CONSOLE ").unwrap_or_default();
        rest.split(' ').take(3).any(|word| word == "ERROR")
    };
    lines.lines().filter(is_error).map(str::to_owned).collect()
}
