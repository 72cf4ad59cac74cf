//! The script that wasm-bindgen writes between the program and the browser.

use std::collections::{BTreeMap, BTreeSet};

use super::GLUE;

/// The script without the classes it exports: libraries bring them, and the site asks for none.
pub fn without_classes(script: &str) -> String {
    let classes = exported_classes(script);
    let shorter = classes.iter().fold(script.to_owned(), |script, class| {
        without_class(&script, class)
    });
    // Whatever still speaks of one needs them all.
    let left = words(&shorter);
    if classes.iter().any(|class| left.contains(class)) {
        return script.to_owned();
    }
    shorter
}

fn exported_classes(script: &str) -> Vec<&str> {
    script
        .lines()
        .filter_map(|line| line.strip_prefix("export class ")?.split_once(' '))
        .map(|(name, _)| name)
        .collect()
}

/// Leaves out a class's body, how it is disposed of, and how what was forgotten is given back.
fn without_class(script: &str, class: &str) -> String {
    let begins = [
        (["export class ", class, " {"].concat(), "}"),
        (["if (Symbol.dispose) ", class, "."].concat(), ";"),
        (["const ", class, "Finalization ="].concat(), ";"),
    ];
    let mut kept = String::new();
    let mut until: Option<&str> = None;
    for line in script.split_inclusive('\n') {
        let end = until.or_else(|| {
            let begun = begins.iter().find(|(begin, _)| line.starts_with(begin));
            begun.map(|(_, end)| *end)
        });
        let Some(end) = end else {
            kept += line;
            continue;
        };
        // Its last line is the first that ends so and is not further in.
        let is_last = !line.starts_with("export") && ends(line, end);
        until = (!is_last).then_some(end);
    }
    kept
}

fn ends(line: &str, end: &str) -> bool {
    let line = line.trim_end();
    if end == "}" {
        line == end
    } else {
        line.ends_with(end)
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

/// Every name in a script.
pub fn words(script: &str) -> BTreeSet<&str> {
    script.split(|letter| !is_letter(letter)).collect()
}

/// The script with other names.
pub fn renamed(script: &str, names: &BTreeMap<String, String>) -> String {
    let place = names.get(GLUE).map_or(GLUE, String::as_str);
    let quoted = |name: &str| ["\"", name, "\""].concat();
    let script = script.replace(&quoted(GLUE), &quoted(place));
    let mut out = String::with_capacity(script.len());
    let mut rest = script.as_str();
    while !rest.is_empty() {
        let word = rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(word);
        out += names.get(name).map_or(name, String::as_str);
        let between = after.find(is_letter).unwrap_or(after.len());
        let (other, next) = after.split_at(between);
        out += other;
        rest = next;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASS: &str = "export class Sink {\n    free() {\n        wasm.__wbg_sink_free(1);\n    }\n}\n\
        if (Symbol.dispose) Sink.prototype[Symbol.dispose] = Sink.prototype.free;\n";
    const FINAL: &str = "const SinkFinalization = (typeof FinalizationRegistry === 'undefined')\n    \
        ? { register: () => {} }\n    : new FinalizationRegistry(ptr => wasm.__wbg_sink_free(ptr, 1));\n";

    #[test]
    fn a_class_that_nothing_asks_for_goes() {
        let script = [CLASS, "const kept = 1;\n", FINAL, "function also() {}\n"].concat();
        assert_eq!(
            without_classes(&script),
            "const kept = 1;\nfunction also() {}\n"
        );
    }

    #[test]
    fn a_class_that_something_makes_stays() {
        let script = [CLASS, FINAL, "const made = () => Sink.__wrap(1);\n"].concat();
        assert_eq!(without_classes(&script), script);
    }

    #[test]
    fn whole_names_change_and_parts_of_names_do_not() {
        let names = [("__wbg_a".to_owned(), "b".to_owned())].into();
        assert_eq!(
            renamed("x.__wbg_a(__wbg_ab, '__wbg_a')", &names),
            "x.b(__wbg_ab, 'b')"
        );
    }
}
