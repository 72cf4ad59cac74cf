//! A client that costs next to nothing, so that the figures are the server's: one connection, one call at
//! a time, bytes in and bytes out.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

/// A connection that stays open.
pub struct Wire {
    stream: TcpStream,
    heard: Vec<u8>,
}

/// What was answered.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    pub took: Duration,
}

impl Wire {
    pub fn to(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self {
            stream,
            heard: Vec::new(),
        })
    }

    /// Asks for a path.
    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.call(&format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n"))
    }

    /// Sends JSON; `headers` end with a line's end each.
    pub fn post(&mut self, path: &str, headers: &str, body: &Value) -> io::Result<Answer> {
        let body = body.to_string();
        self.call(&format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n{headers}\r\n{body}",
            body.len()
        ))
    }

    fn call(&mut self, request: &str) -> io::Result<Answer> {
        let start = Instant::now();
        self.stream.write_all(request.as_bytes())?;
        self.heard.clear();
        let head = loop {
            if let Some(end) = find(&self.heard, b"\r\n\r\n") {
                break end + 4;
            }
            self.hear()?;
        };
        let text = String::from_utf8_lossy(self.heard.get(..head).unwrap_or_default());
        let status = text.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.ok_or_else(|| io::Error::other("no status"))?;
        let length = length(&text);
        while self.heard.len() < head + length {
            self.hear()?;
        }
        Ok(Answer {
            status,
            body: self.heard.get(head..).unwrap_or_default().to_vec(),
            took: start.elapsed(),
        })
    }

    fn hear(&mut self) -> io::Result<()> {
        let mut buffer = [0; 16 * 1024];
        let length = self.stream.read(&mut buffer)?;
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.heard
            .extend_from_slice(buffer.get(..length).unwrap_or_default());
        Ok(())
    }
}

impl Answer {
    /// The body, where the call did what it was for.
    pub fn json(&self, status: u16) -> io::Result<Value> {
        if self.status != status {
            let said = String::from_utf8_lossy(&self.body);
            return Err(io::Error::other(format!("{} {said}", self.status)));
        }
        Ok(serde_json::from_slice(&self.body)?)
    }
}

fn find(heard: &[u8], what: &[u8]) -> Option<usize> {
    heard.windows(what.len()).position(|part| part == what)
}

fn length(head: &str) -> usize {
    let mut lines = head.lines();
    let line = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then_some(value)
    });
    line.and_then(|value| value.trim().parse().ok())
        .unwrap_or_default()
}
