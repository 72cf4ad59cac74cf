//! Main and the parts, written.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{self, Op};
use super::program::{Piece, Program};
use super::sections::{List, Sections, elements};
use crate::slim::module::{self, Segment, put_place};
use crate::slim::read::{counted, number};

/// Under which name a part finds what main has.
const MAIN: &str = "m";
/// … and what the first two parts have.
const SHARED: [&str; 2] = ["b", "c"];

/// A body that stops at once: no locals, `unreachable`, `end`.
const STOP: [u8; 3] = [0, 0x00, 0x0b];

/// A number that changes, as the place on the stack, which main and parts share.
const STACK: [u8; 2] = [0x7f, 1];

/// Names that no letters have.
const TABLE: &str = "0";
const MEMORY: &str = "1";

fn global_name(index: usize) -> String {
    (index + 2).to_string()
}

/// Numbers that are given anew, in the order in which they are asked for.
#[derive(Default)]
struct Numbers(BTreeMap<usize, usize>);

impl Numbers {
    fn of(&mut self, old: usize) -> usize {
        let next = self.0.len();
        *self.0.entry(old).or_insert(next)
    }

    fn in_order(&self) -> Vec<usize> {
        let mut order: Vec<_> = self.0.iter().map(|(old, new)| (*new, *old)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, old)| old).collect()
    }
}

/// How things are called where code is written.
struct Scope<'a> {
    types: Numbers,
    globals: Numbers,
    functions: BTreeMap<usize, usize>,
    /// Where the doors of parts stand in the table.
    doors: &'a BTreeMap<usize, usize>,
}

impl<'a> Scope<'a> {
    /// Functions in this order, and the doors of parts.
    fn of(functions: impl Iterator<Item = usize>, doors: &'a BTreeMap<usize, usize>) -> Self {
        Self {
            types: Numbers::default(),
            globals: Numbers::default(),
            functions: functions.zip(0..).collect(),
            doors,
        }
    }
}

impl Program {
    /// Main without the parts, and the parts.
    pub fn write(&self, main: &[Segment], parts: &[Piece]) -> Option<(Vec<u8>, Vec<Vec<u8>>)> {
        let first = self.slots.keys().next_back()? + 1;
        let doors = parts.iter().flat_map(|part| &part.doors).copied();
        let doors: BTreeMap<usize, usize> = doors.zip(first..).collect();
        let wanted = self.wanted(parts, &doors)?;
        let written = parts
            .iter()
            .map(|part| self.part(part, parts, &doors, &wanted))
            .collect::<Option<Vec<_>>>()?;
        Some((self.main(main, parts, &doors, &wanted)?, written))
    }

    /// What parts call of main and of the first of them, under the names it gets for them.
    fn wanted(
        &self,
        parts: &[Piece],
        doors: &BTreeMap<usize, usize>,
    ) -> Option<BTreeMap<usize, String>> {
        let mut wanted = BTreeSet::new();
        for part in parts {
            wanted.extend(self.called_elsewhere(part, doors)?);
        }
        let taken = self.module.exports()?;
        let free = (0..)
            .map(crate::slim::letters)
            .filter(|name| !taken.contains(name));
        Some(wanted.into_iter().zip(free).collect())
    }

    fn main(
        &self,
        memory: &[Segment],
        parts: &[Piece],
        doors: &BTreeMap<usize, usize>,
        wanted: &BTreeMap<usize, String>,
    ) -> Option<Vec<u8>> {
        let theirs: BTreeSet<usize> = parts
            .iter()
            .flat_map(|part| &part.functions)
            .copied()
            .collect();
        let kept = (0..self.count()).filter(|function| !theirs.contains(function));
        let mut scope = Scope::of(kept.clone(), doors);
        for global in 0..self.globals.len() {
            scope.globals.of(global);
        }
        let mut out = Sections::default();
        out.put(module::IMPORTS, self.imports(&mut scope)?);
        // One more: it stands in the table where a part is missing.
        let own = kept.skip(self.imported);
        let nobody = scope.functions.len();
        self.put_code(&mut out, own, &mut scope, Some(&STOP))?;
        out.put(module::TABLES, self.tables(doors.len())?);
        out.keep(&self.module, module::MEMORY);
        out.keep(&self.module, module::GLOBALS);
        out.put(module::EXPORTS, self.exports(&scope, wanted)?);
        if self.module.has(module::START) {
            let mut start = Vec::new();
            let at = self.module.section(module::START).number()?;
            number(&mut start, *scope.functions.get(&at)?);
            out.put(module::START, start);
        }
        let filled = self.slots.iter().map(|(slot, function)| {
            let function = scope.functions.get(function).copied();
            (*slot, function.unwrap_or(nobody))
        });
        let filled = filled.chain(doors.values().map(|slot| (*slot, nobody)));
        out.put(module::ELEMENTS, elements(&filled.collect()));
        out.put(module::DATA, module::data_of(memory));
        out.put(module::TYPES, self.types_of(&scope)?);
        Some(out.write())
    }

    fn part(
        &self,
        part: &Piece,
        parts: &[Piece],
        doors: &BTreeMap<usize, usize>,
        wanted: &BTreeMap<usize, String>,
    ) -> Option<Vec<u8>> {
        let called = self.called_elsewhere(part, doors)?;
        let all = called.iter().chain(&part.functions).copied();
        let mut scope = Scope::of(all, doors);
        let mut imports = List::default();
        for function in &called {
            let kind = scope.types.of(*self.functions.get(*function)?);
            let mut shared = parts.iter().zip(SHARED);
            let found = shared.find(|(part, _)| part.functions.contains(function));
            let whose = found.map_or(MAIN, |(_, name)| name);
            imports.import(whose, wanted.get(function)?, 0);
            number(&mut imports.items, kind);
        }
        let mut out = Sections::default();
        self.put_code(&mut out, part.functions.iter().copied(), &mut scope, None)?;
        // The table and the memory, as large as they happen to be.
        imports.import(MAIN, TABLE, 1);
        imports.items.extend([0x70, 0, 0]);
        imports.import(MAIN, MEMORY, 2);
        imports.items.extend([0, 0]);
        for global in scope.globals.in_order() {
            imports.import(MAIN, &global_name(global), 3);
            let kind = self.globals.get(global)?;
            imports.items.extend((*kind == STACK).then_some(kind)?);
        }
        out.put(module::IMPORTS, imports.write());
        let own_doors = part.doors.iter();
        let own_doors = own_doors.filter_map(|door| Some((doors.get(door)?, door)));
        let filled = part.slots.iter().chain(own_doors);
        let filled = filled
            .map(|(slot, function)| Some((*slot, *scope.functions.get(function)?)))
            .collect::<Option<BTreeMap<_, _>>>()?;
        out.put(module::ELEMENTS, elements(&filled));
        let mut exports = List::default();
        for (function, name) in wanted {
            if part.functions.contains(function) {
                exports.export(name, 0, *scope.functions.get(function)?);
            }
        }
        out.put(module::EXPORTS, exports.write());
        out.put(module::DATA, module::data_of(&part.memory));
        out.put(module::TYPES, self.types_of(&scope)?);
        Some(out.write())
    }

    /// What a part calls that is not its own and behind no door.
    fn called_elsewhere(
        &self,
        part: &Piece,
        doors: &BTreeMap<usize, usize>,
    ) -> Option<BTreeSet<usize>> {
        let mut called = BTreeSet::new();
        for function in &part.functions {
            let calls = self.named(*function)?.calls;
            called.extend(calls.difference(&part.functions));
        }
        called.retain(|function| !doors.contains_key(function));
        Some(called)
    }

    fn types_of(&self, scope: &Scope<'_>) -> Option<Vec<u8>> {
        let order = scope.types.in_order();
        let mut out = Vec::new();
        number(&mut out, order.len());
        for kind in order {
            out.extend(self.types.get(kind)?);
        }
        Some(out)
    }

    fn imports(&self, scope: &mut Scope<'_>) -> Option<Vec<u8>> {
        let mut rest = self.module.section(module::IMPORTS);
        let mut out = Vec::new();
        number(&mut out, rest.number()?);
        for kind in self.functions.iter().take(self.imported) {
            counted(&mut out, rest.counted()?);
            counted(&mut out, rest.counted()?);
            rest.byte()?;
            rest.number()?;
            out.push(0);
            number(&mut out, scope.types.of(*kind));
        }
        Some(out)
    }

    /// Which types functions have, and their bodies.
    fn put_code(
        &self,
        out: &mut Sections,
        own: impl Iterator<Item = usize>,
        scope: &mut Scope<'_>,
        last: Option<&[u8]>,
    ) -> Option<()> {
        let (mut kinds, mut code) = (List::default(), List::default());
        for function in own {
            let kind = scope.types.of(*self.functions.get(function)?);
            number(kinds.add(), kind);
            let body = self.rewritten(self.body(function)?, scope)?;
            counted(code.add(), &body);
        }
        if let Some(last) = last {
            number(kinds.add(), 0);
            counted(code.add(), last);
        }
        out.put(module::FUNCTIONS, kinds.write());
        out.put(module::CODE, code.write());
        Some(())
    }

    fn rewritten(&self, body: &[u8], scope: &mut Scope<'_>) -> Option<Vec<u8>> {
        let (locals, ops) = code::read(body)?;
        let mut out = locals.to_vec();
        for op in ops {
            match op {
                Op::Other(text) | Op::Number(_, text) | Op::Whole(text) => out.extend(text),
                Op::Global(code, index) => {
                    out.push(code);
                    number(&mut out, scope.globals.of(index));
                }
                Op::Block(code, kind) => {
                    out.push(code);
                    put_place(&mut out, scope.types.of(kind));
                }
                Op::Indirect(kind) => {
                    out.push(0x11);
                    number(&mut out, scope.types.of(kind));
                    out.push(0);
                }
                Op::Call(function) => {
                    if let Some(own) = scope.functions.get(&function) {
                        out.push(0x10);
                        number(&mut out, *own);
                        continue;
                    }
                    // Through the door: it stands in the table once its part is here.
                    out.push(0x41);
                    put_place(&mut out, *scope.doors.get(&function)?);
                    out.push(0x11);
                    let kind = *self.functions.get(function)?;
                    number(&mut out, scope.types.of(kind));
                    out.push(0);
                }
            }
        }
        Some(out)
    }

    /// The tables, with so many more places in the first.
    fn tables(&self, more: usize) -> Option<Vec<u8>> {
        let mut rest = self.module.section(module::TABLES);
        let (mut out, count) = (Vec::new(), rest.number()?);
        number(&mut out, count);
        for index in 0..count {
            let more = if index == 0 { more } else { 0 };
            let (kind, limits) = (rest.byte()?, rest.byte()?);
            out.extend([kind, limits]);
            for _ in 0..=limits {
                number(&mut out, rest.number()? + more);
            }
        }
        Some(out)
    }

    fn exports(&self, scope: &Scope<'_>, wanted: &BTreeMap<usize, String>) -> Option<Vec<u8>> {
        let mut rest = self.module.section(module::EXPORTS);
        let mut exports = List::default();
        for _ in 0..rest.number()? {
            let (name, kind, index) = (rest.text()?, rest.byte()?, rest.number()?);
            let index = if kind == 0 {
                *scope.functions.get(&index)?
            } else {
                index
            };
            exports.export(name, kind, index);
        }
        for (function, name) in wanted {
            if let Some(index) = scope.functions.get(function) {
                exports.export(name, 0, *index);
            }
        }
        exports.export(TABLE, 1, 0);
        exports.export(MEMORY, 2, 0);
        for (index, kind) in self.globals.iter().enumerate() {
            if *kind == STACK {
                exports.export(&global_name(index), 3, index);
            }
        }
        Some(exports.write())
    }
}
