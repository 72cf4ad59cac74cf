//! Calls to the release from outside: curl, which speaks HTTP/2 and knows one certificate.

use std::path::Path;

use serde_json::Value;

use crate::{
    dist::EXAMPLE,
    program::Program,
    trouble::{OrSay, Outcome, Trouble},
};

/// Who calls, and where the release is on this machine.
pub struct Client<'a> {
    pub certificate: &'a Path,
    /// The ports that stand for 443 and 80.
    pub ports: (u16, u16),
}

/// What came back.
pub struct Answer {
    pub protocol: String,
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Client<'_> {
    /// Asks for an address of the release; `options` are curl's.
    pub fn ask(&self, url: &str, options: &[&str]) -> Outcome<Answer> {
        let text = self.curl(url).arg("--include").args(options).output()?;
        Answer::read(&text)
            .ok_or_else(|| Trouble::new(format!("What came back from {url} is no answer: {text}")))
    }

    /// The same by https.
    pub fn get(&self, path: &str, options: &[&str]) -> Outcome<Answer> {
        self.ask(&["https://", EXAMPLE, path].concat(), options)
    }

    /// A call of the API that sends JSON, or nothing.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[String],
        body: Option<&Value>,
    ) -> Outcome<Answer> {
        let body = body.map(Value::to_string);
        let mut options = vec!["--request", method];
        for header in headers {
            options.extend(["--header", header]);
        }
        if let Some(body) = &body {
            options.extend(["--header", "Content-Type: application/json", "--data", body]);
        }
        self.get(&["/api/v1", path].concat(), &options)
    }

    /// The bytes of a file as they travel, into a file.
    pub fn fetch(&self, path: &str, options: &[&str], into: &Path) -> Outcome {
        let url = ["https://", EXAMPLE, path].concat();
        let curl = self.curl(&url).args(options).arg("--output").arg(into);
        curl.run()
    }

    fn curl(&self, url: &str) -> Program {
        let stand_in = |port: u16, own: u16| format!("{EXAMPLE}:{port}:127.0.0.1:{own}");
        Program::new("curl")
            .args(["--silent", "--show-error", "--max-time", "20"])
            // Nobody's own habits.
            .env("CURL_HOME", "/nowhere")
            .without_env("https_proxy")
            .without_env("HTTPS_PROXY")
            .without_env("ALL_PROXY")
            .args(["--noproxy", "*"])
            .args(["--connect-to", &stand_in(443, self.ports.0)])
            .args(["--connect-to", &stand_in(80, self.ports.1)])
            .files(&[("--cacert", self.certificate)])
            .arg(url)
    }
}

impl Answer {
    fn read(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let (protocol, rest) = lines.next()?.split_once(' ')?;
        let status = rest.split(' ').next()?.parse().ok()?;
        let headers = lines.filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_lowercase(), value.trim().to_owned()))
        });
        Some(Self {
            protocol: protocol.to_owned(),
            status,
            headers: headers.collect(),
            body: body.to_owned(),
        })
    }

    /// A header that has to be there, once.
    pub fn header(&self, name: &str) -> Outcome<&str> {
        let mut found = self.headers.iter().filter(|(its, _)| its == name);
        match (found.next(), found.next()) {
            (Some((_, value)), None) => Ok(value),
            (None, _) => Err(Trouble::new(format!(
                "An answer with {} has no {name}.",
                self.status
            ))),
            (Some(_), Some(_)) => Err(Trouble::new(format!(
                "An answer with {} says {name} twice.",
                self.status
            ))),
        }
    }

    /// The status that was expected.
    pub fn with(self, status: u16) -> Outcome<Self> {
        if self.status == status {
            return Ok(self);
        }
        Err(Trouble::new(format!(
            "{status} was expected and {} came: {}",
            self.status, self.body
        )))
    }

    pub fn json(&self) -> Outcome<Value> {
        serde_json::from_str(&self.body).or_say(|| format!("understand `{}`", self.body))
    }

    /// A text in the answer's JSON.
    pub fn text(&self, pointer: &str) -> Outcome<String> {
        let json = self.json()?;
        let found = json.pointer(pointer).and_then(Value::as_str);
        found
            .map(str::to_owned)
            .ok_or_else(|| Trouble::new(format!("There is no {pointer} in `{}`.", self.body)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_and_its_headers_counted() {
        let text = "HTTP/2 404 \r\nvary: a\r\nVary: b\r\netag: \"x\"\r\n\r\nno\r\n\r\nthing";
        let answer = Answer::read(text).expect("an answer");
        assert_eq!((answer.status, answer.protocol.as_str()), (404, "HTTP/2"));
        assert_eq!(answer.header("etag").expect("once"), "\"x\"");
        assert!(answer.header("vary").is_err());
        assert!(answer.header("location").is_err());
        assert_eq!(answer.body, "no\r\n\r\nthing");
        assert!(answer.with(200).is_err());
    }
}
