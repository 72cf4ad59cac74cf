//! What the linker noted of the program: which function and which stretch of memory needs which.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::program::Program;
use crate::slim::module::{CODE, DATA, Module};
use crate::slim::read::Reader;

/// A function, or a stretch of memory, by its number among all of them.
type Node = usize;

/// The program before wasm-bindgen, as who needs whom.
pub struct Linked {
    /// What the functions are called, as the compiler calls them.
    names: BTreeMap<usize, String>,
    needs: Vec<BTreeSet<Node>>,
    roots: BTreeSet<Node>,
    /// Which function stands in which place of the table.
    slots: BTreeMap<usize, Node>,
    /// Where the stretches of memory are; the first one's number comes after the last function's.
    stretches: Vec<Range<usize>>,
    functions: usize,
}

/// A name of the linker's list.
enum Symbol {
    Function(Node),
    Stretch(Node),
    Other,
}

impl Linked {
    pub fn read(wasm: &[u8]) -> Option<Self> {
        let module = Module::read(wasm)?;
        let before = module.imports()?.len();
        let bodies = bodies(&module)?;
        let functions = before + bodies.len();
        let segments = segments(&module)?;
        let mut linked = Self {
            names: module.names(),
            needs: Vec::new(),
            roots: module.exported()?.into_iter().collect(),
            slots: module.slots()?,
            stretches: Vec::new(),
            functions,
        };
        let symbols = linked.symbols(module.note("linking")?, &segments)?;
        linked.needs = vec![BTreeSet::new(); functions + linked.stretches.len()];
        let code = |at| {
            let body = bodies.partition_point(|body| body.end <= at);
            let found = bodies.get(body).filter(|found| found.contains(&at));
            found.map(|_| vec![before + body])
        };
        linked.relocate(module.note("reloc.CODE")?, &symbols, code)?;
        let stretches = linked.stretches.clone();
        let memory = |at| {
            let (place, address, _) = segments.iter().rev().find(|(place, ..)| *place <= at)?;
            let address = address + at - place;
            let covering = stretches.iter().enumerate();
            let covering = covering.filter(|(_, range)| range.contains(&address));
            Some(covering.map(|(index, _)| functions + index).collect())
        };
        linked.relocate(module.note("reloc.DATA")?, &symbols, memory)?;
        Some(linked)
    }

    /// The linker's list of names, and the stretches of memory that are in it.
    fn symbols(
        &mut self,
        mut rest: Reader<'_>,
        segments: &[(usize, usize, usize)],
    ) -> Option<Vec<Symbol>> {
        rest.number()?;
        let mut symbols = Vec::new();
        while !rest.0.is_empty() {
            let kind = rest.byte()?;
            let mut list = Reader(rest.counted()?);
            if kind == 8 {
                for _ in 0..list.number()? {
                    symbols.push(self.symbol(&mut list, segments)?);
                }
            }
        }
        Some(symbols)
    }

    fn symbol(
        &mut self,
        list: &mut Reader<'_>,
        segments: &[(usize, usize, usize)],
    ) -> Option<Symbol> {
        const ELSEWHERE: usize = 0x10;
        const NAMED: usize = 0x40;
        let (kind, flags) = (list.byte()?, list.number()?);
        match kind {
            // A function, a global, a tag, a table.
            0 | 2 | 4 | 5 => {
                let index = list.number()?;
                if flags & ELSEWHERE == 0 || flags & NAMED != 0 {
                    list.counted()?;
                }
                Some(if kind == 0 {
                    Symbol::Function(index)
                } else {
                    Symbol::Other
                })
            }
            1 => {
                list.counted()?;
                if flags & ELSEWHERE != 0 {
                    return Some(Symbol::Other);
                }
                let (segment, offset, length) = (list.number()?, list.number()?, list.number()?);
                let (_, address, _) = segments.get(segment)?;
                self.stretches
                    .push(address + offset..address + offset + length);
                Some(Symbol::Stretch(self.functions + self.stretches.len() - 1))
            }
            3 => list.number().map(|_| Symbol::Other),
            _ => None,
        }
    }

    /// Takes in who names whom in a section; whoever names it from outside of everything is a root.
    fn relocate(
        &mut self,
        mut rest: Reader<'_>,
        symbols: &[Symbol],
        who: impl Fn(usize) -> Option<Vec<Node>>,
    ) -> Option<()> {
        rest.number()?;
        for _ in 0..rest.number()? {
            let (kind, at, index) = (rest.byte()?, rest.number()?, rest.number()?);
            match kind {
                // Types, globals and tables are the whole program's.
                6 | 7 | 20 => continue,
                0..=2 => {}
                // An address, with a distance from it.
                3..=5 => drop(rest.long()?),
                _ => return None,
            }
            let needed = match symbols.get(index)? {
                Symbol::Function(node) | Symbol::Stretch(node) => *node,
                Symbol::Other => continue,
            };
            let whose = who(at)?;
            if whose.is_empty() {
                self.roots.insert(needed);
            }
            for node in whose {
                self.needs.get_mut(node)?.insert(needed);
            }
        }
        Some(())
    }

    /// The functions of a module.
    pub fn called(&self, module: &str) -> BTreeSet<Node> {
        let names = self.names.iter();
        let found = names.filter(|(_, name)| super::is_in(name, module));
        found.map(|(node, _)| *node).collect()
    }

    /// Whether the functions stand where they stood: what is known of places is worth something only then. Of
    /// functions that are alike wasm-opt keeps one, under the name of any of them.
    pub fn agrees_with(&self, program: &Program) -> bool {
        let (mut same, mut other) = (0, 0);
        for (slot, node) in &self.slots {
            let hash = self.names.get(node).and_then(|name| name.split_once("17h"));
            let Some(hash) = hash.map(|(_, hash)| hash.trim_end_matches('E')) else {
                continue;
            };
            let function = program.slots.get(slot);
            let name = function.and_then(|function| program.names.get(function));
            if name.is_some_and(|name| name.contains(hash)) {
                same += 1;
            } else {
                other += 1;
            }
        }
        same > 4 * other
    }

    /// Everything that is needed from here, without going through a door.
    fn reached(&self, from: &BTreeSet<Node>, doors: &BTreeSet<Node>) -> BTreeSet<Node> {
        let mut reached = from.clone();
        let mut open: Vec<Node> = from.iter().copied().collect();
        while let Some(node) = open.pop() {
            for next in self.needs.get(node).into_iter().flatten() {
                if !doors.contains(next) && reached.insert(*next) {
                    open.push(*next);
                }
            }
        }
        reached
    }

    /// What belongs to which part; what is not in here is everybody's.
    pub fn owners(&self, doors: &[BTreeSet<Node>], also: &BTreeSet<Node>) -> Owners {
        let all: BTreeSet<Node> = doors.iter().flatten().copied().collect();
        let shared = self.reached(&self.roots.union(also).copied().collect(), &all);
        let mut owners: BTreeMap<Node, BTreeSet<usize>> = BTreeMap::new();
        for (part, doors) in doors.iter().enumerate() {
            for node in self.reached(doors, &all).difference(&shared) {
                owners.entry(*node).or_default().insert(part);
            }
        }
        let owner = |node: Node| super::owner_of(owners.get(&node)?);
        let slots = self.slots.iter();
        let slots = slots.filter_map(|(slot, node)| Some((*slot, owner(*node)?)));
        let stretches = self.stretches.iter().enumerate();
        Owners {
            slots: slots.collect(),
            stretches: stretches
                .map(|(index, range)| {
                    let node = self.functions + index;
                    (node, range.clone(), owner(node))
                })
                .collect(),
        }
    }
}

/// Whose the places of the table and the stretches of memory are.
pub struct Owners {
    pub slots: BTreeMap<usize, usize>,
    pub stretches: Vec<(Node, Range<usize>, Option<usize>)>,
}

/// Where the functions' code stands in its section.
fn bodies(module: &Module) -> Option<Vec<Range<usize>>> {
    let mut rest = module.section(CODE);
    let length = rest.0.len();
    (0..rest.number()?)
        .map(|_| {
            let start = length - rest.0.len();
            rest.counted()?;
            Some(start..length - rest.0.len())
        })
        .collect()
}

/// Where the segments of memory stand in their section, at which address they begin, and how long they are.
fn segments(module: &Module) -> Option<Vec<(usize, usize, usize)>> {
    let data = module.data()?;
    let mut rest = module.section(DATA);
    let length = rest.0.len();
    rest.number()?;
    data.iter()
        .map(|segment| {
            // How it begins, `i32.const`, the address, `end`.
            rest.bytes(2)?;
            rest.number()?;
            rest.byte()?;
            let count = rest.counted()?.len();
            Some((length - rest.0.len() - count, segment.at, count))
        })
        .collect()
}
