//! Trunk's program and scripts, made small where they stand: what a visitor downloads.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    program::step,
    slim, split,
    tools::Toolbox,
    trouble::{OrSay, Outcome},
    workspace::Workspace,
};

const WASM: &str = "interno_bg.wasm";
const GLUE: &str = "interno.js";
/// The whole program as wasm-opt leaves it, with the names of its functions.
const NAMED: &str = "named.wasm";

/// Scripts of our own.
const SCRIPTS: [&str; 2] = ["boot.js", "language.js"];

/// What the site imports of the glue; the rest is left out.
const ENTRY: &str = "export { default } from \"./glue.js\";\n";

/// Counts up when `slim` does something else, so that what it made before is not used again.
const SLIMMED: &str = "slim 4";

/// Flat code is ordered anew and then made small twice. No address below a kilobyte is used: the stack
/// grows down to there and would overflow first. What has one caller is not moved into it: the code is a
/// little longer and repeats more, so that it comes out shorter after brotli. What is enabled is what rustc
/// emits by default; wasm-opt refuses what it is not told about.
const WASM_OPT: [&str; 15] = [
    "-g",
    "--no-inline=*::door::*",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=0",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The program of the last build before it was taken apart, for who wants to know what is in it.
pub fn named(workspace: &Workspace) -> PathBuf {
    folder(workspace).join(NAMED)
}

/// Shrinks the WebAssembly and the scripts in Trunk's folder. The last input and its result are kept, so
/// that an unchanged program is not optimized again.
pub fn trunk_files(workspace: &Workspace, tools: &Toolbox) -> Outcome {
    let trunk = workspace.trunk_dist();
    for script in SCRIPTS {
        minify(tools, &trunk.join(script), &trunk.join(script), &[])?;
    }
    let memory = OptimizedBefore::of(workspace)?;
    let recipe = recipe(tools);
    if memory.knows(&trunk, &recipe) {
        println!("==> The WebAssembly is unchanged: its optimized form is used again");
        return memory.give(&trunk);
    }
    memory.forget();
    let before = size(&trunk.join(WASM));
    step(
        "Shrinking the WebAssembly with wasm-opt (about 15 seconds)",
        || shrink(workspace, tools, &memory, &trunk),
    )?;
    memory.give(&trunk)?;
    println!("    {before} → {} bytes", size(&trunk.join(WASM)));
    // Written last: it vouches for the files.
    write(&memory.recipe(), recipe)
}

fn shrink(
    workspace: &Workspace,
    tools: &Toolbox,
    memory: &OptimizedBefore,
    trunk: &Path,
) -> Outcome {
    for name in [WASM, GLUE] {
        copy(&trunk.join(name), &memory.input(name))?;
    }
    let glue_path = memory.input(GLUE);
    let glue = fs::read_to_string(&glue_path).or_say(|| format!("read {}", glue_path.display()))?;
    let (wasm, glue) = slim::before(&read(&memory.input(WASM))?, &glue)?;
    let (slim_wasm, small) = (memory.place("slim.wasm"), memory.place(NAMED));
    write(&slim_wasm, wasm)?;
    tools
        .program("wasm-opt")
        .args(WASM_OPT)
        .arg(&slim_wasm)
        .arg("-o")
        .arg(&small)
        .run()?;
    let (main, parts) = split::split(&read(&workspace.linked())?, &slim::after(&read(&small)?)?)?;
    write(&memory.output(WASM), main)?;
    for (part, wasm) in split::PARTS.iter().zip(parts) {
        write(&memory.output(&part.file()), wasm)?;
    }
    write(&memory.place("glue.js"), glue)?;
    let entry = memory.place("entry.js");
    write(&entry, ENTRY)?;
    minify(tools, &entry, &memory.output(GLUE), &["--bundle"])
}

/// Writes a module's script without what only its readers need.
fn minify(tools: &Toolbox, script: &Path, out: &Path, more: &[&str]) -> Outcome {
    let mut outfile = std::ffi::OsString::from("--outfile=");
    outfile.push(out);
    tools
        .program("esbuild")
        .arg(script)
        .args(["--minify", "--format=esm", "--log-level=warning"])
        .arg("--allow-overwrite")
        .args(more)
        .arg(outfile)
        .run()
}

fn recipe(tools: &Toolbox) -> String {
    let version = |name: &str| {
        let answer = tools.program(name).arg("--version").answer();
        answer.unwrap_or_default()
    };
    let versions = [version("wasm-opt"), version("esbuild")];
    format!("{} {} {SLIMMED}", versions.join(" "), WASM_OPT.join(" "))
}

/// What was made small last, from what, and how.
struct OptimizedBefore {
    folder: PathBuf,
}

impl OptimizedBefore {
    fn of(workspace: &Workspace) -> Outcome<Self> {
        let folder = folder(workspace);
        fs::create_dir_all(&folder).or_say(|| format!("create {}", folder.display()))?;
        Ok(Self { folder })
    }

    fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn input(&self, name: &str) -> PathBuf {
        self.place(&["input-", name].concat())
    }

    fn output(&self, name: &str) -> PathBuf {
        self.place(&["output-", name].concat())
    }

    fn recipe(&self) -> PathBuf {
        self.place("recipe")
    }

    fn knows(&self, trunk: &Path, recipe: &str) -> bool {
        let same = |name| match (fs::read(trunk.join(name)), fs::read(self.input(name))) {
            (Ok(now), Ok(before)) => now == before && self.output(name).exists(),
            _ => false,
        };
        let same_recipe = fs::read_to_string(self.recipe()).is_ok_and(|before| before == recipe);
        same(WASM) && same(GLUE) && same_recipe && self.place(NAMED).exists()
    }

    /// Puts the small files in place of the large ones.
    fn give(&self, trunk: &Path) -> Outcome {
        for name in [WASM, GLUE] {
            copy(&self.output(name), &trunk.join(name))?;
        }
        for part in &split::PARTS {
            copy(&self.output(&part.file()), &trunk.join(part.file()))?;
        }
        Ok(())
    }

    fn forget(&self) {
        let _absent_is_fine = fs::remove_file(self.recipe());
    }
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target().join("wasm-opt")
}

fn read(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).or_say(|| format!("read {}", file.display()))
}

fn write(file: &Path, content: impl AsRef<[u8]>) -> Outcome {
    fs::write(file, content).or_say(|| format!("write {}", file.display()))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to)
        .map(|_bytes| ())
        .or_say(|| format!("copy {} to {}", from.display(), to.display()))
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |metadata| metadata.len())
}
