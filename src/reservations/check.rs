//! Asking the API how it is, for whoever runs the site.

use std::cell::Cell;
use std::rc::Rc;

use booking::{CalendarQuery, Date, Failure, Venue};

use super::{Config, Provider, Reply, Wanted, config, octo};
use crate::platform::network::{self, Answer};
use crate::platform::parts;

/// What came of asking.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What `config.json` says, if it could be read.
    pub config: Option<Config>,
    /// The venue, or why there is none.
    pub came: Result<Venue, Failure>,
    /// The first night that is free, if any is.
    pub first_free: Option<Date>,
    /// Who the supplier is, in its own words, or why it does not say; of an API that has suppliers.
    pub supplier: Option<Result<String, Failure>>,
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

/// Reads `config.json` anew, and asks for the venue it names and for its nights from this day on: an API
/// that tells of the one may refuse the other, and one of them is asked for nothing else.
pub async fn check(today: Date) -> Checked {
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
    let venue = provider
        .carry(provider.begin(Wanted::Venue), heard.clone())
        .await;
    let mut checked = Checked::without(Some(config), Failure::Unreachable);
    checked.came = venue.and_then(Reply::venue);
    if let Ok(venue) = &checked.came {
        let query = CalendarQuery {
            month: today.month(),
            party: venue.party_min,
        };
        let nights = provider.carry(provider.begin(Wanted::Calendar(query)), heard.clone());
        match nights.await.and_then(Reply::calendar) {
            Ok(nights) => checked.first_free = nights.first_available,
            Err(why) => checked.came = Err(why),
        }
    }
    checked.heard = heard.get();
    // Nobody needs it to book, so nothing else hangs on it.
    if let (Provider::Octo(api), Ok(_)) = (&provider, &checked.came) {
        checked.supplier = Some(octo::door::who(api).await);
    }
    checked
}

impl Checked {
    fn without(config: Option<Config>, why: Failure) -> Self {
        Self {
            config,
            came: Err(why),
            first_free: None,
            supplier: None,
            heard: Heard::default(),
        }
    }
}
