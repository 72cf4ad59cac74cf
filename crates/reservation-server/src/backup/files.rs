//! The files of a backup: private, whole or gone, and on the disk before they have their name.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::secret::{hex, new_private};

const PIECE: usize = 1 << 16;

/// The file with this at the end of its name.
pub(super) fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Files that are removed again unless everything goes well.
pub(super) struct Unfinished(Vec<PathBuf>);

impl Unfinished {
    /// An empty file for its owner alone. What an earlier attempt has left there goes.
    pub fn begin(part: &Path) -> io::Result<Self> {
        let _ = fs::remove_file(part);
        new_private(part)?;
        Ok(Self(vec![part.to_owned()]))
    }

    pub fn also(&mut self, file: &Path) {
        self.0.push(file.to_owned());
    }

    pub fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        for file in &self.0 {
            // It may not have come to be.
            let _ = fs::remove_file(file);
        }
    }
}

/// The checksum of a file, which is copied into another on the way where one is named.
pub(super) fn summed(file: &Path, into: Option<&Path>) -> io::Result<String> {
    let mut from = File::open(file)?;
    let mut into = into
        .map(|file| OpenOptions::new().append(true).open(file))
        .transpose()?;
    let (mut sum, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        let read = from.read(&mut piece)?;
        let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else {
            return Ok(hex(&sum.finalize()));
        };
        sum.update(read);
        if let Some(into) = &mut into {
            into.write_all(read)?;
        }
    }
}

/// Writes a checksum down as `sha256sum --check` reads it.
pub(super) fn note_sum(sum_file: &Path, sum: &str, of: &Path) -> io::Result<()> {
    let name = of.file_name().unwrap_or_default().to_string_lossy();
    let mut file = new_private(sum_file)?;
    writeln!(file, "{sum}  {name}")?;
    file.sync_all()
}

/// The checksum that a backup was written with.
pub(super) fn told_sum(sum_file: &Path, of: &Path) -> Result<String, String> {
    let name = sum_file.display();
    if !of.exists() {
        return Err(format!("{} is not there", of.display()));
    }
    let text = fs::read_to_string(sum_file).map_err(|error| {
        format!("cannot read {name}, which says whether the backup is whole: {error}")
    })?;
    Ok(text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned())
}

/// Gives a file its name, once all of it is on the disk.
pub(super) fn finish(part: &Path, file: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, file)?;
    #[cfg(unix)]
    {
        let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}
