//! A conversation with the SMTP server, and whose fault it is when it goes wrong.
//!
//! What a server answers is never told to anybody: it likes to repeat the guest's address. The place in the
//! conversation and the number it said are enough.

use std::error::Error as _;
use std::path::Path;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
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
    /// Whom to trust beside those the system does.
    authorities: Vec<Certificate>,
    credentials: Option<Credentials>,
    hello: ClientId,
    patience: Duration,
}

/// The line to the server: open as long as there is something to send.
#[derive(Default)]
pub struct Line(Option<AsyncSmtpConnection>);

impl Server {
    /// The server of the settings.
    ///
    /// # Errors
    /// One sentence about the file of certificates.
    pub fn new(
        messages: &Messages,
        from: &Address,
        password: Option<String>,
    ) -> Result<Self, String> {
        let user = messages.user.clone();
        let server = Self {
            host: messages.host.clone(),
            port: messages.port,
            tls: messages.tls,
            authorities: authorities(messages.ca_file.as_deref())?,
            credentials: user
                .zip(password)
                .map(|(user, password)| Credentials::new(user, password)),
            hello: ClientId::Domain(from.domain().to_owned()),
            patience: Duration::from_secs(messages.patience_seconds.into()),
        };
        // What can be trusted by nobody is told now, and not to the log for days.
        match (&messages.ca_file, server.parameters()) {
            (Some(file), Err(_)) => Err(no_certificate(file)),
            _ => Ok(server),
        }
    }

    /// What a connection is kept from others by: the name has to be on a certificate that somebody trusted has
    /// signed.
    fn parameters(&self) -> Result<TlsParameters, Error> {
        let mut builder = TlsParameters::builder(self.host.clone());
        for authority in &self.authorities {
            builder = builder.add_root_certificate(authority.clone());
        }
        builder.build()
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Fault> {
        match tokio::time::timeout(self.patience, self.reach()).await {
            Ok(reached) => reached.map_err(Fault::Away),
            Err(_) => Err(Fault::Away("no answer in time when connecting".to_owned())),
        }
    }

    /// Nothing of a guest, and no password, is said before the connection is what the settings want.
    async fn reach(&self) -> Result<AsyncSmtpConnection, String> {
        let first = match self.tls {
            Tls::Wrapper => Some(self.parameters()),
            Tls::StartTls | Tls::None => None,
        };
        let first = first
            .transpose()
            .map_err(|error| beginning(&error, "TLS"))?;
        let (to, patience) = ((self.host.as_str(), self.port), Some(self.patience));
        let line = AsyncSmtpConnection::connect_tokio1(to, patience, &self.hello, first, None);
        let mut line = line
            .await
            .map_err(|error| beginning(&error, "the greeting"))?;
        if self.tls == Tls::StartTls {
            let parameters = self
                .parameters()
                .map_err(|error| beginning(&error, "TLS"))?;
            line.starttls(parameters, &self.hello)
                .await
                .map_err(|error| beginning(&error, "STARTTLS"))?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(&[Mechanism::Plain, Mechanism::Login], credentials)
                .await
                .map_err(|error| beginning(&error, "the login"))?;
        }
        Ok(line)
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

/// The certificates of a file, as PEM.
fn authorities(file: Option<&Path>) -> Result<Vec<Certificate>, String> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    let Some(file) = file else {
        return Ok(Vec::new());
    };
    let name = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("cannot read the certificates {name}: {error}"))?;
    let parts = text.split(BEGIN).skip(1);
    let all = parts.map(|part| Certificate::from_pem([BEGIN, part].concat().as_bytes()));
    let all: Result<Vec<_>, _> = all.collect();
    match all {
        Ok(all) if !all.is_empty() => Ok(all),
        _ => Err(no_certificate(file)),
    }
}

fn no_certificate(file: &Path) -> String {
    let name = file.display();
    format!("{name} has no certificate in it that can be read (PEM)")
}

/// Before anything of a guest was said, the whole reason may be told.
fn beginning(error: &Error, place: &str) -> String {
    if error.status().is_some() {
        return said(place, error);
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
