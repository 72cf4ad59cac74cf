//! Turns the interface's words into a typed struct, one static per language.
//!
//! `content/<locale>/ui.toml` becomes `Messages`; a key that one language lacks,
//! a placeholder that differs between them or a key no source file uses fails
//! the build, so a visitor never meets a hole where a word should be.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const LOCALES: [&str; 2] = ["es", "en"];

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
    let mut out =
        String::from("/// Every word of the interface in one language.\npub struct Messages {\n");
    for section in spanish.keys() {
        let _ = writeln!(
            out,
            "    /// `[{section}]`\n    pub {section}: {},",
            type_name(section)
        );
    }
    out.push_str("}\n");
    for (section, words) in spanish {
        let _ = writeln!(
            out,
            "/// `[{section}]`\npub struct {} {{",
            type_name(section)
        );
        for (key, text) in words {
            let _ = writeln!(
                out,
                "    /// {}\n    pub {key}: &'static str,",
                text.replace('\n', " ")
            );
        }
        out.push_str("}\n");
    }
    for (name, sections) in [("ES", spanish), ("EN", english)] {
        let _ = writeln!(out, "static {name}: Messages = Messages {{");
        for (section, words) in sections {
            let _ = writeln!(out, "    {section}: {} {{", type_name(section));
            for (key, text) in words {
                let _ = writeln!(out, "        {key}: {text:?},");
            }
            out.push_str("    },\n");
        }
        out.push_str("};\n");
    }
    out
}

fn type_name(section: &str) -> String {
    let mut letters = section.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str() + "Words")
        .unwrap_or_default()
}
