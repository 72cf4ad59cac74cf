//! A backup of the database file, taken while a server serves from it, and the way back.
//!
//! A backup is three files: the database, beside it the key of the reservations' links (`.key`), without which
//! they open nothing, and a checksum (`.sha256`), because a database that reads well may still say something
//! else than it did. The database gets its name last: what has that name is whole.
//!
//! A PostgreSQL has tools of its own, which know more about it than this program does.

mod files;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::seat::Seat;
use crate::secret::{KEY_FILE, TokenKey};
use crate::server::{DATABASE, make_private};
use crate::store::{StoreError, copy, examine};
use files::{Unfinished, beside, finish, summed};

/// What `backup --help` and `restore --help` print.
pub const HELP: &str = "\
Both find the data by --data FOLDER [./data].

  backup FILE     copies the database, while the server runs, into FILE, which must not be there yet, with the
                  key of the guests' links in FILE.key and a checksum in FILE.sha256
  restore FILE    puts such a backup into a data folder that has no database; no server may be running there

Both look whether the copy is whole. With RESERVATION_TOKEN_KEY the key is yours to keep, and no FILE.key is
written or needed. A database of DATABASE_URL is backed up and restored with PostgreSQL's own pg_dump and
pg_restore.
";

const ON_POSTGRES: &str = "the database of DATABASE_URL is PostgreSQL's, which has tools for that: \
    pg_dump --format=custom --file=FILE --dbname=\"$DATABASE_URL\", and into an empty database \
    pg_restore --exit-on-error --single-transaction --no-owner --dbname=\"$DATABASE_URL\" FILE; keep \
    RESERVATION_TOKEN_KEY, or the data folder's token.key, with it: without the key no guest's link opens anything";

/// What is to be done, and where.
#[derive(Clone, Debug)]
pub struct Order {
    /// The server's data folder.
    pub data: PathBuf,
    /// The key, where it is not in a file.
    pub token_key: Option<String>,
    /// The server's PostgreSQL.
    pub database_url: Option<String>,
    /// What.
    pub what: What,
    /// The backup.
    pub file: PathBuf,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Make one.
    Backup,
    /// Put it back.
    Restore,
}

/// The command that a word is, if it is one.
pub fn command(word: &str) -> Option<What> {
    match word {
        "backup" => Some(What::Backup),
        "restore" => Some(What::Restore),
        _ => None,
    }
}

/// Reads what follows a command; nothing where it asks for help.
///
/// # Errors
/// One sentence.
pub fn parse(what: What, parser: &mut lexopt::Parser) -> Result<Option<Order>, String> {
    use lexopt::prelude::{Long, Short, Value};

    let (mut data, mut file) = (PathBuf::from("data"), None::<OsString>);
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("data") => data = parser.value().map_err(|error| error.to_string())?.into(),
            Value(name) if file.is_none() => file = Some(name),
            other => return Err(format!("{}; --help says how", other.unexpected())),
        }
    }
    let file = file.ok_or("the name of the backup's file is missing; --help says how")?;
    Ok(Some(Order {
        data,
        token_key: None,
        database_url: None,
        what,
        file: file.into(),
    }))
}

/// Does it, and answers what to print.
///
/// # Errors
/// One sentence; then there is no backup, or nothing was restored.
pub async fn run(order: &Order) -> Result<String, String> {
    if order.database_url.is_some() {
        return Err(ON_POSTGRES.to_owned());
    }
    match order.what {
        What::Backup => backup(order).await,
        What::Restore => restore(order).await,
    }
}

async fn backup(order: &Order) -> Result<String, String> {
    let (database, file) = (order.data.join(DATABASE), &order.file);
    if !database.exists() {
        return Err(format!(
            "{} is not there: no server has served from this folder; --data names another",
            database.display()
        ));
    }
    let [part, key_file, sum_file] = [".part", ".key", ".sha256"].map(|end| beside(file, end));
    for there in [file, &key_file, &sum_file] {
        if there.exists() {
            let there = there.display();
            return Err(format!(
                "{there} is there already: a backup never takes the place of another"
            ));
        }
    }
    let cannot = |error| format!("cannot write {}: {error}", file.display());
    let mut unfinished = Unfinished::begin(&part).map_err(cannot)?;
    // A name that begins like an address would be read as one.
    let whole = std::path::absolute(&part).map_err(cannot)?;
    let name = whole.to_str().ok_or("the backup's name must be a text")?;
    let copied = copy(&database, name).await;
    copied.map_err(|error| format!("no backup was made: {error}"))?;
    let looked = examine(&part).await;
    let holds = looked.map_err(|error| format!("no backup was made: {error}"))?;
    let key = match &order.token_key {
        Some(text) => TokenKey::from_hex(text)?,
        None => kept_key(&order.data.join(KEY_FILE))?,
    };
    fits(&key, holds.key.as_deref())?;
    let mut with =
        "the key of their links is RESERVATION_TOKEN_KEY, which is yours to keep".to_owned();
    if order.token_key.is_none() {
        unfinished.also(&key_file);
        key.write(&key_file)?;
        with = format!("the key of their links in {}", key_file.display());
    }
    unfinished.also(&sum_file);
    let sum = summed(&part, None).map_err(cannot)?;
    files::note_sum(&sum_file, &sum, file).map_err(cannot)?;
    finish(&part, file).map_err(cannot)?;
    unfinished.keep();
    let (count, file, sum_file) = (holds.reservations, file.display(), sum_file.display());
    Ok(format!(
        "{count} reservations are in {file}, a checksum in {sum_file}; {with}\n"
    ))
}

async fn restore(order: &Order) -> Result<String, String> {
    let (database, file) = (order.data.join(DATABASE), &order.file);
    let folder = order.data.display();
    make_private(&order.data)
        .map_err(|error| format!("cannot write to the data folder {folder}: {error}"))?;
    let _seat = Seat::take(&order.data)?;
    for end in ["", "-wal"] {
        let there = beside(&database, end);
        if there.exists() {
            return Err(format!(
                "{} is there already: a backup is restored into a folder without a database; nothing was changed",
                there.display()
            ));
        }
    }
    let told = files::told_sum(&beside(file, ".sha256"), file)?;
    let part = beside(&database, ".restoring");
    let cannot = |error| format!("cannot copy {} to {folder}: {error}", file.display());
    let mut unfinished = Unfinished::begin(&part).map_err(cannot)?;
    if summed(file, Some(&part)).map_err(cannot)? != told {
        return Err(damaged(file, "its checksum is another"));
    }
    let holds = match examine(&part).await {
        Ok(holds) => holds,
        Err(error @ StoreError::NewerSchema { .. }) => return Err(error.to_string()),
        Err(error) => return Err(damaged(file, &error.to_string())),
    };
    let (own, carried) = (order.data.join(KEY_FILE), beside(file, ".key"));
    match (&order.token_key, own.exists()) {
        (Some(text), _) => fits(&TokenKey::from_hex(text)?, holds.key.as_deref())?,
        (None, true) => fits(&kept_key(&own)?, holds.key.as_deref())?,
        (None, false) => {
            let key = kept_key(&carried)?;
            fits(&key, holds.key.as_deref())?;
            unfinished.also(&own);
            key.write(&own)?;
        }
    }
    finish(&part, &database).map_err(cannot)?;
    unfinished.keep();
    let count = holds.reservations;
    let last = holds.changed.map_or(String::new(), |at| {
        format!(", the last one changed at {}", at.strftime("%F %H:%M UTC"))
    });
    Ok(format!(
        "{count} reservations are in {folder} again{last}; a server that starts there serves them\n"
    ))
}

fn kept_key(file: &Path) -> Result<TokenKey, String> {
    TokenKey::from_file(file)?.ok_or_else(|| {
        format!(
            "{} is not there, and without the key no guest's link opens anything: put it there, or give the key in \
             RESERVATION_TOKEN_KEY",
            file.display()
        )
    })
}

/// Whether these reservations' links were made with this key, as far as the database knows.
fn fits(key: &TokenKey, known: Option<&str>) -> Result<(), String> {
    if known.is_none_or(|known| known == key.fingerprint()) {
        return Ok(());
    }
    Err("the links of these reservations were made with another token key than the one that is here".to_owned())
}

fn damaged(file: &Path, how: &str) -> String {
    format!(
        "{} is damaged ({how}): nothing was restored; take an older backup",
        file.display()
    )
}
