//! What a function's code says, instruction by instruction: those that name something else, and the rest as it is.

use crate::slim::read::Reader;

/// An instruction, as far as it matters who is named in it.
pub enum Op<'a> {
    /// A function that is called.
    Call(usize),
    /// Whatever stands in a place of the table, of this type.
    Indirect(usize),
    /// A block, a loop or an `if`, whose type has a number.
    Block(u8, usize),
    /// A global that is read or written.
    Global(u8, usize),
    /// A number, or an address with its distance, that may be where something stands in memory.
    Number(usize, &'a [u8]),
    /// What belongs to the program as a whole: its tables, and functions as values.
    Whole(&'a [u8]),
    /// Anything else.
    Other(&'a [u8]),
}

/// The instructions of a body, and what stands before them: its locals.
pub fn read(body: &[u8]) -> Option<(&[u8], Vec<Op<'_>>)> {
    let mut rest = Reader(body);
    for _ in 0..rest.number()? {
        rest.number()?;
        rest.byte()?;
    }
    let locals = body.get(..body.len() - rest.0.len())?;
    let mut ops = Vec::new();
    while !rest.0.is_empty() {
        ops.push(op(&mut rest)?);
    }
    Some((locals, ops))
}

fn op<'a>(rest: &mut Reader<'a>) -> Option<Op<'a>> {
    let whole = rest.0;
    let code = rest.byte()?;
    let mut number = None;
    let mut is_whole = false;
    match code {
        0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
        0x02..=0x04 => {
            // A type of its own, unless it is none or that of one value.
            if !matches!(rest.0.first()?, 0x40..=0x7f) {
                return Some(Op::Block(code, rest.number()?));
            }
            rest.byte()?;
        }
        0x0c | 0x0d | 0x20..=0x22 | 0x3f | 0x40 => drop(rest.number()?),
        0x0e => {
            for _ in 0..=rest.number()? {
                rest.number()?;
            }
        }
        0x10 => return Some(Op::Call(rest.number()?)),
        0x11 => {
            let kind = rest.number()?;
            return (rest.number()? == 0).then_some(Op::Indirect(kind));
        }
        0x1c => drop(rest.counted()?),
        0x23 | 0x24 => return Some(Op::Global(code, rest.number()?)),
        0x25 | 0x26 | 0xd0 | 0xd2 => {
            rest.number()?;
            is_whole = true;
        }
        0x28..=0x3e => {
            rest.number()?;
            number = Some(rest.number()?);
        }
        0x41 => number = Some(rest.number()?),
        0x42 => drop(rest.long()?),
        0x43 => drop(rest.bytes(4)?),
        0x44 => drop(rest.bytes(8)?),
        0xfc => is_whole = far(rest)?,
        _ => return None,
    }
    let text = whole.get(..whole.len() - rest.0.len())?;
    Some(match number {
        Some(number) => Op::Number(number, text),
        None if is_whole => Op::Whole(text),
        None => Op::Other(text),
    })
}

/// The instructions behind a second code; says whether they are about tables.
fn far(rest: &mut Reader<'_>) -> Option<bool> {
    match rest.number()? {
        0..=7 => Some(false),
        10 => rest.bytes(2).map(|_| false),
        11 => rest.bytes(1).map(|_| false),
        14 => rest.bytes(2).map(|_| true),
        15..=17 => rest.number().map(|_| true),
        // What is put into memory or a table piece by piece: rustc makes none of it.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_told_apart() {
        // One local; block of type 64; i32.const 1048576; i32.load offset=16; call 300; call_indirect
        // type 2; global.get 0; br_table 0 1; f64.const; memory.fill; table.size 1; end; end.
        let body = [
            1, 1, 0x7f, 0x02, 0xc0, 0x00, 0x41, 0x80, 0x80, 0xc0, 0x00, 0x28, 2, 16, 0x10, 0xac, 2,
            0x11, 2, 0, 0x23, 0, 0x0e, 1, 0, 1, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0xfc, 11, 0, 0xfc,
            16, 1, 0x0b, 0x0b,
        ];
        let (locals, ops) = read(&body).unwrap();
        assert_eq!(locals, [1, 1, 0x7f]);
        let told: Vec<String> = ops
            .iter()
            .map(|op| match op {
                Op::Call(function) => format!("call {function}"),
                Op::Indirect(kind) => format!("indirect {kind}"),
                Op::Block(code, kind) => format!("block {code} {kind}"),
                Op::Global(code, index) => format!("global {code} {index}"),
                Op::Number(number, _) => format!("number {number}"),
                Op::Whole(text) => format!("whole {}", text.len()),
                Op::Other(text) => format!("{}", text.len()),
            })
            .collect();
        let expected = [
            "block 2 64",
            "number 1048576",
            "number 16",
            "call 300",
            "indirect 2",
            "global 35 0",
            "4",
            "9",
            "3",
            "whole 3",
            "1",
            "1",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_not_known_is_told() {
        for body in [&[0, 0xfd, 0][..], &[0, 0x10], &[0, 0xfc, 8, 0, 0]] {
            assert!(read(body).is_none());
        }
    }
}
