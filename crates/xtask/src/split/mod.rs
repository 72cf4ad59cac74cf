//! The program in parts: what every visitor needs first, and what comes when it is wanted.
//!
//! A part is entered through doors: functions whose path has its own in it, that are never moved into others
//! and that are called only when the part is here. What is reached through them and through nothing else is
//! the part's: functions, places in the table, texts and tables in memory. Who needs whom in memory and by way
//! of the table, only the linker knows; so it is asked (`--emit-relocs`). What calls whom by name is read in
//! the finished program, after wasm-opt, which has made it small as a whole.

mod code;
mod linked;
mod program;
mod sections;
#[cfg(test)]
mod tests;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use crate::slim::module::Segment;
use crate::trouble::{Outcome, Trouble};
use linked::{Linked, Owners};
use program::{Piece, Program};

/// A part, and in which module its doors are.
pub struct Part {
    pub name: &'static str,
    pub doors: &'static str,
}

const FIRST: usize = 0;
const COMMON: usize = 1;
const NO_DOORS: &str = "";

/// Whose that is which these parts need and main does not.
fn owner_of(parts: &BTreeSet<usize>) -> Option<usize> {
    let mut parts = parts.iter().copied();
    match (parts.next()?, parts.next()) {
        (FIRST, _) => Some(FIRST),
        (only, None) => Some(only),
        _ => Some(COMMON),
    }
}

/// Whether one part, or main, can be sure that another is there.
fn is_there(owner: usize, to: Option<usize>) -> bool {
    match to {
        None => false,
        Some(to) => owner == to || owner == FIRST || owner == COMMON && to != FIRST,
    }
}

impl Part {
    /// What its file is called until it is named by its bytes.
    pub fn file(&self) -> String {
        ["interno_", self.name, ".wasm"].concat()
    }
}

/// All parts there are. The first is there before any other; in the second, which has no doors, is what several of
/// the others need.
pub const PARTS: [Part; 9] = [
    Part {
        name: "booking",
        doors: "book::door",
    },
    Part {
        name: "common",
        doors: NO_DOORS,
    },
    Part {
        name: "menu",
        doors: "filtering::door",
    },
    Part {
        name: "octo",
        doors: "octo::door",
    },
    Part {
        name: "status",
        doors: "status::door",
    },
    Part {
        name: "calcom",
        doors: "calcom::door",
    },
    Part {
        name: "table",
        doors: "composing::door",
    },
    Part {
        name: "later",
        doors: "steps::door",
    },
    Part {
        name: "manage",
        doors: "manage::door",
    },
];

/// Main, and the parts in their order.
pub fn split(linked: &[u8], finished: &[u8]) -> Outcome<(Vec<u8>, Vec<Vec<u8>>)> {
    let linked = Linked::read(linked).ok_or_else(unreadable)?;
    let program = Program::read(finished).ok_or_else(unreadable)?;
    let (main, pieces) = pieces(&linked, &program).ok_or_else(unreadable)?;
    for (part, piece) in PARTS.iter().zip(&pieces) {
        let is_entered = part.doors == NO_DOORS || !piece.doors.is_empty();
        if !is_entered || piece.functions.len() <= piece.doors.len() {
            return Err(Trouble::new(format!(
                "Nothing of the program is behind `{}`: has the module been renamed, or does something else \
                 lead to what is in there? `crates/xtask/src/split` names the parts.",
                part.doors
            )));
        }
    }
    program.write(&main, &pieces).ok_or_else(unreadable)
}

fn unreadable() -> Trouble {
    Trouble::new(
        "The program could not be taken apart: do rustc, wasm-bindgen or wasm-opt write it otherwise now? \
         See crates/xtask/src/split.",
    )
}

fn pieces(linked: &Linked, program: &Program) -> Option<(Vec<Segment>, Vec<Piece>)> {
    let doors = PARTS.map(|part| linked.called(part.doors));
    let own_doors = PARTS.map(|part| {
        let named = program.names.iter();
        let named = named.filter(|(_, name)| is_in(name, part.doors));
        named
            .map(|(function, _)| *function)
            .collect::<BTreeSet<_>>()
    });
    let is_known =
        |part: &Part, found: &BTreeSet<usize>| part.doors == NO_DOORS || !found.is_empty();
    let all_known = PARTS
        .iter()
        .zip(&doors)
        .all(|(part, found)| is_known(part, found));
    (all_known && linked.agrees_with(program)).then_some(())?;
    let mut also = BTreeSet::new();
    loop {
        let owners = linked.owners(&doors, &also);
        let mut pieces = functions(program, &owners, &own_doors)?;
        let meant = meant_by_others(program, &owners, &pieces)?;
        if meant.is_empty() {
            let main = memory(program, &owners, &mut pieces)?;
            return Some((main, pieces));
        }
        also.extend(meant);
    }
}

/// Whether this is the name of a function in this module, and not of something within such a function; as the
/// compiler writes names, or as wasm-bindgen does.
fn is_in(name: &str, module: &str) -> bool {
    if module == NO_DOORS {
        return false;
    }
    let parts = module.split("::");
    let mangled: String = parts
        .map(|part| [&part.len().to_string(), part].concat())
        .collect();
    if let Some((_, rest)) = name.split_once(&mangled) {
        let ident = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let length = rest.len() - ident.len();
        let length = rest.get(..length).and_then(|number| number.parse().ok());
        let after = length.and_then(|length: usize| ident.get(length..));
        return after.is_some_and(|after| after.starts_with("17h"));
    }
    let plain = name.split_once(&[module, "::"].concat());
    plain.is_some_and(|(before, ident)| {
        let (ident, hash) = ident.split_once("::").unwrap_or((ident, "h"));
        let is_hash = hash.starts_with('h') && !hash.contains(':');
        !before.contains('<') && is_hash && !ident.contains(['<', '{', ' '])
    })
}

/// Which functions, and which places of the table, are whose.
fn functions(program: &Program, owners: &Owners, doors: &[BTreeSet<usize>]) -> Option<Vec<Piece>> {
    let all: BTreeSet<usize> = doors.iter().flatten().copied().collect();
    let standing = |part: Option<usize>| {
        let slots = program.slots.iter();
        let slots = slots.filter(move |(slot, _)| owners.slots.get(slot).copied() == part);
        slots.map(|(_, function)| *function)
    };
    let mut roots: BTreeSet<usize> = program
        .roots
        .iter()
        .copied()
        .chain(standing(None))
        .collect();
    for function in 0..program.count() {
        // What the glue brings, it brings to main.
        if function < program.imported || program.named(function)?.is_whole {
            roots.insert(function);
        }
    }
    let main = program.reached(roots, &all)?;
    let mut wanted: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (part, doors) in doors.iter().enumerate() {
        let from = doors.iter().copied().chain(standing(Some(part)));
        for function in program.reached(from, &all)?.difference(&main) {
            wanted.entry(*function).or_default().insert(part);
        }
    }
    let mut pieces: Vec<Piece> = doors.iter().cloned().map(Piece::behind).collect();
    for (function, parts) in &wanted {
        pieces
            .get_mut(owner_of(parts)?)?
            .functions
            .insert(*function);
    }
    for (slot, function) in &program.slots {
        if let Some(parts) = wanted.get(function) {
            pieces
                .get_mut(owner_of(parts)?)?
                .slots
                .insert(*slot, *function);
        }
    }
    Some(pieces)
}

/// Stretches of memory that somebody other than their part may mean.
fn meant_by_others(
    program: &Program,
    owners: &Owners,
    pieces: &[Piece],
) -> Option<BTreeSet<usize>> {
    let mut meant = BTreeSet::new();
    for function in 0..program.count() {
        let whose = pieces
            .iter()
            .position(|piece| piece.functions.contains(&function));
        for place in program.named(function)?.places {
            for (node, range, owner) in &owners.stretches {
                if range.contains(&place) && owner.is_some_and(|owner| !is_there(owner, whose)) {
                    meant.insert(*node);
                }
            }
        }
    }
    Some(meant)
}

/// Gives each part what stands in memory for it alone; the rest is main's.
fn memory(program: &Program, owners: &Owners, pieces: &mut [Piece]) -> Option<Vec<Segment>> {
    let segments = program.memory()?;
    let end = segments
        .iter()
        .map(|segment| segment.at + segment.bytes.len())
        .max()?;
    let mut whose = vec![0_usize; end];
    for (_, range, owner) in &owners.stretches {
        if let Some(part) = owner {
            for place in whose.get_mut(range.start.min(end)..range.end.min(end))? {
                *place = part + 1;
            }
        }
    }
    for (_, range, owner) in &owners.stretches {
        if owner.is_none() {
            whose
                .get_mut(range.start.min(end)..range.end.min(end))?
                .fill(0);
        }
    }
    let mut main = Vec::new();
    for segment in segments {
        let mut at = segment.at;
        let owners = whose.get(at..at + segment.bytes.len())?;
        for run in owners.chunk_by(|a, b| a == b) {
            let start = at - segment.at;
            let bytes = segment.bytes.get(start..start + run.len())?.to_vec();
            let piece = Segment { at, bytes };
            match run.first()?.checked_sub(1) {
                None => main.push(piece),
                Some(part) => pieces.get_mut(part)?.memory.push(piece),
            }
            at += run.len();
        }
    }
    Some(main)
}
