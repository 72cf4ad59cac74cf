//! The site, from sources to `dist/`: Trunk, then wasm-opt, then the prerenderer.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{
    program::{Program, step},
    tools::Toolbox,
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

/// Pages name their address; those of the tests are only ever looked at on this machine.
const TEST_ORIGIN: &str = "http://127.0.0.1";

/// Kept when the WebAssembly is finished, removed while it is being made.
const COMPILED: &str = "site-compiled";
/// The address of the last build, for `content`.
const ORIGIN: &str = "site-origin";

const WASM: &str = "interno_bg.wasm";

/// Flat code is ordered anew and then made small twice. No address below a kilobyte is used: the stack
/// grows down to there and would overflow first. What is enabled is what rustc emits by default; wasm-opt
/// refuses what it is not told about.
const WASM_OPT: [&str; 12] = [
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds the finished site into `dist`, and keeps its address for `content`.
pub fn build(workspace: &Workspace, tools: &Toolbox, origin: &str) -> Outcome {
    build_into(workspace, tools, origin, &workspace.dist())?;
    workspace.remember(ORIGIN, origin)
}

/// Builds the site that tests, pictures and measurements look at, and answers where it is.
pub fn build_for_tests(workspace: &Workspace, tools: &Toolbox) -> Outcome<PathBuf> {
    let out = workspace.test_dist();
    build_into(workspace, tools, TEST_ORIGIN, &out)?;
    Ok(out)
}

/// Builds the finished site into any folder, and keeps nothing.
fn build_into(workspace: &Workspace, tools: &Toolbox, origin: &str, out: &Path) -> Outcome {
    compile(workspace, tools)?;
    native_programs(workspace)?;
    render(workspace, origin, out)
}

/// Renders pages and data again from the WebAssembly of the last build.
pub fn content(workspace: &Workspace) -> Outcome {
    let origin = workspace.recall(ORIGIN);
    let (Some(origin), Some(_)) = (origin, workspace.recall(COMPILED)) else {
        return Err(Trouble::new(
            "There is no finished build to render again: run `cargo xtask build --origin URL` \
             once (or `cargo xtask serve`).",
        ));
    };
    native_programs(workspace)?;
    render(workspace, &origin, &workspace.dist())
}

/// Writes `_headers` again, after `dist/config.json` was pointed at another server.
pub fn headers(workspace: &Workspace) -> Outcome {
    finish_again(workspace, "headers")
}

/// Lets phones keep copies of the finished site, or takes all of them off.
pub fn offline(workspace: &Workspace, kept: bool) -> Outcome {
    finish_again(workspace, if kept { "offline-on" } else { "offline-off" })
}

/// Changes one thing in a site that is built already.
fn finish_again(workspace: &Workspace, command: &str) -> Outcome {
    let dist = workspace.dist();
    if !dist.join("index.html").exists() {
        return Err(Trouble::new(
            "There is no site in dist/: run `cargo xtask build --origin URL` first.",
        ));
    }
    native_programs(workspace)?;
    Program::new(workspace.binary("prerender"))
        .arg(command)
        .arg("--out")
        .arg(dist)
        .directory(workspace.root())
        .run()
}

/// Compiles the prerenderer and the server together, always the same pair: cargo then resolves
/// their shared dependencies to one set of features and compiles each of them once.
pub fn native_programs(workspace: &Workspace) -> Outcome {
    step(
        "Compiling the prerenderer and the server (first time: about 3 minutes)",
        || {
            Program::cargo()
                .args(["build", "--locked", "-p", "prerender"])
                .args(["-p", "reservation-server"])
                .directory(workspace.root())
                .run()
        },
    )
}

fn render(workspace: &Workspace, origin: &str, out: &Path) -> Outcome {
    let what = format!("Rendering every page for {origin}");
    step(&what, || {
        Program::new(workspace.binary("prerender"))
            .arg("site")
            .arg("--template")
            .arg(workspace.trunk_dist())
            .arg("--content")
            .arg(workspace.root().join("content"))
            // Shared links' pictures and the venue's photographs, as long as nothing changed in them.
            .arg("--cache")
            .arg(workspace.target().join("pictures"))
            .arg("--out")
            .arg(out)
            .args(["--origin", origin])
            .directory(workspace.root())
            .run()
    })
}

fn compile(workspace: &Workspace, tools: &Toolbox) -> Outcome {
    workspace.forget(COMPILED);
    let what = "Compiling the site to WebAssembly (first time: about 2 minutes)";
    step(what, || {
        tools
            .program("trunk")
            .args(["build", "--locked", "--cargo-profile", "wasm-release"])
            .arg("--dist")
            .arg(workspace.trunk_dist())
            // One target folder, however cargo was told about it.
            .env("CARGO_TARGET_DIR", workspace.target())
            // What a visitor downloads names no folder of the machine that built it, and is the
            // same bytes wherever it was built.
            .env("RUSTFLAGS", remap_paths(workspace))
            // Trunk reads this variable as its own option and stumbles over the usual "1".
            .without_env("NO_COLOR")
            // Where compiling fails, cargo's words help; a trace of Trunk's insides buries them.
            .without_env("RUST_BACKTRACE")
            .directory(workspace.root())
            .run()
    })?;
    optimize(workspace, tools)?;
    workspace.remember(COMPILED, "yes")
}

/// Compiler flags that shorten the paths in panic messages to what every machine shares.
fn remap_paths(workspace: &Workspace) -> String {
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")))
        .unwrap_or_default();
    format!(
        "--remap-path-prefix={}=cargo --remap-path-prefix={}=interno",
        cargo_home.display(),
        workspace.root().display()
    )
}

/// Shrinks the WebAssembly in Trunk's folder. The last input and its result are kept, so that
/// an unchanged program is not optimized again.
fn optimize(workspace: &Workspace, tools: &Toolbox) -> Outcome {
    let wasm = workspace.trunk_dist().join(WASM);
    let memory = OptimizedBefore::of(workspace)?;
    let recipe = recipe(tools);
    if memory.knows(&wasm, &recipe) {
        copy(&memory.output, &wasm)?;
        println!("==> The WebAssembly is unchanged: its optimized form is used again");
        return Ok(());
    }
    memory.forget();
    step(
        "Shrinking the WebAssembly with wasm-opt (about 15 seconds)",
        || {
            copy(&wasm, &memory.input)?;
            tools
                .program("wasm-opt")
                .args(WASM_OPT)
                .arg(&memory.input)
                .arg("-o")
                .arg(&memory.output)
                .run()?;
            copy(&memory.output, &wasm)
        },
    )?;
    println!("    {} → {} bytes", size(&memory.input), size(&wasm));
    // Written last: it vouches for the pair of files.
    fs::write(&memory.recipe, recipe).or_say(|| format!("write {}", memory.recipe.display()))
}

fn recipe(tools: &Toolbox) -> String {
    let version = tools.program("wasm-opt").arg("--version").answer();
    format!("{} {}", version.unwrap_or_default(), WASM_OPT.join(" "))
}

struct OptimizedBefore {
    input: PathBuf,
    output: PathBuf,
    recipe: PathBuf,
}

impl OptimizedBefore {
    fn of(workspace: &Workspace) -> Outcome<Self> {
        let folder = workspace.target().join("wasm-opt");
        fs::create_dir_all(&folder).or_say(|| format!("create {}", folder.display()))?;
        Ok(Self {
            input: folder.join("input.wasm"),
            output: folder.join("output.wasm"),
            recipe: folder.join("recipe"),
        })
    }

    fn knows(&self, wasm: &Path, recipe: &str) -> bool {
        let same_bytes = match (fs::read(wasm), fs::read(&self.input)) {
            (Ok(now), Ok(before)) => now == before,
            _ => false,
        };
        let same_recipe = fs::read_to_string(&self.recipe).is_ok_and(|before| before == recipe);
        same_bytes && same_recipe && self.output.exists()
    }

    fn forget(&self) {
        let _absent_is_fine = fs::remove_file(&self.recipe);
    }
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to)
        .map(|_bytes| ())
        .or_say(|| format!("copy {} to {}", from.display(), to.display()))
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |metadata| metadata.len())
}
