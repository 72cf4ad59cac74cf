//! A WebAssembly as its sections, and the few of them that are looked into.

use std::collections::BTreeMap;

use super::read::{Reader, counted, number};

const CUSTOM: u8 = 0;
pub const TYPES: u8 = 1;
pub const IMPORTS: u8 = 2;
pub const FUNCTIONS: u8 = 3;
pub const TABLES: u8 = 4;
pub const MEMORY: u8 = 5;
pub const GLOBALS: u8 = 6;
pub const EXPORTS: u8 = 7;
pub const START: u8 = 8;
pub const ELEMENTS: u8 = 9;
pub const CODE: u8 = 10;
pub const DATA: u8 = 11;
/// How many segments there are, told before the code.
const DATA_COUNT: u8 = 12;

/// A program as its sections.
pub struct Module {
    head: Vec<u8>,
    sections: Vec<(u8, Vec<u8>)>,
}

/// Bytes, and where in memory they are put at the start.
pub struct Segment {
    pub at: usize,
    pub bytes: Vec<u8>,
}

impl Module {
    pub fn read(wasm: &[u8]) -> Option<Self> {
        let mut rest = Reader(wasm);
        let head = rest.bytes(8).filter(|head| head.starts_with(b"\0asm"))?;
        let mut sections = Vec::new();
        while !rest.0.is_empty() {
            let id = rest.byte()?;
            sections.push((id, rest.counted()?.to_vec()));
        }
        Some(Self {
            head: head.to_vec(),
            sections,
        })
    }

    pub fn write(&self) -> Vec<u8> {
        let mut out = self.head.clone();
        for (id, content) in &self.sections {
            out.push(*id);
            counted(&mut out, content);
        }
        out
    }

    pub fn has(&self, wanted: u8) -> bool {
        self.sections.iter().any(|(id, _)| *id == wanted)
    }

    /// A note by its name.
    pub fn note(&self, wanted: &str) -> Option<Reader<'_>> {
        let mut notes = self.sections.iter().filter(|(id, _)| *id == CUSTOM);
        notes.find_map(|(_, content)| {
            let mut rest = Reader(content);
            (rest.text()? == wanted).then_some(rest)
        })
    }

    pub fn section(&self, wanted: u8) -> Reader<'_> {
        let found = self.sections.iter().find(|(id, _)| *id == wanted);
        // A section that is not there holds nothing.
        Reader(found.map_or(&[0], |(_, content)| content.as_slice()))
    }

    fn put(&mut self, wanted: u8, content: Vec<u8>) {
        if let Some((_, old)) = self.sections.iter_mut().find(|(id, _)| *id == wanted) {
            *old = content;
        }
    }

    /// Only the notes with which wasm-opt has something to do: those of the linker would keep it from much.
    pub fn forget_linking(&mut self) {
        self.sections.retain(|(id, content)| {
            *id != CUSTOM
                || Reader(content)
                    .text()
                    .is_some_and(|name| ["name", "target_features"].contains(&name))
        });
    }

    /// The names of the imports; all of them are functions in what wasm-bindgen writes.
    pub fn imports(&self) -> Option<Vec<String>> {
        let mut rest = self.section(IMPORTS);
        (0..rest.number()?)
            .map(|_| {
                rest.text()?;
                let name = rest.text()?.to_owned();
                function(&mut rest)?;
                Some(name)
            })
            .collect()
    }

    /// The types of the imports.
    pub fn import_types(&self) -> Option<Vec<usize>> {
        let mut rest = self.section(IMPORTS);
        (0..rest.number()?)
            .map(|_| {
                rest.counted()?;
                rest.counted()?;
                function(&mut rest)
            })
            .collect()
    }

    /// The functions that are exported.
    pub fn exported(&self) -> Option<Vec<usize>> {
        let mut rest = self.section(EXPORTS);
        let mut functions = Vec::new();
        for _ in 0..rest.number()? {
            rest.counted()?;
            let (kind, index) = (rest.byte()?, rest.number()?);
            if kind == 0 {
                functions.push(index);
            }
        }
        Some(functions)
    }

    /// Which function stands in which place of the first table.
    pub fn slots(&self) -> Option<BTreeMap<usize, usize>> {
        let mut rest = self.section(ELEMENTS);
        let mut slots = BTreeMap::new();
        for _ in 0..rest.number()? {
            // Put there at the start, at a fixed place: `i32.const`, its number, `end`.
            let begins = rest.number()? == 0 && rest.byte()? == 0x41;
            let at = place(&mut rest)?;
            (begins && rest.byte()? == 0x0b).then_some(())?;
            for slot in at..at + rest.number()? {
                slots.insert(slot, rest.number()?);
            }
        }
        Some(slots)
    }

    /// The names of the exports.
    pub fn exports(&self) -> Option<Vec<String>> {
        let mut rest = self.section(EXPORTS);
        (0..rest.number()?)
            .map(|_| {
                let name = rest.text()?.to_owned();
                rest.byte()?;
                rest.number()?;
                Some(name)
            })
            .collect()
    }

    /// Gives imports and exports other names, and takes away the exports that are not used.
    pub fn rename(
        &mut self,
        names: &BTreeMap<String, String>,
        is_used: impl Fn(&str) -> bool,
    ) -> Option<()> {
        let called = |old: &str| names.get(old).map_or_else(|| old.to_owned(), Clone::clone);
        let mut rest = self.section(IMPORTS);
        let count = rest.number()?;
        let mut imports = Vec::new();
        number(&mut imports, count);
        for _ in 0..count {
            counted(&mut imports, called(rest.text()?).as_bytes());
            counted(&mut imports, called(rest.text()?).as_bytes());
            imports.push(0);
            number(&mut imports, function(&mut rest)?);
        }
        let mut rest = self.section(EXPORTS);
        let (mut kept, mut exports) = (0, Vec::new());
        for _ in 0..rest.number()? {
            let (name, kind, index) = (rest.text()?, rest.byte()?, rest.number()?);
            if is_used(name) {
                kept += 1;
                counted(&mut exports, called(name).as_bytes());
                exports.push(kind);
                number(&mut exports, index);
            }
        }
        let mut all = Vec::new();
        number(&mut all, kept);
        all.extend(exports);
        self.put(IMPORTS, imports);
        self.put(EXPORTS, all);
        Some(())
    }

    /// What the functions are called, by their number among all, imports included.
    pub fn names(&self) -> BTreeMap<usize, String> {
        self.note("name")
            .and_then(function_names)
            .unwrap_or_default()
    }

    /// What each function of the program answers, as the codes of types.
    fn answers(&self) -> Option<Vec<Vec<u8>>> {
        let mut rest = self.section(TYPES);
        let types = (0..rest.number()?)
            .map(|_| {
                (rest.byte()? == 0x60).then_some(())?;
                rest.counted()?;
                Some(rest.counted()?.to_vec())
            })
            .collect::<Option<Vec<_>>>()?;
        let mut rest = self.section(FUNCTIONS);
        (0..rest.number()?)
            .map(|_| types.get(rest.number()?).cloned())
            .collect()
    }

    /// Puts another body in place of each function whose name and answer are wanted; says how many.
    pub fn replace(&mut self, wanted: impl Fn(&str, &[u8]) -> bool, body: &[u8]) -> Option<usize> {
        let (names, before, answers) = (self.names(), self.imports()?.len(), self.answers()?);
        let mut rest = self.section(CODE);
        let count = rest.number()?;
        let (mut replaced, mut code) = (0, Vec::new());
        number(&mut code, count);
        for (index, answer) in (before..before + count).zip(&answers) {
            let old = rest.counted()?;
            let name = names.get(&index);
            let is_wanted = name.is_some_and(|name| wanted(name, answer));
            replaced += usize::from(is_wanted);
            counted(&mut code, if is_wanted { body } else { old });
        }
        self.put(CODE, code);
        Some(replaced)
    }

    /// What stands in memory at the start.
    pub fn data(&self) -> Option<Vec<Segment>> {
        let mut rest = self.section(DATA);
        (0..rest.number()?)
            .map(|_| {
                // Put into the one memory there is, at a fixed place: `i32.const`, its number, `end`.
                let begins = rest.number()? == 0 && rest.byte()? == 0x41;
                let at = place(&mut rest)?;
                let ends = rest.byte()? == 0x0b;
                let bytes = rest.counted()?.to_vec();
                (begins && ends).then_some(Segment { at, bytes })
            })
            .collect()
    }

    /// Puts these in place of what stood in memory.
    pub fn put_data(&mut self, segments: &[Segment]) {
        let mut count = Vec::new();
        number(&mut count, segments.len());
        self.put(DATA_COUNT, count);
        self.put(DATA, data_of(segments));
    }
}

/// What stands in memory at the start, as it is written.
pub fn data_of(segments: &[Segment]) -> Vec<u8> {
    let mut data = Vec::new();
    number(&mut data, segments.len());
    for segment in segments {
        data.extend([0, 0x41]);
        put_place(&mut data, segment.at);
        data.push(0x0b);
        counted(&mut data, &segment.bytes);
    }
    data
}

/// The type of an imported function.
fn function(rest: &mut Reader<'_>) -> Option<usize> {
    (rest.byte()? == 0).then_some(())?;
    rest.number()
}

fn function_names(mut rest: Reader<'_>) -> Option<BTreeMap<usize, String>> {
    while !rest.0.is_empty() {
        let kind = rest.byte()?;
        let mut names = Reader(rest.counted()?);
        if kind == 1 {
            return (0..names.number()?)
                .map(|_| Some((names.number()?, names.text()?.to_owned())))
                .collect();
        }
    }
    None
}

/// A place in memory: a signed number, which no place below two gigabytes makes negative.
fn place(rest: &mut Reader<'_>) -> Option<usize> {
    rest.number().filter(|place| *place < 1 << 31)
}

pub fn put_place(out: &mut Vec<u8>, mut place: usize) {
    // Like an unsigned number, but for the bit that would say "negative".
    while place >= 64 {
        out.push(u8::try_from(place & 127).unwrap_or_default() | 128);
        place >>= 7;
    }
    out.push(u8::try_from(place).unwrap_or_default());
}
