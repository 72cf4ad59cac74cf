//! Parts as HTML, the way a browser is to find them again.

use leptos::tachys::view::Position;

use super::{Kind, Part};
use crate::components::element::{Aspect, Data, Value};
use crate::content::escape;

/// Elements without an end.
const VOID: [&str; 3] = ["input", "br", "img"];

impl Part {
    /// Two texts in a row are kept apart by a comment, or a browser would read them as one; a comment also
    /// keeps the place of what is not there.
    pub(super) fn write(self, out: &mut String, position: &mut Position) {
        match self.0 {
            Kind::Nothing => {
                out.push_str("<!>");
                *position = Position::NextChild;
            }
            Kind::Text(words) => {
                if *position == Position::NextChildAfterText {
                    out.push_str("<!>");
                }
                if words.is_empty() {
                    // There must be a text to find.
                    out.push(' ');
                }
                write_text(&words, out);
                *position = Position::NextChildAfterText;
            }
            Kind::Served(part) => part.write(out, position),
            Kind::Live(mut show) => show().write(out, position),
            Kind::Many(_, parts) => {
                for part in parts {
                    part.write(out, position);
                }
            }
            Kind::Element(data) => {
                write_element(*data, out);
                *position = Position::NextChild;
            }
        }
    }
}

fn write_text(words: &str, out: &mut String) {
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            letter => out.push(letter),
        }
    }
}

fn write_element(data: Data, out: &mut String) {
    out.push('<');
    out.push_str(data.tag);
    let mut html = String::new();
    for (aspect, value) in data.aspects {
        let value = match value {
            Value::Fixed(value) => value,
            Value::Live(mut read) => read(),
        };
        match (aspect, value) {
            (Aspect::Attribute(name), Some(value)) => write_attribute(name, &value, out),
            (Aspect::Html, value) => html = value.unwrap_or_default(),
            (Aspect::Attribute(_) | Aspect::Property(_) | Aspect::Flag(_), _) => {}
        }
    }
    out.push('>');
    if VOID.contains(&data.tag) {
        return;
    }
    out.push_str(&html);
    let mut position = Position::FirstChild;
    for part in data.children {
        part.write(out, &mut position);
    }
    out.push_str("</");
    out.push_str(data.tag);
    out.push('>');
}

fn write_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    if !value.is_empty() {
        out.push_str("=\"");
        out.push_str(&escape(value));
        out.push('"');
    }
}
