//! What the house does at its own desk, while the server serves: it looks, answers, cancels, writes down who
//! came, takes bookings by telephone and places out of sale.
//!
//! A command is another process on the same database. It takes places in the same transactions as a guest
//! does, so nothing is oversold; what the server has kept in memory is a second old at most.

mod act;
mod export;
mod line;
mod privacy;
mod tell;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::{Date, Time};

use crate::clock::SharedClock;
pub use crate::rules::house::Action;
use crate::server::{DATABASE, with_post};
use crate::settings::{self, Serving, Settings};
use crate::store::{Store, StoreError};

pub use line::{HELP, is_command, parse};
pub use privacy::Who;

/// How often a command asks again for a database that somebody else is writing. Each time it waits a few
/// seconds already.
const PATIENCE: u32 = 12;
const PAUSE: Duration = Duration::from_millis(100);

const NO_BOOK: &str = "these settings are for a server in front of a supplier's API: the supplier keeps the book, and its own \
    desk is where to look";

/// Where everything is.
#[derive(Clone, Debug)]
pub struct Place {
    /// The server's data folder.
    pub data: PathBuf,
    /// The server's settings.
    pub settings: Option<PathBuf>,
    /// The server's PostgreSQL.
    pub database_url: Option<String>,
}

/// A command.
#[derive(Clone, Debug)]
pub struct Order {
    /// Where.
    pub place: Place,
    /// Told to a program.
    pub json: bool,
    /// Nobody is asked.
    pub yes: bool,
    /// What.
    pub what: What,
}

/// Which seatings of a day: a start, and an area and a service.
type Which = (Option<Time>, (Option<String>, Option<String>));

/// What is to be done.
#[derive(Clone, Debug)]
pub enum What {
    /// The bookings of a day.
    List(Date),
    /// A booking.
    Show(String),
    /// Something about a booking.
    Act(Action, String),
    /// A new booking.
    Add(Box<Add>),
    /// Places out of sale.
    Block {
        /// Day.
        date: Date,
        /// Seatings.
        which: Which,
        /// So many of each; all where nothing is said.
        places: Option<u32>,
    },
    /// Places back on sale.
    Unblock {
        /// Day.
        date: Date,
        /// Seatings.
        which: Which,
    },
    /// What is out of sale.
    Blocks,
    /// A day for the kitchen and the door.
    Export {
        /// Day.
        date: Date,
        /// For whom.
        format: Format,
    },
    /// Mail that was not sent.
    Messages,
    /// Mail that is tried again.
    Retry(String),
    /// What is deleted by itself.
    Retention,
    /// What is held on somebody.
    Subject(Who),
    /// Erasing it.
    Erase(Who),
}

/// A booking by telephone.
#[derive(Clone, Debug)]
pub struct Add {
    /// Day.
    pub date: Date,
    /// Start.
    pub time: Time,
    /// People.
    pub people: u32,
    /// Given name.
    pub name: String,
    /// Family name.
    pub family: String,
    /// Number.
    pub phone: String,
    /// Address.
    pub email: String,
    /// Language.
    pub locale: String,
    /// Anything else.
    pub note: Option<String>,
    /// Part of the house.
    pub area: Option<String>,
    /// Service.
    pub service: Option<String>,
}

/// For whom a day is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table.
    Csv,
    /// A program.
    Json,
}

/// The desk: settings, database, clock, and somebody to ask.
struct Desk<'a> {
    settings: Settings,
    store: Store,
    clock: SharedClock,
    json: bool,
    ask: &'a mut dyn FnMut(&str) -> Result<bool, String>,
}

/// Does what a command says, and answers what to print. `ask` is told what is about to be given up, and says
/// whether it is.
///
/// # Errors
/// One sentence; then nothing was changed.
pub async fn run(
    order: Order,
    clock: SharedClock,
    ask: &mut dyn FnMut(&str) -> Result<bool, String>,
) -> Result<String, String> {
    let settings = match settings::load(order.place.settings.as_deref())? {
        Serving::House(settings) => *settings,
        Serving::Octo(_) => return Err(NO_BOOK.to_owned()),
    };
    let store = open(&order.place, &clock).await?;
    // The server sends: it looks for what others write.
    let store = with_post(store, &settings, &Arc::default());
    let store = store.with_retention(settings.retention.clone());
    let mut never = |_: &str| Ok(true);
    let mut desk = Desk {
        settings,
        store: store.clone(),
        clock,
        json: order.json,
        ask: if order.yes { &mut never } else { ask },
    };
    let told = desk.work(order.what).await;
    store.close().await;
    told
}

async fn open(place: &Place, clock: &SharedClock) -> Result<Store, String> {
    if let Some(url) = &place.database_url {
        let opened = Store::connect_beside(url, clock.clone()).await;
        return opened.map_err(|error| format!("the database of DATABASE_URL: {error}"));
    }
    let file = place.data.join(DATABASE);
    if !file.exists() {
        return Err(format!(
            "{} is not there: no server has served from this folder; --data names another",
            file.display()
        ));
    }
    let opened = Store::beside(&file, clock.clone()).await;
    opened.map_err(|error| format!("{}: {error}", file.display()))
}

impl Desk<'_> {
    async fn work(&mut self, what: What) -> Result<String, String> {
        match what {
            What::List(date) => {
                let records = self.store.of_day(date).await.map_err(failed)?;
                Ok(tell::list(self, date, &records))
            }
            What::Show(name) => {
                let record = self.named(&name).await?;
                Ok(tell::one(self, &record))
            }
            What::Act(action, name) => self.act(action, &name).await,
            What::Add(wish) => self.add(&wish).await,
            What::Block {
                date,
                which,
                places,
            } => self.block(date, &which, places).await,
            What::Unblock { date, which } => self.unblock(date, &which).await,
            What::Blocks => self.blocks().await,
            What::Export { date, format } => {
                let records = self.store.of_day(date).await.map_err(failed)?;
                Ok(export::export(&self.settings, &records, format))
            }
            What::Messages => {
                let messages = self.store.messages().await.map_err(failed)?;
                Ok(tell::messages(self, &messages))
            }
            What::Retry(id) => self.retry(&id).await,
            What::Retention => self.retention().await,
            What::Subject(who) => self.subject(&who).await,
            What::Erase(who) => self.erase(&who).await,
        }
    }
}

/// Asks a store that another process may be writing to.
async fn patiently<T>(ask: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, String> {
    for _ in 1..PATIENCE {
        match ask().await {
            Err(error) if error.is_busy() => tokio::time::sleep(PAUSE).await,
            done => return done.map_err(failed),
        }
    }
    ask().await.map_err(failed)
}

fn failed(error: StoreError) -> String {
    format!("the database: {error}")
}
