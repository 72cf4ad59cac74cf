//! Sections, and the lists in them, as WebAssembly writes them.

use std::collections::BTreeMap;

use crate::slim::module::{Module, put_place};
use crate::slim::read::{counted, number};

/// Things behind their number.
#[derive(Default)]
pub struct List {
    count: usize,
    pub items: Vec<u8>,
}

impl List {
    pub fn add(&mut self) -> &mut Vec<u8> {
        self.count += 1;
        &mut self.items
    }

    /// Something that is found elsewhere, up to its type.
    pub fn import(&mut self, whose: &str, name: &str, kind: u8) {
        let out = self.add();
        counted(out, whose.as_bytes());
        counted(out, name.as_bytes());
        out.push(kind);
    }

    pub fn export(&mut self, name: &str, kind: u8, index: usize) {
        let out = self.add();
        counted(out, name.as_bytes());
        out.push(kind);
        number(out, index);
    }

    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        number(&mut out, self.count);
        out.extend(&self.items);
        out
    }
}

/// Sections in the order that WebAssembly wants.
#[derive(Default)]
pub struct Sections(BTreeMap<u8, Vec<u8>>);

impl Sections {
    pub fn put(&mut self, id: u8, content: Vec<u8>) {
        self.0.insert(id, content);
    }

    pub fn keep(&mut self, module: &Module, id: u8) {
        if module.has(id) {
            self.put(id, module.section(id).0.to_vec());
        }
    }

    pub fn write(&self) -> Vec<u8> {
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        for (id, content) in &self.0 {
            // Nothing in it: not even that is said.
            if content != &[0] {
                out.push(*id);
                counted(&mut out, content);
            }
        }
        out
    }
}

/// Functions into their places, run by run.
pub fn elements(filled: &BTreeMap<usize, usize>) -> Vec<u8> {
    let mut runs: Vec<(usize, Vec<usize>)> = Vec::new();
    for (slot, function) in filled {
        match runs.last_mut() {
            Some((start, run)) if *start + run.len() == *slot => run.push(*function),
            _ => runs.push((*slot, vec![*function])),
        }
    }
    let mut out = Vec::new();
    number(&mut out, runs.len());
    for (start, run) in runs {
        out.extend([0, 0x41]);
        put_place(&mut out, start);
        out.push(0x0b);
        number(&mut out, run.len());
        for function in run {
            number(&mut out, function);
        }
    }
    out
}
