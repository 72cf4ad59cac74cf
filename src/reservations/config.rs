//! `config.json`: which API this site books with. An operator's file, so its errors are an operator's words.

use booking::Failure;
use serde_json::Value;

use super::{Provider, native::Native};
use crate::json;

/// What `config.json` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Which dialect.
    pub provider: String,
    /// Where the API is mounted, absolute or from this site's root.
    pub base_url: String,
    /// Which venue.
    pub venue_id: String,
}

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// [`Failure::Misconfigured`] names what is missing.
    pub fn read(text: &str) -> Result<Self, Failure> {
        let wrong = |what: &str| Failure::Misconfigured(["config.json: ", what].concat());
        let value = json::read(text).ok_or_else(|| wrong("not JSON"))?;
        let reservations = value
            .get("reservations")
            .ok_or_else(|| wrong("\"reservations\" is missing"))?;
        let field = |name: &str| {
            reservations
                .get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
                .ok_or_else(|| wrong(name))
        };
        Ok(Self {
            provider: field("provider")?,
            base_url: field("baseUrl")?.trim_end_matches('/').to_owned(),
            venue_id: field("venueId")?,
        })
    }

    /// The provider it names.
    ///
    /// # Errors
    /// [`Failure::Misconfigured`] when this site does not speak it.
    pub fn provider(self) -> Result<Provider, Failure> {
        match self.provider.as_str() {
            "native" => Ok(Provider::Native(Native::new(self.base_url, self.venue_id))),
            other => {
                let wrong = ["config.json: provider ", other, " is not known"].concat();
                Err(Failure::Misconfigured(wrong))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_file_is_understood() {
        let config = Config::read(include_str!("../../public/config.json")).unwrap();
        assert_eq!(config.base_url, "/api/v1");
        assert!(config.provider().is_ok());
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, named) in [
            ("<html>", "not JSON"),
            ("{}", "reservations"),
            (
                r#"{"reservations":{"provider":"native","venueId":"x"}}"#,
                "baseUrl",
            ),
            (
                r#"{"reservations":{"provider":"native","baseUrl":"/a","venueId":7}}"#,
                "venueId",
            ),
        ] {
            let Err(Failure::Misconfigured(words)) = Config::read(text) else {
                panic!("{text} was taken");
            };
            assert!(words.contains(named), "{words}");
        }
    }
}
