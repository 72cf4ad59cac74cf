//! HTTP calls, and what may be shown of them: tokens and keys never.

use std::fmt::Write as _;
use std::time::Duration;

use reservation_contract::problem::{PROBLEM_JSON, Problem, ProblemType};
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::http::{HeaderMap, Request};

use crate::report::Stop;

/// A server that takes longer has failed the check.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of an answer: more than any answer of the contract.
const ANSWER: u64 = 4 * 1024 * 1024;
/// Letters of a body that a report shows.
const SHOWN: usize = 600;

/// Speaks to one server.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    base: String,
}

/// A call to be made.
#[derive(Clone, Debug)]
pub struct Call {
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
    shown: String,
}

impl Client {
    /// To a server whose API is mounted here.
    pub fn new(base: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            agent: config.into(),
            base: base.trim_end_matches('/').to_owned(),
        }
    }

    /// Makes a call.
    ///
    /// # Errors
    /// If no answer comes.
    pub fn send(&self, call: &Call) -> Result<Answer, Stop> {
        let shown = call.shown();
        self.answer(call, &shown)
            .map_err(|error| Stop::Fail(format!("no answer: {error}\n{shown}")))
    }

    fn answer(&self, call: &Call, shown: &str) -> Result<Answer, ureq::Error> {
        let mut request = Request::builder()
            .method(call.method)
            .uri(format!("{}{}", self.base, call.path));
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        let response = match &call.body {
            Some(body) => self.agent.run(request.body(body.clone())?)?,
            None if call.method == "GET" || call.method == "OPTIONS" || call.method == "DELETE" => {
                self.agent.run(request.body(())?)?
            }
            None => self.agent.run(request.body(Vec::new())?)?,
        };
        let (parts, mut body) = response.into_parts();
        let body = body.with_config().limit(ANSWER).read_to_vec()?;
        let status = parts.status.as_u16();
        Ok(Answer {
            status,
            shown: format!(
                "{shown}\n→ {status} {}",
                shortened(&String::from_utf8_lossy(&body))
            ),
            headers: parts.headers,
            body,
        })
    }
}

impl Call {
    /// A call of a path below the mount.
    pub fn new(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: None,
        }
    }

    /// A GET.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new("GET", path)
    }

    /// A POST.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new("POST", path)
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With a token.
    #[must_use]
    pub fn token(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    /// With an Idempotency-Key.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// For a version.
    #[must_use]
    pub fn version(self, version: u64) -> Self {
        self.header("if-match", format!("\"{version}\""))
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.text("application/json", body.to_string())
    }

    /// With any body.
    #[must_use]
    pub fn text(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self.header("content-type", media_type)
    }

    /// As a report shows it.
    fn shown(&self) -> String {
        let mut text = format!("{} {}", self.method, self.path);
        for (name, value) in &self.headers {
            let secret = ["authorization", "idempotency-key"].contains(name);
            let value = if secret { "(not shown)" } else { value };
            let _ = write!(text, "\n{name}: {value}");
        }
        if let Some(body) = &self.body {
            let _ = write!(text, "\n{}", shortened(&String::from_utf8_lossy(body)));
        }
        text
    }
}

impl Answer {
    /// A header, if there is one.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Fails with a reason, showing the call and this answer.
    pub fn fail(&self, why: impl AsRef<str>) -> Stop {
        Stop::Fail(format!("{}\n{}", why.as_ref(), self.shown))
    }

    /// Goes on only if something holds.
    ///
    /// # Errors
    /// The failure, if it does not.
    pub fn must(&self, holds: bool, why: impl AsRef<str>) -> Result<&Self, Stop> {
        if holds { Ok(self) } else { Err(self.fail(why)) }
    }

    /// Goes on only with this status.
    ///
    /// # Errors
    /// The failure, with any other; that the server has had enough of us is none.
    pub fn status(&self, status: u16) -> Result<&Self, Stop> {
        self.patience()?;
        self.must(
            self.status == status,
            format!("should be answered {status}"),
        )
    }

    /// The body as a type.
    ///
    /// # Errors
    /// The failure, if it is none.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Stop> {
        let kind = self.header("content-type").unwrap_or_default();
        self.must(kind.contains("json"), "the answer should be JSON")?;
        serde_json::from_slice(&self.body)
            .map_err(|error| self.fail(format!("the answer has another shape: {error}")))
    }

    /// A problem of this kind, as RFC 9457 has it.
    ///
    /// # Errors
    /// The failure, if the answer is anything else.
    pub fn problem(&self, kind: ProblemType) -> Result<Problem, Stop> {
        if kind != ProblemType::QuotaExceeded {
            self.patience()?;
        }
        let (slug, status) = (kind.slug(), kind.status());
        self.must(self.status == status, format!("should be {status} {slug}"))?;
        let media = self.header("content-type").unwrap_or_default();
        self.must(
            media.starts_with(PROBLEM_JSON),
            format!("a problem should be {PROBLEM_JSON}"),
        )?;
        let problem: Problem = self.json()?;
        self.must(
            problem.problem_type() == Some(kind),
            format!("its type should end in {slug}"),
        )?;
        self.must(
            problem.status == status,
            "its status should be the answer's",
        )?;
        Ok(problem)
    }

    /// Who is told to slow down has not seen what was to be seen.
    fn patience(&self) -> Result<(), Stop> {
        if self.status != 429 {
            return Ok(());
        }
        self.problem(ProblemType::QuotaExceeded)?;
        let seconds = self.header("retry-after").map(str::parse::<u32>);
        self.must(
            matches!(seconds, Some(Ok(_))),
            "429 should say Retry-After in seconds",
        )?;
        Err(Stop::NotObservable(
            "the server has had enough of this client (429)".to_owned(),
        ))
    }
}

fn shortened(text: &str) -> String {
    let mut text = text.to_owned();
    // A token stands in the answer to a hold.
    if let Some(start) = text.find("\"manageToken\":\"") {
        let start = start + "\"manageToken\":\"".len();
        let end = text
            .get(start..)
            .and_then(|rest| rest.find('"'))
            .map_or(text.len(), |length| start + length);
        text.replace_range(start..end, "(not shown)");
    }
    let mut letters = text.chars();
    let shown: String = letters.by_ref().take(SHOWN).collect();
    if letters.next().is_some() {
        shown + " …"
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_show_no_token_and_no_key() {
        let call = Call::post("/x").token("canary-token").key("canary-key");
        let shown = call.version(3).json(&serde_json::json!({ "a": 1 })).shown();
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("if-match: \"3\"") && shown.contains("{\"a\":1}"));
        let body = shortened("{\"manageToken\":\"canary\",\"id\":1}");
        assert_eq!(body, "{\"manageToken\":\"(not shown)\",\"id\":1}");
    }
}
