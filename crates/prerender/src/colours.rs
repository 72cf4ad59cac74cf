//! What the style sheets say of a drawing, in a form a renderer of bare SVG understands.
//!
//! The drawings carry classes; their colours stand in the site's sheets as custom properties. Here the
//! rules that touch a drawing are taken out of the bundled sheet, for the light theme, and every
//! `var()` is replaced by its value: drawings and pages keep one source.

use std::collections::{BTreeMap, BTreeSet};

/// Properties that change how an SVG is painted; the others are the page's business.
const PAINT: [&str; 20] = [
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-weight",
    "letter-spacing",
    "opacity",
    "paint-order",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "transform",
    "transform-origin",
    "display",
];

/// How deep one custom property may lean on another.
const DEPTH: usize = 8;

/// The rules of a sheet that hold in the light theme, on paper of any width.
pub struct Sheet {
    tokens: BTreeMap<String, String>,
    rules: Vec<(String, String)>,
}

impl Sheet {
    /// Reads a bundled sheet. Conditional rules are left out: no condition holds for a picture.
    pub fn read(css: &str) -> Self {
        let mut sheet = Self {
            tokens: BTreeMap::new(),
            rules: Vec::new(),
        };
        sheet.block(&without_comments(css));
        sheet
    }

    fn block(&mut self, css: &str) {
        let mut rest = css;
        while let Some((head, after)) = rest.split_once('{') {
            let (body, after) = body(after);
            rest = after;
            // A statement such as `@layer a,b;` may stand before the selector.
            let head = head.rsplit(';').next().unwrap_or(head).trim();
            if head.starts_with("@layer") {
                self.block(body);
            } else if head == ":root" {
                // The first word counts: later ones stand in conditions, which are left out.
                for (name, value) in declarations(body) {
                    self.tokens
                        .entry(name.to_owned())
                        .or_insert_with(|| value.to_owned());
                }
            } else if !head.starts_with('@') {
                let painted: String = declarations(body)
                    .filter(|(name, _)| PAINT.contains(name))
                    .map(|(name, value)| [name, ":", value, ";"].concat())
                    .collect();
                if !painted.is_empty() {
                    self.rules.push((head.to_owned(), painted));
                }
            }
        }
    }

    /// The value of a custom property, such as `--cal`; black where there is none.
    pub fn token(&self, name: &str) -> String {
        self.resolve(&["var(", name, ")"].concat())
    }

    /// The rules for the classes a drawing uses, as the text of a `<style>` element.
    pub fn for_drawing(&self, svg: &str) -> String {
        let classes = classes(svg);
        let mut out = String::new();
        for (selectors, painted) in &self.rules {
            let kept: Vec<&str> = selectors
                .split(',')
                .map(str::trim)
                .filter(|selector| concerns(selector, &classes))
                .collect();
            if !kept.is_empty() {
                out += &[&kept.join(","), "{", &plain(&self.resolve(painted)), "}\n"].concat();
            }
        }
        out
    }

    fn resolve(&self, value: &str) -> String {
        let mut text = value.to_owned();
        for _ in 0..DEPTH {
            let Some((before, after)) = text.split_once("var(") else {
                break;
            };
            let (inside, after) = after.split_once(')').unwrap_or((after, ""));
            let (name, fallback) = inside.split_once(',').unwrap_or((inside, "#000"));
            let value = self
                .tokens
                .get(name.trim())
                .map_or(fallback, String::as_str);
            text = [before, value.trim(), after].concat();
        }
        text
    }
}

/// CSS writes transforms that SVG does not know.
fn plain(painted: &str) -> String {
    let mut text = painted.to_owned();
    for (axis, before, after) in [("scaleX(", "scale(", " 1)"), ("scaleY(", "scale(1 ", ")")] {
        while let Some((head, tail)) = text.split_once(axis) {
            let (number, tail) = tail.split_once(')').unwrap_or((tail, ""));
            text = [head, before, number, after, tail].concat();
        }
    }
    text
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once("*/").map_or("", |(_, rest)| rest)
    })
}

/// What stands before the brace that closes a block, and what follows it.
fn body(css: &str) -> (&str, &str) {
    let mut open = 1_usize;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return (
                css.get(..at).unwrap_or_default(),
                css.get(at + 1..).unwrap_or_default(),
            );
        }
    }
    (css, "")
}

fn declarations(body: &str) -> impl Iterator<Item = (&str, &str)> {
    body.split(';')
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
}

fn classes(svg: &str) -> BTreeSet<&str> {
    svg.split("class=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .flat_map(|(names, _)| names.split_whitespace())
        .collect()
}

/// Whether a selector is made of names and classes alone and every one of its classes is used.
fn concerns(selector: &str, classes: &BTreeSet<&str>) -> bool {
    let simple = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ');
    let mut named = selector
        .split(' ')
        .flat_map(|compound| compound.split('.').skip(1))
        .peekable();
    selector.chars().all(simple)
        && named.peek().is_some()
        && named.all(|name| classes.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSS: &str = "@layer a,b;@layer a{:root{--cal:#fff8f0;--page:var(--cal)}\
        @media (prefers-color-scheme:dark){:root{--cal:#000;--page:#111}}}\
        @layer b{.a-x,.a-y:hover{fill:var(--page);margin:0}/* no */\
        .gate .leaf-l{transform:scaleX(.16);transform-origin:110px 0}.other{fill:red}\
        @media print{.a-x{fill:none}}}";

    #[test]
    fn a_drawing_gets_its_rules_in_the_light_theme() {
        let sheet = Sheet::read(CSS);
        let svg = "<svg class=\"art gate\"><g class=\"a-x leaf-l\"/></svg>";
        assert_eq!(
            sheet.for_drawing(svg),
            ".a-x{fill:#fff8f0;}\n\
             .gate .leaf-l{transform:scale(.16 1);transform-origin:110px 0;}\n"
        );
        assert_eq!(sheet.token("--page"), "#fff8f0");
        assert_eq!(sheet.token("--none"), "#000");
    }

    #[test]
    fn a_ring_of_tokens_ends() {
        let sheet = Sheet::read(":root{--a:var(--b);--b:var(--a)}");
        assert!(sheet.token("--a").starts_with("var("));
    }
}
