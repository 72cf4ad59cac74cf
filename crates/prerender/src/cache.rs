//! What took long to make, kept beside the build by what it was made from.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Problem;

/// A folder of finished work. Losing it costs time and nothing else.
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Uses a folder, which need not be there yet.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
        }
    }

    /// The work made from these parts, or made now. Whoever changes how it is made changes a part.
    pub fn get(
        &self,
        parts: &[&[u8]],
        make: impl FnOnce() -> Result<Vec<u8>, Problem>,
    ) -> Result<Vec<u8>, Problem> {
        let file = self.folder.join(key(parts));
        if let Ok(bytes) = fs::read(&file) {
            return Ok(bytes);
        }
        let bytes = make()?;
        let said = |error: std::io::Error| format!("{}: {error}", file.display());
        fs::create_dir_all(&self.folder).map_err(said)?;
        // Written aside first: whoever stops the build half-way leaves no half of a file to be found.
        let aside = file.with_extension(std::process::id().to_string());
        fs::write(&aside, &bytes).map_err(said)?;
        fs::rename(&aside, &file).map_err(said)?;
        Ok(bytes)
    }
}

fn key(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // With its length, so that two parts are never taken for two others.
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let mut name = String::new();
    for byte in hash.finalize().iter().take(16) {
        let _ = write!(name, "{byte:02x}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_once_for_the_same_parts() {
        let folder = std::env::temp_dir().join(format!("cache-{}", std::process::id()));
        let cache = Cache::new(&folder);
        let made = |parts: &[&[u8]], bytes: &[u8]| cache.get(parts, || Ok(bytes.to_vec())).unwrap();
        assert_eq!(made(&[b"ab", b"c"], b"first"), b"first");
        assert_eq!(made(&[b"ab", b"c"], b"second"), b"first");
        assert_eq!(made(&[b"a", b"bc"], b"third"), b"third");
        let failed = cache.get(&[b"x"], || Err("no".to_owned()));
        assert_eq!(failed, Err("no".to_owned()));
        assert_eq!(made(&[b"x"], b"later"), b"later");
        fs::remove_dir_all(folder).unwrap();
    }
}
