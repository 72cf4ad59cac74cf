//! The languages the site speaks, as far as a request says one.

/// In which language a guest asks; the venue answers a letter in the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Spanish.
    #[default]
    Es,
    /// English.
    En,
}

impl Language {
    /// The code in what is sent and kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language of a code; Spanish where there is none of that name.
    pub fn from_code(code: &str) -> Self {
        if code == "en" { Self::En } else { Self::Es }
    }
}
