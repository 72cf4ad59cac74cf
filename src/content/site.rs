//! The few words of `content/venue.toml` that every page needs.

use booking::venue::Text;
use serde_json::Value;

use crate::json;

/// Whether the venue receives guests, as its operator says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VenueState {
    /// It does.
    Open,
    /// Not now.
    #[default]
    Paused,
    /// No more.
    Closed,
}

/// What the frame and the wizard say of the venue when its API says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Site {
    /// Whether it receives guests.
    pub state: VenueState,
    /// What a visitor should know today.
    pub notice: Text,
    /// How to reach the venue, in words.
    pub contact: Text,
    /// A web address for that, if one is known.
    pub contact_url: Option<String>,
    /// Who runs this site.
    pub operator: Text,
    /// Where the venue is, in one line.
    pub place: Text,
}

impl VenueState {
    /// The word in `content/venue.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Closed => "closed",
        }
    }

    /// The state of a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Open, Self::Paused, Self::Closed]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

impl Site {
    /// Writes it for a page to carry.
    pub fn to_json(&self) -> Value {
        let both =
            |text: &Text| Value::Array(vec![text.es.as_str().into(), text.en.as_str().into()]);
        [
            ("state", Value::from(self.state.word())),
            ("notice", both(&self.notice)),
            ("contact", both(&self.contact)),
            ("contactUrl", self.contact_url.as_deref().into()),
            ("operator", both(&self.operator)),
            ("place", both(&self.place)),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect::<serde_json::Map<_, _>>()
        .into()
    }

    /// Reads what a page carries; what is missing stays empty, as in development without prerendering.
    pub fn from_json(text: &str) -> Self {
        let value = json::read(text).unwrap_or_default();
        let both = |name: &str| {
            let word = |index: usize| {
                value
                    .get(name)
                    .and_then(|pair| pair.get(index))
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned()
            };
            Text {
                es: word(0),
                en: word(1),
            }
        };
        let word = |name: &str| value.get(name).and_then(Value::as_str);
        Self {
            state: word("state")
                .and_then(VenueState::from_word)
                .unwrap_or_default(),
            notice: both("notice"),
            contact: both("contact"),
            contact_url: word("contactUrl").map(str::to_owned),
            operator: both("operator"),
            place: both("place"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_carries_is_what_the_browser_reads() {
        let text = |es: &str, en: &str| Text {
            es: es.into(),
            en: en.into(),
        };
        let site = Site {
            state: VenueState::Closed,
            notice: text("Hoy \"cerrado\"", "Closed today"),
            contact: text("Escriba", "Write"),
            contact_url: Some("https://example.org/".into()),
            operator: text("Un proyecto", "A project"),
            place: text("Calle 39", "Calle 39"),
        };
        assert_eq!(Site::from_json(&site.to_json().to_string()), site);
        assert_eq!(Site::from_json("nonsense"), Site::default());
    }
}
