//! Files named by their final bytes, so that a browser may keep them for ever.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::{Problem, site};

/// The script that starts the app.
const BOOT: &str = "/boot.js";

/// Trunk's output, copied into the site; the app's files and the fonts under names that hash their bytes.
#[derive(Default)]
pub struct Assets {
    template: String,
    /// The script that starts the app, until it knows the names of all it asks for.
    boot: String,
    renamed: Vec<(String, String)>,
}

impl Assets {
    /// Copies what Trunk wrote, all but its page and the style sheets' sources.
    pub fn gather(from: &Path, out: &Path) -> Result<Self, Problem> {
        let template = fs::read_to_string(from.join("index.html")).map_err(|_| {
            format!(
                "{} holds no index.html: run `cargo xtask build` first.",
                from.display()
            )
        })?;
        let mut assets = Self {
            template,
            ..Self::default()
        };
        assets.copy(from, out, "")?;
        Ok(assets)
    }

    fn copy(&mut self, from: &Path, out: &Path, below: &str) -> Result<(), Problem> {
        let said = |error: std::io::Error| format!("{}: {error}", from.display());
        let mut entries: Vec<_> = fs::read_dir(from)
            .and_then(Iterator::collect::<Result<_, _>>)
            .map_err(said)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{below}/{name}");
            if entry.path().is_dir() {
                if path != "/style" {
                    self.copy(&entry.path(), out, &path)?;
                }
                continue;
            }
            // The service workers are written when all they keep is there.
            if matches!(path.as_str(), "/index.html" | "/sw.js" | "/sw-off.js")
                || name.starts_with('.')
            {
                continue;
            }
            let bytes = fs::read(entry.path()).map_err(said)?;
            if path == BOOT {
                self.boot = String::from_utf8_lossy(&bytes).into_owned();
                continue;
            }
            let target = if wants_hash(&path) {
                let hashed = hashed_name(&name, &bytes);
                self.renamed.push((path.clone(), hashed.clone()));
                hashed
            } else {
                path
            };
            let target = out.join(target.trim_start_matches('/'));
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder).map_err(said)?;
            }
            fs::write(target, bytes).map_err(said)?;
        }
        Ok(())
    }

    /// Writes the script that starts the app, once every file is there that it asks for.
    pub fn write_boot(&mut self, out: &Path) -> Result<(), Problem> {
        let boot = self.rename_in(&self.boot);
        self.add(BOOT, "boot.js", boot.as_bytes(), out).map(drop)
    }

    /// A file made here, under a name that hashes its bytes; answers the name.
    pub fn add(
        &mut self,
        path: &str,
        name: &str,
        bytes: &[u8],
        out: &Path,
    ) -> Result<String, Problem> {
        let url = hashed_name(name, bytes);
        site::write_bytes(&out.join(url.trim_start_matches('/')), bytes)?;
        self.renamed.push((path.to_owned(), url.clone()));
        Ok(url)
    }

    /// Trunk's page.
    pub fn template(&self) -> Result<String, Problem> {
        for mark in ["<!--app-->", "<title>", "id=\"boot\"", "</head>", "<body>"] {
            if !self.template.contains(mark) {
                return Err(format!("index.html from Trunk lacks {mark}"));
            }
        }
        Ok(self.template.clone())
    }

    /// The name a file of Trunk's output has in the site.
    pub fn url(&self, path: &str) -> String {
        self.renamed
            .iter()
            .find(|(old, _)| old == path)
            .map_or_else(|| path.to_owned(), |(_, new)| new.clone())
    }

    /// A text with every renamed file under its new name.
    pub fn rename_in(&self, text: &str) -> String {
        self.renamed
            .iter()
            .fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
    }
}

fn wants_hash(path: &str) -> bool {
    matches!(path, "/interno.js" | "/language.js")
        || Path::new(path)
            .extension()
            .is_some_and(|ending| ending == "woff2" || ending == "wasm")
}

/// A name as addresses carry it: small letters, digits and hyphens.
pub fn plain_name(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect()
}

/// A file's name below `/assets/`, with a hash of its bytes: eight figures, since they are many in `boot.js`, and two
/// versions of one file are told apart by them all the same.
pub fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let mut hash = String::new();
    for byte in Sha256::digest(bytes).iter().take(4) {
        let _ = write!(hash, "{byte:02x}");
    }
    let (stem, ending) = name.split_once('.').unwrap_or((name, "bin"));
    format!("/assets/{stem}-{hash}.{ending}")
}
