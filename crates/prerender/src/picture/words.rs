//! Words set as large as their room allows.

use std::sync::Arc;

use resvg::usvg::{self, fontdb};

/// A face of the pictures: the site's own type at one weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Bricolage Grotesque, extra bold.
    Display,
    /// Atkinson Hyperlegible Next, semibold.
    Text,
}

impl Face {
    /// What goes into `font-family` and `font-weight`.
    pub fn attributes(self) -> &'static str {
        match self {
            Self::Display => {
                "font-family=\"Bricolage\" font-weight=\"800\" letter-spacing=\"-.025em\""
            }
            Self::Text => "font-family=\"Atkinson\" font-weight=\"600\"",
        }
    }
}

/// The fonts, and what a text measures in them.
pub struct Type {
    fonts: Arc<fontdb::Database>,
}

/// Lines of a text, and the size at which they fill their room.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The lines from the top.
    pub lines: Vec<String>,
    /// The type size.
    pub size: f32,
}

impl Type {
    /// Loads the two faces that come with the crate.
    pub fn new() -> Self {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(include_bytes!("../../fonts/bricolage-800.ttf").to_vec());
        fonts.load_font_data(include_bytes!("../../fonts/atkinson-600.ttf").to_vec());
        Self {
            fonts: Arc::new(fonts),
        }
    }

    /// Reads an SVG with these fonts and no others.
    pub fn tree(&self, svg: &str) -> Result<usvg::Tree, String> {
        let options = usvg::Options {
            fontdb: Arc::clone(&self.fonts),
            ..usvg::Options::default()
        };
        usvg::Tree::from_str(svg, &options).map_err(|error| error.to_string())
    }

    /// The width of a text at size one.
    pub fn width(&self, text: &str, face: Face) -> f32 {
        // An even size keeps rounding out of the sum; a dot on both sides keeps spaces in it.
        let measure = |text: &str| {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
                 <text font-size=\"100\" {}>{}</text></svg>",
                face.attributes(),
                escape(text)
            );
            let tree = self.tree(&svg);
            tree.map_or(0.0, |tree| tree.root().bounding_box().width())
        };
        (measure(&format!(".{text}.")) - measure("..")) / 100.0
    }

    /// Breaks a text where its letters can be largest, within a width, a height and a greatest size.
    pub fn set(&self, text: &str, face: Face, room: Room) -> Setting {
        let words: Vec<&str> = text.split_whitespace().collect();
        let widths: Vec<f32> = words.iter().map(|word| self.width(word, face)).collect();
        let space = self.width(" ", face);
        let mut best = Setting {
            lines: vec![words.join(" ")],
            size: 0.0,
        };
        for count in 1..=words.len() {
            let (ends, widest) = split(&widths, space, count);
            // The last line needs only its letters, not the space below them.
            #[expect(
                clippy::cast_precision_loss,
                reason = "a title has fewer lines than a float has digits"
            )]
            let tall = (count - 1) as f32 * room.leading + 1.0;
            let size = (room.width / widest)
                .min(room.height / tall)
                .min(room.largest);
            // A line more must be worth it.
            if size > best.size * 1.02 {
                best = Setting {
                    lines: lines(&words, &ends),
                    size,
                };
            }
        }
        best
    }
}

/// The room a text may fill.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// From left to right.
    pub width: f32,
    /// From the tallest letter of the first line to the deepest of the last.
    pub height: f32,
    /// From line to line, at size one.
    pub leading: f32,
    /// No larger, however short the text.
    pub largest: f32,
}

/// Where to end each of `count` lines, so that the widest is as narrow as can be; and its width.
fn split(widths: &[f32], space: f32, count: usize) -> (Vec<usize>, f32) {
    let line = |from: usize, to: usize| -> f32 {
        let words: f32 = widths.get(from..to).unwrap_or_default().iter().sum();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a title has fewer words than a float has digits"
        )]
        let spaces = (to - from).saturating_sub(1) as f32;
        words + spaces * space
    };
    if count <= 1 {
        return (vec![widths.len()], line(0, widths.len()));
    }
    let mut best = (vec![widths.len()], f32::INFINITY);
    // The last line takes what the others leave.
    for from in count - 1..widths.len() {
        let (mut ends, widest) = split(widths.get(..from).unwrap_or_default(), space, count - 1);
        let widest = widest.max(line(from, widths.len()));
        if widest < best.1 {
            ends.push(widths.len());
            best = (ends, widest);
        }
    }
    best
}

fn lines(words: &[&str], ends: &[usize]) -> Vec<String> {
    let mut from = 0;
    ends.iter()
        .map(|end| {
            let line = words.get(from..*end).unwrap_or_default().join(" ");
            from = *end;
            line
        })
        .collect()
}

/// Text for inside an element or an attribute.
pub fn escape(raw: &str) -> String {
    raw.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room {
        width: 600.0,
        height: 400.0,
        leading: 0.95,
        largest: 200.0,
    };

    #[test]
    fn a_title_fills_its_room_and_stays_in_it() {
        let types = Type::new();
        for title in [
            "Menú",
            "Segundas oportunidades",
            "The women inside set the table.",
            "A very long title that nobody should write and somebody will one day all the same",
        ] {
            let setting = types.set(title, Face::Display, ROOM);
            assert_eq!(setting.lines.join(" "), title);
            for line in &setting.lines {
                let width = types.width(line, Face::Display) * setting.size;
                assert!(width <= ROOM.width + 4.0, "{title}: {width}");
            }
            assert!(setting.size >= 40.0, "{title}: {}", setting.size);
        }
    }

    #[test]
    fn short_titles_do_not_grow_without_end() {
        let setting = Type::new().set("A", Face::Display, ROOM);
        assert!((setting.size - ROOM.largest).abs() < f32::EPSILON);
    }

    #[test]
    fn lines_are_even() {
        let (ends, widest) = split(&[1.0, 1.0, 1.0, 1.0], 0.0, 2);
        assert_eq!(ends, [2, 4]);
        assert!((widest - 2.0).abs() < f32::EPSILON);
    }

    #[test]
    fn every_letter_of_the_faces_measures() {
        let types = Type::new();
        assert!(types.width("ñ", Face::Display) > 0.3);
        assert!(types.width("W", Face::Text) > types.width("i", Face::Text));
    }
}
