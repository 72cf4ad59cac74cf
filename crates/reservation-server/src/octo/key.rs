//! The supplier's key: read once, said to the supplier alone.

use std::fmt;
use std::fs;
use std::path::Path;

use axum::http::HeaderValue;

const NONE: &str = "the supplier's key is missing: set OCTO_API_KEY, or name its file as octo.key_file in the settings";

/// The key, as the header that carries it.
#[derive(Clone)]
pub struct ApiKey(HeaderValue);

impl ApiKey {
    /// The key of the environment, else that of the file.
    ///
    /// # Errors
    /// One sentence, which has nothing of the key in it.
    pub fn find(environment: Option<&str>, file: Option<&Path>) -> Result<Self, String> {
        let (from, text) = match (environment, file) {
            (Some(text), _) => ("OCTO_API_KEY".to_owned(), text.to_owned()),
            (None, Some(file)) => (file.display().to_string(), read(file)?),
            (None, None) => return Err(NONE.to_owned()),
        };
        let key = text.trim();
        let plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
        let mut header = HeaderValue::try_from(format!("Bearer {key}"))
            .ok()
            .filter(|_| plain)
            .ok_or_else(|| format!("{from} must hold the supplier's key alone, on one line"))?;
        header.set_sensitive(true);
        Ok(Self(header))
    }

    pub(super) fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey")
    }
}

fn read(file: &Path) -> Result<String, String> {
    let name = file.display();
    let cannot = |error| format!("cannot read the supplier's key in {name}: {error}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(file).map_err(cannot)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(format!(
                "others can read the supplier's key in {name}: chmod 600 it"
            ));
        }
    }
    fs::read_to_string(file).map_err(cannot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_comes_first_and_a_key_is_one_word() {
        let key = ApiKey::find(Some(" canary-1 \n"), Some(Path::new("/nowhere"))).unwrap();
        assert_eq!(key.header(), "Bearer canary-1");
        assert!(!format!("{key:?} {:?}", key.header()).contains("canary"));
        for wrong in ["", " ", "two words", "canary\nx", "canaryñ"] {
            let told = ApiKey::find(Some(wrong), None).unwrap_err();
            assert!(
                told.contains("OCTO_API_KEY") && !told.contains("canary"),
                "{told}"
            );
        }
        assert!(
            ApiKey::find(None, None)
                .unwrap_err()
                .contains("octo.key_file")
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("octo.key");
        let find = || ApiKey::find(None, Some(&file));
        assert!(find().unwrap_err().contains("cannot read"));
        fs::write(&file, "canary-2\n").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let told = find().unwrap_err();
        assert!(
            told.contains("chmod 600") && !told.contains("canary"),
            "{told}"
        );
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(find().unwrap().header(), "Bearer canary-2");
    }
}
