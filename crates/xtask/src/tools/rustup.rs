//! What the Rust toolchain itself must hold.

use crate::{
    program::{Program, step},
    trouble::{Outcome, Trouble},
    workspace::Workspace,
};

const WASM: &str = "wasm32-unknown-unknown";

/// Adds the target of the browser's build.
pub fn wasm_target(workspace: &Workspace) -> Outcome {
    // Asked of rustc, not of rustup: a distribution's Rust can hold the target without rustup.
    let library = Program::new("rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .directory(workspace.root())
        .answer();
    if library.is_some_and(|folder| std::path::Path::new(&folder).is_dir()) {
        return Ok(());
    }
    add(workspace, &["target", "add", WASM])
}

/// Adds what checks the code.
pub fn components(workspace: &Workspace) -> Outcome {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let there = Program::cargo()
            .args([subcommand, "--version"])
            .directory(workspace.root())
            .answer()
            .is_some();
        if !there {
            add(workspace, &["component", "add", component])?;
        }
    }
    Ok(())
}

fn add(workspace: &Workspace, words: &[&str]) -> Outcome {
    let wish = words.join(" ");
    if Program::new("rustup").arg("--version").answer().is_none() {
        return Err(Trouble::new(format!(
            "The Rust toolchain lacks something and rustup is missing: install rustup, or give \
             this toolchain what `rustup {wish}` would."
        )));
    }
    step(&format!("rustup {wish} (usually 10 seconds)"), || {
        Program::new("rustup")
            .args(words)
            .directory(workspace.root())
            .run()
    })
}
