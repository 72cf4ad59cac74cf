//! What the browser complains about.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use thirtyfour::WebDriver;

use crate::{
    bidi::BiDi,
    engine::{Engine, Wishes, firefox, webkit},
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
    /// One of both.
    Network,
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
    /// In `WebKit` the page itself keeps them.
    Kept(WebDriver),
    /// In `WebKit` without scripts nobody keeps them.
    Nobody,
}

impl Console {
    /// Why nothing can be known of the console of such a browser, where nothing can.
    pub fn silence(wishes: Wishes) -> Option<&'static str> {
        (wishes.engine == Engine::WebKit && !wishes.javascript).then_some(
            "(its console only: the page keeps it by a script, and none runs in this flow)",
        )
    }

    /// Listens to the console of a session that has just begun.
    pub async fn of(wishes: Wishes, session: &WebDriver) -> Outcome<Self> {
        let engine = wishes.engine;
        let source = match engine {
            Engine::Chromium => Source::Log(session.clone()),
            Engine::Firefox => {
                let bidi = BiDi::of(session).await?;
                firefox::narrow(&bidi).await?;
                let log = json!({ "events": ["log.entryAdded"] });
                bidi.send("session.subscribe", log).await?;
                Source::Events(Box::new(bidi))
            }
            Engine::WebKit if Self::silence(wishes).is_some() => Source::Nobody,
            Engine::WebKit => Source::Kept(session.clone()),
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
            Source::Kept(session) => kept(session).await?,
            Source::Nobody => Vec::new(),
        };
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.extend(errors.iter().cloned());
        Ok(errors)
    }

    /// Every error there was, looked at or not; as far as the browser still tells them.
    pub async fn everything(&self) -> Vec<String> {
        let _those_before_matter_too = self.errors().await;
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.clone()
    }

    /// Takes the errors away if each of them is this complaint.
    pub async fn only(&self, complaint: Complaint) -> Outcome {
        let words = self.words(complaint);
        let errors = self.errors().await?;
        let is_known = |error: &String| words.as_ref().is_some_and(|words| error.contains(words));
        match errors.iter().find(|error| !is_known(error)) {
            None => Ok(()),
            Some(other) => Err(Failure::new(format!(
                "The console shows another error than {complaint:?}:\n{other}"
            ))),
        }
    }

    fn words(&self, complaint: Complaint) -> Option<String> {
        match (self.engine, complaint) {
            (Engine::Chromium, Complaint::Status(code)) => Some(format!("status of {code}")),
            (Engine::Chromium, Complaint::Network) => Some("Failed to load resource".to_owned()),
            (Engine::Chromium, Complaint::NoAnswer) => Some("net::ERR_".to_owned()),
            // Of calls, it tells only of those to another origin that nobody answered.
            (Engine::Firefox, Complaint::Network) => {
                Some("CORS request did not succeed".to_owned())
            }
            // What they tell else is about scripts only.
            (Engine::Firefox | Engine::WebKit, _) => None,
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

async fn kept(session: &WebDriver) -> Outcome<Vec<String>> {
    let answer = session.execute(webkit::TAKE_COMPLAINTS, vec![]).await?;
    let Some(kept) = answer.json().as_array() else {
        return Err(Failure::new(
            "Nobody keeps this page's complaints: it is none of the site's pages with the app.",
        ));
    };
    let words = kept.iter().filter_map(Value::as_str);
    Ok(words.map(str::to_owned).collect())
}
