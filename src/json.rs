//! JSON as the app reads and writes it: whole numbers, no more of them than it needs.
//!
//! The values are those of `serde_json`. Its reader and writer also know streams, positions of errors and
//! every fraction there is, which a phone would download. Tests hold ours against them.

use serde_json::{Map, Value};

/// As deep as `serde_json` goes into lists and objects.
const DEPTH: u8 = 127;

/// The value of a text, if it is JSON. A number that is not whole is `null`.
pub fn read(text: &str) -> Option<Value> {
    let mut reader = Reader { rest: text };
    let value = reader.value(DEPTH)?;
    reader.space();
    reader.rest.is_empty().then_some(value)
}

/// The text of a value. A number that is not whole is `null`.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    write_value(value, &mut out);
    out
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn take(&mut self, letter: char) -> bool {
        let rest = self.rest.strip_prefix(letter);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn next(&mut self) -> Option<char> {
        let mut letters = self.rest.chars();
        let letter = letters.next()?;
        self.rest = letters.as_str();
        Some(letter)
    }

    fn value(&mut self, depth: u8) -> Option<Value> {
        self.space();
        match self.rest.chars().next()? {
            '{' => self.object(depth.checked_sub(1)?),
            '[' => self.list(depth.checked_sub(1)?),
            '"' => self.text().map(Value::String),
            't' => self.word("true", Value::Bool(true)),
            'f' => self.word("false", Value::Bool(false)),
            'n' => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        for letter in word.chars() {
            if !self.take(letter) {
                return None;
            }
        }
        Some(value)
    }

    fn object(&mut self, depth: u8) -> Option<Value> {
        let mut map = Map::new();
        self.take('{');
        self.space();
        if self.take('}') {
            return Some(Value::Object(map));
        }
        loop {
            self.space();
            let name = self.text()?;
            self.space();
            if !self.take(':') {
                return None;
            }
            map.insert(name, self.value(depth)?);
            if self.ends('}')? {
                return Some(Value::Object(map));
            }
        }
    }

    fn list(&mut self, depth: u8) -> Option<Value> {
        let mut list = Vec::new();
        self.take('[');
        self.space();
        if self.take(']') {
            return Some(Value::Array(list));
        }
        loop {
            list.push(self.value(depth)?);
            if self.ends(']')? {
                return Some(Value::Array(list));
            }
        }
    }

    /// Whether the end comes now, or another entry.
    fn ends(&mut self, end: char) -> Option<bool> {
        self.space();
        let ends = self.take(end);
        (ends || self.take(',')).then_some(ends)
    }

    fn text(&mut self) -> Option<String> {
        if !self.take('"') {
            return None;
        }
        let mut text = String::new();
        loop {
            let letter = match self.next()? {
                '"' => return Some(text),
                '\\' => self.escaped()?,
                '\0'..='\u{1f}' => return None,
                letter => letter,
            };
            text.push(letter);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unit_pair(),
            letter @ ('"' | '\\' | '/') => letter,
            _ => return None,
        })
    }

    /// A letter in one unit of UTF-16, or in two.
    fn unit_pair(&mut self) -> Option<char> {
        let unit = self.unit()?;
        let code = match unit {
            0xd800..=0xdbff => {
                if !(self.take('\\') && self.take('u')) {
                    return None;
                }
                let low = self.unit()?.checked_sub(0xdc00)?;
                if low > 0x3ff {
                    return None;
                }
                0x1_0000 + ((unit - 0xd800) << 10) + low
            }
            unit => unit,
        };
        char::from_u32(code)
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + self.next()?.to_digit(16)?;
        }
        Some(unit)
    }

    fn number(&mut self) -> Option<Value> {
        let negative = self.take('-');
        let digits = self.digits()?;
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        let mut whole = true;
        if self.take('.') {
            self.digits()?;
            whole = false;
        }
        if self.take('e') || self.take('E') {
            let _ = self.take('+') || self.take('-');
            self.digits()?;
            whole = false;
        }
        let size = digits.parse::<u64>().ok().filter(|_| whole);
        let value = match (negative, size) {
            (false, Some(size)) => Some(size.into()),
            (true, Some(1..)) => size
                .and_then(|size| 0_i64.checked_sub_unsigned(size))
                .map(Value::from),
            _ => None,
        };
        Some(value.unwrap_or_default())
    }

    fn digits(&mut self) -> Option<String> {
        let mut digits = String::new();
        while let Some(digit) = self.rest.chars().next().filter(char::is_ascii_digit) {
            digits.push(digit);
            self.take(digit);
        }
        (!digits.is_empty()).then_some(digits)
    }
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => out.push_str(&number.to_string()),
            (_, Some(number)) => out.push_str(&number.to_string()),
            _ => out.push_str("null"),
        },
        Value::String(text) => write_text(text, out),
        Value::Array(list) => {
            out.push('[');
            for (index, value) in list.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(value, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push('{');
            for (index, (name, value)) in map.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write_value(value, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                for digit in [u32::from(letter) >> 4, u32::from(letter) & 15] {
                    out.extend(char::from_digit(digit, 16));
                }
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[\\x00-\\x7f\u{20ac}\u{1f37d}\"\\\\]{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    /// What becomes of a value whose fractions are left out.
    fn whole(value: Value) -> Value {
        match value {
            Value::Number(number) if number.is_f64() => Value::Null,
            Value::Array(list) => list.into_iter().map(whole).collect(),
            Value::Object(map) => {
                let map = map.into_iter().map(|(name, value)| (name, whole(value)));
                Value::Object(map.collect())
            }
            other => other,
        }
    }

    fn same_as_serde(text: &str) {
        let theirs = serde_json::from_str::<Value>(text);
        if theirs
            .as_ref()
            .is_err_and(|why| why.to_string().starts_with("number out of range"))
        {
            return;
        }
        assert_eq!(read(text), theirs.ok().map(whole), "{text:?}");
    }

    #[test]
    fn odd_texts_are_read_as_serde_json_reads_them() {
        for text in [
            "",
            " ",
            "null",
            " true ",
            "false,",
            "nul",
            "-",
            "-0",
            "0",
            "00",
            "01",
            "-01",
            "1.",
            ".5",
            "1.5",
            "1e5",
            "1E+5",
            "1e",
            "1e-",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "-9223372036854775809",
            "[]",
            "[ ]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{}",
            "{ }",
            "{\"a\":1,}",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,\"a\":2}",
            "\"\\u00e1\"",
            "\"\\ud83c\\udf7d\"",
            "\"\\ud83c\"",
            "\"\\ud83c\\u0041\"",
            "\"\\udf7d\"",
            "\"\\x\"",
            "\"\n\"",
            "\"\\",
            "\"\\u12\"",
            "\"\\u+123\"",
            "\u{feff}1",
            "[[[[]]]]",
            "1 1",
            "\"\u{7f}\"",
            "\u{a0}1",
            "+1",
        ] {
            same_as_serde(text);
        }
        for depth in [126, 127, 128, 129, 5000] {
            same_as_serde(&["[".repeat(depth), "]".repeat(depth)].concat());
            let text = ["[".repeat(depth), "1".to_owned(), "]".repeat(depth)].concat();
            same_as_serde(&text);
        }
    }

    proptest! {
        #[test]
        fn what_serde_json_writes_is_read(value in value()) {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                prop_assert_eq!(read(&text), Some(value.clone()));
            }
        }

        #[test]
        fn serde_json_reads_what_is_written(value in value()) {
            prop_assert_eq!(serde_json::from_str::<Value>(&write(&value)).unwrap(), value);
        }

        #[test]
        fn a_text_that_was_cut_or_mended_is_read_as_serde_json_reads_it(
            value in value(), at in any::<prop::sample::Index>(), letter in any::<Option<char>>()
        ) {
            let mut letters: Vec<char> = value.to_string().chars().collect();
            let at = at.index(letters.len());
            match letter {
                Some(letter) => letters[at] = letter,
                None => letters.truncate(at),
            }
            same_as_serde(&letters.into_iter().collect::<String>());
        }

        #[test]
        fn any_text_is_read_as_serde_json_reads_it(text in "[\\[\\]{}:,\"\\\\ 0-9eE.+\\-tfnu\u{e1}a-f]{0,24}") {
            same_as_serde(&text);
        }
    }
}
