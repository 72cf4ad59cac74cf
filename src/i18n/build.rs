//! Turns the interface's words into a typed struct, one static per language.
//!
//! `content/<locale>/ui.toml` becomes `Messages`; a key that one language lacks,
//! a placeholder that differs between them or a key no source file uses fails
//! the build, so a visitor never meets a hole where a word should be.
//!
//! The words themselves are a text of one line each. The prerenderer writes it beside the app, a file a
//! language under a name made of its content, and `Messages` are read from it: the same everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const LOCALES: [&str; 2] = ["es", "en"];

/// Sections that only the prerenderer reads: a phone does without.
const OF_PAGES: [&str; 2] = ["describe", "front"];

type Sections = BTreeMap<String, BTreeMap<String, String>>;

fn main() {
    println!("cargo::rerun-if-changed=content/es/ui.toml");
    println!("cargo::rerun-if-changed=content/en/ui.toml");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=crates/prerender/src");
    if let Err(problem) = generate() {
        println!("cargo::error={problem}");
    }
}

fn generate() -> Result<(), String> {
    let spanish = read(LOCALES[0])?;
    let english = read(LOCALES[1])?;
    same_keys(&spanish, &english)?;
    all_used(&spanish)?;
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|error| error.to_string())?);
    fs::write(out.join("messages.rs"), rust_source(&spanish, &english))
        .map_err(|error| format!("messages.rs could not be written: {error}"))
}

fn read(locale: &str) -> Result<Sections, String> {
    let path = format!("content/{locale}/ui.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    toml::from_str(&text).map_err(|error| format!("{path}: {error}"))
}

fn same_keys(spanish: &Sections, english: &Sections) -> Result<(), String> {
    let keys = |sections: &Sections| -> BTreeSet<String> {
        sections
            .iter()
            .flat_map(|(section, words)| words.keys().map(move |key| format!("{section}.{key}")))
            .collect()
    };
    let (es, en) = (keys(spanish), keys(english));
    if let Some(key) = es.symmetric_difference(&en).next() {
        let lacking = if es.contains(key) { "en" } else { "es" };
        return Err(format!("content/{lacking}/ui.toml: {key} is missing"));
    }
    for (section, words) in spanish {
        for (key, es_text) in words {
            let en_text = english.get(section).and_then(|words| words.get(key));
            if en_text.is_none_or(|text| placeholders(es_text) != placeholders(text)) {
                return Err(format!(
                    "content/*/ui.toml: {section}.{key} has different {{placeholders}} in es and en"
                ));
            }
        }
    }
    Ok(())
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

fn all_used(sections: &Sections) -> Result<(), String> {
    let mut source = String::new();
    for folder in ["src", "crates/prerender/src"] {
        collect(Path::new(folder), &mut source);
    }
    let fields: BTreeSet<&str> = source
        .split('.')
        .skip(1)
        .filter_map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
        })
        .collect();
    for (section, words) in sections {
        for key in words.keys() {
            if !fields.contains(key.as_str()) {
                return Err(format!("content/*/ui.toml: {section}.{key} is not used"));
            }
        }
    }
    Ok(())
}

fn collect(folder: &Path, source: &mut String) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, source);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            source.push_str(&fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

fn rust_source(spanish: &Sections, english: &Sections) -> String {
    let (of_pages, of_app): (Vec<_>, Vec<_>) = spanish
        .iter()
        .partition(|(section, _)| OF_PAGES.contains(&section.as_str()));
    // Those of the pages come last, so that the app's text is the beginning of the whole.
    let sections = [of_app, of_pages].concat();
    let mut out =
        String::from("/// Every word of the interface in one language.\npub struct Messages {\n");
    for (section, _) in &sections {
        let _ = writeln!(
            out,
            "    /// `[{section}]`\n    {}pub {section}: {},",
            only_native(section),
            type_name(section)
        );
    }
    out.push_str("}\n");
    for (section, words) in &sections {
        let _ = writeln!(
            out,
            "/// `[{section}]`\n{}pub struct {} {{",
            only_native(section),
            type_name(section)
        );
        for (key, text) in *words {
            let _ = writeln!(
                out,
                "    /// {}\n    pub {key}: &'static str,",
                text.replace('\n', " ")
            );
        }
        out.push_str("}\n");
    }
    out.push_str(&reading(&sections));
    for (locale, source) in LOCALES.into_iter().zip([spanish, english]) {
        out.push_str(&text_source(locale, &sections, source));
    }
    out
}

/// How the words are read from a text.
fn reading(sections: &[(&String, &BTreeMap<String, String>)]) -> String {
    let mut out = String::from("/// No words.\nconst NONE: Messages = Messages {\n");
    for (section, words) in sections {
        let _ = writeln!(
            out,
            "    {}{section}: {} {{",
            only_native(section),
            type_name(section)
        );
        for key in words.keys() {
            let _ = writeln!(out, "        {key}: \"\",");
        }
        out.push_str("    },\n");
    }
    out.push_str("};\n/// The words of a text with one a line, in their places.\n");
    out.push_str("fn fill(messages: &mut Messages, texts: &mut Texts) {\n");
    for (section, words) in sections {
        // A block, because an attribute cannot stand before each of many lines.
        let _ = writeln!(out, "    {}{{", only_native(section));
        for key in words.keys() {
            let _ = writeln!(out, "        texts.next(&mut messages.{section}.{key});");
        }
        out.push_str("    }\n");
    }
    out.push_str("}\n");
    out
}

/// One language as a text with a word a line, and the name of its file.
fn text_source(
    locale: &str,
    sections: &[(&String, &BTreeMap<String, String>)],
    source: &Sections,
) -> String {
    let mut text = String::new();
    let mut app = 0;
    // A file that was made for other keys has another name, even if its words are the same.
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for (section, words) in sections {
        for key in words.keys() {
            let words = source.get(*section).and_then(|words| words.get(key));
            let words = words.map_or("", String::as_str);
            hash = mixed(hash, key);
            hash = mixed(hash, words);
            text.push_str(&words.replace('\n', " "));
            text.push('\n');
        }
        if !OF_PAGES.contains(&section.as_str()) {
            app = text.len();
        }
    }
    let name = locale.to_uppercase();
    format!(
        "#[cfg(any(not(target_arch = \"wasm32\"), debug_assertions))]\n\
         static {name}: &str = {text:?};\n\
         #[cfg(not(target_arch = \"wasm32\"))]\nconst {name}_OF_APP: usize = {app};\n\
         const {name}_FILE: &str = \"/assets/words-{locale}-{hash:016x}.txt\";\n"
    )
}

/// FNV-1a.
fn mixed(hash: u64, text: &str) -> u64 {
    text.bytes().chain([0xff]).fold(hash, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn only_native(section: &str) -> &'static str {
    if OF_PAGES.contains(&section) {
        "#[cfg(not(target_arch = \"wasm32\"))]\n    "
    } else {
        ""
    }
}

fn type_name(section: &str) -> String {
    let mut letters = section.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str() + "Words")
        .unwrap_or_default()
}
