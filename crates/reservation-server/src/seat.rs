//! One server for a database file. What is locked is being its server, not the database: whoever has to look
//! into it while it serves can.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::secret;

/// Beside the database, so that two folders never share it.
const FILE: &str = "server.lock";

/// Being the server of a data folder, for as long as this lives. The system gives it back, however the
/// process ends.
pub struct Seat {
    _locked: File,
}

impl Seat {
    /// Takes the seat of a folder.
    ///
    /// # Errors
    /// One sentence, if another server has it or the system locks no files there.
    pub fn take(folder: &Path) -> Result<Self, String> {
        let file = folder.join(FILE);
        let cannot = |error| format!("cannot lock {}: {error}", file.display());
        secret::private_file(&file).map_err(cannot)?;
        let open = OpenOptions::new().append(true).open(&file);
        let locked = open.map_err(cannot)?;
        match locked.try_lock() {
            Ok(()) => Ok(Self { _locked: locked }),
            Err(TryLockError::WouldBlock) => Err(format!(
                "another server is serving from {}: stop it first, give this one a --data folder of its own, or put \
                 both onto one PostgreSQL with DATABASE_URL",
                folder.display()
            )),
            Err(TryLockError::Error(error)) => Err(cannot(error)),
        }
    }
}
