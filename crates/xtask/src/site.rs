//! The site, from sources to `dist/`: Trunk, then wasm-opt, then the prerenderer.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{
    optimize,
    program::{Program, step},
    tools::Toolbox,
    trouble::{Outcome, Trouble},
    workspace::Workspace,
};

/// Pages name their address; those of the tests are only ever looked at on this machine.
const TEST_ORIGIN: &str = "http://127.0.0.1";

/// Kept when the WebAssembly is finished, removed while it is being made.
const COMPILED: &str = "site-compiled";
/// The address of the last build, for `content`.
const ORIGIN: &str = "site-origin";

/// Builds the finished site into `dist`, and keeps its address for `content`.
pub fn build(workspace: &Workspace, tools: &Toolbox, origin: &str) -> Outcome {
    build_for(workspace, tools, origin, &workspace.dist())?;
    workspace.remember(ORIGIN, origin)
}

/// Builds the site that tests, pictures and measurements look at, and answers where it is.
pub fn build_for_tests(workspace: &Workspace, tools: &Toolbox) -> Outcome<PathBuf> {
    let out = workspace.test_dist();
    build_for(workspace, tools, TEST_ORIGIN, &out)?;
    Ok(out)
}

/// Builds the finished site into any folder, and keeps nothing.
pub fn build_for(workspace: &Workspace, tools: &Toolbox, origin: &str, out: &Path) -> Outcome {
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
            .env(
                "RUSTFLAGS",
                [&remap_paths(workspace), " -Clink-arg=--emit-relocs"].concat(),
            )
            // Trunk reads this variable as its own option and stumbles over the usual "1".
            .without_env("NO_COLOR")
            // Where compiling fails, cargo's words help; a trace of Trunk's insides buries them.
            .without_env("RUST_BACKTRACE")
            .directory(workspace.root())
            .run()
    })?;
    optimize::trunk_files(workspace, tools)?;
    workspace.remember(COMPILED, "yes")
}

/// Compiler flags that shorten the paths in panic messages to what every machine shares.
pub fn remap_paths(workspace: &Workspace) -> String {
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
