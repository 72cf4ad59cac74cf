//! Languages and their words.

mod fold;
mod words;

use std::fmt;

pub use fold::{fold, holds};
pub use words::*;

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
    // Written out because `format!` and the search for a text would bring their machinery.
    let mut text = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let named = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, after))
        });
        let (value, after) = named.unwrap_or(("{", after));
        text.push_str(value);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// A text as it begins a sentence: Spanish writes weekdays small.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        [capital(first)].into_iter().chain(letters).collect()
    })
}

/// A text in small letters, as it stands inside a sentence.
pub fn small(text: &str) -> String {
    text.chars().map(small_letter).collect()
}

// Our own ranges: those of the standard library know every script there is, and a phone would download
// them. The languages of the site write no other letters.
fn small_letter(letter: char) -> char {
    match letter {
        'À'..='Ö' | 'Ø'..='Þ' => shifted(letter, 32),
        other => other.to_ascii_lowercase(),
    }
}

fn capital(letter: char) -> char {
    match letter {
        'à'..='ö' | 'ø'..='þ' => shifted(letter, -32),
        other => other.to_ascii_uppercase(),
    }
}

fn shifted(letter: char, by: i32) -> char {
    let shifted = u32::from(letter).checked_add_signed(by);
    shifted.and_then(char::from_u32).unwrap_or(letter)
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
    fill(
        if count == 1 { one } else { other },
        &[("n", &count.to_string())],
    )
}

#[cfg(test)]
mod tests {
    use super::{fill, sentence, small};

    #[test]
    fn placeholders_are_filled_where_they_are_known() {
        let values = [("n", "2"), ("who", "{n}")];
        for (message, filled) in [
            ("{n} of {n}, {who}", "2 of 2, {n}"),
            ("{other} {n", "{other} {n"),
            ("{{n}} ñ}", "{2} ñ}"),
            ("", ""),
        ] {
            assert_eq!(fill(message, &values), filled);
        }
    }

    #[test]
    fn letters_are_those_of_the_standard_library_for_what_the_site_writes() {
        for letter in ('\0'..='ÿ').filter(|letter| !matches!(letter, 'ß' | 'µ' | 'ÿ')) {
            let text = [letter, 'X', letter].iter().collect::<String>();
            assert_eq!(small(&text), text.to_lowercase());
            let first = letter.to_uppercase().collect::<String>();
            assert_eq!(
                sentence(&text),
                [&first, "X", letter.encode_utf8(&mut [0; 4])].concat()
            );
        }
    }
}
