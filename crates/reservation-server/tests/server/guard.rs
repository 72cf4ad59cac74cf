//! What stands before the small SMTP server where a test wants it: TLS, with this certificate or that, and a
//! login.

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::sink::{Sink, Stream, lock, say};

/// A certificate for `localhost`, for a hundred years, signed by itself; one that was good in January 2020; and
/// somebody else's. The key opens nothing but these tests.
pub const CERTIFICATE: &[u8] = include_bytes!("../octo/tls/localhost.der");
pub const EXPIRED: &[u8] = include_bytes!("../octo/tls/expired.der");
pub const STRANGER: &[u8] = include_bytes!("../octo/tls/stranger.der");
const PRIVATE: &[u8] = include_bytes!("../octo/tls/localhost-key.der");

pub const USER: &str = "reservas@interno.example";
pub const PASSWORD: &str = "canary-password-of-the-house";

/// As the system's own certificates are written.
pub fn pem(certificate: &[u8]) -> String {
    let text = STANDARD.encode(certificate);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

/// When TLS begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// At once.
    First,
    /// When it is asked for.
    Asked,
    /// Never: somebody on the way takes the offer out.
    Stripped,
    /// Never, though it is offered.
    Broken,
}

/// The guard.
pub struct Guard {
    begins: Begins,
    certificate: &'static [u8],
    /// How one logs in.
    mechanism: &'static str,
    heard: Mutex<Vec<String>>,
}

impl Guard {
    pub fn new(begins: Begins, certificate: &'static [u8], mechanism: &'static str) -> Self {
        Self {
            begins,
            certificate,
            mechanism,
            heard: Mutex::default(),
        }
    }

    /// What was said in the clear, or before the login.
    pub fn heard(&self) -> Vec<String> {
        lock(&self.heard).clone()
    }

    fn acceptor(&self) -> TlsAcceptor {
        let key = PrivatePkcs8KeyDer::from(PRIVATE);
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.into()], PrivateKeyDer::from(key))
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }

    pub async fn receive(&self, sink: &Sink, stream: TcpStream) -> Option<()> {
        if self.begins == Begins::First {
            let mut line = BufReader::new(self.acceptor().accept(stream).await.ok()?);
            say(&mut line, "220 sink").await?;
            return self.login(sink, &mut line).await;
        }
        let mut line = BufReader::new(stream);
        say(&mut line, "220 sink").await?;
        loop {
            let said = self.hear(&mut line).await?;
            if said.starts_with("EHLO") {
                let offer = match self.begins {
                    Begins::Stripped => "250-sink\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
                    _ => "250-sink\r\n250-STARTTLS\r\n250 8BITMIME",
                };
                say(&mut line, offer).await?;
            } else if said == "STARTTLS" && self.begins == Begins::Asked {
                say(&mut line, "220 go on").await?;
                let stream = self.acceptor().accept(line.into_inner()).await.ok()?;
                return self.login(sink, &mut BufReader::new(stream)).await;
            } else if said == "STARTTLS" {
                say(&mut line, "454 not now").await?;
            } else if said == "QUIT" {
                return say(&mut line, "221 bye").await;
            } else {
                say(&mut line, "250 ok").await?;
            }
        }
    }

    /// Lets in who says the password.
    async fn login(&self, sink: &Sink, line: &mut BufReader<impl Stream>) -> Option<()> {
        let coded = |text: String| STANDARD.encode(text);
        loop {
            let said = self.hear(line).await?;
            let told = if said.starts_with("EHLO") {
                let offer = format!("250-sink\r\n250-AUTH {}\r\n250 8BITMIME", self.mechanism);
                say(line, &offer).await?;
                continue;
            } else if let Some(told) = said.strip_prefix("AUTH PLAIN ") {
                told == coded(format!("\0{USER}\0{PASSWORD}"))
            } else if said == "AUTH LOGIN" {
                say(line, "334 VXNlcm5hbWU6").await?;
                let user = self.hear(line).await? == coded(USER.to_owned());
                say(line, "334 UGFzc3dvcmQ6").await?;
                user && self.hear(line).await? == coded(PASSWORD.to_owned())
            } else {
                say(line, "530 who are you?").await?;
                continue;
            };
            if told {
                say(line, "235 come in").await?;
                return sink.listen(line).await;
            }
            say(line, "535 nobody knows you").await?;
        }
    }

    async fn hear(&self, line: &mut BufReader<impl Stream>) -> Option<String> {
        let mut said = String::new();
        if line.read_line(&mut said).await.ok()? == 0 {
            return None;
        }
        let said = said.trim_end().to_owned();
        lock(&self.heard).push(said.clone());
        Some(said)
    }
}
