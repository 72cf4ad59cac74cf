//! Accessible names, as a flow looks for them.

use std::fmt::{self, Display};

/// An accessible name to look for. A plain `&str` means exactly this name.
pub enum Name {
    Is(String),
    Contains(String),
    Starts(String),
    All(Vec<String>),
}

/// A name that contains all of these texts, in any order.
pub fn containing_all<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Name {
    Name::All(texts.into_iter().map(Into::into).collect())
}

/// A name that contains this text.
pub fn containing(text: &str) -> Name {
    Name::Contains(text.to_owned())
}

/// A name that starts with this text.
pub fn starting(text: &str) -> Name {
    Name::Starts(text.to_owned())
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::Is(text.to_owned())
    }
}

impl Name {
    pub fn fits(&self, name: &str) -> bool {
        match self {
            Self::Is(text) => name == text,
            Self::Contains(text) => name.contains(text),
            Self::Starts(text) => name.starts_with(text),
            Self::All(texts) => texts.iter().all(|text| name.contains(text.as_str())),
        }
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(text) => write!(f, "“{text}”"),
            Self::Contains(text) => write!(f, "“…{text}…”"),
            Self::Starts(text) => write!(f, "“{text}…”"),
            Self::All(texts) => write!(f, "“…{}…”", texts.join("… …")),
        }
    }
}
