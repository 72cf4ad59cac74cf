//! Of which crates the program is made: the code of its functions as wasm-opt leaves it, by their names.
//!
//! A function counts for the crate that it was written in, also where it was compiled for a type of another: what
//! `reactive_graph` weighs depends on how many kinds of signals there are. What drops things is nobody's in particular.

use std::{collections::BTreeMap, fs};

use super::table::{spaced, table};
use crate::{
    optimize,
    slim::module::{CODE, Module},
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

/// Names that the compiler gives to code that nobody wrote.
const DROPS: &str = "core::ptr::drop_in_place";

/// What an owner's row may be at least, in thousandths of the whole; the rest is told together.
const WORTH_A_ROW: u64 = 4;

/// The functions of an owner: how many, and their bytes.
#[derive(Clone, Copy, Default)]
struct Weight {
    functions: u64,
    bytes: u64,
}

/// The table, of the program that was built last.
pub fn report(workspace: &Workspace) -> Outcome<String> {
    let file = optimize::named(workspace);
    let wasm = fs::read(&file).or_say(|| format!("read {}", file.display()))?;
    let (owners, data) = weigh(&wasm).ok_or_else(|| {
        Trouble::new(
            "The program could not be read: has wasm-opt been updated? See bench/weight.rs.",
        )
    })?;
    let code: u64 = owners.values().map(|its| its.bytes).sum();
    let share = |bytes: u64| {
        let thousandths = (bytes * 1000).checked_div(code).unwrap_or_default();
        format!("{}.{} %", thousandths / 10, thousandths % 10)
    };
    let (mut large, small): (Vec<_>, Vec<_>) = owners
        .into_iter()
        .partition(|(_, its)| its.bytes * 1000 >= code * WORTH_A_ROW);
    large.sort_by_key(|(_, its)| std::cmp::Reverse(its.bytes));
    let mut rest = Weight::default();
    for (_, its) in &small {
        rest.functions += its.functions;
        rest.bytes += its.bytes;
    }
    large.push((format!("{} others", small.len()), rest));
    let rows: Vec<_> = large
        .into_iter()
        .map(|(owner, its)| {
            let bytes = spaced(its.bytes);
            vec![owner, spaced(its.functions), bytes, share(its.bytes)]
        })
        .collect();
    let table = table(&["written in", "functions", "bytes", "of the code"], &rows);
    Ok(format!(
        "## The program by crate (before brotli, all parts)\n\n{table}\n\
         {} bytes of code; {} bytes stand in memory at the start.\n",
        spaced(code),
        spaced(data),
    ))
}

fn weigh(wasm: &[u8]) -> Option<(BTreeMap<String, Weight>, u64)> {
    let module = Module::read(wasm)?;
    let (names, imports) = (module.names(), module.imports()?.len());
    let mut owners = BTreeMap::<String, Weight>::new();
    let mut rest = module.section(CODE);
    for index in 0..rest.number()? {
        let bytes = u64::try_from(rest.counted()?.len()).ok()?;
        let name = names.get(&(index + imports)).map_or("", String::as_str);
        let weight = owners.entry(owner(name)).or_default();
        weight.functions += 1;
        weight.bytes += bytes;
    }
    let data = module
        .data()?
        .iter()
        .map(|segment| segment.bytes.len())
        .sum::<usize>();
    Some((owners, u64::try_from(data).ok()?))
}

/// The crate in a function's name; of the site itself the room as well.
fn owner(name: &str) -> String {
    if name.starts_with(DROPS) {
        return "drop glue".to_owned();
    }
    let mut path = plain(name);
    if let Some((kind, way)) = path.split_once(" as ")
        && !kind.contains("::")
    {
        // Of any type: what is known is the trait.
        path = plain(way);
    }
    let mut steps = path.split("::");
    let krate = word(steps.next().unwrap_or_default());
    match (krate, steps.next().map(word)) {
        ("interno", Some(room)) => ["interno, ", room].concat(),
        ("", _) | (_, None) => "no crate".to_owned(),
        _ => krate.to_owned(),
    }
}

/// Without what stands before a type.
fn plain(mut path: &str) -> &str {
    let before = [
        "<", "&", "[", "(", "*const ", "*mut ", "mut ", "dyn ", "impl ",
    ];
    while let Some(rest) = before.iter().find_map(|sign| path.strip_prefix(sign)) {
        path = rest;
    }
    path
}

fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn functions_count_for_the_crate_they_were_written_in() {
        for (name, expected) in [
            (
                "interno::menu::dish::Diet::from_id::ha27cb63a71030294",
                "interno, menu",
            ),
            (
                "<booking::plan::Place as core::clone::Clone>::clone::h61da",
                "booking",
            ),
            ("<T as core::convert::Into<U>>::into::h12", "core"),
            (
                "<reactive_graph::computed::memo::Memo<T,S> as x::Y>::z",
                "reactive_graph",
            ),
            (
                "<alloc[3ca501edff3f0c7c]::alloc::Global>::alloc_impl",
                "alloc",
            ),
            ("<&mut [u8] as serde::Read>::read", "serde"),
            (
                "core::ptr::drop_in_place<interno::menu::dish::Carte>",
                "drop glue",
            ),
            ("memcpy", "no crate"),
            ("", "no crate"),
        ] {
            assert_eq!(owner(name), expected, "{name}");
        }
    }
}
