//! How the server writes to guests.

use std::path::PathBuf;

use reservation_contract::Text;

/// Everything there is to know before a message can be sent, but for the password.
#[derive(Clone, Debug)]
pub struct Messages {
    /// The SMTP server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept from others.
    pub tls: Tls,
    /// Certificates of those to trust beside whom the system does.
    pub ca_file: Option<PathBuf>,
    /// Whom to log in as, where the server asks.
    pub user: Option<String>,
    /// Where its password is kept.
    pub password_file: Option<PathBuf>,
    /// `Name <address>`.
    pub from: String,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// Where the house hears of its bookings.
    pub venue_copy: Option<String>,
    /// The page that opens a reservation, in each language.
    pub manage_url: Text,
    /// The page that books, in each language.
    pub booking_url: Text,
    /// Words in place of the built-in ones.
    pub words: Option<PathBuf>,
    /// Seconds an SMTP server may take for an answer.
    pub patience_seconds: u32,
}

/// How a connection to an SMTP server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first byte.
    Wrapper,
    /// TLS after a word in the clear; without it nothing is sent.
    StartTls,
    /// None: only to this machine.
    None,
}
