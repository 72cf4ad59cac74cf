//! The folder that keeps the tools of all checkouts of this user.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process,
};

use crate::trouble::{OrSay, Outcome, Trouble};

/// The cache, held by one set-up at a time.
pub struct Cache {
    folder: PathBuf,
    // Dropping the file gives the lock to the next set-up that waits.
    _lock: File,
}

impl Cache {
    /// Opens it, after any other set-up on this machine has ended.
    pub fn open() -> Outcome<Self> {
        let folder = folder()?;
        fs::create_dir_all(&folder).or_say(|| format!("create {}", folder.display()))?;
        let path = folder.join(".lock");
        let lock = File::create(&path).or_say(|| format!("create {}", path.display()))?;
        if lock.try_lock().is_err() {
            println!("==> Waiting for another set-up on this machine to end");
            lock.lock().or_say(|| format!("lock {}", path.display()))?;
        }
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    /// Where the tool of this name and version lives.
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A folder for what may be kept after an interruption, such as compiled dependencies.
    pub fn workbench(&self, name: &str) -> PathBuf {
        self.folder.join(format!(".building-{name}"))
    }

    /// Lets `fill` put a tool together in an empty folder beside its place, then moves it there.
    pub fn install(&self, name: &str, fill: impl FnOnce(&Path) -> Outcome) -> Outcome<PathBuf> {
        let place = self.place(name);
        self.clear_away_drafts(name)?;
        let draft = self.folder.join(format!(".{name}-{}", process::id()));
        fs::create_dir_all(&draft).or_say(|| format!("create {}", draft.display()))?;
        if let Err(trouble) = fill(&draft) {
            let _the_first_trouble_matters = remove(&draft);
            return Err(trouble);
        }
        remove(&place)?;
        fs::rename(&draft, &place).or_say(|| format!("move a new tool to {}", place.display()))?;
        Ok(place)
    }

    /// What interrupted set-ups left: we hold the lock, so nobody works on them any more.
    fn clear_away_drafts(&self, name: &str) -> Outcome {
        let start = format!(".{name}-");
        let doing = || format!("read {}", self.folder.display());
        for entry in fs::read_dir(&self.folder).or_say(doing)? {
            let entry = entry.or_say(doing)?;
            if entry.file_name().to_string_lossy().starts_with(&start) {
                remove(&entry.path())?;
            }
        }
        Ok(())
    }
}

/// Removes a folder that may not be there.
pub fn remove(folder: &Path) -> Outcome {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).or_say(|| format!("remove {}", folder.display()))
}

fn folder() -> Outcome<PathBuf> {
    let set = |key: &str| env::var_os(key).filter(|value| !value.is_empty());
    if let Some(folder) = set("INTERNO_TOOLS") {
        return std::path::absolute(&folder)
            .or_say(|| "understand the folder in INTERNO_TOOLS".to_owned());
    }
    let caches = set("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")));
    caches
        .map(|caches| caches.join("interno-tools"))
        .ok_or_else(|| {
            Trouble::new("There is no home folder to keep tools in; set INTERNO_TOOLS to a folder.")
        })
}

/// FNV-1a: tells lock files apart and is the same on every machine; nothing trusts it.
pub fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn fingerprints_are_those_of_fnv() {
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
