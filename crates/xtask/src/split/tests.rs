use super::*;
use crate::slim::module::{self, Module};
use crate::slim::read::{counted, number};

fn section(id: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![id];
    counted(&mut out, content);
    out
}

fn list(items: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, items.len());
    out.extend(items.concat());
    out
}

fn body(code: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    counted(&mut out, &[&[0], code, &[0x0b]].concat());
    out
}

/// An import (0), what starts (1), a door (2), what only the door needs (3), what both need (4), and what
/// stands in the table for the part alone (5).
fn program() -> Vec<u8> {
    let bodies = [
        body(&[0x10, 2, 0x10, 4]),
        body(&[0x10, 3, 0x10, 4, 0x10, 0]),
        body(&[0x41, 1, 0x11, 0, 0]),
        body(&[]),
        body(&[0x23, 0, 0x1a]),
    ];
    let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
    let mut door = vec![2];
    counted(&mut door, b"interno::menu::door::compose");
    let mut names = Vec::new();
    counted(&mut names, b"name");
    names.push(1);
    counted(&mut names, &list(&[&door]));
    let address = [0, 0x41, 0x80, 0x80, 0xc0, 0x00, 0x0b, 8];
    [
        b"\0asm\x01\0\0\0".to_vec(),
        section(module::TYPES, &list(&[&[0x60, 0, 0]])),
        section(module::IMPORTS, &list(&[&[1, b'g', 1, b'x', 0, 0]])),
        section(module::FUNCTIONS, &[5, 0, 0, 0, 0, 0]),
        section(module::TABLES, &list(&[&[0x70, 1, 3, 3]])),
        section(module::MEMORY, &list(&[&[0, 17]])),
        section(module::GLOBALS, &list(&[&[0x7f, 1, 0x41, 0, 0x0b]])),
        section(module::EXPORTS, &list(&[&[1, b's', 0, 1]])),
        section(module::ELEMENTS, &list(&[&[0, 0x41, 1, 0x0b, 2, 5, 4]])),
        section(module::CODE, &list(&bodies)),
        section(
            module::DATA,
            &list(&[&[&address[..], b"mainpart"].concat()]),
        ),
        section(0, &names),
    ]
    .concat()
}

fn taken_apart() -> (Module, Module) {
    let program = Program::read(&program()).unwrap();
    let memory = |at, text: &[u8]| Segment {
        at,
        bytes: text.to_vec(),
    };
    let part = Piece {
        doors: [2].into(),
        functions: [2, 3, 5].into(),
        slots: [(1, 5)].into(),
        memory: vec![memory(1_048_580, b"part")],
    };
    let main = [memory(1_048_576, b"main")];
    let (main, parts) = program.write(&main, &[part]).unwrap();
    let part = Module::read(parts.first().unwrap()).unwrap();
    (Module::read(&main).unwrap(), part)
}

#[test]
fn main_goes_through_the_table_where_a_part_begins() {
    let (main, _) = taken_apart();
    let start = body(&[0x41, 3, 0x11, 0, 0, 0x10, 2]);
    // It stops where somebody calls what is not here.
    let stop = body(&[0x00]);
    assert_eq!(
        main.section(module::CODE).0,
        list(&[&start, &body(&[]), &stop])
    );
    // Of the three places in the table two are the part's.
    assert_eq!(main.slots().unwrap(), [(1, 3), (2, 2), (3, 3)].into());
    assert_eq!(main.section(module::TABLES).0, [1, 0x70, 1, 4, 4]);
    assert_eq!(main.data().unwrap().first().unwrap().bytes, b"main");
    assert_eq!(main.exports().unwrap(), ["s", "a", "b", "0", "1", "2"]);
}

#[test]
fn a_part_finds_in_main_what_it_needs_of_it() {
    let (_, part) = taken_apart();
    let imports: [&[u8]; 5] = [
        b"\x01m\x01a\0\0",
        b"\x01m\x01b\0\0",
        b"\x01m\x010\x01\x70\0\0",
        b"\x01m\x011\x02\0\0",
        b"\x01m\x012\x03\x7f\x01",
    ];
    assert_eq!(part.section(module::IMPORTS).0, list(&imports));
    let door = body(&[0x10, 3, 0x10, 1, 0x10, 0]);
    let helper = body(&[0x41, 1, 0x11, 0, 0]);
    let standing = body(&[0x23, 0, 0x1a]);
    assert_eq!(
        part.section(module::CODE).0,
        list(&[&door, &helper, &standing])
    );
    assert_eq!(part.slots().unwrap(), [(1, 4), (3, 2)].into());
    let memory = part.data().unwrap();
    assert_eq!(memory.first().unwrap().at, 1_048_580);
    assert_eq!(memory.first().unwrap().bytes, b"part");
}

#[test]
fn what_calls_a_door_does_not_bring_what_is_behind_it() {
    let program = Program::read(&program()).unwrap();
    let doors = [2].into();
    assert_eq!(program.reached([1], &doors).unwrap(), [1, 4].into());
    assert_eq!(program.reached([2], &doors).unwrap(), [0, 2, 3, 4].into());
}

#[test]
fn what_is_cut_short_is_told_and_stops_nothing() {
    let whole = program();
    for end in 0..whole.len() {
        let _ = Program::read(whole.get(..end).unwrap());
        let _ = Linked::read(whole.get(..end).unwrap());
    }
    assert!(split(&whole, &whole).is_err(), "the linker noted nothing");
}

#[test]
fn doors_are_functions_of_their_module_and_nothing_within_them() {
    for name in [
        "_ZN7interno5pages4menu4door7compose17h0a1b2c3d4e5f6a7bE",
        "interno::pages::menu::door::compose",
        "interno::pages::menu::door::compose::h0a1b2c3d4e5f6a7b",
    ] {
        assert!(is_in(name, "menu::door"), "{name}");
    }
    for name in [
        "_ZN7interno5pages4menu4door7compose28_$u7b$$u7b$closure$u7d$$u7d$17h0a1bE",
        "interno::pages::menu::door::compose::{{closure}}::h0a1b2c3d4e5f6a7b",
        "core::ptr::drop_in_place<interno::pages::menu::door::compose::{{closure}}>",
        "interno::pages::menu::doors::compose",
    ] {
        assert!(!is_in(name, "menu::door"), "{name}");
    }
}
