//! HTTP/1.1 as far as a proxy of one call a connection needs it.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use serde_json::Value;

use super::{Texts, Words};
use crate::failure::{Failure, Outcome};

const END: &[u8] = b"\r\n\r\n";
/// No head of a request is longer; a body is read by its length.
const LONGEST_HEAD: usize = 65_536;

/// What the browser asks for.
pub struct Asked {
    pub method: String,
    pub path: String,
    head: String,
    body: Vec<u8>,
}

impl Asked {
    /// Reads a whole request; nothing where the browser opened a connection that it did not need.
    pub async fn read(browser: &mut TcpStream) -> Outcome<Option<Self>> {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(at) = bytes.windows(END.len()).position(|at| at == END) {
                break at + END.len();
            }
            if browser.read_buf(&mut bytes).await? == 0 {
                return Ok(None);
            }
            if bytes.len() > LONGEST_HEAD {
                return Err(Failure::new("The head of a request does not end."));
            }
        };
        let mut body = bytes.split_off(end);
        let head = String::from_utf8(bytes)?;
        let length = header(&head, "content-length").and_then(|length| length.parse().ok());
        let length: usize = length.unwrap_or_default();
        while body.len() < length && browser.read_buf(&mut body).await? > 0 {}
        let mut words = head.split(' ').map(str::to_owned);
        let (Some(method), Some(path)) = (words.next(), words.next()) else {
            return Ok(None);
        };
        Ok(Some(Self {
            method,
            path,
            head,
            body,
        }))
    }

    /// Asks the server the same, and answers all that it says.
    pub async fn pass_on(&self, server: u16) -> Outcome<Answered> {
        let mut stream = TcpStream::connect(("127.0.0.1", server)).await?;
        // Every answer is a whole one: of "not changed" nothing could be cut or garbled.
        let head = without_header(&self.head, "If-None-Match");
        let head = with_header(&head, "Connection", "close");
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&self.body).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let end = answer.windows(END.len()).position(|at| at == END);
        let end = end.ok_or_else(|| Failure::new("The server's answer has no head."))?;
        let body = answer.split_off(end + END.len());
        let mut head = String::from_utf8(answer)?;
        if !self.path.ends_with('/') {
            // Nor is a file kept that came before its fault. Pages may be: Back shows them as they were.
            head = with_header(&head, "Cache-Control", "no-store");
        }
        Ok(Answered { head, body })
    }
}

/// What comes back.
pub struct Answered {
    head: String,
    body: Vec<u8>,
}

impl Answered {
    pub fn of(words: Words) -> Self {
        let Words {
            status,
            headers,
            body,
        } = words;
        let length = body.len();
        Self {
            head: format!(
                // Told to any origin, as by a gateway in front of an API for browsers.
                "HTTP/1.1 {status}\r\nConnection: close\r\nCache-Control: no-store\r\n\
                 Access-Control-Allow-Origin: *\r\n{headers}Content-Length: {length}\r\n\r\n"
            ),
            body: body.as_bytes().to_vec(),
        }
    }

    /// Half of it is lost, and its head does not know.
    pub fn cut(&mut self) {
        self.body.truncate(self.body.len() / 2);
    }

    /// It says that it is something else.
    pub fn call(&mut self, kind: &str) {
        self.head = with_header(&self.head, "Content-Type", kind);
    }

    /// These words stand at the end of its texts.
    pub fn taint(&mut self, texts: Texts, words: &str) -> Outcome {
        let mut value = serde_json::from_slice(&self.body)?;
        taint(&mut value, None, texts, words);
        self.say(value.to_string());
        Ok(())
    }

    /// It is longer by a field that nobody knows.
    pub fn swell(&mut self, megabytes: usize) -> Outcome {
        let mut value = serde_json::from_slice(&self.body)?;
        let padding = Value::from("A".repeat(megabytes << 20));
        match &mut value {
            Value::Object(fields) => {
                fields.insert("padding".to_owned(), padding);
            }
            Value::Array(values) => values.push(padding),
            _ => return Err(Failure::new("This answer cannot grow.")),
        }
        self.say(value.to_string());
        Ok(())
    }

    fn say(&mut self, body: String) {
        self.head = with_header(&self.head, "Content-Length", &body.len().to_string());
        self.body = body.into_bytes();
    }

    pub async fn write(&self, browser: &mut TcpStream) -> Outcome {
        browser.write_all(self.head.as_bytes()).await?;
        browser.write_all(&self.body).await?;
        Ok(browser.shutdown().await?)
    }
}

/// The fields that are written for people, by their names in both dialects.
const FOR_PEOPLE: [&str; 22] = [
    "es",
    "en",
    "name",
    "label",
    "reason",
    "title",
    "detail",
    "reference",
    "givenName",
    "familyName",
    "note",
    "notes",
    "internalName",
    "shortDescription",
    "description",
    "supplierReference",
    "resellerReference",
    "firstName",
    "lastName",
    "fullName",
    "errorMessage",
    "notice",
];

fn taint(value: &mut Value, name: Option<&str>, texts: Texts, words: &str) {
    let is_meant = texts == Texts::All || name.is_some_and(|name| FOR_PEOPLE.contains(&name));
    match value {
        Value::String(text) if is_meant => text.push_str(words),
        Value::Array(values) => {
            for value in values {
                taint(value, name, texts, words);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                taint(value, Some(name.as_str()), texts, words);
            }
        }
        _ => {}
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(its, _)| its.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

/// The same head, with this header and no other of its name.
fn with_header(head: &str, name: &str, value: &str) -> String {
    let head = without_header(head, name);
    format!("{}\r\n{name}: {value}\r\n\r\n", head.trim_end())
}

fn without_header(head: &str, name: &str) -> String {
    let is_it = |line: &&str| {
        line.split_once(':')
            .is_some_and(|(its, _)| its.eq_ignore_ascii_case(name))
    };
    let lines = head.trim_end().split("\r\n").filter(|line| !is_it(line));
    let lines: Vec<_> = lines.collect();
    [&lines.join("\r\n"), "\r\n\r\n"].concat()
}
