//! The page as assistive technology has it: Chromium's own tree of roles and names, as text that can be
//! kept and compared.
//!
//! What differs from day to day is masked: numbers, names of days and months, and which nights of the
//! calendar are free. What is kept is in `snapshots/`; `INTERNO_UPDATE_SNAPSHOTS=1 cargo xtask test
//! --only e2e --engine chromium --flow every_step_reads_as_it_did` writes it anew.

use std::{collections::BTreeMap, env, fs, path::PathBuf};

use serde_json::{Value, json};

use crate::{
    failure::{Failure, Outcome},
    flows::words::Words,
    page::Page,
};

/// Roles that say nothing by themselves; their children stand in their place.
const SILENT: [&str; 8] = [
    "none",
    "generic",
    "StaticText",
    "InlineTextBox",
    "paragraph",
    "strong",
    "LineBreak",
    "ListMarker",
];

/// Holds the tree of the page to the one that is kept under this name.
pub async fn reads_as_it_did(page: &Page, name: &str, words: &Words) -> Outcome {
    let is = tree(page, words).await?;
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("snapshots")
        .join(format!("{}-{name}.txt", words.code));
    if env::var_os("INTERNO_UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(path.with_file_name(""))?;
        return Ok(fs::write(&path, is)?);
    }
    let was = fs::read_to_string(&path).unwrap_or_default();
    if was == is {
        return Ok(());
    }
    let (was, is): (Vec<_>, Vec<_>) = (was.lines().collect(), is.lines().collect());
    let differs = |at: &usize| was.get(*at) != is.get(*at);
    let at = (0..was.len().max(is.len())).find(differs).unwrap_or(0);
    let around = |lines: &[&str]| {
        let lines = lines.iter().skip(at.saturating_sub(3)).take(7);
        let lines: Vec<_> = lines.map(|line| format!("    {line}")).collect();
        lines.join("\n")
    };
    Err(Failure::new(format!(
        "{} is read differently from what {} says:\n  it was\n{}\n  it is\n{}\n\
         If that is meant, write it anew: tests/e2e/flows/tree.rs says how.",
        page.path().await?,
        path.display(),
        around(&was),
        around(&is)
    )))
}

async fn tree(page: &Page, words: &Words) -> Outcome<String> {
    let cdp = page.driver().cdp();
    let answer = cdp
        .send_raw("Accessibility.getFullAXTree", json!({}))
        .await?;
    let nodes = answer.get("nodes").and_then(Value::as_array);
    let nodes = nodes.ok_or_else(|| Failure::new("Chromium has no tree of this page."))?;
    let by_id: BTreeMap<_, _> = nodes
        .iter()
        .filter_map(|node| Some((node.get("nodeId")?.as_str()?, node)))
        .collect();
    let mut lines = Vec::new();
    if let Some(root) = nodes.first() {
        write(root, &by_id, 0, words, &mut lines);
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

fn write(
    node: &Value,
    all: &BTreeMap<&str, &Value>,
    depth: usize,
    words: &Words,
    lines: &mut Vec<String>,
) {
    let value = |key: &str| {
        let text = node.pointer(&format!("/{key}/value"));
        text.and_then(Value::as_str).unwrap_or_default()
    };
    let role = value("role");
    let ignored = node.get("ignored") == Some(&Value::Bool(true));
    let mut inside = depth;
    if !ignored && !SILENT.contains(&role) {
        let name = masked(value("name"), words);
        let name = if name.is_empty() {
            name
        } else {
            format!(" “{name}”")
        };
        lines.push(format!("{}{role}{name}", "  ".repeat(depth)));
        inside += 1;
    }
    // The nights of a month are others every day, and so may be what is chosen from.
    if matches!(role, "table" | "grid" | "combobox") {
        return;
    }
    let children = node.get("childIds").and_then(Value::as_array);
    let children = children.into_iter().flatten().filter_map(Value::as_str);
    for child in children.filter_map(|id| all.get(id)) {
        write(child, all, inside, words, lines);
    }
}

/// The name without what is another one tomorrow.
fn masked(name: &str, words: &Words) -> String {
    let mut name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    for day in words.weekdays {
        name = name.replace(day, "(day)");
    }
    for month in words.months {
        // In the middle of a sentence, and at the head of the calendar.
        let (first, rest) = month.split_at(1);
        let capital = [&first.to_uppercase(), rest].concat();
        name = name.replace(month, "(month)").replace(&capital, "(month)");
    }
    let mut masked = String::new();
    for letter in name.chars() {
        if !letter.is_ascii_digit() {
            masked.push(letter);
        } else if !masked.ends_with('#') {
            masked.push('#');
        }
    }
    masked
}
