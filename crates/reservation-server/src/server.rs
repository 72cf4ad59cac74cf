//! Start and stop. Whatever is wrong at start is one sentence that names the thing.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::clock::SharedClock;
use crate::door;
use crate::http::{self, App};
use crate::mail::Mailer;
use crate::octo::{self, ApiKey, Counter, Supplier};
use crate::retention::Retention;
use crate::seat::Seat;
use crate::secret::{self, TokenKey};
use crate::settings::{self, Serving, Settings};
use crate::site::Site;
use crate::store::{Post, Store};

/// The database in a data folder.
pub(crate) const DATABASE: &str = "reservations.sqlite";
/// How often what has been kept long enough is forgotten.
const FORGET_EVERY: Duration = Duration::from_hours(1);
/// How long calls under way may take to end after the signal.
const GOODBYE: Duration = Duration::from_secs(10);

const OTHER_KEY: &str = "the manage links of the reservations in this database were made with another token key: put \
    its file back, or give every server the same RESERVATION_TOKEN_KEY; to break those links for good, empty the table \
    token_key";

/// What to start.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where the database and the key live; made if missing.
    pub data: PathBuf,
    /// The finished site to serve, if any.
    pub site: Option<PathBuf>,
    /// Settings in place of the built-in ones.
    pub settings: Option<PathBuf>,
    /// Key in place of the key file: 64 hex digits.
    pub token_key: Option<String>,
    /// A PostgreSQL in place of the database file: `postgres://…`.
    pub database_url: Option<String>,
    /// The key of a supplier whose API this server stands in front of, in place of the file in its settings.
    pub octo_key: Option<String>,
    /// The password of `messages.user`, in place of a file.
    pub smtp_password: Option<String>,
}

/// A server that listens.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    book: Option<Book>,
}

/// Where reservations are kept; a supplier keeps its own.
struct Book {
    /// Where messages are sent.
    sending: Option<JoinHandle<()>>,
    store: Store,
    forgetting: JoinHandle<()>,
    /// Where the database is a file.
    _seat: Option<Seat>,
}

impl Running {
    /// Takes no new calls, lets those under way end, closes the database.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = tokio::time::timeout(GOODBYE, self.serving).await;
        if let Some(book) = self.book {
            let _ = tokio::time::timeout(GOODBYE, book.forgetting).await;
            if let Some(sending) = book.sending {
                let _ = tokio::time::timeout(GOODBYE, sending).await;
            }
            let _ = tokio::time::timeout(GOODBYE, book.store.close()).await;
        }
        tracing::info!("stopped");
    }
}

/// Starts a server.
///
/// # Errors
/// One sentence that names what is wrong: the settings with line and key, the data folder or another
/// server on it, the database, the site's folder or the address.
pub async fn start(options: Options, clock: SharedClock) -> Result<Running, String> {
    let serving = settings::load(options.settings.as_deref())?;
    make_private(&options.data).map_err(|error| {
        format!(
            "cannot write to the data folder {}: {error}",
            options.data.display()
        )
    })?;
    let tokens = match &options.token_key {
        Some(text) => TokenKey::from_hex(text)?,
        None => TokenKey::from_folder(&options.data)?,
    };
    let site = options.site.as_deref().map(Site::open).transpose()?;
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", options.listen))?;
    let address = listener
        .local_addr()
        .map_err(|error| format!("cannot listen on {}: {error}", options.listen))?;
    let (stop, stopped) = watch::channel(false);
    let (outside, router, book) = match serving {
        Serving::House(settings) => {
            let outside = settings.outside.clone();
            let (router, book) =
                house(&options, *settings, tokens, site, clock, stopped.clone()).await?;
            (outside, router, Some(book))
        }
        Serving::Octo(settings) => {
            let key = ApiKey::find(options.octo_key.as_deref(), settings.key_file.as_deref())?;
            let supplier = Supplier::new(&settings, key)?;
            let outside = settings.outside.clone();
            let counter = Counter::new(*settings, supplier, tokens, clock);
            (outside, octo::router(Arc::new(counter), site), None)
        }
    };
    let rules = door::Rules {
        connections: outside.connections,
        head: outside.head_patience,
    };
    let serving = tokio::spawn(door::serve(listener, router, rules, stopped));
    tracing::info!(%address, "started");
    Ok(Running {
        address,
        stop,
        serving,
        book,
    })
}

/// A house that keeps its reservations itself.
async fn house(
    options: &Options,
    settings: Settings,
    tokens: TokenKey,
    site: Option<Site>,
    clock: SharedClock,
    stopped: watch::Receiver<bool>,
) -> Result<(Router, Book), String> {
    let seat = match options.database_url {
        Some(_) => None,
        None => Some(Seat::take(&options.data)?),
    };
    let store = open_store(options, Arc::clone(&clock)).await?;
    match store.knows_key(&tokens.fingerprint()).await {
        Ok(true) => {}
        Ok(false) => return Err(OTHER_KEY.to_owned()),
        Err(error) => return Err(format!("the database: {error}")),
    }
    let tokens = Arc::new(tokens);
    let password = options.smtp_password.clone();
    let mailer = Mailer::new(&settings, password, &tokens, &store, &clock)?;
    let wake = Arc::new(Notify::new());
    let store = with_post(store, &settings, &wake);
    let retention = settings.retention.clone();
    let store = store.with_retention(retention.clone());
    let app = Arc::new(App::new(settings, store.clone(), tokens, clock)?);
    let forgetting = tokio::spawn(forget(store.clone(), retention, stopped.clone()));
    let book = Book {
        sending: mailer.map(|mailer| tokio::spawn(mailer.run(wake, stopped))),
        store,
        forgetting,
        _seat: seat,
    };
    Ok((http::router(app, site), book))
}

async fn open_store(options: &Options, clock: SharedClock) -> Result<Store, String> {
    if let Some(url) = &options.database_url {
        return Store::connect(url, clock)
            .await
            .map_err(|error| format!("the database of DATABASE_URL: {error}"));
    }
    let file = options.data.join(DATABASE);
    // Made before SQLite does, which gives its log the same mode: guests' data is the operator's alone.
    secret::private_file(&file)
        .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    Store::open(&file, clock)
        .await
        .map_err(|error| format!("{}: {error}", file.display()))
}

/// The store as it writes down what is to be told, where anybody is written to.
pub(crate) fn with_post(store: Store, settings: &Settings, wake: &Arc<Notify>) -> Store {
    let Some(messages) = &settings.messages else {
        return store;
    };
    store.with_post(Post {
        wake: Arc::clone(wake),
        house: messages.venue_copy.is_some(),
        waitlist: settings.waitlist,
    })
}

/// Listens for SIGINT and SIGTERM from now on; the future ends with the first. Called before the
/// server says that it is ready: who is told so may stop it in the same moment.
///
/// # Errors
/// One sentence, if the system refuses.
pub fn stop_signal() -> Result<impl Future<Output = ()>, String> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let listen =
            |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
        let (mut interrupt, mut terminate) = (
            listen(SignalKind::interrupt())?,
            listen(SignalKind::terminate())?,
        );
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// Ends by itself between two rounds: a round cut short would leave the database's log behind.
async fn forget(store: Store, retention: Retention, mut stopped: watch::Receiver<bool>) {
    loop {
        match store.forget(&retention).await {
            Ok(counts) => {
                for (kind, number) in counts.told() {
                    let kind = kind.word();
                    tracing::info!(kind, number, "what was past its retention was deleted");
                }
            }
            Err(error) => {
                tracing::error!(%error, "what is past its retention could not be deleted");
            }
        }
        if tokio::time::timeout(FORGET_EVERY, stopped.wait_for(|stop| *stop))
            .await
            .is_ok()
        {
            return;
        }
    }
}

/// Makes the folder for the operator alone, and tries whether it can be written.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    let probe = folder.join(".writable");
    std::fs::write(&probe, b"")?;
    // Another server on the same folder may have been quicker.
    let _ = std::fs::remove_file(probe);
    Ok(())
}
