//! Languages and their words.

mod fold;

use std::fmt;

pub use fold::fold;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// A language of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// Spanish, as spoken in Colombia.
    #[default]
    Es,
    /// English.
    En,
}

impl Locale {
    /// Both, Spanish first.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// The code in paths and `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The tag for `Intl`: whose dates and numbers are written how.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Es => "es-CO",
            Self::En => "en-GB",
        }
    }

    /// The language of a code, if the site speaks it.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// The language a guest asks in.
    pub fn language(self) -> booking::Language {
        match self {
            Self::Es => booking::Language::Es,
            Self::En => booking::Language::En,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Es => Self::En,
            Self::En => Self::Es,
        }
    }

    /// Its words.
    pub fn messages(self) -> &'static Messages {
        match self {
            Self::Es => &ES,
            Self::En => &EN,
        }
    }

    /// The one of two texts that is in this language.
    pub fn pick(self, text: &booking::venue::Text) -> &str {
        match self {
            Self::Es => &text.es,
            Self::En => &text.en,
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

/// A message with its `{placeholders}` filled in.
pub fn fill(message: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::from(message);
    for (name, value) in values {
        // Written out because `format!` would bring its machinery for every placeholder.
        let mut placeholder = String::from("{");
        placeholder.push_str(name);
        placeholder.push('}');
        text = text.replace(&placeholder, value);
    }
    text
}

/// A text as it begins a sentence: Spanish writes weekdays small.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Whole Colombian pesos, the same in the page as served and in the app.
pub fn pesos(value: u64, locale: Locale) -> String {
    let (sign, mark) = match locale {
        Locale::Es => ("$", '.'),
        Locale::En => ("COP ", ','),
    };
    [sign, &thousands(value, mark)].concat()
}

/// A whole number with its thousands apart.
pub fn thousands(value: u64, mark: char) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// The singular or the plural; in Spanish and English only one thing is singular.
pub fn plural(count: u32, one: &'static str, other: &'static str) -> String {
    let mut digits = String::new();
    let _ = fmt::Write::write_fmt(&mut digits, format_args!("{count}"));
    fill(if count == 1 { one } else { other }, &[("n", &digits)])
}
