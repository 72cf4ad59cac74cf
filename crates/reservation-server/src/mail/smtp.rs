//! A conversation with the SMTP server, and whose fault it is when it goes wrong.
//!
//! What a server answers is never told to anybody: it likes to repeat the guest's address. The place in the
//! conversation and the number it said are enough.

use std::error::Error as _;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};

use crate::settings::{Messages, Tls};

/// The server is going away.
const CLOSING: u16 = 421;

/// Why a message was not handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The server is not there, or takes nothing from us: other messages fare no better.
    Away(String),
    /// It does not take this one now.
    Later(String),
    /// It will never take this one.
    Never(String),
}

/// Where the server is, and what it wants to know.
pub struct Server {
    host: String,
    port: u16,
    tls: Tls,
    credentials: Option<Credentials>,
    hello: ClientId,
    patience: Duration,
}

/// The line to the server: open as long as there is something to send.
#[derive(Default)]
pub struct Line(Option<AsyncSmtpConnection>);

impl Server {
    /// The server of the settings.
    pub fn new(messages: &Messages, from: &Address, password: Option<String>) -> Self {
        let user = messages.user.clone();
        Self {
            host: messages.host.clone(),
            port: messages.port,
            tls: messages.tls,
            credentials: user
                .zip(password)
                .map(|(user, password)| Credentials::new(user, password)),
            hello: ClientId::Domain(from.domain().to_owned()),
            patience: Duration::from_secs(messages.patience_seconds.into()),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Fault> {
        let reach = async {
            let parameters = || TlsParameters::new(self.host.clone());
            let first = match self.tls {
                Tls::Wrapper => Some(parameters()?),
                Tls::StartTls | Tls::None => None,
            };
            let to = (self.host.as_str(), self.port);
            let patience = Some(self.patience);
            let mut line =
                AsyncSmtpConnection::connect_tokio1(to, patience, &self.hello, first, None).await?;
            if self.tls == Tls::StartTls {
                line.starttls(parameters()?, &self.hello).await?;
            }
            if let Some(credentials) = &self.credentials {
                line.auth(&[Mechanism::Plain, Mechanism::Login], credentials)
                    .await?;
            }
            Ok::<_, Error>(line)
        };
        match tokio::time::timeout(self.patience, reach).await {
            Ok(Ok(line)) => Ok(line),
            Ok(Err(error)) => Err(Fault::Away(beginning(&error))),
            Err(_) => Err(Fault::Away("no answer in time when connecting".to_owned())),
        }
    }

    /// Hands a message over.
    ///
    /// # Errors
    /// Whose fault it is, and what happened, without anything of the guest. The line is closed then.
    pub async fn send(
        &self,
        line: &mut Line,
        (from, to): (&Address, &Address),
        message: &[u8],
    ) -> Result<(), Fault> {
        let (mut open, used) = match line.0.take() {
            Some(open) => (open, true),
            None => (self.connect().await?, false),
        };
        if let Err(error) = self.begin(&mut open, from, to, message).await {
            self.hang_up(open).await;
            if !used {
                return Err(error);
            }
            // A line that was silent for a while may be closed at the other end.
            open = self.connect().await?;
            self.begin(&mut open, from, to, message).await?;
        }
        let rest = async {
            open.command(Rcpt::new(to.clone(), Vec::new()))
                .await
                .map_err(|error| refused("RCPT", &error))?;
            open.command(Data)
                .await
                .map_err(|error| later("DATA", &error))?;
            open.message(message)
                .await
                .map_err(|error| refused("the message", &error))
        };
        let done = tokio::time::timeout(self.patience, rest).await;
        match done.unwrap_or_else(|_| Err(Fault::Away("no answer in time".to_owned()))) {
            Ok(_) => {
                line.0 = Some(open);
                Ok(())
            }
            Err(fault) => {
                self.hang_up(open).await;
                Err(fault)
            }
        }
    }

    async fn begin(
        &self,
        line: &mut AsyncSmtpConnection,
        from: &Address,
        to: &Address,
        message: &[u8],
    ) -> Result<(), Fault> {
        let server = line.server_info();
        let mut parameters = Vec::new();
        if !to.to_string().is_ascii() {
            if !server.supports_feature(Extension::SmtpUtfEight) {
                return Err(Fault::Never(
                    "the server takes no address like that".to_owned(),
                ));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !message.is_ascii() {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let mail = line.command(Mail::new(Some(from.clone()), parameters));
        match tokio::time::timeout(self.patience, mail).await {
            Ok(Ok(_)) => Ok(()),
            // Whom it does not take mail from is the same for every guest.
            Ok(Err(error)) => Err(Fault::Away(said("MAIL", &error))),
            Err(_) => Err(Fault::Away("no answer in time".to_owned())),
        }
    }

    async fn hang_up(&self, mut line: AsyncSmtpConnection) {
        let _ = tokio::time::timeout(self.patience, line.abort()).await;
    }

    /// Says goodbye, if there is anybody.
    pub async fn leave(&self, line: Line) {
        if let Some(mut open) = line.0 {
            let _ = tokio::time::timeout(self.patience, open.quit()).await;
        }
    }
}

/// Before anything of a guest was said, the whole reason may be told.
fn beginning(error: &Error) -> String {
    if error.status().is_some() {
        return said("the greeting", error);
    }
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(reason) = source {
        let reason_text = reason.to_string();
        if !text.contains(&reason_text) {
            text = format!("{text}: {reason_text}");
        }
        source = reason.source();
    }
    text
}

fn said(place: &str, error: &Error) -> String {
    match error.status() {
        Some(code) => format!("the server said {code} to {place}"),
        None if error.is_response() => {
            format!("the server said nothing that can be read to {place}")
        }
        None => format!("the connection broke at {place}"),
    }
}

fn is_closing(error: &Error) -> bool {
    error
        .status()
        .is_some_and(|code| u16::from(code) == CLOSING)
}

fn later(place: &str, error: &Error) -> Fault {
    if error.status().is_none() || is_closing(error) {
        Fault::Away(said(place, error))
    } else {
        Fault::Later(said(place, error))
    }
}

/// 5xx is about this guest or this message; 4xx passes; anything else is about the server.
fn refused(place: &str, error: &Error) -> Fault {
    if error.is_permanent() {
        Fault::Never(said(place, error))
    } else {
        later(place, error)
    }
}
