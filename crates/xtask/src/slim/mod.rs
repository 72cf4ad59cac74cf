//! What a phone need not download, taken out of Trunk's files before and after wasm-opt.
//!
//! The words of panics, which nobody reads: a panic stops the app, and `boot.js` tells the visitor. The long
//! names by which program and glue know each other. Classes that libraries export and this site never uses,
//! and what only they need. wasm-opt then removes what nothing reaches any more.

mod glue;
pub mod module;
mod quiet;
pub mod read;

use std::collections::BTreeMap;

use crate::trouble::{Outcome, Trouble};
use module::Module;

/// Where the glue's functions stand for the program, as wasm-bindgen calls the place.
const GLUE: &str = "./interno_bg.js";

/// Both without what nobody uses, and ready for wasm-opt and a minifier.
pub fn before(wasm: &[u8], glue: &str) -> Outcome<(Vec<u8>, String)> {
    let mut module = Module::read(wasm).ok_or_else(unreadable)?;
    module.forget_linking();
    let glue = glue::without_classes(glue);
    let silenced = quiet::silence(&mut module).ok_or_else(unreadable)?;
    if silenced == 0 {
        return Err(Trouble::new(
            "No panic was found by its name in the WebAssembly. Does rustc call them otherwise now? \
             `crates/xtask/src/slim/quiet.rs` knows the names.",
        ));
    }
    let words = glue::words(&glue);
    let names = short_names(&module, &words).ok_or_else(unreadable)?;
    module
        .rename(&names, |export| words.contains(export))
        .ok_or_else(unreadable)?;
    Ok((module.write(), glue::renamed(&glue, &names)))
}

/// The finished program: no place in the sources that only a panic would have named. Its notes still say what
/// functions are called.
pub fn after(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let mut module = Module::read(wasm).ok_or_else(unreadable)?;
    quiet::forget_places(&mut module).ok_or_else(unreadable)?;
    Ok(module.write())
}

/// A short name for each that program and glue have between them, and that the glue has not yet.
fn short_names(
    module: &Module,
    words: &std::collections::BTreeSet<&str>,
) -> Option<BTreeMap<String, String>> {
    let long = module
        .imports()?
        .into_iter()
        .chain(module.exports()?)
        .filter(|name| name.contains("__") && words.contains(name.as_str()));
    let free = (0..)
        .map(letters)
        .filter(|name| !words.contains(name.as_str()));
    let names = long.zip(free).collect::<BTreeMap<_, _>>();
    Some(
        names
            .into_iter()
            .chain([(GLUE.to_owned(), "g".to_owned())])
            .collect(),
    )
}

/// a, b … z, aa, ba …
pub fn letters(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        let letter = u8::try_from(number % 26).unwrap_or_default();
        name.push(char::from(b'a' + letter));
        number /= 26;
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

fn unreadable() -> Trouble {
    Trouble::new(
        "The WebAssembly could not be read in order to make it smaller: has wasm-bindgen or wasm-opt \
         been updated? See crates/xtask/src/slim.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One import, two exports, three functions, one of them a panic, and a place in the sources.
    fn program() -> Vec<u8> {
        let section = |id: u8, content: &[u8]| {
            let mut section = vec![id];
            read::number(&mut section, content.len());
            section.extend(content);
            section
        };
        let text_of = |text: &str| {
            let mut named = Vec::new();
            read::number(&mut named, text.len());
            named.extend(text.as_bytes());
            named
        };
        let mut import = vec![1];
        import.extend(text_of(GLUE));
        import.extend(text_of("__wbg_log_0123"));
        import.extend([0, 0]);
        let mut export = vec![2];
        export.extend(text_of("__wbindgen_start"));
        export.extend([0, 1]);
        export.extend(text_of("unused"));
        export.extend([0, 2]);
        let code = [2, 3, 0, 0x01, 0x0b, 4, 0, 0x01, 0x01, 0x0b];
        let mut names = text_of("name");
        let mut functions = vec![2, 1];
        functions.extend(text_of("start"));
        functions.push(2);
        functions.extend(text_of("core[a1]::panicking::panic_fmt"));
        names.push(1);
        read::number(&mut names, functions.len());
        names.extend(functions);
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, &[1, 0x60, 0, 0]),
            section(2, &import),
            section(3, &[2, 0, 0]),
            section(7, &export),
            section(10, &code),
            section(0, &names),
        ]
        .concat()
    }

    const SCRIPT: &str = "const imports = { \"./interno_bg.js\": { __wbg_log_0123: function(a) {} } };\n\
                          wasm.__wbindgen_start();\n";

    #[test]
    fn names_are_short_on_both_sides_and_unused_exports_are_gone() {
        let (wasm, glue) = before(&program(), SCRIPT).unwrap();
        let module = Module::read(&wasm).unwrap();
        // `a` is the glue's own already.
        assert_eq!(module.imports().unwrap(), ["b"]);
        assert_eq!(module.exports().unwrap(), ["c"]);
        assert_eq!(
            glue,
            "const imports = { \"g\": { b: function(a) {} } };\nwasm.c();\n"
        );
    }

    #[test]
    fn a_panic_says_nothing_and_the_rest_stays() {
        let (wasm, _) = before(&program(), SCRIPT).unwrap();
        let code = [2, 3, 0, 0x01, 0x0b, 3, 0, 0x00, 0x0b];
        assert!(wasm.windows(code.len()).any(|bytes| bytes == code));
    }

    #[test]
    fn a_program_whose_panics_have_other_names_is_told() {
        let other = program();
        let at = other
            .windows(9)
            .position(|text| text == b"panicking")
            .unwrap();
        let mut renamed = other.clone();
        renamed
            .get_mut(at..at + 9)
            .unwrap()
            .copy_from_slice(b"something");
        assert!(before(&renamed, SCRIPT).is_err());
    }

    #[test]
    fn what_is_cut_short_is_told_and_stops_nothing() {
        let whole = program();
        for end in 0..whole.len() {
            let _ = before(whole.get(..end).unwrap(), SCRIPT);
        }
        assert!(before(b"no program", SCRIPT).is_err());
    }

    #[test]
    fn letters_never_repeat() {
        let names = (0..2_000)
            .map(letters)
            .collect::<std::collections::BTreeSet<_>>();
        assert_eq!(names.len(), 2_000);
    }
}
