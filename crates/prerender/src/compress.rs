//! Copies of every text file in brotli and gzip, so that no server has to compress at midnight.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::Problem;

const TEXTS: [&str; 10] = [
    "html",
    "js",
    "wasm",
    "json",
    "xml",
    "svg",
    "txt",
    "css",
    "webmanifest",
    "ics",
];

/// Writes `.br` and `.gz` beside every file that gets smaller by it.
pub fn folder(folder: &Path) -> Result<(), Problem> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    let half = files.len().div_ceil(2);
    let (first, second) = files.split_at(half);
    std::thread::scope(|threads| {
        let other = threads.spawn(|| second.iter().try_for_each(|path| file(path)));
        first.iter().try_for_each(|path| file(path))?;
        other
            .join()
            .unwrap_or_else(|_| Err("compressing stopped half-way".to_owned()))
    })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(said)? {
        let path = entry.map_err(said)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_dir() {
            collect(&path, files)?;
        } else if ending.is_some_and(|ending| TEXTS.contains(&ending)) {
            files.push(path);
        }
    }
    Ok(())
}

/// Writes both copies of one file, and takes away those that would tell what it held before.
pub fn file(path: &Path) -> Result<(), Problem> {
    let said = |error: std::io::Error| format!("{}: {error}", path.display());
    let bytes = fs::read(path).map_err(said)?;
    let mut brotli = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut brotli, &settings).map_err(said)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&bytes).map_err(said)?;
    let gzip = gzip.finish().map_err(said)?;
    for (ending, small) in [("br", brotli), ("gz", gzip)] {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        if small.len() < bytes.len() {
            fs::write(name, small).map_err(said)?;
        } else if Path::new(&name).exists() {
            fs::remove_file(name).map_err(said)?;
        }
    }
    Ok(())
}
