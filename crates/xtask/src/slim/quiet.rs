//! Panics without words.
//!
//! In a browser nobody hears what a panic says, and the app ends there whatever it was: `boot.js` sees the
//! trap. rustc can leave the words out only where the standard library is compiled anew, with a compiler that
//! is not stable. So the functions that make them stop at once instead, the places in the sources that they
//! would have named are blanked, and values that only a panic would show (`Debug`) show nothing.

use std::collections::BTreeSet;

use super::module::{Module, Segment};

/// No locals, `unreachable`, `end`.
const STOP: [u8; 3] = [0, 0x00, 0x0b];

/// No locals, `i32.const 0`, `end`: written, without having written.
const NOTHING: [u8; 4] = [0, 0x41, 0, 0x0b];

/// The code of the type that says whether something could be written.
const I32: u8 = 0x7f;

/// Functions that end in a panic and do nothing else.
const PANICS: [&str; 11] = [
    "core::panicking::",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::cell::panic_already",
    "core::str::slice_error_fail",
    "core::slice::index::slice_index_fail",
    "alloc::raw_vec::handle_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::alloc::handle_alloc_error",
    "__rustc::rust_begin_unwind",
];

/// Stops where a panic would begin to speak; answers in how many functions.
pub fn silence(module: &mut Module) -> Option<usize> {
    let stopped = module.replace(|name, _| is_panic(name), &STOP)?;
    module.replace(|name, answer| is_debug(name) && answer == [I32], &NOTHING)?;
    Some(stopped)
}

fn is_debug(name: &str) -> bool {
    without_hashes(name).contains(" as core::fmt::Debug>::fmt")
}

fn is_panic(name: &str) -> bool {
    let name = without_hashes(name);
    PANICS.iter().any(|panic| name.starts_with(panic))
}

/// A name without the hashes of crates, which stand in brackets.
fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain += part.split_once(']').map_or(part, |(_, rest)| rest);
    }
    plain
}

/// Blanks every place in the sources: 16 bytes for the file's address, its length, line and column; and the
/// files' names.
pub fn forget_places(module: &mut Module) -> Option<()> {
    let mut segments = module.data()?;
    let mut files = BTreeSet::new();
    let mut places = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        for at in (0..segment.bytes.len()).filter(|at| (segment.at + at).is_multiple_of(4)) {
            let Some(file) = place(&segment.bytes, at).filter(|file| is_source(&segments, *file))
            else {
                continue;
            };
            places.push((index, at));
            files.insert(file);
        }
    }
    for (index, at) in places {
        segments.get_mut(index)?.bytes.get_mut(at..at + 16)?.fill(0);
    }
    for (at, length) in files {
        let bytes = segments
            .iter_mut()
            .find_map(|segment| within(&mut segment.bytes, segment.at, at, length))?;
        bytes.fill(0);
    }
    module.put_data(&segments.into_iter().flat_map(filled).collect::<Vec<_>>());
    Some(())
}

/// The file's address and length, if what stands here looks like a place.
fn place(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut numbers = bytes.get(at..at + 16)?.chunks_exact(4).map(|four| {
        let four = four.try_into().map(u32::from_le_bytes);
        four.ok().and_then(|number| usize::try_from(number).ok())
    });
    let mut next = || numbers.next().flatten();
    let (file, length, line, column) = (next()?, next()?, next()?, next()?);
    let is_place =
        (4..300).contains(&length) && (1..100_000).contains(&line) && (1..1_000).contains(&column);
    is_place.then_some((file, length))
}

fn is_source(segments: &[Segment], (at, length): (usize, usize)) -> bool {
    let bytes = segments.iter().find_map(|segment| {
        let start = at.checked_sub(segment.at)?;
        segment.bytes.get(start..start.checked_add(length)?)
    });
    bytes.is_some_and(|name| {
        name.ends_with(b".rs")
            && name
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(byte))
    })
}

fn within(bytes: &mut [u8], starts: usize, at: usize, length: usize) -> Option<&mut [u8]> {
    let start = at.checked_sub(starts)?;
    bytes.get_mut(start..start.checked_add(length)?)
}

/// A segment as the stretches in it that are not empty: memory is zero before.
fn filled(segment: Segment) -> Vec<Segment> {
    /// A stretch of its own costs about as much.
    const GAP: usize = 8;
    let mut found: Vec<Segment> = Vec::new();
    let mut end = 0;
    for (offset, byte) in segment
        .bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte != 0)
    {
        match found.last_mut() {
            Some(last) if offset - end <= GAP => {
                last.bytes.resize(last.bytes.len() + offset - end, 0);
                last.bytes.push(*byte);
            }
            _ => found.push(Segment {
                at: segment.at + offset,
                bytes: vec![*byte],
            }),
        }
        end = offset + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_panics_is_a_panic() {
        for name in [
            "core[a5c]::panicking::panic_fmt",
            "core::option::unwrap_failed",
            "__rustc[b79]::rust_begin_unwind",
        ] {
            assert!(is_panic(name), "{name}");
        }
        for name in [
            "core::ptr::drop_in_place<core::panic::unwind_safe::AssertUnwindSafe<T>>",
            "<std[a5]::panicking::panic_handler::Payload as core::panic::PanicPayload>::get",
            "interno::app::app",
        ] {
            assert!(!is_panic(name), "{name}");
        }
    }

    #[test]
    fn what_is_shown_to_guests_is_no_debugging() {
        assert!(is_debug("<char as core[c59]::fmt::Debug>::fmt"));
        assert!(is_debug(
            "<gloo_net::error::Error as core::fmt::Debug>::fmt::h01"
        ));
        assert!(!is_debug("<usize as core[c59]::fmt::Display>::fmt"));
    }

    #[test]
    fn places_and_their_files_are_blanked_and_nothing_else() {
        let file = b"src/app.rs";
        let mut bytes = b"words ".to_vec();
        bytes.extend(file);
        bytes.extend(b"more");
        let place = bytes.len();
        for number in [1_006_u32, 10, 7, 12, 1_000, 5, 7, 12] {
            bytes.extend(number.to_le_bytes());
        }
        let mut module = Module::read(b"\0asm\x01\0\0\0\x0c\x01\x09\x0b\x01\0").unwrap();
        module.put_data(&[Segment {
            at: 1_000,
            bytes: bytes.clone(),
        }]);
        forget_places(&mut module).unwrap();
        let count = module.data().unwrap().len();
        let told = [0x0c, 1, u8::try_from(count).unwrap(), 0x0b];
        assert!(module.write().windows(4).any(|bytes| bytes == told));
        let mut memory = vec![0; bytes.len()];
        for segment in module.data().unwrap() {
            let start = segment.at - 1_000;
            memory[start..start + segment.bytes.len()].copy_from_slice(&segment.bytes);
        }
        bytes[6..16].fill(0);
        // The second names no file, so it is no place.
        bytes[place..place + 16].fill(0);
        assert_eq!(memory, bytes);
    }
}
