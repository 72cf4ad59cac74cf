//! The finished program in its pieces, and what of it calls what.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{self, Op};
use crate::slim::module::{self, Module, Segment};
use crate::slim::read::Reader;

/// The finished program in its pieces.
pub struct Program {
    pub module: Module,
    /// The types as they are written.
    pub types: Vec<Vec<u8>>,
    /// The type of each function, those that are imported first.
    pub functions: Vec<usize>,
    pub imported: usize,
    bodies: Vec<Vec<u8>>,
    pub globals: Vec<[u8; 2]>,
    pub names: BTreeMap<usize, String>,
    pub slots: BTreeMap<usize, usize>,
    pub roots: BTreeSet<usize>,
}

/// What of the finished program is to be in a part: functions, places in the table, stretches of memory.
#[derive(Default)]
pub struct Piece {
    pub doors: BTreeSet<usize>,
    pub functions: BTreeSet<usize>,
    pub slots: BTreeMap<usize, usize>,
    pub memory: Vec<Segment>,
}

impl Piece {
    /// What is behind these doors, before it is known what that is.
    pub fn behind(doors: BTreeSet<usize>) -> Self {
        Self {
            doors,
            ..Self::default()
        }
    }
}

impl Program {
    pub fn read(wasm: &[u8]) -> Option<Self> {
        let module = Module::read(wasm)?;
        let imports = module.import_types()?;
        let mut functions = imports.clone();
        let mut rest = module.section(module::FUNCTIONS);
        for _ in 0..rest.number()? {
            functions.push(rest.number()?);
        }
        let mut rest = module.section(module::CODE);
        let bodies = (0..rest.number()?)
            .map(|_| rest.counted().map(<[u8]>::to_vec))
            .collect::<Option<Vec<_>>>()?;
        let mut roots: BTreeSet<usize> = module.exported()?.into_iter().collect();
        let mut start = module.section(module::START);
        if module.has(module::START) {
            roots.insert(start.number()?);
        }
        Some(Self {
            types: types(&module)?,
            imported: imports.len(),
            functions,
            bodies,
            globals: globals(&module)?,
            names: module.names(),
            slots: module.slots()?,
            roots,
            module,
        })
    }

    pub fn body(&self, function: usize) -> Option<&[u8]> {
        let index = function.checked_sub(self.imported)?;
        self.bodies.get(index).map(Vec::as_slice)
    }

    /// Whom a function calls by name, and which places in memory it may mean; nothing if it is imported.
    pub fn named(&self, function: usize) -> Option<Named> {
        let mut named = Named::default();
        let Some(body) = self.body(function) else {
            return (function < self.imported).then_some(named);
        };
        for op in code::read(body)?.1 {
            match op {
                Op::Call(other) => drop(named.calls.insert(other)),
                Op::Number(place, _) => drop(named.places.insert(place)),
                Op::Whole(_) => named.is_whole = true,
                _ => {}
            }
        }
        Some(named)
    }

    /// Everything that is called from here, without going through a door.
    pub fn reached(
        &self,
        from: impl IntoIterator<Item = usize>,
        doors: &BTreeSet<usize>,
    ) -> Option<BTreeSet<usize>> {
        let mut open: Vec<usize> = from.into_iter().collect();
        let mut reached: BTreeSet<usize> = open.iter().copied().collect();
        while let Some(function) = open.pop() {
            for next in self.named(function)?.calls {
                if !doors.contains(&next) && reached.insert(next) {
                    open.push(next);
                }
            }
        }
        Some(reached)
    }

    /// How many functions there are.
    pub fn count(&self) -> usize {
        self.functions.len()
    }

    pub fn memory(&self) -> Option<Vec<Segment>> {
        self.module.data()
    }
}

/// Whom a function names.
#[derive(Default)]
pub struct Named {
    pub calls: BTreeSet<usize>,
    pub places: BTreeSet<usize>,
    pub is_whole: bool,
}

fn types(module: &Module) -> Option<Vec<Vec<u8>>> {
    let mut rest = module.section(module::TYPES);
    (0..rest.number()?)
        .map(|_| {
            let whole = rest.0;
            (rest.byte()? == 0x60).then_some(())?;
            rest.counted()?;
            rest.counted()?;
            Some(whole.get(..whole.len() - rest.0.len())?.to_vec())
        })
        .collect()
}

/// Which type each global has, and whether it changes.
fn globals(module: &Module) -> Option<Vec<[u8; 2]>> {
    let mut rest = module.section(module::GLOBALS);
    (0..rest.number()?)
        .map(|_| {
            let kind = [rest.byte()?, rest.byte()?];
            initial(&mut rest)?;
            Some(kind)
        })
        .collect()
}

/// What a global begins with.
fn initial(rest: &mut Reader<'_>) -> Option<()> {
    match rest.byte()? {
        0x41 | 0x42 => drop(rest.long()?),
        0x43 => drop(rest.bytes(4)?),
        0x44 => drop(rest.bytes(8)?),
        _ => return None,
    }
    (rest.byte()? == 0x0b).then_some(())
}
