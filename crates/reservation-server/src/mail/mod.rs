//! Guests are written to: what the outbox holds becomes letters, and those are handed to an SMTP server, at
//! least once each. A message that is sent again has the same Message-ID.

pub mod body;
pub mod letter;
pub mod smtp;
pub mod words;

mod sender;

use std::path::Path;
use std::sync::Arc;

use lettre::message::Mailbox;

use crate::clock::SharedClock;
use crate::secret::TokenKey;
use crate::settings::{Messages, Settings};
use crate::store::Store;

use body::Sender;
use smtp::Server;
use words::Words;

/// Everything that sending takes.
pub struct Mailer {
    settings: Settings,
    messages: Messages,
    words: Words,
    tokens: Arc<TokenKey>,
    sender: Sender,
    server: Server,
    store: Store,
    clock: SharedClock,
}

impl Mailer {
    /// Puts the parts together; nothing is sent yet. None where no server for mail is named.
    ///
    /// # Errors
    /// One sentence about the words, the password or the certificates.
    pub fn new(
        settings: &Settings,
        password: Option<String>,
        tokens: &Arc<TokenKey>,
        store: &Store,
        clock: &SharedClock,
    ) -> Result<Option<Self>, String> {
        let Some(messages) = settings.messages.clone() else {
            return Ok(None);
        };
        let mailbox = |text: &str| {
            let read = text.parse::<Mailbox>();
            read.map_err(|_| format!("messages.from or reply_to: {text} is no address"))
        };
        let sender = Sender {
            from: mailbox(&messages.from)?,
            reply_to: messages.reply_to.as_deref().map(mailbox).transpose()?,
        };
        let password = match (&messages.user, password, &messages.password_file) {
            (None, ..) => None,
            (Some(_), Some(password), _) => Some(password),
            (Some(_), None, Some(file)) => Some(read_password(file)?),
            (Some(user), None, None) => {
                return Err(format!(
                    "mail: {user} has no password: put it into RESERVATION_SMTP_PASSWORD or messages.password_file"
                ));
            }
        };
        Ok(Some(Self {
            words: Words::load(messages.words.as_deref())?,
            server: Server::new(&messages, &sender.from.email, password)?,
            settings: settings.clone(),
            messages,
            tokens: Arc::clone(tokens),
            sender,
            store: store.clone(),
            clock: Arc::clone(clock),
        }))
    }
}

/// A password in a file that others can read is everybody's.
fn read_password(file: &Path) -> Result<String, String> {
    let name = file.display();
    let cannot = |error: std::io::Error| format!("cannot read the mail password {name}: {error}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(file)
            .map_err(cannot)?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            return Err(format!(
                "others can read the mail password {name}: chmod 600 {name}"
            ));
        }
    }
    let text = std::fs::read_to_string(file).map_err(cannot)?;
    let password = text.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(format!("the mail password {name} is empty"));
    }
    Ok(password.to_owned())
}
