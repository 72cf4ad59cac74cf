//! Asking the API how it is, for whoever runs the site.

use std::cell::Cell;
use std::rc::Rc;

use booking::{Failure, Venue};

use super::{Config, Reply, Wanted, config};
use crate::platform::network::{self, Answer};
use crate::platform::parts;

/// What came of asking.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What `config.json` says, if it could be read.
    pub config: Option<Config>,
    /// The venue, or why there is none.
    pub came: Result<Venue, Failure>,
    /// What the last answer said of itself.
    pub heard: Heard,
}

/// What an answer says of itself; nothing where none came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    /// Its status.
    pub status: Option<u16>,
    /// When it was sent, by the server's clock, if a page may read that.
    pub server_ms: Option<i64>,
}

impl Heard {
    pub(super) fn of(answer: &Answer) -> Self {
        Self {
            status: Some(answer.status),
            server_ms: answer.server_ms,
        }
    }
}

/// Reads `config.json` anew and asks for the venue it names.
pub async fn check() -> Checked {
    let config = match config().await {
        Ok(config) => config,
        Err(why) => return Checked::without(None, why),
    };
    let provider = match config.clone().provider(network::is_secure()) {
        Ok(provider) => provider,
        Err(why) => return Checked::without(Some(config), why),
    };
    if let Some(part) = provider.part() {
        parts::bring(part).await;
    }
    let heard = Rc::new(Cell::default());
    let reply = provider
        .carry(provider.begin(Wanted::Venue), heard.clone())
        .await;
    Checked {
        config: Some(config),
        came: reply.and_then(Reply::venue),
        heard: heard.get(),
    }
}

impl Checked {
    fn without(config: Option<Config>, why: Failure) -> Self {
        Self {
            config,
            came: Err(why),
            heard: Heard::default(),
        }
    }
}
