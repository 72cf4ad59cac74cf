//! Random names, and the one secret: the key that manage tokens are made with.
//!
//! A token is an HMAC of the reservation's id, so it is never stored and can be said again when an
//! answer was lost. Whoever has the key can manage every reservation; whoever loses it has broken
//! every manage link.

use std::fs;
use std::io::{self, Write};
use std::net::IpAddr;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

const KEY_BYTES: usize = 32;
/// The key in a data folder.
pub(crate) const KEY_FILE: &str = "token.key";

/// No vowels, so that no reference spells a word; no letter that looks like a digit.
const REFERENCE_LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const REFERENCE_LENGTH: usize = 6;

/// What a token opens. A token of one kind opens nothing of the other, even with the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A reservation.
    Reservation,
    /// A place on the waiting list.
    WaitlistEntry,
    /// A booking at a supplier's.
    OctoBooking,
}

impl Subject {
    fn name(self) -> &'static str {
        match self {
            Self::Reservation => "reservation",
            Self::WaitlistEntry => "waitlist-entry",
            Self::OctoBooking => "octo-booking",
        }
    }
}

/// Makes and checks manage tokens.
pub struct TokenKey([u8; KEY_BYTES]);

impl TokenKey {
    /// Reads the key an operator gave in the environment: 64 hex digits.
    ///
    /// # Errors
    /// If it is anything else.
    pub fn from_hex(text: &str) -> Result<Self, String> {
        unhex(text.trim())
            .map(Self)
            .ok_or_else(|| "RESERVATION_TOKEN_KEY must be 64 hexadecimal digits".to_owned())
    }

    /// Reads the key file of a data folder, or makes it, with mode 0600.
    ///
    /// # Errors
    /// If it cannot be read or written, or holds something else.
    pub fn from_folder(folder: &Path) -> Result<Self, String> {
        let path = folder.join(KEY_FILE);
        let name = path.display();
        if let Some(key) = Self::from_file(&path)? {
            close_to_others(&path).map_err(|error| format!("cannot protect {name}: {error}"))?;
            return Ok(key);
        }
        let key = random_bytes().map_err(|error| format!("no randomness for {name}: {error}"))?;
        let key = Self(key);
        key.write(&path)?;
        Ok(key)
    }

    /// Reads a key file, if there is one.
    ///
    /// # Errors
    /// If it cannot be read, or holds something else.
    pub fn from_file(path: &Path) -> Result<Option<Self>, String> {
        let name = path.display();
        match fs::read_to_string(path) {
            Ok(text) => {
                let key = unhex(text.trim()).map(Self).ok_or_else(|| {
                    format!("{name} is damaged: it must hold 64 hexadecimal digits; put your copy back, because a new key breaks every manage link")
                })?;
                Ok(Some(key))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("cannot read {name}: {error}")),
        }
    }

    /// Writes a key file, with mode 0600.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), String> {
        write_whole(path, &hex(&self.0))
            .map_err(|error| format!("cannot write {}: {error}", path.display()))
    }

    /// The token of a reservation or an entry.
    pub fn token(&self, subject: Subject, id: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(subject.name(), id))
    }

    /// Whether a token is this one's, in constant time.
    pub fn accepts(&self, subject: Subject, id: &str, token: &str) -> bool {
        let expected = self.token(subject, id);
        bool::from(expected.as_bytes().ct_eq(token.as_bytes()))
    }

    /// Tells this key from another, and nothing else about it.
    pub fn fingerprint(&self) -> String {
        hex(&self.mac("fingerprint", ""))
    }

    /// A name for a client that says nothing of its address to whoever has no key.
    pub fn pseudonym(&self, client: IpAddr) -> String {
        hex(&self.mac("client", &client.to_string()))
    }

    /// A name for an address that tells it to nobody.
    pub fn unnamed(&self, address: &str) -> String {
        hex(&self.mac("address", &address.trim().to_lowercase()))
    }

    fn mac(&self, kind: &str, id: &str) -> Vec<u8> {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            // HMAC takes keys of every length; an empty tag would still match no token.
            return Vec::new();
        };
        mac.update(kind.as_bytes());
        mac.update(b"\0");
        mac.update(id.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

/// A new reservation id: 128 random bits.
///
/// # Errors
/// If the system has no randomness.
pub fn new_id() -> io::Result<String> {
    Ok(hex(&random_bytes::<16>()?))
}

/// A new reference, to be said on the telephone.
///
/// # Errors
/// If the system has no randomness.
pub fn new_reference() -> io::Result<String> {
    let mut reference = String::with_capacity(REFERENCE_LENGTH);
    while reference.len() < REFERENCE_LENGTH {
        for byte in random_bytes::<16>()? {
            // 240 is the largest multiple of 20 in a byte: no letter is likelier than another.
            let letter = REFERENCE_LETTERS
                .get(usize::from(byte % 20))
                .filter(|_| byte < 240);
            if let (Some(letter), true) = (letter, reference.len() < REFERENCE_LENGTH) {
                reference.push(char::from(*letter));
            }
        }
    }
    Ok(reference)
}

/// SHA-256 in hex, for keys and bodies that must be recognized and not kept.
pub fn fingerprint(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn random_bytes<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

/// Bytes as lower-case digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn unhex(text: &str) -> Option<[u8; KEY_BYTES]> {
    if text.len() != KEY_BYTES * 2 || !text.is_ascii() {
        return None;
    }
    let mut key = [0; KEY_BYTES];
    for (index, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(key)
}

/// Makes a file, empty if it is new, that only its owner can read.
///
/// # Errors
/// If it cannot be made or protected.
pub fn private_file(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    close_to_others(path)
}

/// Written aside and moved into place: a crash leaves the whole key or none.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let aside = path.with_added_extension("new");
    let _ = fs::remove_file(&aside);
    let mut file = new_private(&aside)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    fs::rename(&aside, path)?;
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// A new file that only its owner can read.
pub(crate) fn new_private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_one_reservation_only() {
        let key = TokenKey([7; KEY_BYTES]);
        let token = key.token(Subject::Reservation, "a");
        assert_eq!(token.len(), 43);
        assert!(key.accepts(Subject::Reservation, "a", &token));
        assert!(!key.accepts(Subject::Reservation, "b", &token));
        assert!(!key.accepts(Subject::Reservation, "a", ""));
        assert!(!key.accepts(Subject::Reservation, "a", &token[..42]));
        assert!(!TokenKey([8; KEY_BYTES]).accepts(Subject::Reservation, "a", &token));
    }

    #[test]
    fn references_are_easy_to_say() {
        for _ in 0..200 {
            let reference = new_reference().unwrap();
            assert_eq!(reference.len(), 6);
            assert!(
                reference
                    .bytes()
                    .all(|letter| REFERENCE_LETTERS.contains(&letter))
            );
        }
    }

    #[test]
    fn a_key_file_is_made_once_and_closed_to_others() {
        let folder = tempfile::tempdir().unwrap();
        let first = TokenKey::from_folder(folder.path()).unwrap();
        let again = TokenKey::from_folder(folder.path()).unwrap();
        assert_eq!(
            first.token(Subject::Reservation, "x"),
            again.token(Subject::Reservation, "x")
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(KEY_FILE))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(folder.path().join(KEY_FILE), "short").unwrap();
        assert!(
            TokenKey::from_folder(folder.path())
                .err()
                .unwrap()
                .contains("damaged")
        );
    }

    #[test]
    fn a_key_from_the_environment_is_checked() {
        assert!(TokenKey::from_hex(&"ab".repeat(32)).is_ok());
        assert!(TokenKey::from_hex("secret").is_err());
        assert!(TokenKey::from_hex(&"zz".repeat(32)).is_err());
    }
}
