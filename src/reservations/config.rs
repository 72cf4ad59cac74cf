//! `config.json`: which API this site books with. An operator's file, so its errors are an operator's words.

use booking::Failure;
use serde_json::Value;

use super::{Next, Provider, Wanted, calcom, calcom::Calcom, native::Native, octo::Octo, secret};
use crate::json;

/// The only version there is of each dialect, if a file asks for one by name.
const VERSION: &str = "1";

/// What `config.json` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Which dialect.
    pub provider: String,
    /// Where the API is mounted, absolute or from this site's root.
    pub base_url: String,
    /// Which venue; of OCTO, which product; of Cal.com, which event type.
    pub venue_id: String,
    /// Whether nothing booked here is real, where the API does not say so itself: unless it is said to be.
    pub trial: bool,
    /// All that it says, for what only one provider reads.
    own: Value,
}

/// What the file has wrong. It begins with the field it is about.
pub fn wrong(what: &[&str]) -> Failure {
    Failure::Misconfigured(["config.json: ", &what.concat()].concat())
}

fn told(of: &Value, name: &str) -> Result<Option<String>, Failure> {
    match of.get(name) {
        None => Ok(None),
        Some(value) => match value.as_str().filter(|text| !text.is_empty()) {
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(wrong(&[name, " is no text"])),
        },
    }
}

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// [`Failure::Misconfigured`] names what is missing, or what must not be there.
    pub fn read(text: &str) -> Result<Self, Failure> {
        let mut value = json::read(text).ok_or_else(|| wrong(&["file is not JSON"]))?;
        if let Some(name) = secret::named_in(&value) {
            let why = " must not be here: every visitor can read this file";
            return Err(wrong(&["key ", name, why]));
        }
        let own = value.get_mut("reservations").map(Value::take);
        let own = own.filter(Value::is_object);
        let own = own.ok_or_else(|| wrong(&["reservations is missing"]))?;
        let field = |name: &str| told(&own, name)?.ok_or_else(|| wrong(&[name, " is missing"]));
        if let Some(version) = told(&own, "version")?.filter(|version| version != VERSION) {
            return Err(wrong(&["version ", &version, " is not spoken, only 1 is"]));
        }
        let provider = field("provider")?;
        let (base_url, venue_id) = if provider == "calcom" {
            let base_url = told(&own, "baseUrl")?.unwrap_or_else(|| calcom::HOME.to_owned());
            let event = calcom::event_type(own.get("eventTypeId"));
            let event = event.ok_or_else(|| wrong(&["eventTypeId is no number"]))?;
            (base_url, event)
        } else {
            (field("baseUrl")?, field("venueId")?)
        };
        let trial = match told(&own, "mode")?.as_deref() {
            Some("live") => false,
            None | Some("trial") => true,
            _ => return Err(wrong(&["mode is neither live nor trial"])),
        };
        Ok(Self {
            provider,
            base_url,
            venue_id,
            trial,
            own,
        })
    }

    /// A text that only its provider knows, if it is there.
    ///
    /// # Errors
    /// [`Failure::Misconfigured`] where it is something else.
    pub fn told(&self, name: &str) -> Result<Option<String>, Failure> {
        told(&self.own, name)
    }

    /// Something else that only its provider knows, if it is there.
    pub fn own(&self, name: &str) -> Option<&Value> {
        self.own.get(name)
    }

    /// Everything that can be known of the file without asking anybody.
    ///
    /// # Errors
    /// [`Failure::Misconfigured`] names what is wrong.
    pub fn check(self, secure: bool) -> Result<(), Failure> {
        match self.provider(secure)?.begin(Wanted::Venue) {
            Next::Done(Err(why)) => Err(why),
            _ => Ok(()),
        }
    }

    /// The provider it names, for a page that came by `https` or not.
    ///
    /// # Errors
    /// [`Failure::Misconfigured`] when this site does not speak it, or a browser would not.
    pub fn provider(self, secure: bool) -> Result<Provider, Failure> {
        let (path, http) = (
            self.base_url.starts_with('/') && !self.base_url.starts_with("//"),
            self.base_url.starts_with("http://"),
        );
        if !path && !http && !self.base_url.starts_with("https://") {
            return Err(wrong(&[
                "baseUrl ",
                &self.base_url,
                " is neither a path nor an http address",
            ]));
        }
        if self.base_url.contains(['@', '?', '#']) {
            // It is not said again: a password may stand in it.
            return Err(wrong(&[
                "baseUrl is more than an address: no user, no query",
            ]));
        }
        if http && secure {
            let why = " is not https, and this page is: browsers refuse that";
            return Err(wrong(&["baseUrl ", &self.base_url, why]));
        }
        match self.provider.as_str() {
            "native" => Ok(Provider::Native(Native::new(
                self.base_url.trim_end_matches('/').to_owned(),
                self.venue_id,
            ))),
            "octo" => Ok(Provider::Octo(Octo::new(self))),
            "calcom" => Ok(Provider::Calcom(Calcom::new(self))),
            other => Err(wrong(&[
                "provider ",
                other,
                " is not known: native, octo, calcom",
            ])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(fields: &str) -> String {
        format!(
            r#"{{"reservations":{{"provider":"octo","baseUrl":"https://x.example/octo","venueId":"p"{fields}}}}}"#
        )
    }

    #[test]
    fn the_committed_file_is_understood() {
        let config = Config::read(include_str!("../../public/config.json")).unwrap();
        assert_eq!(config.base_url, "/api/v1");
        assert!(config.provider(true).is_ok());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let native = |rest: &str| format!(r#"{{"reservations":{{"provider":"native",{rest}}}}}"#);
        for (text, named) in [
            ("<html>".to_owned(), "not JSON"),
            ("{}".to_owned(), "reservations"),
            (r#"{"reservations":[]}"#.to_owned(), "reservations"),
            (native(r#""venueId":"x""#), "baseUrl is missing"),
            (
                native(r#""baseUrl":"/a","venueId":7"#),
                "venueId is no text",
            ),
            (with(r#","version":"2""#), "version 2 is not spoken"),
            (with(r#","apiKey":"abc""#), "key apiKey must not be here"),
            (
                with(r#","headers":[{"X-Api-Key":"abc"}]"#),
                "key X-Api-Key must not be here",
            ),
            (r#"{"token":"abc"}"#.to_owned(), "key token must"),
            (with(r#","Authorization":"Bearer x""#), "Authorization must"),
            (with(r#","bearer_token":"x""#), "bearer_token must"),
        ] {
            let Err(Failure::Misconfigured(words)) = Config::read(&text) else {
                panic!("{text} was taken");
            };
            assert!(words.starts_with("config.json: "), "{words}");
            assert!(words.contains(named), "{words}");
            assert!(!words.contains("abc"), "a secret is said: {words}");
        }
    }

    #[test]
    fn what_a_browser_would_not_do_is_said_before_it_is_tried() {
        let provider = |name: &str, base: &str, secure| {
            let config = Config {
                provider: name.into(),
                base_url: base.into(),
                ..Config::read(&with("")).unwrap()
            };
            config.provider(secure).map(drop)
        };
        for (base, secure) in [
            ("https://x.example", true),
            ("https://x.example/octo/", false),
            ("http://127.0.0.1:9000/octo", false),
            ("/octo", true),
        ] {
            assert_eq!(provider("octo", base, secure), Ok(()), "{base}");
        }
        for (name, base, secure, named) in [
            ("octo", "http://x.example", true, "not https"),
            ("octo", "//x.example", false, "neither a path"),
            ("native", "ftp://x.example", false, "neither a path"),
            ("octo", "https://me:pw@x.example", true, "no user"),
            ("octo", "https://x.example?key=1", true, "no query"),
            ("opentable", "/api", true, "opentable is not known"),
        ] {
            let Err(Failure::Misconfigured(words)) = provider(name, base, secure) else {
                panic!("{base} was taken");
            };
            assert!(words.contains(named), "{words}");
            assert!(!words.contains("pw"), "a password is said: {words}");
        }
    }

    #[test]
    fn nothing_is_real_unless_it_is_said_to_be() {
        assert!(Config::read(&with("")).unwrap().trial);
        assert!(Config::read(&with(r#","mode":"trial""#)).unwrap().trial);
        assert!(!Config::read(&with(r#","mode":"live""#)).unwrap().trial);
    }
}
